"""Offers and shops on 1688's face are as on the site (FACTS 3, "Detail")."""

import json
import re

import chompjs
import pytest

from crawler.reading import Answer, Outcome, read
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_shop import HOSTILE, client, write
from tests.sandbox_wholesale import HOST, OFFER_PAGE, OTHER, SEARCH_PAGE, SELLER, SHOP_API, market, search, shop

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


def page_of(number):
    return OFFER_PAGE.format(700_000_000_000 + number)


async def context(site, number):
    """The argument of `window.context` in an offer's page."""
    _, _, page = await site.get(page_of(number))
    return chompjs.parse_js_object(page.partition("(window.contextPath,")[2])["result"]


def model(tree):
    return tree["global"]["globalData"]["model"]


async def test_an_offer_stands_in_its_page(site):
    tree = await context(site, 201)
    assert tree["data"]["productTitle"]["fields"]["title"] == "手表 VELUMA"
    assert tree["data"]["Root"]["fields"]["dataJson"]["tempModel"]["companyName"] == "远山钟表厂"
    assert len(tree["data"]["gallery"]["fields"]["offerImgList"]) == 2
    offer = model(tree)["offerDetail"]
    assert {row["name"]: row["value"] for row in offer["featureAttributes"]} == {"品牌": "VELUMA", "材质": "钢"}
    assert (model(tree)["sellerModel"]["memberId"], model(tree)["tradeModel"]["saleCount"]) == (OTHER, 12_345)


async def test_its_ladder_begins_at_the_smallest_order(site):
    trade = model(await context(site, 1))["tradeModel"]
    assert (trade["minPrice"], trade["maxPrice"], trade["beginAmount"]) == ("20.50", "41.00", 2)
    assert trade["offerPriceModel"]["currentPrices"] == [
        {"beginAmount": 2, "price": "41.00"},
        {"beginAmount": 200, "price": "20.50"},
    ]


async def test_its_object_is_javascript_and_no_json(site):
    _, _, page = await site.get(page_of(1))
    literal = page.partition("(window.contextPath,")[2].partition(");\n")[0]
    assert re.search(r'"skuWeight":\{\d+:', literal)
    assert '"$ref"' in literal
    with pytest.raises(ValueError, match="double quotes"):
        json.loads(literal)


async def test_a_hostile_title_cannot_leave_its_script(site):
    _, _, page = await site.get(page_of(204))
    script = page.partition("<script>")[2].partition("</script>")[0]
    assert "window.context=" in script
    assert script.rstrip().endswith(";")
    title = (await context(site, 204))["data"]["productTitle"]["fields"]["title"]
    assert title == HOSTILE.replace("VELOKA", "ZORUNA")


async def test_its_description_is_a_script_of_another_host(site):
    address = (await context(site, 201))["data"]["description"]["fields"]["detailUrl"]
    _, _, text = await site.get(address)
    html = json.loads(text.removeprefix("var offer_details=").removesuffix(";"))["content"]
    assert address.startswith("https://itemcdn.tmall.com/1688offer/")
    assert re.fullmatch(r'<p><img src="https://cbu01\.alicdn\.com/img/ibank/\S+"></p>', html)


async def test_pictures_of_card_and_page_are_the_same(site):
    card = (await search(site, "VELUMA", sortType="va_price_desc"))["items"][0]["data"]
    tree = await context(site, 201)
    assert card["odPicUrl"] == tree["data"]["gallery"]["fields"]["mainImage"][0]


async def test_a_sold_out_offer_has_no_stock(site):
    tree = await context(site, 202)
    root = tree["data"]["Root"]["fields"]["dataJson"]
    assert model(tree)["tradeModel"]["canBookedAmount"] == 0
    assert {sku["canBookCount"] for sku in root["skuModel"]["skuInfoMap"].values()} == {0}
    assert "saleCount" not in model(tree)["tradeModel"]  # its sales are not known


async def test_the_page_of_a_removed_offer_says_that_it_is_off_the_shelf(site):
    status, _, page = await site.get(page_of(203))
    assert status == 200
    assert '<h3 class="mod-detail-offline-title">商品已下架</h3>' in page
    assert "window.context" not in page


async def test_an_offer_that_never_was_leads_to_the_404_page(site):
    status, headers, _ = await site.get(page_of(999))
    _, _, page = await site.get(headers["Location"])
    assert (status, headers["Location"]) == (302, "https://page.1688.com/shtml/static/wrongpage.html")
    assert "<title>404-阿里巴巴</title>" in page


@pytest.mark.parametrize(
    "address",
    [
        "https://m.1688.com/offer/700000000001.html",
        "https://detail.m.1688.com/page/index.html?offerId=700000000001",
    ],
)
async def test_a_telephones_address_leads_to_the_offer(site, address):
    assert (await site.get(address))[1]["Location"] == page_of(1)


async def test_a_shop_shows_all_offers_of_its_seller(site):
    pages = [(await shop(site, SELLER, page))["data"]["content"] for page in (1, 2, 3, 4, 5, 6)]
    listed = [offer["id"] for page in pages for offer in page["offerList"]]
    assert {page["offerCount"] for page in pages} == {"131"}
    assert [len(page["offerList"]) for page in pages] == [30, 30, 30, 30, 11, 0]
    assert len(set(listed)) == 131


async def test_an_offer_of_a_shop_has_the_keys_of_the_site(site):
    watch = (await shop(site, OTHER))["data"]["content"]["offerList"][0]
    assert (watch["subject"], watch["memberId"], watch["offerPrice"]) == ("手表 VELUMA", OTHER, "199.50")
    assert (watch["quantityBegin"], watch["unit"], watch["vagueSaleQuantity"]) == ("1", "件", "1.2万+")
    assert (await site.get(watch["offerImages"][0]["imageURI"]))[0] == 200


async def test_a_seller_who_is_none_has_no_offers(site):
    assert (await shop(site, "b2b-0"))["data"]["content"]["offerCount"] == "0"


async def test_a_shop_is_under_its_own_host_and_under_its_member_id(site):
    card = (await search(site, "VELOKA"))["items"][0]["data"]["shopAddition"]["shopLinkUrl"]
    for host in (card, f"https://{SELLER}.1688.com"):
        for path in ("/", "/page/index.html", "/page/offerlist.htm", "/page/offerlist.html"):
            status, _, page = await site.get(host + path)
            assert (status, f'"memberId":"{SELLER}"' in page) == (200, True)


async def test_a_telephones_address_leads_to_the_shop(site):
    _, headers, _ = await site.get(f"https://winport.m.1688.com/page/index.html?memberId={SELLER}")
    assert re.fullmatch(r"https://shop\d{13}\.1688\.com/", headers["Location"])


async def test_a_host_that_is_nobodys_shop_is_not_found(site):
    assert (await site.get("https://nobody.1688.com/page/offerlist.htm"))[0] == 404


async def test_the_shops_other_call_names_the_seller(site):
    data = {"componentKey": "wp_pc_common_header", "params": json.dumps({"memberId": OTHER})}
    header = (await site.post(SHOP_API, data, host=HOST))["data"]["data"]
    assert header["companyName"] == "远山钟表厂"


@pytest.mark.parametrize("params", ["[]", '{"appdata": {"pageNum": 0}}', '{"appdata": {"count": "x"}}'])
async def test_a_shops_call_that_means_nothing_is_an_error_of_the_gateway(site, params):
    data = {"componentKey": "Wp_pc_common_offerlist", "params": params}
    assert (await site.post(SHOP_API, data, host=HOST))["ret"] == ["FAIL_BIZ_PARAM_ERR::参数错误"]


@pytest.mark.parametrize("address", [f"{SEARCH_PAGE}?keywords=a", page_of(1), f"https://{SELLER}.1688.com/"])
@pytest.mark.parametrize(("wall", "status"), [("login", 302), ("error", 500)])
async def test_login_and_error_stand_before_every_page(site, box, address, wall, status):
    box.wall = wall
    code, headers, _ = await site.get(address)
    assert code == status
    assert headers.get("Location", "https://login.1688.com/member/signin.htm?").startswith(
        "https://login.1688.com/member/signin.htm?"
    )


@pytest.mark.parametrize(("wall", "outcome"), [("captcha", Outcome.BLOCKED), ("rate_limit", Outcome.RATE_LIMITED)])
async def test_a_wall_in_place_of_an_offer_is_named_by_the_product(site, box, wall, outcome):
    box.wall = wall
    status, headers, page = await site.get(page_of(1))
    assert read(Answer(page.encode(), page_of(1), status, dict(headers)), ()).outcome is outcome


@pytest.mark.parametrize(
    ("wall", "outcome"),
    [("login", Outcome.LOGIN_REQUIRED), ("captcha", Outcome.BLOCKED), ("rate_limit", Outcome.RATE_LIMITED)],
)
async def test_a_wall_before_a_shops_goods_is_named_by_the_product(site, box, wall, outcome):
    await shop(site, SELLER)
    box.wall = wall
    answer = await shop(site, SELLER)
    assert read(Answer(json.dumps(answer).encode()), ()).outcome is outcome


async def test_a_wall_comes_after_so_many_offers_and_shops(open_box):
    with open_box(market(), wall="login", after=3) as box:
        async with client(box) as site:
            codes = [(await site.get(page_of(n)))[0] for n in (1, 2)]
            codes += [(await shop(site, SELLER))["ret"][0][:4], (await site.get(page_of(3)))[0]]
    assert codes == [200, 200, "SUCC", 302]


async def test_a_good_page_names_no_wall(site):
    pages = [(await site.get(a))[2] for a in (f"{SEARCH_PAGE}?keywords=a", page_of(1), f"https://{SELLER}.1688.com/")]
    pages += [(await site.get(f"https://s.1688.com/app/{name}.js"))[2] for name in ("search", "detail", "shop")]
    assert not any(word in page for word in ("punish", "RGV587", "验证", "x5sec") for page in pages)
