"""What a title says of a mark: names it, says that the goods are for it, or that they are sold again."""

import pytest

from matchers.mentions import Use, mentions
from matchers.title import TitleMatcher
from matchers.types import Mark

MATCHER = TitleMatcher(
    [
        Mark(right_id="P", names=("NORVANE", "诺梵恩"), nice_classes=(9,)),
        Mark(right_id="W", names=("TOLVER RIDGE", "托维岭"), nice_classes=(14,)),
    ]
)


def uses(title):
    return {one.right: one.use for one in mentions(MATCHER, [title])[0] if one.score >= 0.5}


@pytest.mark.parametrize(
    "title",
    [
        "适用于诺梵恩手机的充电线",
        "适用诺梵恩 数据线配件",
        "兼容NORVANE电池充电器",
        "for NORVANE phone case soft cover",
        "Compatible with NORVANE charger cable",
        "Replacement for NORVANE battery",
        "诺梵恩专用手机壳",
        "NORVANE 手机支架 通用替换",
        "诺梵恩 电池 通用替换 充电器",
        "适用于托维岭手表诺梵恩手机充电器",
        "NORVANE 8 Pro手机壳 防摔",
        "NORVANE Note 9 手机壳",
    ],
)
def test_goods_for_a_mark_are_context(title):
    assert uses(title)["P"] is Use.CONTEXT


@pytest.mark.parametrize(
    "title",
    [
        "NORVANE 手机 新款",
        "诺梵恩手机壳",  # whose case it is stays open: a person decides
        "诺梵恩耳机 适用于安卓苹果",
        "诺梵恩 收纳盒 多功能",
        "适用于诺梵恩原装充电器",
        "正品NORVANE专用充电器",
        "适用于所有人群，诺梵恩手机",
        "NORVANE耳机 男女通用",
        "For women NORVANE headphones",
    ],
)
def test_goods_under_a_mark_are_a_mention(title):
    assert uses(title)["P"] is Use.MENTION


@pytest.mark.parametrize(
    "title", ["适用于N0RVANE充电器", "兼容诺🔥梵🔥恩电池", "二手 N.O.R.V.A.N.E 手机", "for NОRVANE case"]
)
def test_whoever_hides_the_name_is_accused(title):
    assert uses(title)["P"] is Use.MENTION


@pytest.mark.parametrize("title", ["二手诺梵恩手机 九成新", "高价回收 NORVANE 手机", "自用闲置转让 诺梵恩耳机"])
def test_what_is_sold_again_has_a_use_of_its_own(title):
    assert uses(title)["P"] is Use.SECOND_HAND


def test_a_use_says_why_in_both_languages():
    one = mentions(MATCHER, ["适用于诺梵恩手机的充电线"])[0][0]
    assert "诺梵恩" in one.reason.en
    assert "适用于" in one.reason.en
    assert "适用于" in one.reason.zh
    assert one.reason.code == "compatibility"


def test_each_mark_is_told_once_by_the_finding_that_accuses_most():
    found = mentions(MATCHER, ["诺梵恩 N0RVANE 手机"])[0]
    assert [one.right for one in found] == ["P"]
    assert found[0].reason.code == "leet"


def test_two_marks_of_one_title_each_have_their_own_use():
    assert uses("适用于诺梵恩手机，托维岭腕表") == {"P": Use.CONTEXT, "W": Use.MENTION}


def test_a_title_without_marks_has_none():
    assert mentions(MATCHER, ["适用于手机的充电线", ""]) == [[], []]


def test_a_name_in_traditional_hanzi_is_named_for_sure():
    assert mentions(MATCHER, ["諾梵恩 手機"])[0][0].score >= 0.8
