"""The models say what the schemas say: field by field, and by rows that both accept or both refuse."""

from __future__ import annotations

import types
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import hz_dragons as hz
from hz_dragons.crosscheck import validator
from hz_dragons.dates import PartialDate
from hz_dragons.models import TABLES
from hz_dragons.schema import TABLE_NAMES, bundle, get_schema


def parts(annotation: Any) -> tuple[Any, list[Any], bool]:
    """The type of a field, its constraints, and whether it may be empty."""
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        kind, constraints, _ = parts(inner[0])
        return kind, constraints, True
    if get_origin(annotation) is Annotated:
        first, *constraints = get_args(annotation)
        kind, more, optional = parts(first)
        return kind, [*more, *constraints], optional
    return annotation, [], False


def constraint(constraints: list[Any], name: str) -> Any:
    for one in constraints:
        for found in (one, *getattr(one, "metadata", ())):
            if getattr(found, name, None) is not None:
                return getattr(found, name)
    return None


def field_parts(model: Any, name: str) -> tuple[Any, list[Any], bool]:
    field = model.model_fields[name]
    kind, constraints, optional = parts(field.annotation)
    return kind, [*constraints, *field.metadata], optional


def test_there_is_a_model_for_every_schema_in_the_same_order():
    assert tuple(TABLES) == TABLE_NAMES


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_columns_keys_and_references_are_those_of_the_schema(name):
    model, schema = TABLES[name], get_schema(name)
    assert list(model.model_fields) == [field.name for field in schema.fields]
    assert model.key == schema.key
    assert model.references == {field.name: field.references for field in schema.fields if field.references}


@pytest.mark.parametrize(("name", "column"), [(name, field.name) for name in TABLE_NAMES for field in get_schema(name).fields])
def test_a_column_has_the_type_and_limits_of_the_schema(name, column):
    field = next(field for field in get_schema(name).fields if field.name == column)
    kind, constraints, optional = field_parts(TABLES[name], column)
    assert optional is not field.required
    if get_origin(kind) is Literal:
        assert list(get_args(kind)) == [value for value, _ in field.enum]
        return
    assert not field.enum
    assert {str: "string", PartialDate: "string", int: "integer", Decimal: "number"}[kind] == field.type
    if kind is PartialDate:
        wrong = {"pattern": field.pattern}
        assert wrong["pattern"].startswith("^(")
    else:
        assert constraint(constraints, "pattern") == field.pattern
    assert constraint(constraints, "max_length") == field.max_length
    assert constraint(constraints, "ge") == field.minimum
    assert constraint(constraints, "le") == field.maximum


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_model_and_its_fields_are_described(name):
    text = TABLES[name].__doc__ or ""
    for column in TABLES[name].model_fields:
        assert f"{column}:" in text


@cache
def fast_judge(name: str) -> Any:
    document = bundle()
    return jsonschema_rs.validator_for({"$ref": get_schema(name).document["$id"], "$defs": document["$defs"], "$schema": document["$schema"]})


def as_json(row: dict[str, Any]) -> dict[str, Any]:
    return {
        column: float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, PartialDate) else value
        for column, value in row.items()
    }


HAN = "青灯机器人公司成立于二零一五年螢火"
TEXTS = st.one_of(
    st.text(alphabet=HAN + "abz A0-9.,/{}", max_size=12),
    st.text(max_size=6),
    st.sampled_from(
        [
            "a",
            "a-b",
            "2018",
            "2018-02-29",
            "2020-02-29",
            "2018-01/2018-03",
            " a",
            "a\n",
            "clm-abc123",
            "USD",
            "en",
            "zh-Hant",
            "x.txt",
            "Q1",
            "0" * 64,
            "１２",
        ]
    ),
)
NUMBERS = st.one_of(st.integers(-3, 10**9).map(Decimal), st.decimals(-10, 10**6, places=3, allow_nan=False))


def cells(name: str, column: str) -> st.SearchStrategy[Any]:
    """Mostly right values for a column, and some wrong ones."""
    field = next(field for field in get_schema(name).fields if field.name == column)
    kind, _, optional = field_parts(TABLES[name], column)
    if field.enum:
        right: st.SearchStrategy[Any] = st.sampled_from([value for value, _ in field.enum])
    elif kind is int:
        right = st.integers(0, 5000)
    elif kind is Decimal:
        right = NUMBERS
    else:
        right = (
            st.from_regex(field.pattern or "^a$", fullmatch=True)
            if field.pattern and "\\s" not in field.pattern
            else st.text(alphabet=HAN + "ab", min_size=1, max_size=9)
        )
    numbers = st.integers(-2, 3)
    if kind is Decimal:  # JSON has one kind of number, Python has several: the models take decimals only
        numbers = numbers.map(Decimal)
    wrong = st.one_of(TEXTS, numbers, st.booleans(), st.none())
    choices = [right] * 12 + ([st.none()] * 6 if optional else []) + [wrong]
    return st.one_of(choices)


@pytest.mark.parametrize("name", TABLE_NAMES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_model_and_schema_accept_and_refuse_the_same_rows(name, data):
    row = {column: data.draw(cells(name, column), label=column) for column in TABLES[name].model_fields}
    try:
        TABLES[name].model_validate(row)
        accepted = True
    except ValidationError:
        accepted = False
    instance = as_json(row)
    assert fast_judge(name).is_valid(instance) is accepted
    assert validator(name).is_valid(instance) is accepted


@pytest.mark.parametrize("name", TABLE_NAMES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_real_row_with_one_cell_changed_gets_one_verdict(name, data):
    records = list(hz.load().tables[name])
    row = data.draw(st.sampled_from(records)).model_dump() if records else dict.fromkeys(TABLES[name].model_fields)
    column = data.draw(st.sampled_from(list(row)))
    row[column] = data.draw(cells(name, column))
    try:
        TABLES[name].model_validate(row)
        accepted = True
    except ValidationError:
        accepted = False
    assert validator(name).is_valid(as_json(row)) is accepted
    assert fast_judge(name).is_valid(as_json(row)) is accepted


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_row_of_the_package_passes_its_schema(name):
    judge = validator(name)
    for record in hz.load().tables[name]:
        assert judge.is_valid(as_json(record.model_dump())), record.id
