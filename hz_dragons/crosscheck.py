"""Second judges: the JSON Schemas by jsonschema, and the descriptor by frictionless, over the same files.

`validate` does not need them: its models are held to the schemas by tests. They are for those who don't take our word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hz_dragons.cells import parse_cell
from hz_dragons.csvio import CsvFault, read_rows
from hz_dragons.errors import PackageNotFound
from hz_dragons.extras import require
from hz_dragons.package import DESCRIPTOR, Package, open_package
from hz_dragons.schema import COMMON, TABLE_NAMES, get_schema, read_schema

__all__ = ["cross_check", "validator"]


def validator(table: str) -> Any:
    """Give the JSON Schema validator of a table; it resolves references offline and never fetches.

    Raises:
        MissingExtra: jsonschema is not installed.
    """
    jsonschema = require("jsonschema", "validate")
    referencing = require("referencing", "validate")
    resources = [read_schema(COMMON), *(read_schema(f"{name}.schema.json") for name in TABLE_NAMES)]
    registry = referencing.Registry().with_resources((r["$id"], referencing.Resource.from_contents(r)) for r in resources)
    return jsonschema.Draft202012Validator(get_schema(table).document, registry=registry)


def cross_check(source: str | os.PathLike[str]) -> list[str]:
    """Ask the second judges about a package in a directory.

    Args:
        source: The directory.

    Returns:
        One line for each thing they object to.

    Raises:
        PackageNotFound: There is no package there, or it is a zip.
        MissingExtra: jsonschema or frictionless is not installed.
    """
    package = open_package(source)
    if not package.is_directory:
        raise PackageNotFound(f"{package.place} is no directory", "Unpack it for the cross-check")
    return [*_by_schemas(package), *_by_frictionless(package.place)]


def _by_schemas(package: Package) -> Iterator[str]:
    for name in TABLE_NAMES:
        judge, columns = validator(name), [field.name for field in get_schema(name).fields]
        try:
            rows = list(read_rows((package.read(f"seeds/{name}.csv") or b"").decode("utf-8")))[1:]
        except (UnicodeDecodeError, CsvFault) as error:
            yield f"jsonschema: seeds/{name}.csv: {error}"
            continue
        for row in rows:
            if len(row.cells) != len(columns):
                if row.cells:
                    yield f"jsonschema: seeds/{name}.csv:{row.line}: {len(row.cells)} cells instead of {len(columns)}"
                continue
            try:
                values = {column: parse_cell(name, column, cell) for column, cell in zip(columns, row.cells, strict=True)}
            except ValueError as error:
                yield f"jsonschema: seeds/{name}.csv:{row.line}: {error}"
                continue
            for fault in judge.iter_errors(values):
                yield f"jsonschema: seeds/{name}.csv:{row.line}: {'/'.join(map(str, fault.path))} {fault.message[:120]}"


def _by_frictionless(place: Path) -> Iterator[str]:
    frictionless = require("frictionless", "validate")
    report = frictionless.Package(str(place / DESCRIPTOR)).validate()
    for error in report.errors:
        yield f"frictionless: {error.message[:160]}"
    for task in report.tasks:
        for error in task.errors:
            yield f"frictionless: {task.name}: {error.message[:160]}"
