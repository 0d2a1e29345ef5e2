"""Checked by mypy, never run: what a type checker sees at the front door."""

from decimal import Decimal
from typing import assert_type

import hz_dragons as hz
from hz_dragons.models import Entity, Moment, Predicate, Quantity, Words
from hz_dragons.models.company import Cohort

data = hz.load()
assert_type(data, hz.Dataset)
assert_type(data.companies["deepseek"], hz.Company)
assert_type(data.companies["deepseek"].cohort, Cohort)
assert_type(data.claims.where(subject_id="deepseek"), "hz.Table[hz.Claim]")
assert_type(data.claims.where(subject_id="deepseek").one(), hz.Claim)
assert_type(data.predicates.get("founded_on"), Predicate | None)
assert_type(data.find("宇樹"), tuple[Entity, ...])
assert_type(data.facts("deepseek"), dict[str, hz.Fact])
assert_type(data.fact("deepseek", "founded_on").value, Quantity | Moment | Words | Entity)
assert_type([claim.number for claim in data.claims], list[Decimal | None])
assert_type(hz.validate("."), hz.Report)
assert_type(hz.verify(data, texts="texts"), hz.Ledger)
