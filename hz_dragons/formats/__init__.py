r"""A report as `text`, `json`, `github`, `markdown`, `sarif` or `junit`: for people, programs and code hosts.

Findings quote what strangers wrote, so nothing in them may act where it is read. Two measures serve all forms: what can't be
printed becomes a visible escape (`\u202e`), and so does one character of each mark that a reader would obey (`##[` of a
build log, `](` of a link, the backtick that would end a code span). The escapes are for people; only `json` gives the exact text.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hz_dragons.errors import DragonsError
from hz_dragons.formats.junit import as_junit
from hz_dragons.formats.markdown import SUMMARY_BYTES, as_markdown, table
from hz_dragons.formats.sarif import as_sarif
from hz_dragons.formats.text import as_github, as_json, as_text
from hz_dragons.formats.wording import help_uri
from hz_dragons.report import Lang, Report

__all__ = ["FORMATS", "append_summary", "help_uri", "render"]

WRITERS: dict[str, Callable[[Report, Lang], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "markdown": as_markdown,
    "sarif": as_sarif,
    "junit": as_junit,
}
FORMATS = tuple(WRITERS)


def render(report: Report, form: str, lang: Lang = "en") -> str:
    r"""Write a report in one of the forms.

    Args:
        report: The findings.
        form: One of `FORMATS`.
        lang: Language of messages and hints.

    Returns:
        The text of a whole file: it ends with a newline, or is empty when there is nothing to say.

    Raises:
        DragonsError: There is no such form.

    Example:
        >>> render(Report(()), "json")
        '[]\n'
    """
    if form not in WRITERS:
        raise DragonsError(f"there is no form {form!r}", f"Use one of: {', '.join(FORMATS)}")
    return WRITERS[form](report, lang)


def append_summary(report: Report, lang: Lang = "en") -> bool:
    """Append the full list to the file that GITHUB_STEP_SUMMARY names.

    Args:
        report: The findings.
        lang: Language of messages and hints.

    Returns:
        Whether the variable names a file; without one nothing is written.

    Raises:
        OSError: The file can't be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n" + table(report, lang, SUMMARY_BYTES))
    return bool(path)
