"""A proposition: `Claim`."""

import re
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from pydantic import model_validator

from hz_dragons.errors import DragonsError
from hz_dragons.models.base import (
    Bound,
    ClaimCode,
    Date,
    DateOrInterval,
    Lookup,
    Number,
    Paragraph,
    Record,
    Slug,
    Snake,
    UnitCode,
)
from hz_dragons.models.values import Moment, Quantity, Value, Words, say_date

if TYPE_CHECKING:
    from hz_dragons.models.entity import Entity
    from hz_dragons.models.measures import Scope, Unit
    from hz_dragons.models.vocabulary import Predicate

__all__ = ["Claim", "Home"]

_PLACEHOLDER = re.compile(r"\{(subject|value)\}")


class Home(Protocol):
    """The tables that a claim needs to speak: those of the dataset that it was loaded with."""

    def company_html(self, company_id: str) -> str:
        """Give what is known about a company as safe HTML."""

    @property
    def entities(self) -> "Lookup[Entity]":
        """The table of entities."""

    @property
    def predicates(self) -> "Lookup[Predicate]":
        """The table of predicates."""

    @property
    def scopes(self) -> "Lookup[Scope]":
        """The table of scopes."""

    @property
    def units(self) -> "Lookup[Unit]":
        """The table of units."""


class Claim(Record):
    """A proposition: a subject, a predicate and a value, within a scope and a time.

    Who says it, how firmly, and whether the text asserts or denies it stands in the evidence.

    Attributes:
        claim_id: Opaque, stable identifier.
        subject_id: What the claim is about.
        predicate_id: The relation.
        object_id: The entity that is the value.
        number: The figure as a plain decimal in its unit; the lower end of a range.
        number_max: The upper end of a range.
        unit_id: Unit of the figure, as the text gives it.
        bound: How the value bounds the truth; with a date, `None` means exact.
        date: The date that is the value, as precise as the text.
        text_en: The value in words, in English.
        text_zh: The value in words, in Chinese.
        scope_id: What narrows the claim.
        valid_from: From when it holds.
        valid_to: Until when it holds.
        note: What a reader of the claim must know.

    Example:
        >>> import hz_dragons as hz
        >>> print(hz.load().claims.where(subject_id="deepseek", predicate_id="founded_on").one())
        DeepSeek was founded in 2023.
    """

    table: ClassVar[str] = "claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)
    references: ClassVar[dict[str, str]] = {
        "subject_id": "entities",
        "predicate_id": "predicates",
        "object_id": "entities",
        "unit_id": "units",
        "scope_id": "scopes",
    }
    speaks: ClassVar[bool] = True
    # A slot and no field: the dataset behind a claim is no part of its value, so it is neither compared nor pickled.
    __slots__ = ("_home",)
    _home: Home

    claim_id: ClaimCode
    subject_id: Slug
    predicate_id: Snake
    object_id: Slug | None
    number: Number | None
    number_max: Number | None
    unit_id: UnitCode | None
    bound: Bound | None
    date: DateOrInterval | None
    text_en: Paragraph | None
    text_zh: Paragraph | None
    scope_id: Slug | None
    valid_from: Date | None
    valid_to: Date | None
    note: Paragraph | None

    @model_validator(mode="after")
    def _is_a_proposition(self) -> Self:
        number = self.number is not None
        if [self.object_id is not None, number, self.date is not None, self.text_en is not None].count(True) != 1:
            raise ValueError("give exactly one value: object_id, number, date or text_en with text_zh")
        if number != (self.unit_id is not None) or (number and self.bound is None):
            raise ValueError("a number has a unit_id and a bound, and only a number has a unit_id")
        if (self.number_max is not None) != (self.bound == "range") or (self.number_max is not None and not number):
            raise ValueError("number_max goes with the bound 'range', and only with it")
        if self.bound is not None and not number and self.date is None:
            raise ValueError("a bound belongs to a number or a date")
        if (self.text_en is None) != (self.text_zh is None):
            raise ValueError("give text_en and text_zh together")
        return self

    @property
    def home(self) -> Home:
        """The dataset that the claim was loaded with.

        Raises:
            DragonsError: The claim was made by hand and belongs to no dataset.
        """
        try:
            return self._home
        except AttributeError:
            raise DragonsError(f"claim {self.claim_id} belongs to no dataset", "Take it from `load()`") from None

    @property
    def value(self) -> Value:
        """What the claim says: a `Quantity`, a `Moment`, `Words`, or the `Entity` itself."""
        return self.home.entities[self.object_id] if self.object_id is not None else self._figure()

    def _figure(self) -> Quantity | Moment | Words:
        if self.number is not None and self.unit_id is not None:
            return Quantity(self.number, self.home.units[self.unit_id], self.bound or "exact", self.number_max)
        if self.date is not None:
            return Moment(self.date, self.bound or "exact")
        return Words(self.text_en or "", self.text_zh or "")

    def value_text(self, lang: str = "en") -> str:
        """Say the value alone, in a language (``en`` or ``zh``)."""
        return self.home.entities[self.object_id].name(lang) if self.object_id is not None else self._figure().text(lang)

    def qualifiers(self, lang: str = "en") -> str:
        """Say what narrows the claim, scope and time, or give an empty string."""
        parts = [self.home.scopes[self.scope_id].label(lang)] if self.scope_id else []
        if self.valid_from and self.valid_from == self.valid_to:
            parts.append(say_date(self.valid_from, lang))
        else:
            words = ("自{}", "至{}") if lang == "zh" else ("from {}", "until {}")
            ends = zip(words, (self.valid_from, self.valid_to), strict=True)
            parts += [word.format(say_date(end, lang).removeprefix("in ").removeprefix("on ")) for word, end in ends if end]
        return ("；" if lang == "zh" else "; ").join(parts)

    def sentence(self, lang: str = "en") -> str:
        """Fill the predicate's template.

        Args:
            lang: ``en`` or ``zh``.

        Returns:
            One sentence with subject, value, scope and time.
        """
        template = self.home.predicates[self.predicate_id].template(lang)
        words = {"subject": self.home.entities[self.subject_id].name(lang), "value": self.value_text(lang)}
        body = _PLACEHOLDER.sub(lambda match: words[match[1]], template)
        narrowed = self.qualifiers(lang)
        if lang == "zh":
            return f"{body}（{narrowed}）。" if narrowed else f"{body}。"
        return body[:1].upper() + body[1:] + (f" ({narrowed})." if narrowed else ".")

    def __str__(self) -> str:
        return self.sentence() if hasattr(self, "_home") else repr(self)
