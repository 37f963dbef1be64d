"""Alibaba.com's face shows goods as the site does (FACTS 4)."""

import html
import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import identify
from crawler.pictures import image_key
from sandbox.catalogue import read_catalogue
from sandbox.faces.alibaba.details import contact_name
from sandbox.faces.alibaba.texts import one_price, pieces, sub_domain
from sandbox.server import Sandbox
from tests.sandbox_abroad import ALIBABA, DETAIL, OFFERS, abroad, goods, markup, offers, plain, value_after
from tests.sandbox_shop import HOSTILE, client, write

pytest_plugins = ["tests.sandbox_fixtures"]

SEARCH = f"{ALIBABA}/trade/search?IndexArea=product_en&tab=all&SearchText="
WATCH = f"{ALIBABA}/product-detail/_1600000000201.html"
SHOP = "https://2200001.en.alibaba.com/productlist.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def town(folder):
    """One sandbox for all tests that only look."""
    with Sandbox(read_catalogue(write(folder, goods("alibaba"))), recommend="never") as box:
        yield box


@pytest.fixture
def box(town):
    """The sandbox without a wall."""
    town.wall = None
    return town


@pytest.fixture
async def page(site):
    """The text of a page that must be there."""

    async def page(address):
        status, _, text = await site.get(address)
        assert status == 200
        return text

    return page


def organic(page):
    return [offer["productId"] for offer in offers(page) if not offer["isShowAd"]]


async def test_pages_hold_48_and_the_last_one_the_rest(page):
    assert [len(organic(await page(f"{SEARCH}veloka&page={n}"))) for n in (1, 2, 3, 4)] == [48, 48, 34, 0]


async def test_no_article_is_lost_or_doubled_between_pages(page):
    found = [number for n in (1, 2, 3) for number in organic(await page(f"{SEARCH}veloka&page={n}"))]
    assert sorted(found) == [str(1_600_000_000_000 + n) for n in range(1, 131)]


async def test_totals_stand_beside_the_goods(page):
    data = value_after(await page(f"{SEARCH}veloka&page=2"), OFFERS)["offerResultData"]
    assert (data["totalCount"], data["paginationData"]) == (130, {"pageCount": 3, "currentPage": 2})


async def test_the_object_is_begun_before_it_is_filled(page):
    text = await page(f"{SEARCH}veloka")
    assert text.index("window.__page__data_sse10 = {};") < text.index(OFFERS)


async def test_a_card_has_the_keys_of_the_site(page):
    [offer] = offers(await page(f"{SEARCH}veluma+watch"))
    assert offer["id"] == int(offer["productId"]) == 1_600_000_000_201
    assert offer["title"].endswith("<strong>Veluma</strong> steel <strong>watch</strong>")
    assert (offer["price"], offer["moqV2"]) == ("US$0.50-1.20", "Min. order: 10 pieces")
    assert (offer["companyName"], offer["companyId"]) == ("Blue Stone Shoes Co., Ltd.", "Watch Works")
    assert offer["productUrl"] == "//www.alibaba.com/product-detail/Veluma-steel-watch_1600000000201.html"
    assert len(offer["multiImage"]) == 2


async def test_some_cards_have_a_plain_title_and_the_others_a_badge(page):
    found = offers(await page(f"{SEARCH}veloka"))
    assert {("enPureTitle" in offer, "<img" in offer["title"]) for offer in found} == {(True, False), (False, True)}


async def test_an_advertised_article_stands_on_top_and_among_the_others(page):
    found = [offer for n in (1, 2) for offer in offers(await page(f"{SEARCH}veloka&page={n}"))]
    ads = {offer["productId"] for offer in found if offer["isShowAd"]}
    assert ads == {str(1_600_000_000_000 + n) for n in range(24, 131, 24)}
    assert offers(await page(f"{SEARCH}veloka"))[0]["isShowAd"]


async def test_only_ads_have_a_click_address_and_the_mark_of_one(page):
    for offer in offers(await page(f"{SEARCH}veloka")):
        assert ("eurl" in offer, offer["productUrl"].endswith(".html?s=p")) == (offer["isShowAd"],) * 2


async def test_an_ad_leads_through_the_ad_host_to_the_article(site, page):
    ad = offers(await page(f"{SEARCH}veloka"))[0]
    status, headers, _ = await site.get("https:" + ad["eurl"])
    assert ad["eurl"].startswith("//cn-click.alibaba.com/ci_bb?")
    assert ad["productId"] not in ad["eurl"]
    assert (status, identify(headers["Location"]).item_id) == (302, ad["productId"])


async def test_filters_and_orders_of_the_address_are_heeded(page):
    assert organic(await page(f"{SEARCH}veluma&maxPrice=1")) == ["1600000000201"]
    assert organic(await page(f"{SEARCH}veluma&minPrice=1")) == ["1600000000202"]
    assert organic(await page(f"{SEARCH}veluma&sortType=PRICE_DESC")) == ["1600000000202", "1600000000201"]
    assert organic(await page(f"{SEARCH}veloka&sortType=prodSold180"))[0] == "1600000000130"
    assert len(organic(await page(f"{SEARCH}veloka&moqf=MOQF&moqt=MOQT10"))) == 10
    assert organic(await page(f"{SEARCH}veloka&Country=VN")) == []


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=-1", "page=99999999", "minPrice=NaN", "maxPrice=x", "moqt=9"]
)
async def test_a_filter_that_means_nothing_is_passed_over(page, query):
    assert OFFERS in await page(f"{SEARCH}veloka&{query}")


async def test_nothing_found_has_a_total_of_nought(page):
    assert value_after(await page(f"{SEARCH}zebra"), OFFERS)["offerResultData"]["totalCount"] == 0
    assert offers(await page(f"{SEARCH}zebra")) == []


async def test_recommendations_come_under_a_total_of_nought(open_box):
    with open_box(goods("alibaba"), recommend="always") as box:
        async with client(box) as site:
            _, _, text = await site.get(f"{SEARCH}zebra")
    data = value_after(text, OFFERS)["offerResultData"]
    assert (data["totalCount"], len(data["offers"])) == (0, 24)
    assert not any(offer["isShowAd"] for offer in data["offers"])


async def test_removed_goods_and_those_of_other_sites_are_not_found(open_box):
    lines = [abroad("alibaba", 1, state="removed"), abroad("aliexpress", 2), abroad("alibaba", 3)]
    with open_box(lines) as box:
        async with client(box) as site:
            assert organic((await site.get(f"{SEARCH}veloka"))[2]) == ["1600000000003"]


async def test_the_data_of_an_article(page):
    data = value_after(await page(WATCH), DETAIL)
    product, seller = data["globalData"]["product"], data["globalData"]["seller"]
    assert (product["productId"], product["subject"], product["moq"]) == (1_600_000_000_201, "Veluma steel watch", 10)
    assert (seller["companyName"], seller["companyId"]) == ("Blue Stone Shoes Co., Ltd.", "Watch Works")
    assert seller["subDomain"] == f"{sub_domain('Watch Works')}.en.alibaba.com"
    assert [(item["type"], item["group"]) for item in product["mediaItems"]] == [("image", "photos")] * 2


async def test_the_dearest_price_is_that_of_the_smallest_order(page):
    ladder = value_after(await page(WATCH), DETAIL)["globalData"]["product"]["price"]["productLadderPrices"]
    assert [(rung["min"], rung["max"], rung["dollarPrice"]) for rung in ladder] == [(10, 99, 1.2), (100, -1, 0.5)]


async def test_the_brand_is_the_first_attribute_and_the_catalogues_own(page):
    [own, _] = value_after(await page(WATCH), DETAIL)["nodeMap"]["module_sorted_attribute"]["privateData"][
        "productSortedProperties"
    ]
    rows = [(row["attribute"], row["value"]) for row in own["attributeList"]]
    assert rows == [("Brand Name", "VELUMA"), ("Place of Origin", "Zhejiang, China"), ("Material", "steel")]


async def test_a_page_names_a_contact_person_that_nobody_may_store(page):
    for address, seller in ((WATCH, "Watch Works"), (SHOP, "2200001")):
        assert contact_name(seller) in await page(address)
    assert value_after(await page(WATCH), DETAIL)["globalData"]["seller"]["contactName"] == contact_name("Watch Works")


async def test_what_the_page_shows_is_what_its_data_say(page):
    text = await page(WATCH)
    assert '<h1 title="Veluma steel watch">Veluma steel watch</h1>' in text
    ladder = text.partition('data-testid="ladder-price"')[2].partition("attributes")[0]
    assert re.findall(r"US\$[\d.]+", ladder) == ["US$1.20", "US$0.50"]
    assert f'<span class="company-name"><a href="https://{sub_domain("Watch Works")}.en.alibaba.com/' in text


@pytest.mark.parametrize("name", ["_1600000000201", "Veluma-steel-watch_1600000000201", "other_words_1600000000201"])
async def test_the_words_of_an_address_are_decoration(page, name):
    text = await page(f"{ALIBABA}/product-detail/{name}.html?spm=a2700.x&s=p")
    assert f'<link rel="canonical" href="{ALIBABA}/product-detail/Veluma-steel-watch_1600000000201.html">' in text


async def test_the_mobile_site_leads_to_the_article(site):
    status, headers, _ = await site.get("https://m.alibaba.com/product/1600000000201/Veluma-watch.html")
    assert (status, headers["Location"]) == (302, WATCH)


async def test_an_article_that_is_sold_out_cannot_be_traded(page):
    text = await page(f"{ALIBABA}/product-detail/_1600000000202.html")
    assert value_after(text, DETAIL)["globalData"]["product"]["tradable"] is False
    assert "not available for purchase" in text
    assert "not available for purchase" not in await page(WATCH)


@pytest.mark.parametrize("number", ["1600000000203", "9"])
async def test_the_page_of_an_article_that_is_gone_has_no_article(page, number):
    text = await page(f"{ALIBABA}/product-detail/_{number}.html")
    assert "<title>Product Not Available</title>" in text
    assert value_after(text, DETAIL)["globalData"]["product"] == {}


async def test_a_shop_shows_all_goods_of_its_seller_and_no_others(page):
    seen = [organic(await page(SHOP.replace(".html", f"-{n}.html"))) for n in range(1, 11)]
    numbers = [*range(1, 131), 202, 204, 205]
    assert sorted(one for ids in seen for one in ids) == [str(1_600_000_000_000 + n) for n in numbers]
    assert [len(ids) for ids in seen] == [*[16] * 8, 5, 0]


async def test_a_shop_has_its_goods_in_the_module_too(page):
    text = await page(SHOP)
    [module] = re.findall("""module-name="icbu-pc-productListPc" module-data='([^']+)'""", text)
    data = json.loads(unquote(module))["mds"]["moduleData"]["data"]
    assert [str(product["id"]) for product in data["productList"]] == organic(text)
    assert data["pageNavView"]["totalLines"] == 133


@pytest.mark.parametrize("path", ["/", "/index.html", "/company_profile.html"])
async def test_a_shops_front_leads_to_its_goods(site, path):
    _, headers, _ = await site.get(f"https://2200001.en.alibaba.com{path}")
    assert headers["Location"] == SHOP


@pytest.mark.parametrize(
    "address",
    [
        "https://nobody.en.alibaba.com/productlist.html",
        "https://2200001.en.alibaba.com/other.html",
        f"{ALIBABA}/",
        f"{ALIBABA}/product-detail/x.html",
        "https://m.alibaba.com/",
        "https://cn-click.alibaba.com/ci_bb?e=0",
    ],
)
async def test_an_address_that_means_nothing_is_not_found(site, address):
    assert (await site.get(address))[0] == 404


async def test_pictures_of_a_card_and_of_its_page_are_the_same(site, page, folder):
    [offer] = offers(await page(f"{SEARCH}veluma+watch"))
    media = value_after(await page(WATCH), DETAIL)["globalData"]["product"]["mediaItems"]
    assert [image_key(f"https:{one}") for one in offer["multiImage"]] == [
        image_key("https:" + item["imageUrl"]["big"]) for item in media
    ]
    async with site.session.get("https:" + offer["mainImage"]) as response:
        assert await response.read() == (folder / "pictures" / "green.png").read_bytes()


async def test_goods_without_a_picture_have_no_address_of_one(page):
    [offer] = offers(await page(f"{SEARCH}keluno"))
    assert "mainImage" not in offer


async def test_a_hostile_title_ends_no_script_and_stays_text(page):
    title = HOSTILE.replace("VELOKA", "ZORUNA")
    search = await page(f"{SEARCH}zoruna")
    detail = await page(f"{ALIBABA}/product-detail/_1600000000204.html")
    assert html.unescape(plain(offers(search)[0]["title"])).strip() == title
    assert value_after(detail, DETAIL)["globalData"]["product"]["subject"] == title
    for text in (search, detail, await page(SHOP)):
        assert not re.search("<script|<b>Co</b>", markup(text))


@pytest.mark.parametrize(
    "query", ["%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "[[offers]]", "%ED%A0%BD", "%FF", "v" * 10_000]
)
async def test_any_query_gets_a_page(page, query):
    text = await page(f"{SEARCH}{query}")
    assert offers(text) == []
    assert "<script" not in markup(text)


@pytest.mark.parametrize(
    ("wall", "address", "status", "place"),
    [
        ("login", SEARCH + "veloka", 302, "https://login.alibaba.com/"),
        ("login", WATCH, 302, "https://login.alibaba.com/"),
        ("captcha", SEARCH + "veloka", 302, "/_____tmd_____/verify/?x5secdata="),
        ("captcha", SHOP, 302, "/_____tmd_____/verify/?x5secdata="),
        ("rate_limit", SEARCH + "veloka", 429, ""),
        ("rate_limit", WATCH, 429, ""),
        ("error", SEARCH + "veloka", 500, ""),
        ("error", SHOP, 500, ""),
    ],
)
async def test_a_wall_stands_before_every_page(site, box, wall, address, status, place):
    box.wall = wall
    got, headers, text = await site.get(address)
    assert got == status
    assert place in headers.get("Location", "")
    assert not any(start in text for start in (OFFERS, DETAIL))


async def test_an_articles_page_may_be_a_captcha_from_the_start(site, box):
    box.wall = "captcha"
    status, headers, text = await site.get(WATCH)
    assert (status, headers["bxpunish"]) == (200, "1")
    assert text.endswith("<!--rgv587_flag:sm-->")


async def test_the_captcha_page_has_its_element_and_none_of_the_data(site, box):
    box.wall = "captcha"
    _, headers, _ = await site.get(SEARCH + "veloka")
    _, _, text = await site.get(headers["Location"])
    assert "<punish-component>" in text
    assert "Captcha Interception" in text
    assert not any(start in text for start in (OFFERS, DETAIL))


async def test_a_wall_comes_after_so_many_pages(open_box):
    with open_box(goods("alibaba"), wall="rate_limit", after=3) as box:
        async with client(box) as site:
            statuses = [(await site.get(address))[0] for address in (SEARCH + "veloka", WATCH, SHOP, WATCH)]
    assert statuses == [200, 200, 200, 429]


async def test_a_good_page_names_what_only_looks_like_a_wall(page):
    for address in (SEARCH + "veloka", WATCH):
        text = await page(address)
        assert all(word in text for word in ("baxia", "sufei", "login.alibaba.com"))


async def test_truth_and_keywords_never_leave(open_box):
    truth = {"label": "counterfeit", "mark": "SECRETMARK", "why": "SECRETWHY"}
    told = {"truth": truth, "keywords": ["SECRETWORD halo"]}
    with open_box([abroad("alibaba", 1, **told), abroad("alibaba", 2, is_ad=True, **told)]) as box:
        async with client(box) as site:
            addresses = (SEARCH + "halo", f"{ALIBABA}/product-detail/_1600000000001.html", SHOP)
            texts = [(await site.get(address))[2] for address in addresses]
    assert all("Veloka" in text for text in texts)
    assert not re.search("secret|counterfeit|truth|keywords", "".join(texts), re.IGNORECASE)


@pytest.mark.parametrize(("number", "text"), [(1, "1 piece"), (10, "10 pieces"), (12_000, "12,000 pieces")])
def test_pieces_are_counted_as_the_site_does(number, text):
    assert pieces(number) == text


@given(st.decimals(0, 10**9, places=4))
def test_a_price_is_written_without_losing_anything(price):
    text = one_price(price, "USD")
    assert re.fullmatch(r"US\$\d{1,3}(,\d{3})*\.\d{2,4}", text)
    assert float(text[3:].replace(",", "")) == float(price)


@given(st.text(min_size=1, max_size=80))
def test_any_seller_has_a_host_of_his_own(seller):
    assert re.fullmatch("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", sub_domain(seller))
