"""What is there: `Table` (records by key) and `Dataset` (the tables). Immutable; indexes are made on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from hz_dragons.cells import CELL_TYPES
from hz_dragons.errors import AmbiguousRecord, RecordNotFound, UnknownColumn, near
from hz_dragons.facts import Fact, build_fact
from hz_dragons.models import (
    TABLES,
    Adjudication,
    Claim,
    Company,
    Entity,
    Evidence,
    Founder,
    Name,
    Predicate,
    Record,
    Scope,
    Source,
    Unit,
)
from hz_dragons.parse import make_record

if TYPE_CHECKING:
    from hz_dragons.search import Match, NameIndex

__all__ = ["Dataset", "Table"]

R = TypeVar("R", bound=Record)
D = TypeVar("D")


class Table(Generic[R]):
    """Records of one kind: iterate over them, look one up by its key, narrow them down with `where`.

    Args:
        model: The model of the records.
        rows: Records, or the cells of rows that are known to be right and become records when they are asked for.

    Example:
        >>> import hz_dragons as hz
        >>> sources = hz.load().sources
        >>> len(sources.where(language="zh-Hans")) >= 2
        True
    """

    def __init__(self, model: type[R], rows: Iterable[R | list[str]]) -> None:
        self._model = model
        self._places = {column: place for place, column in enumerate(model.model_fields)}
        self._converters = CELL_TYPES.get(model.table, {})
        key = self._cell_of(model.key[0]) if len(model.key) == 1 else self._cells_of(model.key)
        self._rows: dict[Any, R | list[str]] = {key(row) if isinstance(row, list) else row.id: row for row in rows}
        self._indexes: dict[str, dict[Any, list[Any]]] = {}
        self.home: object = None

    def _cell_of(self, column: str) -> Callable[[list[str]], Any]:
        """Give the function that takes the value of a column out of the cells of a row."""
        place, convert = self._places[column], self._converters.get(column)
        if convert is None:
            return lambda cells: cells[place] or None
        return lambda cells: convert(cells[place]) if cells[place] else None

    def _value_of(self, column: str) -> Callable[[R | list[str]], Any]:
        """Give the function that takes the value of a column out of a row, without making it a record."""
        take = self._cell_of(column)
        return lambda row: take(row) if isinstance(row, list) else getattr(row, column)

    def _cells_of(self, columns: tuple[str, ...]) -> Callable[[list[str]], Any]:
        takers = [self._cell_of(column) for column in columns]
        return lambda cells: tuple([take(cells) for take in takers])

    def _record(self, key: Any) -> R:
        row = self._rows[key]
        if isinstance(row, list):
            row = self._rows[key] = make_record(self._model, row)
        if self.home is not None and isinstance(row, Claim):
            object.__setattr__(row, "_home", self.home)
        return row

    @property
    def name(self) -> str:
        """Name of the table."""
        return self._model.table

    def __iter__(self) -> Iterator[R]:
        return map(self._record, self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __getitem__(self, key: Any) -> R:
        """Give the record of a key.

        Raises:
            RecordNotFound: There is none; the error names near keys.
        """
        try:
            return self._record(key)
        except (KeyError, TypeError):
            raise RecordNotFound(self.name, key, near(str(key), map(str, self._rows))) from None

    @overload
    def get(self, key: Any, /) -> R | None: ...
    @overload
    def get(self, key: Any, /, default: D) -> R | D: ...
    def get(self, key: Any, /, default: Any = None) -> Any:
        """Give the record of a key, or a default."""
        return self._record(key) if key in self._rows else default

    def ids(self) -> tuple[Any, ...]:
        """Give the keys, in the order of the file."""
        return tuple(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compares by content, like a mapping

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} records>"

    def where(self, **equals: Any) -> Table[R]:
        """Give the records whose columns have these values.

        Args:
            **equals: Column → value; `None` finds empty cells.

        Raises:
            UnknownColumn: The table has no such column.

        Example:
            >>> import hz_dragons as hz
            >>> len(hz.load().companies.where(cohort="six"))
            6
        """
        for column in equals:
            if column not in self._model.model_fields:
                columns = self._model.model_fields
                raise UnknownColumn(f"{self.name} has no column {column!r}", f"Its columns are {', '.join(columns)}")
        if not equals:
            return self
        (first, value), *rest = equals.items()
        keys = self._index(first).get(value, ())
        for column, wanted in rest:
            take = self._value_of(column)
            keys = [key for key in keys if take(self._rows[key]) == wanted]
        return self._part([self._record(key) for key in keys])

    def _part(self, records: list[R]) -> Table[R]:
        part = Table(self._model, records)
        part.home = self.home
        return part

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

    def _index(self, column: str) -> dict[Any, list[Any]]:
        """Keys by the value of a column."""
        if column not in self._indexes:
            index: dict[Any, list[Any]] = {}
            take = self._value_of(column)
            for key, row in self._rows.items():
                index.setdefault(take(row), []).append(key)
            self._indexes[column] = index
        return self._indexes[column]


class Dataset:
    """The tables of one package, and the questions they answer.

    Made by `load`; compares by content.

    Args:
        table_of: Gives a table by its name; asked once for each.

    Attributes:
        sources: Published works.
        entities: Anything a claim is about.
        names: Other names of entities.
        companies: What makes an entity a company here.
        founders: Accepted founding ties.
        predicates: Relations that claims may use.
        scopes: What narrows a figure or a relation.
        units: Units and how they convert.
        claims: Propositions.
        evidence: Texts saying them.
        adjudications: Decisions on disagreements.

    Example:
        >>> import hz_dragons as hz
        >>> data = hz.load()
        >>> data.companies["deepseek"].sector
        'large language models'
    """

    sources: Table[Source]
    entities: Table[Entity]
    names: Table[Name]
    companies: Table[Company]
    founders: Table[Founder]
    predicates: Table[Predicate]
    scopes: Table[Scope]
    units: Table[Unit]
    claims: Table[Claim]
    evidence: Table[Evidence]
    adjudications: Table[Adjudication]

    def __init__(self, table_of: Callable[[str], Table[Any]]) -> None:
        self._table_of = table_of

    def __getattr__(self, name: str) -> Table[Any]:
        """Read a table when it is first asked for."""
        if name not in TABLES:
            raise AttributeError(f"a Dataset has no attribute {name!r}")
        table = self._table_of(name)
        table.home = self
        setattr(self, name, table)
        return table

    @property
    def tables(self) -> dict[str, Table[Any]]:
        """All tables by name."""
        return {name: getattr(self, name) for name in TABLES}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and self.tables == other.tables

    __hash__ = None  # type: ignore[assignment]  # compares by content, and tables are not hashable

    def __repr__(self) -> str:
        return f"<Dataset: {len(self.entities)} entities, {len(self.claims)} claims, {len(self.evidence)} evidence rows>"

    @cached_property
    def _names(self) -> NameIndex:
        from hz_dragons.search import NameIndex

        return NameIndex(list(self.entities), list(self.names))

    def matches(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Find entities by a name, and say which name matched and how well.

        Args:
            text: A name or part of one, in either script, also misspelt.
            limit: How many at most.
        """
        return self._names.matches(text, limit)

    def find(self, text: str, limit: int = 10) -> tuple[Entity, ...]:
        """Find entities by a name.

        Args:
            text: A name or part of one, in either script, also misspelt.
            limit: How many at most.

        Returns:
            Entities, best first; empty when nothing is like it.

        Example:
            >>> import hz_dragons as hz
            >>> hz.load().find("宇樹")[0].entity_id
            'unitree'
        """
        return tuple(match.entity for match in self.matches(text, limit))

    def facts(self, subject_id: str) -> dict[str, Fact]:
        """Say what the texts say about one subject.

        Args:
            subject_id: An entity.

        Returns:
            Predicate → fact. A predicate that is used in several scopes has one fact per scope, under
            ``predicate:scope``.

        Raises:
            RecordNotFound: There is no such entity.

        Example:
            >>> import hz_dragons as hz
            >>> hz.load().facts("deepseek")["founded_on"].status
            'single_source'
        """
        self.entities[subject_id]  # names the near ids when there is no such entity
        groups: dict[tuple[str, str | None], list[Claim]] = {}
        for claim in self.claims.where(subject_id=subject_id):
            groups.setdefault((claim.predicate_id, claim.scope_id), []).append(claim)
        keys = sorted(groups, key=lambda key: (key[0], key[1] or ""))
        return {name if scope is None else f"{name}:{scope}": self._fact(groups[name, scope]) for name, scope in keys}

    def fact(self, subject_id: str, predicate_id: str, scope_id: str | None = None) -> Fact:
        """Say what the texts say about one subject and predicate.

        Args:
            subject_id: An entity.
            predicate_id: A predicate.
            scope_id: A scope; `None` for claims without one.

        Raises:
            RecordNotFound: There is no such entity or predicate, or no text says anything about it.

        Example:
            >>> import hz_dragons as hz
            >>> str(hz.load().fact("deepseek", "founded_on").value)
            '2023'
        """
        self.entities[subject_id], self.predicates[predicate_id]  # names the near ids when there is no such record
        claims = list(self.claims.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id))
        if not claims:
            known = [key for key in self.facts(subject_id) if key.startswith(predicate_id)] or list(self.facts(subject_id))
            raise RecordNotFound("facts", f"{subject_id} {predicate_id}" + (f":{scope_id}" if scope_id else ""), known[:8])
        return self._fact(claims)

    def _fact(self, claims: list[Claim]) -> Fact:
        evidence = {claim.claim_id: list(self.evidence.where(claim_id=claim.claim_id)) for claim in claims}
        sources = {source.source_id: source for source in self.sources}
        return build_fact(self.predicates[claims[0].predicate_id], claims, evidence, sources)
