"""Keys are unique and references land."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hz_dragons.cells import format_cell
from hz_dragons.codes import Plain
from hz_dragons.errors import near
from hz_dragons.models import TABLES
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding, shown

__all__ = ["broken_links", "duplicate_keys", "missing_references"]

Tables = dict[str, ParsedTable[Any]]


def duplicate_keys(tables: Tables) -> Iterator[Finding]:
    """Every key stands once in its table."""
    for table in tables.values():
        first: dict[Any, int] = {}
        for index, record in enumerate(table.records):
            if record.id in first:
                key = record.id if isinstance(record.id, str) else "/".join(map(format_cell, record.id))
                yield table.find("keys/duplicate", index, record.key[0], key=key, other=Plain(first[record.id]))
            first.setdefault(record.id, table.rows[index].line)


def missing_references(tables: Tables) -> Iterator[Finding]:
    """Every reference is a key of its table."""
    for name, model in TABLES.items():
        for column, target in model.references.items():
            if not tables[target].is_readable:
                continue  # one finding says so already, a thousand would hide it
            known = tables[target].mentioned(TABLES[target].key[0])
            for index, record in enumerate(tables[name].records):
                value = getattr(record, column)
                if value is not None and value not in known:
                    close = near(value, known)
                    yield tables[name].find(
                        "references/missing", index, column, value=value, table=Plain(target),
                        near=Plain(f", or write {' or '.join(map(shown, close))}" if close else ""),
                        near_zh=Plain(f",或改写为{'、'.join(map(shown, close))}" if close else ""),
                    )  # fmt: skip


def broken_links(tables: Tables) -> list[Finding]:
    """What keeps a package from being loaded, beyond rows that can't be read."""
    return [*duplicate_keys(tables), *missing_references(tables)]
