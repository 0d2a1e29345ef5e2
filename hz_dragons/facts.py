"""What the texts say about one subject and predicate, and how well it stands: `Fact`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from hz_dragons.errors import Disputed
from hz_dragons.models import Adjudication, Claim, Evidence, Predicate, Source, Value
from hz_dragons.models.base import Lookup

__all__ = ["Fact", "FactStatus", "build_fact", "independent"]

FactStatus = Literal["agreed", "single_source", "disputed", "decided", "denied"]

_WEAK = frozenset({"forecast", "hearsay", "opinion"})


@dataclass(frozen=True, slots=True)
class Fact:
    """All claims of one subject, predicate and scope, with what supports them.

    Attributes:
        subject_id: What the fact is about.
        predicate_id: The relation.
        status: ``agreed`` (several independent sources), ``single_source``, ``disputed``, ``decided`` or ``denied``.
        claims: The claims, best supported first.
        evidence: Their evidence.
        sources: The texts that say so.
        independent_sources: The same, counting works that derive from one another once.
        every_source: All works of the package, to follow what derives from what.
        decision: The decision that stands, if any.
    """

    subject_id: str
    predicate_id: str
    status: FactStatus
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]
    independent_sources: int
    every_source: Lookup[Source] = field(repr=False, compare=False)
    decision: Adjudication | None = None

    @property
    def values(self) -> tuple[Value, ...]:
        """The values claimed, best supported first; never raises."""
        return tuple(claim.value for claim in self.claims)

    @property
    def value(self) -> Value:
        """The one value.

        Raises:
            Disputed: The texts disagree and nobody decided, every text denies it, or several values hold.
        """
        if self.status == "decided" and self.decision and self.decision.preferred_claim_id:
            return next(c.value for c in self.claims if c.claim_id == self.decision.preferred_claim_id)
        if self.status in ("disputed", "denied", "decided") or len(self.claims) != 1:
            sides = " | ".join(f"{claim} [{claim.claim_id}]" for claim in self.claims)
            raise Disputed(f"{self.subject_id} {self.predicate_id} is {self.status}: {sides}", "Read .values and .claims instead", self.claims)
        return self.claims[0].value

    def status_of(self, claim: Claim) -> FactStatus:
        """Say how one of the claims stands: among many values, each stands for itself.

        Args:
            claim: One of the claims.
        """
        rows = [row for row in self.evidence if row.claim_id == claim.claim_id]
        if all(row.stance == "denies" for row in rows):
            return "denied"
        if self.status in ("disputed", "decided") or len(self.claims) == 1:
            return self.status
        return "agreed" if _support(rows, self.every_source) > 1 else "single_source"


def independent(sources: Iterable[Source], every: Lookup[Source]) -> int:
    """Count sources, works that derive from one another once.

    Args:
        sources: The works that say something.
        every: All works, to follow `derived_from`.
    """
    return len({_root(source, every) for source in sources})


def _root(source: Source, every: Lookup[Source]) -> str:
    seen = {source.source_id}
    while source.derived_from and source.derived_from not in seen:
        seen.add(source.derived_from)
        source = every[source.derived_from]
    return source.source_id


def build_fact(
    predicate: Predicate,
    claims: Sequence[Claim],
    evidence: Mapping[str, Sequence[Evidence]],
    sources: Lookup[Source],
    decision: Adjudication | None = None,
) -> Fact:
    """Weigh the claims of one subject, predicate and scope.

    Args:
        predicate: The relation, whose cardinality says how many values can hold.
        claims: At least one claim.
        evidence: Evidence by claim.
        sources: All works.
        decision: A decision that stands, if any.
    """
    ranked = sorted(claims, key=lambda c: (-_support(evidence[c.claim_id], sources), c.claim_id))
    rows = tuple(row for claim in ranked for row in evidence[claim.claim_id])
    used = {row.source_id: sources[row.source_id] for row in rows}
    return Fact(
        subject_id=ranked[0].subject_id,
        predicate_id=predicate.predicate_id,
        status="decided" if decision else _status(predicate, ranked, evidence, sources),
        claims=tuple(ranked),
        evidence=rows,
        sources=tuple(used.values()),
        independent_sources=independent(used.values(), sources),
        every_source=sources,
        decision=decision,
    )


def _support(rows: Sequence[Evidence], sources: Lookup[Source]) -> int:
    firm = {row.source_id for row in rows if row.stance == "asserts" and row.modality not in _WEAK}
    return independent((sources[source_id] for source_id in firm), sources)


def _status(predicate: Predicate, claims: Sequence[Claim], evidence: Mapping[str, Sequence[Evidence]], sources: Lookup[Source]) -> FactStatus:
    stances = [{row.stance for row in evidence[claim.claim_id]} for claim in claims]
    if all(stance == {"denies"} for stance in stances):
        return "denied"
    asserted = [claim for claim, stance in zip(claims, stances, strict=True) if "asserts" in stance]
    exclusive = predicate.cardinality != "many" and any(_same_time(predicate, a, b) for a, b in combinations(asserted, 2))
    if exclusive or any(len(stance) > 1 for stance in stances):
        return "disputed"
    return "agreed" if min(_support(evidence[claim.claim_id], sources) for claim in claims) > 1 else "single_source"


def _same_time(predicate: Predicate, one: Claim, other: Claim) -> bool:
    """Whether two values of a predicate would have to hold at one time; a claim without times holds at any."""
    if predicate.cardinality == "one_ever":
        return True
    return _begins(one) <= _ends(other) and _begins(other) <= _ends(one)


def _begins(claim: Claim) -> dt.date:
    return claim.valid_from.first if claim.valid_from else dt.date.min


def _ends(claim: Claim) -> dt.date:
    return claim.valid_to.last if claim.valid_to else dt.date.max
