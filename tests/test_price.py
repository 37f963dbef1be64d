"""Prices far under that of the genuine article."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.lexicon import slang_and_context
from matchers.price import price_findings
from matchers.types import Goods, Mark

MARK = Mark(right_id="R1", names=("NORVANE",), reference_prices={"CNY": Decimal(1000)})
RATES = {"USD": Decimal("7.1")}


def goods(price, title="NORVANE 跑鞋", currency="CNY"):
    return Goods(
        marketplace="taobao",
        item_id="1",
        title=title,
        price=None if price is None else Decimal(price),
        currency=currency,
    )


def found(price, title="NORVANE 跑鞋", currency="CNY", mark=MARK, rates=RATES):
    return price_findings(goods(price, title, currency), [mark], slang_and_context(title), rates)


def codes(*args, **kwargs):
    return [one.reason.code for one in found(*args, **kwargs)]


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("500", []),
        ("499.99", ["under_reference"]),
        ("300", ["under_reference"]),
        ("299.99", ["far_under_reference"]),
        ("20", ["far_under_reference"]),
        ("1000", []),
        ("5000", []),
    ],
)
def test_a_price_counts_from_half_of_the_reference_and_more_from_three_tenths(price, expected):
    assert codes(price) == expected


def test_a_lower_price_is_a_stronger_finding():
    assert found("100")[0].score > found("400")[0].score


def test_a_finding_says_the_price_and_its_share():
    one = found("199.5")[0]
    assert (one.right, one.matched) == ("R1", "0.200")
    assert "199.5 CNY" in one.reason.en
    assert "20 %" in one.reason.en
    assert "20%" in one.reason.zh


@pytest.mark.parametrize(("price", "expected"), [("70.4", ["under_reference"]), ("70.5", [])])
def test_another_currency_is_converted(price, expected):
    assert codes(price, currency="USD") == expected


def test_a_reference_in_the_listings_own_currency_comes_first():
    mark = Mark(right_id="R", reference_prices={"CNY": Decimal(1000), "USD": Decimal(50)})
    assert codes("30", currency="USD", mark=mark) == []


@pytest.mark.parametrize("currency", [None, "", "XYZ"])
def test_an_unknown_currency_says_nothing(currency):
    assert codes("10", currency=currency) == []


def test_a_mark_without_a_reference_says_nothing():
    assert codes("10", mark=Mark(right_id="R")) == []


@pytest.mark.parametrize(
    "price", [None, "0", "0.01", "0.1", "1", "9999", "-5", "NaN", "sNaN", "Infinity", "-Infinity", "1e40", "9" * 40]
)
def test_a_price_that_is_none_says_nothing(price):
    mark = Mark(right_id="R", reference_prices={"CNY": Decimal("1e12")})
    assert codes(price, mark=mark) == []


@pytest.mark.parametrize(
    "title",
    [
        "二手 NORVANE 跑鞋",
        "NORVANE 跑鞋 鞋垫",
        "适用于 NORVANE 跑鞋的鞋带",
        "NORVANE 补差价专用",
        "NORVANE 定金",
        "NORVANE 邮费链接",
        "NORVANE 吊牌",
        "NORVANE perfume sample",
        "pre-owned NORVANE shoes",
    ],
)
def test_second_hand_goods_parts_accessories_and_deposits_have_no_price_to_compare(title):
    assert codes("50", title=title) == []


WATCH = Mark(right_id="R2", nice_classes=(14,), reference_prices={"CNY": Decimal(1000)})


def test_a_part_beside_the_marks_own_goods_is_a_part_of_them():
    assert codes("50", title="NORVANE 真皮表带女表 防水", mark=WATCH) == ["far_under_reference"]
    assert codes("50", title="NORVANE 真皮表带 防水", mark=WATCH) == []


def test_insured_postage_is_no_postage_link():
    assert codes("50", title="NORVANE 跑鞋 运费险") == ["far_under_reference"]
    assert codes("50", title="NORVANE 运费") == []


@pytest.mark.parametrize("reference", ["0", "-1", "NaN", "Infinity"])
def test_a_senseless_reference_says_nothing(reference):
    assert codes("10", mark=Mark(right_id="R", reference_prices={"CNY": Decimal(reference)})) == []


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_a_senseless_rate_says_nothing(rate):
    assert codes("10", currency="USD", rates={"USD": Decimal(rate)}) == []


@given(price=st.decimals(), reference=st.decimals())
def test_no_number_raises_and_only_low_prices_are_found(price, reference):
    mark = Mark(right_id="R", reference_prices={"CNY": reference})
    for one in price_findings(goods("2"), [mark], [], RATES) + price_findings(
        Goods(marketplace="taobao", item_id="1", title="x", price=price, currency="CNY"), [mark], [], RATES
    ):
        assert one.score > 0
        assert Decimal(one.matched) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("price", "share"), [("18", "2 %"), ("174.9", "17 %"), ("175", "18 %"), ("299.99", "30 %"), ("345.1", "35 %")]
)
def test_a_share_is_rounded_and_not_cut(price, share):
    assert f" {share} of" in found(price)[0].reason.en


SHOES = Mark(
    right_id="R3", names=("FENNOWAY",), nice_classes=(25,), goods=("帆布鞋",), reference_prices={"CNY": Decimal(900)}
)


@pytest.mark.parametrize("title", ["FENNOWAY 毛绒玩具 公仔", "FENNOWAY保温杯 500ml", "FENNOWAY 大号儿童毛绒玩具可爱"])
def test_other_goods_than_the_marks_have_no_price_to_compare(title):
    assert codes("90", title=title, mark=SHOES) == []


@pytest.mark.parametrize(
    "title",
    ["FENNOWAY 厚底小白", "FENNOWAY 咖啡色 高帮", "FENNOWAY 篮球鞋", "FENNOWAY 手机袋 卫衣", "FENNOWAY 牛奶白透气"],
)
def test_a_title_that_does_not_say_what_it_sells_contradicts_nothing(title):
    assert codes("90", title=title, mark=SHOES) == ["far_under_reference"]


def test_where_the_goods_of_a_mark_are_not_known_nothing_contradicts_them():
    assert codes("50", title="NORVANE 毛绒玩具 公仔") == ["far_under_reference"]


def test_a_phone_case_of_a_maker_of_phone_cases_has_a_price():
    case = Mark(right_id="R4", names=("NORVANE",), goods=("手机壳",), reference_prices={"CNY": Decimal(100)})
    listing = goods("20", "NORVANE 手机壳 防摔")
    assert price_findings(listing, [case], slang_and_context(listing.title, [(0, 7)], case.goods))
