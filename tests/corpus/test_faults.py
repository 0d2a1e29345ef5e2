"""One fault at a time, planted in a sound package: `validate` names exactly that fault, its place and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from planting import append, remove_row, replace, table_path

import hz_dragons as hz
from hz_dragons.cli import main
from hz_dragons.codes import CODES
from hz_dragons.models import TABLES

Edit = Callable[[Path], None]
Place = tuple[str, str, int, int]
MINIMAL = Path(__file__).parent / "valid" / "minimal"
TABLES_OF_MINIMAL = [name for name in TABLES if (MINIMAL / "seeds" / f"{name}.csv").is_file()]
STRUCTURE = ("package", "encoding", "csv", "cells", "rows", "keys", "references")


class Fault(NamedTuple):
    """`judge`: whether frictionless looks at the same thing, and so must fail as well."""

    name: str
    edit: Edit
    code: str
    table: str
    line: int
    column: int
    judge: bool = False


def swap(table: str, old: str | bytes, new: str | bytes) -> Edit:
    return partial(replace, table=table, old=old, new=new)


def add(table: str, row: str) -> Edit:
    return partial(append, table=table, row=row)


def drop(table: str, start: str) -> Edit:
    return partial(remove_row, table=table, start=start)


def both(*edits: Edit) -> Edit:
    def plant(package: Path) -> None:
        for edit in edits:
            edit(package)

    return plant


def remove_file(package: Path, table: str) -> None:
    table_path(package, table).unlink()


def link_file(package: Path, table: str) -> None:
    path = table_path(package, table)
    path.symlink_to(path.rename(package / "elsewhere.csv"))


def rewrite(package: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    path = table_path(package, table)
    before = path.read_bytes()
    assert change(before) != before
    path.write_bytes(change(before))


def rewritten(table: str, change: Callable[[bytes], bytes]) -> Edit:
    return partial(rewrite, table=table, change=change)


CITED = "zf1:17:cf79823207fd4ea9e972ab5fda916d4f,asserts,stated,,direct,,"
DECIDED = "primary_source,Why,理由,2025-03-01," + "0" * 64

FAULTS = [
    # A package and its files
    Fault("table is missing", partial(remove_file, table="scopes"), "package/missing-table", "scopes", 0, 0, judge=True),
    Fault("table is a link", partial(link_file, table="scopes"), "package/unreadable", "scopes", 0, 0),
    Fault("GBK bytes", rewritten("names", lambda data: data.replace("青灯".encode(), "青灯".encode("gbk"))), "encoding/not-utf-8", "names", 4, 10, judge=True),
    Fault("UTF-16", rewritten("scopes", lambda data: data.decode().encode("utf-16")), "encoding/not-utf-8", "scopes", 1, 1, judge=True),
    Fault("header is wrong", swap("names", "language,name_type", "language,type"), "csv/header", "names", 1, 25, judge=True),
    Fault("header is swapped", swap("founders", "company_id,person_id", "person_id,company_id"), "csv/header", "founders", 1, 1, judge=True),
    Fault("header lacks a column", swap("evidence", ",quote,note", ",quote"), "csv/header", "evidence", 1, 81, judge=True),
    Fault("header is missing", drop("claims", "claim_id"), "csv/header", "claims", 1, 1, judge=True),
    Fault("file is empty", rewritten("adjudications", lambda _: b""), "csv/header", "adjudications", 1, 1, judge=True),
    Fault("quote is not closed", swap("entities", "world-market,group,world", 'world-market,group,"world'), "csv/malformed", "entities", 7, 1, judge=True),
    Fault("quote inside a quoted cell", swap("names", "青燈機器人", '"青"燈機器人'), "csv/malformed", "names", 6, 1),
    Fault("cell is missing", swap("companies", "robots,,", "robots,"), "csv/cell-count", "companies", 2, 31, judge=True),
    Fault("cell too many", swap("companies", "robots,,", "robots,,,"), "csv/cell-count", "companies", 2, 32, judge=True),
    Fault("comma is not quoted", swap("sources", '"[Harbour, an invented text]"', "[Harbour, an invented text]"), "csv/cell-count", "sources", 2, 164, judge=True),
    # Cells
    Fault("number with 万", swap("claims", "16500", "1.65万"), "cells/number", "claims", 6, 33, judge=True),
    Fault("number with commas", swap("claims", "16500", '"16,500"'), "cells/number", "claims", 6, 33, judge=True),
    Fault("number with a blank", swap("claims", ",16500,", ",16500 ,"), "cells/number", "claims", 6, 33),
    Fault("number with an exponent", swap("claims", "200000000", "2E8"), "cells/number", "claims", 10, 33),
    Fault("number with a trailing zero", swap("claims", "16500", "16500.0"), "cells/number", "claims", 6, 33),
    Fault("number in full-width digits", swap("claims", "16500", "１６５００"), "cells/number", "claims", 6, 33),
    Fault("offset is no number", swap("evidence", "115,126", "115,end"), "cells/number", "evidence", 12, 24, judge=True),
    Fault("padded date", swap("claims", "2015-03", "2018-1-03"), "cells/form", "claims", 2, 37, judge=True),
    Fault("impossible date", swap("claims", "2015-03", "2015-02-30"), "cells/form", "claims", 2, 37, judge=True),
    Fault("no leap year", swap("sources", "2025-02-10,zh-Hant", "2025-02-29,zh-Hant"), "cells/form", "sources", 3, 77, judge=True),
    Fault("enum", swap("entities", "firefly,product", "firefly,gadget"), "cells/enum", "entities", 3, 9, judge=True),
    Fault("enum in another case", swap("evidence", "denies", "Denies"), "cells/enum", "evidence", 12, 68, judge=True),
    Fault("required", swap("entities", "firefly,product", "firefly,"), "cells/required", "entities", 3, 9, judge=True),
    Fault("required number", swap("evidence", "115,126", ",126"), "cells/required", "evidence", 12, 20, judge=True),
    Fault("pattern of an item", swap("entities", "萤火,,", "萤火,q42,"), "cells/form", "entities", 3, 28, judge=True),
    Fault("pattern of a language", swap("names", "松江鎮,zh-Hant", "松江鎮,zh_Hant"), "cells/form", "names", 7, 20, judge=True),
    Fault("pattern of a claim", add("evidence", f"clm-aaaab_,lantern,0,22,{CITED}"), "cells/form", "evidence", 14, 1, judge=True),
    Fault("trailing blank", swap("entities", "Firefly,", "Firefly ,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("trailing ideographic space", swap("entities", "萤火,", "萤火\u3000,"), "cells/form", "entities", 3, 25, judge=True),
    Fault("control character", swap("entities", "Firefly,", "Fire\x07fly,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("NUL", swap("entities", "Firefly,", "Fire\0fly,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("zero-width space", swap("entities", "Firefly,", "Fire\u200bfly,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("right-to-left override", swap("entities", "Firefly,", "Fire\u202efly,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("replacement character", swap("entities", "Firefly,", "Fire\ufffdfly,"), "cells/form", "entities", 3, 17, judge=True),
    Fault("line break in a cell", swap("entities", "Firefly,", '"Fire\nfly",'), "cells/form", "entities", 3, 17, judge=True),
    Fault("quote too long", swap("evidence", "1.65萬台", "萬" * 25), "cells/too-long", "evidence", 7, 102, judge=True),
    Fault("tolerance above one", swap("predicates", "company product,number,count,one_at_a_time,0.01", "company product,number,count,one_at_a_time,1.01"), "cells/out-of-range", "predicates", 10, 111, judge=True),
    Fault("not NFC", swap("entities", "Firefly,", unicodedata.normalize("NFD", "Firéfly,")), "cells/not-nfc", "entities", 3, 17),
    Fault("context without a note", swap("evidence", "The product is named in the clause before.", ""), "rows/shape", "evidence", 11, 1),
    Fault("number without a unit", swap("claims", "3000,,CNY", "3000,,"), "rows/shape", "claims", 9, 1),
    Fault("two values", swap("claims", "clm-aaaaa2,qingdeng,founded_on,", "clm-aaaaa2,qingdeng,founded_on,baifan"), "rows/shape", "claims", 3, 1),
    Fault("file without its hash", swap("sources", "91124bfad88377e9f50e7d7a7a3ecfffcb1b020a9d537ce328280016c230fdba", ""), "rows/shape", "sources", 2, 1),
    # Keys and references
    Fault("duplicate row", add("entities", "world-market,group,world market for cleaning robots,清洁机器人全球市场,,"), "keys/duplicate", "entities", 8, 1, judge=True),
    Fault("duplicate key", add("units", "unit,units,台,count,unit,1,,Counted."), "keys/duplicate", "units", 5, 1, judge=True),
    Fault("duplicate key of many columns", add("names", "songjiang-town,松江鎮,zh-Hant,former"), "keys/duplicate", "names", 8, 1, judge=True),
    Fault("duplicate evidence", add("evidence", "clm-aaaab2,lantern,140,156,zf1:16:e469db839475176c36de709f26965b97,denies,stated,,direct,,"), "keys/duplicate", "evidence", 14, 1, judge=True),
    Fault("unknown object", swap("claims", "invested_in,baifan", "invested_in,baifann"), "references/missing", "claims", 11, 33, judge=True),
    Fault("unknown predicate", swap("claims", "firefly,price", "firefly,prise"), "references/missing", "claims", 9, 20, judge=True),
    Fault("unknown scope", swap("claims", "robots-worldwide", "robots-europe"), "references/missing", "claims", 8, 61, judge=True),
    Fault("unknown unit", swap("claims", "3000,,CNY", "3000,,EUR"), "references/missing", "claims", 9, 33, judge=True),
    Fault("unknown claim", add("evidence", f"clm-zzzzz1,lantern,0,22,{CITED}"), "references/missing", "evidence", 14, 1, judge=True),
    Fault("unknown source", swap("evidence", "aaab1,lantern", "aaab1,lanterns"), "references/missing", "evidence", 12, 12, judge=True),
    Fault("unknown speaker", swap("evidence", "shen-yifan,derived", "shen-yi-fan,derived"), "references/missing", "evidence", 7, 83, judge=True),
    Fault("unknown parent", swap("sources", "zh-Hans,,,9112", "zh-Hans,ledger,,9112"), "references/missing", "sources", 2, 96, judge=True),
    Fault("unknown base unit", add("units", "zzz,feet,尺,length,metre,0.3,,"), "references/missing", "units", 5, 19, judge=True),
    Fault("unknown company", add("companies", "yinhe,wider,telescopes,,"), "references/missing", "companies", 3, 1, judge=True),
    Fault("unknown owner of a name", swap("names", "songjiang-town", "songjiang-city"), "references/missing", "names", 7, 1, judge=True),
    # Claims
    Fault("claim without evidence", drop("evidence", "clm-aaaaa9"), "claims/no-evidence", "claims", 10, 1),
    Fault("value of the wrong kind", swap("claims", "invested_in", "founded_on"), "claims/value-kind", "claims", 11, 32),
    Fault("subject of the wrong kind", swap("claims", "firefly,price", "qingdeng,price"), "claims/subject-kind", "claims", 9, 12),
    Fault("unit of the wrong dimension", swap("claims", "16500,,unit", "16500,,CNY"), "claims/unit-dimension", "claims", 6, 40),
    Fault("range the wrong way round", swap("claims", "4000000000000,14000000000000", "14000000000000,4000000000000"), "claims/range-order", "claims", 12, 53),
    Fault("times the wrong way round", swap("claims", "16500,,unit,exact,,,,,2024", "16500,,unit,exact,,,,,2025"), "claims/date-order", "claims", 6, 60),
    Fault("interval the wrong way round", swap("claims", "2015-03", "2015-03/2015-02"), "claims/date-order", "claims", 2, 37),
    Fault("publication the wrong way round", swap("sources", "2025-02-10,zh-Hans", "2025-02/2024-02,zh-Hans"), "claims/date-order", "sources", 2, 77),
    Fault(
        "two claims that say the same",
        both(add("claims", "clm-aaaab3,qingdeng,based_in,songjiang-town,,,,,,,,,,,Again."), add("evidence", f"clm-aaaab3,lantern,0,22,{CITED}")),
        "claims/repeated", "claims", 13, 1,
    ),
    # Evidence
    Fault("span past the end", swap("evidence", "115,126", "115,159"), "evidence/span-past-end", "evidence", 12, 24),
    Fault("span that ends where it starts", swap("evidence", "115,126", "115,115"), "evidence/span-order", "evidence", 12, 24),
    Fault("span too long", swap("evidence", "32,50", "32,153"), "evidence/span-too-long", "evidence", 6, 23),
    Fault("span too short", swap("evidence", "zf1:6:", "zf1:5:"), "evidence/span-too-short", "evidence", 4, 26),
    Fault("source without a text", swap("evidence", "aaaa2,harbour", "aaaa2,yearbook"), "evidence/no-text", "evidence", 3, 12),
    # What is kept by hand
    Fault("founder whose claim says something else", swap("founders", "clm-aaaaa4", "clm-aaaaa3"), "founders/warrant", "founders", 2, 29),
    Fault("founder whose claim is denied", swap("evidence", "439d31d3b1a299,asserts", "439d31d3b1a299,denies"), "founders/denied", "founders", 2, 29),
    Fault("template without a placeholder", swap("predicates", "{subject} costs {value}", "{subject} costs money"), "templates/placeholder", "predicates", 8, 16),
    Fault("template with a placeholder twice", swap("predicates", "{subject}售价{value}", "{subject}的{subject}售价{value}"), "templates/placeholder", "predicates", 8, 40),
    Fault("template with a brace too many", swap("predicates", "{subject} costs {value}", "{subject} costs {value}}"), "templates/placeholder", "predicates", 8, 16),
    Fault("base unit with a factor", swap("units", "percent,1,", "percent,100,"), "units/base", "units", 3, 19),
    Fault("base unit of another dimension", add("units", "wan,ten thousand,万,count,CNY,10000,,"), "units/base", "units", 5, 26),
    Fault("derivation from itself", swap("sources", "zh-Hans,,,9112", "zh-Hans,harbour,,9112"), "sources/derivation-loop", "sources", 2, 96),
    Fault("decision for another claim", add("adjudications", f"one,qingdeng,founded_on,,prefer,clm-aaaaa3,{DECIDED}"), "adjudications/preferred", "adjudications", 2, 33),
]  # fmt: skip

WARNINGS = [
    Fault("BOM", rewritten("entities", lambda data: b"\xef\xbb\xbf" + data), "canonical/bom", "entities", 1, 1),
    Fault("CRLF", rewritten("entities", lambda data: data.replace(b"\n", b"\r\n")), "canonical/newlines", "entities", 1, 0),
    Fault("CR", rewritten("entities", lambda data: data.replace(b"\n", b"\r")), "canonical/newlines", "entities", 1, 0),
    Fault("CRLF in one line", swap("entities", "沈一帆,,\n", "沈一帆,,\r\n"), "canonical/newlines", "entities", 5, 0),
    Fault("order", swap("entities", "baifan,company,Baifan Shipyard,白帆船厂,,\nfirefly,product,Firefly,萤火,,\n", "firefly,product,Firefly,萤火,,\nbaifan,company,Baifan Shipyard,白帆船厂,,\n"), "canonical/order", "entities", 3, 1),
    Fault("order of spans by size", swap("evidence", "clm-aaaaa1,lantern,0,22", "clm-aaaaa1,lantern,10,32,zf1:17:cf79823207fd4ea9e972ab5fda916d4f,asserts,stated,,direct,,\nclm-aaaaa1,lantern,9,31"), "canonical/order", "evidence", 3, 1),
    Fault("quoting", swap("entities", "Firefly", '"Firefly"'), "canonical/quoting", "entities", 3, 0),
    Fault("blank line", swap("entities", "firefly,", "\nfirefly,"), "canonical/quoting", "entities", 3, 0),
    Fault("no line end at the end", rewritten("entities", lambda data: data[:-1]), "canonical/quoting", "entities", 7, 0),
]  # fmt: skip

QUESTIONS = [
    Fault(
        "disagreement that nobody decided",
        both(add("claims", "clm-aaaab3,qingdeng,based_in,baifan,,,,,,,,,,,"), add("evidence", f"clm-aaaab3,lantern,0,22,{CITED}")),
        "adjudications/undecided", "claims", 4, 1,
    ),
    Fault("decision on nothing", add("adjudications", f"one,baifan,founded_on,,keep_all,,{DECIDED}"), "adjudications/nothing", "adjudications", 2, 5),
    Fault("decision that the claims outran", add("adjudications", f"one,qingdeng,based_in,,keep_all,,{DECIDED}"), "adjudications/stale", "adjudications", 2, 67),
]  # fmt: skip

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
each_question = pytest.mark.parametrize("fault", QUESTIONS, ids=lambda fault: fault.name)
each_warning = pytest.mark.parametrize("fault", WARNINGS, ids=lambda fault: fault.name)


def expected(fault: Fault) -> list[Place]:
    return [(fault.code, f"seeds/{fault.table}.csv", fault.line, fault.column)]


def places(findings: Iterable[hz.Finding]) -> list[Place]:
    return [(finding.code, finding.file, finding.line, finding.column) for finding in findings]


def found(package: Path) -> list[Place]:
    return places(hz.validate(package))


def beyond(package: Path) -> list[Place]:
    """What is found beyond the disagreements that the minimal package itself leaves undecided."""
    before = found(MINIMAL)
    return [place for place in found(package) if place not in before]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def frictionless_accepts(package: Path) -> bool:
    frictionless = pytest.importorskip("frictionless")
    return frictionless.Package(str(package / "datapackage.json")).validate().valid


def test_the_package_is_sound_before_a_fault_is_planted(minimal):
    assert {code for code, *_ in found(minimal)} <= {"adjudications/undecided"}
    assert run("validate", str(minimal))[0] == 0
    assert run("fmt", "--check", "--package", str(minimal))[0] == 0
    assert frictionless_accepts(minimal)


def test_every_code_has_its_bad_example():
    assert {fault.code for fault in [*FAULTS, *WARNINGS, *QUESTIONS]} == set(CODES)


def test_names_of_faults_are_unique():
    names = [fault.name for fault in [*FAULTS, *WARNINGS, *QUESTIONS]]
    assert len(names) == len(set(names))


@each_fault
def test_one_fault_is_one_finding_at_its_place(minimal, fault):
    fault.edit(minimal)
    report = hz.validate(minimal)
    assert places(report) == expected(fault)
    (finding,) = report
    assert finding.level == "error"
    assert all([finding.message, finding.hint, finding.message_zh, finding.hint_zh])


@each_fault
def test_the_command_line_ends_in_one_without_traceback(minimal, fault):
    fault.edit(minimal)
    code, output = run("validate", str(minimal))
    assert code == 1
    place = ":".join(str(part) for part in (f"seeds/{fault.table}.csv", fault.line, fault.column) if part)
    assert output.startswith(f"{place}: error [{fault.code}] ")
    assert " → " in output
    assert output.count(": error [") == 1


@each_fault
def test_load_refuses_errors_of_structure_and_names_them(minimal, fault):
    fault.edit(minimal)
    if fault.code.partition("/")[0] not in STRUCTURE:
        assert len(hz.load(minimal).claims) >= 11
        return
    with pytest.raises(hz.errors.SeedError) as caught:
        hz.load(minimal)
    assert places(caught.value.findings) == expected(fault)
    assert fault.table in str(caught.value)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.judge], ids=lambda fault: fault.name)
def test_frictionless_sees_it_too(minimal, fault):
    fault.edit(minimal)
    assert not frictionless_accepts(minimal)


@each_warning
def test_what_is_not_canonical_is_a_warning_that_fmt_repairs(minimal, fault):
    fault.edit(minimal)
    assert beyond(minimal) == expected(fault)
    assert {finding.level for finding in hz.validate(minimal)} == {"warning"}
    assert run("validate", str(minimal))[0] == 0
    planted = table_path(minimal, fault.table).read_bytes()

    code, output = run("fmt", "--check", "--package", str(minimal))
    assert code == 1
    assert f"seeds/{fault.table}.csv" in output
    assert table_path(minimal, fault.table).read_bytes() == planted, "--check writes nothing"

    assert run("fmt", "--package", str(minimal))[0] == 0
    assert beyond(minimal) == []
    assert run("fmt", "--check", "--package", str(minimal)) == (0, "")


@each_question
def test_an_open_question_is_a_warning_that_fmt_leaves_alone(minimal, fault):
    fault.edit(minimal)
    assert beyond(minimal) == expected(fault)
    assert {finding.level for finding in hz.validate(minimal)} == {"warning"}
    assert run("validate", str(minimal))[0] == 0
    assert run("fmt", "--package", str(minimal)) == (0, "")
    assert beyond(minimal) == expected(fault)
    assert hz.load(minimal)


@pytest.mark.parametrize("fault", [fault for fault in WARNINGS if fault.table == "entities"], ids=lambda fault: fault.name)
def test_fmt_gives_back_the_very_bytes(minimal, fault):
    before = table_path(minimal, fault.table).read_bytes()
    fault.edit(minimal)
    run("fmt", "--package", str(minimal))
    assert table_path(minimal, fault.table).read_bytes() == before


@each_warning
def test_load_reads_what_is_only_not_canonical(minimal, fault):
    if fault.table == "entities":
        sound = hz.load(minimal).entities.where()
        fault.edit(minimal)
        assert sorted(entity.entity_id for entity in hz.load(minimal).entities) == sorted(sound.ids())
    else:
        fault.edit(minimal)
        assert len(hz.load(minimal).evidence) == 13


# One fault must not look like many: whatever befalls a whole file is one finding, however much refers to its rows.
@pytest.mark.parametrize("table", TABLES_OF_MINIMAL)
@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda path: path.unlink(), "package/missing-table"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"_", b"-", 1)), "csv/header"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\xff"), "encoding/not-utf-8"),
        (lambda path: path.write_bytes(path.read_bytes() + b'"'), "csv/malformed"),
    ],
    ids=["missing", "header", "bytes", "quote"],
)
def test_a_damaged_file_is_one_finding(minimal, table, damage, code):
    damage(table_path(minimal, table))
    assert [(finding.code, finding.file) for finding in hz.validate(minimal)] == [(code, f"seeds/{table}.csv")]


@pytest.mark.parametrize("table", [name for name in TABLES_OF_MINIMAL if name != "adjudications"])
def test_an_unreadable_row_is_not_also_a_missing_reference(minimal, table):
    path = table_path(minimal, table)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] += ",cell too many"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert found(minimal) == [("csv/cell-count", f"seeds/{table}.csv", 2, hz.validate(minimal).findings[0].column)]


PASSAGES = "source_id,start,end,fingerprint,reason,note"
PRINT = "zf1:9:c4397bd8272162edebf0d0b8cf416ebd"


# A table that a package may leave out is judged like any other where it is there.
@pytest.mark.parametrize(
    ("header", "row", "places"),
    [
        (PASSAGES, f"lantern,104,113,{PRINT},transition,", []),
        (PASSAGES, f"lantern,0,158,{PRINT},transition,", []),
        (PASSAGES, f"lantern,104,159,{PRINT},transition,", [("evidence/span-past-end", "seeds/passages.csv", 2, 13)]),
        (PASSAGES, f"lantern,104,104,{PRINT},transition,", [("evidence/span-order", "seeds/passages.csv", 2, 13)]),
        (PASSAGES, f"lantern,104,113,{PRINT.replace(':9:', ':5:')},transition,", [("evidence/span-too-short", "seeds/passages.csv", 2, 17)]),
        (PASSAGES, f"yearbook,104,113,{PRINT},transition,", [("evidence/no-text", "seeds/passages.csv", 2, 1)]),
        (PASSAGES, f"lanterns,104,113,{PRINT},transition,", [("references/missing", "seeds/passages.csv", 2, 1)]),
        (PASSAGES, f"lantern,104,113,{PRINT},boring,", [("cells/enum", "seeds/passages.csv", 2, 56)]),
        (PASSAGES.replace(",note", ""), f"lantern,104,113,{PRINT},transition", [("csv/header", "seeds/passages.csv", 1, 40)]),
    ],
    ids=["sound", "long", "past the end", "empty", "short", "no text", "unknown source", "reason", "header"],
)
def test_passages_are_judged_where_there_are_any(minimal, header, row, places):
    table_path(minimal, "passages").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert beyond(minimal) == places


def test_the_minimal_package_has_every_table_that_must_be_there():
    assert {name for name, model in TABLES.items() if not model.optional} <= set(TABLES_OF_MINIMAL)


def test_a_derivation_loop_of_two_is_told_at_both_ends(minimal):
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,lantern,,9112")
    replace(minimal, "sources", "zh-Hant,,,6e52", "zh-Hant,harbour,,6e52")
    assert found(minimal) == [("sources/derivation-loop", "seeds/sources.csv", line, column) for line, column in ((2, 96), (3, 96))]


def test_all_faults_at_once_are_all_told(minimal):
    chosen = [
        fault
        for fault in FAULTS
        if fault.name in {"number with 万", "enum", "unknown object", "founder whose claim says something else", "GBK bytes"}
    ]
    assert len(chosen) == 5
    for fault in chosen:
        fault.edit(minimal)
    assert sorted(found(minimal)) == sorted(place for fault in chosen for place in expected(fault))


def test_where_there_is_an_error_no_question_is_asked(minimal):
    QUESTIONS[0].edit(minimal)
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    assert found(minimal) == [("cells/enum", "seeds/entities.csv", 3, 9)]
