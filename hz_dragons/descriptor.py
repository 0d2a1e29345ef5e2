"""`datapackage.json`: the package's own metadata, kept by hand, and its resources, generated from the schemas.

Only what frictionless enforces and the official profile of Data Package v2 accepts is used: no `list`, no `fieldsMatch`, no
`uniqueKeys`. It depends on the schemas and the metadata, never on the rows, so a contributor who edits a CSV has nothing to refresh.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hz_dragons.schema import TABLE_NAMES, Field, Schema, get_schema

__all__ = ["PROFILE", "describe", "descriptor_text"]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def describe(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Make a descriptor.

    Args:
        metadata: What is kept by hand: name, title, licences, contributors, sources… `resources` is replaced.

    Returns:
        A Data Package v2 descriptor with one resource per table.
    """
    kept = {key: value for key, value in metadata.items() if key not in ("$schema", "resources")}
    return {"$schema": PROFILE, **kept, "resources": [_resource(get_schema(name)) for name in TABLE_NAMES]}


def descriptor_text(descriptor: Mapping[str, Any]) -> str:
    """Write a descriptor as it is committed."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _resource(schema: Schema) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "path": f"seeds/{schema.name}.csv",
        "title": schema.title[0],
        "description": schema.description[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _table_schema(schema),
    }


def _table_schema(schema: Schema) -> dict[str, Any]:
    references = [(field.name, field.references) for field in schema.fields if field.references]
    table: dict[str, Any] = {
        "fields": [_field(field) for field in schema.fields],
        "missingValues": [""],
        "primaryKey": list(schema.key),
    }
    if references:
        table["foreignKeys"] = [_foreign_key(schema.name, name, target) for name, target in references]
    return table


def _foreign_key(table: str, column: str, target: str) -> dict[str, Any]:
    # The empty name means the table itself: frictionless wants it so.
    resource = "" if target == table else target
    return {"fields": [column], "reference": {"resource": resource, "fields": [get_schema(target).key[0]]}}


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.enum:
        constraints["enum"] = [value for value, _ in field.enum]
    limits = {"pattern": field.pattern, "maxLength": field.max_length, "minimum": field.minimum, "maximum": field.maximum}
    constraints |= {name: value for name, value in limits.items() if value is not None}
    described = {"name": field.name, "type": field.type, "title": field.title[0], "description": field.description[0]}
    return {**described, "constraints": constraints} if constraints else described
