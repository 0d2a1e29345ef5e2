from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import planting
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import from_json

import hz_dragons as hz
from hz_dragons import formats
from hz_dragons.codes import CODES, code
from hz_dragons.errors import DragonsError
from hz_dragons.formats import FORMATS, append_summary, help_uri, render
from hz_dragons.report import Finding, Report

ERROR = Finding("seeds/claims.csv", 3, 7, "cells/form", "error", "what", "do", "何事", "怎么办", "clm-aaaaa1", "subject_id")
WARNING = replace(ERROR, line=4, column=0, code="canonical/order", level="warning", field="")
BOTH = Report.of([ERROR, WARNING])
NOTHING = Report(())

FRAGMENTS = (
    *("::error::", "::add-mask::x", "##[error]x", "#\ufe0f#[error]x", "%0A", "%25", "%", ",file=x", ":", "=", "\r\n", "\n", "\r", "\x85", "\u2028"),
    *(
        "|",
        "\\|",
        "\\\\|",
        "`",
        "``",
        "```",
        "\\`",
        "<b>",
        "</code>",
        "<!--",
        "-->",
        "<script>",
        "&lt;",
        "[x](javascript:x)",
        "![x](https://e.example/)",
    ),
    *("@octocat", "#1", "a@b.example", "https://e.example", "www.e.example", "]]>", "<![CDATA[", "&", '"', "'", "\x00", "\x1b[31m", "\x7f", "\u202e"),
    *(
        "\ud800",
        "\udc00",
        "\ufffe",
        "\U000e0001",
        "\u200b",
        "\u3164",
        " ",
        "\t",
        "\\",
        "{0}",
        "{",
        "//h/",
        "../",
        "a:",
        "..",
        "龙",
        "🐉",
        "](",
        "]\u034f(",
    ),
)
printable = st.text(st.characters(exclude_categories=["C", "Z", "M"], exclude_characters="\u115f\u1160\u3164\uffa0"), max_size=20)
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(st.characters(), max_size=4), max_size=6).map("".join)
levels = st.sampled_from(["error", "warning"])


def _findings(text):
    places = st.integers(0, 9)
    codes = st.sampled_from([*CODES][:4]) | text
    return st.builds(Finding, text, places, places, codes, levels, text, text, text, text, text, text)


reports = st.lists(_findings(hostile), max_size=14).map(Report.of)
readable = st.lists(_findings(printable), max_size=8).map(Report.of)
langs = st.sampled_from(["en", "zh"])
each_form = pytest.mark.parametrize("form", FORMATS)
each_lang = pytest.mark.parametrize("lang", ["en", "zh"])


def loaded(report, form="sarif", lang="en"):
    return from_json(render(report, form, lang), allow_inf_nan=False)  # strict: no halves of surrogate pairs


def results(report, lang="en"):
    return loaded(report, lang=lang)["runs"][0]["results"]


def marks(report, lang="en"):
    return [result["partialFingerprints"]["hzDragonsFinding/v1"] for result in results(report, lang)]


def many(count, level="error"):
    return Report.of([replace(ERROR, line=n + 1, level=level) for n in range(count)])


# every form


@each_form
@given(reports, langs)
def test_what_is_written_is_utf_8_that_a_terminal_can_bear(form, report, lang):
    written = render(report, form, lang)
    assert written.encode().decode() == written
    assert all(character.isprintable() or character == "\n" for character in written)
    assert not re.search("[\u034f\u3164\ufe0f]", written)


@each_form
@given(st.lists(_findings(hostile), max_size=5), langs, st.randoms(use_true_random=False))
def test_the_same_findings_give_the_same_text(form, found, lang, random):
    shuffled = random.sample(found, len(found))
    assert render(Report.of(shuffled), form, lang) == render(Report.of(found), form, lang)


@each_form
def test_a_text_is_a_whole_file_or_empty(form):
    assert render(BOTH, form).endswith("\n")
    assert not render(BOTH, form).endswith("\n\n")
    assert render(NOTHING, form) == "" or render(NOTHING, form).endswith("\n")


@each_form
def test_every_form_speaks_chinese_when_asked(form):
    english, chinese = render(BOTH, form), render(BOTH, form, "zh")
    assert ("what" in english, "do" in english, "何事" in english, "怎么办" in english) == (True, True, False, False)
    assert ("何事" in chinese, "怎么办" in chinese, '"what"' in chinese, "`what`" in chinese) == (True, True, False, False)


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(DragonsError, match=r"there is no form 'xml'\. Use one of: text, json, github, markdown, sarif, junit"):
        render(NOTHING, "xml")


@each_form
def test_a_real_fault_is_written_in_every_form(form, minimal):
    planting.append(minimal, "entities", "a::b|`@x`,person,<b>,龙,")
    report = hz.validate(minimal)
    assert not report.ok
    assert "entities.csv" in render(report, form)


# text and json


def test_text_is_one_line_for_each_finding():
    assert render(BOTH, "text") == "".join(finding.text() + "\n" for finding in BOTH)
    assert render(NOTHING, "text") == ""


@given(reports, langs)
def test_no_line_of_text_is_a_command_of_a_build_log(report, lang):
    lines = render(report, "text", lang).splitlines()
    assert len(lines) == len(report)
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test_what_a_build_log_would_obey_is_shown_as_an_escape():
    hostile = replace(ERROR, file=" ::error::x", message="##[add-mask]a\nb")
    assert render(Report((hostile,)), "text") == "\\u003a:error::x:3:7: error [cells/form] #\\u0023[add-mask]a\\nb → do\n"


def test_json_is_a_list_of_objects_with_the_columns_of_the_command_line():
    assert loaded(Report((ERROR,)), "json") == [
        {
            "file": "seeds/claims.csv",
            "line": 3,
            "column": 7,
            "level": "error",
            "code": "cells/form",
            "record": "clm-aaaaa1",
            "field": "subject_id",
            "message": "what",
            "hint": "do",
        }
    ]
    assert loaded(NOTHING, "json") == []


@given(reports)
def test_json_gives_the_exact_text_but_for_halves_of_surrogate_pairs(report):
    for given_finding, read in zip(report, loaded(report, "json"), strict=True):
        if not re.search("[\ud800-\udfff]", given_finding.message + given_finding.record):
            assert (read["message"], read["record"]) == (given_finding.message, given_finding.record)
        assert (read["line"], read["column"], read["level"]) == (given_finding.line, given_finding.column, given_finding.level)


# github


def command(line):
    """Read a line as the runner does: name, properties, message."""
    assert line.startswith("::")
    info, message = line[2:].split("::", 1)
    name, listed = info.split(" ", 1)
    pairs = [pair.split("=", 1) for pair in listed.split(",")]
    assert all(len(pair) == 2 for pair in pairs)
    properties = {key: _read(value, ("%3A", ":"), ("%2C", ",")) for key, value in pairs}
    assert len(properties) == len(pairs)
    return name, properties, _read(message)


def _read(text, *more):
    for escaped, meant in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(escaped, meant)
    return text


def test_an_annotation_names_level_title_file_line_and_column():
    assert render(Report((ERROR,)), "github") == "::error title=hz-dragons cells/form,file=seeds/claims.csv,line=3,col=7::what%0Ado\n"
    assert render(Report((WARNING,)), "github") == "::warning title=hz-dragons canonical/order,file=seeds/claims.csv,line=4::what%0Ado\n"


def test_an_annotation_of_the_package_has_no_place():
    assert render(Report((replace(ERROR, file="", line=0),)), "github") == "::error title=hz-dragons cells/form::what%0Ado\n"


def test_percent_colon_and_comma_are_escaped_as_the_runner_wants_it():
    hostile = replace(ERROR, file="a,b:c%2C", message="50%0A::", hint="x,y")
    assert render(Report((hostile,)), "github") == "::error title=hz-dragons cells/form,file=a%2Cb%3Ac%252C,line=3,col=7::50%250A::%0Ax,y\n"


@given(reports, langs)
def test_nothing_breaks_out_of_an_annotation(report, lang):
    lines = render(report, "github", lang).splitlines()
    read = [command(line) for line in lines]
    assert [name for name, _, _ in read] == sorted(f.level for f in report)[:10] + ["notice"] * (len(report) > 10)
    assert all({"title"} <= set(properties) <= {"title", "file", "line", "col"} for _, properties, _ in read)
    assert all(message.count("\n") == 1 for name, _, message in read if name != "notice")


@given(readable)
def test_the_runner_reads_what_was_found(report):
    worst = sorted(report, key=lambda finding: finding.level != "error")
    for finding, line in zip(worst, render(report, "github").splitlines(), strict=False):
        _, properties, message = command(line)
        assert properties.get("file", "") == finding.file
        assert (properties["title"], message) == (f"hz-dragons {finding.code}", f"{finding.message}\n{finding.hint}")


def test_ten_are_annotated_and_nothing_points_further():
    lines = render(many(10), "github").splitlines()
    assert [line[:8] for line in lines] == ["::error "] * 10


@pytest.mark.parametrize("lang, more", [("en", "3 more findings"), ("zh", "另有3项")])
def test_the_eleventh_is_pointed_to(lang, more):
    lines = render(many(13), "github", lang).splitlines()
    assert len(lines) == 11
    assert lines[-1].startswith("::notice ")
    assert more in lines[-1]


def test_an_error_at_the_end_comes_before_warnings_at_the_start():
    report = Report.of([*many(12, "warning"), replace(ERROR, line=99)])
    assert render(report, "github").startswith("::error title=hz-dragons cells/form,file=seeds/claims.csv,line=99")


def test_nothing_found_annotates_nothing():
    assert render(NOTHING, "github") == ""


# markdown

CELL = r"(?: `[^`|\n]+` |  )"
ROW = re.compile(rf"\|{CELL}(?:\|{CELL}){{4}}\|")


def rows(markdown):
    return [line for line in markdown.splitlines() if line.startswith("|")][2:]


def test_a_comment_is_counts_and_a_table_with_the_worst_first():
    report = Report.of([replace(WARNING, line=1), ERROR])
    assert render(report, "markdown") == (
        "<!-- hz-dragons -->\n### hz-dragons: 1 errors, 1 warnings\n\n"
        "| place | level | code | what is wrong | what to do |\n|---|---|---|---|---|\n"
        "| `seeds/claims.csv:3:7` | `error` | `cells/form` | `what` | `do` |\n"
        "| `seeds/claims.csv:1` | `warning` | `canonical/order` | `what` | `do` |\n"
    )
    assert render(NOTHING, "markdown", "zh") == "<!-- hz-dragons -->\n### hz-dragons: 0个错误，0个警告\n"


@given(reports, langs)
def test_every_value_stays_inside_the_code_span_of_its_cell(report, lang):
    lines = render(report, "markdown", lang).splitlines()
    assert len(lines) == (5 + len(report) if report.findings else 2)
    assert all(ROW.fullmatch(line) for line in lines[5:])


@given(readable)
def test_printable_values_are_shown_as_they_are_but_for_pipes_and_backticks(report):
    worst = sorted(report, key=lambda finding: finding.level != "error")
    for finding, line in zip(worst, rows(render(report, "markdown")), strict=True):
        message = line[2:-2].split(" | ")[3].strip("`")
        assert message.replace("\\u007c", "|").replace("\\u0060", "`") == finding.message.replace("\\u007c", "|").replace("\\u0060", "`")


def inner(element):
    yield element
    for child in element.children if isinstance(getattr(element, "children", None), list) else []:
        yield from inner(child)


@given(reports)
def test_a_markdown_reader_finds_a_table_of_text_and_nothing_that_acts(report):
    marko = pytest.importorskip("marko", reason="comes with the extra [validate]")
    document = marko.Markdown(extensions=["gfm"]).parse(render(report, "markdown"))
    kinds = Counter(type(element).__name__ for element in inner(document))
    assert set(kinds) <= {"Document", "HTMLBlock", "Heading", "RawText", "BlankLine", "Table", "TableRow", "TableCell", "CodeSpan"}
    assert kinds["HTMLBlock"] == 1  # our own mark
    assert kinds["TableRow"] == (len(report) + 1 if report.findings else 0)
    assert kinds["TableCell"] == 5 * kinds["TableRow"]


def test_a_long_message_is_cut():
    (row,) = rows(render(Report((replace(ERROR, message="龙" * 5000),)), "markdown"))
    assert row.count("龙") == 399
    assert "…" in row


@pytest.mark.parametrize("lang, words", [("en", "more findings have no room here"), ("zh", "因篇幅未列出")])
def test_a_comment_is_short_enough_for_a_code_host_and_says_what_it_leaves_out(lang, words):
    markdown = render(many(2000), "markdown", lang)
    assert 50_000 < len(markdown.encode()) < 65_000
    assert words in markdown.splitlines()[-1]
    assert str(2000 - len(rows(markdown))) in markdown.splitlines()[-1]
    assert words not in render(many(20), "markdown", lang)


def test_the_summary_of_a_job_is_appended_in_full(tmp_path, monkeypatch):
    path = tmp_path / "summary.md"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    assert append_summary(many(2000), "zh")
    written = path.read_bytes().decode()
    assert written.startswith("before\n<!-- hz-dragons -->\n### hz-dragons: 2000个错误")
    assert len(rows(written)) == 2000


def test_the_summary_of_a_job_stays_under_its_limit(tmp_path, monkeypatch):
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    assert append_summary(Report(tuple(replace(ERROR, message="龙" * 400, line=n) for n in range(1, 1001))))
    assert 900_000 < path.stat().st_size < 1024 * 1024


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_summary_file_nothing_is_written(value, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    if value is not None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", value)
    assert not append_summary(BOTH)


# sarif


def require(thing, **kinds):
    assert {key: type(thing.get(key)) for key in kinds} == kinds
    return thing


@each_lang
def test_sarif_has_the_shape_that_code_hosts_ask_for(lang):
    log = require(loaded(BOTH, lang=lang), runs=list, version=str)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert log["$schema"].endswith("sarif-2.1.0.json")
    run = require(log["runs"][0], tool=dict, results=list, columnKind=str)
    assert run["columnKind"] == "unicodeCodePoints"
    driver = require(run["tool"]["driver"], name=str, semanticVersion=str, informationUri=str, rules=list)
    assert driver["semanticVersion"] == hz.__version__
    for result in run["results"]:
        require(result, ruleId=str, ruleIndex=int, level=str, message=dict, locations=list, partialFingerprints=dict)
        require(result["message"], text=str)
        (location,) = result["locations"]
        require(location["physicalLocation"], artifactLocation=dict, region=dict)
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


@each_lang
@pytest.mark.parametrize("slug", CODES)
def test_every_code_is_a_rule_with_all_that_explains_it(slug, lang):
    rules = loaded(NOTHING, lang=lang)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*CODES]
    (rule,) = (rule for rule in rules if rule["id"] == slug)
    require(rule, name=str, shortDescription=dict, fullDescription=dict, help=dict, helpUri=str, defaultConfiguration=dict)
    assert rule["defaultConfiguration"] == {"level": code(slug).level}
    assert re.fullmatch("([A-Z][a-z0-9]*)+", rule["name"])
    for key in ("shortDescription", "fullDescription", "help"):
        text = rule[key]["text"]
        assert text.endswith("。" if lang == "zh" else ".")
        assert bool(re.search("[\u4e00-\u9fff]", text.replace("万", ""))) == (lang == "zh")
        assert not re.search(r"\{(?!subject\}|value\})|_zh", text)  # the codes' placeholders are named without braces
    assert rule["helpUri"] == help_uri(slug) == f"https://hz-dragons.github.io/codes/#{slug.replace('/', '-')}"


def test_the_names_and_pages_of_rules_are_different():
    rules = loaded(NOTHING)["runs"][0]["tool"]["driver"]["rules"]
    assert len({rule["name"] for rule in rules}) == len({rule["helpUri"] for rule in rules}) == len(CODES)


def test_a_result_says_what_where_and_for_which_record():
    warning, error = sorted(results(BOTH), key=lambda result: result["level"], reverse=True)
    assert (error["ruleId"], error["level"], error["message"]) == ("cells/form", "error", {"text": "what. do."})
    assert error["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "seeds/claims.csv"}, "region": {"startLine": 3, "startColumn": 7}},
            "logicalLocations": [{"fullyQualifiedName": "seeds/claims.csv#record=clm-aaaaa1&field=subject_id", "kind": "member"}],
        }
    ]
    assert warning["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert warning["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "seeds/claims.csv#record=clm-aaaaa1"


def test_what_is_said_of_the_package_is_shown_at_its_descriptor():
    (result,) = results(Report((replace(ERROR, file="", line=0, record="", field=""),)))
    physical = {"artifactLocation": {"uri": "datapackage.json"}, "region": {"startLine": 1}}
    assert result["locations"] == [{"physicalLocation": physical}]


def test_a_code_without_a_rule_has_no_index():
    (result,) = results(Report((replace(ERROR, code="other/thing"),)))
    assert result["ruleId"] == "other/thing"
    assert "ruleIndex" not in result


@given(reports, langs)
def test_sarif_holds_no_link_and_no_place_outside(report, lang):
    for finding, result in zip(report, results(report, lang), strict=True):
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", uri)
        assert "](" not in result["message"]["text"]
        if finding.file.lstrip("/") and not re.search("[\ud800-\udfff]", finding.file):
            assert unquote(uri) == finding.file.lstrip("/")


@given(readable, st.integers(1, 50))
def test_fingerprints_outlive_new_lines_new_wording_and_the_other_language(report, shift):
    moved = Report(tuple(replace(f, line=f.line + shift, column=0, message=f.message + "!", hint="new") for f in report))
    assert marks(moved) == marks(report) == marks(report, "zh")


@given(reports)
def test_no_two_findings_of_a_run_share_a_fingerprint(report):
    assert len(set(marks(report))) == len(report)


@given(_findings(hostile), _findings(hostile))
def test_findings_about_different_things_have_different_fingerprints(one, other):
    assume((one.code, one.file, one.record, one.field) != (other.code, other.file, other.record, other.field))
    assert marks(Report((one,))) != marks(Report((other,)))


def test_a_fingerprint_is_never_computed_otherwise():
    assert marks(Report((ERROR,))) == ["a3d6e86a0499277248cba131a1639605:1"]


# junit


def suites(report, lang="en"):
    root = ET.fromstring(render(report, "junit", lang))  # noqa: S314 - our own text
    assert root.tag == "testsuites"
    return root


@given(reports, langs)
def test_junit_is_xml_with_one_suite_for_each_file_and_one_case_for_each_finding(report, lang):
    root = suites(report, lang)
    assume(report.findings)
    assert len(root) == len({finding.file for finding in report})
    assert int(root.attrib["tests"]) == len(report) == len(root.findall("testsuite/testcase"))
    assert int(root.attrib["failures"]) == len(report.errors) == len(root.findall("testsuite/testcase/failure"))
    assert len(report.warnings) == len(root.findall("testsuite/testcase/skipped"))
    assert {element.tag for element in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite) == int(suite.attrib["failures"]) + int(suite.attrib["skipped"])


@given(readable)
def test_junit_gives_back_what_was_found(report):
    outcomes = suites(report).findall("testsuite/testcase/*")
    given_texts = [(f.code, f.message, f.text()) for f in report]
    assert sorted((o.attrib["type"], o.attrib["message"], o.text) for o in outcomes) == sorted(given_texts)


def test_a_case_names_code_place_and_record():
    (suite,) = suites(BOTH)
    error, warning = suite
    assert suite.attrib == {"name": "seeds/claims.csv", "tests": "2", "failures": "1", "errors": "0", "skipped": "1"}
    assert error.attrib == {
        "name": "cells/form seeds/claims.csv:3:7 clm-aaaaa1 subject_id",
        "classname": "seeds/claims.csv",
        "line": "3",
    }
    assert [outcome.tag for case in (error, warning) for outcome in case] == ["failure", "skipped"]


def test_a_clean_package_is_one_test_that_passes():
    ((case,),) = suites(NOTHING)
    assert (case.attrib["name"], len(case)) == ("validate", 0)


def test_control_characters_are_shown_as_escapes():
    text = render(Report((replace(ERROR, message="a\x00\x1b\ufffe\ud800b"),)), "junit")
    assert 'message="a\\u0000\\u001b\\ufffe\\ud800b"' in text


# the whole


def test_every_form_has_its_writer_and_the_docs_name_them():
    assert FORMATS == ("text", "json", "github", "markdown", "sarif", "junit")
    assert all(f"`{form}`" in formats.__doc__ for form in FORMATS)
