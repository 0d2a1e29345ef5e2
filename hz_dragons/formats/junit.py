"""Findings for services that read JUnit: one suite for each file."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hz_dragons.formats.wording import line, words
from hz_dragons.report import Finding, Lang, Report

__all__ = ["as_junit"]


def _case(suite: ET.Element, finding: Finding, lang: Lang) -> None:
    name = " ".join(filter(None, (finding.code, finding.where(), finding.record, finding.field)))
    place = {"line": str(finding.line)} if finding.line else {}
    case = ET.SubElement(suite, "testcase", place, name=line(name), classname=suite.attrib["name"])
    # A warning doesn't fail the run, and so must not fail the test: it is shown as skipped.
    outcome = ET.SubElement(case, "failure" if finding.level == "error" else "skipped")
    outcome.attrib |= {"type": line(finding.code), "message": line(words(finding, lang)[0])}
    outcome.text = line(finding.text(lang))


def _suite(root: ET.Element, file: str, findings: Report, lang: Lang) -> None:
    counts = {"tests": len(findings), "failures": len(findings.errors), "errors": 0, "skipped": len(findings.warnings)}
    suite = ET.SubElement(root, "testsuite", {"name": line(file) or "package"} | {key: str(value) for key, value in counts.items()})
    for finding in findings:
        _case(suite, finding, lang)


def as_junit(report: Report, lang: Lang) -> str:
    """Write one test case for each finding; a warning is a skipped one."""
    root = ET.Element("testsuites", name="hz-dragons", tests=str(len(report) or 1), failures=str(len(report.errors)), errors="0")
    for file in dict.fromkeys(finding.file for finding in report):
        _suite(root, file, Report(tuple(f for f in report if f.file == file)), lang)
    if not report.findings:  # a file without any test counts as a failure in some readers
        suite = ET.SubElement(root, "testsuite", name="package", tests="1", failures="0", errors="0", skipped="0")
        ET.SubElement(suite, "testcase", name="validate", classname="package")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
