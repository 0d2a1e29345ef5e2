"""What a claim says, as one typed object: `Quantity`, `Moment`, `Words`, or an `Entity`. Each can say itself in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, Union

from hz_dragons.dates import PartialDate
from hz_dragons.models.base import Bound

if TYPE_CHECKING:
    from hz_dragons.models.entity import Entity
    from hz_dragons.models.measures import Unit

__all__ = ["Moment", "Quantity", "Value", "Words", "say_date", "say_number"]

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_SCALES_EN = ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_SCALES_ZH = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_BOUND_EN = {"about": "about {}", "at_least": "at least {}", "more_than": "more than {}", "at_most": "at most {}", "less_than": "less than {}"}
_BOUND_ZH = {"about": "约{}", "at_least": "至少{}", "more_than": "超过{}", "at_most": "至多{}", "less_than": "不足{}"}
_RANK_EN = {
    "about": "about no. {}",
    "at_most": "in the top {}",
    "less_than": "above no. {}",
    "at_least": "no. {} or lower",
    "more_than": "below no. {}",
}
_RANK_ZH = {"about": "约第{}", "at_most": "前{}", "less_than": "第{}以前", "at_least": "第{}或以后", "more_than": "第{}以后"}
_DATE_EN = {"about": "around {}", "at_least": "{} or later", "more_than": "after {}", "at_most": "{} or earlier", "less_than": "before {}"}
_DATE_ZH = {"about": "{}前后", "at_least": "{}或以后", "more_than": "{}之后", "at_most": "{}或以前", "less_than": "{}之前"}


def _plain(number: Decimal) -> str:
    if int(number.as_tuple().exponent) < -6:  # a third in percent is shown as 33.33, a small share to three digits
        number = round(number, 2) if abs(number) >= 1 else Decimal(f"{number:.2e}")
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_number(number: Decimal, lang: str = "en") -> str:
    """Write a number the way the language does: millions in English, 万 and 亿 in Chinese.

    Args:
        number: Any finite decimal.
        lang: ``en`` or ``zh``.

    Example:
        >>> say_number(Decimal(6000000)), say_number(Decimal(6000000), "zh")
        ('6 million', '600万')
    """
    for scale, word in _SCALES_ZH if lang == "zh" else _SCALES_EN:
        scaled = number / scale
        if abs(number) >= scale and scaled == round(scaled, 2 if lang == "zh" else 3):
            return (_plain(scaled).replace(",", "") if lang == "zh" else _plain(scaled)) + word
    return _plain(number).replace(",", "") if lang == "zh" else _plain(number)


def _say_day(date: str, lang: str) -> str:
    year, month, day = [*date.split("-"), "", ""][:3]
    if lang == "zh":
        return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    return " ".join(part for part in (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year) if part)


def say_date(date: PartialDate, lang: str = "en") -> str:
    """Write a partial date in words, with its preposition in English.

    Args:
        date: The date or interval.
        lang: ``en`` or ``zh``.

    Example:
        >>> say_date(PartialDate("2018-09-03")), say_date(PartialDate("2018-07/2018-12"), "zh")
        ('on 3 September 2018', '2018年7月至2018年12月')
    """
    parts = [_say_day(part, lang) for part in date.split("/")]
    if lang == "zh":
        return "至".join(parts)
    if len(parts) == 2:
        return f"between {parts[0]} and {parts[1]}"
    return f"{'on' if date.precision == 'day' else 'in'} {parts[0]}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and bound, as the text gives it.

    Attributes:
        number: The figure; the lower end of a range.
        unit: Its unit.
        bound: How the figure bounds the truth.
        number_max: The upper end of a range.

    Example:
        >>> import hz_dragons as hz
        >>> claim = hz.load().claims.where(subject_id="deepseek-r1", predicate_id="training_cost").one()
        >>> str(claim.value)
        '6 million US dollars'
    """

    number: Decimal
    unit: Unit
    bound: Bound = "exact"
    number_max: Decimal | None = None

    def text(self, lang: str = "en") -> str:
        """Say it in a language (``en`` or ``zh``)."""
        if self.unit.dimension == "ordinal":
            return self._rank(lang)
        ends = [say_number(n, lang) for n in (self.number, self.number_max) if n is not None]
        label = self.unit.label(lang)
        if lang == "en" and self.number == 1 and self.number_max is None:
            label = label.removesuffix("s")
        gap = "" if lang == "zh" or label == "%" else " "
        if self.number_max is not None:
            return f"{ends[0]}{'' if gap else label}{'至' if lang == 'zh' else ' to '}{ends[1]}{gap}{label}"
        return (_BOUND_ZH if lang == "zh" else _BOUND_EN).get(self.bound, "{}").format(f"{ends[0]}{gap}{label}")

    def _rank(self, lang: str) -> str:
        figure = say_number(self.number, lang)
        if self.number_max is not None:
            figure += f"{'至' if lang == 'zh' else ' to '}{say_number(self.number_max, lang)}"
        return _RANK_ZH.get(self.bound, "第{}").format(figure) if lang == "zh" else _RANK_EN.get(self.bound, "no. {}").format(figure)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Moment:
    """A partial date or interval as the value of a claim.

    Attributes:
        date: The date, as precise as the text.
        bound: How the date bounds the truth.

    Example:
        >>> str(Moment(PartialDate("2023")))
        '2023'
    """

    date: PartialDate
    bound: Bound = "exact"

    def text(self, lang: str = "en") -> str:
        """Say it in a language (``en`` or ``zh``)."""
        if self.bound == "exact":
            return say_date(self.date, lang)
        said = say_date(self.date, lang)
        if lang == "zh":
            return _DATE_ZH[self.bound].format(said)
        keeps_preposition = self.bound in ("at_least", "at_most")
        return _DATE_EN[self.bound].format(said if keeps_preposition else said.split(" ", 1)[1])

    def __str__(self) -> str:
        return str(self.date) if self.bound == "exact" else f"{self.bound} {self.date}"


@dataclass(frozen=True, slots=True)
class Words:
    """A text value, in both languages, in the package's own wording.

    Attributes:
        en: The English text.
        zh: The Chinese text.
    """

    en: str
    zh: str

    def text(self, lang: str = "en") -> str:
        """Give the text in a language (``en`` or ``zh``)."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en


Value: TypeAlias = Union[Quantity, Moment, Words, "Entity"]  # a name in quotes can't be joined with |
