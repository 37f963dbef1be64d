"""Least quantities, steps, sellers' addresses, and what a site really searched for."""

from decimal import Decimal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.readers.keywords import as_gbk, doubts, keyword_in, meant
from spiders.readers.wholesale import least, picture_sources, prices, quantity, seller_home, tiers

ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50) | st.lists(st.text(max_size=5))
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Min. order: 10 pieces", 10),
        ("Min. order: 1,000 pieces", 1000),
        ("Mindestbestellmenge: 1.000 Stück", 1000),
        ("50 Pieces", 50),
        ("100 kilograms", 100),
        ("≥2件", 2),
        ("2~49", 2),
        ("2-49件", 2),
        ("300 - 1000 pairs", 300),
        (">= 5001 pairs", 5001),
        ("１０ 个", 10),
        ("1万个", 10_000),
        (50, 50),
        ("1,000,000", 1_000_000),
        ("1.5 tons", None),
        ("", None),
        ("pieces", None),
        ("0", None),
        (0, None),
        (-5, None),
        (True, None),
        (10**30, None),
        ("9" * 40, None),
        (None, None),
    ],
)
def test_a_least_quantity_is_the_first_whole_number(text, number):
    assert quantity(text) == number


def test_steps_begin_with_the_smallest_quantity():
    assert [(step.quantity, step.price) for step in tiers([("≥50", "3.10"), ("2-49", "3.50")])] == [
        (2, Decimal("3.50")),
        (50, Decimal("3.10")),
    ]


def test_two_prices_at_one_quantity_are_no_steps():
    assert tiers([(1, "20.50"), (1, "41.50")]) == ()


def test_a_step_without_a_quantity_or_price_is_passed_over():
    assert len(tiers([(None, "1"), (5, "NaN"), (5, "-1"), (5, "9" * 40), (5, "2")])) == 1


def test_the_price_of_steps_is_lowest_at_the_largest_quantity():
    found = prices(tiers([(2, "3.50"), (50, "3.10")]), (Decimal(1), Decimal(9)))
    assert found == {"price_min": Decimal("3.10"), "price_max": Decimal("3.50")}


def test_a_least_quantity_that_is_not_said_is_where_the_steps_begin():
    assert (least(tiers([(20, "1")]), None), least(tiers([(20, "1")]), 10)) == (20, 10)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=30))
def test_steps_of_anything_rise_in_quantity_and_raise_nothing(rows):
    found = [step.quantity for step in tiers(rows)]
    assert found == sorted(set(found)) and len(found) <= 20


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://yulan-xieye.1688.com/page/index.html?spm=1", "https://yulan-xieye.1688.com/"),
        ("//shop3e67986509770.1688.com", "https://shop3e67986509770.1688.com/"),
        ("https://yulan.en.alibaba.com/company_profile.html", "https://yulan.en.alibaba.com/"),
        ("//yulan.m.en.alibaba.com/", "https://yulan.en.alibaba.com/"),
        ("https://detail.1688.com/offer/1001.html", None),
        ("https://dj.1688.com/ci_bb?a=1", None),
        ("https://www.alibaba.com/", None),
        ("https://french.alibaba.com/", None),
        ("https://yulan.en.alibaba.com.evil.example/", None),
        ("https://evil.example/?x=yulan.1688.com", None),
        ("https://[::1/", None),
        ("", None),
        (None, None),
    ],
)
def test_a_seller_is_at_home_on_a_host_of_its_own(url, home):
    assert seller_home(url) == home


@given(ANYTHING)
def test_a_sellers_home_of_anything_raises_nothing(value):
    assert seller_home(value) is None or isinstance(seller_home(value), str)


def test_pictures_of_a_description_may_wait_for_the_reader_to_scroll():
    html = "<p><img alt='x>y' src='//a/s.gif' data-lazyload-src=\"//a/1.jpg\"><img data-src='//a/2.jpg'><a src='3'>"
    assert picture_sources(html) == ["//a/s.gif", "//a/1.jpg", "//a/2.jpg"]


@pytest.mark.parametrize("word", ["跑鞋", "羽岚 Velmora", "nike", "双肩包 大容量"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_keyword_in_an_address_is_read_in_either_charset(word, charset):
    assert keyword_in("https://s.1688.com/x.htm?a=1&keywords=" + quote(word.encode(charset)), "keywords") == word


def test_a_keyword_that_is_not_escaped_is_read():
    assert keyword_in("https://s.1688.com/x.htm?keywords=跑鞋", "keywords") == "跑鞋"


@pytest.mark.parametrize(
    ("keyword", "charset", "read"),
    [
        ("%C5%DC%D0%AC", None, "跑鞋"),
        ("%E8%B7%91%E9%9E%8B", "UTF-8", "跑鞋"),
        ("跑鞋 100%", None, "跑鞋 100%"),
        ("nike", None, "nike"),
        (None, None, None),
        (7, "x", "7"),
    ],
)
def test_a_keyword_in_bytes_is_gbk_unless_it_says_otherwise(keyword, charset, read):
    assert as_gbk(keyword, charset) == read


@pytest.mark.parametrize("url", [None, "", "https://[x", "https://s.1688.com/?keywords=", "https://s.1688.com/"])
def test_an_address_without_a_keyword_has_none(url):
    assert keyword_in(url, "keywords") is None


@given(st.text(alphabet="鞋包衣帽品牌运动男女新款批发华为耐克", min_size=2, max_size=12))
def test_a_chinese_keyword_read_in_the_wrong_charset_is_known_for_what_it_is(word):
    garbled = word.encode().decode("gb18030", errors="replace")
    found = meant(garbled)
    assert found and set(found) <= set(word)
    assert meant(word) is None


@given(st.text(max_size=50))
def test_a_keyword_of_any_text_raises_nothing(word):
    assert meant(word) is None or isinstance(meant(word), str)
    keyword_in("https://s.1688.com/?keywords=" + word, "keywords")


@pytest.mark.parametrize(("asked", "searched"), [("Nike 鞋", "nike鞋"), (None, "跑鞋"), ("跑鞋", None), (None, None)])
def test_what_is_the_same_or_not_said_raises_no_doubt(asked, searched):
    assert doubts(asked, searched) == []
