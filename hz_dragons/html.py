"""Safe HTML for notebooks: every text is escaped, nothing is linked or fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["card", "side_by_side", "table"]


def _cell(text: object) -> str:
    return f"<td style='text-align:left;vertical-align:top'>{escape(str(text))}</td>"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Make a table.

    Args:
        headings: One for each column.
        rows: Values; everything is shown as text.

    Example:
        >>> "&lt;b&gt;" in table(["a"], [["<b>"]])
        True
    """
    head = "".join(f"<th scope='col' style='text-align:left'>{escape(text)}</th>" for text in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def card(title: str, subtitle: str, content: str) -> str:
    """Make a titled block.

    Args:
        title: Shown in bold.
        subtitle: Shown below it.
        content: HTML made by this module.
    """
    return f"<div><strong>{escape(title)}</strong><br><span>{escape(subtitle)}</span>{content}</div>"


def side_by_side(sides: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Put the sides of a disagreement next to each other.

    Args:
        sides: For each side its sentence and the lines below it.
    """
    cells = "".join(
        f"<td style='text-align:left;vertical-align:top'><strong>{escape(sentence)}</strong><br>{'<br>'.join(map(escape, lines))}</td>"
        for sentence, lines in sides
    )
    return f"<table><tbody><tr>{cells}</tr></tbody></table>"
