"""What figures are measured in and narrowed by: `Unit` and `Scope`."""

from typing import Annotated, ClassVar

from pydantic import Field

from hz_dragons.models.base import Day, Line, Number, Paragraph, Record, Slug, UnitCode

__all__ = ["Scope", "Unit"]


class Scope(Record):
    """What narrows a figure or a relation. Two figures can contradict each other only within one scope.

    Attributes:
        scope_id: Identifier of the scope.
        label_en: What it narrows to, in English.
        label_zh: The same in Chinese.
    """

    table: ClassVar[str] = "scopes"
    key: ClassVar[tuple[str, ...]] = ("scope_id",)

    scope_id: Slug
    label_en: Line
    label_zh: Line

    def label(self, lang: str = "en") -> str:
        """Give the label in a language (``en`` or ``zh``)."""
        return self.label_zh if lang == "zh" else self.label_en


class Unit(Record):
    """A unit, and how it converts to the base unit of its dimension.

    Attributes:
        unit_id: ISO 4217 code of a currency, else a slug.
        label_en: Word after a number, in English.
        label_zh: Word after a number, in Chinese.
        dimension: What the unit measures.
        base_unit: Unit that figures are converted to; itself for a base unit.
        factor: How many base units one of this unit is.
        factor_on: For currencies, the day of the exchange rate.
        note: Where the factor comes from.

    Example:
        >>> import hz_dragons as hz
        >>> hz.load().units["USD"].base_unit
        'CNY'
    """

    table: ClassVar[str] = "units"
    key: ClassVar[tuple[str, ...]] = ("unit_id",)
    references: ClassVar[dict[str, str]] = {"base_unit": "units"}

    unit_id: UnitCode
    label_en: Line
    label_zh: Line
    dimension: Slug
    base_unit: UnitCode
    factor: Annotated[Number, Field(gt=0)]
    factor_on: Day | None
    note: Paragraph | None

    def label(self, lang: str = "en") -> str:
        """Give the label in a language (``en`` or ``zh``)."""
        return self.label_zh if lang == "zh" else self.label_en
