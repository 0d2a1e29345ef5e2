"""Where the texts disagree: pairs of claims that can't both hold, and claims that one text asserts and another denies.

A detector only adds records; nothing is hidden or dropped. What is compatible but different (`refines`), and what changed over
time (`changed`), is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

from hz_dragons.cells import format_record
from hz_dragons.compare import Comparison, Containment, compare

if TYPE_CHECKING:
    from hz_dragons.models import Adjudication, Claim, Predicate, Support

__all__ = ["Conflict", "ConflictKind", "ConflictState", "conflicts_among", "inputs_digest"]

ConflictKind = Literal["value", "unit_slip", "date", "identity", "stance"]
ConflictState = Literal["open", "decided", "stale"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that can't both hold.

    Attributes:
        conflict_id: Stable identifier, made of the claims.
        kind: ``value``, ``unit_slip``, ``date``, ``identity`` or ``stance``.
        subject_id: What the disagreement is about.
        predicate_id: The relation.
        scope_id: The scope.
        sides: The two claims with their evidence; one claim twice where a text asserts what another denies.
        comparison: What tells them apart, and by how much.
        state: ``open``, ``decided``, or ``stale`` when the claims changed since the decision.
        decision: The decision, if there is one.
    """

    conflict_id: str
    kind: ConflictKind
    subject_id: str
    predicate_id: str
    scope_id: str | None
    sides: tuple[Support, Support]
    comparison: Comparison
    state: ConflictState
    decision: Adjudication | None = field(default=None, compare=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of both sides, each once."""
        return tuple({side.claim.claim_id: side.claim for side in self.sides}.values())

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Their identifiers."""
        return tuple(claim.claim_id for claim in self.claims)

    def _repr_html_(self) -> str:
        from hz_dragons import html  # only a notebook needs it

        return html.conflict(self)

    def explanation(self, lang: str = "en") -> str:
        """Say in one sentence why both can't hold.

        Args:
            lang: ``en`` or ``zh``.
        """
        a, b = self.sides
        names = _BETWEEN[lang].join(("、" if lang == "zh" else ", ").join(side.source_ids) for side in (a, b))
        if self.kind == "stance":
            return _STANCE[lang].format(
                sentence=a.claim.sentence(lang).rstrip(".。"), yes=_sources(a, "asserts", lang), no=_sources(b, "denies", lang)
            )
        values = {"a": a.claim.value_text(lang), "b": b.claim.value_text(lang), "sources": names}
        label = a.claim.home.predicates[self.predicate_id].label(lang)
        subject = a.claim.home.entities[self.subject_id].name(lang)
        text = _WHY[lang][self.kind].format(subject=subject, label=label, **values)
        return text + (_RATIO[lang].format(round(self.comparison.ratio, 1)) if self.comparison.ratio else "") + _noted(self.comparison.note, lang)


_BETWEEN = {"en": " against ", "zh": " 对 "}
_STANCE = {
    "en": "{sentence}: {yes} asserts it, {no} denies it.",
    "zh": "“{sentence}”：{yes}肯定，{no}否定。",
}
_WHY = {
    "en": {
        "value": "{subject} ({label}): {a} and {b} have no figure in common ({sources}).",
        "unit_slip": "{subject} ({label}): {a} and {b} differ as a slip of unit or currency would make them ({sources}).",
        "date": "{subject} ({label}): {a} and {b} have no day in common ({sources}).",
        "identity": "{subject} ({label}): it can't be both {a} and {b} ({sources}).",
    },
    "zh": {
        "value": "{subject}（{label}）：{a}与{b}没有共同的数值（{sources}）。",
        "unit_slip": "{subject}（{label}）：{a}与{b}之差像是单位或货币之误（{sources}）。",
        "date": "{subject}（{label}）：{a}与{b}没有共同的日子（{sources}）。",
        "identity": "{subject}（{label}）：不能既是{a}又是{b}（{sources}）。",
    },
}
_RATIO = {"en": " The larger is {} times the smaller.", "zh": "大者为小者的{}倍。"}


def _noted(note: str, lang: str) -> str:
    return "" if not note else f" ({note})" if lang == "en" else f"（{note}）"


def _sources(side: Support, stance: str, lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(sorted({row.source_id for row in side.evidence if row.stance == stance}))


def conflicts_among(predicate: Predicate, group: Sequence[Support], within: Containment, decision: Adjudication | None = None) -> Iterator[Conflict]:
    """Find the conflicts among the claims of one subject, predicate and scope.

    Args:
        predicate: The predicate.
        group: The claims with their evidence.
        within: Which place lies in which.
        decision: The decision on this subject, predicate and scope, if any.
    """
    state = _state(group, decision)
    asserted = [side for side in group if side.is_asserted]
    denied = [side for side in group if side.is_denied]
    for side in denied:
        if side in asserted:
            yield _conflict("stance", (side, side), Comparison("differs", "asserted_and_denied"), state, decision)
    for one, other in combinations(asserted, 2) if predicate.cardinality != "many" else ():
        found = compare(one.claim, other.claim, predicate, within)
        if found.verdict == "differs" and not one.is_joint_with(other):
            yield _conflict(_kind(one.claim, found), (one, other), found, state, decision)
    for one, other in product(asserted, denied):
        if other not in asserted and compare(one.claim, other.claim, predicate, within).reason == "same_value":
            yield _conflict("stance", (one, other), Comparison("differs", "asserted_and_denied"), state, decision)


def _kind(claim: Claim, found: Comparison) -> ConflictKind:
    if claim.object_id is not None:
        return "identity"
    if claim.date is not None:
        return "date"
    return "unit_slip" if found.reason == "unit_slip" else "value"


def _conflict(kind: ConflictKind, sides: tuple[Support, Support], found: Comparison, state: ConflictState, decision: Adjudication | None) -> Conflict:
    first, second = sorted(sides, key=lambda side: side.claim.claim_id) if kind != "stance" else sides
    key = "/".join([kind, *sorted({first.claim.claim_id, second.claim.claim_id})])
    claim = first.claim
    import hashlib  # only a disagreement needs it

    conflict_id = f"cfl-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return Conflict(conflict_id, kind, claim.subject_id, claim.predicate_id, claim.scope_id, (first, second), found, state, decision)


def _state(group: Sequence[Support], decision: Adjudication | None) -> ConflictState:
    if decision is None:
        return "open"
    return "decided" if decision.inputs_digest == inputs_digest(group) else "stale"


def inputs_digest(group: Iterable[Support]) -> str:
    """Give the digest of what a curator sees of a subject, predicate and scope: its claims and their evidence.

    Args:
        group: The claims with their evidence, in any order.
    """
    import hashlib
    import json

    rows = sorted([format_record(side.claim) for side in group] + [format_record(row) for side in group for row in side.evidence])
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
