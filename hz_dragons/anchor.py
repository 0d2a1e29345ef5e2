"""Finding a span in a text: by its offsets, by its fingerprint, or by a phrase."""

from __future__ import annotations

from collections.abc import Iterator

from hz_dragons.errors import MissingExtra
from hz_dragons.extras import require
from hz_dragons.folding import Folded, digest, fold

__all__ = ["Copy", "nearest"]


class Copy:
    """A copy of a source text, folded once.

    Args:
        text: The decoded file.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: Folded = fold(text)
        self._windows: dict[int, dict[str, int]] = {}

    def at(self, start: int, end: int) -> str:
        """Give the fingerprint of what stands at these offsets."""
        return digest(fold(self.text[start:end]).text)

    def relocate(self, fingerprint: str) -> tuple[int, int] | None:
        """Find a span by its fingerprint alone.

        Returns:
            Its offsets in this copy, or `None` when it is nowhere.
        """
        length = int(fingerprint.split(":")[1])
        if not length:
            return None  # nothing is nowhere
        if length not in self._windows:
            text = self.folded.text
            self._windows[length] = {digest(text[i : i + length]): i for i in range(len(text) - length, -1, -1)}
        start = self._windows[length].get(fingerprint)
        return None if start is None else self.folded.span(start, start + length)

    def locate(self, phrase: str, within: str = "") -> list[tuple[int, int]]:
        """Find a phrase as it is written, else as it folds.

        Args:
            phrase: The phrase, in either script, with or without blanks, glosses and punctuation.
            within: A longer stretch of the text that holds it, to tell repeated phrases apart.

        Returns:
            Offsets of each place, in the order of the text.
        """
        spans = list(_every(self.text, phrase)) or self._folded_places(phrase)
        if not within:
            return spans
        frames = list(_every(self.text, within)) or self._folded_places(within)
        return [span for span in spans if any(frame[0] <= span[0] and span[1] <= frame[1] for frame in frames)]

    def _folded_places(self, phrase: str) -> list[tuple[int, int]]:
        wanted = fold(phrase).text
        return [self.folded.span(start, end) for start, end in _every(self.folded.text, wanted)]


def _every(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + 1)


def nearest(copy: Copy, phrase: str) -> str:
    """Give the stretch of a text most like a phrase, for "did you mean"; empty when there is none.

    Args:
        copy: The text.
        phrase: What was looked for.
    """
    try:
        fuzz = require("rapidfuzz.fuzz", "verify")
    except MissingExtra:
        return ""
    found = fuzz.partial_ratio_alignment(fold(phrase).text, copy.folded.text, score_cutoff=60)
    if found is None or found.dest_end <= found.dest_start:
        return ""
    start, end = copy.folded.span(found.dest_start, found.dest_end)
    return copy.text[start:end]
