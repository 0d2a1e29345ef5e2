from __future__ import annotations

import json
from pathlib import Path

import pytest

from hz_dragons.descriptor import PROFILE, describe, descriptor_text
from hz_dragons.models import TABLES
from hz_dragons.schema import get_schema

METADATA = {"name": "mine", "title": "Mine", "licenses": [{"name": "CC0-1.0"}]}


@pytest.fixture
def resources() -> dict[str, dict]:
    return {resource["name"]: resource for resource in describe(METADATA)["resources"]}


def column(resources: dict, table: str, name: str) -> dict:
    return next(field for field in resources[table]["schema"]["fields"] if field["name"] == name)


def test_metadata_is_kept_and_the_rest_is_made_new():
    stale = {**METADATA, "$schema": "https://example.org/old", "resources": [{"name": "old"}]}
    descriptor = describe(stale)
    assert descriptor == describe(METADATA)
    assert {key: descriptor[key] for key in METADATA} == METADATA
    assert descriptor["$schema"] == PROFILE
    assert stale["resources"] == [{"name": "old"}], "what was given is not changed"
    assert next(iter(descriptor)) == "$schema"
    assert list(descriptor)[-1] == "resources"


def test_describing_a_descriptor_again_changes_nothing():
    assert describe(describe(METADATA)) == describe(METADATA)


def test_there_is_one_resource_for_each_table(resources):
    assert list(resources) == list(TABLES)
    for name, resource in resources.items():
        assert resource["path"] == f"seeds/{name}.csv"
        assert (resource["type"], resource["format"], resource["encoding"]) == ("table", "csv", "utf-8")
        assert [field["name"] for field in resource["schema"]["fields"]] == list(TABLES[name].model_fields)
        assert resource["schema"]["missingValues"] == [""]
        assert resource["title"]
        assert resource["description"]


def test_keys_and_references_are_those_of_the_models(resources):
    for name, model in TABLES.items():
        schema = resources[name]["schema"]
        assert schema["primaryKey"] == list(model.key)
        found = {key["fields"][0]: key["reference"]["resource"] or name for key in schema.get("foreignKeys", [])}
        assert found == model.references
        for key in schema.get("foreignKeys", []):
            target = key["reference"]["resource"] or name
            assert key["reference"]["fields"] == list(TABLES[target].key[:1])


def test_a_table_that_refers_to_itself_is_named_by_nothing(resources):
    for name in ("sources", "units"):
        assert [key["reference"]["resource"] for key in resources[name]["schema"]["foreignKeys"]] == [""]
    assert "foreignKeys" not in resources["scopes"]["schema"]


def test_constraints_are_those_of_the_schemas(resources):
    for name in TABLES:
        for field in get_schema(name).fields:
            found = column(resources, name, field.name).get("constraints", {})
            assert found.get("required", False) == field.required
            assert found.get("enum", []) == [value for value, _ in field.enum]
            assert found.get("pattern") == field.pattern
            assert found.get("maxLength") == field.max_length
            assert (found.get("minimum"), found.get("maximum")) == (field.minimum, field.maximum)


def test_a_least_number_of_nought_is_not_lost(resources):
    assert column(resources, "evidence", "start")["constraints"]["minimum"] == 0


def test_a_column_without_constraints_has_none(resources):
    assert "constraints" not in column(resources, "claims", "number")
    assert column(resources, "claims", "number")["type"] == "number"


def test_only_what_both_judges_know_is_used():
    text = descriptor_text(describe(METADATA))
    for unknown in ('"list"', '"fieldsMatch"', '"uniqueKeys"', '"categories"', '"fields": "'):
        assert unknown not in text


def test_the_text_is_as_it_is_committed():
    text = descriptor_text({"name": "青灯", "resources": []})
    assert text == '{\n  "name": "青灯",\n  "resources": []\n}\n'
    assert json.loads(descriptor_text(describe(METADATA))) == describe(METADATA)


def test_frictionless_reads_what_is_described(minimal):
    frictionless = pytest.importorskip("frictionless")
    path = Path(minimal) / "datapackage.json"
    descriptor = describe(json.loads(path.read_text(encoding="utf-8")))
    descriptor["resources"] = [resource for resource in descriptor["resources"] if (minimal / resource["path"]).is_file()]
    path.write_text(descriptor_text(descriptor), encoding="utf-8")
    report = frictionless.Package(str(path)).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) >= 11
