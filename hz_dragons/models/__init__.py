"""The records: one frozen pydantic model per table, field by field what `schemas/v1` says.

`TABLES` lists them in the order in which references can be followed by eye: works, things, words, claims, decisions.
"""

from __future__ import annotations

from hz_dragons.models.base import Record
from hz_dragons.models.claim import Claim
from hz_dragons.models.entity import Company, Entity, Founder, Name
from hz_dragons.models.evidence import Adjudication, Evidence, Passage
from hz_dragons.models.publication import Source
from hz_dragons.models.values import Moment, Quantity, Value, Words
from hz_dragons.models.vocabulary import Predicate, Scope, Unit

__all__ = [
    "TABLES",
    "Adjudication",
    "Claim",
    "Company",
    "Entity",
    "Evidence",
    "Founder",
    "Moment",
    "Name",
    "Passage",
    "Predicate",
    "Quantity",
    "Record",
    "Scope",
    "Source",
    "Unit",
    "Value",
    "Words",
]

TABLES: dict[str, type[Record]] = {
    model.table: model for model in (Source, Entity, Name, Company, Founder, Predicate, Scope, Unit, Claim, Evidence, Adjudication, Passage)
}
