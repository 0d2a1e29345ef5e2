from __future__ import annotations

import pytest
from planting import append, remove_row, replace

import hz_dragons as hz
from hz_dragons.errors import Disputed
from hz_dragons.models import Entity, Moment, Quantity

FINGERPRINT = "zf1:7:0e95d9f6c343fe3cedeca5a60f268711"


def fact(package, predicate: str, subject: str = "qingdeng"):
    return hz.load(package).fact(subject, predicate)


def evidence(package, claim: str, source: str, stance: str = "asserts", modality: str = "stated") -> None:
    append(package, "evidence", f"{claim},{source},1,31,{FINGERPRINT},{stance},{modality},,direct,,")


def test_one_claim_in_independent_sources_is_agreed(minimal):
    based_in = fact(minimal, "based_in")
    assert based_in.status == "agreed"
    assert [source.source_id for source in based_in.sources] == ["harbour", "lantern"]
    assert based_in.independent_sources == 2
    assert isinstance(based_in.value, Entity)
    assert based_in.value.entity_id == "songjiang-town"
    assert based_in.status_of(based_in.claims[0]) == "agreed"


def test_one_claim_in_one_source_is_single_source(minimal):
    founded_by = fact(minimal, "founded_by")
    assert founded_by.status == "single_source"
    assert founded_by.independent_sources == 1
    assert founded_by.values == (founded_by.value,)


def test_works_that_derive_from_one_another_count_once(minimal):
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,lantern,,9112")
    based_in = fact(minimal, "based_in")
    assert based_in.status == "single_source"
    assert len(based_in.sources) == 2
    assert based_in.independent_sources == 1


def test_works_that_derive_from_a_third_count_once(minimal):
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,yearbook,,9112")
    replace(minimal, "sources", "zh-Hant,,,6e52", "zh-Hant,yearbook,,6e52")
    based_in = fact(minimal, "based_in")
    assert (based_in.status, based_in.independent_sources) == ("single_source", 1)


def test_a_loop_of_derivations_ends(minimal):
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,lantern,,9112")
    replace(minimal, "sources", "zh-Hant,,,6e52", "zh-Hant,harbour,,6e52")
    assert fact(minimal, "based_in").independent_sources in (1, 2)


def test_two_values_that_can_not_both_hold_are_disputed(minimal):
    sold = fact(minimal, "units_sold")
    assert sold.status == "disputed"
    assert [value.number for value in sold.values] == [16500, 15600]
    with pytest.raises(Disputed) as caught:
        sold.value  # noqa: B018
    assert "clm-aaaaa5" in str(caught.value)
    assert "clm-aaaaa6" in str(caught.value)
    assert caught.value.claims == sold.claims
    assert {sold.status_of(claim) for claim in sold.claims} == {"disputed"}


def test_values_of_different_times_can_both_hold(minimal):
    replace(minimal, "claims", "15600,,unit,exact,,,,,2024,2024", "15600,,unit,exact,,,,,2023,2023")
    sold = fact(minimal, "units_sold")
    assert sold.status == "single_source"
    assert [sold.status_of(claim) for claim in sold.claims] == ["single_source", "single_source"]
    assert {value.number for value in sold.values} == {16500, 15600}


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("2024-01,2024", "2024,2024-06", "disputed"),
        ("2024-01,2024", ",2023", "single_source"),
        ("2024,", ",2023-12", "single_source"),
        (",", "2023,2023", "disputed"),
    ],
)
def test_times_that_overlap_dispute(minimal, first, second, status):
    replace(minimal, "claims", "16500,,unit,exact,,,,,2024,2024", f"16500,,unit,exact,,,,,{first}")
    replace(minimal, "claims", "15600,,unit,exact,,,,,2024,2024", f"15600,,unit,exact,,,,,{second}")
    assert fact(minimal, "units_sold").status == status


def test_what_can_be_only_once_is_disputed_at_any_time(minimal):
    replace(minimal, "claims", "2015-03,,,,,,", "2014,,,,2014,2014,")
    replace(minimal, "claims", ",2015,,,,,,", ",2016,,,,2016,2016,")
    assert fact(minimal, "founded_on").status == "disputed"


def test_of_what_takes_many_values_none_disputes_another(minimal):
    append(minimal, "claims", "clm-aaaab3,qingdeng,founded_by,baifan,,,,,,,,,,,")
    evidence(minimal, "clm-aaaab3", "lantern")
    evidence(minimal, "clm-aaaab3", "harbour")
    founders = fact(minimal, "founded_by")
    assert founders.status == "single_source"
    assert [claim.claim_id for claim in founders.claims] == ["clm-aaaab3", "clm-aaaaa4"], "best supported first"
    assert [founders.status_of(claim) for claim in founders.claims] == ["agreed", "single_source"]
    with pytest.raises(Disputed):
        founders.value  # noqa: B018


def test_what_every_text_denies_is_denied(minimal):
    invested = fact(minimal, "invested_in")
    assert invested.status == "denied"
    assert invested.status_of(invested.claims[0]) == "denied"
    assert invested.values[0].entity_id == "baifan"
    with pytest.raises(Disputed, match="is denied"):
        invested.value  # noqa: B018


def test_what_is_asserted_and_denied_is_disputed(minimal):
    evidence(minimal, "clm-aaaab1", "harbour")
    assert fact(minimal, "invested_in").status == "disputed"


def test_a_denied_value_does_not_dispute_an_asserted_one(minimal):
    replace(minimal, "evidence", "6ad26a2731bf99c7844298636df2d6da,asserts", "6ad26a2731bf99c7844298636df2d6da,denies")
    sold = fact(minimal, "units_sold")
    assert sold.status == "single_source"
    assert [sold.status_of(claim) for claim in sold.claims] == ["single_source", "denied"]


@pytest.mark.parametrize(
    ("modality", "status"),
    [("stated", "agreed"), ("reported", "agreed"), ("hearsay", "single_source"), ("opinion", "single_source"), ("forecast", "single_source")],
)
def test_only_firm_words_make_a_fact_agreed(minimal, modality, status):
    evidence(minimal, "clm-aaaaa4", "harbour", modality=modality)
    founded_by = fact(minimal, "founded_by")
    assert founded_by.status == status
    assert len(founded_by.evidence) == 2


def test_values_are_typed(minimal):
    assert isinstance(fact(minimal, "price", "firefly").value, Quantity)
    remove_row(minimal, "claims", "clm-aaaaa2")
    remove_row(minimal, "evidence", "clm-aaaaa2")
    assert fact(minimal, "founded_on").value == Moment(hz.PartialDate("2015-03"))


def test_a_date_within_a_date_is_the_same_said_more_precisely(minimal):
    founded_on = fact(minimal, "founded_on")
    assert founded_on.status == "agreed"
    assert founded_on.value == Moment(hz.PartialDate("2015-03"))
    assert [str(value) for value in founded_on.values] == ["2015-03", "2015"]


def decide(package, kind: str, preferred: str, digest: str | None = None) -> None:
    digest = digest or hz.load(package).inputs_digest("qingdeng", "units_sold")
    append(package, "adjudications", f"sales,qingdeng,units_sold,,{kind},{preferred},more_sources,Why,理由,2025-03-01,{digest}")


def test_a_decision_settles_the_value(minimal):
    decide(minimal, "prefer", "clm-aaaaa6")
    sold = fact(minimal, "units_sold")
    assert sold.status == "decided"
    assert sold.value.number == 15600
    assert len(sold.values) == 2
    assert sold.decision.adjudication_id == "sales"


def test_a_decision_to_keep_all_gives_no_value(minimal):
    decide(minimal, "keep_all", "")
    sold = fact(minimal, "units_sold")
    assert sold.status == "decided"
    with pytest.raises(Disputed, match="is decided"):
        sold.value  # noqa: B018


@pytest.mark.parametrize(
    "change", [lambda package: evidence(package, "clm-aaaaa6", "lantern"), lambda package: replace(package, "claims", "15600", "15601")]
)
def test_a_decision_goes_stale_when_what_the_curator_saw_changes(minimal, change):
    decide(minimal, "prefer", "clm-aaaaa6")
    change(minimal)
    sold = fact(minimal, "units_sold")
    assert sold.status == "disputed"
    assert sold.decision is None
    with pytest.raises(Disputed):
        sold.value  # noqa: B018


def test_a_decision_on_something_else_settles_nothing(minimal):
    decide(minimal, "prefer", "clm-aaaaa6", "0" * 64)
    assert fact(minimal, "units_sold").status == "disputed"
    assert fact(minimal, "founded_by").decision is None
