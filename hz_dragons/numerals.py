"""Numbers in Chinese prose: a thin wrapper around cn2an, which reads bare numerals but neither 万亿 nor fractions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hz_dragons.extras import require
from hz_dragons.folding import simplify

__all__ = ["Figure", "figures", "plain_text", "read_number"]

_NUMERAL = r"(?:[0-9]+(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[十百千万亿]*(?:[0-9]+[百千万亿]+)*|[〇零一二两三四五六七八九十百千万亿]+"
_TOKEN = re.compile(
    rf"(?P<below>{_NUMERAL})分之(?P<above>{_NUMERAL})"
    rf"|(?P<few>[几数][十百千万亿]+)"
    rf"|(?P<half>一半)"
    rf"|(?P<number>{_NUMERAL})(?P<after>%|成(?![立为功])|年半|倍)?"
)
_GROUP = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text.

    Attributes:
        low: The number; the lower end of a vague one (几百万 is 2 to 9 million).
        high: The upper end; the same number where it is not vague.
        ratio: Whether it is a share, in percent points.
        start: Where it begins.
        end: Where it ends.
    """

    low: Decimal
    high: Decimal
    ratio: bool
    start: int
    end: int


def plain_text(text: str) -> str:
    """Bring a text to half-width Simplified characters without changing its length.

    Example:
        >>> plain_text("５萬塊")
        '5万块'
    """
    return "".join(simplify(n) if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def read_number(numeral: str) -> Decimal:
    """Read one numeral.

    Args:
        numeral: Digits or Chinese numerals, Simplified, with or without 万 and 亿.

    Raises:
        ValueError: It is no numeral.

    Example:
        >>> read_number("1.65万"), read_number("14万亿"), read_number("1亿3千万")
        (Decimal('16500'), Decimal('14000000000000'), Decimal('130000000'))
    """
    text = _GROUP.sub("", numeral)
    if not text:
        raise ValueError("no numeral: ''")
    if text.endswith("万亿"):
        return _whole(_read(text.removesuffix("万亿") or "一") * 10**12)
    if match := re.fullmatch(r"([0-9]+\.[0-9]+)([百千])(万|亿)", text):
        return _whole(_read(match[1]) * {"百": 100, "千": 1000}[match[2]] * {"万": 10**4, "亿": 10**8}[match[3]])
    return _read("一" + text if text[0] in "百千万亿" else text)


def _whole(number: Decimal) -> Decimal:
    """Drop the zeros after the point that a multiplication leaves."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _read(text: str) -> Decimal:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return Decimal(text)
    try:
        return Decimal(str(require("cn2an", "verify").cn2an(text, "smart"))).normalize() + 0
    except (ValueError, LookupError, InvalidOperation):  # LookupError: cn2an on 一亿二
        raise ValueError(f"no numeral: {text!r}") from None


def figures(text: str) -> Iterator[Figure]:
    """Find the numbers of a text.

    Args:
        text: Any text; full-width and Traditional forms are understood.

    Example:
        >>> [str(figure.low) for figure in figures("三分之一,超1.5萬億元,約60%")]
        ['33.3333333333', '1500000000000', '60']
    """
    for match in _TOKEN.finditer(plain_text(text)):
        try:
            low, high, ratio = _value(match)
        except (ValueError, ArithmeticError):
            continue  # no numeral, or a share of nothing
        yield Figure(low, high, ratio, *match.span())


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    if match["below"]:
        share = round(100 * read_number(match["above"]) / read_number(match["below"]), 10)
        return share, share, True
    if match["few"]:
        unit = read_number(match["few"][1:])
        return 2 * unit, 9 * unit, False
    if match["half"]:
        return Decimal(50), Decimal(50), True
    number = read_number(match["number"])
    after = match["after"]
    if after == "年半":
        number += Decimal("0.5")
    if after == "成":
        number *= 10
    return number, number, after in ("%", "成")
