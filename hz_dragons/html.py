"""Safe HTML for notebooks: every text is escaped, nothing is linked or fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hz_dragons.conflicts import Conflict
    from hz_dragons.dataset import Dataset
    from hz_dragons.facts import Fact
    from hz_dragons.models import Evidence

__all__ = ["card", "company", "conflict", "fact", "side_by_side", "table"]


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


def company(data: Dataset, company_id: str) -> str:
    """Show all that is known about a company."""
    entity = data.entities[company_id]
    facts = data.facts(company_id).values()
    rows = [(each.status_of(c), str(c), ", ".join(source.source_id for source in each.sources)) for each in facts for c in each.claims]
    return card(f"{entity.name_en} · {entity.name_zh}", f"{len(rows)} claims", table(["status", "claim", "sources"], rows))


def fact(shown: Fact) -> str:
    """Show a fact: each value with its status and who says it."""
    home = shown.claims[0].home
    title = f"{home.entities[shown.subject_id].name_en} · {home.predicates[shown.predicate_id].label_en}"
    rows = [(shown.status_of(c), str(c), ", ".join(_voice(row) for row in shown.evidence if row.claim_id == c.claim_id)) for c in shown.claims]
    subtitle = f"{shown.status}, {len(shown.sources)} sources, {shown.independent_sources} independent"
    return card(title, subtitle, table(["status", "claim", "said by"], rows))


def conflict(shown: Conflict) -> str:
    """Show a conflict, both sides next to each other."""
    sides = [(str(side.claim), [_voice(row) for row in side.evidence]) for side in shown.sides]
    decided = f" Decided: {shown.decision.decision}. {shown.decision.rationale_en}" if shown.decision else ""
    return card(f"{shown.kind}, {shown.state}", shown.explanation() + decided, side_by_side(sides))


def _voice(row: Evidence) -> str:
    return f"{row.source_id} {row.start}–{row.end} ({row.stance}, {row.modality})"
