from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from hz_dragons.cli import main

KEYS = {"conflict_id", "kind", "subject_id", "predicate_id", "claim_ids", "state", "explanation_en", "explanation_zh"}


def run(*arguments, code=0):
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_conflicts_as_json_have_both_sides_and_why():
    cards = json.loads(run("conflicts", "--format", "json"))
    assert cards
    for card in cards:
        assert set(card) >= KEYS
        assert len(card["claim_ids"]) == 2 or card["kind"] == "stance"
        assert card["explanation_en"].endswith((".", ")"))
        assert any("\u4e00" <= c <= "\u9fff" for c in card["explanation_zh"])
        assert [side["claim_id"] for side in card["sides"]] == card["claim_ids"]


def test_conflicts_as_csv_are_one_line_each():
    rows = list(csv.DictReader(io.StringIO(run("conflicts", "--format", "csv"))))
    assert set(rows[0]) >= KEYS
    assert all(len(row["claim_ids"].split()) == 2 for row in rows)


def test_conflicts_for_people_show_the_decision_in_both_languages():
    assert "◆ keep_all" in run("conflicts", "deepseek")
    assert "处分歧" in run("conflicts", "深度求索", "--lang", "zh")
    assert run("conflicts", "--state", "open").strip() == "0 conflicts"


def test_conflicts_of_another_package(minimal):
    cards = json.loads(run("conflicts", "--package", str(minimal), "--format", "json"))
    assert [(card["kind"], card["state"]) for card in cards] == [("value", "open")]


@pytest.mark.parametrize("command", ["conflicts", "timeline"])
def test_a_mistyped_name_names_near_ones(command):
    output = run(command, "deepsek", code=2)
    assert "deepseek" in output
    assert "Traceback" not in output


def test_a_timeline_is_in_order_and_marks_what_is_denied():
    lines = run("timeline", "high-flyer").splitlines()
    years = [line[:4] for line in lines]
    assert years == sorted(years)
    assert any("⊘" in line for line in lines)
    assert len(json.loads(run("timeline", "high-flyer", "--format", "json"))) == len(lines)


def test_search_finds_claims_and_says_when_it_does_not():
    assert "train" in run("search", "yuan", "to", "train", "--limit", "2")
    assert json.loads(run("search", "机器人", "--format", "json"))
    run("search", "qqqqqq", code=1)
