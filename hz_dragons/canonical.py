"""The one way to write a seed file, and `fmt`, which writes it: UTF-8, LF, no BOM, NFC, minimal quoting, sorted by key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hz_dragons.codes import code
from hz_dragons.csvio import CsvFault, Row, format_rows, read_rows, write_atomically
from hz_dragons.errors import PackageNotFound
from hz_dragons.models import TABLES
from hz_dragons.package import Package
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding

__all__ = ["canonical_text", "deviations", "fmt"]


def _sort_key(name: str, columns: list[str], cells: list[str]) -> tuple[tuple[int, int, str], ...]:
    """Order by the key; numbers by size, so that spans come in the order of the text."""
    key = [cells[columns.index(column)] if columns.index(column) < len(cells) else "" for column in TABLES[name].key]
    return tuple((0, int(cell), "") if cell.isascii() and cell.isdigit() else (1, 0, cell) for cell in key)


def canonical_text(name: str, text: str) -> str:
    """Write a table's text in the canonical form.

    Blanks around a cell are removed; rows that repeat word for word are kept, so that `validate` can name them.

    Args:
        name: Name of the table.
        text: Its CSV, in any form.

    Raises:
        CsvFault: The text is not CSV.
    """
    rows = [[unicodedata.normalize("NFC", cell).strip() for cell in row.cells] for row in read_rows(text) if row.cells]
    if not rows:
        return ""
    header, *body = rows
    if header == list(TABLES[name].model_fields):
        body.sort(key=lambda cells: (_sort_key(name, header, cells), cells))
    return format_rows([header, *body])


def deviations(table: ParsedTable[Any]) -> Iterator[Finding]:
    """Say in what a file departs from the canonical form; what can't be read at all is another rule's business.

    Args:
        table: The table with the bytes of its file.
    """
    name, file = table.name, table.file
    if table.data is None or isinstance(table.fault, UnicodeDecodeError | CsvFault):
        return
    text = table.data.decode("utf-8")
    rows = list(read_rows(text))
    wanted = canonical_text(name, text)
    if text.startswith("\ufeff"):
        yield code("canonical/bom").at(file, 1, 1)
    if "\r" in text:
        yield code("canonical/newlines").at(file, text[: text.index("\r")].count("\n") + 1)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if plain == wanted:
        return
    columns = list(TABLES[name].model_fields)
    if misplaced := _misplaced(name, columns, rows):
        key = "/".join(misplaced.cells[columns.index(c)] for c in TABLES[name].key if columns.index(c) < len(misplaced.cells))
        yield code("canonical/order").at(file, misplaced.line, 1, record=key, key=key)
    if plain != format_rows(row.cells for row in rows if row.cells):
        pairs = zip(plain.split("\n"), format_rows(row.cells for row in rows if row.cells).split("\n"), strict=False)
        line = next((number for number, (is_, ought) in enumerate(pairs, 1) if is_ != ought), plain.count("\n") + 1)
        yield code("canonical/quoting").at(file, line)


def _misplaced(name: str, columns: list[str], rows: list[Row]) -> Row | None:
    body = [row for row in rows[1:] if row.cells]
    keys = [(_sort_key(name, columns, row.cells), row.cells) for row in body]
    return next((row for row, before, key in zip(body[1:], keys, keys[1:], strict=False) if key < before), None)


def fmt(package: Package, *, check: bool = False) -> list[str]:
    """Write every seed file of a package in the canonical form.

    Args:
        package: A package in a directory.
        check: Only say which files would change.

    Returns:
        Names of the files that were not in the canonical form.

    Raises:
        PackageNotFound: The package is a zip.
        CsvFault: A file is not CSV; nothing is written then.
        UnicodeDecodeError: A file is not UTF-8; nothing is written then.
    """
    if not package.is_directory:
        raise PackageNotFound(f"{package.place} is no directory", "Unpack it, then run fmt there")
    wanted: dict[Path, str] = {}
    for name in TABLES:
        data = package.read(f"seeds/{name}.csv")
        if data is not None and (text := canonical_text(name, data.decode("utf-8"))).encode() != data:
            wanted[package.place / "seeds" / f"{name}.csv"] = text
    for path, text in wanted.items():
        if not check:
            write_atomically(path, text)
    return [path.relative_to(package.place).as_posix() for path in wanted]
