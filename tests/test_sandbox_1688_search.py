"""A search on 1688's face is as on the site (FACTS 3)."""

import json
import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.catalogue import Goods, read_catalogue
from sandbox.faces.ali1688.texts import GBK, gbk_percent, ladder, percent_bytes, sales_text, smaller
from sandbox.server import Sandbox
from tests.sandbox_shop import SEARCH_API, client, write
from tests.sandbox_wholesale import HOST, SEARCH_PAGE, gbk, ids, market, offer, offers, search

pytest_plugins = ["tests.sandbox_fixtures"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One sandbox of the market for all tests of this module."""
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("market"), market()))) as box:
        yield box


@pytest.fixture
def box(town):
    """That sandbox, without a wall."""
    town.wall = None
    return town


def state(page):
    """What a search page tells its script."""
    return json.loads(re.search(r'id="state">(.*?)</script>', page)[1])


async def test_a_page_holds_60_of_which_some_are_ads(site):
    pages = [await search(site, "VELOKA", page) for page in (1, 2, 3, 4)]
    assert [len(offers(page)) for page in pages] == [60, 60, 16, 0]
    assert [len(ids(page, ads=True)) for page in pages] == [4, 2, 0, 0]


async def test_no_offer_is_lost_or_doubled_between_pages(site):
    organic = [number for page in (1, 2, 3) for number in ids(await search(site, "VELOKA", page))]
    assert sorted(organic) == list(range(1, 131))


async def test_the_totals_are_texts(site):
    pages = [await search(site, "VELOKA", page) for page in (1, 2, 3)]
    assert {page["found"] for page in pages} == {"130"}
    assert [page["hasMore"] for page in pages] == ["true", "true", "false"]


async def test_other_cells_stand_between_the_offers(site):
    assert "related_words" in [item["cellType"] for item in (await search(site, "VELOKA"))["items"]]


async def test_an_offer_has_the_keys_of_the_site(site):
    [watch] = [o for o in offers(await search(site, gbk("手表"))) if o["isP4P"] == "false"]
    assert watch["title"] == "<font color=red>手表</font> VELUMA"
    assert (watch["bookedCount"], watch["afterPrice"]["text"]) == ("1.2万+", "已售1.2万+件")
    assert (watch["memberId"], watch["shop"]["text"]) == ("b2b-2200002", "远山钟表厂")
    assert (watch["province"], watch["city"]) == ("浙江", "杭州")
    assert watch["linkUrl"] == "https://detail.1688.com/offer/700000000201.html"
    assert len(watch["offerPicUrl"].split(",")) == 2


async def test_the_ladder_begins_at_the_smallest_order(site):
    shoe = offers(await search(site, "VELOKA"))[-1]
    assert (shoe["quantityBegin"], shoe["priceInfo"]["price"]) == ("2", "20.50")
    assert shoe["shopAddition"]["quantityPrices"] == [
        {"quantity": "2-199件", "value": "41.00"},
        {"quantity": "≥200件", "value": "20.50"},
    ]


async def test_an_ad_leads_through_the_ad_host_to_its_offer(site):
    ad = offers(await search(site, "VELOKA"))[0]
    status, headers, _ = await site.get(ad["linkUrl"])
    assert (ad["isP4P"], ad["type"]) == ("true", "bid")
    assert ad["linkUrl"].startswith("https://dj.1688.com/ci_bb?")
    assert ad["offerId"] not in ad["linkUrl"]
    assert (status, headers["Location"]) == (302, f"https://detail.1688.com/offer/{ad['offerId']}.html")


async def test_its_pictures_are_there_in_every_size(site):
    shown = offers(await search(site, "VELOKA"))
    covers = {o["list"]["cover"]["pic"] for o in shown}
    assert len(covers) > 2
    for address in [*covers, shown[0]["odPicUrl"]]:
        assert (await site.get(address))[0] == 200


@pytest.mark.parametrize(
    ("params", "first"),
    [
        ({"sortType": "va_price_asc"}, 202),
        ({"sortType": "va_price_desc"}, 201),
        ({"sortType": "price", "descendOrder": "false"}, 202),
        ({"sortType": "price", "descendOrder": True}, 201),
        ({"sortType": "va_rmdarkgmv30"}, 201),
        ({"priceStart": "5", "priceEnd": "11"}, 202),
        ({"priceStart": "11"}, 201),
    ],
)
async def test_orders_and_bounds_are_heeded(site, params, first):
    assert ids(await search(site, "VELUMA", **params))[0] == first


async def test_offers_of_other_sites_and_removed_ones_are_not_found(open_box):
    with open_box(market(), recommend="never") as box:
        async with client(box) as site:
            assert sorted(ids(await search(site, "VELUMA"))) == [201, 202]
            assert ids(await search(site, gbk("零售"))) == []


async def test_nothing_found_is_proven_by_found(open_box):
    with open_box(market(), recommend="never") as box:
        async with client(box) as site:
            assert await search(site, "zebra") == {"found": "0", "hasMore": "false", "items": []}


async def test_recommendations_come_with_nothing_found(open_box):
    with open_box(market(), recommend="always") as box:
        async with client(box) as site:
            found = await search(site, "zebra")
    assert (found["found"], found["hasMore"], len(offers(found))) == ("0", "false", 24)
    assert ids(found, ads=True) == []


async def test_a_utf8_keyword_without_charset_finds_other_offers_as_if_they_were_meant(site):
    _, _, page = await site.get(f"{SEARCH_PAGE}?keywords={quote('手表')}")
    told = state(page)
    found = await search(site, told["keywords"])
    assert told["keyword"] == "手表".encode().decode("gbk", errors="replace") != "手表"
    assert int(found["found"]) > 1
    assert ids(found)[0] == 201  # the best-selling one


@pytest.mark.parametrize(
    "query", [gbk("手表"), quote("手表") + "&charset=utf8", "charset=UTF-8&keywords=" + quote("手表")]
)
async def test_a_keyword_in_the_right_encoding_finds_what_is_meant(site, query):
    _, _, page = await site.get(f"{SEARCH_PAGE}?{'' if 'keywords=' in query else 'keywords='}{query}")
    told = state(page)
    assert told["keyword"] == "手表"
    assert ids(await search(site, told["keywords"])) == [201]


async def test_every_page_that_is_opened_has_an_id_of_its_own(site):
    first, second = [state((await site.get(f"{SEARCH_PAGE}?keywords=VELOKA"))[2])["pageId"] for _ in range(2)]
    assert first != second


async def test_opening_a_page_by_its_number_repeats_three_quarters_of_the_first(site):
    told = state((await site.get(f"{SEARCH_PAGE}?keywords=VELOKA&beginPage=2"))[2])
    first = set(ids(await search(site, "VELOKA")))
    opened = ids(await search(site, "VELOKA", told["beginPage"], pageId=told["pageId"]))
    assert told["beginPage"] == 2
    assert 0.6 < len(first.intersection(opened)) / len(opened) < 0.9


async def test_the_pages_other_call_brings_no_offers(site):
    answer = await site.ask(
        SEARCH_API, {"appId": "32517", "params": json.dumps({"method": "getFilterList"})}, host=HOST
    )
    assert answer["ret"] == ["SUCCESS::调用成功"]
    assert "OFFER" not in json.dumps(answer)


@pytest.mark.parametrize("params", ["{", "[]", {"beginPage": "0"}, {"beginPage": "x"}, {"priceStart": "NaN"}])
async def test_parameters_that_mean_nothing_are_an_error_of_the_gateway(site, params):
    text = params if isinstance(params, str) else json.dumps({"method": "getOfferList", "keywords": "a", **params})
    answer = await site.ask(SEARCH_API, {"appId": "32517", "params": text}, host=HOST)
    assert answer["ret"] == ["FAIL_BIZ_PARAM_ERR::参数错误"]


@pytest.mark.parametrize(
    "query", ["", "keywords=", "keywords=%", "keywords=%FF%FE", "keywords=%C5%DC&beginPage=-3&pageId=x"]
)
async def test_a_search_page_opens_whatever_its_address_holds(site, query):
    status, _, page = await site.get(f"{SEARCH_PAGE}?{query}")
    assert (status, state(page)["beginPage"]) == (200, 1)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_keyword_comes_back_from_its_percent_signs(keyword):
    assert percent_bytes(gbk_percent(keyword)).decode(GBK) == keyword


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2), st.integers(1, 10**6))
def test_a_ladder_falls_from_the_smallest_order_on(one, other, moq):
    low, high = sorted((one, other))
    rungs = ladder(goods_of(low, high, moq))
    assert (rungs[0].quantity, rungs[0].price, rungs[-1].price) == (moq, high, low)
    assert len(rungs) == (1 if low == high else 2)


def goods_of(low: Decimal, high: Decimal, moq: int) -> Goods:
    columns = {key: offer(1)[key] for key in ("marketplace", "item_id", "title", "sold", "shop_name", "location")}
    return Goods(**columns, price_min=low, price_max=high, currency="CNY", seller_id="s", images=(), moq=moq)


@pytest.mark.parametrize("turn", range(12))
def test_a_smaller_picture_is_in_a_form_that_the_site_has(turn):
    address = smaller("https://cbu01.alicdn.com/img/ibank/O1CN01a_!!1-0-cib.jpg", "310x310", turn)
    assert re.search(r"-0-cib(\.jpg|\.310x310\.jpg|\.jpg_310x310q90\.jpg_\.webp|\.jpg_310x310xz\.jpg)$", address)


@pytest.mark.parametrize(("sold", "text"), [(0, "已售0件"), (274, "已售200+件"), (31_000, "已售3.1万+件"), (None, "")])
def test_sales_are_worded_as_on_the_site(sold, text):
    assert sales_text(sold) == text
