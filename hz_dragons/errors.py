"""The exceptions: one small tree for mistakes in the caller's own situation.

```
DragonsError
├── PackageNotFound (FileNotFoundError)   no package at this place
├── SeedError (ValueError)                the data is wrong; carries the findings
├── RecordNotFound (KeyError)             no such id; carries near ones
├── AmbiguousRecord (LookupError)         one() matched several
├── UnknownColumn (ValueError)            where() was asked for a column that the table has not
├── UnknownSchema (KeyError)              no such table in schemas/v1
├── Disputed (ValueError)                 the texts disagree and nobody decided
├── SpanNotFound (ValueError)             cite() cannot find the phrase
├── TextNotFound (FileNotFoundError)      no source text at this place
└── MissingExtra (ImportError)            an optional library is not installed
```

Problems in the *data* are not exceptions but findings (`hz_dragons.report`); `SeedError` is the bridge. Wording may
change in any release; classes and attributes don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hz_dragons.report import Finding

__all__ = [
    "AmbiguousRecord",
    "Disputed",
    "DragonsError",
    "MissingExtra",
    "PackageNotFound",
    "RecordNotFound",
    "SeedError",
    "SpanNotFound",
    "TextNotFound",
    "UnknownColumn",
    "UnknownSchema",
    "near",
]


def near(word: str, words: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Give the words most like a word, best first.

    Args:
        word: What was written.
        words: What there is.
        limit: How many at most.

    Example:
        >>> near("deepsek", ["deepseek", "unitree"])
        ('deepseek',)
    """
    import difflib  # only a mistake needs it

    pool = list(words)
    found = difflib.get_close_matches(word, pool, n=limit, cutoff=0.6)
    found += [w for w in pool if word and len(word) > 2 and word in w and w not in found]
    return tuple(found[:limit])


class DragonsError(Exception):
    """Base of everything that this package raises on purpose.

    Args:
        message: What is wrong.
        hint: What to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Message and hint; spelt out because `KeyError` would quote the message."""
        return f"{self.message}. {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by attributes, whatever the constructor of a subclass takes."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[DragonsError], args: tuple[object, ...], state: dict[str, object]) -> DragonsError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class PackageNotFound(DragonsError, FileNotFoundError):
    """There is no data package at this place."""


class SeedError(DragonsError, ValueError):
    """The data is wrong.

    Attributes:
        findings: What is wrong with it; at least one.
    """

    def __init__(self, place: str, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{place}: {first.where()}: {first.message}{more}", f"{first.hint}; `hz-dragons validate` lists every finding")
        self.findings = tuple(findings)


class RecordNotFound(DragonsError, KeyError):
    """A table has no record of this key.

    Attributes:
        table: Name of the table.
        key: The key that was asked for.
        suggestions: Near keys, best first.
    """

    def __init__(self, table: str, key: object, suggestions: Sequence[str] = ()) -> None:
        near = f"Did you mean {', '.join(map(repr, suggestions))}?" if suggestions else f"List them with `data.{table}`"
        super().__init__(f"no record {key!r} in {table}", near)
        self.table = table
        self.key = key
        self.suggestions = tuple(suggestions)


class AmbiguousRecord(DragonsError, LookupError):
    """`one()` matched more than one record."""


class UnknownColumn(DragonsError, ValueError):
    """A table has no such column."""


class UnknownSchema(DragonsError, KeyError):
    """There is no schema for this table."""


class Disputed(DragonsError, ValueError):
    """The texts disagree and no decision stands.

    Attributes:
        claims: The claims that can't all hold.
    """

    def __init__(self, message: str, hint: str = "", claims: Sequence[object] = ()) -> None:
        super().__init__(message, hint)
        self.claims = tuple(claims)


class SpanNotFound(DragonsError, ValueError):
    """A phrase is not in the text, or is there more than once.

    Attributes:
        candidates: Near phrases of the text, best first.
    """

    def __init__(self, message: str, hint: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)


class TextNotFound(DragonsError, FileNotFoundError):
    """There is no source text at this place."""


class MissingExtra(DragonsError, ImportError):
    """An optional library is not installed.

    Attributes:
        extra: Name of the extra that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"this needs {library}, which is not installed", f"Run: pip install 'hz-dragons[{extra}]'")
        self.extra = extra
