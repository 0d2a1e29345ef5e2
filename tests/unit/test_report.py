from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hz_dragons.report import Finding, Report, shown

ERROR = Finding("seeds/claims.csv", 3, 7, "cells/form", "error", "what", "do", "何事", "怎么办", "clm-aaaaa1", "subject_id")
WARNING = replace(ERROR, line=4, code="canonical/order", level="warning")

no_surrogates = st.characters(exclude_categories=["Cs"])
findings = st.builds(
    Finding,
    file=st.sampled_from(["", "seeds/claims.csv", "seeds/evidence.csv"]),
    line=st.integers(0, 12),
    column=st.integers(0, 12),
    code=st.sampled_from(["cells/form", "cells/enum"]),
    level=st.sampled_from(["error", "warning"]),
    message=st.just("what"),
    hint=st.just("do"),
    message_zh=st.just("何事"),
    hint_zh=st.just("怎么办"),
)


@given(st.text(no_surrogates, max_size=80))
def test_what_is_shown_can_be_read_back_as_json(text):
    assert json.loads(shown(text)) == text


@given(st.text())
def test_what_is_shown_holds_nothing_that_a_terminal_would_obey(text):
    assert shown(text).isprintable()


@pytest.mark.parametrize("character", ["\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\r", "\n"])
def test_controls_and_direction_marks_are_shown_as_escapes(character):
    assert shown(f"a{character}b") == f'"a{json.dumps(character)[1:-1]}b"'


def test_chinese_is_shown_as_it_is():
    assert shown("青灯") == '"青灯"'


def test_a_value_of_eighty_characters_is_shown_whole():
    assert shown("灯" * 80) == '"' + "灯" * 80 + '"'


def test_a_longer_value_is_cut_at_eighty_characters():
    assert shown("灯" * 81) == '"' + "灯" * 79 + '…"'


def test_a_value_that_is_no_text_is_shown_as_its_text():
    assert shown(12) == '"12"'


@pytest.mark.parametrize(
    "line, column, where",
    [(3, 7, "seeds/claims.csv:3:7"), (3, 0, "seeds/claims.csv:3"), (0, 0, "seeds/claims.csv")],
)
def test_the_place_leaves_out_what_is_not_known(line, column, where):
    assert replace(ERROR, line=line, column=column).where() == where


def test_the_place_of_a_finding_without_a_file_is_the_package():
    assert replace(ERROR, file="", line=0, column=0).where() == "package"


def test_one_line_of_text_holds_place_level_code_message_and_hint():
    assert ERROR.text() == "seeds/claims.csv:3:7: error [cells/form] what → do"


def test_the_text_of_a_finding_speaks_chinese_when_asked():
    assert ERROR.text("zh") == "seeds/claims.csv:3:7: error [cells/form] 何事 → 怎么办"


def test_a_finding_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ERROR.line = 4


@given(st.lists(findings, max_size=8), st.randoms(use_true_random=False))
def test_a_report_does_not_depend_on_the_order_of_its_findings(found, random):
    shuffled = random.sample(found, len(found))
    assert Report.of(shuffled) == Report.of(found)


@given(st.lists(findings, max_size=8))
def test_a_report_is_in_the_order_of_files_lines_and_columns(found):
    places = [(f.file, f.line, f.column) for f in Report.of(found)]
    assert places == sorted(places)


@given(st.lists(findings, max_size=8))
def test_a_report_keeps_every_finding_once(found):
    report = Report.of([*found, *found])
    assert len(report) == len(set(found))
    assert set(report) == set(found)


def test_lines_are_ordered_as_numbers():
    report = Report.of([replace(ERROR, line=10), replace(ERROR, line=9)])
    assert [finding.line for finding in report] == [9, 10]


def test_errors_and_warnings_are_told_apart():
    report = Report.of([WARNING, ERROR])
    assert (report.errors, report.warnings) == ((ERROR,), (WARNING,))


@pytest.mark.parametrize("found, ok", [([], True), ([WARNING], True), ([ERROR], False), ([ERROR, WARNING], False)])
def test_only_errors_make_a_report_not_ok(found, ok):
    assert Report.of(found).ok is ok


def test_a_report_prints_one_line_per_finding():
    assert str(Report.of([WARNING, ERROR])).split("\n") == [ERROR.text(), WARNING.text()]
