"""What a query finds can be said by anybody who reads DESIGN section 8."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.catalogue import Goods, read_catalogue
from sandbox.search import RECOMMENDED, Wanted, fold, make_finder
from tests.sandbox_shop import line, write


@pytest.fixture
def ids(tmp_path):
    """The numbers of the goods that a query finds among lines; 1 is the first line."""

    def ids(lines, text, recommend="never", **filters):
        shelf = read_catalogue(write(tmp_path, lines)).goods
        found = make_finder(shelf, recommend)(Wanted(text=text, **filters))
        return [int(one.item_id) - 700_000_000_000 for one in found.goods]

    return ids


def titled(*titles):
    return [line(number, title=title) for number, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("VELOKA 跑鞋", "veloka"),
        ("veloka 跑鞋", "ＶＥＬＯＫＡ"),
        ("Ⓥⓔⓛⓞⓚⓐ 跑鞋", "VELOKA"),
        ("VE\u200bLO\u00adKA", "veloka"),
        ("veloka", "ve\u2060loka"),
        ("維洛卡跑鞋", "维洛卡"),
        ("维洛卡跑鞋", "維洛卡"),
        ("国货维洛卡正品", "维洛卡"),
        ("跑鞋 男 VELOKA", "veloka 跑鞋"),
        ("VELOKA跑鞋", "\u3000跑鞋\tveloka "),
    ],
)
def test_a_query_finds_the_title(ids, title, query):
    assert ids(titled(title), query) == [1]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("VEL0KA", "veloka"),  # a zero
        ("VЕLOKA", "veloka"),  # a Cyrillic letter
        ("V.E.L.O.K.A", "veloka"),
        ("VE LO KA", "veloka"),
        ("weiluoka", "维洛卡"),
        ("VÉLOKA", "veloka"),
        ("VELOKA 跑鞋", "veloka 凉鞋"),
    ],
)
def test_a_query_is_folded_no_further(ids, title, query):
    assert ids(titled(title), query) == []


def test_words_may_be_spread_over_title_and_keywords(ids):
    assert ids([line(1, title="跑鞋 男", keywords=["X", "Super Veloka"])], "veloka 跑鞋") == [1]


def test_a_word_does_not_run_from_the_title_into_a_keyword(ids):
    assert ids([line(1, title="VEL", keywords=["OKA"])], "veloka") == []


@pytest.mark.parametrize("query", ["青石 鞋铺", "石\u3000鞋"])
def test_a_query_that_is_part_of_the_shops_name_finds_its_goods(ids, query):
    assert ids([line(1, shop_name="青石 鞋铺")], query) == [1]


def test_words_are_not_spread_over_title_and_shop(ids):
    assert ids([line(1, title="跑鞋", shop_name="青石鞋铺")], "跑鞋 青石") == []


def test_removed_goods_are_never_found(ids):
    assert ids([line(1, state="removed"), line(2, state="sold_out")], "veloka") == [2]


@pytest.mark.parametrize("query", ["", "  ", "\u200b"])
def test_a_query_without_words_finds_nothing(ids, query):
    assert ids([line(1)], query, recommend="always") == []


def test_the_mall_tab_shows_tmall_only(ids):
    assert ids([line(1), line(2, marketplace="tmall")], "veloka", mall_only=True) == [2]


def test_price_bounds_are_both_included(ids):
    lines = [line(n, price=n) for n in range(1, 6)]
    assert sorted(ids(lines, "veloka", price_min=Decimal(2), price_max=Decimal(4))) == [2, 3, 4]


@pytest.mark.parametrize(
    ("sort", "order"), [("sale-desc", [2, 3, 1]), ("price-asc", [3, 1, 2]), ("price-desc", [2, 1, 3])]
)
def test_goods_are_sorted(ids, sort, order):
    lines = [line(1, price=5, sold=None), line(2, price="10", sold=9), line(3, price="4.5", sold=3)]
    assert ids(lines, "veloka", sort=sort) == order


def test_the_default_order_does_not_depend_on_the_order_of_the_file(ids):
    lines = [line(n) for n in range(1, 40)]
    assert ids(lines, "veloka") == ids(lines[::-1], "veloka") != list(range(1, 40))


def test_never_recommends_nothing(ids):
    assert ids([line(1)], "zebra", recommend="never") == []


def test_always_recommends_what_sells_best(ids):
    lines = [line(n, sold=n) for n in range(1, 40)]
    assert ids(lines, "zebra", recommend="always") == list(range(39, 39 - RECOMMENDED, -1))


def test_what_has_one_of_the_words_is_recommended_first(ids):
    assert ids([line(1), line(2, title="凉鞋")], "凉鞋 zebra", recommend="always") == [2]


def test_auto_meets_both_ways_and_the_same_query_always_the_same(tmp_path):
    shelf = read_catalogue(write(tmp_path, [line(1)])).goods
    ways = [[make_finder(shelf)(Wanted(text=f"zebra{n}")).loosened for n in range(40)] for _ in range(2)]
    assert ways[0] == ways[1]
    assert {*ways[0]} == {True, False}


def goods(title):
    return Goods(
        marketplace="taobao",
        item_id="1",
        title=title,
        price_min=Decimal(1),
        price_max=Decimal(1),
        currency="CNY",
        sold=None,
        shop_name="青石鞋铺",
        seller_id="1",
        location="",
        images=(),
    )


@given(st.text(min_size=1, max_size=30).filter(lambda text: fold(text).split()))
def test_every_listing_is_found_by_its_whole_title(title):
    assert make_finder([goods(title)], "never")(Wanted(text=title)).goods


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=10))
def test_case_and_width_of_latin_letters_do_not_matter(title):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in title.upper())
    assert make_finder([goods(title)], "never")(Wanted(text=wide)).goods


@given(st.text(max_size=200))
def test_no_query_raises(query):
    assert len(make_finder([goods("VELOKA")])(Wanted(text=query)).goods) <= 1
