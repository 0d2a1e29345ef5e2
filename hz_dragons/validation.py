"""`validate`: everything that is wrong with a package, in one run."""

from __future__ import annotations

import os

from hz_dragons.canonical import deviations
from hz_dragons.diagnosis import diagnose
from hz_dragons.loader import read_tables
from hz_dragons.package import open_package
from hz_dragons.report import Finding, Report
from hz_dragons.rules import RULES

__all__ = ["validate"]


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
    return Report.of(findings)
