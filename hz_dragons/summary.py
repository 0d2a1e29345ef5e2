"""A paragraph about an entity: the best supported claims, one for each relation, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hz_dragons.facts import WEAK, Fact, independent

if TYPE_CHECKING:
    from hz_dragons.dataset import Dataset
    from hz_dragons.models import Claim

__all__ = ["summary"]

SENTENCES = 6
_KINDS = {"date": 0, "entity": 1, "number": 2, "text": 3}


def summary(data: Dataset, entity_id: str, lang: str = "en") -> str:
    """Write a paragraph about an entity.

    Only what a text says in its own voice or reports of a named speaker, and what nobody disputes, finds its way in; what more
    independent sources say comes before what fewer do, and dates, ties and figures before words.

    Args:
        data: The dataset.
        entity_id: An entity.
        lang: ``en`` or ``zh``.

    Returns:
        Sentences about at most six relations; empty when there is nothing firm to say.

    Raises:
        RecordNotFound: There is no such entity.

    Example:
        >>> import hz_dragons as hz
        >>> summary(hz.load(), "brainco").startswith("BrainCo ")
        True
    """
    best: dict[str, tuple[tuple[int, int, int], list[Claim]]] = {}
    for fact in data.facts(entity_id).values():
        weighed = [(weight, claim) for claim in fact.claims if (weight := _weight(data, fact, claim))]
        if not weighed:
            continue
        weight, first = min(weighed, key=lambda pair: (pair[0], pair[1].claim_id))
        # Values that a text names together, such as founders, are all said or it would look as if there were one.
        together = data.predicates[fact.predicate_id].cardinality != "many" and not fact.is_one_value
        claims = sorted((claim for _, claim in weighed), key=lambda claim: claim.claim_id) if together else [first]
        if fact.predicate_id not in best or weight < best[fact.predicate_id][0]:
            best[fact.predicate_id] = (weight, claims)
    chosen = sorted(best.values(), key=lambda pair: (pair[0], pair[1][0].claim_id))[:SENTENCES]
    return ("" if lang == "zh" else " ").join(claim.sentence(lang) for _, claims in chosen for claim in claims)


def _weight(data: Dataset, fact: Fact, claim: Claim) -> tuple[int, int, int] | None:
    """Rank a claim, the least first; `None` when it is disputed, denied or not firm."""
    rows = [row for row in fact.evidence if row.claim_id == claim.claim_id and row.stance == "asserts" and row.modality not in WEAK]
    preferred = fact.decision is not None and fact.decision.preferred_claim_id == claim.claim_id
    if not rows or (fact.status_of(claim) not in ("agreed", "single_source") and not preferred):
        return None
    kind = _KINDS[data.predicates[claim.predicate_id].value_type]
    return -independent(rows, data.sources), kind, len(claim.sentence())
