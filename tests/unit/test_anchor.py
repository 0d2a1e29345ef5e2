from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hz_dragons as hz
from hz_dragons.anchor import Copy, nearest
from hz_dragons.folding import fingerprint, simplify

CORPUS = Path(__file__).parents[1] / "corpus"
DATA = hz.load(CORPUS / "valid" / "minimal")
TEXTS = {name: (CORPUS / "texts" / f"{name}.txt").read_text(encoding="utf-8") for name in ("lantern", "harbour")}
LANTERN = Copy(TEXTS["lantern"])
each_row = pytest.mark.parametrize("row", list(DATA.evidence), ids=lambda row: f"{row.claim_id}-{row.source_id}")


def spaced(text):
    return "\n".join(text[at : at + 3] for at in range(0, len(text), 3))


def simplified(text):
    return "".join(map(simplify, text))


@each_row
def test_a_span_has_its_fingerprint_at_its_offsets(row):
    assert Copy(TEXTS[row.source_id]).at(row.start, row.end) == row.fingerprint


@each_row
def test_a_span_is_found_by_its_fingerprint_alone(row):
    assert Copy(TEXTS[row.source_id]).relocate(row.fingerprint) == (row.start, row.end)


@each_row
@pytest.mark.parametrize("change", [simplified, spaced, lambda text: "序言。\n" + text, lambda text: text.replace("，", "")])
def test_a_span_is_found_in_a_copy_that_was_changed_on_the_way(row, change):
    copy = Copy(change(TEXTS[row.source_id]))
    place = copy.relocate(row.fingerprint)
    assert place is not None
    assert copy.at(*place) == row.fingerprint


@settings(deadline=None)
@given(st.text("白帆船廠，。\n", max_size=20), st.sampled_from(list(DATA.evidence.where(source_id="harbour"))))
def test_a_span_moves_with_the_text_before_it(before, row):
    assert Copy(before + TEXTS["harbour"]).relocate(row.fingerprint) == (row.start + len(before), row.end + len(before))


def test_other_offsets_have_another_fingerprint():
    row = next(iter(DATA.evidence))
    assert LANTERN.at(row.start + 1, row.end) != row.fingerprint
    assert LANTERN.at(row.start, row.end - 1) != row.fingerprint


def test_a_span_that_is_not_in_the_text_is_not_found():
    assert LANTERN.relocate(fingerprint("白帆船廠成立於2015年")) is None


def test_a_span_longer_than_the_text_is_not_found():
    assert LANTERN.relocate(fingerprint("燈" * 9000)) is None


def test_a_span_with_another_hash_of_the_same_length_is_not_found():
    row = next(iter(DATA.evidence))
    assert LANTERN.relocate(row.fingerprint[:-32] + "0" * 32) is None


def test_the_first_of_several_places_is_taken():
    assert Copy("青灯，白帆，青灯").relocate(fingerprint("青燈")) == (0, 2)


def test_spans_of_different_lengths_are_found_in_one_copy():
    copy = Copy("青灯，白帆船厂")
    assert [copy.relocate(fingerprint(phrase)) for phrase in ("青灯", "船厂", "白帆船厂")] == [(0, 2), (5, 7), (3, 7)]


def test_a_phrase_is_found_as_it_is_written():
    assert LANTERN.locate("公司成立於") == [(10, 15)]


def test_every_place_of_a_phrase_is_given_in_the_order_of_the_text():
    places = LANTERN.locate("公司")
    assert places == [(10, 12), (48, 50)]


def test_places_may_overlap():
    assert Copy("人人人").locate("人人") == [(0, 2), (1, 3)]


@pytest.mark.parametrize("phrase", ["青灯机器人公司", "青燈機器人公司", "青燈機器人(rén)公司", "青 灯\n机器人，公司", "青灯機器人rén公司"])
def test_a_phrase_is_found_in_another_form(phrase):
    (place,) = LANTERN.locate(phrase)
    assert LANTERN.text[slice(*place)] == "青燈機器人(rén)公司"


def test_the_written_form_is_preferred_to_the_folded_one():
    assert Copy("青灯与青燈").locate("青燈") == [(3, 5)]


def test_digits_are_not_found_across_punctuation():
    assert LANTERN.locate("165") == []
    assert LANTERN.locate("1.65") == [(54, 58)]


@pytest.mark.parametrize("phrase", ["", "，", "白帆公司", " "])
def test_a_phrase_that_says_nothing_or_is_not_there_has_no_place(phrase):
    assert Copy("青灯公司").locate(phrase) == []


def test_a_longer_stretch_tells_repeated_phrases_apart():
    assert LANTERN.locate("公司", within="公司去年售出") == [(48, 50)]
    assert LANTERN.locate("公司", within="公司成立") == [(10, 12)]


def test_the_longer_stretch_may_be_in_another_form():
    assert LANTERN.locate("公司", within="器人公司成立于") == [(10, 12)]


@pytest.mark.parametrize("within", ["去年售出", "不在文中"])
def test_a_phrase_outside_the_longer_stretch_is_not_found(within):
    assert LANTERN.locate("公司", within=within) == []


def test_the_nearest_stretch_is_given_as_it_stands_in_the_text():
    assert nearest(LANTERN, "青灯的第二款产品") == "青燈的第一款產(chǎn)品"


def test_nothing_is_near_a_phrase_of_other_characters():
    assert nearest(LANTERN, "zzzzzz") == ""


def test_nothing_is_near_a_phrase_that_folds_to_nothing():
    assert nearest(LANTERN, "，。") == ""


def test_nothing_is_near_when_the_library_for_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    assert nearest(LANTERN, "青灯的第二款产品") == ""
