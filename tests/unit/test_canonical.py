from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planting import append, findings, replace, table_path, zipped

import hz_dragons as hz
from hz_dragons.canonical import canonical_text, deviations, fmt
from hz_dragons.csvio import CsvFault
from hz_dragons.errors import PackageNotFound
from hz_dragons.package import open_package
from hz_dragons.parse import parse_table

HEADER = "scope_id,label_en,label_zh"
CANONICAL = f"{HEADER}\na,one,一\nb,two,二\n"


def codes(text: str) -> list[str]:
    return [finding.code for finding in deviations(parse_table("scopes", text.encode()))]


def test_the_canonical_form_is_left_alone():
    assert canonical_text("scopes", CANONICAL) == CANONICAL
    assert codes(CANONICAL) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\ufeff" + CANONICAL, "canonical/bom"),
        (CANONICAL.replace("\n", "\r\n"), "canonical/newlines"),
        (CANONICAL.replace("\n", "\r"), "canonical/newlines"),
        (f"{HEADER}\nb,two,二\na,one,一\n", "canonical/order"),
        (CANONICAL.replace("one", '"one"'), "canonical/quoting"),
        (CANONICAL.replace("\nb", "\n\nb"), "canonical/quoting"),
        (CANONICAL + "\n\n", "canonical/quoting"),
        (CANONICAL.removesuffix("\n"), "canonical/quoting"),
    ],
)
def test_each_departure_is_named_and_repaired(text, code):
    assert codes(text) == [code]
    assert canonical_text("scopes", text) == CANONICAL


def test_all_departures_are_named_at_once():
    text = "\ufeff" + f'{HEADER}\r\nb,"two",二\r\na,one,一'
    assert codes(text) == ["canonical/bom", "canonical/newlines", "canonical/order", "canonical/quoting"]
    assert canonical_text("scopes", text) == CANONICAL


def test_departures_are_placed():
    places = {
        finding.code: (finding.line, finding.record) for finding in deviations(parse_table("scopes", f'{HEADER}\nc,x,x\na,x,x\n"d",x,x\n'.encode()))
    }
    assert places == {"canonical/order": (3, "a"), "canonical/quoting": (4, "")}


def test_text_is_put_into_normal_form_and_blanks_at_its_ends_go():
    decomposed = unicodedata.normalize("NFD", "café")
    assert canonical_text("scopes", f"{HEADER}\na, {decomposed} ,一\u3000\n") == f"{HEADER}\na,café,一\n"


def test_quotes_stay_where_they_are_needed():
    text = f'{HEADER}\na,"one, two","say ""一"""\n'
    assert canonical_text("scopes", text) == text


def test_spans_are_sorted_by_size_not_by_digits():
    header = "claim_id,source_id,start,end,fingerprint,stance,modality,speaker_id,basis,quote,note"
    rest = "f,asserts,stated,,direct,,"
    rows = [f"clm-a,s,{start},{end},{rest}" for start, end in ((9, 31), (10, 12), (10, 102))]
    wanted = "\n".join([header, *rows, ""])
    assert canonical_text("evidence", "\n".join([header, *reversed(rows), ""])) == wanted


def test_rows_that_repeat_are_kept_for_validate_to_name():
    text = f"{HEADER}\na,one,一\na,one,一\n"
    assert canonical_text("scopes", text) == text


def test_rows_under_another_header_are_not_moved():
    text = "label_en,scope_id\nb,2\na,1\n"
    assert canonical_text("scopes", text) == text


def test_nothing_stays_nothing():
    assert canonical_text("scopes", "") == canonical_text("scopes", "\n\n") == ""


def test_what_is_not_csv_has_no_canonical_form():
    with pytest.raises(CsvFault, match="line 2"):
        canonical_text("scopes", f'{HEADER}\na,"one')
    assert codes(f'{HEADER}\na,"one') == []


CELLS = st.text(alphabet="ab,\"' \té\u0301\n一\u3000", max_size=5)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_formatting_twice_changes_nothing(rows, newline, bom):
    written = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = bom + newline.join([HEADER, *written, ""])
    once = canonical_text("scopes", text)
    assert canonical_text("scopes", once) == once
    assert not once.startswith("\ufeff")
    assert codes(once) == []


def damage(package) -> dict[str, bytes]:
    before = {path.name: path.read_bytes() for path in (package / "seeds").iterdir()}
    table_path(package, "entities").write_bytes(b"\xef\xbb\xbf" + before["entities.csv"].replace(b"\n", b"\r\n"))
    names = before["names.csv"].splitlines(keepends=True)
    table_path(package, "names").write_bytes(b"".join([names[0], *reversed(names[1:])]))
    return before


def test_fmt_repairs_what_departs_and_names_it(minimal):
    before = damage(minimal)
    assert fmt(open_package(minimal)) == ["seeds/entities.csv", "seeds/names.csv"]
    assert {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()} == before
    assert fmt(open_package(minimal)) == []


def test_a_sound_file_is_not_even_touched(minimal):
    damage(minimal)
    untouched = table_path(minimal, "claims").stat().st_mtime_ns
    fmt(open_package(minimal))
    assert table_path(minimal, "claims").stat().st_mtime_ns == untouched


def test_check_says_the_same_and_writes_nothing(minimal):
    damage(minimal)
    damaged = {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()}
    assert fmt(open_package(minimal), check=True) == ["seeds/entities.csv", "seeds/names.csv"]
    assert {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()} == damaged


def test_fmt_repairs_a_cell_that_is_not_nfc(minimal):
    replace(minimal, "entities", "Firefly,", unicodedata.normalize("NFD", "Firéfly,"))
    assert [finding.code for finding in findings(minimal)] == ["cells/not-nfc"]
    fmt(open_package(minimal))
    assert findings(minimal) == []
    assert hz.load(minimal).entities["firefly"].name_en == "Firéfly"


def test_fmt_repairs_blanks_at_the_end_of_a_cell(minimal):
    replace(minimal, "entities", "Firefly,", "Firefly ,")
    fmt(open_package(minimal))
    assert findings(minimal) == []


@pytest.mark.parametrize(("data", "error"), [(b'"', CsvFault), (b"\xff\n", UnicodeDecodeError)])
def test_where_one_file_can_not_be_read_none_is_written(minimal, data, error):
    damage(minimal)
    with table_path(minimal, "units").open("ab") as file:
        file.write(data)
    damaged = {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()}
    with pytest.raises(error):
        fmt(open_package(minimal))
    assert {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()} == damaged


def test_a_kill_before_the_last_step_leaves_the_old_file_whole(minimal, monkeypatch):
    damage(minimal)
    damaged = {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()}
    asked = []

    def killed(source, target, **_):
        asked.append((source, target))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        fmt(open_package(minimal))
    assert len(asked) == 1
    assert {path.name: path.read_bytes() for path in (minimal / "seeds").iterdir()} == damaged, "and no temporary file is left"


def test_a_kill_between_two_files_leaves_each_old_or_new(minimal, monkeypatch):
    before = damage(minimal)
    damaged = table_path(minimal, "names").read_bytes()
    replaced = os.replace

    def fail_on_names(source, target, **more):
        if os.fspath(target).endswith("names.csv"):
            raise OSError(28, "No space left on device")
        replaced(source, target, **more)

    monkeypatch.setattr(os, "replace", fail_on_names)
    with pytest.raises(OSError, match="No space"):
        fmt(open_package(minimal))
    assert table_path(minimal, "entities").read_bytes() == before["entities.csv"]
    assert table_path(minimal, "names").read_bytes() == damaged


def test_a_zip_is_not_written(minimal):
    append(minimal, "names", "baifan,Baifan,en,short")
    with pytest.raises(PackageNotFound, match="Unpack it"):
        fmt(open_package(zipped(minimal)))


def test_a_package_without_a_table_is_formatted_as_far_as_it_goes(minimal):
    damage(minimal)
    table_path(minimal, "scopes").unlink()
    assert fmt(open_package(minimal)) == ["seeds/entities.csv", "seeds/names.csv"]
    assert not table_path(minimal, "scopes").exists()
