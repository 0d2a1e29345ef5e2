"""Files to records. The fast path asks nothing but "is this right?"; `hz_dragons.diagnosis` says what is wrong with the rest."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hz_dragons.cells import format_cell, make_record
from hz_dragons.csvio import CsvFault, Row, cell_column, read_rows
from hz_dragons.models import TABLES, Record

if TYPE_CHECKING:
    from hz_dragons.report import Finding

__all__ = ["HeaderFault", "ParsedTable", "parse_table"]

R = TypeVar("R", bound=Record)


class HeaderFault(ValueError):
    """The first line does not name the columns.

    Attributes:
        row: The line that stands there.
    """

    def __init__(self, row: Row) -> None:
        super().__init__(",".join(row.cells))
        self.row = row


@dataclass(slots=True)
class ParsedTable(Generic[R]):
    """What one file holds.

    Attributes:
        name: Name of the table.
        data: Bytes of the file; `None` when there is none.
        records: The rows that could be read.
        rows: The row behind each record: its line and its cells.
        unread: The rows that could not be read.
        fault: What keeps the file as a whole from being read.
    """

    name: str
    data: bytes | None = None
    records: list[R] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    fault: Exception | None = None

    @property
    def file(self) -> str:
        """Name of the file inside the package."""
        return f"seeds/{self.name}.csv"

    @property
    def is_readable(self) -> bool:
        """Whether the file could be read as a table at all, however bad its rows."""
        return self.fault is None

    def mentioned(self, column: str) -> set[Any]:
        """Give the values of a column, those of unreadable rows as well: one fault must not look like many."""
        index = list(TABLES[self.name].model_fields).index(column)
        return {getattr(record, column) for record in self.records} | {row.cells[index] for row in self.unread if index < len(row.cells)}

    def find(self, slug: str, index: int, column: str = "", **values: object) -> Finding:
        """Make a finding about one record.

        Args:
            slug: Code of the finding.
            index: Which record.
            column: The column to blame; the row as a whole when empty.
            **values: What the message mentions.
        """
        from hz_dragons.codes import code

        row, record = self.rows[index], self.records[index]
        names = list(type(record).model_fields)
        at = cell_column(row.cells, names.index(column)) if column else 1
        key = record.id if isinstance(record.id, str) else "/".join(map(format_cell, record.id))
        return code(slug).at(self.file, row.line, at, record=key, field=column, **values)


def parse_table(name: str, data: bytes | None) -> ParsedTable[Any]:
    """Read one table.

    Args:
        name: Name of the table.
        data: Bytes of its file, or `None` when there is no file.

    Returns:
        Records, and what could not be read; never raises on bad data.
    """
    parsed: ParsedTable[Any] = ParsedTable(name, data)
    if data is None:
        parsed.fault = None if TABLES[name].optional else FileNotFoundError(parsed.file)
        return parsed
    try:
        _read_records(parsed, read_rows(data.decode("utf-8")))
    except (UnicodeDecodeError, HeaderFault, CsvFault) as fault:
        parsed.fault = fault
    return parsed


def _read_records(parsed: ParsedTable[Any], rows: Iterator[Row]) -> None:
    model = TABLES[parsed.name]
    header = next(rows, Row(1, []))
    if header.cells != list(model.model_fields):
        raise HeaderFault(header)
    for row in rows:
        if not row.cells:
            continue  # a blank line: `fmt` removes it
        try:
            record = make_record(model, row.cells)
        except ValueError:
            parsed.unread.append(row)
            continue
        if all(map(str.isascii, row.cells)) or all(unicodedata.is_normalized("NFC", cell) for cell in row.cells):
            parsed.records.append(record)
            parsed.rows.append(row)
        else:
            parsed.unread.append(row)
