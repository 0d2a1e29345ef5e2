"""Problems as data: a `Finding` says what is wrong and where, a `Report` holds all findings of one run.

This module is the bottom layer: it knows nothing of tables, packages or rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "Lang", "Level", "Report", "shown"]

Lang = Literal["en", "zh"]
Level = Literal["error", "warning"]

SHOWN_LENGTH = 80


def shown(value: object) -> str:
    r"""Quote a value from a file so that it can be printed safely.

    Args:
        value: Anything; untrusted text as a rule.

    Returns:
        The value as a JSON string: control and bidi characters escaped, cut at 80 characters.

    Example:
        >>> print(shown("a\nb"))
        "a\nb"
    """
    text = str(value)
    cut = text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in json.dumps(cut, ensure_ascii=False))


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem in a package.

    Attributes:
        file: File inside the package, with forward slashes; empty for the package as a whole.
        line: Line of the file, counted from 1; 0 when the whole file is meant.
        column: Character of the line, counted from 1; 0 when the whole line is meant.
        code: Stable slug of the kind of problem, ``area/fault``.
        level: ``error`` or ``warning``.
        message: What is wrong, with the value, in English.
        hint: What to do about it, in English.
        message_zh: The message in Chinese.
        hint_zh: The hint in Chinese.
        record: Key of the row, where it has one.
        field: Name of the table column, where one is to blame.
    """

    file: str
    line: int
    column: int
    code: str
    level: Level
    message: str
    hint: str
    message_zh: str
    hint_zh: str
    record: str = ""
    field: str = ""

    def where(self) -> str:
        """Give the place as ``file:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.file or "package", self.line, self.column) if part)

    def text(self, lang: Lang = "en") -> str:
        """Put place, code, message and hint into one line.

        Args:
            lang: ``en`` or ``zh``.
        """
        message, hint = (self.message, self.hint) if lang == "en" else (self.message_zh, self.hint_zh)
        return f"{self.where()}: {self.level} [{self.code}] {message} → {hint}"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run, in a stable order.

    Example:
        >>> Report(()).ok
        True
    """

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> Report:
        """Make a report of findings in any order."""
        return cls(tuple(sorted(set(findings))))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make a package unusable."""
        return tuple(f for f in self.findings if f.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a package can live with."""
        return tuple(f for f in self.findings if f.level == "warning")

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings don't count."""
        return not self.errors

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        return "\n".join(f.text() for f in self.findings)
