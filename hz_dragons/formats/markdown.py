"""Findings for a comment or a job summary: a code span is the one place where neither links, HTML nor mentions are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hz_dragons.formats.wording import WORDS, counts, escape, line, words, worst_first
from hz_dragons.report import Finding, Lang, Report

__all__ = ["SUMMARY_BYTES", "as_markdown", "table"]

CELL_LENGTH = 400
COMMENT_BYTES = 60_000  # a comment may have 65,536 characters
SUMMARY_BYTES = 1_000_000  # a step's summary may have 1 MiB; a longer one is not shown at all


def _span(text: str) -> str:
    shown = line(text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…")
    inert = shown.replace("`", escape("`")).replace("|", escape("|"))
    return f"`{inert}`" if inert else ""


def _row(finding: Finding, lang: Lang) -> str:
    cells = (finding.where(), finding.level, finding.code, *words(finding, lang))
    return f"| {' | '.join(map(_span, cells))} |\n"


def _fitting(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            return
        yield row


def table(report: Report, lang: Lang, room: int) -> str:
    """Write a table of as many findings as there is room for, in bytes; the worst first."""
    title = f"<!-- hz-dragons -->\n### hz-dragons: {counts(report, lang)}\n"  # by the mark a bot finds its own comment again
    if not report.findings:
        return title
    rows = list(_fitting((_row(finding, lang) for finding in worst_first(report)), room))
    cut = len(report) - len(rows)
    more = f"\n{WORDS[lang]['cut'].format(cut)}\n" if cut else ""
    return f"{title}\n{WORDS[lang]['heads']}\n|---|---|---|---|---|\n{''.join(rows)}{more}"


def as_markdown(report: Report, lang: Lang) -> str:
    """Write the table so that it fits into a comment."""
    return table(report, lang, COMMENT_BYTES)
