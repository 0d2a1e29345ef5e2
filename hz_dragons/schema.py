"""The contract, read from `schemas/v1`: `get_schema` gives the JSON Schema of a table, `bundle` all of them in one file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hz_dragons.errors import UnknownSchema, near
from hz_dragons.package import schema_folder

__all__ = ["SCHEMA_VERSION", "TABLE_NAMES", "Field", "Schema", "bundle", "get_schema", "read_schema"]

SCHEMA_VERSION = "v1"
TABLE_NAMES = (
    "sources",
    "entities",
    "names",
    "companies",
    "founders",
    "predicates",
    "scopes",
    "units",
    "claims",
    "evidence",
    "adjudications",
    "passages",
)
BUNDLE = "bundle.schema.json"
COMMON = "common.schema.json"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    Attributes:
        name: Name of the column.
        type: ``string``, ``integer`` or ``number``.
        required: Whether the cell must be filled.
        title: Title in English and Chinese.
        description: Description in English and Chinese.
        pattern: Pattern that the text must match, if any.
        enum: Allowed value → meaning in English and Chinese.
        references: Table whose key the value must be, if any.
        minimum: Least number allowed.
        maximum: Greatest number allowed.
        max_length: Greatest length of the text.
    """

    name: str
    type: str
    required: bool
    title: tuple[str, str]
    description: tuple[str, str]
    pattern: str | None = None
    enum: tuple[tuple[str, tuple[str, str]], ...] = ()
    references: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of one table.

    Attributes:
        name: Name of the table.
        title: Title in English and Chinese.
        description: What one row is, in English and Chinese.
        key: Columns of the primary key.
        fields: Columns, in order.
        document: The JSON Schema itself.

    Example:
        >>> get_schema("names").key
        ('entity_id', 'name', 'language')
    """

    name: str
    title: tuple[str, str]
    description: tuple[str, str]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    document: dict[str, Any]


@lru_cache(maxsize=32)
def read_schema(file: str) -> dict[str, Any]:
    """Read one file of `schemas/v1`; treat it as read-only."""
    document: dict[str, Any] = json.loads((schema_folder() / SCHEMA_VERSION / file).read_text(encoding="utf-8"))
    return document


def get_schema(table: str) -> Schema:
    """Give the schema of a table.

    Args:
        table: Name of the table.

    Raises:
        UnknownSchema: There is no such table; the error names the ones there are.

    Example:
        >>> [field.name for field in get_schema("scopes").fields]
        ['scope_id', 'label_en', 'label_zh']
    """
    if table not in TABLE_NAMES:
        close = near(table, TABLE_NAMES)
        raise UnknownSchema(f"no schema for {table!r}", f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(TABLE_NAMES)}")
    document = read_schema(f"{table}.schema.json")
    own = document["x-dragons"]
    return Schema(
        name=table,
        title=(document["title"], own["title_zh"]),
        description=(document["description"], own["description_zh"]),
        key=tuple(own["primary_key"]),
        fields=tuple(_field(name, column) for name, column in document["properties"].items()),
        document=document,
    )


def _resolved(column: dict[str, Any]) -> dict[str, Any]:
    """Follow the reference of a column to its cell type, and take `null` out of its alternatives."""
    alternatives = [part for part in column.get("anyOf", [column]) if part.get("type") != "null"]
    part = alternatives[0]
    if "$ref" in part:
        part = read_schema(COMMON)["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return {**part, **{key: value for key, value in column.items() if key not in ("anyOf", "$ref")}}


def _field(name: str, column: dict[str, Any]) -> Field:
    cell, own = _resolved(column), column["x-dragons"]
    types = [cell["type"]] if isinstance(cell["type"], str) else cell["type"]
    meanings = own.get("values", {})
    return Field(
        name=name,
        type=next(kind for kind in types if kind != "null"),
        required="null" not in types and "anyOf" not in column,
        title=(column["title"], own["title_zh"]),
        description=(column["description"], own["description_zh"]),
        pattern=cell.get("pattern"),
        enum=tuple((value, (meanings[value]["en"], meanings[value]["zh"])) for value in cell.get("enum", ()) if value is not None),
        references=own.get("references"),
        minimum=cell.get("minimum"),
        maximum=cell.get("maximum"),
        max_length=cell.get("maxLength"),
    )


def bundle() -> dict[str, Any]:
    """Put all schemas into one document that refers to nothing outside itself.

    It describes a whole package as one JSON object: table name → list of rows.
    """
    base = read_schema(f"{TABLE_NAMES[0]}.schema.json")["$id"].rsplit("/", 1)[0]
    tables = {name: read_schema(f"{name}.schema.json") for name in TABLE_NAMES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}/{BUNDLE}",
        "$comment": "Generated by tools/generate.py from the table schemas beside it. Do not edit.",
        "title": "A whole package",
        "description": "Every table of a package as a list of rows.",
        "x-dragons": {"title_zh": "整个数据包", "description_zh": "数据包的各表,每表为行的列表。"},
        "type": "object",
        "properties": {name: {"type": "array", "items": {"$ref": document["$id"]}} for name, document in tables.items()},
        "required": list(TABLE_NAMES),
        "additionalProperties": False,
        "$defs": {"common": read_schema(COMMON), **tables},
    }


def schema_files() -> list[Path]:
    """List the files of `schemas`, the meta-schema first."""
    folder = schema_folder()
    return [folder / "meta.schema.json", *sorted((folder / SCHEMA_VERSION).glob("*.schema.json"))]
