"""Shops of Taobao and Tmall, and what else stands on their hosts (FACTS 1 and 2)."""

import json
import re

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_shop import client, line, shop, write

pytest_plugins = ["tests.sandbox_fixtures"]

API = "com.taobao.search.api.getshopitemlist/2.0"
BY_SELLER = "https://store.taobao.com/shop/view_shop.htm?user_number_id="


def street():
    """The shop of the other tests, and two of Tmall that have the same name in Latin letters, one that has its own."""
    mall = {"marketplace": "tmall", "title": "KELUNO"}
    return [
        *shop(),
        line(301, seller_id="31", shop_name="MIRALO旗舰店", **mall),
        line(302, seller_id="32", shop_name="MIRALO专营店", **mall),
        line(303, seller_id="33", shop_name="NEVASO旗舰店", **mall),
        line(304, seller_id="33", shop_name="NEVASO旗舰店"),
    ]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One sandbox of the street for all tests of this module."""
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("street"), street()))) as box:
        yield box


@pytest.fixture
def box(town):
    """That sandbox, without a wall."""
    town.wall = None
    return town


async def address_of(site, seller):
    """Where a seller's shop is."""
    status, headers, _ = await site.get(BY_SELLER + seller)
    assert status == 302
    return headers["Location"]


async def number_of(site, seller):
    """The number of a seller's shop, as its page says it."""
    _, _, page = await site.get(await address_of(site, seller))
    return json.loads(re.search(r'id="state">(.*?)</script>', page)[1])["shopId"]


async def listed(site, number, page=1, **options):
    """One page of a shop."""
    data = {"shopId": number, "currentPage": str(page), "pageSize": "30"}
    return (await site.ask(API, data, **options))["data"]


async def test_a_shop_shows_all_goods_of_its_seller(site):
    number = await number_of(site, "2200001")
    pages = [await listed(site, number, page) for page in (1, 2, 3, 4, 5, 6)]
    assert [len(page["itemsArray"]) for page in pages] == [30, 30, 30, 30, 5, 0]
    assert len({item["auctionId"] for page in pages for item in page["itemsArray"]}) == 125
    assert {page["totalResults"] for page in pages} == {"125"}


async def test_removed_goods_are_in_no_shop(site):
    number = await number_of(site, "2200001")
    titles = [item["title"] for page in range(1, 6) for item in (await listed(site, number, page))["itemsArray"]]
    assert "茶杯 VELUMA" not in titles


async def test_a_shops_answer_has_texts_only(site):
    data = await listed(site, await number_of(site, "31"))
    assert (data["shopTitle"], data["currentPage"], data["pageSize"]) == ("MIRALO旗舰店", "1", "30")
    [item] = data["itemsArray"]
    assert (item["auctionId"], item["salePrice"], item["totalSoldQuantity"]) == ("700000000301", "199.50", "301")
    assert all(isinstance(value, str) for value in item.values())
    assert (await site.get(f"https:{item['picUrl']}"))[0] == 200


@pytest.mark.parametrize(
    ("seller", "host"),
    [
        ("2200001", r"shop\d{9}\.tmall\.com"),  # something of his is on Tmall, and his name has no Latin letters
        ("31", r"shop\d{9}\.tmall\.com"),  # another shop has the same name
        ("33", r"nevaso\.tmall\.com"),
    ],
)
async def test_a_shop_of_tmall_is_under_its_name(site, seller, host):
    assert re.fullmatch(rf"https://{host}/search\.htm", await address_of(site, seller))


async def test_a_shop_of_taobao_is_under_its_number(open_box):
    with open_box([line(1)]) as box:
        async with client(box) as site:
            address = await address_of(site, "2200001")
            assert address == f"https://shop{await number_of(site, '2200001')}.taobao.com/search.htm"


async def test_the_address_on_a_card_leads_to_the_shop(site):
    card = await site.card("KELUNO")
    assert (await site.get(f"https:{card['shopInfo']['url']}"))[0] == 302


@pytest.mark.parametrize(
    "address", [BY_SELLER + "9", "https://shop1.taobao.com/", "https://nobody.tmall.com/search.htm"]
)
async def test_a_shop_that_there_is_not_is_not_found(site, address):
    assert (await site.get(address))[0] == 404


async def test_a_shop_that_there_is_not_has_no_goods(site):
    assert (await listed(site, "1"))["totalResults"] == "0"


async def test_a_page_of_a_shop_that_is_none_is_an_error_of_the_gateway(site):
    assert (await site.ask(API, {"shopId": "1", "currentPage": "-1"}))["ret"] == ["FAIL_BIZ_PARAM_ERR::参数错误"]


@pytest.mark.parametrize(
    ("seller", "login"), [("33", "https://login.tmall.com/"), ("2200001", "https://login.taobao.com/")]
)
async def test_the_login_wall_before_a_shop_is_its_own_sites(open_box, seller, login):
    lines = [one for one in street() if one["marketplace"] == "tmall" or one["seller_id"] != "33"]
    lines = [one for one in lines if one["marketplace"] != "tmall" or one["seller_id"] != "2200001"]
    with open_box(lines) as box:
        async with client(box) as site:
            address = await address_of(site, seller)
            box.wall = "login"
            status, headers, _ = await site.get(address)
            _, _, page = await site.get(headers["Location"])
    assert (status, headers["Location"].startswith(login)) == (302, True)
    assert "密码登录" in page


@pytest.mark.parametrize("wall", ["captcha", "rate_limit"])
async def test_other_walls_meet_the_shops_call(site, box, wall):
    number, address = await number_of(site, "33"), await address_of(site, "33")
    box.wall = wall
    assert (await site.get(address))[0] == 200
    assert (await site.ask(API, {"shopId": number}))["ret"][0].startswith("FAIL_SYS_")


@pytest.mark.parametrize(
    "address",
    [
        "https://detail.tmall.hk/hk/item.htm?id=700000000201",
        "https://chaoshi.detail.tmall.com/item.htm?id=700000000201",
        "https://detail.m.tmall.com/item.htm?id=700000000201",
        "https://world.tmall.com/item/700000000201.htm",
        "https://h5.m.taobao.com/awp/core/detail.htm?id=700000000201",
        "https://m.intl.taobao.com/detail/detail.html?id=700000000201",
        "https://world.taobao.com/item/700000000201.htm",
        "https://a.m.taobao.com/i700000000201.htm",
    ],
)
async def test_every_address_of_an_article_leads_to_its_own(site, address):
    status, headers, _ = await site.get(address)
    assert (status, headers["Location"]) == (302, "https://detail.tmall.com/item.htm?id=700000000201")


async def test_another_address_of_what_is_not_there_leads_to_the_page_that_says_so(site):
    _, headers, _ = await site.get("https://detail.tmall.hk/hk/item.htm?id=9")
    assert headers["Location"] == "https://error.item.taobao.com/error/noitem?itemid=9"


async def test_the_account_page_stays_while_the_session_lives(site, box):
    assert (await site.get("https://i.taobao.com/my_itaobao"))[0] == 200
    box.wall = "login"
    assert (await site.get("https://i.taobao.com/my_itaobao"))[1]["Location"].startswith("https://login.taobao.com/")
