"""A search shows goods as Taobao's does (FACTS 1)."""

import html
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.faces.taobao.texts import sales_text
from sandbox.texts import cents_text, highlighted, price_text
from tests.sandbox_shop import SEARCH_API, client, line

pytest_plugins = ["tests.sandbox_fixtures"]


async def test_pages_hold_48_and_the_last_one_the_rest(site):
    organic = [
        [i for i in (await site.search("VELOKA", page))["data"]["itemsArray"] if i["isP4P"] == "false"]
        for page in (1, 2, 3, 4)
    ]
    assert [len(items) for items in organic] == [48, 48, 24, 0]


async def test_no_article_is_lost_or_doubled_between_pages(site):
    pages = [(await site.search("VELOKA", page))["data"]["itemsArray"] for page in (1, 2, 3)]
    organic = [item["item_id"] for items in pages for item in items if item["isP4P"] == "false"]
    assert sorted(organic) == [str(700_000_000_000 + n) for n in range(1, 121)]


async def test_totals_stand_beside_the_goods(site):
    totals = (await site.search("VELOKA", 2))["data"]["mainInfo"]
    assert totals == {"page": "2", "pageSize": "48", "totalPage": "3", "totalResults": "120"}


async def test_totals_are_capped_as_the_site_caps_them(open_box):
    with open_box([line(n) for n in range(1, 4900)]) as box:
        async with client(box) as site:
            totals = (await site.search("VELOKA"))["data"]["mainInfo"]
            beyond = (await site.search("VELOKA", 101))["data"]["itemsArray"]
    assert (totals["totalPage"], totals["totalResults"], beyond) == ("100", "4800", [])


async def test_an_advertised_article_stands_on_top_and_among_the_others(site):
    pages = [(await site.search("VELOKA", page))["data"]["itemsArray"] for page in (1, 2, 3)]
    shown = [(item["item_id"], item["isP4P"]) for items in pages for item in items]
    for number in range(24, 121, 24):
        assert {(str(700_000_000_000 + number), ad) for ad in ("true", "false")} <= set(shown)


async def test_an_ad_leads_through_the_ad_host_to_the_article(site):
    ad = await site.card("VELOKA")
    status, headers, _ = await site.get(ad["auctionURL"])
    assert ad["item_id"] not in ad["auctionURL"]
    assert (status, headers["Location"]) == (302, f"https://item.taobao.com/item.htm?id={ad['item_id']}")


async def test_a_card_has_the_keys_of_the_site(site):
    item = (await site.search("手表 VELUMA"))["data"]["itemsArray"][1]
    assert item["title"] == "<span class=H>手表</span> <span class=H>VELUMA</span>"
    assert (item["priceShow"], item["realSales"]) == ({"unit": "¥", "price": "199.5"}, "200+人付款")
    assert item["shopInfo"]["title"] == item["nick"] == "青石鞋铺"
    assert item["extraParams"]["userId"] == "2200001"
    assert "user_number_id=2200001" in item["shopInfo"]["url"]
    assert item["procity"] == "浙江 杭州"
    assert item["icons"] == [{"alias": "tmall", "text": "天猫"}]
    assert item["auctionURL"] == "//detail.tmall.com/item.htm?id=700000000201"
    assert item["structuredUSPInfo"][0] == {"propertyName": "品牌", "propertyValueName": "VELUMA"}


async def test_filters_and_orders_of_the_gateway_are_heeded(site):
    assert await site.ids("VELUMA", tab="mall") == ["700000000201", "700000000201"]
    assert await site.ids("VELUMA", end_price="50") == ["700000000202"]
    assert (await site.ids("VELUMA", sort="bid"))[1:] == ["700000000202", "700000000201"]


async def test_removed_goods_are_not_found(site):
    assert set(await site.ids("VELUMA")) == {"700000000201", "700000000202"}


async def test_goods_of_other_sites_are_not_found(open_box):
    with open_box(recommend="never") as box:
        async with client(box) as site:
            assert await site.ids("VELOKA 批发") == []


async def test_the_pages_other_call_brings_no_goods(site):
    answer = await site.ask(SEARCH_API, {"appId": "32517", "params": "{}"})
    assert answer["ret"] == ["SUCCESS::调用成功"]
    assert "itemsArray" not in json.dumps(answer)


async def test_nothing_found_is_a_success_without_goods(open_box):
    with open_box(recommend="never") as box:
        async with client(box) as site:
            answer = await site.search("zebra")
    assert answer["ret"] == ["SUCCESS::调用成功"]
    assert answer["data"]["itemsArray"] == []
    assert answer["data"]["mainInfo"]["totalResults"] == "0"


async def test_recommendations_say_what_they_are(open_box):
    with open_box(recommend="always") as box:
        async with client(box) as site:
            data = (await site.search("zebra"))["data"]
    assert data["mainInfo"]["totalResults"] == "0"
    assert {item.get("recommend_nav") for item in data["itemsArray"]} == {"111"}
    assert {item["isP4P"] for item in data["itemsArray"]} == {"false"}


async def test_a_query_of_ten_thousand_characters_gets_an_answer(site):
    assert (await site.search("维" * 10_000))["data"]["mainInfo"]["totalResults"] == "0"


async def test_half_a_surrogate_pair_in_a_query_gets_an_answer(site):
    params = '{"q": "\\ud83d"}'
    assert (await site.ask(SEARCH_API, {"appId": "34385", "params": params}))["ret"] == ["SUCCESS::调用成功"]


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_highlighted_title_is_the_title_again_without_its_marks(title, query):
    plain = re.sub("<span class=H>|</span>", "", highlighted(title, query))
    assert html.unescape(plain) == title


@pytest.mark.parametrize(
    ("sold", "text"),
    [
        (0, "0人付款"),
        (99, "99人付款"),
        (716, "700+人付款"),
        (1999, "1000+人付款"),
        (10_000, "1万+人付款"),
        (12_999, "1.2万+人付款"),
        (None, ""),
    ],
)
def test_deals_are_rounded_down_as_the_site_does(sold, text):
    assert sales_text(sold) == text


@given(st.decimals(0, 10**9, places=4))
def test_a_price_is_written_without_losing_anything(price):
    assert Decimal(price_text(price)) == price
    assert re.fullmatch(r"\d+(\.\d*[1-9])?", price_text(price))
    assert Decimal(cents_text(price)) == price
    assert re.fullmatch(r"\d+\.\d\d(\d*[1-9])?", cents_text(price))
