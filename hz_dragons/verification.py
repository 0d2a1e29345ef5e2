"""`verify`: every row of evidence against a copy of the texts, and a ledger of what was checked and what was not."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hz_dragons.agreement import Agreement
from hz_dragons.anchor import Copy
from hz_dragons.dataset import Dataset
from hz_dragons.errors import TextNotFound
from hz_dragons.models import Evidence, Source

__all__ = ["OUTCOMES", "Ledger", "LedgerRow", "Outcome", "read_copy", "verify"]

Outcome = Literal["exact", "folded", "relocated", "not_found", "no_text"]
OUTCOMES: tuple[Outcome, ...] = ("exact", "folded", "relocated", "not_found", "no_text")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What came of one row of evidence.

    Attributes:
        evidence: The row.
        outcome: ``exact``: in the very file, at its offsets. ``folded``: in another copy, at its offsets. ``relocated``:
            elsewhere in the copy, by its fingerprint alone. ``not_found``: nowhere. ``no_text``: there was nothing to look at.
        start: Where it was found.
        end: Where it ends.
        disagreements: What of the claim is not in the span.
        reason: Why there was no text.
    """

    evidence: Evidence
    outcome: Outcome
    start: int | None = None
    end: int | None = None
    disagreements: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_checked(self) -> bool:
        """Whether a text was looked at."""
        return self.outcome != "no_text"

    @property
    def is_unexplained(self) -> bool:
        """Whether the claim and the span disagree while the row says that the span says it."""
        return bool(self.disagreements) and self.evidence.basis == "direct"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was checked, what was not, and why.

    Attributes:
        rows: One entry for every row of evidence, in the order of the table.
    """

    rows: tuple[LedgerRow, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of rows for each of the five outcomes."""
        seen = Counter(row.outcome for row in self.rows)
        return {outcome: seen[outcome] for outcome in OUTCOMES}

    @property
    def checked(self) -> int:
        """Number of rows for which a text was looked at."""
        return sum(row.is_checked for row in self.rows)

    @property
    def unexplained(self) -> tuple[LedgerRow, ...]:
        """Rows whose claim is not in their span although they say so."""
        return tuple(row for row in self.rows if row.is_unexplained)

    @property
    def explained(self) -> tuple[LedgerRow, ...]:
        """Rows whose claim is not all in their span, and which say why."""
        return tuple(row for row in self.rows if row.disagreements and not row.is_unexplained)

    @property
    def ok(self) -> bool:
        """Whether something was checked, nothing was missing, and nothing disagrees without a reason."""
        return self.checked > 0 and not self.counts["not_found"] and not self.unexplained

    def __iter__(self) -> Iterator[LedgerRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        lines = [f"{self.checked} of {len(self)} rows checked", *(f"{count:6} {outcome}" for outcome, count in self.counts.items())]
        lines.append(f"agreement: {len(self.unexplained)} unexplained, {len(self.explained)} explained by their notes")
        lines += [f"not checked: {count} rows, {reason}" for reason, count in Counter(r.reason for r in self.rows if r.reason).items()]
        return "\n".join(lines)


def read_copy(folder: str | os.PathLike[str], source: Source) -> tuple[str, str]:
    """Read a copy of a source text.

    Args:
        folder: Where the copies lie.
        source: The source, whose `file` names the copy.

    Returns:
        The decoded text and the SHA-256 of its bytes.

    Raises:
        TextNotFound: The source has no file, or the folder has no such file, or it is not UTF-8.
    """
    if source.file is None:
        raise TextNotFound(f"{source.source_id} is only cited: it has no file", "Cite a source that was read")
    path = Path(folder) / source.file
    try:
        data = path.read_bytes()
        return data.decode("utf-8"), hashlib.sha256(data).hexdigest()
    except OSError:
        raise TextNotFound(f"no {source.file} in {folder}", f"Bring a copy of {source.source_id} under that name") from None
    except UnicodeDecodeError:
        raise TextNotFound(f"{source.file} is not UTF-8", "Convert the copy to UTF-8") from None


def verify(data: Dataset, texts: str | os.PathLike[str]) -> Ledger:
    """Check every row of evidence against a copy of the texts.

    The copy need not be the very file: another script, other line breaks, lost punctuation or blanks are seen through.

    Args:
        data: The package.
        texts: Folder with copies of the texts, under the names that `sources` gives.

    Returns:
        One entry for every row; a row that nothing looked at is `no_text`, never verified.

    Raises:
        TextNotFound: There is no such folder.
        MissingExtra: opencc, pypinyin or cn2an is not installed.
    """
    if not Path(texts).is_dir():
        raise TextNotFound(f"no folder {texts}", "Name the folder that holds your copies of the texts")
    copies: dict[str, tuple[Copy, bool] | str] = {}
    for source in data.sources:
        try:
            text, sha256 = read_copy(texts, source)
            copies[source.source_id] = Copy(text), sha256 == source.text_sha256
        except TextNotFound as error:
            copies[source.source_id] = error.message
    agreement = Agreement(data)
    return Ledger(tuple(_check(data, agreement, row, copies[row.source_id]) for row in data.evidence))


def _check(data: Dataset, agreement: Agreement, row: Evidence, found: tuple[Copy, bool] | str) -> LedgerRow:
    if isinstance(found, str):
        return LedgerRow(row, "no_text", reason=found)
    copy, is_the_file = found
    place: tuple[int, int] | None = (row.start, row.end)
    outcome: Outcome = "exact" if is_the_file else "folded"
    if row.end > len(copy.text) or copy.at(row.start, row.end) != row.fingerprint:
        place, outcome = copy.relocate(row.fingerprint), "relocated"
    if place is None:
        return LedgerRow(row, "not_found")
    disagreements = agreement.disagreements(data.claims[row.claim_id], copy.text[place[0] : place[1]])
    return LedgerRow(row, outcome, *place, disagreements)
