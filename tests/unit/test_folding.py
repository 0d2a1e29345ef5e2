from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hz_dragons.folding import Folded, fingerprint, fold, simplify

# Traditional character, Simplified character, a reading; the text below is made of these, so it says nothing.
CHARACTERS = [
    ("術", "术", "shù"),
    ("樹", "树", "shù"),
    ("創", "创", "chuàng"),
    ("產", "产", "chǎn"),
    ("機", "机", "jī"),
    ("學", "学", "xué"),
    ("長", "长", "zhǎng"),
    ("長", "长", "cháng"),
    ("燈", "灯", "dēng"),
    ("萬", "万", "wàn"),
    ("億", "亿", "yì"),
    ("人", "人", "rén"),
    ("公", "公", "gōng"),
]
GLOSSES = ["({})", "（{}）", "{}", "(plain)", "（plain）"]
DASHES = list("-–—_·、，。：；,.:;/!?'\"()（）【】「」《》…")
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789abcxyzABCXYZ%"}

# Marks stand on letters only.
letters = st.characters().filter(lambda c: not any(unicodedata.category(part)[0] == "M" for part in unicodedata.normalize("NFKC", c)))
marked = st.sampled_from(["e\u0301", "u\u0308\u030c", "か\u3099", "각", "é"])
chinese = st.sampled_from([traditional for traditional, _, _ in CHARACTERS])
tricky = st.sampled_from(list("12.,%-（）() \n\u3000\u200b\ufeff：…shùＡａß１㎡½"))
arbitrary = st.lists(st.one_of(letters, marked, chinese, tricky), max_size=20).map("".join)

glossed = st.tuples(st.sampled_from(CHARACTERS), st.sampled_from(["", *GLOSSES]))
passages = st.lists(st.one_of(glossed, st.sampled_from(["2025", "1.65", "60%", "12-3", "，", "。", "“", "」", "AI", " "])), min_size=1, max_size=14)


def toneless(reading):
    return "".join(c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))


def written(passage, *, simplified=False, glosses=True):
    text = ""
    for part in passage:
        if isinstance(part, str):
            text += part
            continue
        (traditional, simple, reading), gloss = part
        text += simple if simplified else traditional
        if glosses:
            text += gloss.format(reading).replace("plain", toneless(reading))
    return text


@settings(deadline=None)
@given(arbitrary)
def test_folding_twice_changes_nothing_in_any_text(text):
    once = fold(text).text
    assert fold(once).text == once


@settings(deadline=None)
@given(passages)
def test_folding_twice_changes_nothing_in_a_text_with_glosses(passage):
    once = fold(written(passage)).text
    assert fold(once).text == once


def test_folding_twice_changes_nothing_in_any_han_character():
    for first, last in ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)):
        once = fold("".join(map(chr, range(first, last + 1)))).text
        assert fold(once).text == once


@settings(deadline=None)
@given(st.one_of(arbitrary, st.text(), passages.map(written)))
def test_every_folded_character_comes_from_a_stretch_inside_the_text(text):
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@settings(deadline=None)
@given(st.one_of(arbitrary, st.text(), passages.map(written)))
def test_folded_characters_come_in_the_order_of_the_text(text):
    folded = fold(text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@settings(deadline=None)
@given(passages, st.data())
def test_a_stretch_of_the_folded_text_maps_to_a_stretch_that_folds_to_it(passage, data):
    text = written(passage)
    folded = fold(text)
    solid = [index for index, character in enumerate(folded.text) if character.isalnum()]
    if solid:
        first, last = sorted(data.draw(st.tuples(st.sampled_from(solid), st.sampled_from(solid))))
        start, end = folded.span(first, last + 1)
        assert fold(text[start:end]).text == folded.text[first : last + 1]


@settings(deadline=None)
@given(passages)
def test_glosses_make_no_difference(passage):
    assert fold(written(passage)).text == fold(written(passage, glosses=False)).text


@settings(deadline=None)
@given(passages)
def test_a_simplified_copy_folds_like_a_traditional_one(passage):
    assert fold(written(passage, simplified=True)).text == fold(written(passage)).text


@settings(deadline=None)
@given(passages)
def test_a_full_width_copy_folds_like_a_half_width_one(passage):
    text = written(passage, glosses=False)
    assert fold(text.translate(WIDE)).text == fold(text).text


@settings(deadline=None)
@given(passages, st.lists(st.sampled_from([" ", "\n", "\r\n", "\t", "\u3000", "\u00a0"]), min_size=1, max_size=4), st.data())
def test_a_reflowed_copy_folds_like_the_original(passage, blanks, data):
    text = reflowed = written(passage, glosses=False)
    for blank in blanks:
        at = data.draw(st.integers(0, len(reflowed)))
        reflowed = reflowed[:at] + blank + reflowed[at:]
    assert fold(reflowed).text == fold(text).text


@settings(deadline=None)
@given(st.lists(st.sampled_from(CHARACTERS), min_size=2, max_size=8), st.sampled_from(DASHES), st.data())
def test_punctuation_between_characters_makes_no_difference(characters, mark, data):
    text = "".join(traditional for traditional, _, _ in characters)
    at = data.draw(st.integers(0, len(text)))
    assert fold(text[:at] + mark + text[at:]).text == fold(text).text


@settings(deadline=None)
@given(passages)
def test_case_makes_no_difference(passage):
    text = written(passage, glosses=False)
    assert fold(text.lower()).text == fold(text.upper()).text


single_marks = st.characters(categories=["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]).filter(
    lambda c: [unicodedata.category(part)[0] for part in unicodedata.normalize("NFKC", c)] == ["P"]
)


@settings(deadline=None)
@given(st.text("0123456789０１２９", min_size=1, max_size=4), single_marks, st.text("0123456789０１２９", min_size=1, max_size=4))
def test_digits_with_punctuation_between_never_fold_like_joined_ones(before, mark, after):
    assert fold(before + mark + after).text != fold(before + after).text


@settings(deadline=None)
@given(st.text("0123456789", min_size=3, max_size=6), st.sampled_from(".,-/:，、"), st.data())
def test_punctuation_at_another_digit_never_folds_alike(digits, mark, data):
    one, other = data.draw(st.lists(st.integers(1, len(digits) - 1), min_size=2, max_size=2, unique=True))
    assert fold(digits[:one] + mark + digits[one:]).text != fold(digits[:other] + mark + digits[other:]).text


@pytest.mark.parametrize("mark", [".", "．", "-", "–", "/", ":", "：", ",", "、", "·"])
def test_blanks_around_punctuation_between_digits_make_no_difference(mark):
    assert fold(f"1 {mark} 65").text == fold(f"1{mark}65").text != fold("165").text


@pytest.mark.parametrize(
    "text, folded",
    [
        ("60%", "60%"),
        ("６０％", "60%"),
        ("60 %", "60%"),
        ("60%以上", "60%以上"),
        ("%60", "60"),
        ("百%", "百"),
        ("1.65萬", "1.65万"),
        ("2-3", "2-3"),
        ("(2025)", "2025"),
        ("2025。", "2025"),
        ("A.1", "a1"),
        ("1.A", "1a"),
    ],
)
def test_what_belongs_to_a_number_is_kept(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text, folded",
    [
        ("術(shù)", "术"),
        ("術（shù）", "术"),
        ("術(shu)", "术"),
        ("術（shu）", "术"),
        ("術shù", "术"),
        ("术(shù)", "术"),
        ("長(cháng)", "长"),
        ("乾(qián)", "干"),
        ("佔(zhān)", "占"),
        ("愛ài", "爱"),
        ("裝zhuāng", "装"),
        ("女(nǚ)", "女"),
        ("術(shu\u0300)", "术"),
    ],
)
def test_a_reading_behind_its_character_is_dropped(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text, folded",
    [
        ("術(jì)", "术jì"),
        ("術shu", "术shu"),
        ("術(SHU)", "术shu"),
        ("術(AI)", "术ai"),
        ("術(xyz)", "术xyz"),
        ("(shù)術", "shù术"),
        ("a(shù)", "ashù"),
        ("術[shu]", "术shu"),
        ("術(shu、)", "术shu"),
    ],
)
def test_what_is_no_reading_of_the_character_before_is_kept(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize("invisible", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\x00", "\x1f", "\u2028"])
def test_what_cannot_be_seen_is_dropped(invisible):
    assert fold(f"青{invisible}灯").text == "青灯"


@pytest.mark.parametrize("symbol", list("+$€¥~<>=|^"))
def test_symbols_are_no_punctuation(symbol):
    assert fold(f"青{symbol}灯").text == f"青{symbol}灯"


def test_a_composed_and_a_decomposed_letter_fold_alike():
    assert fold("e\u0301").text == fold("é").text == "é"


def test_letters_that_fold_to_several_come_from_one_place():
    folded = fold("aß㎡")
    assert (folded.text, folded.starts, folded.ends) == ("assm2", (0, 1, 1, 2, 2), (1, 2, 2, 3, 3))


def test_a_letter_and_its_mark_come_from_both():
    folded = fold("xe\u0301y")
    assert [folded.span(index, index + 1) for index in range(3)] == [(0, 1), (1, 3), (3, 4)]


def test_a_span_leaves_out_the_gloss_behind_its_last_character():
    folded = fold("創(chuàng)新")
    assert folded.span(0, 1) == (0, 1)
    assert folded.span(0, 2) == (0, 10)


def test_nothing_folds_to_nothing():
    assert fold("") == fold(" ，。\n") == Folded("", (), ())


@pytest.mark.parametrize("traditional, simplified, _", CHARACTERS)
def test_a_character_becomes_its_simplified_form(traditional, simplified, _):
    assert simplify(traditional) == simplified


@given(letters.filter(lambda c: not re.match(r"[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]", c)))
def test_what_is_not_han_has_no_simplified_form(character):
    assert simplify(character) == character


@settings(deadline=None)
@given(st.one_of(arbitrary, passages.map(written)))
def test_a_fingerprint_is_length_and_hash_of_the_folded_text(text):
    folded = fold(text).text
    expected = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    assert fingerprint(text) == f"zf1:{len(folded)}:{expected}"


def test_a_folded_text_has_the_fingerprint_of_its_original():
    assert fingerprint(fold("青燈, 公司")) == fingerprint("青燈, 公司")


def test_a_fingerprint_never_changes():
    assert fingerprint("青燈機器人(rén)公司2015年成立") == "zf1:14:052e6f6a51c9f59be590b97fa6809ac8"


@settings(deadline=None)
@given(passages, passages)
def test_texts_have_the_same_fingerprint_only_when_they_fold_alike(one, other):
    assert (fingerprint(written(one)) == fingerprint(written(other))) == (fold(written(one)).text == fold(written(other)).text)
