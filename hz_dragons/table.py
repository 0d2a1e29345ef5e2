"""`Table`: records of one kind, by key and by column. Rows become records, and indexes are made, when they are asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from hz_dragons.cells import CELL_TYPES, make_record
from hz_dragons.dates import PartialDate, partial_date
from hz_dragons.errors import AmbiguousRecord, DragonsError, RecordNotFound, UnknownColumn, near
from hz_dragons.models.base import Record

if TYPE_CHECKING:
    from hz_dragons.models.claim import Home

__all__ = ["Table"]

R = TypeVar("R", bound=Record)
D = TypeVar("D")


class Table(Generic[R]):
    """Records of one kind: iterate over them, look one up by its key, narrow them down with `where`.

    Args:
        model: The model of the records.
        rows: Records, or lines of CSV that are known to be right and become records when they are asked for.
        home: The dataset that the records belong to.

    Example:
        >>> import hz_dragons as hz
        >>> sources = hz.load().sources
        >>> len(sources.where(language="zh-Hans")) >= 2
        True
    """

    def __init__(self, model: type[R], rows: Iterable[R | str], home: Home | None = None) -> None:
        self._model = model
        self._rows = list(rows)
        self._indexes: dict[str, dict[Any, list[int]]] = {}
        self.home = home

    @property
    def name(self) -> str:
        """Name of the table."""
        return self._model.table

    def __iter__(self) -> Iterator[R]:
        return map(self._record, range(len(self._rows)))

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._positions

    def __getitem__(self, key: Any) -> R:
        """Give the record of a key.

        Raises:
            RecordNotFound: There is none; the error names near keys.
        """
        self.require(key)
        return self._record(self._positions[key])

    def require(self, key: Any) -> None:
        """Make sure that there is a record of a key, without looking at it.

        Raises:
            RecordNotFound: There is none; the error names near keys.
        """
        try:
            if key in self._positions:
                return
        except TypeError:
            pass  # a key that can't be hashed is no key
        raise RecordNotFound(self.name, key, near(str(key), map(str, self._positions)))

    @overload
    def get(self, key: Any, /) -> R | None: ...
    @overload
    def get(self, key: Any, /, default: D) -> R | D: ...
    def get(self, key: Any, /, default: Any = None) -> Any:
        """Give the record of a key, or a default."""
        return self._record(self._positions[key]) if key in self._positions else default

    def ids(self) -> tuple[Any, ...]:
        """Give the keys, in the order of the file."""
        return tuple(self._positions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compares by content

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} records>"

    def where(self, **equals: Any) -> Table[R]:
        """Give the records whose columns have these values.

        Args:
            **equals: Column → value; `None` finds empty cells. ``valid_on`` is a date, see there.

        Raises:
            UnknownColumn: The table has no such column.

        Example:
            >>> import hz_dragons as hz
            >>> len(hz.load().companies.where(cohort="six"))
            6
        """
        if "valid_on" in equals:
            return self.valid_on(equals.pop("valid_on")).where(**equals)
        columns = self._model.model_fields
        for column in equals:
            if column not in columns:
                raise UnknownColumn(f"{self.name} has no column {column!r}", f"Its columns are {', '.join(columns)}")
        if not equals:
            return self
        (first, value), *rest = equals.items()
        positions = self._index(first).get(value, [])
        for column, wanted in rest:
            values = self._column(column, positions)
            positions = [position for position, value in zip(positions, values, strict=True) if value == wanted]
        return Table(self._model, map(self._record, positions), self.home)

    def valid_on(self, date: str) -> Table[R]:
        """Give the records that hold on a day: those without times, and those whose times reach over it.

        Args:
            date: A day, month or year; a record counts when it holds on any day of it.

        Raises:
            UnknownColumn: The records have no times.
            ValueError: It is no date.

        Example:
            >>> import hz_dragons as hz
            >>> claims = hz.load().claims
            >>> len(claims.valid_on("2018")) < len(claims)
            True
        """
        if "valid_from" not in self._model.model_fields:
            raise UnknownColumn(f"{self.name} has no valid_from and valid_to", "Only claims have times")
        asked = partial_date(date)
        return Table(self._model, [record for record in self if _holds_in(record, asked)], self.home)

    def having(self, column: str, value: Any) -> list[R]:
        """Give the records whose column has a value, as a plain list: `where` for loops that must be fast."""
        return [self._record(position) for position in self._index(column).get(value, ())]

    def one(self, **equals: Any) -> R:
        """Give the only record whose columns have these values.

        Raises:
            RecordNotFound: There is none.
            AmbiguousRecord: There are several.
        """
        found = list(self.where(**equals))
        asked = ", ".join(f"{column}={value!r}" for column, value in equals.items())
        if not found:
            raise RecordNotFound(self.name, asked)
        if len(found) > 1:
            raise AmbiguousRecord(f"{len(found)} records of {self.name} match {asked}", "Add a column, or use where()")
        return found[0]

    @cached_property
    def _positions(self) -> dict[Any, int]:
        columns = [self._column(column) for column in self._model.key]
        keys = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        return {key: position for position, key in enumerate(keys)}

    def _index(self, column: str) -> dict[Any, list[int]]:
        """Positions by the value of a column."""
        if column not in self._indexes:
            index: dict[Any, list[int]] = {}
            for position, value in enumerate(self._column(column)):
                index.setdefault(value, []).append(position)
            self._indexes[column] = index
        return self._indexes[column]

    def _column(self, column: str, positions: Iterable[int] | None = None) -> Iterator[Any]:
        """Give the values of a column, without making records of lines."""
        rows = self._rows if positions is None else [self._rows[position] for position in positions]
        place = list(self._model.model_fields).index(column)
        convert = CELL_TYPES.get(self.name, {}).get(column, str)
        for row in rows:
            if isinstance(row, str):
                cell = _cell(row, place)
                yield convert(cell) if cell else None
            else:
                yield getattr(row, column)

    def _record(self, position: int) -> R:
        row = self._rows[position]
        if isinstance(row, str):
            row = self._rows[position] = self._make(row)
        if self.home is not None and self._model.speaks:
            object.__setattr__(row, "_home", self.home)
        return row

    def _make(self, line: str) -> R:
        try:
            return make_record(self._model, next(csv.reader([line])))
        except ValueError as error:
            raise DragonsError(f"a row of {self.name} can't be read: {line[:80]!r}", "Run: hz-dragons validate") from error


def _cell(line: str, place: int) -> str:
    """Give one cell of a line of CSV; where no quote stands before its end, commas alone tell."""
    head = line.split(",", place + 1)[: place + 1]
    return next(csv.reader([line]))[place] if any('"' in cell for cell in head) else head[place]


def _holds_in(record: Any, asked: PartialDate) -> bool:
    begins, ends = record.valid_from, record.valid_to
    return (begins is None or begins.first <= asked.last) and (ends is None or asked.first <= ends.last)
