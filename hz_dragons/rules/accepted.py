"""What is kept by hand beside the claims: founders, decisions, templates, units, derivations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hz_dragons.codes import Plain
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding

__all__ = ["decisions_prefer_what_is_disputed", "derivations_end", "founders_are_warranted", "templates_are_complete", "units_have_a_base"]

Tables = dict[str, ParsedTable[Any]]


def founders_are_warranted(tables: Tables) -> Iterator[Finding]:
    """A founding tie names an asserted claim that says so."""
    claims = {c.claim_id: c for c in tables["claims"].records}
    supported = tables["evidence"].mentioned("claim_id")
    entities, companies = tables["entities"].mentioned("entity_id"), tables["companies"].mentioned("company_id")
    asserted = {row.claim_id for row in tables["evidence"].records if row.stance == "asserts"}
    readable = tables["evidence"].is_readable and not tables["evidence"].unread
    for index, tie in enumerate(tables["founders"].records):
        claim = claims.get(tie.claim_id)
        if claim is None or tie.person_id not in entities or tie.company_id not in companies:
            continue  # a missing reference says so already
        if (claim.predicate_id, claim.subject_id, claim.object_id) != ("founded_by", tie.company_id, tie.person_id):
            yield tables["founders"].find(
                "founders/warrant", index, "claim_id", claim=Plain(tie.claim_id), person=tie.person_id, company=tie.company_id
            )
        elif readable and tie.claim_id in supported and tie.claim_id not in asserted:
            yield tables["founders"].find("founders/denied", index, "claim_id", claim=Plain(tie.claim_id))


def templates_are_complete(tables: Tables) -> Iterator[Finding]:
    """A template holds subject and value once each, and nothing else in braces."""
    for index, predicate in enumerate(tables["predicates"].records):
        for column in ("template_en", "template_zh"):
            template = getattr(predicate, column)
            if sorted(re.findall(r"\{[^{}]*\}|[{}]", template)) != ["{subject}", "{value}"]:
                yield tables["predicates"].find("templates/placeholder", index, column, value=template)


def units_have_a_base(tables: Tables) -> Iterator[Finding]:
    """A base unit names itself, has the factor 1, and measures the same."""
    units = {u.unit_id: u for u in tables["units"].records}
    for index, unit in enumerate(tables["units"].records):
        base = units.get(unit.base_unit)
        if base is not None and (base.base_unit, base.factor, base.dimension) != (base.unit_id, 1, unit.dimension):
            yield tables["units"].find("units/base", index, "base_unit", base=unit.base_unit, dimension=unit.dimension)


def derivations_end(tables: Tables) -> Iterator[Finding]:
    """No work derives from itself."""
    parent = {s.source_id: s.derived_from for s in tables["sources"].records}
    for index, source in enumerate(tables["sources"].records):
        path, at = [source.source_id], source.derived_from
        while at is not None and at not in path:
            path.append(at)
            at = parent.get(at)
        if at == source.source_id:
            yield tables["sources"].find("sources/derivation-loop", index, "derived_from", value=at, loop=Plain(" → ".join([*path, at])))


def decisions_prefer_what_is_disputed(tables: Tables) -> Iterator[Finding]:
    """A preferred claim is one of the claims that the decision is about."""
    claims = {c.claim_id: c for c in tables["claims"].records}
    for index, decision in enumerate(tables["adjudications"].records):
        claim = claims.get(decision.preferred_claim_id)
        about = (decision.subject_id, decision.predicate_id, decision.scope_id)
        if claim is not None and (claim.subject_id, claim.predicate_id, claim.scope_id) != about:
            yield tables["adjudications"].find("adjudications/preferred", index, "preferred_claim_id", claim=Plain(claim.claim_id))
