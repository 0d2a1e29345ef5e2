"""`validate`: everything that is wrong with a package, in one run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from hz_dragons.canonical import deviations
from hz_dragons.codes import Plain
from hz_dragons.dataset import Dataset
from hz_dragons.diagnosis import diagnose
from hz_dragons.loader import read_tables
from hz_dragons.models import TABLES
from hz_dragons.package import open_package
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding, Report
from hz_dragons.rules import RULES
from hz_dragons.table import Table

__all__ = ["open_questions", "validate"]


def validate(source: str | os.PathLike[str] | None = None) -> Report:
    """Find everything that is wrong with a package.

    Args:
        source: A directory or a zip; the bundled package when `None`.

    Returns:
        All findings, in the order of files and lines. Bad data never raises.

    Raises:
        PackageNotFound: There is no package at this place.

    Example:
        >>> import hz_dragons as hz
        >>> hz.validate().ok
        True
    """
    package = open_package(source)
    tables = read_tables(package)
    findings: list[Finding] = []
    for table in tables.values():
        findings += diagnose(table)
        findings += deviations(table)
    for rule in RULES:
        findings += rule(tables)
    if not any(finding.level == "error" for finding in findings):
        findings += open_questions(tables)
    return Report.of(findings)


def open_questions(tables: dict[str, ParsedTable[Any]]) -> Iterator[Finding]:
    """Say which disagreements nobody has decided on, and which decisions the claims have outrun.

    Args:
        tables: The tables of a package without errors.
    """
    data = Dataset(lambda name: Table(TABLES[name], tables[name].records))
    places = {claim.claim_id: index for index, claim in enumerate(tables["claims"].records)}
    digest_of = cache(data.inputs_digest)
    for conflict in data.conflicts(state="open"):
        digest = digest_of(conflict.subject_id, conflict.predicate_id, conflict.scope_id)
        texts = {"explanation": Plain(conflict.explanation()), "explanation_zh": Plain(conflict.explanation("zh"))}
        yield tables["claims"].find("adjudications/undecided", places[conflict.claim_ids[0]], "claim_id", digest=Plain(digest), **texts)
    for index, decision in enumerate(tables["adjudications"].records):
        about = (decision.subject_id, decision.predicate_id, decision.scope_id)
        digest = data.inputs_digest(*about)
        if not data.claims.where(subject_id=about[0], predicate_id=about[1], scope_id=about[2]):
            yield tables["adjudications"].find("adjudications/nothing", index, "subject_id")
        elif digest != decision.inputs_digest:
            yield tables["adjudications"].find("adjudications/stale", index, "inputs_digest", digest=Plain(digest))
