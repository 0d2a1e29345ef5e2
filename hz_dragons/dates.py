"""Dates as precise as their source: `PartialDate`."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["DATE", "DATE_OR_INTERVAL", "DAY", "PartialDate", "partial_date"]

# The same patterns stand in schemas/v1/common.schema.json; tests/contract holds them together.
_YEAR = "[12][0-9]{3}"
_DAY = (
    f"{_YEAR}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|{_YEAR}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-02-(0[1-9]|1[0-9]|2[0-8])|([12][0-9](0[48]|[2468][048]|[13579][26])|(1[26]|2[048])00)-02-29"
)
_DATE = f"({_YEAR}|{_YEAR}-(0[1-9]|1[0-2])|{_DAY})"
DAY = f"^({_DAY})$"
DATE = f"^{_DATE}$"
DATE_OR_INTERVAL = f"^{_DATE}(/{_DATE})?$"


def partial_date(text: str) -> PartialDate:
    """Read a partial date or interval.

    Raises:
        ValueError: It is none.

    Example:
        >>> partial_date("2025-02").last
        datetime.date(2025, 2, 28)
    """
    if not re.fullmatch(DATE_OR_INTERVAL.removesuffix("$"), text):
        raise ValueError(f"{text!r} is no date: write 2018, 2018-10, 2018-10-03 or 2018-07/2018-12")
    return PartialDate(text)


def _first_day(text: str) -> dt.date:
    parts = [int(part) for part in text.split("-")]
    return dt.date(*[*parts, 1, 1][:3])


def _last_day(text: str) -> dt.date:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    if len(parts) > 2:
        return dt.date(year, month, parts[2])
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)


class PartialDate(str):
    """A date or interval of dates, never more precise than its source.

    It is a string (`2018`, `2018-10`, `2018-10-03`, `2018-07/2018-12`) that knows the days it covers.

    Example:
        >>> PartialDate("2018-02").last
        datetime.date(2018, 2, 28)
        >>> PartialDate("2018").covers(PartialDate("2018-10-03"))
        True
    """

    __slots__ = ()

    @property
    def first(self) -> dt.date:
        """First day covered."""
        return _first_day(self.split("/")[0])

    @property
    def last(self) -> dt.date:
        """Last day covered."""
        return _last_day(self.split("/")[-1])

    @property
    def precision(self) -> str:
        """``year``, ``month``, ``day`` or ``interval``."""
        return "interval" if "/" in self else {4: "year", 7: "month"}.get(len(self), "day")

    def covers(self, other: PartialDate) -> bool:
        """Whether every day of the other date is a day of this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: PartialDate) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last
