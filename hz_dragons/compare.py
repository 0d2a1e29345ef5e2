"""Values that compare: two claims about one thing agree, refine one another, tell of a change, or can't both hold.

Bounds become intervals ("over 500" and "600" agree), units are converted within a dimension, partial dates are intervals of days,
and places contain places where claims say so. Every comparison gives its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from hz_dragons.models import Claim, Moment, Predicate, Quantity, Support
from hz_dragons.models.base import Bound

__all__ = ["CONTAINING", "Comparison", "Containment", "Interval", "Verdict", "compare", "days", "in_base_unit", "parents_of"]

Verdict = Literal["agrees", "refines", "changed", "differs", "incomparable"]

ABOUT = Decimal("0.1")  # "about 500" reaches from 450 to 550
SLIPS = (Decimal(10) ** 4, Decimal(10) ** 8)  # 万 and 亿: the two ways to be wrong by a character
# Predicates that say that one entity lies in another. A package that has others is compared without them.
CONTAINING = ("located_in", "part_of")
_FIRST, _LAST = Decimal(dt.date.min.toordinal()), Decimal(dt.date.max.toordinal())
_INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from one end to the other.

    Attributes:
        low: Lower end; minus infinity when open.
        high: Upper end; infinity when open.
        low_is_in: Whether the lower end belongs to it.
        high_is_in: Whether the upper end belongs to it.

    Example:
        >>> over_500 = Interval(Decimal(500), Decimal("Infinity"), low_is_in=False)
        >>> over_500.meets(Interval(Decimal(600), Decimal(600))), over_500.meets(Interval(Decimal(500), Decimal(500)))
        (True, False)
    """

    low: Decimal
    high: Decimal
    low_is_in: bool = True
    high_is_in: bool = True

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Interval) -> bool:
        return self.high > other.low or (self.high == other.low and self.high_is_in and other.low_is_in)

    def holds(self, other: Interval) -> bool:
        """Whether every number of the other one is in this one."""
        low = self.low < other.low or (self.low == other.low and (self.low_is_in or not other.low_is_in))
        high = self.high > other.high or (self.high == other.high and (self.high_is_in or not other.high_is_in))
        return low and high


def _bounded(bound: Bound, low: Decimal, high: Decimal, slack: Decimal) -> Interval:
    """Widen a point or a stretch by what its bound says."""
    if bound in ("at_least", "more_than"):
        return Interval(low if bound == "at_least" else high, _INFINITY, low_is_in=bound == "at_least")
    if bound in ("at_most", "less_than"):
        return Interval(-_INFINITY, high if bound == "at_most" else low, high_is_in=bound == "at_most")
    return Interval(low - slack, high + slack)


def in_base_unit(quantity: Quantity, tolerance: Decimal = Decimal(0)) -> Interval:
    """Turn a quantity into an interval in the base unit of its dimension.

    Args:
        quantity: A number with unit and bound.
        tolerance: Relative difference that still counts as the same number; it widens both sides by half.

    Example:
        >>> import hz_dragons as hz
        >>> in_base_unit(Quantity(Decimal(2), hz.load().units["year"], "at_least")).low
        Decimal('730.50')
    """
    factor = quantity.unit.factor
    low, high = quantity.number * factor, (quantity.number_max if quantity.number_max is not None else quantity.number) * factor
    share = ABOUT if quantity.bound == "about" else tolerance / 2
    slack = max(abs(low), abs(high)) * share
    if quantity.bound in ("more_than", "less_than"):  # a figure that another text gives bare may be the very same one
        low, high = (low - slack, low - slack) if quantity.bound == "more_than" else (high + slack, high + slack)
    return _bounded(quantity.bound, low, high, slack)


def days(moment: Moment) -> Interval:
    """Turn a partial date into the interval of days it may mean; "about 2018" reaches a year to both sides.

    Example:
        >>> from hz_dragons import PartialDate
        >>> days(Moment(PartialDate("2018"))).holds(days(Moment(PartialDate("2018-10"))))
        True
    """
    first, last = Decimal(moment.date.first.toordinal()), Decimal(moment.date.last.toordinal())
    slack = last - first + 1 if moment.bound == "about" else Decimal(0)
    found = _bounded(moment.bound, first, last, slack)
    return Interval(max(found.low, _FIRST), min(found.high, _LAST), found.low_is_in, found.high_is_in)


class Containment:
    """Which place lies in which, as far as asserted claims say so.

    Args:
        parents: Gives entity → what it lies in; asked when two places are first compared.
    """

    def __init__(self, parents: Callable[[], Mapping[str, frozenset[str]]]) -> None:
        self._ask = parents

    @cached_property
    def _parents(self) -> Mapping[str, frozenset[str]]:
        return self._ask()

    def holds(self, outer: str, inner: str) -> bool:
        """Whether the inner entity lies in the outer one, directly or through others."""
        seen: set[str] = set()
        ahead = [inner]
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            if outer in self._parents.get(at, ()):
                return True
            ahead.extend(self._parents.get(at, ()))
        return False


def parents_of(group: Iterable[Support]) -> dict[str, frozenset[str]]:
    """Say what each entity lies in, as far as a text asserts it.

    Args:
        group: Claims that one entity lies in another, with their evidence.
    """
    parents: dict[str, set[str]] = {}
    for side in group:
        if side.claim.object_id and side.is_asserted:
            parents.setdefault(side.claim.subject_id, set()).add(side.claim.object_id)
    return {inner: frozenset(outer) for inner, outer in parents.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two values have to do with one another.

    Attributes:
        verdict: ``agrees``, ``refines``, ``changed``, ``differs`` or ``incomparable``.
        reason: Why, as a slug: ``same_value``, ``intervals_meet``, ``one_within_other``, ``disjoint``, ``times_apart``…
        ratio: For numbers that differ, how many times the larger is the smaller.
        note: What a reader should know, such as the day of an exchange rate.
    """

    verdict: Verdict
    reason: str
    ratio: Decimal | None = None
    note: str = ""


def compare(one: Claim, other: Claim, predicate: Predicate, within: Containment) -> Comparison:
    """Compare two claims.

    Args:
        one: A claim.
        other: Another.
        predicate: The predicate that both use.
        within: Which place lies in which.

    Returns:
        The verdict with its reason; the same whichever claim comes first.
    """
    if (one.subject_id, one.predicate_id, one.scope_id) != (other.subject_id, other.predicate_id, other.scope_id):
        return Comparison("incomparable", "about_different_things")
    found = _values(one, other, predicate, within)
    if found.verdict == "differs" and predicate.cardinality == "many":
        return Comparison("incomparable", "several_values_hold")
    if found.verdict == "differs" and predicate.cardinality == "one_at_a_time" and not _times_meet(one, other):
        return Comparison("changed", "times_apart", found.ratio, found.note)
    return found


def _values(one: Claim, other: Claim, predicate: Predicate, within: Containment) -> Comparison:
    if one.object_id is not None and other.object_id is not None:
        return _entities(one.object_id, other.object_id, within)
    if one.number is not None and other.number is not None:
        return _numbers(one, other, predicate)
    if one.date is not None and other.date is not None:
        a, b = (days(Moment(claim.date, claim.bound or "exact")) for claim in (one, other) if claim.date is not None)
        return _intervals(a, b)
    if one.text_en is not None and (one.text_en, one.text_zh) == (other.text_en, other.text_zh):
        return Comparison("agrees", "same_value")
    return Comparison("incomparable", "words_are_not_compared")


def _entities(one: str, other: str, within: Containment) -> Comparison:
    if one == other:
        return Comparison("agrees", "same_value")
    if within.holds(one, other) or within.holds(other, one):
        return Comparison("refines", "one_within_other")
    return Comparison("differs", "different_entities")


def _intervals(one: Interval, other: Interval) -> Comparison:
    if one == other:
        return Comparison("agrees", "same_value")
    if one.holds(other) or other.holds(one):
        return Comparison("refines", "one_within_other")
    return Comparison("agrees", "intervals_meet") if one.meets(other) else Comparison("differs", "disjoint")


def _numbers(one: Claim, other: Claim, predicate: Predicate) -> Comparison:
    a, b = one.value, other.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or a.unit.base_unit != b.unit.base_unit:
        return Comparison("incomparable", "units_do_not_convert")
    tolerance = predicate.tolerance or Decimal(0)
    found = _intervals(in_base_unit(a, tolerance), in_base_unit(b, tolerance))
    dated = [f"{unit.unit_id} at {unit.factor} {unit.base_unit} on {unit.factor_on}" for unit in (a.unit, b.unit) if unit.factor_on]
    note = "; ".join(dict.fromkeys(dated)) if a.unit != b.unit else ""
    if found.verdict != "differs":
        return Comparison(found.verdict, found.reason, note=note)
    low, high = sorted(abs(quantity.number * quantity.unit.factor) for quantity in (a, b))
    ratio = high / low if low else None
    return Comparison("differs", "unit_slip" if _is_slip(a, b, ratio, tolerance) else "disjoint", ratio, note)


def _is_slip(one: Quantity, other: Quantity, ratio: Decimal | None, tolerance: Decimal) -> bool:
    """Whether the figures would agree but for 万, 亿, or the name of the currency."""
    near = max(tolerance, Decimal("0.1"))
    if one.unit != other.unit and one.unit.dimension == "currency":
        low, high = sorted((abs(one.number), abs(other.number)))
        return high <= low * (1 + near)
    return ratio is not None and any(slip * (1 - near) <= ratio <= slip * (1 + near) for slip in SLIPS)


def _times_meet(one: Claim, other: Claim) -> bool:
    """Whether both claims can be about one day; a claim without times is about any."""
    begins = [claim.valid_from.first if claim.valid_from else dt.date.min for claim in (one, other)]
    ends = [claim.valid_to.last if claim.valid_to else dt.date.max for claim in (one, other)]
    return begins[0] <= ends[1] and begins[1] <= ends[0]
