from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planting import append, findings, replace, table_path, zipped

import hz_dragons as hz
from hz_dragons.errors import PackageNotFound
from hz_dragons.models import TABLES
from hz_dragons.package import bundled
from hz_dragons.rules import RULES


def codes(place) -> list[str]:
    return [finding.code for finding in hz.validate(place)]


def test_a_sound_package_has_no_findings(minimal):
    assert findings(minimal) == []
    assert hz.validate(minimal).ok


def test_without_a_place_the_bundled_package_is_judged():
    assert hz.validate() == hz.validate(bundled())


def test_a_zip_is_judged_as_its_directory_is(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    append(minimal, "companies", "yinhe,wider,telescopes,,")
    table_path(minimal, "names").write_bytes(table_path(minimal, "names").read_bytes().replace(b"\n", b"\r\n"))
    assert hz.validate(zipped(minimal)) == hz.validate(minimal)
    assert codes(minimal) == ["references/missing", "cells/enum", "canonical/newlines"]


def test_findings_come_in_the_order_of_files_and_lines(minimal):
    replace(minimal, "sources", "2025-02-10,zh-Hant", "2025-2-10,zh-Hant")
    replace(minimal, "claims", "3000,,CNY", "3000,,EUR")
    replace(minimal, "claims", "16500", "1.65万")
    replace(minimal, "claims", "4000000000000,14000000000000", "4e12,1.4e13")
    places = [(finding.file, finding.line, finding.column) for finding in hz.validate(minimal)]
    assert places == sorted(places)
    assert len(places) == 5


def test_errors_and_warnings_are_told_apart(minimal):
    replace(minimal, "entities", "firefly,product", '"firefly",product')
    assert hz.validate(minimal).ok
    assert [finding.code for finding in findings(minimal)] == ["canonical/quoting"]
    assert hz.validate(minimal).errors == ()
    assert hz.validate(minimal).warnings == hz.validate(minimal).findings
    replace(minimal, "units", "percent,1,", "percent,100,")
    report = hz.validate(minimal)
    assert not report.ok
    assert [finding.code for finding in report.errors] == ["units/base"]
    assert len(report) == 2


def test_where_there_is_no_package_it_says_so(tmp_path):
    with pytest.raises(PackageNotFound):
        hz.validate(tmp_path)


def test_every_rule_is_asked(minimal, monkeypatch):
    asked = []

    def spied(rule):
        def ask(tables):
            asked.append(rule)
            return rule(tables)

        return ask

    monkeypatch.setattr("hz_dragons.validation.RULES", tuple(map(spied, RULES)))
    hz.validate(minimal)
    assert asked == list(RULES)


def test_messages_quote_untrusted_text_safely(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,\x1b[31mgadget")
    (finding,) = hz.validate(minimal)
    assert "\x1b" not in finding.text()
    assert "\\u001b[31mgadget" in finding.text()


def test_chinese_findings_are_in_chinese(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    (finding,) = hz.validate(minimal)
    assert "不在允许的取值之内" in finding.text("zh")
    assert "可用值" in finding.text("zh")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([name for name, model in TABLES.items() if not model.optional]), st.integers(0), st.integers(0, 20), st.binary(max_size=3))
def test_whatever_befalls_a_file_validate_never_raises(minimal, name, place, length, new):
    path = table_path(minimal, name)
    sound = path.read_bytes()
    start = place % len(sound)
    damaged = sound[:start] + new + sound[start + length :]
    try:
        path.write_bytes(damaged)
        report = hz.validate(minimal)
        assert all(finding.message and finding.hint for finding in report)
        if damaged == sound:
            assert report.ok
    finally:
        path.write_bytes(sound)
