"""The relations that claims may use: `Predicate`."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from hz_dragons.models.base import Line, Record, Slug, Snake

__all__ = ["Cardinality", "Predicate", "ValueType"]

ValueType = Literal["entity", "number", "date", "text"]
Cardinality = Literal["one_ever", "one_at_a_time", "many"]

_KIND = "(company|person|product|place|organization|event|policy|group|work)"


class Predicate(Record):
    """A relation that claims may use.

    Attributes:
        predicate_id: Identifier of the relation.
        label_en: Short label in English.
        label_zh: Short label in Chinese.
        template_en: Sentence with ``{subject}`` and ``{value}``, in English.
        template_zh: The same in Chinese.
        subject_kinds: Kinds of entity that may be the subject, separated by blanks.
        value_type: What a claim says with it.
        dimension: Dimension that the unit must have; only for numbers.
        cardinality: How many values can hold.
        tolerance: Relative difference below which two numbers agree.

    Example:
        >>> import hz_dragons as hz
        >>> hz.load().predicates["founded_on"].value_type
        'date'
    """

    table: ClassVar[str] = "predicates"
    key: ClassVar[tuple[str, ...]] = ("predicate_id",)

    predicate_id: Snake
    label_en: Line
    label_zh: Line
    template_en: Line
    template_zh: Line
    subject_kinds: Annotated[str, StringConstraints(pattern=f"^{_KIND}( {_KIND})*$", max_length=128)]
    value_type: ValueType
    dimension: Slug | None
    cardinality: Cardinality
    tolerance: Annotated[Decimal, Field(ge=0, le=1)] | None

    @model_validator(mode="after")
    def _numbers_have_a_dimension(self) -> Self:
        wants = self.value_type == "number"
        if (self.dimension is not None) != wants or (self.tolerance is not None) != wants:
            raise ValueError("a predicate of numbers has a dimension and a tolerance; no other predicate has")
        return self

    def label(self, lang: str = "en") -> str:
        """Give the label in a language (``en`` or ``zh``)."""
        return self.label_zh if lang == "zh" else self.label_en

    def template(self, lang: str = "en") -> str:
        """Give the template in a language (``en`` or ``zh``)."""
        return self.template_zh if lang == "zh" else self.template_en
