"""What must hold in a package: one function per rule, each gives findings and never raises.

`RULES` is the order they run in. To add a rule: write the function, add its code to `hz_dragons.codes`, list it here, and
give it a package with exactly that fault in `tests/corpus`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding
from hz_dragons.rules import accepted, claims, evidence, structure

__all__ = ["RULES", "Rule"]

Rule = Callable[[dict[str, ParsedTable[Any]]], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    structure.duplicate_keys,
    structure.missing_references,
    claims.claims_fit_predicates,
    claims.ends_in_order,
    claims.claims_have_evidence,
    claims.claims_say_one_thing_once,
    evidence.spans_lie_in_texts,
    accepted.founders_are_warranted,
    accepted.templates_are_complete,
    accepted.units_have_a_base,
    accepted.derivations_end,
    accepted.decisions_prefer_what_is_disputed,
)
