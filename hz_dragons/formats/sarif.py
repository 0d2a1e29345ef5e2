"""Findings for code scanning: SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any
from urllib.parse import quote

from hz_dragons import __version__
from hz_dragons.codes import CODES, Code
from hz_dragons.formats.wording import SITE, WORDS, dump, escape, help_uri, line, whole, words
from hz_dragons.report import Finding, Lang, Report

__all__ = ["as_sarif"]

WHOLE_PACKAGE = "datapackage.json"  # what is said of the package is shown at its descriptor


def _sentence(text: str, lang: Lang) -> str:
    return line(text).replace("](", "]" + escape("(")) + WORDS[lang]["stop"]


def _sentences(texts: Iterable[str], lang: Lang) -> dict[str, str]:
    return {"text": WORDS[lang]["join"].join(_sentence(text, lang) for text in texts)}


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
        "help": _sentences([hint, WORDS[lang]["explain"].format(code.code)], lang),
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
    file = quote(whole(finding.file).lstrip("/") or WHOLE_PACKAGE)
    region = {"startLine": max(finding.line, 1)}  # code hosts refuse a place without a line
    if finding.line and finding.column:
        region |= {"startColumn": finding.column}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}
    parts = [f"{key}={quote(whole(value), safe='')}" for key, value in (("record", finding.record), ("field", finding.field)) if value]
    if parts:
        location["logicalLocations"] = [{"fullyQualifiedName": f"{file}#{'&'.join(parts)}", "kind": "member"}]
    return location


def _result(finding: Finding, fingerprint: str, lang: Lang) -> dict[str, Any]:
    known = {"ruleIndex": list(CODES).index(finding.code)} if finding.code in CODES else {}
    return {
        "ruleId": whole(finding.code),
        **known,
        "level": finding.level,
        "message": _sentences(words(finding, lang), lang),
        "locations": [_location(finding)],
        "partialFingerprints": {"hzDragonsFinding/v1": fingerprint},
    }


def as_sarif(report: Report, lang: Lang) -> str:
    """Write a run with every rule and one result for each finding."""
    driver = {"name": "hz-dragons", "semanticVersion": __version__, "informationUri": SITE, "language": {"en": "en-US", "zh": "zh-CN"}[lang]}
    rules = [_rule(code, lang) for code in CODES.values()]
    results = [_result(finding, mark, lang) for finding, mark in zip(report, _fingerprints(report), strict=True)]
    run = {"tool": {"driver": driver | {"rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}
    return dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})
