"""Cells to records: the only place that casts. A bad row becomes findings, never an exception.

The fast path asks nothing but "is this right?"; only a row that fails it is looked at again to say why and where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from hz_dragons.csvio import CsvFault, Row, cell_column, read_rows
from hz_dragons.models import TABLES, Record

if TYPE_CHECKING:
    from hz_dragons.report import Finding

__all__ = ["CELL_TYPES", "ParsedTable", "format_cell", "format_record", "parse_cell", "parse_table"]

R = TypeVar("R", bound=Record)

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{0,29}[1-9])?")
_INTEGER = re.compile(r"0|[1-9][0-9]{0,17}")
EXPECTED = "a plain decimal"


def _decimal(cell: str) -> Decimal:
    if not _DECIMAL.fullmatch(cell) or cell == "-0":
        raise ValueError(EXPECTED)
    return Decimal(cell)


def _integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise ValueError(EXPECTED)
    return int(cell)


# Columns that are not text. What stands in no converter is text and goes to the record as it is.
CELL_TYPES: dict[str, dict[str, Callable[[str], Any]]] = {
    "sources": {"text_length": _integer},
    "predicates": {"tolerance": _decimal},
    "units": {"factor": _decimal},
    "claims": {"number": _decimal, "number_max": _decimal},
    "evidence": {"start": _integer, "end": _integer},
}


def parse_cell(table: str, column: str, cell: str) -> Any:
    """Turn a cell into a value.

    Args:
        table: Name of the table.
        column: Name of the column.
        cell: Text of the cell.

    Returns:
        `None` for an empty cell, an `int` or `Decimal` for a number, else the text.

    Raises:
        ValueError: A number is not written as a plain decimal.

    Example:
        >>> parse_cell("claims", "number", "0.05")
        Decimal('0.05')
    """
    if not cell:
        return None
    convert = CELL_TYPES.get(table, {}).get(column)
    return convert(cell) if convert else cell


def format_cell(value: Any) -> str:
    """Write a value as a cell; the inverse of `parse_cell`.

    Example:
        >>> format_cell(Decimal("6E+6")), format_cell(None)
        ('6000000', '')
    """
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    return "" if value is None else str(value)


def format_record(record: Record) -> list[str]:
    """Write a record as the cells of its row."""
    return [format_cell(getattr(record, column)) for column in type(record).model_fields]


@dataclass(slots=True)
class ParsedTable(Generic[R]):
    """What one file holds: its records, the line of each, and what is wrong with it.

    Attributes:
        name: Name of the table.
        records: The rows that could be read.
        rows: The row behind each record: its line and its cells.
        unread: The rows that could not be read.
        findings: What is wrong with them.
    """

    name: str
    records: list[R] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Name of the file inside the package."""
        return f"seeds/{self.name}.csv"

    @property
    def is_readable(self) -> bool:
        """Whether the file could be read as a table at all, however bad its rows."""
        return bool(self.records or self.unread) or not self.findings

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
        Records and findings; never raises on bad data.
    """
    from hz_dragons import diagnosis

    parsed: ParsedTable[Any] = ParsedTable(name)
    if data is None:
        parsed.findings.append(diagnosis.missing_table(parsed.file))
        return parsed
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        parsed.findings.append(diagnosis.not_utf8(parsed.file, data, error))
        return parsed
    try:
        _read_records(parsed, read_rows(text))
    except CsvFault as fault:
        parsed.findings.append(diagnosis.malformed(parsed.file, fault))
    return parsed


def _read_records(parsed: ParsedTable[Any], rows: Iterator[Row]) -> None:
    from hz_dragons import diagnosis

    model = TABLES[parsed.name]
    columns = list(model.model_fields)
    header = next(rows, Row(1, []))
    if header.cells != columns:
        parsed.findings.append(diagnosis.wrong_header(parsed.file, header, columns))
        return
    converters = CELL_TYPES.get(parsed.name, {})
    validate = model.model_validate
    for row in rows:
        if not row.cells:
            continue  # a blank line: `fmt` removes it
        try:
            values = dict(zip(columns, [cell or None for cell in row.cells], strict=True))
            for column, convert in converters.items():
                if values[column] is not None:
                    values[column] = convert(values[column])  # type: ignore[arg-type]  # not None, checked above
            parsed.records.append(validate(values))
            parsed.rows.append(row)
        except (ValueError, ValidationError):
            parsed.unread.append(row)
            parsed.findings.extend(diagnosis.bad_row(parsed.file, model, row))
        else:
            if not all(map(str.isascii, row.cells)) and any(not unicodedata.is_normalized("NFC", cell) for cell in row.cells):
                parsed.findings.extend(diagnosis.not_nfc(parsed.file, model, row))
