from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import hz_dragons as hz
from hz_dragons.agreement import UNIT_WORDS, Agreement
from hz_dragons.dates import PartialDate
from hz_dragons.models import TABLES, Unit
from hz_dragons.table import Table

CORPUS = Path(__file__).parents[1] / "corpus"
DATA = hz.load(CORPUS / "valid" / "minimal")
AGREEMENT = Agreement(DATA)

FOUNDED = DATA.claims["clm-aaaaa1"]  # Qingdeng, March 2015
SALES = DATA.claims["clm-aaaaa5"]  # Qingdeng, exactly 16500 units
SHARE = DATA.claims["clm-aaaaa7"]  # Qingdeng, at least 60%
COST = DATA.claims["clm-aaaaa9"]  # Firefly, more than 200000000 yuan
MARKET = DATA.claims["clm-aaaab2"]  # the market, 4 to 14 trillion yuan
INVESTED = DATA.claims["clm-aaaab1"]  # Qingdeng in Baifan


def missing(claim, span, **changes):
    return AGREEMENT.disagreements(claim.model_copy(update=changes), span)


def test_a_span_that_says_it_all_agrees():
    assert missing(FOUNDED, "青燈機器人(rén)公司成立於2015年3月") == ()
    assert missing(SALES, "青灯售出1.65万台") == ()
    assert missing(INVESTED, "青燈並沒有投資白帆船廠") == ()


def test_everything_that_is_missing_is_named():
    assert missing(SALES, "公司售出许多") == ("subject qingdeng", "number 16500", "unit unit")


@pytest.mark.parametrize("name", ["青灯机器人", "青燈", "QINGDENG ROBOTICS", "Qingdeng\nRobotics", "青 灯"])
def test_any_name_of_the_subject_will_do(name):
    assert missing(SALES, f"{name}售出1.65万台") == ()


@pytest.mark.parametrize("name", ["白帆", "青", "灯青", ""])
def test_another_name_will_not_do(name):
    assert missing(SALES, f"{name}售出1.65万台") == ("subject qingdeng",)


def test_the_object_has_to_be_named():
    assert missing(INVESTED, "青灯没有投资船厂") == ("object baifan",)


@pytest.mark.parametrize("figure", ["1.65万", "1.65萬", "１．６５万", "16500", "16,500", "一万六千五百"])
def test_a_number_may_be_written_in_any_way(figure):
    assert missing(SALES, f"青灯售出{figure}台") == ()


@pytest.mark.parametrize("figure", ["16.5万", "1.65亿", "165", "1.6万", "十六万"])
def test_another_number_does_not_agree(figure):
    assert missing(SALES, f"青灯售出{figure}台") == ("number 16500",)


def test_a_number_is_found_among_others():
    assert missing(SALES, "青灯2024年在3国售出1.65万台") == ()


def test_a_share_is_no_number_of_things():
    assert missing(SALES, "青灯的60%售往3台", number=Decimal(60)) == ("number 60",)
    assert missing(SHARE, "青灯占60台以上") == ("number 60", "unit percent")


@pytest.mark.parametrize("share", ["60%", "６０％", "六成", "百分之六十"])
def test_a_share_may_be_written_in_any_way(share):
    assert missing(SHARE, f"青灯占{share}以上") == ()


def test_an_endless_share_agrees_with_its_rounding():
    assert missing(SHARE, "青灯占三分之一", number=Decimal("33.3333333333"), bound="exact") == ()
    assert missing(SHARE, "青灯占三分之一", number=Decimal("33.333333"), bound="exact") == ()
    assert missing(SHARE, "青灯占三分之一", number=Decimal("33.33"), bound="exact") == ("number 33.33",)


HEDGES = [
    ("about", "约{}"),
    ("about", "近{}"),
    ("about", "接近{}"),
    ("about", "{}左右"),
    ("about", "{}上下"),
    ("at_least", "至少{}"),
    ("at_least", "{}以上"),
    ("more_than", "超过{}"),
    ("more_than", "突破{}"),
    ("more_than", "{}多"),
    ("more_than", "{}余"),
    ("at_most", "至多{}"),
    ("at_most", "不超过{}"),
    ("at_most", "{}以内"),
    ("less_than", "不到{}"),
    ("less_than", "不足{}"),
]


@pytest.mark.parametrize("bound, hedge", HEDGES)
def test_a_hedge_agrees_with_its_bound(bound, hedge):
    assert missing(SALES, f"青灯售出{hedge.format('1.65万')}台", bound=bound) == ()


@pytest.mark.parametrize("hedge", [hedge for _, hedge in HEDGES])
def test_a_hedged_figure_is_not_exact(hedge):
    assert missing(SALES, f"青灯售出{hedge.format('1.65万')}台") == ("bound exact",)


@pytest.mark.parametrize("bound", ["about", "at_least", "more_than", "at_most", "less_than"])
def test_a_bare_figure_has_no_bound(bound):
    assert missing(SALES, "青灯售出1.65万台", bound=bound) == (f"bound {bound}",)


@pytest.mark.parametrize("bound, hedge", [("more_than", "约{}"), ("about", "超过{}"), ("at_least", "不到{}"), ("less_than", "至少{}")])
def test_a_hedge_does_not_agree_with_another_bound(bound, hedge):
    assert missing(SALES, f"青灯售出{hedge.format('1.65万')}台", bound=bound) == (f"bound {bound}",)


@pytest.mark.parametrize("between", ["，", "。", "；", "、", "3"])
def test_a_hedge_of_another_clause_or_figure_does_not_count(between):
    assert missing(SALES, f"青灯不到一年{between}售出1.65万台") == ()


def test_a_hedge_behind_the_next_figure_does_not_count():
    assert missing(SALES, "青灯售出1.65万台，另有300以上") == ()


def test_one_figure_with_the_bound_is_enough():
    assert missing(SALES, "青灯售出1.65万台，约1.65万台", bound="about") == ()


@pytest.mark.parametrize("span", ["市场规模4万亿到14万亿元", "市场规模4萬億至14萬億元", "市场规模在14万亿与4万亿元之间"])
def test_a_range_has_both_ends_in_the_span(span):
    assert missing(MARKET, f"清洁机器人全球{span}") == ()


@pytest.mark.parametrize("span", ["4万亿到15万亿元", "3万亿到14万亿元", "4万亿元"])
def test_a_range_with_another_end_does_not_agree(span):
    assert missing(MARKET, f"清洁机器人全球市场规模{span}") == ("range 4000000000000 to 14000000000000",)


def test_a_vague_number_is_a_range():
    ends = {"number": Decimal("2E+12"), "number_max": Decimal("9E+12")}
    assert missing(MARKET, "清洁机器人全球市场规模几万亿元", **ends) == ()


def test_a_vague_number_is_none_of_its_ends():
    assert missing(COST, "萤火投入超过几亿元", number=Decimal(200000000)) == ("number 200000000",)


@pytest.mark.parametrize("claim, span", [(SALES, "青灯售出1.65万"), (SALES, "青灯售出1.65万辆"), (SHARE, "青灯占60以上")])
def test_the_unit_has_to_be_named(claim, span):
    assert f"unit {claim.unit_id}" in missing(claim, span)


@pytest.mark.parametrize("word", ["元", "人民币", "块"])
def test_a_unit_may_have_several_words(word):
    assert word in UNIT_WORDS["CNY"]
    assert missing(COST, f"萤火投入超过2亿{word}") == ()


def test_a_unit_without_words_of_its_own_is_named_by_its_label():
    assert "unit" not in UNIT_WORDS
    assert missing(SALES, "青灯售出1.65萬臺") == ()


@pytest.mark.parametrize("date", ["2015年3月", "2015年03月", "2015-03", "2015.3", "2015/3", "２０１５年３月"])
def test_a_date_may_be_written_in_any_way(date):
    assert missing(FOUNDED, f"青灯成立于{date}") == ()


@pytest.mark.parametrize("date", ["2015年", "2015年4月", "2014年3月", "3月", "2015年3月5日"])
def test_a_date_of_another_precision_or_time_does_not_agree(date):
    assert missing(FOUNDED, f"青灯成立于{date}") == ("date 2015-03",)


@pytest.mark.parametrize("date", ["2015-03-05", "2015年3月5日", "2015年3月5号"])
def test_a_day_is_found(date):
    assert missing(FOUNDED, f"青灯成立于{date}", date=PartialDate("2015-03-05")) == ()


def test_an_interval_has_both_ends_in_the_span():
    interval = PartialDate("2015-03/2016-02")
    assert missing(FOUNDED, "青灯从2015年3月到2016年2月", date=interval) == ()
    assert missing(FOUNDED, "青灯从2015年3月到2016年3月", date=interval) == ("date 2015-03/2016-02",)


def test_a_year_is_not_found_inside_a_larger_number():
    assert missing(FOUNDED, "青灯售出120150台", date=PartialDate("2015")) == ("date 2015",)


def ranked(span, number, bound):
    rank = Unit(unit_id="rank", label_en="place", label_zh="名", dimension="ordinal", base_unit="rank", factor=Decimal(1), factor_on=None, note=None)
    tables = {**DATA.tables, "units": Table(TABLES["units"], [rank])}
    claim = SALES.model_copy(update={"number": Decimal(number), "unit_id": "rank", "bound": bound})
    return Agreement(hz.Dataset(lambda name: Table(TABLES[name], list(tables[name])))).disagreements(claim, span)


@pytest.mark.parametrize("span", ["青灯销量第一", "青灯销量居首", "青灯夺冠", "青灯销量最大"])
def test_the_first_place_may_be_said_without_a_figure(span):
    assert ranked(span, 1, "exact") == ()


def test_a_later_place_needs_its_figure():
    assert ranked("青灯销量居首", 2, "exact") == ("number 2",)
    assert ranked("青灯销量第二", 2, "exact") == ()


def test_a_place_among_the_first_three_is_at_most_the_third():
    assert ranked("青灯销量全球前三", 3, "at_most") == ()
    assert ranked("青灯销量全球前三", 3, "exact") == ("bound exact",)


def test_a_place_in_an_order_needs_no_word_for_its_unit():
    assert ranked("青灯销量第3", 3, "exact") == ()
