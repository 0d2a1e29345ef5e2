"""What all forms share: words in both languages, and the two measures that keep a quoted value from acting."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from hz_dragons.report import Finding, Lang, Report

__all__ = ["SITE", "WORDS", "counts", "dump", "escape", "help_uri", "line", "whole", "words", "worst_first"]

SITE = "https://hz-dragons.github.io/"

# Python prints these; people don't see them, and a log's reader that compares by culture skips them.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")

WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "counts": "{} errors, {} warnings",
        "more": "{} more findings are not shown here. The job summary lists them; so does: hz-dragons validate",
        "cut": "{} more findings have no room here. See them all with: hz-dragons validate",
        "heads": "| place | level | code | what is wrong | what to do |",
        "stop": ".",
        "join": " ",
        "explain": "See: hz-dragons explain {}",
    },
    "zh": {
        "counts": "{}个错误，{}个警告",
        "more": "另有{}项未在此显示，见作业摘要，或运行：hz-dragons validate",
        "cut": "另有{}项因篇幅未列出，可运行：hz-dragons validate",
        "heads": "| 位置 | 级别 | 代码 | 问题 | 做法 |",
        "stop": "。",
        "join": "",
        "explain": "参见：hz-dragons explain {}",
    },
}


def words(finding: Finding, lang: Lang) -> tuple[str, str]:
    """Give message and hint in a language."""
    return (finding.message, finding.hint) if lang == "en" else (finding.message_zh, finding.hint_zh)


def escape(text: str) -> str:
    """Show characters by their numbers."""
    return "".join(f"\\u{ord(character):04x}" for character in text)


def line(text: str) -> str:
    """Put a text into one line that a terminal, XML and a reviewer's eye can bear."""
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    return "".join(c if c.isprintable() and not _INVISIBLE.match(c) else json.dumps(c)[1:-1] for c in text)


def whole(text: str) -> str:
    """Replace halves of surrogate pairs, which no UTF-8 can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def worst_first(report: Report) -> list[Finding]:
    """Give the errors before the warnings."""
    return sorted(report, key=lambda finding: finding.level != "error")


def counts(report: Report, lang: Lang) -> str:
    """Say how many errors and warnings there are."""
    return WORDS[lang]["counts"].format(len(report.errors), len(report.warnings))


def dump(value: Any) -> str:
    """Write JSON that can be shown in a log."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(map(line, text.split("\n"))) + "\n"  # a newline inside a string is escaped already


def help_uri(code: str) -> str:
    """Say where the documentation explains a code.

    Example:
        >>> help_uri("cells/form")
        'https://hz-dragons.github.io/codes/#cells-form'
    """
    return f"{SITE}codes/#{quote(whole(code).replace('/', '-'), safe='')}"
