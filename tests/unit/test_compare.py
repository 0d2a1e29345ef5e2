from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hz_dragons as hz
from hz_dragons.compare import Containment, Interval, compare, days, in_base_unit
from hz_dragons.models import Claim, Moment, Predicate, Quantity, Unit

BLANK = dict.fromkeys(Claim.model_fields)
COUNT = Unit(unit_id="gpu", label_en="GPUs", label_zh="张", dimension="count", base_unit="gpu", factor=Decimal(1), factor_on=None, note=None)
YUAN = Unit(unit_id="CNY", label_en="yuan", label_zh="元", dimension="currency", base_unit="CNY", factor=Decimal(1), factor_on=None, note=None)
DOLLAR = Unit(
    unit_id="USD",
    label_en="US dollars",
    label_zh="美元",
    dimension="currency",
    base_unit="CNY",
    factor=Decimal("7.2"),
    factor_on="2025-01-31",
    note=None,
)
BOUNDS = ["exact", "about", "at_least", "more_than", "at_most", "less_than"]


class Home:
    units = {"gpu": COUNT, "CNY": YUAN, "USD": DOLLAR}  # noqa: RUF012  # a stand-in for a dataset
    entities: dict[str, object] = {}  # noqa: RUF012


def predicate(value_type="number", cardinality="one_at_a_time", tolerance="0.01"):
    number = value_type == "number"
    return Predicate(
        predicate_id="measured", label_en="measured", label_zh="度量", template_en="{subject} {value}", template_zh="{subject}{value}", subject_kinds="company",
        value_type=value_type, dimension="count" if number else None, cardinality=cardinality, tolerance=Decimal(tolerance) if number else None,
    )  # fmt: skip


def claim(**values):
    made = Claim(**{**BLANK, "claim_id": "clm-aaaaaa", "subject_id": "a", "predicate_id": "measured", **values})
    object.__setattr__(made, "_home", Home())
    return made


def number(figure, bound="exact", unit="gpu", **values):
    return claim(number=Decimal(figure), bound=bound, unit_id=unit, **values)


NOWHERE = Containment(dict)
PLACES = Containment(lambda: {"west-lake": frozenset({"hangzhou"}), "hangzhou": frozenset({"zhejiang"}), "loop": frozenset({"loop"})})
NUMBERS = predicate()


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (number(500), number(500), "agrees"),
        (number(500), number(600), "differs"),
        (number(500, "more_than"), number(600), "refines"),
        (number(26600, "more_than"), number(26600), "agrees"),
        (number(500, "more_than"), number(400), "differs"),
        (number(500, "at_least"), number(500), "agrees"),
        (number(500, "less_than"), number(600), "differs"),
        (number(500, "about"), number(540), "refines"),
        (number(500, "about"), number(560), "differs"),
        (number(5, "range", number_max=Decimal(9)), number(7), "refines"),
        (number(5, "range", number_max=Decimal(9)), number(12), "differs"),
        (number(10, "at_least"), number(100, "more_than"), "refines"),
        (number(10, "at_most"), number(100, "more_than"), "differs"),
        (number(500, scope_id="held"), number(600), "incomparable"),
        (number(500, valid_from="2019", valid_to="2019"), number(600, valid_from="2021", valid_to="2021"), "changed"),
        (number(500, valid_from="2019"), number(600, valid_from="2021", valid_to="2021"), "differs"),
        (number(500, valid_to="2020"), number(600, valid_from="2020-06"), "differs"),
    ],
)
def test_numbers_compare_as_their_bounds_and_times_say(one, other, verdict):
    assert compare(one, other, NUMBERS, NOWHERE).verdict == verdict
    assert compare(other, one, NUMBERS, NOWHERE).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (number("6000000", unit="USD"), number("6000000", unit="CNY"), "unit_slip"),
        (number("5576000", unit="USD"), number("5500000", unit="CNY"), "unit_slip"),
        (number("16500", unit="gpu"), number("165000000", unit="gpu"), "unit_slip"),
        (number("12", unit="CNY"), number("1200000000", unit="CNY"), "unit_slip"),
        (number("500", unit="CNY"), number("1000", unit="CNY"), "disjoint"),
        (number("100", unit="USD"), number("720", unit="CNY"), "same_value"),
    ],
)
def test_a_slip_of_unit_or_currency_is_named(one, other, reason):
    found = compare(one, other, predicate(cardinality="one_ever"), NOWHERE)
    assert found.reason == reason


def test_the_exchange_rate_is_dated_and_said():
    found = compare(number(100, unit="USD"), number(5000, unit="CNY"), NUMBERS, NOWHERE)
    assert found.verdict == "differs"
    assert found.note == "USD at 7.2 CNY on 2025-01-31"
    assert found.ratio == pytest.approx(Decimal("6.944"), abs=Decimal("0.001"))


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2018", "2018", "agrees"),
        ("2018", "2018-10", "refines"),
        ("2018-10", "2018-11", "differs"),
        ("2018-07/2018-12", "2018-12", "refines"),
        ("2018-07/2018-12", "2018-12/2019-02", "agrees"),
        ("2019", "2020", "differs"),
    ],
)
def test_partial_dates_are_intervals_of_days(one, other, verdict):
    dates = predicate("date", "one_ever")
    assert compare(claim(date=one), claim(date=other), dates, NOWHERE).verdict == verdict
    assert compare(claim(date=other), claim(date=one), dates, NOWHERE).verdict == verdict


def test_about_a_year_reaches_to_the_next():
    dates = predicate("date", "one_ever")
    assert compare(claim(date="2018", bound="about"), claim(date="2019"), dates, NOWHERE).verdict == "refines"
    assert compare(claim(date="2018", bound="about"), claim(date="2021"), dates, NOWHERE).verdict == "differs"
    assert compare(claim(date="2018", bound="at_most"), claim(date="2019"), dates, NOWHERE).verdict == "differs"
    assert compare(claim(date="2018", bound="at_least"), claim(date="2030"), dates, NOWHERE).verdict == "refines"


def test_places_refine_what_contains_them():
    places = predicate("entity")
    assert compare(claim(object_id="west-lake"), claim(object_id="zhejiang"), places, PLACES).verdict == "refines"
    assert compare(claim(object_id="zhejiang"), claim(object_id="hangzhou"), places, PLACES).verdict == "refines"
    assert compare(claim(object_id="hangzhou"), claim(object_id="shenzhen"), places, PLACES).verdict == "differs"
    assert compare(claim(object_id="loop"), claim(object_id="shenzhen"), places, PLACES).verdict == "differs"


def test_many_values_never_differ():
    many = predicate("entity", "many")
    assert compare(claim(object_id="a1"), claim(object_id="b1"), many, NOWHERE).verdict == "incomparable"


def test_a_value_once_and_for_all_has_no_times():
    ever = predicate("number", "one_ever")
    assert compare(number(500, valid_from="2019", valid_to="2019"), number(600, valid_from="2021"), ever, NOWHERE).verdict == "differs"


def test_words_are_compared_as_the_same_or_not_at_all():
    texts = predicate("text")
    assert compare(claim(text_en="a", text_zh="甲"), claim(text_en="a", text_zh="甲"), texts, NOWHERE).verdict == "agrees"
    assert compare(claim(text_en="a", text_zh="甲"), claim(text_en="b", text_zh="乙"), texts, NOWHERE).verdict == "incomparable"


FIGURES = st.builds(number, st.integers(1, 10**9), st.sampled_from(BOUNDS), st.sampled_from(["gpu", "CNY", "USD"]))
INTERVALS = st.builds(
    lambda ends, low, high: Interval(
        Decimal(min(ends)), Decimal(max(ends)), low_is_in=low or ends[0] == ends[1], high_is_in=high or ends[0] == ends[1]
    ),
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
    st.booleans(),
    st.booleans(),
)


@given(FIGURES, FIGURES, st.sampled_from(["one_ever", "one_at_a_time", "many"]))
def test_comparing_is_symmetric(one, other, cardinality):
    assert compare(one, other, predicate(cardinality=cardinality), NOWHERE) == compare(other, one, predicate(cardinality=cardinality), NOWHERE)


@given(FIGURES)
def test_a_claim_agrees_with_itself(one):
    assert compare(one, one, NUMBERS, NOWHERE).verdict == "agrees"


@given(INTERVALS, INTERVALS)
def test_meeting_is_what_sharing_a_point_is(one, other):
    points = [Decimal(n) / 2 for n in range(-20, 21)]

    def within(interval, point):
        low = point > interval.low or (point == interval.low and interval.low_is_in)
        return low and (point < interval.high or (point == interval.high and interval.high_is_in))

    shared = any(within(one, p) and within(other, p) for p in points)
    assert one.meets(other) == other.meets(one) == shared
    if one.holds(other):
        assert all(within(one, p) for p in points if within(other, p))


@given(st.integers(1, 10**12), st.sampled_from([COUNT, YUAN, DOLLAR]))
def test_conversion_goes_there_and_back(figure, unit):
    interval = in_base_unit(Quantity(Decimal(figure), unit))
    assert interval.low / unit.factor == interval.high / unit.factor
    assert round(interval.low / unit.factor, 6) == figure


def test_days_of_a_date_are_all_of_it():
    year = days(Moment(hz.PartialDate("2020")))
    assert year.high - year.low == 365
    months = [days(Moment(hz.PartialDate(f"2020-{month:02}"))) for month in range(1, 13)]
    assert all(year.holds(month) for month in months)
    assert not any(a.meets(b) for a, b in itertools.combinations(months, 2))
