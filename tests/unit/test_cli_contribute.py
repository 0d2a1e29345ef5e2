from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from planting import append, remove_row, replace

import hz_dragons as hz
from hz_dragons.cli import contribute
from hz_dragons.cli.contribute import add_command, diff_command, new_command
from hz_dragons.errors import DragonsError, RecordNotFound

TEXTS = str(Path(__file__).parents[1] / "corpus" / "texts")
PRICE = ["--subject", "萤火", "--predicate", "price", "--number", "2500", "--unit", "CNY", "--valid-from", "2020", "--valid-to", "2020"]
CITED = ["--source", "lantern", "--phrase", "青燈的第一款產品", "--texts", TEXTS]


@click.group()
@click.option("--package", "place")
@click.option("--lang", default="en")
def root(**options: object) -> None:
    """What stands before the verb."""


for _command in (diff_command, new_command, add_command):
    root.add_command(_command)


@pytest.fixture(autouse=True)
def _no_texts_from_outside(monkeypatch):
    monkeypatch.delenv("HZ_DRAGONS_TEXTS", raising=False)


def run(command: click.Command, *arguments: object, code: int = 0, **options: object) -> Result:
    result = CliRunner().invoke(root, [str(command.name), *(str(argument) for argument in arguments)], **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def fails(command: click.Command, *arguments: object) -> BaseException:
    result = CliRunner().invoke(root, [str(command.name), *(str(argument) for argument in arguments)])
    assert isinstance(result.exception, DragonsError), result.output
    return result.exception


@pytest.fixture
def head(minimal) -> Path:
    package = Path(shutil.copytree(minimal, minimal.parent / "head"))
    append(package, "scopes", "here,here,此地")
    return package


# diff


def test_diff_says_what_is_new(minimal, head):
    assert run(diff_command, minimal, head).output == "Scopes: 1 added\n  + here  here\n"
    assert "新增1\n  + here  此地\n" in run(diff_command, minimal, head, "--lang", "zh").output


def test_diff_in_other_forms(minimal, head):
    assert json.loads(run(diff_command, minimal, head, "--format", "json").stdout)["counts"]["scopes"]["added"] == 1
    assert run(diff_command, minimal, head, "--format", "markdown").stdout.startswith("### What this changes\n\n<p>")


def test_diff_takes_the_package_for_its_head(minimal, head, monkeypatch):
    expected = run(diff_command, minimal, head).output
    assert run(diff_command, minimal, "--package", head).output == expected
    monkeypatch.chdir(head)
    assert run(diff_command, minimal).output == expected


def test_diff_warns_of_a_mass_removal(minimal, head):
    remove_row(head, "names", "qingdeng,青灯,")
    assert run(diff_command, minimal, head).output.startswith("warning: 1 of 6 rows of names are removed")


def test_diff_of_no_package_is_an_error_of_ours(minimal, tmp_path):
    assert "no data package" in str(fails(diff_command, minimal, tmp_path / "nowhere"))


# new


def test_new_makes_a_valid_package(tmp_path):
    assert "README.md" in run(new_command, tmp_path / "bakeries").output
    assert list(hz.validate(tmp_path / "bakeries")) == []
    descriptor = json.loads((tmp_path / "bakeries" / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["name"] == "bakeries"
    assert "已建立" in run(new_command, tmp_path / "other", "--name", "my-claims", "--lang", "zh").output
    assert json.loads((tmp_path / "other" / "datapackage.json").read_text(encoding="utf-8"))["name"] == "my-claims"


def test_new_refuses_what_is_there(minimal):
    assert "is not empty" in str(fails(new_command, minimal))


# add claim


@pytest.fixture
def _opencc():
    pytest.importorskip("opencc")
    pytest.importorskip("pypinyin")


@pytest.mark.usefixtures("_opencc")
def test_a_claim_is_added(minimal):
    output = run(add_command, "claim", "--package", minimal, *PRICE, *CITED).output
    (claim,) = hz.load(minimal).claims.where(subject_id="firefly", predicate_id="price", bound="exact")
    assert output == f"added {claim.claim_id}: Firefly costs 2,500 yuan (in 2020).\n"
    (row,) = hz.load(minimal).evidence.where(claim_id=claim.claim_id)
    text = (Path(TEXTS) / "lantern.txt").read_text(encoding="utf-8")
    assert hz.fold(text[row.start : row.end]).text == hz.fold("青燈的第一款產品").text
    assert hz.verify(hz.load(minimal), TEXTS).counts["not_found"] == 0


@pytest.mark.usefixtures("_opencc")
def test_every_column_has_an_option(minimal):
    arguments = [
        *["--subject", "firefly", "--predicate", "price", "--number", "1000", "--number-max", "2000", "--unit", "CNY", "--claim-id", "clm-abcdef"],
        *["--scope", "cleaning-robots-worldwide", "--valid-from", "2020", "--valid-to", "2021", "--note", "A note.", *CITED],
        *["--within", "青燈的第一款產品", "--stance", "denies", "--modality", "reported", "--speaker", "shen-yifan"],
        *["--basis", "context", "--evidence-note", "Why.", "--quote", "第一款"],
    ]
    run(add_command, "claim", "--package", minimal, *arguments)
    data = hz.load(minimal)
    claim, (row,) = data.claims["clm-abcdef"], data.evidence.where(claim_id="clm-abcdef")
    assert (int(claim.number), int(claim.number_max), claim.bound, claim.note) == (1000, 2000, "range", "A note.")
    assert (claim.scope_id, str(claim.valid_from), str(claim.valid_to)) == ("cleaning-robots-worldwide", "2020", "2021")
    assert (row.stance, row.modality, row.speaker_id, row.basis, row.note, row.quote) == (
        "denies",
        "reported",
        "shen-yifan",
        "context",
        "Why.",
        "第一款",
    )


@pytest.mark.usefixtures("_opencc")
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (["--predicate", "invested_in", "--object", "Firefly"], "Qingdeng Robotics invested in Firefly."),
        (["--predicate", "founded_on", "--date", "2016"], "Qingdeng Robotics was founded in 2016."),
        (["--predicate", "founded_on", "--date", "2016", "--bound", "about"], None),
        (["--predicate", "described_as", "--text-en", "a lamp", "--text-zh", "灯"], "Qingdeng Robotics is described as a lamp."),
    ],
)
def test_every_kind_of_value_can_be_added(minimal, value, sentence):
    append(minimal, "predicates", "described_as,is,是,{subject} is described as {value},{subject}是{value},company,text,,many,")
    run(add_command, "claim", "--package", minimal, "--subject", "qingdeng", *value, *CITED)
    (claim,) = [claim for claim in hz.load(minimal).claims if not claim.claim_id.startswith("clm-aaaa")]
    assert sentence in (None, claim.sentence())
    assert claim.bound == ("about" if "--bound" in value else None)


@pytest.mark.usefixtures("_opencc")
def test_what_is_said_already_gets_the_evidence(minimal):
    arguments = ["--subject", "firefly", "--predicate", "price", "--number", "3000", "--unit", "CNY", "--bound", "about", *CITED]
    card = json.loads(run(add_command, "claim", "--package", minimal, *arguments, "--format", "json").stdout)
    assert (card["claim"]["claim_id"], card["evidence"]["claim_id"], card["known"]) == ("clm-aaaaa8", "clm-aaaaa8", True)
    assert len(hz.load(minimal).claims) == 11
    replaced = [*CITED[:2], "--phrase", "青燈機器人公司成立於2015年3月", *CITED[4:]]
    output = run(add_command, "claim", "--package", minimal, *arguments[:10], *replaced, "--lang", "zh").output
    assert output == "clm-aaaaa8已有此主张,证据并入其下:萤火售价约3000元。\n"


@pytest.mark.usefixtures("_opencc")
def test_the_row_comes_as_csv(minimal):
    (row,) = csv.DictReader(io.StringIO(run(add_command, "claim", "--package", minimal, *PRICE, *CITED, "--format", "csv").stdout))
    assert (row["source_id"], row["claim_id"] in hz.load(minimal).claims) == ("lantern", True)


@pytest.mark.usefixtures("_opencc")
def test_options_may_stand_on_the_group(minimal):
    assert run(add_command, "--package", minimal, "--lang", "zh", "claim", *PRICE, *CITED).output.startswith("已添加")


@pytest.mark.usefixtures("_opencc")
def test_the_current_directory_is_the_package(minimal, monkeypatch):
    monkeypatch.chdir(minimal)
    run(add_command, "claim", *PRICE, *CITED)
    assert len(hz.load(minimal).claims) == 12


@pytest.mark.usefixtures("_opencc")
def test_a_wrong_row_is_told_in_full_and_changes_nothing(minimal):
    before = (minimal / "seeds" / "claims.csv").read_bytes()
    result = run(
        add_command, "claim", "--package", minimal, *PRICE[:6], "--unit", "EUR", "--valid-from", "2021", "--valid-to", "2020", *CITED, code=1
    )
    assert "[references/missing] unit_id" in result.output
    assert "[claims/date-order]" in result.output
    assert result.output.endswith("nothing was added\n")
    assert (minimal / "seeds" / "claims.csv").read_bytes() == before
    chinese = run(add_command, "claim", "--package", minimal, *PRICE[:6], "--unit", "EUR", *CITED, "--lang", "zh", code=1).output
    assert chinese.endswith("未添加任何内容\n")


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ([], "missing --subject"),
        (["--subject", "firefly"], "missing --predicate"),
        (["--subject", "firefly", "--predicate", "price"], "missing --number (price takes a value of kind number)"),
        (["--subject", "firefly", "--predicate", "price", "--number", "1"], "missing --unit "),
        (["--subject", "qingdeng", "--predicate", "based_in"], "missing --object "),
        (["--subject", "qingdeng", "--predicate", "founded_on"], "missing --date "),
        (PRICE, "missing --source"),
        ([*PRICE, "--source", "lantern"], "missing --phrase"),
        ([*PRICE, "--source", "lantern", "--phrase", "x"], "missing --texts"),
    ],
)
def test_without_a_terminal_what_is_missing_is_named(minimal, arguments, missing):
    assert missing in run(add_command, "claim", "--package", minimal, *arguments, code=2).output


@pytest.mark.usefixtures("_opencc")
def test_on_a_terminal_what_is_missing_is_asked_for(minimal, monkeypatch):
    monkeypatch.setattr(contribute, "_is_terminal", lambda: True)
    answers = "萤火\nprice\n2500\nCNY\nlantern\n青燈的第一款產品\n" + TEXTS + "\n"
    result = run(add_command, "claim", "--package", minimal, "--format", "json", "--valid-from", "2020", input=answers)
    card = json.loads(result.stdout[result.stdout.index("{") :])
    assert (card["claim"]["subject_id"], card["claim"]["number"], card["claim"]["bound"]) == ("firefly", "2500", "exact")
    assert "unit (price takes a value of kind number): " in result.output


def test_a_mistyped_id_names_near_ones(minimal):
    error = fails(add_command, "claim", "--package", minimal, "--subject", "fierfly", *PRICE[2:], *CITED)
    assert isinstance(error, RecordNotFound)
    assert "'firefly'" in str(error)
    assert "'price'" in str(fails(add_command, "claim", "--package", minimal, "--subject", "firefly", "--predicate", "pricee", *PRICE[4:], *CITED))


@pytest.mark.usefixtures("_opencc")
def test_a_basis_that_is_not_explained_is_wrong_use(minimal):
    assert "needs a note" in run(add_command, "claim", "--package", minimal, *PRICE, *CITED, "--basis", "context", code=2).output


def test_a_package_that_can_not_be_loaded_is_an_error_of_ours(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    fails(add_command, "claim", "--package", minimal, *PRICE, *CITED)


@pytest.mark.parametrize("command", [diff_command, new_command, add_command])
def test_every_command_says_what_it_does(command):
    output = run(command, "--help").output
    assert "--lang [en|zh]" in output
    assert command.help
