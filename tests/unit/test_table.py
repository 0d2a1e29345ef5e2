from __future__ import annotations

from decimal import Decimal

import pytest
from planting import table_path

import hz_dragons as hz
from hz_dragons.errors import AmbiguousRecord, DragonsError, RecordNotFound, UnknownColumn
from hz_dragons.models import TABLES, Unit
from hz_dragons.table import Table


def lines_of(package, name: str) -> list[str]:
    path = table_path(package, name)
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []


def lazy(package, name: str) -> Table:
    return Table(TABLES[name], lines_of(package, name))


@pytest.fixture
def units(minimal) -> Table[Unit]:
    return hz.load(minimal).units


def test_a_table_is_iterated_in_the_order_of_the_file(units):
    assert [unit.unit_id for unit in units] == ["CNY", "percent", "unit"]
    assert units.ids() == ("CNY", "percent", "unit")
    assert len(units) == 3
    assert units.name == "units"
    assert repr(units) == "<Table units: 3 records>"


def test_a_record_is_looked_up_by_its_key(units):
    assert units["CNY"].label_zh == "元"
    assert "CNY" in units
    assert "EUR" not in units
    assert units.get("EUR") is None
    assert units.get("EUR", 7) == 7
    assert units.get("CNY") is units["CNY"]


def test_a_key_of_many_columns_is_a_tuple(minimal):
    data = hz.load(minimal)
    assert data.names["qingdeng", "青燈", "zh-Hant"].name_type == "short"
    row = data.evidence["clm-aaaaa5", "lantern", 48, 65]
    assert row.id == ("clm-aaaaa5", "lantern", 48, 65)
    assert row.id in data.evidence


def test_a_missing_key_names_near_ones(units):
    with pytest.raises(RecordNotFound) as caught:
        units["procent"]
    assert caught.value.suggestions == ("percent",)
    assert (caught.value.table, caught.value.key) == ("units", "procent")
    assert isinstance(caught.value, KeyError)
    with pytest.raises(RecordNotFound, match="CNY"):
        units.require("CNYY")


@pytest.mark.parametrize("key", [["CNY"], {"CNY"}, None, 3])
def test_what_can_be_no_key_is_not_found(units, key):
    with pytest.raises(RecordNotFound):
        units[key]


def test_where_narrows_down_and_gives_a_table_again(minimal):
    claims = hz.load(minimal).claims
    about = claims.where(subject_id="qingdeng", predicate_id="founded_on")
    assert isinstance(about, Table)
    assert about.ids() == ("clm-aaaaa1", "clm-aaaaa2")
    assert claims.where(subject_id="qingdeng").where(predicate_id="founded_on") == about
    assert claims.where(predicate_id="founded_on", subject_id="qingdeng") == about
    assert len(claims.where(subject_id="nobody")) == 0
    assert claims.where() is claims


def test_where_compares_values_not_cells(minimal):
    claims = hz.load(minimal).claims
    assert claims.where(number=Decimal(16500)).ids() == claims.where(number=16500).ids() == ("clm-aaaaa5",)
    assert len(claims.where(number="16500")) == 0
    assert claims.where(date="2015-03").ids() == ("clm-aaaaa1",)


def test_none_finds_empty_cells(minimal):
    claims = hz.load(minimal).claims
    assert len(claims.where(object_id=None)) + sum(claim.object_id is not None for claim in claims) == len(claims)
    assert claims.where(scope_id=None, predicate_id="share_of_total").ids() == ()


@pytest.mark.parametrize(
    ("date", "dated"),
    [
        ("2024", ["clm-aaaaa5", "clm-aaaaa6"]),
        ("2024-06-01", ["clm-aaaaa5", "clm-aaaaa6"]),
        ("2030-01", ["clm-aaaab2"]),
        ("2023-12-31", []),
        ("2025", []),
    ],
)
def test_records_that_hold_on_a_day_are_those_without_times_and_those_that_reach_over_it(minimal, date, dated):
    claims = hz.load(minimal).claims
    timeless = [claim.claim_id for claim in claims if claim.valid_from is None and claim.valid_to is None]
    assert len(timeless) == 8
    assert sorted(claims.valid_on(date).ids()) == sorted([*timeless, *dated])
    assert claims.where(valid_on=date, predicate_id="units_sold").ids() == tuple(i for i in dated if i != "clm-aaaab2")


def test_only_what_has_times_holds_on_a_day(minimal):
    data = hz.load(minimal)
    with pytest.raises(UnknownColumn, match="no valid_from"):
        data.units.valid_on("2024")
    with pytest.raises(ValueError, match="2024-13"):
        data.claims.valid_on("2024-13")


def test_having_is_where_as_a_list(minimal):
    claims = hz.load(minimal).claims
    assert claims.having("predicate_id", "founded_on") == list(claims.where(predicate_id="founded_on"))
    assert claims.having("predicate_id", "none") == []


def test_an_unknown_column_is_refused_and_the_columns_are_named(units):
    with pytest.raises(UnknownColumn, match=r"no column 'name'.*unit_id, label_en"):
        units.where(name="x")
    with pytest.raises(UnknownColumn):
        units.one(unit_id="CNY", dimensions="currency")


def test_one_gives_the_only_record(units):
    assert units.one(dimension="currency").unit_id == "CNY"
    with pytest.raises(RecordNotFound, match="dimension='length'"):
        units.one(dimension="length")
    with pytest.raises(AmbiguousRecord, match="3 records of units match factor=1"):
        units.one(factor=1)
    with pytest.raises(AmbiguousRecord):
        units.one()
    with pytest.raises(AmbiguousRecord, match="2 records"):
        Table(Unit, list(units)[:2]).one()


def test_tables_compare_by_content(minimal, units):
    assert hz.load(minimal).units == units
    assert units.where(dimension="currency") != units
    assert units != list(units)
    with pytest.raises(TypeError, match="unhashable"):
        hash(units)


@pytest.mark.parametrize("name", TABLES)
def test_rows_made_late_are_those_made_early(minimal, name):
    early = getattr(hz.load(minimal), name)
    assert list(lazy(minimal, name)) == list(early)
    assert lazy(minimal, name).ids() == early.ids()
    late = lazy(minimal, name)
    for key in reversed(early.ids()):  # out of order, so that records and raw rows stand side by side
        assert late[key] == early[key]
        assert late.get(key) is late[key]


@pytest.mark.parametrize("name", TABLES)
def test_where_finds_the_same_in_rows_made_late(minimal, name):
    early = getattr(hz.load(minimal), name)
    for column in TABLES[name].model_fields:
        for value in {getattr(record, column) for record in early} | {None}:
            wanted = [record for record in early if getattr(record, column) == value]
            assert list(early.where(**{column: value})) == wanted
            assert list(lazy(minimal, name).where(**{column: value})) == wanted
            half_made = lazy(minimal, name)
            list(zip(half_made, range(3), strict=False))
            assert list(half_made.where(**{column: value})) == wanted


def test_a_row_is_made_once(minimal):
    units = lazy(minimal, "units")
    assert units["CNY"] is next(iter(units))


@pytest.mark.parametrize("line", ["CNY,yuan", "m,metres,米,length,m,one,,", '"m'])
def test_a_late_row_that_can_not_be_read_says_what_to_run(line):
    with pytest.raises(DragonsError, match=r"a row of units can't be read.*hz-dragons validate"):
        list(Table(Unit, [line]))


def test_a_claim_speaks_wherever_it_was_taken_from(minimal):
    data = hz.load(minimal)
    sentence = "Qingdeng Robotics was founded by Shen Yifan."
    assert str(data.claims["clm-aaaaa4"]) == sentence
    assert str(data.claims.where(predicate_id="founded_by").one()) == sentence
    assert str(next(iter(data.claims.where(object_id="shen-yifan")))) == sentence
    assert str(data.claims.get("clm-aaaaa4")) == sentence
