from __future__ import annotations

import itertools

import pytest

import hz_dragons as hz

DAYS = ["2024-12-31", "2025-01", "2025-01-31", "2025-02-17", "2025-02-28", "2025-03", "2026"]


@pytest.fixture(scope="module")
def data():
    return hz.load()


def test_nothing_is_known_before_the_first_source(data):
    assert len(data.known_by("2024").evidence) == 0
    assert len(data.known_by("2024").claims) == 0


def test_all_is_known_in_the_end(data):
    assert data.known_by("2030").claims.ids() == data.claims.ids()
    assert len(data.known_by("2030").evidence) == len(data.evidence)


def test_a_source_dated_by_an_interval_counts_from_its_last_day(data):
    source = data.sources["jiemian-2025"]
    assert source.published.precision == "interval"
    before, after = source.published.first.isoformat(), source.published.last.isoformat()
    assert not data.known_by(before).evidence.where(source_id="jiemian-2025")
    assert data.known_by(after).evidence.where(source_id="jiemian-2025")


def test_what_is_known_only_grows(data):
    known = [set(data.known_by(day).claims.ids()) for day in DAYS]
    assert all(a <= b for a, b in itertools.pairwise(known))
    assert len(known[0]) < len(known[-1])


def test_the_dataset_of_a_day_is_whole(data):
    then = data.known_by("2025-01-31")
    said = {row.claim_id for row in then.evidence}
    assert set(then.claims.ids()) == said
    assert all(tie.claim_id in said for tie in then.founders)
    assert str(then.claims.where(subject_id="high-flyer")[then.claims.where(subject_id="high-flyer").ids()[0]]).endswith(".")
    assert data.claims.where(subject_id="deepseek-r1")
    assert not then.claims.where(subject_id="deepseek-r1")
    assert then.facts("high-flyer")


def test_a_fact_can_be_agreed_later_than_it_was_known(data):
    then = data.known_by("2025-01-31").fact("deepseek", "founded_on")
    assert then.status == "single_source"
    assert data.fact("deepseek", "founded_on").status == "agreed"


@pytest.mark.parametrize("bad", ["yesterday", "2025-13", "2025-02-30", "", "2025-1-1"])
def test_what_is_no_date_is_refused(data, bad):
    with pytest.raises(ValueError, match="no date"):
        data.known_by(bad)
    with pytest.raises(ValueError, match="no date"):
        data.claims.where(valid_on=bad)


def test_claims_that_hold_on_a_day(data):
    managed = data.claims.where(subject_id="high-flyer", predicate_id="assets_under_management")
    assert len(managed) == 2
    assert [str(c.number) for c in managed.where(valid_on="2020")] == ["10000000000"]
    assert len(managed.where(valid_on="2021-06")) == 2
    assert len(managed.where(valid_on="2018")) == 0


def test_a_table_without_times_says_so(data):
    with pytest.raises(hz.errors.UnknownColumn, match="valid_from"):
        data.sources.where(valid_on="2020")


def test_a_timeline_is_in_order_and_about_its_subject(data):
    found = data.timeline("game-science")
    dates = [(c.date or c.valid_from or c.valid_to).first for c in found]
    assert dates == sorted(dates)
    assert len(found) > 3
    assert all("game-science" in (c.subject_id, c.object_id) for c in found)
    with pytest.raises(hz.errors.RecordNotFound):
        data.timeline("game-sciense")
