"""One text saying a claim: `Evidence`."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hz_dragons.models.base import ClaimCode, Fingerprint, Paragraph, Position, Quote, Record, Slug

__all__ = ["Basis", "Evidence", "Modality", "Stance"]

Stance = Literal["asserts", "denies"]
Modality = Literal["stated", "reported", "hearsay", "opinion", "forecast"]
Basis = Literal["direct", "context", "derived"]


class Evidence(Record):
    """One text saying a claim: the span, who speaks, how firmly, for or against.

    Attributes:
        claim_id: The claim that is said.
        source_id: The text that says it.
        start: First character of the span, in Unicode code points of the decoded file.
        end: Character after the last one of the span.
        fingerprint: Fingerprint of the folded span, as `hz_dragons.fingerprint` computes it.
        stance: Whether the text says that it holds.
        modality: How firmly it is said.
        speaker_id: Who is quoted or reported.
        basis: How the claim follows from the span.
        quote: At most 24 characters of the text: the figure and its noun.
        note: Why the basis is not direct; which reading was chosen.
    """

    table: ClassVar[str] = "evidence"
    key: ClassVar[tuple[str, ...]] = ("claim_id", "source_id", "start", "end")
    references: ClassVar[dict[str, str]] = {"claim_id": "claims", "source_id": "sources", "speaker_id": "entities"}

    claim_id: ClaimCode
    source_id: Slug
    start: Annotated[Position, Field(ge=0)]
    end: Annotated[Position, Field(ge=1)]
    fingerprint: Fingerprint
    stance: Stance
    modality: Modality
    speaker_id: Slug | None
    basis: Basis
    quote: Quote | None
    note: Paragraph | None

    @model_validator(mode="after")
    def _indirect_is_explained(self) -> Self:
        if self.basis != "direct" and self.note is None:
            raise ValueError(f"basis {self.basis} needs a note that says why")
        return self
