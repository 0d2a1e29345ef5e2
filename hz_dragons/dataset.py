"""`Dataset`: the tables of one package, and the questions they answer. Immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hz_dragons.errors import RecordNotFound
from hz_dragons.facts import Fact, build_fact
from hz_dragons.models import TABLES
from hz_dragons.models.support import Support
from hz_dragons.table import Table

if TYPE_CHECKING:
    from hz_dragons.compare import Containment
    from hz_dragons.conflicts import Conflict, ConflictState
    from hz_dragons.models import Adjudication, Claim, Company, Entity, Evidence, Founder, Name, Passage, Predicate, Scope, Source, Unit
    from hz_dragons.search import ClaimIndex, Match, NameIndex

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
        groups = _by_topic(self.claims.having("subject_id", subject_id))
        keys = sorted(((predicate, scope) for _, predicate, scope in groups), key=lambda key: (key[0], key[1] or ""))
        return {name if scope is None else f"{name}:{scope}": self._fact(groups[subject_id, name, scope]) for name, scope in keys}

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
        claims = list(self.claims.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id))
        if not claims:
            self.entities.require(subject_id)
            self.predicates.require(predicate_id)
            known = [key for key in self.facts(subject_id) if key.startswith(predicate_id)] or list(self.facts(subject_id))
            raise RecordNotFound("facts", f"{subject_id} {predicate_id}" + (f":{scope_id}" if scope_id else ""), known[:8])
        return self._fact(claims)

    def _fact(self, claims: Iterable[Claim]) -> Fact:
        group = self._group(claims)
        first = group[0].claim
        decision = self._decision(first.subject_id, first.predicate_id, first.scope_id)
        return build_fact(self.predicates[first.predicate_id], group, self.sources, self._containment, decision)

    def _group(self, claims: Iterable[Claim]) -> list[Support]:
        return [Support(claim, tuple(self.evidence.having("claim_id", claim.claim_id))) for claim in claims]

    def _decision(self, subject_id: str, predicate_id: str, scope_id: str | None) -> Adjudication | None:
        found = self.adjudications.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id)
        return next(iter(found), None)

    @cached_property
    def _containment(self) -> Containment:
        from hz_dragons.compare import CONTAINING, Containment, parents_of

        claims = (claim for predicate_id in CONTAINING for claim in self.claims.having("predicate_id", predicate_id))
        return Containment(lambda: parents_of(self._group(claims)))

    def inputs_digest(self, subject_id: str, predicate_id: str, scope_id: str | None = None) -> str:
        """Give the digest that a decision on a subject, predicate and scope has to carry.

        Args:
            subject_id: An entity.
            predicate_id: A predicate.
            scope_id: A scope; `None` for claims without one.
        """
        from hz_dragons.conflicts import inputs_digest

        return inputs_digest(self._group(self.claims.where(subject_id=subject_id, predicate_id=predicate_id, scope_id=scope_id)))

    @cached_property
    def _all_conflicts(self) -> tuple[Conflict, ...]:
        from hz_dragons.conflicts import conflicts_among

        found: list[Conflict] = []
        for key, claims in _by_topic(self.claims).items():
            group = self._group(claims)
            if len(group) > 1 or group[0].is_denied:
                found += conflicts_among(self.predicates[key[1]], group, self._containment, self._decision(*key))
        return tuple(sorted(found, key=lambda c: (c.subject_id, c.predicate_id, c.scope_id or "", c.conflict_id)))

    def conflicts(self, subject_id: str | None = None, *, state: ConflictState | None = None) -> tuple[Conflict, ...]:
        """Say where the texts disagree.

        Args:
            subject_id: Only about this entity.
            state: Only ``open``, ``decided`` or ``stale`` ones.

        Returns:
            Conflicts, each with both sides, in a stable order.

        Raises:
            RecordNotFound: There is no such entity.

        Example:
            >>> import hz_dragons as hz
            >>> [conflict.kind for conflict in hz.load().conflicts("ren-zhengfei-ctv-interview")]
            ['date']
        """
        if subject_id is not None:
            self.entities.require(subject_id)
        return tuple(c for c in self._all_conflicts if subject_id in (None, c.subject_id) and state in (None, c.state))

    def known_by(self, date: str) -> Dataset:
        """Give the dataset as it stood on a day: only what sources published by then say.

        A source counts once it was certainly out: one dated by a month or an interval counts from its last day. A claim stays
        while evidence for it does, a founding tie and a decision while the claims they rest on do.

        Args:
            date: A day, month or year; its last day counts.

        Raises:
            ValueError: It is no date.

        Example:
            >>> import hz_dragons as hz
            >>> data = hz.load()
            >>> len(data.known_by("2025-01-31").evidence) < len(data.evidence)
            True
        """
        from hz_dragons import history

        return Dataset(history.known_by(self, date))

    def timeline(self, subject_id: str) -> tuple[Claim, ...]:
        """Give the dated claims about an entity, or with it as their value, in the order of their dates.

        A claim is dated by its value, else by the time from which it holds.

        Args:
            subject_id: An entity.

        Raises:
            RecordNotFound: There is no such entity.

        Example:
            >>> import hz_dragons as hz
            >>> [str(claim.date or claim.valid_from) for claim in hz.load().timeline("fire-flyer-1")]
            ['2019', '2019', '2020']
        """
        self.entities.require(subject_id)
        from hz_dragons import history

        return history.timeline(self, subject_id)

    def company_html(self, company_id: str) -> str:
        """Give what is known about a company as safe HTML, for notebooks.

        Args:
            company_id: A company.

        Raises:
            RecordNotFound: There is no such entity.
        """
        from hz_dragons import html  # only a notebook needs it

        return html.company(self, company_id)

    @cached_property
    def _words(self) -> ClaimIndex:
        from hz_dragons.search import ClaimIndex

        return ClaimIndex(self)

    def search(self, text: str, limit: int = 20) -> tuple[Claim, ...]:
        """Find claims by words, in English or Chinese, Traditional or Simplified as far as the package knows the names.

        Args:
            text: Words or characters that the sentence of a claim, or a name of its entities, should have.
            limit: How many claims at most.

        Returns:
            Claims, best first.

        Example:
            >>> import hz_dragons as hz
            >>> [claim.subject_id for claim in hz.load().search("deepseek-v3 cost yuan to train", limit=1)]
            ['deepseek-v3']
        """
        return tuple(self._words.claims(text, limit))


def _by_topic(claims: Iterable[Claim]) -> dict[tuple[str, str, str | None], list[Claim]]:
    """Put claims together that speak of one subject, predicate and scope: only those can disagree."""
    groups: dict[tuple[str, str, str | None], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.subject_id, claim.predicate_id, claim.scope_id), []).append(claim)
    return groups
