from __future__ import annotations

import pytest
from planting import append, remove_row, replace, table_path, zipped

import hz_dragons as hz
from hz_dragons.crosscheck import cross_check, validator
from hz_dragons.errors import PackageNotFound, UnknownSchema
from hz_dragons.models import TABLES

pytest.importorskip("jsonschema")
pytest.importorskip("frictionless")


def judges(lines: list[str]) -> set[str]:
    return {line.partition(":")[0] for line in lines}


def test_the_second_judges_have_nothing_against_a_sound_package(minimal):
    assert cross_check(minimal) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "line"),
    [
        ("entities", "firefly,product", "firefly,gadget", 3),
        ("entities", "firefly,product", "firefly,", 3),
        ("claims", "16500", "1.65万", 6),
        ("claims", "2015-03", "2018-1-03", 2),
        ("companies", "robots,,", "robots,", 2),
        ("evidence", "1.65萬台", "萬" * 25, 7),
        ("names", "青灯".encode(), "青灯".encode("gbk"), None),
    ],
    ids=["enum", "required", "number", "date", "cells", "length", "bytes"],
)
def test_both_object_to_what_both_look_at(minimal, table, old, new, line):
    replace(minimal, table, old, new)
    found = cross_check(minimal)
    assert judges(found) == {"jsonschema", "frictionless"}
    by_schemas = [text for text in found if text.startswith("jsonschema")]
    assert all(text.startswith(f"jsonschema: seeds/{table}.csv:{line or ' '}") for text in by_schemas)
    assert not hz.validate(minimal).ok


def test_keys_and_references_are_for_frictionless_alone(minimal):
    append(minimal, "companies", "yinhe,wider,telescopes,,")
    append(minimal, "names", "songjiang-town,松江鎮,zh-Hant,former")
    found = cross_check(minimal)
    assert judges(found) == {"frictionless"}
    assert {line.split(": ")[1] for line in found} == {"companies", "names"}


def test_the_shape_of_a_row_is_for_the_schemas_alone(minimal):
    replace(minimal, "claims", "3000,,CNY", "3000,,")
    found = cross_check(minimal)
    assert judges(found) == {"jsonschema"}
    assert all("seeds/claims.csv:9:" in line for line in found)


def test_every_objection_is_listed(minimal):
    replace(minimal, "claims", "16500", "1.65万")
    replace(minimal, "claims", "15600", "1.56万")
    assert sum(line.startswith("jsonschema: seeds/claims.csv:") for line in cross_check(minimal)) == 2


def test_what_is_not_csv_is_an_objection(minimal):
    replace(minimal, "entities", "world-market,group,world", 'world-market,group,"world')
    assert any(line.startswith("jsonschema: seeds/entities.csv: ") for line in cross_check(minimal))


def test_a_missing_file_is_an_objection(minimal):
    table_path(minimal, "scopes").unlink()
    assert judges(cross_check(minimal)) == {"frictionless"}


def test_meaning_is_for_neither(minimal):
    remove_row(minimal, "evidence", "clm-aaaaa9")
    assert cross_check(minimal) == []
    assert not hz.validate(minimal).ok


def test_a_zip_must_be_unpacked_first(minimal):
    with pytest.raises(PackageNotFound, match="Unpack it"):
        cross_check(zipped(minimal))


def test_validators_judge_rows_offline(minimal):
    data = hz.load(minimal)
    for name in TABLES:
        judge = validator(name)
        for record in getattr(data, name):
            assert judge.is_valid(record.model_dump())
        assert not judge.is_valid({})
    assert not validator("units").is_valid(data.units["CNY"].model_dump() | {"factor": "1"})
    assert not validator("units").is_valid(data.units["CNY"].model_dump() | {"more": "1"})


def test_there_is_no_validator_for_what_is_no_table():
    with pytest.raises(UnknownSchema):
        validator("unit")
