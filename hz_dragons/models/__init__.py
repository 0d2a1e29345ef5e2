"""The records: one frozen pydantic model per table, field by field what `schemas/v1` says.

`TABLES` gives the model of a table, in the order in which references can be followed by eye: works, things, words, claims, decisions.
A model is made when it is first asked for, because making all of them takes as long as a first answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hz_dragons.models.base import Record

if TYPE_CHECKING:
    from hz_dragons.models.claim import Claim
    from hz_dragons.models.company import Company, Founder
    from hz_dragons.models.decision import Adjudication, Passage
    from hz_dragons.models.entity import Entity, Name
    from hz_dragons.models.evidence import Evidence
    from hz_dragons.models.measures import Scope, Unit
    from hz_dragons.models.publication import Source
    from hz_dragons.models.support import Support
    from hz_dragons.models.values import Moment, Quantity, Value, Words
    from hz_dragons.models.vocabulary import Predicate

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
    "Support",
    "Unit",
    "Value",
    "Words",
]

_MODULES = {
    "publication": "Source",
    "entity": "Entity Name",
    "company": "Company Founder",
    "vocabulary": "Predicate",
    "measures": "Scope Unit",
    "claim": "Claim",
    "evidence": "Evidence",
    "decision": "Adjudication Passage",
    "support": "Support",
    "values": "Moment Quantity Value Words",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}
_TABLES = {
    "sources": "Source",
    "entities": "Entity",
    "names": "Name",
    "companies": "Company",
    "founders": "Founder",
    "predicates": "Predicate",
    "scopes": "Scope",
    "units": "Unit",
    "claims": "Claim",
    "evidence": "Evidence",
    "adjudications": "Adjudication",
    "passages": "Passage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hz_dragons.models' has no attribute {name!r}")
    value = getattr(import_module(f"hz_dragons.models.{_HOME[name]}"), name)
    globals()[name] = value
    return value


class _Tables(Mapping[str, type[Record]]):
    """Table → model."""

    def __getitem__(self, name: str) -> type[Record]:
        model: type[Record] = __getattr__(_TABLES[name])
        return model

    def __iter__(self) -> Iterator[str]:
        return iter(_TABLES)

    def __len__(self) -> int:
        return len(_TABLES)


TABLES: Mapping[str, type[Record]] = _Tables()
