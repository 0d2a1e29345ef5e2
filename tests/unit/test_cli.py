from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from planting import replace, table_path, zipped

import hz_dragons as hz
from hz_dragons.cli import COMMANDS, main

TEXTS = str(Path(__file__).parents[1] / "corpus" / "texts")
ESCAPE = "\x1b"


def run(*arguments: object, code: int = 0, **options: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(autouse=True)
def _no_texts_from_outside(monkeypatch):
    monkeypatch.delenv("HZ_DRAGONS_TEXTS", raising=False)


@pytest.fixture
def here(minimal, monkeypatch) -> Path:
    monkeypatch.chdir(minimal)
    return minimal


# The front of it


def test_help_lists_every_verb():
    output = run("--help").output
    assert all(f"  {verb} " in output for verb in COMMANDS)
    assert run("-h").output == output


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help(verb):
    output = run(verb, "--help").output
    assert output.startswith(f"Usage: main {verb}")
    assert "--lang [en|zh]" in output
    assert "--package PATH" in output or verb == "new"  # it makes a package and reads none
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    assert command.help


def test_the_version_is_that_of_the_package():
    assert run("--version").output == f"hz-dragons, version {hz.__version__}\n"


@pytest.mark.parametrize(("typed", "meant"), [("vaildate", "validate"), ("claim", "claims"), ("fnid", "find")])
def test_a_mistyped_verb_names_the_near_one(typed, meant):
    assert f"Did you mean {meant!r}?" in run(typed, code=2).output


@pytest.mark.parametrize(
    "arguments",
    [
        ["xyzzy"],
        ["show"],
        ["show", "deepseek", "--format", "xml"],
        ["show", "deepseek", "--lang", "de"],
        ["claims", "--colour"],
        ["verify"],
        ["cite", "lantern"],
        ["schema", "clams"],
    ],
)
def test_wrong_use_is_two(arguments):
    run(*arguments, code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "qingdeng"],
        ["claims"],
        ["find", "x"],
        ["validate"],
        ["fmt"],
        ["verify", "--texts", TEXTS],
        ["coverage", "--texts", TEXTS],
        ["cite", "lantern", "x", "--texts", TEXTS],
        [],
    ],
)
def test_where_there_is_no_package_it_is_two_with_one_line(tmp_path, arguments):
    result = run("--package", tmp_path / "nowhere", *arguments, code=2)
    assert result.output.startswith("error: no data package at ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "qingdeng"],
        ["claims"],
        ["find", "x"],
        ["verify", "--texts", TEXTS],
        ["coverage", "--texts", TEXTS],
        ["cite", "lantern", "x", "--texts", TEXTS],
        [],
    ],
)
def test_a_package_that_can_not_be_loaded_is_one_with_one_line(minimal, arguments):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    result = run("--package", minimal, *arguments, code=1)
    assert result.output.startswith(f"error: {minimal}: seeds/entities.csv:3:9: kind")
    assert result.output.count("\n") == 1


# Reading


def test_the_six_at_a_glance(minimal):
    output = run("--package", minimal).output
    assert output.splitlines()[0] == "The Hangzhou Six Little Dragons at a glance"
    assert "Qingdeng Robotics" in output
    assert "Shen Yifan" in output
    chinese = run("--package", minimal, "--lang", "zh").output
    assert chinese.splitlines()[0] == "杭州六小龙一览"
    assert "青灯机器人" in chinese
    assert "沈一帆" in chinese
    assert "Qingdeng" not in chinese


def test_the_glance_in_forms_for_programs(minimal):
    (card,) = json.loads(run("--package", minimal, "--format", "json").stdout)
    assert (card["company_id"], card["claims"], card["sources"], card["founders"]) == ("qingdeng", 8, 2, "Shen Yifan")
    (row,) = rows(run("--package", minimal, "--format", "csv").stdout)
    assert row == {key: str(value) for key, value in card.items()}


@pytest.mark.usefixtures("here")
def test_without_a_package_the_installed_one_is_read():
    assert [row["company_id"] for row in rows(run("--format", "csv").stdout)] == [
        company.company_id for company in hz.load().companies.where(cohort="six")
    ]
    assert "deepseek" in run("find", "deepseek", "--format", "csv").stdout
    assert "qingdeng" not in run("claims", "--format", "csv").stdout


def test_show_tells_what_is_known_with_its_sources(minimal):
    output = run("show", "qingdeng", "--package", minimal).output
    assert "Qingdeng Robotics · 青灯机器人 (qingdeng)" in output
    assert "● Qingdeng Robotics is based in Songjiang Town.  clm-aaaaa3\n      harbour 15–21 (stated); lantern 23–30 (stated)" in output
    assert "⊘ Qingdeng Robotics invested in Baifan Shipyard.  clm-aaaab1\n      lantern 115–126 (denies, stated)" in output
    assert output.count("✗ Qingdeng Robotics sold") == 2
    assert "lantern 48–65 (reported Shen Yifan)" in output
    assert all(claim.claim_id in output for claim in hz.load(minimal).claims.where(subject_id="qingdeng"))


def test_show_speaks_chinese(minimal):
    output = run("show", "qingdeng", "--package", minimal, "--lang", "zh").output
    assert "● 青灯机器人位于松江镇。  clm-aaaaa3" in output
    assert "转述具名者 沈一帆" in output
    assert "Qingdeng Robotics is" not in output
    assert run("--lang", "zh", "show", "qingdeng", "--package", minimal).output == output, "an option may stand before the verb"


@pytest.mark.parametrize("name", ["青燈機器人", "青灯", "Qingdeng Robotics"])
def test_show_takes_a_name_that_one_entity_has(minimal, name):
    assert run("show", name, "--package", minimal).output == run("show", "qingdeng", "--package", minimal).output


def test_show_says_what_is_said_of_it_elsewhere(minimal):
    output = run("show", "baifan", "--package", minimal).output
    assert "Said of others" in output
    assert "Qingdeng Robotics invested in Baifan Shipyard." in output


def test_show_in_forms_for_programs(minimal):
    card = json.loads(run("show", "qingdeng", "--package", minimal, "--format", "json").stdout)
    assert card["entity"]["entity_id"] == "qingdeng"
    assert card["facts"]["units_sold"]["status"] == "disputed"
    assert len(card["facts"]["units_sold"]["values"]) == 2
    assert [row["source_id"] for row in card["facts"]["based_in"]["evidence"]] == ["harbour", "lantern"]
    table = rows(run("show", "qingdeng", "--package", minimal, "--format", "csv").stdout)
    assert {row["claim_id"] for row in table} == {claim.claim_id for claim in hz.load(minimal).claims.where(subject_id="qingdeng")}


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["show", "qingdegn"], "'qingdeng'"),
        (["claims", "--subject", "fierfly"], "'firefly'"),
        (["claims", "--predicate", "based_on"], "'based_in'"),
        (["claims", "--object", "bafan"], "'baifan'"),
        (["claims", "--scope", "cleaning-robots"], "'cleaning-robots-worldwide'"),
        (["claims", "--source", "harbor"], "'harbour'"),
        (["cite", "lanten", "x", "--texts", TEXTS], "'lantern'"),
        (["schema", "entitys"], "'entities'"),
        (["conflicts", "qingdegn"], "'qingdeng'"),
        (["timeline", "fierfly"], "'firefly'"),
    ],
)
def test_a_mistyped_id_names_near_ones(minimal, arguments, near):
    result = run("--package", minimal, *arguments, code=2)
    assert result.output.startswith("error: no ")
    assert near in result.output
    assert result.output.count("\n") == 1


def claims(package: Path, *arguments: str) -> list[str]:
    return [row["claim_id"] for row in rows(run("claims", "--package", package, "--format", "csv", *arguments).stdout)]


def test_claims_are_narrowed_down(minimal):
    assert len(claims(minimal)) == 11
    assert claims(minimal, "--subject", "firefly") == ["clm-aaaaa8", "clm-aaaaa9"]
    assert claims(minimal, "--predicate", "founded_on") == ["clm-aaaaa1", "clm-aaaaa2"]
    assert claims(minimal, "--object", "baifan") == ["clm-aaaab1"]
    assert claims(minimal, "--scope", "cleaning-robots-worldwide") == ["clm-aaaaa7"]
    assert claims(minimal, "--source", "harbour") == ["clm-aaaaa2", "clm-aaaaa3", "clm-aaaaa6"]
    assert claims(minimal, "--source", "harbour", "--predicate", "based_in") == ["clm-aaaaa3"]
    assert claims(minimal, "--source", "harbour", "--subject", "firefly") == []


def test_claims_are_sentences(minimal):
    output = run("claims", "--package", minimal, "--predicate", "invested_in").output
    assert output.splitlines()[1].split("  ") == ["clm-aaaab1", "Qingdeng Robotics invested in Baifan Shipyard.", "lantern!"]
    assert "青灯机器人投资白帆船厂。" in run("claims", "--package", minimal, "--predicate", "invested_in", "--lang", "zh").output
    (row,) = rows(run("claims", "--package", minimal, "--predicate", "price", "--format", "csv", "--lang", "zh").stdout)
    assert (row["sentence"], row["number"], row["bound"]) == ("萤火售价约3000元。", "3000", "about")


def test_claims_for_programs_carry_their_evidence(minimal):
    (card,) = json.loads(run("claims", "--package", minimal, "--predicate", "founded_by", "--format", "json").stdout)
    assert card["sentence_en"] == "Qingdeng Robotics was founded by Shen Yifan."
    assert card["sentence_zh"] == "青灯机器人由沈一帆创办。"
    assert [(row["source_id"], row["start"], row["end"]) for row in card["evidence"]] == [("lantern", 32, 50)]


def test_find_says_who_is_meant(minimal):
    assert [row["entity_id"] for row in json.loads(run("find", "螢火", "--package", minimal, "--format", "json").stdout)] == ["firefly"]
    (row,) = rows(run("find", "螢火", "--package", minimal, "--format", "csv").stdout)
    assert (row["matched"], row["match"], row["kind"]) == ("螢火", "exact", "product")
    assert run("find", "螢火", "--package", minimal).output.splitlines()[1].startswith("firefly  product  Firefly  萤火")
    assert run("find", "螢火", "--package", minimal, "--lang", "zh").output.startswith("标识符")


def test_a_name_that_nobody_has_is_one(minimal):
    assert "Nothing is known by that name." in run("find", "Zweitausendeins", "--package", minimal, code=1).output
    assert "没有这个名称" in run("find", "Zweitausendeins", "--package", minimal, "--lang", "zh", code=1).output
    assert json.loads(run("find", "Zweitausendeins", "--package", minimal, "--format", "json", code=1).stdout) == []


def test_schema_lists_tables_and_columns():
    assert [row["table"] for row in rows(run("schema", "--format", "csv").stdout)] == list(hz.load().tables)
    columns = json.loads(run("schema", "evidence", "--format", "json").stdout)
    assert [column["column"] for column in columns] == list(hz.Evidence.model_fields)
    assert columns[5]["values"] == "asserts denies"
    assert "单位的标识符" in run("schema", "units", "--lang", "zh").output
    assert run("schema", "units").output.splitlines()[0].split() == ["column", "type", "required", "references", "values", "description"]


def test_schema_prints_the_json_schema_itself():
    assert json.loads(run("schema", "units", "--json-schema").stdout) == hz.get_schema("units").document
    assert list(json.loads(run("schema", "--json-schema").stdout)["properties"]) == list(hz.load().tables)


def test_conflicts_are_told_with_both_sides(minimal):
    output = run("conflicts", "--package", minimal).output
    assert output.count("✗ Qingdeng Robotics sold") == 2
    assert output.endswith("1 conflicts\n")
    assert "1处分歧" in run("conflicts", "qingdeng", "--package", minimal, "--lang", "zh").output
    assert run("conflicts", "firefly", "--package", minimal).output == "0 conflicts\n"
    (card,) = json.loads(run("conflicts", "--package", minimal, "--format", "json").stdout)
    assert (card["kind"], card["state"], card["claim_ids"]) == ("value", "open", ["clm-aaaaa5", "clm-aaaaa6"])
    assert card["explanation_en"]
    assert card["explanation_zh"]
    (row,) = rows(run("conflicts", "--package", minimal, "--format", "csv").stdout)
    assert (row["conflict_id"], row["claim_ids"]) == (card["conflict_id"], "clm-aaaaa5 clm-aaaaa6")
    assert rows(run("conflicts", "--package", minimal, "--state", "decided", "--format", "csv").stdout) == []


def test_a_timeline_is_in_the_order_of_dates(minimal):
    dated = [row["claim_id"] for row in rows(run("timeline", "qingdeng", "--package", minimal, "--format", "csv").stdout)]
    assert sorted(dated) == ["clm-aaaaa1", "clm-aaaaa2", "clm-aaaaa5", "clm-aaaaa6"]
    assert set(dated[:2]) == {"clm-aaaaa1", "clm-aaaaa2"}
    assert len(run("timeline", "qingdeng", "--package", minimal, "--lang", "zh").output.splitlines()) == 4


@pytest.mark.parametrize("words", [["invested"], ["Baifan"], ["投资"], ["invested", "Baifan"]])
def test_search_finds_claims_by_their_words(minimal, words):
    assert rows(run("search", *words, "--package", minimal, "--format", "csv").stdout)[0]["claim_id"] == "clm-aaaab1"
    run("search", "Zweitausendeins", "--package", minimal, code=1)


# Working on a package


def test_validate_works_where_it_stands(here):
    assert "\n0 errors, " in "\n" + run("validate").output
    replace(here, "entities", "firefly,product", "firefly,gadget")
    assert "seeds/entities.csv:3:9: error [cells/enum]" in run("validate", code=1).output


def test_validate_takes_a_directory_or_a_zip(minimal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    output = run("validate", minimal, code=1).output
    assert run("validate", "--package", minimal, code=1).output == output
    assert run("--package", minimal, "validate", code=1).output == output
    assert run("validate", zipped(minimal), code=1).output == output
    assert run("validate", minimal / "datapackage.json", code=1).output == output
    assert "no data package" in run("validate", "nowhere", code=2).output


def test_validate_never_looks_at_the_installed_copy(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for verb in (
        ["validate"],
        ["fmt"],
        ["fmt", "--check"],
        ["verify", "--texts", TEXTS],
        ["coverage", "--texts", TEXTS],
        ["cite", "lantern", "x", "--texts", TEXTS],
    ):
        assert "no datapackage.json in" in run(*verb, code=2).output


def test_validate_in_forms_for_programs(minimal):
    replace(minimal, "entities", "firefly,product", '"firefly",gadget')
    found = json.loads(run("validate", minimal, "--format", "json", code=1).stdout)
    assert [(row["code"], row["level"]) for row in found] == [("canonical/quoting", "warning"), ("cells/enum", "error")]
    assert found[1] == {
        "file": "seeds/entities.csv", "line": 3, "column": 9, "level": "error", "code": "cells/enum", "record": "firefly", "field": "kind",
        "message": 'kind "gadget" is not one of the allowed values',
        "hint": "Use one of: company, person, product, place, organization, event, policy, group, work",
    }  # fmt: skip
    assert rows(run("validate", minimal, "--format", "csv", code=1).stdout)[1] == {key: str(value) for key, value in found[1].items()}
    chinese = json.loads(run("validate", minimal, "--format", "json", "--lang", "zh", code=1).stdout)
    assert "不在允许的取值之内" in next(value for key, value in chinese[1].items() if key.startswith("message"))


def test_validate_speaks_chinese(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    output = run("validate", minimal, "--lang", "zh", code=1).output
    assert "不在允许的取值之内" in output
    assert "1个错误,0个警告" in output


def test_a_sound_package_is_an_empty_list_for_programs(minimal):
    for name in ("claims", "evidence", "founders"):
        path = table_path(minimal, name)
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert json.loads(run("validate", minimal, "--format", "json").stdout) == []
    assert rows(run("validate", minimal, "--format", "csv").stdout) == []
    assert "0 errors, 0 warnings" in run("validate", minimal).output


def test_the_second_judges_are_asked_on_demand(minimal):
    pytest.importorskip("frictionless")
    pytest.importorskip("jsonschema")
    run("validate", minimal, "--cross-check")
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    output = run("validate", minimal, "--cross-check", code=1).output
    assert "jsonschema: seeds/entities.csv:3: kind" in output
    assert "frictionless: entities:" in output
    assert "jsonschema:" not in run("validate", minimal, code=1).output


def test_an_objection_of_the_second_judges_alone_is_one(minimal):
    pytest.importorskip("frictionless")
    replace(minimal, "entities", "firefly,", "\nfirefly,")
    run("validate", minimal)
    assert "frictionless: entities:" in run("validate", minimal, "--cross-check", code=1).output


def test_fmt_writes_and_says_what(here):
    path = table_path(here, "entities")
    sound = path.read_bytes()
    path.write_bytes(sound.replace(b"\n", b"\r\n"))
    checked = run("fmt", "--check", code=1).output
    assert "would write seeds/entities.csv" in checked
    assert "run: hz-dragons fmt" in checked
    assert path.read_bytes() != sound
    assert run("fmt").output == "wrote seeds/entities.csv\n"
    assert path.read_bytes() == sound
    assert run("fmt").output == run("fmt", "--check").output == ""


def test_fmt_refuses_what_it_can_not_read(here):
    table_path(here, "units").write_bytes(b"\xff\n")
    table_path(here, "entities").write_bytes(table_path(here, "entities").read_bytes().replace(b"\n", b"\r\n"))
    assert "hz-dragons validate" in run("fmt", code=1).output
    assert b"\r\n" in table_path(here, "entities").read_bytes()
    assert "Unpack it" in run("fmt", "--package", zipped(here), code=2).output


@pytest.mark.usefixtures("here")
def test_verify_prints_the_ledger():
    output = run("verify", "--texts", TEXTS).output
    assert output.splitlines()[0] == "12 of 12 rows checked"
    assert "    12 exact" in output
    everything = run("verify", "--texts", TEXTS, "--all").output
    assert everything.count("  exact") >= 12
    assert everything.endswith(output)


def test_verify_in_forms_for_programs(here):
    found = json.loads(run("verify", "--texts", TEXTS, "--format", "json", "--all").stdout)
    assert found["ledger"]["checked"] == found["ledger"]["exact"] == found["ledger"]["rows"] == len(found["rows"]) == 12
    assert json.loads(run("verify", "--texts", TEXTS, "--format", "json").stdout)["rows"] == []
    table = rows(run("verify", "--texts", TEXTS, "--format", "csv", "--all").stdout)
    assert {row["outcome"] for row in table} == {"exact"}
    assert [(row["claim_id"], row["source_id"]) for row in table] == [(row.claim_id, row.source_id) for row in hz.load(here).evidence]


def test_verify_is_one_when_a_row_is_red_or_disagrees(here, tmp_path):
    replace(here, "claims", "2015-03", "2016-03")
    result = run("verify", "--texts", TEXTS, code=1)
    assert "date 2016-03" in result.output
    assert result.output.count("clm-") == 1
    (tmp_path / "lantern.txt").write_text("別的", encoding="utf-8")
    found = json.loads(run("verify", "--texts", tmp_path, "--format", "json", code=1).stdout)
    assert (found["ledger"]["not_found"], found["ledger"]["no_text"], found["ledger"]["checked"]) == (9, 3, 9)
    assert {row["outcome"] for row in found["rows"]} == {"not_found"}


def test_verify_takes_the_folder_from_the_environment(here):
    assert "12 of 12 rows checked" in run("verify", env={"HZ_DRAGONS_TEXTS": TEXTS}).output
    assert "--texts" in run("verify", code=2).output
    assert "no folder" in run("verify", "--texts", here / "nowhere", code=2).output


@pytest.mark.usefixtures("here")
def test_coverage_lists_what_is_left():
    found = json.loads(run("coverage", "--texts", TEXTS, "--format", "json", code=1).stdout)
    assert found["missing"] == []
    assert {gap["source_id"] for gap in found["open"]} == {"harbour", "lantern"}
    assert all(0.9 < share < 1 for share in found["share"].values())
    table = rows(run("coverage", "--texts", TEXTS, "--format", "csv", code=1).stdout)
    assert [row["text"] for row in table] == [gap["text"] for gap in found["open"]]
    assert "2 other" in run("coverage", "--texts", TEXTS, code=1).output
    assert rows(run("coverage", "--texts", TEXTS, "--kind", "figure", "--format", "csv", code=1).stdout) == []


@pytest.mark.usefixtures("here")
def test_cite_prints_a_finished_row():
    arguments = ["cite", "lantern", "售价约3千元", "--texts", TEXTS, "--claim", "clm-aaaaa8"]
    (row,) = rows(run(*arguments).stdout)
    assert (row["claim_id"], row["source_id"], row["start"], row["end"], row["stance"], row["basis"]) == (
        "clm-aaaaa8",
        "lantern",
        "97",
        "103",
        "asserts",
        "direct",
    )
    card = json.loads(run(*arguments, "--format", "json").stdout)
    assert {key: "" if value is None else str(value) for key, value in card.items()} == row
    assert rows(run(*arguments, "--format", "csv").stdout) == [row]


def test_cite_appends_the_row_in_its_place(here):
    arguments = [
        "cite",
        "lantern",
        "青燈的第一款產品",
        "--texts",
        TEXTS,
        "--claim",
        "clm-aaaaa8",
        "--modality",
        "opinion",
        "--basis",
        "context",
        "--note",
        "Why.",
    ]
    result = run(*arguments, "--append")
    assert "added to" in result.output
    run("validate")
    run("fmt", "--check")
    (row,) = [row for row in hz.load(here).evidence if row.modality == "opinion"]
    assert (row.claim_id, row.basis, row.note) == ("clm-aaaaa8", "context", "Why.")
    assert "13 of 13 rows checked" in run("verify", "--texts", TEXTS).output


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["kein Wort davon"], "is not in the text"),
        (["青燈"], "stands in 3 places"),
        (["松江鎮"], "fewer than 6 characters"),
        (["售價約3千元", "--claim", "clm-aaaaa0"], "no record 'clm-aaaaa0' in claims"),
        (["售價約3千元", "--basis", "context"], "needs a note"),
        (["售價約3千元", "--quote", "元" * 25], "at most 24 characters"),
        (["售價約3千元", "--stance", "perhaps"], "Invalid value"),
    ],
)
def test_what_can_not_be_cited_is_two_and_changes_nothing(here, more, complaint):
    before = table_path(here, "evidence").read_bytes()
    assert complaint in run("cite", "lantern", *more, "--texts", TEXTS, "--append", code=2).output
    assert table_path(here, "evidence").read_bytes() == before


# For terminals and for pipes

PAINTED = [[], ["show", "qingdeng"], ["claims"], ["find", "青"], ["validate"], ["verify", "--texts", TEXTS]]


def process(package: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hz_dragons", "--package", str(package), *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1", **environment})


@pytest.mark.parametrize("arguments", PAINTED, ids=lambda arguments: arguments[0] if arguments else "glance")
def test_no_colour_in_a_pipe(minimal, arguments):
    replace(minimal, "claims", "3000,,CNY", '"3000",,CNY')
    done = process(minimal, *arguments)
    assert done.stdout + done.stderr
    assert ESCAPE not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["colour", "NO_COLOR"])
def test_colour_in_a_terminal_unless_refused(minimal, environment, coloured):
    pty = pytest.importorskip("pty")
    outside, inside = pty.openpty()
    command = [sys.executable, "-m", "hz_dragons", "--package", str(minimal), "show", "firefly"]
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(command, stdout=inside, stderr=inside, env={**kept, "PYTHONUTF8": "1", **environment}) as child:
        os.close(inside)
        seen = b""
        while True:
            try:
                part = os.read(outside, 4096)
            except OSError:  # the terminal is gone
                break
            if not part:
                break
            seen += part
        child.wait()
    os.close(outside)
    assert b"Firefly" in seen
    assert (ESCAPE.encode() in seen) == coloured


@pytest.mark.parametrize("arguments", [["validate"], ["fmt"], ["show", "qingdeng"], ["verify", "--texts", TEXTS]], ids=lambda arguments: arguments[0])
def test_a_broken_package_ends_in_one_without_traceback(minimal, arguments):
    table_path(minimal, "names").write_bytes("青灯".encode("gbk"))
    done = process(minimal, *arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout + done.stderr


def test_a_mistyped_id_in_a_real_process(minimal):
    done = process(minimal, "show", "qingdegn")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no record 'qingdegn' in entities. Did you mean 'qingdeng'?\n"


def test_a_reader_that_leaves_early_is_no_error():
    command = [sys.executable, "-m", "hz_dragons", "claims", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.read(1) == b"["
        child.stdout.close()
        complaint = child.stderr.read()
        assert child.wait() == 0
    assert complaint == b""


def test_the_version_is_told_without_models_and_data():
    told = "import sys; from hz_dragons.cli import main; main(['--version'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    loaded = done.stdout.split()
    assert "hz_dragons.cli" in loaded
    assert not {"pydantic", "csv", "hz_dragons.models", "hz_dragons.loader"} & set(loaded)
