from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planting import replace, table_path

from hz_dragons.cells import make_record
from hz_dragons.codes import CODES
from hz_dragons.diagnosis import FORMS, diagnose
from hz_dragons.models import TABLES, Name, Unit
from hz_dragons.parse import HeaderFault, parse_table

HEADER = ",".join(Unit.model_fields)
YUAN = "CNY,yuan,元,currency,CNY,1,,"


def units(*rows: str):
    return parse_table("units", "\n".join([HEADER, *rows, ""]).encode())


def told(parsed) -> list[tuple[str, int, int, str]]:
    return [(finding.code, finding.line, finding.column, finding.field) for finding in diagnose(parsed)]


def test_rows_become_records_and_keep_their_lines():
    parsed = units("", YUAN, '"USD",US dollars,美元,currency,CNY,7.3,2025-02-01,"a, b"')
    assert [record.unit_id for record in parsed.records] == ["CNY", "USD"]
    assert [row.line for row in parsed.rows] == [3, 4]
    assert parsed.records[1] == Unit(
        unit_id="USD",
        label_en="US dollars",
        label_zh="美元",
        dimension="currency",
        base_unit="CNY",
        factor=Decimal("7.3"),
        factor_on="2025-02-01",
        note="a, b",
    )
    assert parsed.is_readable
    assert not parsed.unread
    assert diagnose(parsed) == []


def test_a_bad_row_is_put_aside_and_the_others_are_read():
    parsed = units("cny,yuan,元,Currency,CNY,1,,", "unit,units,台,count,unit,1,,")
    assert [record.unit_id for record in parsed.records] == ["unit"]
    assert [row.line for row in parsed.unread] == [2]
    assert parsed.mentioned("unit_id") == {"cny", "unit"}


def test_lines_are_counted_past_a_cell_of_several_lines():
    parsed = units('m,"metres\n\nlong",米,length,m,1,,', YUAN, "unit,units")
    assert [row.line for row in parsed.rows] == [5]
    assert told(parsed) == [("cells/form", 2, 3, "label_en"), ("csv/cell-count", 6, 12, "")]


def test_what_a_short_row_does_not_have_is_not_mentioned():
    parsed = units("m,metres")
    assert parsed.mentioned("unit_id") == {"m"}
    assert parsed.mentioned("note") == set()


def test_a_file_that_is_missing_is_a_fault_unless_the_table_may_be_left_out():
    for name, model in TABLES.items():
        parsed = parse_table(name, None)
        assert parsed.is_readable == model.optional
        assert [finding.code for finding in diagnose(parsed)] == ([] if model.optional else ["package/missing-table"])
        assert parsed.file == f"seeds/{name}.csv"


def test_a_header_alone_is_an_empty_table():
    parsed = units()
    assert (parsed.records, parsed.unread, parsed.fault) == ([], [], None)


@pytest.mark.parametrize("header", ["", "unit_id", HEADER.upper(), HEADER + ",more", HEADER.replace("label_en,label_zh", "label_zh,label_en")])
def test_a_wrong_header_is_the_only_thing_said(header):
    parsed = parse_table("units", f"{header}\n{YUAN}\n".encode())
    assert isinstance(parsed.fault, HeaderFault)
    (finding,) = diagnose(parsed)
    assert (finding.code, finding.line) == ("csv/header", 1)
    assert HEADER in finding.hint


def test_a_wrong_header_is_blamed_at_the_first_wrong_column():
    parsed = parse_table("units", HEADER.replace("dimension", "dimensions").encode())
    assert diagnose(parsed)[0].column == HEADER.index("dimension") + 1


@pytest.mark.parametrize(("data", "line", "column"), [(b"a,b\nc,\xc7\xe0\n", 2, 3), ("元,元\n元,".encode() + b"\xff", 2, 3), (b"\xff\xfea", 1, 1)])
def test_bytes_that_are_not_utf_8_are_placed_by_characters(data, line, column):
    (finding,) = diagnose(parse_table("units", data))
    assert (finding.code, finding.line, finding.column) == ("encoding/not-utf-8", line, column)
    assert "UTF-8" in finding.hint


def test_what_is_not_csv_is_placed_by_line():
    (finding,) = diagnose(units(YUAN, 'unit,"units,台,count,unit,1,,'))
    assert (finding.code, finding.line) == ("csv/malformed", 3)


def test_all_faults_of_a_row_are_told_each_at_its_cell():
    row = "Kilo metre,,公里,length,metre,1e3,2025,"
    assert sorted(told(units(row))) == [
        ("cells/form", 2, 1, "unit_id"),
        ("cells/form", 2, row.index("2025") + 1, "factor_on"),
        ("cells/number", 2, row.index("1e3") + 1, "factor"),
        ("cells/required", 2, row.index(",公里") + 1, "label_en"),
    ]


def test_a_shape_is_not_blamed_for_a_number_that_can_not_be_read(minimal):
    replace(minimal, "claims", "16500", "viele")
    assert told(parse_table("claims", table_path(minimal, "claims").read_bytes())) == [("cells/number", 6, 33, "number")]


def test_findings_name_the_record_by_its_key():
    (finding,) = diagnose(parse_table("names", f"{','.join(Name.model_fields)}\nqingdeng,青灯,zh,nickname\n".encode()))
    assert finding.record == "qingdeng/青灯/zh"
    assert finding.hint == "Use one of: official, short, alias, former, misspelling"


def test_a_cell_that_is_not_nfc_is_an_error_of_its_own():
    parsed = units(unicodedata.normalize("NFD", YUAN.replace("yuan", "yuán")))
    assert told(parsed) == [("cells/not-nfc", 2, 5, "label_en")]


def test_a_required_cell_says_what_to_write():
    hints = {finding.field: finding.hint for finding in diagnose(units(",,,,,,,"))}
    assert set(hints) == {"unit_id", "label_en", "label_zh", "dimension", "base_unit", "factor"}
    assert hints["factor"] == "Fill the cell: a number in plain digits"
    assert hints["dimension"].startswith("Fill the cell: lower-case ASCII letters")


def test_a_number_out_of_range_says_the_range():
    (finding,) = diagnose(units("m,metres,米,length,m,0,,"))
    assert (finding.code, finding.field) == ("cells/out-of-range", "factor")
    assert "greater than 0" in finding.message


def test_a_record_needs_as_many_cells_as_columns():
    cells = YUAN.split(",")
    assert make_record(Unit, cells).unit_id == "CNY"
    for wrong in (cells[:-1], [*cells, ""], []):
        with pytest.raises(ValueError, match="zip"):
            make_record(Unit, wrong)


def test_a_finding_stands_where_the_cell_begins():
    row = 'one,"units, pieces",台,count,unit,1,,'
    finding = units("", row).find("references/missing", 0, "base_unit", value="unit", table="units", near="", near_zh="")
    assert (finding.file, finding.line, finding.column, finding.record, finding.field) == (
        "seeds/units.csv",
        3,
        row.index("unit,1") + 1,
        "one",
        "base_unit",
    )


def test_a_finding_about_a_row_stands_at_its_beginning():
    finding = units(YUAN).find("claims/repeated", 0, other="x")
    assert (finding.line, finding.column, finding.field) == (2, 1, "")


def test_forms_are_given_in_both_languages():
    assert all(english and chinese and english != chinese for english, chinese in FORMS.values())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_explained(data):
    for name in ("units", "evidence"):
        parsed = parse_table(name, data)
        assert bool(diagnose(parsed)) == (parsed.fault is not None or bool(parsed.unread))


CELL = st.sampled_from(
    ["", "0", "1", "-1", "1.50", "1e9", "x", "X y", " x", "2018-1-03", "2018", "zf1:6:" + "0" * 32, "direct", "clm-aaaaa1", "e\u0301", "\0"]
) | st.text(max_size=4)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_every_row_is_read_or_explained(name, data):
    columns = list(TABLES[name].model_fields)
    cells = data.draw(st.lists(CELL, min_size=len(columns) - 1, max_size=len(columns) + 1))
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    parsed = parse_table(name, f"{','.join(columns)}\n{quoted}\n".encode())
    findings = diagnose(parsed)
    assert len(parsed.records) + len(parsed.unread) == 1
    assert bool(findings) == bool(parsed.unread)
    assert all(finding.code in CODES and finding.line == 2 and finding.column >= 1 for finding in findings)
