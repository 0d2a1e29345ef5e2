from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hz_dragons.dates import PartialDate
from hz_dragons.models import Moment, Quantity, Unit, Words
from hz_dragons.models.values import say_date, say_number
from hz_dragons.numerals import read_number

SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}


def unit(unit_id, label_en, label_zh, dimension):
    values = {"base_unit": unit_id, "factor": Decimal(1), "factor_on": None, "note": None}
    return Unit(unit_id=unit_id, label_en=label_en, label_zh=label_zh, dimension=dimension, **values)


YUAN = unit("CNY", "yuan", "元", "currency")
PERCENT = unit("percent", "%", "%", "ratio")
RANK = unit("rank", "place", "名", "ordinal")

decimals = st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(0, 10**15), st.integers(0, 6))
round_numbers = st.builds(lambda n, zeros: Decimal(n) * 10**zeros, st.integers(1, 9999), st.integers(0, 12))


@given(st.one_of(decimals, round_numbers))
def test_a_number_said_in_english_is_the_number(number):
    digits, _, scale = say_number(number).replace(",", "").partition(" ")
    assert Decimal(digits) * SCALES.get(scale, 1) == number


@settings(deadline=None)
@given(st.one_of(decimals, round_numbers))
def test_a_number_said_in_chinese_is_the_number(number):
    assert read_number(say_number(number, "zh")) == number


@pytest.mark.parametrize(
    "number, en, zh",
    [
        ("0", "0", "0"),
        ("0.05", "0.05", "0.05"),
        ("9999", "9,999", "9999"),
        ("10000", "10,000", "1万"),
        ("16500", "16,500", "1.65万"),
        ("123400", "123,400", "12.34万"),
        ("123450", "123,450", "123450"),
        ("999999", "999,999", "999999"),
        ("1000000", "1 million", "100万"),
        ("1234000", "1.234 million", "123.4万"),
        ("1234567", "1,234,567", "1234567"),
        ("100000000", "100 million", "1亿"),
        ("1E+9", "1 billion", "10亿"),
        ("1.5E+12", "1.5 trillion", "1.5万亿"),
        ("1E+15", "1,000 trillion", "1000万亿"),
        ("-5000000", "-5 million", "-500万"),
        ("1.50", "1.5", "1.5"),
    ],
)
def test_a_number_is_said_the_way_the_language_counts(number, en, zh):
    assert (say_number(Decimal(number)), say_number(Decimal(number), "zh")) == (en, zh)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_endless_fraction_is_said_with_two_places(lang):
    assert say_number(Decimal("33.3333333333"), lang) == "33.33"


@pytest.mark.parametrize(
    "date, en, zh",
    [
        ("2018", "in 2018", "2018年"),
        ("2018-09", "in September 2018", "2018年9月"),
        ("2018-09-03", "on 3 September 2018", "2018年9月3日"),
        ("2018-01-31", "on 31 January 2018", "2018年1月31日"),
        ("2018-12", "in December 2018", "2018年12月"),
        ("2018/2019", "between 2018 and 2019", "2018年至2019年"),
        ("2018-07/2018-12", "between July 2018 and December 2018", "2018年7月至2018年12月"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date, en, zh):
    assert (say_date(PartialDate(date)), say_date(PartialDate(date), "zh")) == (en, zh)


@pytest.mark.parametrize(
    "bound, en, zh",
    [
        ("exact", "2 million yuan", "200万元"),
        ("about", "about 2 million yuan", "约200万元"),
        ("at_least", "at least 2 million yuan", "至少200万元"),
        ("more_than", "more than 2 million yuan", "超过200万元"),
        ("at_most", "at most 2 million yuan", "至多200万元"),
        ("less_than", "less than 2 million yuan", "不足200万元"),
    ],
)
def test_a_quantity_says_its_bound(bound, en, zh):
    quantity = Quantity(Decimal(2000000), YUAN, bound)
    assert (quantity.text(), quantity.text("zh")) == (en, zh)


def test_a_range_says_both_ends():
    quantity = Quantity(Decimal("4E+12"), YUAN, "range", Decimal("14E+12"))
    assert (quantity.text(), quantity.text("zh")) == ("4 trillion to 14 trillion yuan", "4万亿元至14万亿元")


def test_a_percent_sign_stands_close_to_its_number():
    assert Quantity(Decimal(60), PERCENT, "at_least").text() == "at least 60%"


def test_a_range_of_percents_has_two_signs():
    assert Quantity(Decimal(3), PERCENT, "range", Decimal(5)).text() == "3% to 5%"


@pytest.mark.parametrize(
    "bound, en, zh",
    [("exact", "no. 3", "第3"), ("at_most", "in the top 3", "前3"), ("at_least", "no. 3 or lower", "第3或以后")],
)
def test_a_rank_is_said_as_a_place_in_an_order(bound, en, zh):
    quantity = Quantity(Decimal(3), RANK, bound)
    assert (quantity.text(), quantity.text("zh")) == (en, zh)


def test_one_thing_is_said_in_the_singular():
    pieces = unit("unit", "units", "台", "count")
    assert [Quantity(Decimal(n), pieces).text() for n in (1, 2)] == ["1 unit", "2 units"]
    assert Quantity(Decimal(1), pieces, "range", Decimal(3)).text() == "1 to 3 units"
    assert Quantity(Decimal(1), pieces).text("zh") == "1台"


def test_a_quantity_prints_in_english():
    assert str(Quantity(Decimal(3000), YUAN, "about")) == "about 3,000 yuan"


@pytest.mark.parametrize(
    "bound, en, zh",
    [
        ("exact", "in 2018", "2018年"),
        ("about", "around 2018", "2018年前后"),
        ("at_least", "in 2018 or later", "2018年或以后"),
        ("more_than", "after 2018", "2018年之后"),
        ("at_most", "in 2018 or earlier", "2018年或以前"),
        ("less_than", "before 2018", "2018年之前"),
    ],
)
def test_a_moment_says_its_bound(bound, en, zh):
    moment = Moment(PartialDate("2018"), bound)
    assert (moment.text(), moment.text("zh")) == (en, zh)


def test_a_moment_prints_as_its_date():
    assert str(Moment(PartialDate("2018-09"))) == "2018-09"


def test_a_moment_that_is_not_exact_prints_its_bound():
    assert str(Moment(PartialDate("2018-09"), "about")) == "about 2018-09"


def test_words_are_given_in_either_language():
    words = Words("a lantern", "灯笼")
    assert (words.text(), words.text("zh"), str(words)) == ("a lantern", "灯笼", "a lantern")


@pytest.mark.parametrize("value", [Quantity(Decimal(3), YUAN), Moment(PartialDate("2018")), Words("a", "甲")], ids=lambda v: type(v).__name__)
def test_a_value_cannot_be_changed(value):
    field = next(iter(type(value).__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, None)


def test_equal_values_are_one_in_a_set():
    one, other = Quantity(Decimal(6000000), YUAN), Quantity(Decimal("6E+6"), unit("CNY", "yuan", "元", "currency"))
    assert len({one, other}) == 1


@pytest.mark.parametrize(
    "other",
    [Quantity(Decimal(4), YUAN), Quantity(Decimal(3), PERCENT), Quantity(Decimal(3), YUAN, "about"), Quantity(Decimal(3), YUAN, "exact", Decimal(4))],
    ids=["number", "unit", "bound", "upper end"],
)
def test_quantities_differ_when_one_part_does(other):
    assert other != Quantity(Decimal(3), YUAN)
