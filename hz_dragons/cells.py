"""Cells to values and back: the only place that casts. The text is checked first and converted second."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from hz_dragons.models import Record

__all__ = ["CELL_TYPES", "format_cell", "format_record", "make_record", "parse_cell"]

_DECIMAL = r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{0,29}[1-9])?"
_LONGEST_INTEGER = 18
R = TypeVar("R", bound="Record")


def _decimal(cell: str) -> Decimal:
    if not re.fullmatch(_DECIMAL, cell) or cell == "-0":
        raise ValueError("not a plain decimal")
    return Decimal(cell)


def _integer(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()) or len(cell) > _LONGEST_INTEGER or (cell[0] == "0" and cell != "0"):
        raise ValueError("not a plain decimal")
    return int(cell)


# Columns that are not text. What stands in no converter is text and goes to the record as it is.
CELL_TYPES: dict[str, dict[str, Callable[[str], Any]]] = {
    "sources": {"text_length": _integer},
    "predicates": {"tolerance": _decimal},
    "units": {"factor": _decimal},
    "claims": {"number": _decimal, "number_max": _decimal},
    "evidence": {"start": _integer, "end": _integer},
    "passages": {"start": _integer, "end": _integer},
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


def make_record(model: type[R], cells: list[str]) -> R:
    """Make a record of the cells of a row.

    Raises:
        ValueError: The row is not of the model; a `pydantic.ValidationError` is one.
    """
    values: dict[str, Any] = dict(zip(model.model_fields, [cell or None for cell in cells], strict=True))
    for column, convert in CELL_TYPES.get(model.table, {}).items():
        if values[column] is not None:
            values[column] = convert(values[column])
    return model.model_validate(values)
