"""What curators decided: `Adjudication` (on a disagreement) and `Passage` (that a stretch of text holds no claim)."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hz_dragons.models.base import ClaimCode, Day, Fingerprint, Paragraph, Position, Record, Sha256, Slug, Snake

__all__ = ["Adjudication", "Decision", "NoClaim", "Passage", "Reason"]

NoClaim = Literal["rhetoric", "transition", "boilerplate", "teaser", "repetition", "no_subject"]
Decision = Literal["prefer", "keep_all", "scope_differs", "changed_over_time", "reject"]
Reason = Literal[
    "primary_source",
    "more_sources",
    "closer_source",
    "unit_error",
    "misprint",
    "wording",
    "different_time",
    "different_scope",
    "not_decidable",
]


class Passage(Record):
    """A stretch of a text that was read and judged to hold no claim.

    Attributes:
        source_id: The text.
        start: First character of the stretch, in Unicode code points of the decoded file.
        end: Character after the last one of the stretch.
        fingerprint: Fingerprint of the folded stretch.
        reason: Why it holds no claim.
        note: What is in it, where the reason is not enough.
    """

    table: ClassVar[str] = "passages"
    key: ClassVar[tuple[str, ...]] = ("source_id", "start", "end")
    references: ClassVar[dict[str, str]] = {"source_id": "sources"}
    optional: ClassVar[bool] = True

    source_id: Slug
    start: Annotated[Position, Field(ge=0)]
    end: Annotated[Position, Field(ge=1)]
    fingerprint: Fingerprint
    reason: NoClaim
    note: Paragraph | None


class Adjudication(Record):
    """A curator's decision on a disagreement. It goes stale when the claims it saw change.

    Attributes:
        adjudication_id: Identifier of the decision.
        subject_id: What the disagreement is about.
        predicate_id: The relation in dispute.
        scope_id: The scope in dispute.
        decision: What was decided.
        preferred_claim_id: The claim that is preferred.
        reason: Why, as a code.
        rationale_en: The reasoning, in English.
        rationale_zh: The reasoning, in Chinese.
        decided_on: The day of the decision.
        inputs_digest: SHA-256 over the claims and evidence that the curator saw.
    """

    table: ClassVar[str] = "adjudications"
    key: ClassVar[tuple[str, ...]] = ("adjudication_id",)
    references: ClassVar[dict[str, str]] = {
        "subject_id": "entities",
        "predicate_id": "predicates",
        "scope_id": "scopes",
        "preferred_claim_id": "claims",
    }

    adjudication_id: Slug
    subject_id: Slug
    predicate_id: Snake
    scope_id: Slug | None
    decision: Decision
    preferred_claim_id: ClaimCode | None
    reason: Reason
    rationale_en: Paragraph
    rationale_zh: Paragraph
    decided_on: Day
    inputs_digest: Sha256

    @model_validator(mode="after")
    def _preference_names_its_claim(self) -> Self:
        if (self.preferred_claim_id is not None) != (self.decision == "prefer"):
            raise ValueError("preferred_claim_id goes with the decision 'prefer', and only with it")
        return self
