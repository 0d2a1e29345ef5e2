"""`Dataset`: the tables of one package, and the questions they answer. Immutable."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hz_dragons.errors import RecordNotFound
from hz_dragons.facts import Fact, build_fact
from hz_dragons.models import TABLES
from hz_dragons.table import Table

if TYPE_CHECKING:
    from hz_dragons.models import Adjudication, Claim, Company, Entity, Evidence, Founder, Name, Passage, Predicate, Scope, Source, Unit
    from hz_dragons.search import Match, NameIndex

__all__ = ["Dataset"]


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
        passages: Stretches of text judged to hold no claim.

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
    passages: Table[Passage]

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
            'agreed'
        """
        self.entities.require(subject_id)
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
        self.entities.require(subject_id)
        self.predicates.require(predicate_id)
        claims = list(self.claims.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id))
        if not claims:
            known = [key for key in self.facts(subject_id) if key.startswith(predicate_id)] or list(self.facts(subject_id))
            raise RecordNotFound("facts", f"{subject_id} {predicate_id}" + (f":{scope_id}" if scope_id else ""), known[:8])
        return self._fact(claims)

    def _fact(self, claims: list[Claim]) -> Fact:
        evidence = {claim.claim_id: list(self.evidence.where(claim_id=claim.claim_id)) for claim in claims}
        return build_fact(self.predicates[claims[0].predicate_id], claims, evidence, self.sources)
