from __future__ import annotations

import datetime as dt
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hz_dragons import dates
from hz_dragons.dates import PartialDate, partial_date
from hz_dragons.models.base import Date, DateOrInterval, Day

YEARS = [1000, 1600, 1700, 1896, 1900, 1904, 1999, 2000, 2016, 2018, 2019, 2020, 2024, 2100, 2400, 2996, 2999]
DATE, INTERVAL, DAY = TypeAdapter(Date), TypeAdapter(DateOrInterval), TypeAdapter(Day)

days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(dt.date.isoformat)
partial_dates = st.from_regex(dates.DATE, fullmatch=True).map(PartialDate)
intervals = st.from_regex(dates.DATE_OR_INTERVAL, fullmatch=True).map(PartialDate)


def accepts(kind, text):
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True


def calendar_has(year, month, day):
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("pattern", [dates.DAY, dates.DATE, dates.DATE_OR_INTERVAL], ids=["day", "date", "interval"])
def test_the_patterns_know_the_days_of_the_calendar(pattern, year):
    every = [(month, day) for month in range(14) for day in range(33)]
    matched = [(m, d) for m, d in every if re.fullmatch(pattern, f"{year}-{m:02}-{d:02}")]
    assert matched == [(m, d) for m, d in every if calendar_has(year, m, d)]


@pytest.mark.parametrize("year", [1900, 2000, 2019, 2020])
def test_the_cell_types_know_the_days_of_the_calendar(year):
    every = [(month, day) for month in range(14) for day in range(33)]
    accepted = [(m, d) for m, d in every if accepts(DAY, f"{year}-{m:02}-{d:02}")]
    assert accepted == [(m, d) for m, d in every if calendar_has(year, m, d)]


@pytest.mark.parametrize("month", range(14))
def test_months_go_from_one_to_twelve(month):
    assert accepts(DATE, f"2018-{month:02}") == (1 <= month <= 12)


@pytest.mark.parametrize("year, accepted", [("0999", False), ("1000", True), ("2999", True), ("3000", False)])
def test_years_go_from_1000_to_2999(year, accepted):
    assert accepts(DATE, year) is accepted


@pytest.mark.parametrize("text", ["1600-02-29", "2000-02-29", "2020-02-29", "2400-02-29"])
def test_a_leap_day_is_accepted(text):
    assert accepts(DATE, text)


@pytest.mark.parametrize("text", ["1700-02-29", "1900-02-29", "2019-02-29", "2100-02-29", "2020-02-30"])
def test_a_leap_day_of_a_common_year_is_refused(text):
    assert not accepts(DATE, text)


@pytest.mark.parametrize("kind", [DATE, INTERVAL, DAY], ids=["date", "interval", "day"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "2018-13",
        "2018-1",
        "2018-10-3",
        "2018-10-32",
        "201810",
        "2018-10-03\n",
        "2018-10-03\r",
        "\n2018-10-03",
        " 2018-10-03",
        "2018-10-03 ",
        "2018.10.03",
        "2018年",
        "２０１８-10-03",
        "２０１８",
        "٢٠١٨-10-03",
        "2018-10-03T00:00",
        "-2018",
        "2018-",
    ],
)
def test_what_is_no_date_is_refused(kind, text):
    assert not accepts(kind, text)


@pytest.mark.parametrize("text", ["2018\n", "2018-10\n", "2018-07/2018-12\n"])
def test_a_line_break_behind_a_partial_date_is_refused(text):
    assert not accepts(DATE, text)
    assert not accepts(INTERVAL, text)


@pytest.mark.parametrize("text", ["2018", "2018-10"])
def test_a_day_has_to_be_complete(text):
    assert accepts(DATE, text)
    assert not accepts(DAY, text)


@pytest.mark.parametrize("text", ["2018/2019", "2018-07/2018-12", "2018-07-01/2019"])
def test_an_interval_is_no_date(text):
    assert accepts(INTERVAL, text)
    assert not accepts(DATE, text)


@pytest.mark.parametrize("text", ["2018/", "/2018", "2018/2019/2020", "2018//2019", "2018 / 2019", "2018/2019-02-29", "2019-02-29/2020"])
def test_an_interval_has_two_dates(text):
    assert not accepts(INTERVAL, text)


@given(days)
def test_a_cell_with_a_date_becomes_a_partial_date(text):
    value = DATE.validate_python(text)
    assert isinstance(value, PartialDate)
    assert value == text


@given(days)
def test_a_full_date_covers_its_one_day(text):
    date = PartialDate(text)
    assert date.first == date.last == dt.date.fromisoformat(text)


@given(partial_dates)
def test_the_day_after_a_partial_date_lies_outside_what_it_names(date):
    for day, inside in ((date.first, True), (date.last, True), (date.last + dt.timedelta(1), False), (date.first - dt.timedelta(1), False)):
        assert day.isoformat().startswith(date) is inside


@given(intervals)
def test_whatever_the_pattern_lets_through_has_a_first_and_a_last_day(date):
    ends = date.split("/")
    assert date.first == PartialDate(ends[0]).first
    assert date.last == PartialDate(ends[-1]).last


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2018", (2018, 1, 1), (2018, 12, 31)),
        ("2018-04", (2018, 4, 1), (2018, 4, 30)),
        ("2018-12", (2018, 12, 1), (2018, 12, 31)),
        ("2019-02", (2019, 2, 1), (2019, 2, 28)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2020-02-29", (2020, 2, 29), (2020, 2, 29)),
        ("2018-07/2018-12", (2018, 7, 1), (2018, 12, 31)),
        ("2018/2020-02", (2018, 1, 1), (2020, 2, 29)),
        ("2018-03-04/2018-03-09", (2018, 3, 4), (2018, 3, 9)),
    ],
)
def test_the_first_and_the_last_day_of(text, first, last):
    date = PartialDate(text)
    assert (date.first, date.last) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text, precision",
    [("2018", "year"), ("2018-10", "month"), ("2018-10-03", "day"), ("2018/2019", "interval"), ("2018-07/2018-12", "interval")],
)
def test_the_precision_is_that_of_the_text(text, precision):
    assert PartialDate(text).precision == precision


@pytest.mark.parametrize(
    "one, other, covers",
    [
        ("2018", "2018-10-03", True),
        ("2018-10-03", "2018", False),
        ("2018", "2018", True),
        ("2018", "2019-01-01", False),
        ("2018", "2017-12-31", False),
        ("2018-07/2018-12", "2018-12-31", True),
        ("2018-07/2018-12", "2018", False),
    ],
)
def test_a_date_covers_those_that_lie_within_it(one, other, covers):
    assert PartialDate(one).covers(PartialDate(other)) is covers


@pytest.mark.parametrize(
    "one, other, overlaps",
    [
        ("2018", "2018-10", True),
        ("2018", "2019", False),
        ("2018-07/2019-02", "2019", True),
        ("2018-07/2018-12", "2019-01", False),
        ("2018-12-31", "2018", True),
    ],
)
def test_dates_overlap_when_they_share_a_day(one, other, overlaps):
    assert PartialDate(one).overlaps(PartialDate(other)) is overlaps
    assert PartialDate(other).overlaps(PartialDate(one)) is overlaps


@given(partial_dates, partial_dates)
def test_covering_is_overlapping_and_more(one, other):
    if one.covers(other):
        assert one.overlaps(other)
        assert other.covers(one) == ((one.first, one.last) == (other.first, other.last))


@given(intervals)
def test_a_text_that_the_pattern_lets_through_is_read(text):
    date = partial_date(str(text))
    assert isinstance(date, PartialDate)
    assert date == text


@pytest.mark.parametrize("text", ["", "2018-13", "2018-1", "2019-02-29", "２０１８", "2018\n", "2018-07/2018-12\n", " 2018", "2018/", "yesterday"])
def test_a_text_that_is_no_date_is_refused_with_the_forms_there_are(text):
    with pytest.raises(ValueError, match="is no date: write 2018, 2018-10") as caught:
        partial_date(text)
    assert repr(text) in str(caught.value)


def test_a_partial_date_is_its_text():
    date = PartialDate("2018-10")
    assert date == "2018-10"
    assert hash(date) == hash("2018-10")
    assert f"{date}" == "2018-10"


def test_a_partial_date_survives_being_pickled():
    again = pickle.loads(pickle.dumps(PartialDate("2018-10")))  # noqa: S301
    assert isinstance(again, PartialDate)
    assert again == "2018-10"
