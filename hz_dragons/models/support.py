"""A claim with what supports it: `Support`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hz_dragons.models.claim import Claim
    from hz_dragons.models.evidence import Evidence

__all__ = ["Support"]


@dataclass(frozen=True, slots=True)
class Support:
    """A claim with the rows of evidence for it.

    Attributes:
        claim: The claim.
        evidence: Its evidence.
    """

    claim: Claim
    evidence: tuple[Evidence, ...]

    @property
    def is_asserted(self) -> bool:
        """Whether a text says that it holds, other than as a forecast."""
        return any(row.stance == "asserts" and row.modality != "forecast" for row in self.evidence)

    @property
    def is_denied(self) -> bool:
        """Whether a text says that it does not hold."""
        return any(row.stance == "denies" for row in self.evidence)

    def is_joint_with(self, other: Support) -> bool:
        """Whether one text gives both entities in one breath, as it names founders together: then both hold."""
        if self.claim.object_id is None or other.claim.object_id is None:
            return False
        mine = [row for row in self.evidence if row.stance == "asserts"]
        return any(
            row.source_id == also.source_id and row.start < also.end and also.start < row.end
            for row in mine
            for also in other.evidence
            if also.stance == "asserts"
        )

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The texts that speak of it, each once, in the order of their identifiers."""
        return tuple(sorted({row.source_id for row in self.evidence}))
