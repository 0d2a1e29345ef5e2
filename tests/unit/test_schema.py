from __future__ import annotations

import json

import pytest

import hz_dragons as hz
from hz_dragons.errors import UnknownSchema
from hz_dragons.models import TABLES
from hz_dragons.schema import COMMON, TABLE_NAMES, bundle, get_schema, read_schema, schema_files


def test_there_is_a_schema_for_every_table_in_the_same_order():
    assert list(TABLE_NAMES) == list(TABLES)
    for name, model in TABLES.items():
        schema = get_schema(name)
        assert schema.name == name
        assert schema.key == model.key
        assert [field.name for field in schema.fields] == list(model.model_fields)
        assert {field.name: field.references for field in schema.fields if field.references} == model.references
        assert all([*schema.title, *schema.description])


def test_a_field_says_everything_in_both_languages():
    for name in TABLE_NAMES:
        for field in get_schema(name).fields:
            assert all([*field.title, *field.description]), (name, field.name)
            assert field.type in {"string", "integer", "number"}
            assert all(english and chinese for _, (english, chinese) in field.enum)


def test_a_field_resolves_its_cell_type():
    fields = {field.name: field for field in get_schema("claims").fields}
    assert fields["claim_id"].pattern == "^clm-[0-9a-z]{6}$"
    assert fields["claim_id"].required
    assert (fields["object_id"].references, fields["object_id"].required) == ("entities", False)
    assert fields["number"].type == "number"
    assert "range" in dict(fields["bound"].enum)
    assert not fields["bound"].required
    assert {field.name for field in get_schema("claims").fields if field.required} == {"claim_id", "subject_id", "predicate_id"}


def test_limits_are_read():
    evidence = {field.name: field for field in get_schema("evidence").fields}
    assert (evidence["start"].type, evidence["start"].minimum, evidence["end"].minimum) == ("integer", 0, 1)
    assert evidence["quote"].max_length == 24
    tolerance = next(field for field in get_schema("predicates").fields if field.name == "tolerance")
    assert (tolerance.minimum, tolerance.maximum, tolerance.required) == (0, 1, False)


def test_enums_are_those_of_the_models():
    evidence = {field.name: [value for value, _ in field.enum] for field in get_schema("evidence").fields}
    assert evidence["stance"] == ["asserts", "denies"]
    assert evidence["modality"] == ["stated", "reported", "hearsay", "opinion", "forecast"]
    assert evidence["quote"] == []


def test_the_front_door_gives_schemas():
    assert hz.get_schema("units").key == ("unit_id",)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("claim", "Did you mean 'claims'"),
        ("evidences", "Did you mean 'evidence'"),
        ("zzz", "There are: sources"),
        ("", "There are"),
        ("../meta", "There are"),
    ],
)
def test_an_unknown_table_names_those_there_are(asked, hint):
    with pytest.raises(UnknownSchema) as caught:
        get_schema(asked)
    assert hint in str(caught.value)
    assert isinstance(caught.value, KeyError)


def references(document: object) -> set[str]:
    if isinstance(document, dict):
        own = {document["$ref"]} if isinstance(document.get("$ref"), str) else set()
        return own.union(*map(references, document.values()))
    return set().union(*map(references, document)) if isinstance(document, list) else set()


def test_the_bundle_refers_to_nothing_outside_itself():
    whole = bundle()
    assert list(whole["properties"]) == whole["required"] == list(TABLE_NAMES)
    inside = {document["$id"] for document in whole["$defs"].values()} | {COMMON}
    assert references(whole)
    assert {reference.partition("#")[0] for reference in references(whole)} <= inside


def test_the_bundle_judges_a_whole_package(minimal):
    jsonschema = pytest.importorskip("jsonschema")
    judge = jsonschema.Draft202012Validator(bundle())
    data = hz.load(minimal)
    whole = {name: [record.model_dump() for record in table] for name, table in data.tables.items()}
    assert list(judge.iter_errors(whole)) == []
    whole["claims"][0]["claim_id"] = "clm-1"
    assert ["/".join(map(str, fault.path)) for fault in judge.iter_errors(whole)] == ["claims/0/claim_id"]
    del whole["units"]
    assert len(list(judge.iter_errors(whole))) == 2


def test_files_are_listed_the_meta_schema_first():
    names = [path.name for path in schema_files()]
    assert names[0] == "meta.schema.json"
    assert {f"{name}.schema.json" for name in TABLE_NAMES} | {COMMON, "bundle.schema.json"} == set(names[1:])
    for path in schema_files():
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"]


def test_a_schema_is_read_once():
    assert read_schema(COMMON) is read_schema(COMMON)
