"""What the texts say about one subject and predicate, and how well it stands: `Fact`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from hz_dragons.errors import Disputed

if TYPE_CHECKING:
    from hz_dragons.compare import Containment
    from hz_dragons.conflicts import Conflict
    from hz_dragons.models import Adjudication, Claim, Evidence, Predicate, Source, Support, Value
    from hz_dragons.models.base import Lookup

__all__ = ["Fact", "FactStatus", "build_fact", "independent"]

FactStatus = Literal["agreed", "single_source", "disputed", "decided", "denied"]

WEAK = frozenset({"forecast", "hearsay", "opinion"})


@dataclass(frozen=True, slots=True)
class Fact:
    """All claims of one subject, predicate and scope, with what supports them.

    Attributes:
        subject_id: What the fact is about.
        predicate_id: The relation.
        scope_id: The scope.
        status: ``agreed`` (several independent sources), ``single_source``, ``disputed``, ``decided`` or ``denied``.
        claims: The claims, best supported first, and among equals the more precise.
        evidence: Their evidence.
        sources: The texts that speak of it.
        independent_sources: How many of them speak for themselves and say that it holds.
        conflicts: The pairs that can't both hold.
        decision: The decision that stands, if any.
        statuses: How each claim stands, by its identifier.
        is_one_value: Whether the claims that hold say the same, more or less precisely.
    """

    subject_id: str
    predicate_id: str
    scope_id: str | None
    status: FactStatus
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]
    independent_sources: int
    conflicts: tuple[Conflict, ...] = ()
    decision: Adjudication | None = None
    statuses: dict[str, FactStatus] = field(default_factory=dict, repr=False, compare=False)
    is_one_value: bool = True

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
        held = [claim for claim in self.claims if self.statuses[claim.claim_id] != "denied"]
        if self.status not in ("agreed", "single_source") or not self.is_one_value:
            sides = " | ".join(f"{claim} [{claim.claim_id}]" for claim in self.claims)
            raise Disputed(f"{self.subject_id} {self.predicate_id} {self._why()}: {sides}", "Read .values and .claims instead", self.claims)
        return held[0].value

    def _why(self) -> str:
        return f"is {self.status}" if self.status in ("disputed", "denied", "decided") else "has several values"

    def _repr_html_(self) -> str:
        from hz_dragons import html  # only a notebook needs it

        return html.fact(self)

    def status_of(self, claim: Claim) -> FactStatus:
        """Say how one of the claims stands: among many values, each stands for itself.

        Args:
            claim: One of the claims.
        """
        return self.statuses[claim.claim_id]


def independent(rows: Iterable[Evidence], sources: Lookup[Source]) -> int:
    """Count who speaks: works that derive from one another count once, and so do quotations of one speaker.

    Args:
        rows: The evidence.
        sources: All works, to follow `derived_from`.
    """
    return len({f"speaker {row.speaker_id}" if row.speaker_id else _root(sources[row.source_id], sources) for row in rows})


def _root(source: Source, sources: Lookup[Source]) -> str:
    seen = {source.source_id}
    while source.derived_from and source.derived_from not in seen:
        seen.add(source.derived_from)
        source = sources[source.derived_from]
    return source.source_id


def build_fact(
    predicate: Predicate, group: Sequence[Support], sources: Lookup[Source], within: Containment, decision: Adjudication | None = None
) -> Fact:
    """Weigh the claims of one subject, predicate and scope.

    Args:
        predicate: The relation, whose cardinality says how many values can hold.
        group: At least one claim, with its evidence.
        sources: All works.
        within: Which place lies in which.
        decision: The decision on it, if any; it stands while its digest does.
    """
    found, stands = _disagreements(predicate, group, within, decision)
    ranked = sorted(group, key=lambda side: (-independent(_firm(side), sources), _breadth(side, group, predicate, within), side.claim.claim_id))
    rows = tuple(row for side in ranked for row in side.evidence)
    disputed = {claim_id for conflict in found for claim_id in conflict.claim_ids}
    statuses = {side.claim.claim_id: _claim_status(side, group, disputed, stands, sources, predicate, within) for side in ranked}
    first = ranked[0].claim
    return Fact(
        subject_id=first.subject_id,
        predicate_id=predicate.predicate_id,
        scope_id=first.scope_id,
        status="decided" if stands else _status(list(statuses.values())),
        claims=tuple(side.claim for side in ranked),
        evidence=rows,
        sources=tuple({row.source_id: sources[row.source_id] for row in rows}.values()),
        independent_sources=independent([row for row in rows if row.stance == "asserts"], sources),
        conflicts=found,
        decision=stands,
        statuses=statuses,
        is_one_value=_say_the_same([side for side in ranked if statuses[side.claim.claim_id] != "denied"], predicate, within),
    )


def _say_the_same(group: Sequence[Support], predicate: Predicate, within: Containment) -> bool:
    if len(group) < 2:
        return True
    from hz_dragons.compare import compare

    return all(compare(one.claim, other.claim, predicate, within).verdict in ("agrees", "refines") for one, other in combinations(group, 2))


def _disagreements(
    predicate: Predicate, group: Sequence[Support], within: Containment, decision: Adjudication | None
) -> tuple[tuple[Conflict, ...], Adjudication | None]:
    """Find the conflicts of a group, and the decision if it stands. A claim that is alone and not denied has nothing to disagree with."""
    if decision is None and len(group) == 1 and not group[0].is_denied:
        return (), None
    from hz_dragons.conflicts import conflicts_among, inputs_digest

    found = tuple(conflicts_among(predicate, group, within, decision))
    return found, decision if decision and decision.inputs_digest == inputs_digest(group) else None


def _firm(side: Support) -> Iterator[Evidence]:
    """Rows that can make a fact agreed: no forecast, no hearsay, no opinion."""
    return (row for row in side.evidence if row.stance == "asserts" and row.modality not in WEAK)


def _breadth(side: Support, group: Sequence[Support], predicate: Predicate, within: Containment) -> int:
    """How many claims lie within this one: the more, the less it says."""
    if len(group) == 1:
        return 0
    from hz_dragons.compare import compare

    verdicts = [compare(side.claim, other.claim, predicate, within) for other in group if other is not side]
    return sum(found.verdict == "refines" and _is_wider(side.claim) for found in verdicts)


def _is_wider(claim: Claim) -> bool:
    """Whether a claim that refines or is refined is the loose one: a bare year, a bound."""
    return claim.bound not in (None, "exact") or (claim.date is not None and len(claim.date) == len("2018"))


def _claim_status(
    side: Support,
    group: Sequence[Support],
    disputed: set[str],
    decision: Adjudication | None,
    sources: Lookup[Source],
    predicate: Predicate,
    within: Containment,
) -> FactStatus:
    if side.claim.claim_id in disputed:
        return "decided" if decision else "disputed"
    if not any(row.stance == "asserts" for row in side.evidence):
        return "denied"
    # Claims that say the same, more or less precisely, back one another.
    backing = [side, *(other for other in group if other is not side and _say_the_same([side, other], predicate, within))]
    return "agreed" if independent((row for one in backing for row in _firm(one)), sources) > 1 else "single_source"


def _status(statuses: Sequence[FactStatus]) -> FactStatus:
    for status in ("disputed", "decided"):
        if status in statuses:
            return status
    held = [status for status in statuses if status != "denied"]
    if not held:
        return "denied"
    return "agreed" if all(status == "agreed" for status in held) else "single_source"
