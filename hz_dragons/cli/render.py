"""Tables for people, JSON and CSV for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from hz_dragons.csvio import format_rows

__all__ = ["emit", "emit_json", "options", "paint", "reading", "width", "working"]

F = TypeVar("F", bound=Callable[..., Any])

_COLOURS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def _is_terminal() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, style: str) -> str:
    """Colour a text, when the output is a terminal and NO_COLOR is not set."""
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if _is_terminal() and text else text


def width(text: str) -> int:
    """Count the columns of a terminal that a text takes; Chinese characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > room - 1:
            break
        kept += character
    return kept + "…"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Fit the columns into the terminal by narrowing the widest; a pipe has no width."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    room = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 10**6
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    return widths


def emit(form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], titles: Sequence[str] | None = None) -> None:
    """Print rows as a table, as a JSON list of objects, or as CSV.

    Args:
        form: ``table``, ``json`` or ``csv``.
        columns: Names of the columns, for programs.
        rows: Their values.
        titles: Headings of the table, for people.
    """
    listed = [list(row) for row in rows]
    if form == "json":
        emit_json([dict(zip(columns, row, strict=True)) for row in listed])
        return
    texts = [["" if value is None else str(value) for value in row] for row in listed]
    if form == "csv":
        click.echo(format_rows([list(columns), *texts]), nl=False)
        return
    table = [list(titles or columns), *texts]
    widths = _widths(table)
    for number, row in enumerate(table):
        cells = [_cut(cell, room) for cell, room in zip(row, widths, strict=True)]
        padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells, widths, strict=True)]
        line = "  ".join(padded).rstrip()
        click.echo(paint(line, "bold") if number == 0 else line)


def emit_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _form(context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """Take the form from before the verb, when it is not given after it."""
    return str(value or context.find_root().params.get("form") or "table")


def options(*, lists: bool, own: str) -> Callable[[F], F]:
    """Give a command the options that all of them share.

    Args:
        lists: Whether it lists something, and so takes ``--format``.
        own: What ``--package`` is when it is not given.
    """

    def decorate(function: F) -> F:
        if lists:
            form = click.Choice(["table", "json", "csv"])
            function = click.option("--format", "form", type=form, default=None, callback=_form, help="Form of the answer. [default: table]")(
                function
            )
        lang = click.Choice(["en", "zh"])
        function = click.option("--lang", type=lang, default=None, help="Language of the answer. [default: en]")(function)
        return click.option("--package", "place", type=click.Path(), default=None, help=f"Directory or zip. [default: {own}]")(function)

    return decorate


def _inherited(name: str, value: str | None, default: str | None = None) -> str | None:
    """Take an option from before the verb, when it is not given after it."""
    context = click.get_current_context().find_root()
    return value if value is not None else context.params.get(name, default)


def reading(place: str | None, lang: str | None) -> tuple[str | None, str]:
    """Settle package and language of a command that reads: the installed package unless told otherwise."""
    return _inherited("place", place), str(_inherited("lang", lang, "en"))


def working(place: str | None, lang: str | None) -> tuple[str, str]:
    """Settle package and language of a command that works on a package: the current directory unless told otherwise."""
    return _inherited("place", place) or ".", str(_inherited("lang", lang, "en"))
