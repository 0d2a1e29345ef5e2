"""The schemas are valid, governed by our meta-schema, bilingual, and resolve offline; so is the descriptor made of them."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
import referencing

import hz_dragons as hz
from hz_dragons.crosscheck import validator
from hz_dragons.schema import BUNDLE, COMMON, TABLE_NAMES, bundle, get_schema, read_schema, schema_files

ROOT = Path(__file__).resolve().parents[2]
META = json.loads((ROOT / "schemas" / "meta.schema.json").read_text(encoding="utf-8"))
PROFILE = json.loads((Path(__file__).parent / "profiles" / "data-package-2.0.json").read_text(encoding="utf-8"))
FILES = [path for path in schema_files() if path.name != "meta.schema.json"]


def annotations(document, path=()):
    if isinstance(document, dict):
        if "x-dragons" in document:
            yield path, document
        for key, value in document.items():
            yield from annotations(value, (*path, key))


@pytest.mark.parametrize("path", schema_files(), ids=lambda path: path.name)
def test_every_schema_passes_the_metaschema_of_2020_12(path):
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_our_keywords_are_governed_by_our_meta_schema(path):
    judge = jsonschema.Draft202012Validator(META["$defs"]["annotation"])
    for place, document in annotations(json.loads(path.read_text(encoding="utf-8"))):
        assert not [error.message for error in judge.iter_errors(document["x-dragons"])], place


def test_the_meta_schema_refuses_an_unknown_keyword_and_a_missing_translation():
    judge = jsonschema.Draft202012Validator(META["$defs"]["annotation"])
    right = {"title_zh": "题", "description_zh": "述"}
    assert judge.is_valid(right)
    assert not judge.is_valid({**right, "colour": "red"})
    assert not judge.is_valid({"title_zh": "题"})
    assert not judge.is_valid({**right, "values": {"a": {"en": "only English"}}})


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_titles_and_descriptions_stand_in_both_languages(name):
    schema = get_schema(name)
    assert all(schema.title)
    assert all(schema.description)
    for field in schema.fields:
        assert all(field.title), field.name
        assert all(field.description), field.name
        assert any("\u4e00" <= character <= "\u9fff" for character in field.description[1]), field.name
        assert all(english and chinese for _, (english, chinese) in field.enum), field.name


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_enum_value_is_described_and_nothing_else_is(name):
    for column, document in get_schema(name).document["properties"].items():
        values = [value for value in document.get("enum", ()) if value is not None]
        assert set(values) == set(document["x-dragons"].get("values", {})), column


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_references_name_tables_with_a_single_key(name):
    for field in get_schema(name).fields:
        if field.references:
            assert len(get_schema(field.references).key) == 1


def test_ids_resolve_without_a_network(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    for name in TABLE_NAMES:
        assert not validator(name).is_valid({})


def test_the_bundle_judges_a_whole_package_and_refers_to_nothing_outside():
    document = bundle()
    tables = {table: [json.loads(record.model_dump_json()) for record in records] for table, records in hz.load().tables.items()}
    for row in tables["claims"]:  # pydantic writes decimals as text, so as not to round them
        row["number"] = None if row["number"] is None else float(row["number"])
        row["number_max"] = None if row["number_max"] is None else float(row["number_max"])
    for row in tables["predicates"]:
        row["tolerance"] = None if row["tolerance"] is None else float(row["tolerance"])
    for row in tables["units"]:
        row["factor"] = float(row["factor"])
    for judge in (jsonschema.Draft202012Validator(document, registry=referencing.Registry()), jsonschema_rs.validator_for(document)):
        assert judge.is_valid(tables)
        assert not judge.is_valid({**tables, "claims": [{**tables["claims"][0], "claim_id": "1"}]})


def test_a_schema_needs_only_the_common_one_beside_it():
    for name in TABLE_NAMES:
        text = json.dumps(read_schema(f"{name}.schema.json"))
        references = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
        assert all(reference.startswith(f"{COMMON}#/$defs/") for reference in references)
    assert (ROOT / "schemas" / "v1" / BUNDLE).is_file()


def test_the_descriptor_passes_the_official_profile():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    judge = jsonschema.validators.validator_for(PROFILE)(PROFILE)
    assert not [error.message for error in judge.iter_errors(descriptor)]
    assert not judge.is_valid({**descriptor, "resources": []})


def test_the_descriptor_names_keys_references_enums_and_patterns():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    claims = next(resource["schema"] for resource in descriptor["resources"] if resource["name"] == "claims")
    assert claims["primaryKey"] == ["claim_id"]
    assert {"fields": ["subject_id"], "reference": {"resource": "entities", "fields": ["entity_id"]}} in claims["foreignKeys"]
    fields = {field["name"]: field for field in claims["fields"]}
    assert "range" in fields["bound"]["constraints"]["enum"]
    assert fields["claim_id"]["constraints"]["pattern"] == "^clm-[0-9a-z]{6}$"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert descriptor["contributors"]
    assert descriptor["sources"]
