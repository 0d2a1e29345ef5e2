from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hz_dragons.numerals import Figure, figures, plain_text, read_number

SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
FILLER = "青灯公司去年售出产品占比超过约近台元只的了，。“”"

symbols = st.characters(exclude_categories=["Lo", "Nl", "No", "So"])  # no numerals beyond those named
prose = st.lists(st.one_of(st.sampled_from(list("0123456789０５,.%百千万萬几数半成倍年")), symbols), max_size=12).map("".join)


def lows(text):
    return [figure.low for figure in figures(text)]


def short_decimals():
    return st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(1, 9999), st.integers(0, 2))


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_a_whole_number_in_chinese_numerals_is_read(number):
    assert read_number(cn2an.an2cn(number)) == number


@settings(deadline=None)
@given(short_decimals(), st.sampled_from(["", "万", "亿", "万亿"]))
def test_digits_before_a_scale_are_multiplied(number, scale):
    assert read_number(f"{number}{scale}") == number * SCALES[scale]


@settings(deadline=None)
@given(st.builds(lambda n: Decimal(n) / 100, st.integers(1, 999)), st.sampled_from(["百", "千", "百万", "千万", "百亿", "千亿"]))
def test_a_digit_before_two_scales_is_multiplied_by_both(number, scale):
    assert read_number(f"{number}{scale}") == number * SCALES[scale]


@given(st.integers(0, 10**15))
def test_thousands_may_be_grouped(number):
    assert read_number(f"{number:,}") == number


@pytest.mark.parametrize(
    "numeral, number",
    [
        ("0", "0"),
        ("007", "7"),
        ("1.65", "1.65"),
        ("1,234.5", "1234.5"),
        ("十", "10"),
        ("十二", "12"),
        ("两百", "200"),
        ("百", "100"),
        ("千万", "10000000"),
        ("亿", "100000000"),
        ("二〇一五", "2015"),
        ("一百二", "120"),
        ("1.65万", "16500"),
        ("14万亿", "14000000000000"),
        ("万亿", "1000000000000"),
        ("1亿3千万", "130000000"),
        ("1.5百万", "1500000"),
        ("5.5千万", "55000000"),
        ("1万2千亿", "1200000000000"),
    ],
)
def test_a_numeral_is_read(numeral, number):
    assert str(read_number(numeral)) == number


@pytest.mark.parametrize("numeral", ["x", "青", "1.2.3", "-", "1 2", "万x"])
def test_what_is_no_numeral_is_refused(numeral):
    with pytest.raises(ValueError, match="no numeral"):
        read_number(numeral)


@settings(deadline=None)
@given(st.text())
def test_a_plain_text_is_as_long_as_the_text(text):
    assert len(plain_text(text)) == len(text)


@settings(deadline=None)
@given(st.text())
def test_a_plain_text_stays_as_it_is(text):
    assert plain_text(plain_text(text)) == plain_text(text)


@pytest.mark.parametrize("text, plain", [("５萬塊", "5万块"), ("１．６５億", "1.65亿"), ("％", "%"), ("㎡", "㎡"), ("ﬁ", "ﬁ"), ("Ａ，ｂ", "A,b")])
def test_a_plain_text_is_half_width_and_simplified(text, plain):
    assert plain_text(text) == plain


@settings(deadline=None)
@given(st.text(FILLER, max_size=6), short_decimals(), st.sampled_from(["", "万", "亿", "万亿"]), st.text(FILLER, max_size=6))
def test_a_figure_is_found_where_it_stands(before, number, scale, after):
    (figure,) = figures(f"{before}{number}{scale}{after}")
    assert (figure.low, figure.high, figure.ratio) == (number * SCALES[scale], number * SCALES[scale], False)
    assert (figure.start, figure.end) == (len(before), len(before) + len(f"{number}{scale}"))


@settings(deadline=None)
@given(prose)
def test_looking_for_figures_never_fails(text):
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.low <= figure.high


@settings(deadline=None)
@given(prose)
def test_figures_come_in_the_order_of_the_text_and_do_not_overlap(text):
    found = list(figures(text))
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_full_width_and_traditional_figures_are_understood():
    assert list(figures("１．６５萬")) == list(figures("1.65万")) == [Figure(Decimal(16500), Decimal(16500), ratio=False, start=0, end=5)]


@pytest.mark.parametrize(
    "text, share",
    [
        ("60%", "60"),
        ("６０％", "60"),
        ("六成", "60"),
        ("6成", "60"),
        ("三成半", "30"),
        ("一半", "50"),
        ("百分之六十", "60"),
        ("四分之一", "25"),
        ("千分之三", "0.3"),
    ],
)
def test_a_share_is_given_in_percent(text, share):
    (figure,) = figures(text)
    assert (figure.low, figure.high, figure.ratio) == (Decimal(share), Decimal(share), True)


def test_a_third_is_given_to_ten_places():
    assert lows("三分之一") == [Decimal("33.3333333333")]


@pytest.mark.parametrize("text", ["60", "60倍", "六十", "2015年成立", "3成立", "3成为", "3成功"])
def test_a_plain_number_is_no_share(text):
    assert [figure.ratio for figure in figures(text)] == [False]


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("几百万", 2 * 10**6, 9 * 10**6),
        ("几十万", 2 * 10**5, 9 * 10**5),
        ("数千", 2000, 9000),
        ("数亿", 2 * 10**8, 9 * 10**8),
        ("幾萬", 20000, 90000),
    ],
)
def test_a_vague_number_has_two_ends(text, low, high):
    assert [(figure.low, figure.high) for figure in figures(text)] == [(low, high)]


@pytest.mark.parametrize("text, years", [("一年半", "1.5"), ("3年半", "3.5")])
def test_half_a_year_is_added(text, years):
    assert lows(text) == [Decimal(years)]


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("从2到3", [2, 3]),
        ("2-3", [2, 3]),
        ("12,34", [12, 34]),
        ("1,234", [1234]),
        ("2015年3月", [2015, 3]),
        ("4萬億到14萬億元", [4 * 10**12, 14 * 10**12]),
    ],
)
def test_several_figures_are_told_apart(text, numbers):
    assert lows(text) == numbers


@pytest.mark.parametrize("text", ["", "青灯", "半年", "成立", "分之", "几个"])
def test_a_text_without_figures_has_none(text):
    assert lows(text) == []
