"""Claims against predicates, units and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hz_dragons.codes import Plain
from hz_dragons.dates import PartialDate
from hz_dragons.models import Claim
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding

__all__ = ["claims_fit_predicates", "claims_have_evidence", "claims_say_one_thing_once", "ends_in_order"]

Tables = dict[str, ParsedTable[Any]]
_COLUMN = {"entity": "object_id", "number": "number", "date": "date", "text": "text_en"}


def value_kind(claim: Claim) -> str:
    """Say which kind of value a claim has."""
    return next(kind for kind, column in _COLUMN.items() if getattr(claim, column) is not None)


def claims_fit_predicates(tables: Tables) -> Iterator[Finding]:
    """Subject kind, value kind and unit are those of the predicate."""
    entities = {e.entity_id: e for e in tables["entities"].records}
    predicates = {p.predicate_id: p for p in tables["predicates"].records}
    units = {u.unit_id: u for u in tables["units"].records}
    for index, claim in enumerate(tables["claims"].records):
        predicate, subject, unit = predicates.get(claim.predicate_id), entities.get(claim.subject_id), units.get(claim.unit_id)
        if predicate is None or subject is None:
            continue  # a missing reference says so already
        name, kind = Plain(predicate.predicate_id), value_kind(claim)
        if subject.kind not in predicate.subject_kinds.split():
            yield tables["claims"].find(
                "claims/subject-kind", index, "subject_id", predicate=name, kind=Plain(subject.kind), allowed=Plain(predicate.subject_kinds)
            )
        if kind != predicate.value_type:
            yield tables["claims"].find(
                "claims/value-kind", index, _COLUMN[kind], predicate=name, wanted=Plain(predicate.value_type), found=Plain(kind)
            )
        elif unit is not None and unit.dimension != predicate.dimension:
            yield tables["claims"].find(
                "claims/unit-dimension",
                index,
                "unit_id",
                predicate=name,
                unit=Plain(unit.unit_id),
                found=Plain(unit.dimension),
                wanted=Plain(str(predicate.dimension)),
            )


def ends_in_order(tables: Tables) -> Iterator[Finding]:
    """Ranges and intervals run from the lower to the upper end."""
    for index, claim in enumerate(tables["claims"].records):
        if claim.number_max is not None and claim.number is not None and claim.number >= claim.number_max:
            yield tables["claims"].find("claims/range-order", index, "number_max", low=claim.number, high=claim.number_max)
        if claim.valid_from and claim.valid_to and claim.valid_from.first > claim.valid_to.last:
            yield tables["claims"].find("claims/date-order", index, "valid_to", low=claim.valid_from, high=claim.valid_to)
    for name, column in (("claims", "date"), ("sources", "published")):
        for index, record in enumerate(tables[name].records):
            low, _, high = str(getattr(record, column) or "").partition("/")
            if high and PartialDate(low).first > PartialDate(high).last:
                yield tables[name].find("claims/date-order", index, column, low=low, high=high)


def claims_have_evidence(tables: Tables) -> Iterator[Finding]:
    """No claim without evidence."""
    if not tables["evidence"].is_readable:
        return
    supported = tables["evidence"].mentioned("claim_id")
    for index, claim in enumerate(tables["claims"].records):
        if claim.claim_id not in supported:
            yield tables["claims"].find("claims/no-evidence", index, "claim_id", value=claim.claim_id, claim=Plain(claim.claim_id))


def claims_say_one_thing_once(tables: Tables) -> Iterator[Finding]:
    """The same proposition stands in one claim."""
    first: dict[tuple[Any, ...], str] = {}
    for index, claim in enumerate(tables["claims"].records):
        said = proposition(claim)
        if first.get(said, claim.claim_id) != claim.claim_id:
            yield tables["claims"].find("claims/repeated", index, "claim_id", other=Plain(first[said]))
        first.setdefault(said, claim.claim_id)


def proposition(claim: Claim) -> tuple[Any, ...]:
    """What a claim says, without its identifier and note."""
    return tuple(getattr(claim, column) for column in Claim.model_fields if column not in ("claim_id", "note", "text_zh"))
