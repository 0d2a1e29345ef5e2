"""What all records share: the base class and the types of the cells.

Each type here has its twin in `schemas/v1/common.schema.json`; `tests/contract` holds the two together.
"""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema, StringConstraints
from pydantic_core import core_schema

from hz_dragons import dates
from hz_dragons.dates import PartialDate

_BAD = r"\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffd"
_LINE = rf"^[^\s{_BAD}]([^{_BAD}]*[^\s{_BAD}])?$"


def _dated(pattern: str) -> GetPydanticSchema:
    inner = core_schema.str_schema(pattern=pattern, strict=True)
    return GetPydanticSchema(lambda _source, _handler: core_schema.no_info_after_validator_function(PartialDate, inner))


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Snake = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]
UnitCode = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|[a-z][a-z0-9]*(-[a-z0-9]+)*)$", max_length=64)]
ClaimCode = Annotated[str, StringConstraints(pattern=r"^clm-[0-9a-z]{6}$", max_length=10)]
Line = Annotated[str, StringConstraints(pattern=_LINE, max_length=300)]
Paragraph = Annotated[str, StringConstraints(pattern=_LINE, max_length=2000)]
Quote = Annotated[str, StringConstraints(pattern=_LINE, max_length=24)]
Date = Annotated[PartialDate, _dated(dates.DATE)]
DateOrInterval = Annotated[PartialDate, _dated(dates.DATE_OR_INTERVAL)]
Day = Annotated[PartialDate, _dated(dates.DAY)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Url = Annotated[str, StringConstraints(pattern=r'^https?://[^\s\u0000-\u0020\u007f"<>\\^`{|}]+$', max_length=500)]
WikidataItem = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$", max_length=20)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^zf1:(0|[1-9][0-9]{0,3}):[0-9a-f]{32}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.txt$", max_length=128)]
Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range"]
Position = Annotated[int, Field(le=100_000_000)]
Number = Annotated[Decimal, Field(allow_inf_nan=False)]


T_co = TypeVar("T_co", covariant=True)


class Lookup(Protocol[T_co]):
    """Whatever gives a record by its key: a table, or a plain dict."""

    def __getitem__(self, key: Any, /) -> T_co: ...


class Record(BaseModel):
    """One row of a table: a frozen value that compares, hashes and pickles without a package behind it.

    Attributes:
        table: Name of the table that the record is a row of.
        key: Columns that identify the record.
        references: Column → table whose key the value must be.
        optional: Whether a package may do without the table.
        speaks: Whether the record needs its dataset to say itself; it then has a slot for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    references: ClassVar[dict[str, str]] = {}
    optional: ClassVar[bool] = False
    speaks: ClassVar[bool] = False

    @property
    def id(self) -> Any:
        """Key of the record: a string, or a tuple where several columns make the key."""
        values = tuple(getattr(self, column) for column in self.key)
        return values[0] if len(values) == 1 else values
