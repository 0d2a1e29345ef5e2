"""Findings for people, programs and build logs: `text`, `json`, `github`."""

from __future__ import annotations

from hz_dragons.formats.wording import WORDS, counts, dump, escape, line, whole, words, worst_first
from hz_dragons.report import Finding, Lang, Report

__all__ = ["as_github", "as_json", "as_text"]

ANNOTATIONS = 10  # a code host shows ten of a kind for each step and drops the rest without a word


def _log_line(text: str) -> str:
    """Take away what a build log would obey: `::` at the start of a line, `##[` anywhere."""
    shown = line(text).replace("##[", f"#{escape('#')}[")
    return escape(":") + shown.lstrip()[1:] if shown.lstrip().startswith("::") else shown


def as_text(report: Report, lang: Lang) -> str:
    """Write one line for each finding."""
    return "".join(_log_line(finding.text(lang)) + "\n" for finding in report)


def _object(finding: Finding, lang: Lang) -> dict[str, str | int]:
    columns = ("file", "line", "column", "level", "code", "record", "field")
    places = {column: getattr(finding, column) for column in columns}
    values = places | dict(zip(("message", "hint"), words(finding, lang), strict=True))
    return {name: whole(value) if isinstance(value, str) else value for name, value in values.items()}


def as_json(report: Report, lang: Lang) -> str:
    """Write a list of objects, the values as they are."""
    return dump([_object(finding, lang) for finding in report])


def _command(name: str, message: str, **properties: object) -> str:
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return "%0A".join(line(part).replace("%", "%25") for part in text.split("\n"))


def _property(text: str) -> str:
    return line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _annotation(finding: Finding, lang: Lang) -> str:
    message = "\n".join(map(line, words(finding, lang)))
    column = finding.column if finding.line else 0
    return _command(finding.level, message, title=f"hz-dragons {finding.code}", file=finding.file, line=finding.line, col=column)


def as_github(report: Report, lang: Lang) -> str:
    """Write annotations for the worst findings, and a word on the others."""
    commands = [_annotation(finding, lang) for finding in worst_first(report)[:ANNOTATIONS]]
    if len(report) > ANNOTATIONS:
        title = f"hz-dragons {counts(report, lang)}"
        commands.append(_command("notice", WORDS[lang]["more"].format(len(report) - ANNOTATIONS), title=title))
    return "".join(commands)
