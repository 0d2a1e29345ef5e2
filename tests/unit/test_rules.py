from __future__ import annotations

import inspect
from itertools import chain

import pytest
from planting import append, replace, table_path

from hz_dragons.codes import CODES
from hz_dragons.loader import read_tables
from hz_dragons.models import TABLES
from hz_dragons.package import open_package
from hz_dragons.parse import parse_table
from hz_dragons.rules import RULES, accepted, claims, evidence, structure

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


def tables_of(package):
    return read_tables(open_package(package))


def told(rule, package) -> list[tuple[str, int, str, str]]:
    return [(finding.code, finding.line, finding.field, finding.record) for finding in rule(tables_of(package))]


def test_every_rule_of_the_modules_is_listed_once():
    listed = [rule.__name__ for rule in RULES]
    written = {name for module in (accepted, claims, evidence, structure) for name in module.__all__ if inspect.isfunction(getattr(module, name))}
    assert set(listed) == written - {"broken_links"}
    assert len(listed) == len(set(listed))


@each_rule
def test_a_sound_package_satisfies_every_rule(minimal, rule):
    assert list(rule(tables_of(minimal))) == []
    assert rule.__doc__


@each_rule
@pytest.mark.parametrize("data", [None, b"", b"\xff", b'"'], ids=["missing", "empty", "bytes", "quote"])
def test_no_rule_speaks_of_a_table_that_can_not_be_read(minimal, rule, data):
    sound = tables_of(minimal)
    for name in TABLES:
        assert list(rule(sound | {name: parse_table(name, data)})) == []


def test_rules_use_codes_of_the_catalogue_and_errors_only(minimal):
    replace(minimal, "claims", "invested_in,baifan", "founded_on,baifann")
    replace(minimal, "evidence", "115,126", "115,1260")
    replace(minimal, "founders", "clm-aaaaa4", "clm-aaaaa3")
    findings = list(chain.from_iterable(rule(tables_of(minimal)) for rule in RULES))
    assert {finding.code for finding in findings} == {"claims/value-kind", "references/missing", "evidence/span-past-end", "founders/warrant"}
    assert all(CODES[finding.code].level == "error" for finding in findings)


# structure


def test_a_third_row_of_a_key_names_the_first(minimal):
    append(minimal, "units", "unit,units,台,count,unit,1,,")
    append(minimal, "units", "unit,units,台,count,unit,1,,")
    found = list(structure.duplicate_keys(tables_of(minimal)))
    assert [finding.line for finding in found] == [5, 6]
    assert all("line 4" in finding.message for finding in found)


def test_a_missing_reference_names_near_keys_and_where_to_add_it(minimal):
    replace(minimal, "claims", "invested_in,baifan", "invested_in,baifann")
    (finding,) = structure.missing_references(tables_of(minimal))
    assert finding.message == 'object_id "baifann" is not in entities'
    assert finding.hint == 'Add it to seeds/entities.csv, or write "baifan"'
    assert '"baifan"' in finding.hint_zh


def test_every_reference_of_every_table_is_looked_at(minimal):
    append(minimal, "adjudications", "one,nobody,nothing,nowhere,prefer,clm-zzzzzz,misprint,Why,理由,2025-03-01," + "0" * 64)
    fields = {finding.field for finding in structure.missing_references(tables_of(minimal))}
    assert fields == {"subject_id", "predicate_id", "scope_id", "preferred_claim_id"}


def test_broken_links_are_both(minimal):
    append(minimal, "units", "unit,units,台,count,wan,1,,")
    assert {finding.code for finding in structure.broken_links(tables_of(minimal))} == {"keys/duplicate", "references/missing"}


# claims


def test_a_predicate_of_several_kinds_takes_each(minimal):
    replace(minimal, "claims", "firefly,expenditure", "qingdeng,expenditure")
    assert told(claims.claims_fit_predicates, minimal) == []
    replace(minimal, "claims", "qingdeng,expenditure", "shen-yifan,expenditure")
    assert told(claims.claims_fit_predicates, minimal) == [("claims/subject-kind", 10, "subject_id", "clm-aaaaa9")]


@pytest.mark.parametrize(
    ("low", "high", "ok"),
    [
        ("2024", "2024", True),
        ("2024", "2024-03", True),
        ("2024-06", "2024", True),
        ("2024-06", "2024-05", False),
        ("2024-01-02", "2024-01-01", False),
    ],
)
def test_times_are_in_order_as_far_as_they_are_known(minimal, low, high, ok):
    replace(minimal, "claims", "16500,,unit,exact,,,,,2024,2024", f"16500,,unit,exact,,,,,{low},{high},Changed.")
    replace(minimal, "claims", "Changed.,", "Changed.")
    found = told(claims.ends_in_order, minimal)
    assert found == ([] if ok else [("claims/date-order", 6, "valid_to", "clm-aaaaa5")])


@pytest.mark.parametrize(
    ("low", "high", "ok"), [("1", "2", True), ("2", "2", False), ("2", "1", False), ("-2", "-1", True), ("0.1", "0.11", True), ("9", "10", True)]
)
def test_a_range_has_its_lower_end_first(minimal, low, high, ok):
    replace(minimal, "claims", "4000000000000,14000000000000", f"{low},{high}")
    assert told(claims.ends_in_order, minimal) == ([] if ok else [("claims/range-order", 12, "number_max", "clm-aaaab2")])


def test_evidence_that_denies_is_evidence(minimal):
    assert told(claims.claims_have_evidence, minimal) == []
    path = table_path(minimal, "evidence")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert [record for *_, record in told(claims.claims_have_evidence, minimal)] == [
        f"clm-aaaa{end}" for end in ("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2")
    ]


@pytest.mark.parametrize(
    ("cells", "repeats"),
    [
        ("qingdeng,based_in,songjiang-town,,,,,,,,,,,Another note.", True),
        ("qingdeng,based_in,songjiang-town,,,,,,,,,2024,,", False),
        ("qingdeng,based_in,songjiang-town,,,,,,,,cleaning-robots-worldwide,,,", False),
        ("qingdeng,based_in,baifan,,,,,,,,,,,", False),
        ("qingdeng,units_sold,,16500,,unit,about,,,,,2024,2024,", False),
        ("qingdeng,units_sold,,16500,,unit,exact,,,,,2024,2024,", True),
    ],
)
def test_a_claim_is_repeated_when_only_its_note_differs(minimal, cells, repeats):
    append(minimal, "claims", f"clm-aaaab3,{cells}")
    assert told(claims.claims_say_one_thing_once, minimal) == ([("claims/repeated", 13, "claim_id", "clm-aaaab3")] if repeats else [])


# evidence


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (115, 158, None),
        (115, 159, "evidence/span-past-end"),
        (0, 120, None),
        (0, 121, "evidence/span-too-long"),
        (115, 116, None),
        (115, 115, "evidence/span-order"),
        (115, 114, "evidence/span-order"),
        (400, 300, "evidence/span-order"),
    ],
)
def test_a_span_lies_in_its_text(minimal, start, end, code):
    replace(minimal, "evidence", "115,126", f"{start},{end}")
    assert [found for found, *_ in told(evidence.spans_lie_in_texts, minimal)] == ([code] if code else [])


@pytest.mark.parametrize(("length", "ok"), [(6, True), (5, False), (0, False)])
def test_a_span_is_too_long_to_be_guessed(minimal, length, ok):
    replace(minimal, "evidence", "zf1:11:7855", f"zf1:{length}:7855")
    found = told(evidence.spans_lie_in_texts, minimal)
    assert found == ([] if ok else [("evidence/span-too-short", 12, "fingerprint", "clm-aaaab1/lantern/115/126")])


# what is kept by hand


@pytest.mark.parametrize(
    ("old", "new"), [("founded_by,shen-yifan", "founded_by,baifan"), ("qingdeng,founded_by", "baifan,founded_by"), ("founded_by", "invested_in")]
)
def test_a_warrant_names_this_company_this_person_and_founding(minimal, old, new):
    replace(minimal, "claims", old, new)
    assert told(accepted.founders_are_warranted, minimal) == [("founders/warrant", 2, "claim_id", "qingdeng/shen-yifan")]


def test_a_warrant_that_is_also_denied_stands(minimal):
    append(minimal, "evidence", "clm-aaaaa4,harbour,0,14,zf1:14:052e6f6a51c9f59be590b97fa6809ac8,denies,stated,,direct,,")
    assert told(accepted.founders_are_warranted, minimal) == []


@pytest.mark.parametrize("template", ["{value} is what {subject} costs", "{subject}{value}"])
def test_placeholders_come_in_any_order(minimal, template):
    replace(minimal, "predicates", "{subject} costs {value}", template)
    assert told(accepted.templates_are_complete, minimal) == []


@pytest.mark.parametrize(
    "template",
    [
        "costs {value}",
        "{subject} {subject} {value}",
        "{subject} {Value}",
        "{subject} {value} {unit}",
        "{subject} { value}",
        "{subject} {value} }{",
        "{subject} {value!r}",
        "{{subject}} {value}",
    ],
)
def test_a_template_holds_its_placeholders_and_no_other_braces(minimal, template):
    replace(minimal, "predicates", "{subject} costs {value}", template)
    assert told(accepted.templates_are_complete, minimal) == [("templates/placeholder", 8, "template_en", "price")]


def test_each_bad_template_is_told(minimal):
    replace(minimal, "predicates", "{subject} costs {value},{subject}售价{value}", "costs,售价")
    assert [field for _, _, field, _ in told(accepted.templates_are_complete, minimal)] == ["template_en", "template_zh"]


def test_units_convert_to_a_base_of_their_dimension(minimal):
    append(minimal, "units", "wan,ten thousand,万,count,unit,10000,,")
    assert told(accepted.units_have_a_base, minimal) == []
    append(minimal, "units", "yi,hundred million,亿,count,wan,10000,,")
    assert told(accepted.units_have_a_base, minimal) == [("units/base", 6, "base_unit", "yi")]


def test_a_chain_of_derivations_is_no_loop(minimal):
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,lantern,,9112")
    replace(minimal, "sources", "zh-Hant,,,6e52", "zh-Hant,yearbook,,6e52")
    assert told(accepted.derivations_end, minimal) == []


def test_what_derives_from_a_loop_is_not_itself_blamed(minimal):
    replace(minimal, "sources", "zh-Hant,,,6e52", "zh-Hant,lantern,,6e52")
    replace(minimal, "sources", "zh-Hans,,,9112", "zh-Hans,lantern,,9112")
    assert told(accepted.derivations_end, minimal) == [("sources/derivation-loop", 3, "derived_from", "lantern")]


@pytest.mark.parametrize(
    ("about", "ok"),
    [
        ("qingdeng,units_sold,", True),
        ("firefly,units_sold,", False),
        ("qingdeng,price,", False),
        ("qingdeng,units_sold,cleaning-robots-worldwide", False),
    ],
)
def test_a_decision_prefers_one_of_its_claims(minimal, about, ok):
    append(minimal, "adjudications", f"sales,{about},prefer,clm-aaaaa5,misprint,Why,理由,2025-03-01," + "0" * 64)
    found = told(accepted.decisions_prefer_what_is_disputed, minimal)
    assert found == ([] if ok else [("adjudications/preferred", 2, "preferred_claim_id", "sales")])
