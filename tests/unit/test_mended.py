"""Faults that were found by planting tests against the package, and are mended."""

from __future__ import annotations

import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hz_dragons as hz
from hz_dragons.agreement import Agreement
from hz_dragons.anchor import Copy
from hz_dragons.csvio import cell_column, format_rows, read_rows
from hz_dragons.errors import PackageNotFound
from hz_dragons.folding import fingerprint, fold
from hz_dragons.models import Moment, Quantity, Unit
from hz_dragons.numerals import figures, read_number
from hz_dragons.package import DESCRIPTOR, open_package

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def zipped(folder, top="", extra=()):
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(folder).as_posix())
        for name, data in extra:
            archive.writestr(name, data)
    return path


# ---- test_folding.py
tricky = st.sampled_from(list("aé\u0301\u0308()（）.,%％１12 術术shùu樹\u200b\u3000—…·“X¨´¯ﾞｶ"))


@settings(deadline=None, max_examples=1000)
@given(st.lists(st.one_of(tricky, st.characters()), max_size=12).map("".join))
def test_folding_twice_changes_nothing_in_any_text(text):
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize("text", ["a¨", "a´", "a¯", "a(\u0308", "ｶﾞ", "術(shù)\u0308"])
def test_folding_twice_changes_nothing_where_a_mark_loses_its_base(text):
    once = fold(text).text
    assert fold(once).text == once


marks = st.text(
    st.characters(categories=["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]).filter(
        lambda c: any(unicodedata.category(p)[0] == "P" for p in unicodedata.normalize("NFKC", c))
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None)
@given(st.text("0123456789０１", min_size=1, max_size=4), marks, st.text("0123456789０１", min_size=1, max_size=4))
def test_digits_with_any_punctuation_between_never_fold_like_joined_ones(before, mark, after):
    assert fold(before + mark + after).text != fold(before + after).text


@pytest.mark.parametrize("between", ["——", "……", "…", ",,", "\u200b.", ".\u200b", "-\u00ad"])
def test_a_run_of_punctuation_between_digits_is_kept(between):
    assert fold(f"2018{between}2020").text != "20182020"


def test_what_cannot_be_seen_does_not_part_a_number_from_its_sign():
    assert fold("60\u200b%").text == "60%"


@pytest.mark.parametrize("text", ["女(nü)", "绿(lü)"])
def test_a_toneless_gloss_with_an_umlaut_is_dropped(text):
    assert fold(text).text == text[0]


# ---- test_numerals.py
@pytest.mark.parametrize("text", ["零分之一", "0分之1", "1分之99999999999999999999", "一亿二", "两亿三", "亿〇", "99999999999999999万亿"])
def test_looking_for_odd_figures_never_fails(text):
    list(figures(text))


@settings(deadline=None, max_examples=1000)
@given(st.text("0123456789.,%〇零一二两三四五六七八九十百千万亿几数半成倍年分之", max_size=8))
def test_looking_for_figures_never_fails(text):
    list(figures(text))


def test_an_empty_numeral_is_refused():
    with pytest.raises(ValueError, match="no numeral"):
        read_number("")


# ---- test_csvio.py
cells = st.text(st.one_of(st.sampled_from(list('\r\n,"a')), st.characters()), max_size=6)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5).filter(lambda rows: not rows or not rows[0][0].startswith("\ufeff"))


@given(tables)
def test_rows_written_and_read_are_the_same_rows(rows):
    assert [row.cells for row in read_rows(format_rows(rows))] == rows


def test_a_cell_with_a_carriage_return_is_quoted():
    assert format_rows([["a\rb", "c"]]) == '"a\rb",c\n'


def test_a_cell_behind_an_empty_first_cell_starts_at_its_column():
    assert cell_column(["", "x"], 1) == 2


# ---- test_package.py
def test_a_zip_with_a_damaged_packed_file_is_refused(minimal):
    path = zipped(minimal)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("seeds/claims.csv")
    start = info.header_offset + 30 + len(info.filename)
    data[start : start + info.compress_size] = b"\xff" * info.compress_size
    path.write_bytes(data)
    with pytest.raises(PackageNotFound, match="can't be unpacked"):
        open_package(path).read("seeds/claims.csv")


def test_a_zip_with_a_damaged_list_of_files_is_refused(minimal):
    path = zipped(minimal)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        data[archive.start_dir : archive.start_dir + 4] = b"XXXX"
    path.write_bytes(data)
    with pytest.raises(PackageNotFound):
        open_package(path)


def test_validate_does_not_raise_when_a_file_stands_where_a_folder_should(minimal):
    (minimal / "seeds").rename(minimal / "old")
    (minimal / "seeds").write_text("x", encoding="utf-8")
    assert {finding.code for finding in hz.validate(minimal).errors} == {"package/missing-table"}


@pytest.mark.parametrize("name", ["../secret.txt", "seeds/../../secret.txt"])
def test_a_name_that_leads_out_of_a_directory_reads_nothing(minimal, name):
    (minimal.parent / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(PackageNotFound):
        open_package(minimal).read(name)


@pytest.mark.parametrize("name", ["../planted.csv", "/planted.csv", "a/../../planted.csv", "..\\planted.csv"])
def test_a_zip_with_a_file_that_would_land_outside_is_refused(minimal, name):
    with pytest.raises(PackageNotFound):
        open_package(zipped(minimal, extra=((name, b"x"),)))


def test_a_zip_whose_folder_lies_outside_is_refused(minimal):
    with pytest.raises(PackageNotFound):
        open_package(zipped(minimal, "../"))


@pytest.mark.parametrize("name", [f"my{DESCRIPTOR}", f"__MACOSX/._{DESCRIPTOR}"])
def test_a_file_whose_name_ends_like_the_descriptor_is_none(minimal, name):
    assert hz.load(zipped(minimal, extra=((name, b"{}"),))) == hz.load(minimal)


# ---- test_anchor.py
@pytest.mark.parametrize("text", ["", "青灯公司"])
def test_an_empty_span_is_found_nowhere(text):
    assert Copy(text).relocate(fingerprint("")) is None


# ---- test_agreement.py
DATA = hz.load(CORPUS / "valid" / "minimal")
AGREEMENT = Agreement(DATA)


@pytest.mark.parametrize("bound, hedge", [("more_than", "不超过"), ("less_than", "不少于"), ("less_than", "不低于")])
def test_a_hedge_that_is_denied_does_not_agree(bound, hedge):
    claim = DATA.claims["clm-aaaaa5"].model_copy(update={"bound": bound})
    assert AGREEMENT.disagreements(claim, f"青灯售出{hedge}1.65万台") == (f"bound {bound}",)


@pytest.mark.parametrize("currency", ["美元", "港元", "欧元", "日元"])
def test_yuan_are_not_found_in_another_currency(currency):
    assert AGREEMENT.disagreements(DATA.claims["clm-aaaaa9"], f"萤火投入超过2亿{currency}") == ("unit CNY",)


# ---- test_values.py (no fix suggested in the patch)
RANK = Unit(unit_id="rank", label_en="place", label_zh="名", dimension="ordinal", base_unit="rank", factor=Decimal(1), factor_on=None, note=None)


@pytest.mark.parametrize("bound, number_max", [("range", Decimal(5)), ("about", None), ("more_than", None), ("less_than", None)])
def test_a_rank_never_hides_its_bound(bound, number_max):
    assert Quantity(Decimal(3), RANK, bound, number_max).text() != Quantity(Decimal(3), RANK).text()


def test_a_day_is_said_with_its_own_preposition():
    assert Moment(hz.PartialDate("2018-09-03"), "at_least").text() == "on 3 September 2018 or later"


def test_a_small_number_is_not_said_as_nothing():
    from hz_dragons.models.values import say_number

    assert say_number(Decimal("0.0012345")) != "0"
