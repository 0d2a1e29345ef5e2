"""Time: the dataset as it stood on a day, and the dated claims about a thing in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hz_dragons.dates import partial_date
from hz_dragons.models import TABLES, Claim
from hz_dragons.table import Table

if TYPE_CHECKING:
    from hz_dragons.dataset import Dataset

__all__ = ["known_by", "timeline"]


def known_by(data: Dataset, date: str) -> Callable[[str], Table[Any]]:
    """Give the tables of a dataset as they stood on a day, by name; see `Dataset.known_by`."""
    day = partial_date(date).last
    out = {source.source_id for source in data.sources if source.published is not None and source.published.last <= day}
    evidence = [row for row in data.evidence if row.source_id in out]
    said = {row.claim_id for row in evidence}
    kept: dict[str, list[Any]] = {
        "evidence": evidence,
        "claims": [claim.model_copy() for claim in data.claims if claim.claim_id in said],
        "founders": [tie for tie in data.founders if tie.claim_id in said],
        "adjudications": [d for d in data.adjudications if d.preferred_claim_id is None or d.preferred_claim_id in said],
    }
    return lambda name: Table(TABLES[name], kept[name] if name in kept else list(getattr(data, name)))


def timeline(data: Dataset, subject_id: str) -> tuple[Claim, ...]:
    """Give the dated claims about an entity in the order of their dates; see `Dataset.timeline`."""
    about = {c.claim_id: c for c in (*data.claims.where(subject_id=subject_id), *data.claims.where(object_id=subject_id))}
    dated = [(date, claim) for claim in about.values() if (date := claim.date or claim.valid_from or claim.valid_to)]
    return tuple(claim for _, claim in sorted(dated, key=lambda pair: (pair[0].first, pair[0].last, pair[1].claim_id)))
