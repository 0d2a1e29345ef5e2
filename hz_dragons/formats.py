r"""A report as `text`, `json`, `github`, `markdown`, `sarif` or `junit`: for people, programs and code hosts.

Findings quote what strangers wrote, so nothing in them may act where it is read. Two measures serve all forms: what can't be
printed becomes a visible escape (`\u202e`), and so does one character of each mark that a reader would obey (`##[` of a
build log, `](` of a link, the backtick that would end a code span). The escapes are for people; only `json` gives the exact text.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from hz_dragons import __version__
from hz_dragons.codes import CODES, Code
from hz_dragons.errors import DragonsError
from hz_dragons.report import Finding, Lang, Report

__all__ = ["FORMATS", "append_summary", "help_uri", "render"]

SITE = "https://hz-dragons.github.io/"
ANNOTATIONS = 10  # a code host shows ten of a kind for each step and drops the rest without a word
CELL_LENGTH = 400
COMMENT_BYTES = 60_000  # a comment may have 65,536 characters
SUMMARY_BYTES = 1_000_000  # a step's summary may have 1 MiB; a longer one is not shown at all
WHOLE_PACKAGE = "datapackage.json"  # what is said of the package is shown at its descriptor

# Python prints these; people don't see them, and a log's reader that compares by culture skips them.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")

_WORDS: dict[Lang, dict[str, str]] = {
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
    if form not in _WRITERS:
        raise DragonsError(f"there is no form {form!r}", f"Use one of: {', '.join(FORMATS)}")
    return _WRITERS[form](report, lang)


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
            file.write("\n" + _table(report, lang, SUMMARY_BYTES))
    return bool(path)


def help_uri(code: str) -> str:
    """Say where the documentation explains a code.

    Example:
        >>> help_uri("cells/form")
        'https://hz-dragons.github.io/codes/#cells-form'
    """
    return f"{SITE}codes/#{quote(_whole(code).replace('/', '-'), safe='')}"


# What all forms share


def _words(finding: Finding, lang: Lang) -> tuple[str, str]:
    return (finding.message, finding.hint) if lang == "en" else (finding.message_zh, finding.hint_zh)


def _escape(text: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in text)


def _line(text: str) -> str:
    """Put a text into one line that a terminal, XML and a reviewer's eye can bear."""
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    return "".join(c if c.isprintable() and not _INVISIBLE.match(c) else json.dumps(c)[1:-1] for c in text)


def _whole(text: str) -> str:
    """Replace halves of surrogate pairs, which no UTF-8 can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _worst_first(report: Report) -> list[Finding]:
    return sorted(report, key=lambda finding: finding.level != "error")


def _counts(report: Report, lang: Lang) -> str:
    return _WORDS[lang]["counts"].format(len(report.errors), len(report.warnings))


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(map(_line, text.split("\n"))) + "\n"  # a newline inside a string is escaped already


# text and json


def _log_line(text: str) -> str:
    """Take away what a build log would obey: `::` at the start of a line, `##[` anywhere."""
    line = _line(text).replace("##[", f"#{_escape('#')}[")
    return _escape(":") + line.lstrip()[1:] if line.lstrip().startswith("::") else line


def _text(report: Report, lang: Lang) -> str:
    return "".join(_log_line(finding.text(lang)) + "\n" for finding in report)


def _object(finding: Finding, lang: Lang) -> dict[str, str | int]:
    columns = ("file", "line", "column", "level", "code", "record", "field")
    places = {column: getattr(finding, column) for column in columns}
    values = places | dict(zip(("message", "hint"), _words(finding, lang), strict=True))
    return {name: _whole(value) if isinstance(value, str) else value for name, value in values.items()}


def _json(report: Report, lang: Lang) -> str:
    return _dump([_object(finding, lang) for finding in report])


# github: commands in a build log


def _command(name: str, message: str, **properties: object) -> str:
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return "%0A".join(_line(part).replace("%", "%25") for part in text.split("\n"))


def _property(text: str) -> str:
    return _line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _annotation(finding: Finding, lang: Lang) -> str:
    message = "\n".join(map(_line, _words(finding, lang)))
    column = finding.column if finding.line else 0
    return _command(finding.level, message, title=f"hz-dragons {finding.code}", file=finding.file, line=finding.line, col=column)


def _github(report: Report, lang: Lang) -> str:
    commands = [_annotation(finding, lang) for finding in _worst_first(report)[:ANNOTATIONS]]
    if len(report) > ANNOTATIONS:
        title = f"hz-dragons {_counts(report, lang)}"
        commands.append(_command("notice", _WORDS[lang]["more"].format(len(report) - ANNOTATIONS), title=title))
    return "".join(commands)


# markdown: a code span is the one place where neither links, HTML nor mentions are looked for


def _span(text: str) -> str:
    line = _line(text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…")
    inert = line.replace("`", _escape("`")).replace("|", _escape("|"))
    return f"`{inert}`" if inert else ""


def _row(finding: Finding, lang: Lang) -> str:
    cells = (finding.where(), finding.level, finding.code, *_words(finding, lang))
    return f"| {' | '.join(map(_span, cells))} |\n"


def _fitting(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            return
        yield row


def _table(report: Report, lang: Lang, room: int) -> str:
    title = f"<!-- hz-dragons -->\n### hz-dragons: {_counts(report, lang)}\n"  # by the mark a bot finds its own comment again
    if not report.findings:
        return title
    rows = list(_fitting((_row(finding, lang) for finding in _worst_first(report)), room))
    cut = len(report) - len(rows)
    more = f"\n{_WORDS[lang]['cut'].format(cut)}\n" if cut else ""
    return f"{title}\n{_WORDS[lang]['heads']}\n|---|---|---|---|---|\n{''.join(rows)}{more}"


def _markdown(report: Report, lang: Lang) -> str:
    return _table(report, lang, COMMENT_BYTES)


# sarif


def _sentence(text: str, lang: Lang) -> str:
    return _line(text).replace("](", "]" + _escape("(")) + _WORDS[lang]["stop"]


def _sentences(texts: Iterable[str], lang: Lang) -> dict[str, str]:
    return {"text": _WORDS[lang]["join"].join(_sentence(text, lang) for text in texts)}


def _general(template: str) -> str:
    """Name the placeholders of a template without braces, which SARIF keeps for its own."""
    parts = Formatter().parse(template)
    return "".join(literal + (f"‹{name.removesuffix('_zh')}›" if name else "") for literal, name, _, _ in parts)


def _rule(code: Code, lang: Lang) -> dict[str, Any]:
    message, hint = (_general(texts[lang == "zh"]) for texts in (code.message, code.hint))
    return {
        "id": code.code,
        "name": "".join(part.capitalize() for part in code.code.replace("/", "-").split("-")),
        "shortDescription": _sentences([message], lang),
        "fullDescription": _sentences([message, hint], lang),
        "help": _sentences([hint, _WORDS[lang]["explain"].format(code.code)], lang),
        "helpUri": help_uri(code.code),
        "defaultConfiguration": {"level": code.level},
    }


def _identity(finding: Finding) -> str:
    """Say what stays the same when lines move and messages are worded anew."""
    return json.dumps([finding.code, finding.file, finding.record, finding.field])


def _fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for identity in map(_identity, findings):
        seen[identity] += 1
        yield f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}:{seen[identity]}"


def _location(finding: Finding) -> dict[str, Any]:
    file = quote(_whole(finding.file).lstrip("/") or WHOLE_PACKAGE)
    region = {"startLine": max(finding.line, 1)}  # code hosts refuse a place without a line
    if finding.line and finding.column:
        region |= {"startColumn": finding.column}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}
    parts = [f"{key}={quote(_whole(value), safe='')}" for key, value in (("record", finding.record), ("field", finding.field)) if value]
    if parts:
        location["logicalLocations"] = [{"fullyQualifiedName": f"{file}#{'&'.join(parts)}", "kind": "member"}]
    return location


def _result(finding: Finding, fingerprint: str, lang: Lang) -> dict[str, Any]:
    known = {"ruleIndex": list(CODES).index(finding.code)} if finding.code in CODES else {}
    return {
        "ruleId": _whole(finding.code),
        **known,
        "level": finding.level,
        "message": _sentences(_words(finding, lang), lang),
        "locations": [_location(finding)],
        "partialFingerprints": {"hzDragonsFinding/v1": fingerprint},
    }


def _sarif(report: Report, lang: Lang) -> str:
    driver = {"name": "hz-dragons", "semanticVersion": __version__, "informationUri": SITE, "language": {"en": "en-US", "zh": "zh-CN"}[lang]}
    rules = [_rule(code, lang) for code in CODES.values()]
    results = [_result(finding, mark, lang) for finding, mark in zip(report, _fingerprints(report), strict=True)]
    run = {"tool": {"driver": driver | {"rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}
    return _dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


# junit


def _case(suite: ET.Element, finding: Finding, lang: Lang) -> None:
    name = " ".join(filter(None, (finding.code, finding.where(), finding.record, finding.field)))
    place = {"line": str(finding.line)} if finding.line else {}
    case = ET.SubElement(suite, "testcase", place, name=_line(name), classname=suite.attrib["name"])
    # A warning doesn't fail the run, and so must not fail the test: it is shown as skipped.
    outcome = ET.SubElement(case, "failure" if finding.level == "error" else "skipped")
    outcome.attrib |= {"type": _line(finding.code), "message": _line(_words(finding, lang)[0])}
    outcome.text = _line(finding.text(lang))


def _suite(root: ET.Element, file: str, findings: Report, lang: Lang) -> None:
    counts = {"tests": len(findings), "failures": len(findings.errors), "errors": 0, "skipped": len(findings.warnings)}
    suite = ET.SubElement(root, "testsuite", {"name": _line(file) or "package"} | {key: str(value) for key, value in counts.items()})
    for finding in findings:
        _case(suite, finding, lang)


def _junit(report: Report, lang: Lang) -> str:
    root = ET.Element("testsuites", name="hz-dragons", tests=str(len(report) or 1), failures=str(len(report.errors)), errors="0")
    for file in dict.fromkeys(finding.file for finding in report):
        _suite(root, file, Report(tuple(f for f in report if f.file == file)), lang)
    if not report.findings:  # a file without any test counts as a failure in some readers
        suite = ET.SubElement(root, "testsuite", name="package", tests="1", failures="0", errors="0", skipped="0")
        ET.SubElement(suite, "testcase", name="validate", classname="package")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


_WRITERS: dict[str, Callable[[Report, Lang], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "markdown": _markdown,
    "sarif": _sarif,
    "junit": _junit,
}
FORMATS = tuple(_WRITERS)
