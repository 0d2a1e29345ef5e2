"""The fold profile `zf1`: what two copies of one sentence have in common, whatever was done to them on the way.

Folding drops pinyin glosses, applies NFKC, converts Traditional to Simplified character by character, casefolds, and drops
white space and punctuation, except a punctuation character between two digits and a percent sign after one: 1.65 and
16.5, 2-3 and 23 must not fold alike. The same sentence in a Simplified, a re-flowed or a pinyin-damaged copy folds alike.

A gloss is a bracketed lower-case syllable that is a reading of the Han character before it: 術(shù). A copy that has lost its
brackets keeps the bare syllable, 術shù; it is dropped as well when it carries a tone mark, which no prose does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hz_dragons.extras import require

__all__ = ["PROFILE", "Folded", "fingerprint", "fold", "simplify"]

PROFILE = "zf1"

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BRACKETED = re.compile(rf"(?<=[{_HAN}])[(（]([^\W\d_A-Z]{{1,6}}\u0300?)[)）]")
_IS_HAN = re.compile(f"[{_HAN}]")
_LONGEST_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its characters came from.

    Attributes:
        text: The folded text.
        starts: For each folded character, where its original begins.
        ends: For each folded character, where its original ends.

    Example:
        >>> folded = fold("創(chuàng)新, 2025")
        >>> folded.text, folded.span(1, 2)
        ('创新2025', (9, 10))
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text, not empty, to the original."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1)
def _converter() -> Any:
    return require("opencc", "verify").OpenCC("t2s")


@lru_cache(maxsize=8192)
def simplify(character: str) -> str:
    """Convert one character from Traditional to Simplified, by OpenCC's tables.

    Example:
        >>> simplify("樹")
        '树'
    """
    return str(_converter().convert(character)) if _IS_HAN.match(character) else character


@lru_cache(maxsize=4096)
def _readings(character: str) -> frozenset[str]:
    """All readings of a Han character, with tone marks and without."""
    pypinyin = require("pypinyin", "verify")
    toned = pypinyin.pinyin(character, heteronym=True, style=pypinyin.Style.TONE, errors="ignore")
    plain = pypinyin.pinyin(character, heteronym=True, style=pypinyin.Style.NORMAL, errors="ignore")
    spelt = {reading for part in (*toned, *plain) for reading in part}
    return frozenset(unicodedata.normalize("NFC", reading) for reading in spelt | {reading.replace("v", "ü") for reading in spelt})


def _glosses(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _BRACKETED.finditer(text):
        syllable = unicodedata.normalize("NFC", match[1])
        before = text[match.start() - 1]
        if syllable in _readings(before) or syllable in _readings(simplify(before)):
            found.append(match.span())
    return found


@lru_cache(maxsize=16384)
def _normal(cluster: str) -> str:
    """NFKC, Simplified, casefolded; repeated until nothing changes, so that folding twice changes nothing."""
    while True:
        folded = unicodedata.normalize("NFKC", cluster)
        folded = unicodedata.normalize("NFKC", "".join(map(simplify, folded)).casefold())
        if folded == cluster:
            return folded
        cluster = folded


def _clusters(text: str, skipped: list[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Cut a text into a character and the marks that combine with it, leaving out what is skipped."""
    skip = {index for start, end in skipped for index in range(start, end)}
    index = 0
    while index < len(text):
        if index in skip:
            index += 1
            continue
        end = index + 1
        while end < len(text) and text[end] > "\u02ff" and _is_mark(unicodedata.normalize("NFKC", text[end])[0]):
            end += 1
        yield text[index:end], index, end
        index = end


def _is_noise(character: str) -> bool:
    """White space, punctuation, and what can't be seen: controls and format characters such as zero-width spaces."""
    category = unicodedata.category(character)
    return character.isspace() or category[0] in "PZ" or category in ("Cc", "Cf")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def fold(text: str) -> Folded:
    """Fold a text with the profile `zf1`.

    Args:
        text: Any text.

    Returns:
        The folded text with its offset map.

    Raises:
        MissingExtra: opencc or pypinyin is not installed.

    Example:
        >>> fold("宇樹科技,全球60%以上").text
        '宇树科技全球60%以上'
        >>> fold("1.65萬、16.5 万").text
        '1.65万16.5万'
    """
    units: list[tuple[str, int, int]] = []
    for cluster, start, end in _clusters(text, _glosses(text)):
        base = " "
        for character in _normal(cluster):
            if _is_mark(character) and _is_noise(base):
                continue  # what it stood on is dropped, and it must not slip onto the character before
            base = character if not _is_mark(character) else base
            if not _is_noise(character) or _is_punctuation(character):
                units.append((character, start, end))
    kept = [unit for index, unit in enumerate(units) if not _is_noise(unit[0]) or _belongs_to_number(units, index)]
    kept = _without_bare_glosses(kept)
    return Folded("".join(u[0] for u in kept), tuple(u[1] for u in kept), tuple(u[2] for u in kept))


def _belongs_to_number(units: list[tuple[str, int, int]], index: int) -> bool:
    """Whether punctuation stands between two digits, alone or among its like (2018——2020), or is a percent sign right after one."""
    before, after = index - 1, index + 1
    while before >= 0 and _is_punctuation(units[before][0]):
        before -= 1
    while after < len(units) and _is_punctuation(units[after][0]):
        after += 1
    if before < 0 or not units[before][0].isdecimal():
        return False
    return (after < len(units) and units[after][0].isdecimal()) or (units[index][0] == "%" and before == index - 1)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


def _without_bare_glosses(units: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    index = 0
    while index < len(units):
        length = _bare_gloss(kept[-1][0], units, index) if kept and _IS_HAN.match(kept[-1][0]) else 0
        if length:
            index += length
        else:
            kept.append(units[index])
            index += 1
    return kept


def _bare_gloss(han: str, units: list[tuple[str, int, int]], index: int) -> int:
    if not ("a" <= units[index][0] <= "z" or units[index][0] > "\u00df") or _IS_HAN.match(units[index][0]):
        return 0
    for length in range(min(_LONGEST_SYLLABLE, len(units) - index), 0, -1):
        syllable = "".join(unit[0] for unit in units[index : index + length])
        if not syllable.isascii() and syllable in _readings(han):
            return length
    return 0


def fingerprint(span: str | Folded) -> str:
    """Give the fingerprint of a span.

    Args:
        span: The span as it stands in the text, or already folded.

    Returns:
        ``zf1:<folded length>:<first 32 hex digits of the SHA-256 of the folded span>``.

    Example:
        >>> fingerprint("宇樹科技成立") == fingerprint("宇树科技 成立。")
        True
    """
    folded = span.text if isinstance(span, Folded) else fold(span).text
    return digest(folded)


def digest(folded: str) -> str:
    """Give the fingerprint of a text that is folded already."""
    return f"{PROFILE}:{len(folded)}:{hashlib.sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
