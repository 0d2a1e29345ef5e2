from __future__ import annotations

import csv
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hz_dragons.csvio import CsvFault, cell_column, format_rows, read_rows, write_atomically

BOM = "\ufeff"
awkward = st.sampled_from(list(',"\n; \t\0\u2028\x85青a1'))
cells = st.text(st.one_of(awkward, st.characters(exclude_characters="\r")), max_size=8)
tables = st.lists(st.lists(cells, min_size=1, max_size=5), max_size=6).filter(lambda rows: not rows or not rows[0][0].startswith(BOM))
one_line_cells = st.text(st.one_of(st.sampled_from(list(',"; 青a1')), st.characters(exclude_characters="\r\n")), max_size=6)


@given(tables)
def test_rows_written_and_read_are_the_same_rows(rows):
    assert [row.cells for row in read_rows(format_rows(rows))] == rows


@given(tables)
def test_a_row_is_at_the_line_where_an_editor_shows_its_start(rows):
    expected = [format_rows(rows[:index]).count("\n") + 1 for index in range(len(rows))]
    assert [row.line for row in read_rows(format_rows(rows))] == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_newline_ends_a_row(newline):
    rows = list(read_rows(newline.join(["a,b", "1,2", '3,"4"', ""])))
    assert [(row.line, row.cells) for row in rows] == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]


def test_a_cell_of_several_lines_does_not_shift_the_rows_behind_it():
    assert [row.line for row in read_rows('a,b\n1,"x\n\ny"\n2,z\n')] == [1, 2, 5]


def test_a_blank_line_is_a_row_without_cells():
    assert [(row.line, row.cells) for row in read_rows("a\n\nb\n")] == [(1, ["a"]), (2, []), (3, ["b"])]


def test_the_last_line_needs_no_newline():
    assert [row.cells for row in read_rows("a,b\n1,2")] == [["a", "b"], ["1", "2"]]


def test_an_empty_text_has_no_rows():
    assert list(read_rows("")) == []


def test_a_byte_order_mark_is_no_part_of_the_first_cell():
    assert next(iter(read_rows(f"{BOM}a,b\n"))).cells == ["a", "b"]


def test_blanks_around_a_cell_are_kept():
    assert next(iter(read_rows(" a , b\n"))).cells == [" a ", " b"]


@pytest.fixture
def short_cells():
    limit = csv.field_size_limit(1000)  # other libraries set it, for all
    yield
    csv.field_size_limit(limit)


@pytest.mark.usefixtures("short_cells")
@pytest.mark.parametrize(
    "text, line",
    [('a,b\n1,"x\n2,y\n', 2), ('a\n"x"y\n', 2), ("a\nb\n" + "x" * 1001 + "\n", 3)],
    ids=["quote not closed", "text behind a quote", "cell too long"],
)
def test_what_is_not_csv_is_refused_with_its_line(text, line):
    with pytest.raises(CsvFault) as caught:
        list(read_rows(text))
    assert caught.value.line == line
    assert caught.value.reason
    assert str(caught.value) == f"line {line}: {caught.value.reason}"


def test_rows_before_a_fault_can_be_read():
    rows = read_rows('a\n"x"y\n')
    assert next(rows).cells == ["a"]


@pytest.mark.parametrize(
    "cell, written",
    [("a b", "a b"), ("青;灯", "青;灯"), ("x, y", '"x, y"'), ('say "x"', '"say ""x"""'), ("x\ny", '"x\ny"'), ("'", "'"), ("", "")],
)
def test_only_cells_that_need_quotes_get_them(cell, written):
    assert format_rows([["1", cell]]) == f"1,{written}\n"


def test_rows_end_in_a_single_line_feed():
    assert format_rows([["a", "b"], ["1", "2"]]) == "a,b\n1,2\n"


@given(st.lists(one_line_cells, min_size=1, max_size=5), st.integers(0, 4))
def test_a_cell_starts_at_its_column(row, index):
    row, index = [*row, "end"], min(index, len(row))
    if row[:index] != [""]:
        assert format_rows([row])[cell_column(row, index) - 1 :] == format_rows([row[index:]])


@pytest.mark.parametrize("index, column", [(0, 1), (1, 4), (2, 11), (3, 14)])
def test_columns_are_counted_in_characters_from_one(index, column):
    assert cell_column(["青灯", "x, y", "ab", "c"], index) == column


def test_a_file_is_replaced_by_the_text(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old\n", encoding="utf-8")
    write_atomically(path, "青灯\r\nx\n")
    assert path.read_bytes() == "青灯\r\nx\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_replaced_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "a.csv"
    path.touch()
    path.chmod(mode)
    write_atomically(path, "new\n")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_new_file_can_be_read_by_everyone(tmp_path):
    path = tmp_path / "a.csv"
    write_atomically(path, "new\n")
    assert path.read_text(encoding="utf-8") == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_text_that_cannot_be_written_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old\n", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new\n" + "\ud800")
    assert path.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    def fail(_handle):
        raise OSError("no space left")

    path = tmp_path / "a.csv"
    path.write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        write_atomically(path, "new\n")
    assert path.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_not_written_where_there_is_no_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "a.csv", "new\n")
