from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hz_dragons as hz
from hz_dragons.cells import CELL_TYPES, format_cell, format_record, make_record, parse_cell
from hz_dragons.models import TABLES, Scope

MINIMAL = Path(__file__).parents[1] / "corpus" / "valid" / "minimal"
COLUMNS = [(name, column) for name, model in TABLES.items() for column in model.model_fields]
DECIMALS = [(name, column) for name, column in COLUMNS if column in ("number", "number_max", "factor", "tolerance")]
INTEGERS = [(name, column) for name, column in COLUMNS if column in ("start", "end", "text_length")]
TEXTS = [place for place in COLUMNS if place not in DECIMALS and place not in INTEGERS]


def scaled(digits, places, *, negative):
    return (-1 if negative else 1) * Decimal(digits).scaleb(-places)


canonical_decimals = st.builds(scaled, st.integers(0, 10**28 - 1), st.integers(-2, 28), negative=st.booleans())
canonical_numerals = st.from_regex(r"-?[1-9][0-9]{0,29}|0|-?(0|[1-9][0-9]{0,29})\.[0-9]{0,29}[1-9]", fullmatch=True)


@given(st.sampled_from(DECIMALS), canonical_decimals)
def test_a_decimal_written_and_read_is_the_same_number(place, number):
    again = parse_cell(*place, format_cell(number))
    assert isinstance(again, Decimal)
    assert again == number


@given(st.sampled_from(INTEGERS), st.integers(0, 10**18 - 1))
def test_an_integer_written_and_read_is_the_same_number(place, number):
    again = parse_cell(*place, format_cell(number))
    assert type(again) is int
    assert again == number


@given(st.sampled_from(TEXTS), st.text(min_size=1))
@example(("claims", "note"), " ")
def test_a_text_written_and_read_is_the_same_text(place, text):
    assert parse_cell(*place, format_cell(text)) == text


@pytest.mark.parametrize("place", COLUMNS, ids="/".join)
def test_an_empty_cell_is_nothing_and_nothing_is_an_empty_cell(place):
    assert parse_cell(*place, "") is None
    assert format_cell(None) == ""


@given(st.sampled_from(DECIMALS), canonical_numerals)
def test_a_decimal_read_and_written_is_the_same_text(place, cell):
    assert format_cell(parse_cell(*place, cell)) == cell


@given(st.sampled_from(INTEGERS), st.from_regex(r"0|[1-9][0-9]{0,17}", fullmatch=True))
def test_an_integer_read_and_written_is_the_same_text(place, cell):
    assert format_cell(parse_cell(*place, cell)) == cell


@given(canonical_decimals, st.integers(0, 6))
def test_equal_numbers_are_written_alike(number, zeros):
    padded = Decimal(f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros)
    assert padded == number
    assert format_cell(padded) == format_cell(number)


@pytest.mark.parametrize(
    "number, cell",
    [("6E+6", "6000000"), ("100", "100"), ("1.50", "1.5"), ("0.0", "0"), ("-0", "0"), ("-0.0", "0"), ("1E-9", "0.000000001"), ("-2.50", "-2.5")],
)
def test_a_number_is_written_without_exponent_and_without_idle_zeros(number, cell):
    assert format_cell(Decimal(number)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "1,000",
        "1e6",
        "6E+6",
        "1.50",
        "1.0",
        "01",
        "+1",
        "-0",
        "-0.0",
        "--1",
        "1.",
        ".5",
        "1.2.3",
        "1_000",
        "0x1",
        "１",
        "٣",
        "6万",
        "六",
        " 1",
        "1 ",
        "1\n",
        "NaN",
        "Infinity",
        "-",
        "x",
        "9" * 31,
        "0." + "1" * 31,
    ],
)
def test_what_is_no_plain_decimal_is_refused(cell):
    for place in DECIMALS:
        with pytest.raises(ValueError, match="not a plain decimal"):
            parse_cell(*place, cell)


@pytest.mark.parametrize("cell", ["-1", "1.5", "1.0", "007", "+1", "１", "1e3", "1\n", " 1", "1_0", "9" * 19])
def test_what_is_no_plain_integer_is_refused(cell):
    for place in INTEGERS:
        with pytest.raises(ValueError, match="not a plain decimal"):
            parse_cell(*place, cell)


@pytest.mark.parametrize("cell", ["2018", "007", " 1,5 ", "1.50", "NaN"])
def test_a_text_that_looks_like_a_number_stays_text(cell):
    assert parse_cell("claims", "note", cell) == cell


def test_the_columns_with_numbers_are_those_whose_records_hold_numbers():
    def kind(annotation):
        parts = get_args(annotation)
        return {annotation} if not parts else set().union(*map(kind, parts))

    numeric = {(name, column) for name, column in COLUMNS if kind(TABLES[name].model_fields[column].annotation) & {int, Decimal}}
    assert {(name, column) for name, columns in CELL_TYPES.items() for column in columns} == numeric


@pytest.mark.parametrize("table", TABLES)
def test_the_cells_of_a_record_make_the_record_again(table):
    records = list(getattr(hz.load(MINIMAL), table))
    assert [make_record(TABLES[table], format_record(record)) for record in records] == records


def test_the_cells_of_a_record_stand_in_the_order_of_the_columns():
    assert format_record(Scope(label_zh="乙", label_en="b", scope_id="a")) == ["a", "b", "乙"]
