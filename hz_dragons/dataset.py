"""What is there: `Table` (records by key) and `Dataset` (the tables). Immutable; indexes are made on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from hz_dragons.errors import AmbiguousRecord, RecordNotFound, UnknownColumn
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
from hz_dragons.search import Match, NameIndex, near

__all__ = ["Dataset", "Table"]

R = TypeVar("R", bound=Record)
D = TypeVar("D")


class Table(Generic[R]):
    """Records of one kind: iterate over them, look one up by its key, narrow them down with `where`.

    Args:
        model: The model of the records.
        records: The records, in the order of the file.

    Example:
        >>> import hz_dragons as hz
        >>> sources = hz.load().sources
        >>> len(sources.where(language="zh-Hans")) >= 2
        True
    """

    def __init__(self, model: type[R], records: Iterable[R]) -> None:
        self._model = model
        self._records = {record.id: record for record in records}
        self._indexes: dict[str, dict[Any, list[R]]] = {}

    @property
    def name(self) -> str:
        """Name of the table."""
        return self._model.table

    def __iter__(self) -> Iterator[R]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __getitem__(self, key: Any) -> R:
        """Give the record of a key.

        Raises:
            RecordNotFound: There is none; the error names near keys.
        """
        try:
            return self._records[key]
        except (KeyError, TypeError):
            raise RecordNotFound(self.name, key, near(str(key), map(str, self._records))) from None

    @overload
    def get(self, key: Any, /) -> R | None: ...
    @overload
    def get(self, key: Any, /, default: D) -> R | D: ...
    def get(self, key: Any, /, default: Any = None) -> Any:
        """Give the record of a key, or a default."""
        return self._records.get(key, default)

    def ids(self) -> tuple[Any, ...]:
        """Give the keys, in the order of the file."""
        return tuple(self._records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._records == other._records

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
        found = self._index(first).get(value, [])
        return Table(self._model, [record for record in found if all(getattr(record, c) == v for c, v in rest)])

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

    def _index(self, column: str) -> dict[Any, list[R]]:
        if column not in self._indexes:
            index: dict[Any, list[R]] = {}
            for record in self:
                index.setdefault(getattr(record, column), []).append(record)
            self._indexes[column] = index
        return self._indexes[column]


class Dataset:
    """The tables of one package, and the questions they answer.

    Made by `load`; compares by content.

    Args:
        tables: Records of each table, by the name of the table.

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

    def __init__(self, tables: Mapping[str, Iterable[Record]]) -> None:
        for name, model in TABLES.items():
            setattr(self, name, Table(model, tables.get(name, ())))
        for claim in self.claims:
            object.__setattr__(claim, "_home", self)

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

    def _entity(self, subject_id: str) -> Entity:
        return self.entities[subject_id]

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
        self._entity(subject_id)
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
        self._entity(subject_id), self.predicates[predicate_id]
        claims = list(self.claims.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id))
        if not claims:
            known = [key for key in self.facts(subject_id) if key.startswith(predicate_id)] or list(self.facts(subject_id))
            raise RecordNotFound("facts", f"{subject_id} {predicate_id}" + (f":{scope_id}" if scope_id else ""), known[:8])
        return self._fact(claims)

    def _fact(self, claims: list[Claim]) -> Fact:
        evidence = {claim.claim_id: list(self.evidence.where(claim_id=claim.claim_id)) for claim in claims}
        sources = {source.source_id: source for source in self.sources}
        return build_fact(self.predicates[claims[0].predicate_id], claims, evidence, sources)
