"""`coverage`: what of the texts no row of evidence touches, clause by clause, the telling ones first.

A clause is a stretch between punctuation marks. It is touched when a span of evidence shares a character with it, judged when the table
`passages` says why it holds no claim, and open otherwise. Open clauses with a figure, a date, a quotation or a known name come
first: they are the work that is left.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from hz_dragons.anchor import Copy
from hz_dragons.dataset import Dataset
from hz_dragons.errors import TextNotFound
from hz_dragons.folding import fold
from hz_dragons.models import Source
from hz_dragons.numerals import figures, plain_text
from hz_dragons.verification import read_copy

__all__ = ["Coverage", "Gap", "GapKind", "TextCoverage", "coverage"]

GapKind = Literal["date", "figure", "quotation", "name", "other"]
KINDS: tuple[GapKind, ...] = ("date", "figure", "quotation", "name", "other")

_CLAUSE = re.compile(r"[^。！？；，、：!?;,:\n\s“”「」]+")
_DATE = re.compile(r"[0-9]{1,4}[年月日]|去年|今年|前年|当年|同年")
_QUOTES = re.compile(r"[“「][^”」\n]*[”」]")
_LEAST = 2  # a clause that folds to less holds nothing: a list number, a stray mark


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A clause that no evidence touches and nobody has judged.

    Attributes:
        source_id: The text.
        start: Where the clause begins.
        end: Where it ends.
        kind: What in it calls for a look: ``date``, ``figure``, ``quotation``, ``name`` or ``other``.
        text: The clause, for the eyes of whoever has the text.
    """

    source_id: str
    start: int
    end: int
    kind: GapKind
    text: str


@dataclass(frozen=True, slots=True)
class TextCoverage:
    """How much of one text is accounted for, in folded characters.

    Attributes:
        source_id: The text.
        characters: Characters in its clauses.
        touched: Characters in clauses that evidence touches.
        judged: Characters in other clauses that hold no claim, with a reason.
        gaps: The clauses that are left.
    """

    source_id: str
    characters: int
    touched: int
    judged: int
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """Share of the characters that is accounted for, from 0 to 1."""
        return (self.touched + self.judged) / self.characters if self.characters else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is left to read, text by text.

    Attributes:
        texts: One entry for every text that was at hand.
        missing: Sources whose text was not.
    """

    texts: tuple[TextCoverage, ...]
    missing: tuple[str, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All open clauses, the telling kinds first, each in the order of the text."""
        found = [gap for text in self.texts for gap in text.gaps]
        return tuple(sorted(found, key=lambda gap: (KINDS.index(gap.kind), gap)))

    @property
    def ok(self) -> bool:
        """Whether every clause of every text is accounted for."""
        return bool(self.texts) and not self.gaps and not self.missing

    def __str__(self) -> str:
        lines = [f"{text.share:7.1%}  {text.source_id}: {len(text.gaps)} clauses open" for text in self.texts]
        lines += [f"      –  {source_id}: no text" for source_id in self.missing]
        kinds = Counter(gap.kind for gap in self.gaps)
        lines.append("open: " + (", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind]) or "nothing"))
        return "\n".join(lines)


def coverage(data: Dataset, texts: str | os.PathLike[str]) -> Coverage:
    """Say what of the texts no row of evidence touches.

    Args:
        data: The package.
        texts: Folder with copies of the texts, under the names that `sources` gives.

    Raises:
        MissingExtra: opencc, pypinyin or cn2an is not installed.
    """
    names = _known_names(data)
    found: list[TextCoverage] = []
    missing: list[str] = []
    for source in data.sources:
        if source.file is None:
            continue
        try:
            found.append(_text_coverage(data, source, Copy(read_copy(texts, source)[0]), names))
        except TextNotFound:
            missing.append(source.source_id)
    return Coverage(tuple(found), tuple(missing))


def _known_names(data: Dataset) -> re.Pattern[str]:
    written = {fold(name).text for e in data.entities for name in (e.name_en, e.name_zh)} | {fold(n.name).text for n in data.names}
    listed = sorted((name for name in written if len(name) >= _LEAST), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, listed)) or "(?!)")


def _text_coverage(data: Dataset, source: Source, copy: Copy, names: re.Pattern[str]) -> TextCoverage:
    touched = _marks(copy, [(row.start, row.end, row.fingerprint) for row in data.evidence.where(source_id=source.source_id)])
    judged = _marks(copy, [(row.start, row.end, row.fingerprint) for row in data.passages.where(source_id=source.source_id)])
    quoted = [match.span() for match in _QUOTES.finditer(copy.text)]
    counts = {"touched": 0, "judged": 0, "open": 0}
    gaps: list[Gap] = []
    for match in _CLAUSE.finditer(copy.text):
        length = len(fold(match[0]).text)
        state = "touched" if any(touched[match.start() : match.end()]) else "judged" if any(judged[match.start() : match.end()]) else "open"
        counts[state] += length
        if state == "open" and length >= _LEAST:
            kind = _kind(match[0], any(a <= match.start() and match.end() <= b for a, b in quoted), names)
            gaps.append(Gap(source.source_id, match.start(), match.end(), kind, match[0]))
    return TextCoverage(source.source_id, sum(counts.values()), counts["touched"], counts["judged"], tuple(gaps))


def _marks(copy: Copy, spans: list[tuple[int, int, str]]) -> list[bool]:
    """Mark the characters of a copy that spans cover, wherever the copy has them."""
    marks = [False] * len(copy.text)
    for start, end, fingerprint in spans:
        there = end <= len(copy.text) and copy.at(start, end) == fingerprint
        place = (start, end) if there else copy.relocate(fingerprint)
        if place:
            marks[place[0] : place[1]] = [True] * (place[1] - place[0])
    return marks


def _kind(clause: str, is_quoted: bool, names: re.Pattern[str]) -> GapKind:  # one caller, one line away
    plain = plain_text(clause)
    if _DATE.search(plain):
        return "date"
    if any(figure.low > 1 or figure.ratio for figure in figures(clause)):
        return "figure"
    if is_quoted:
        return "quotation"
    return "name" if names.search(fold(clause).text) else "other"
