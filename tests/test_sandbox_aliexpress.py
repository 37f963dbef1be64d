"""AliExpress's face shows goods as the site does (FACTS 5)."""

import html
import json
import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.identity import canonical_id, identify
from crawler.pictures import image_key
from sandbox.catalogue import read_catalogue
from sandbox.exchange import Asked
from sandbox.faces.aliexpress import AliExpress
from sandbox.faces.aliexpress.texts import price_text, regional_id, sold_text
from sandbox.pictures import Pictures
from sandbox.server import Sandbox
from sandbox.walls import Gate
from tests.sandbox_abroad import ALIEXPRESS, INIT_DATA, abroad, cards, fields, goods, markup
from tests.sandbox_shop import HOSTILE, client, write

pytest_plugins = ["tests.sandbox_fixtures"]

API = "mtop.aliexpress.pdp.pc.query/1.0"
FIRST = 1_005_001_000_000_000
SEARCH = f"{ALIEXPRESS}/w/wholesale-veloka-shoes.html?g=y"
WATCH = f"{ALIEXPRESS}/item/1005001000000201.html"
STORE = f"{ALIEXPRESS}/store/2200001/pages/all-items.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def town(folder):
    """One sandbox for all tests that only look."""
    with Sandbox(read_catalogue(write(folder, goods("aliexpress"))), recommend="never") as box:
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


@pytest.fixture
async def modules(site):
    """What the gateway answers of an article."""

    async def modules(number):
        answer = await site.ask(API, {"productId": str(number), "clientType": "pc"}, host="acs.aliexpress.com")
        assert answer["ret"] == ["SUCCESS::调用成功"]
        return answer["data"]["result"]

    return modules


def ids(page):
    return [card["trace"]["utLogMap"]["x_object_id"] for card in cards(page)]


async def test_pages_hold_60_and_the_last_one_the_rest(page):
    assert [len(ids(await page(f"{SEARCH}&page={n}"))) for n in (1, 2, 3, 4)] == [60, 60, 10, 0]


async def test_no_article_is_lost_or_doubled_between_pages(page):
    found = [number for n in (1, 2, 3) for number in ids(await page(f"{SEARCH}&page={n}"))]
    assert sorted(found) == [str(FIRST + n) for n in range(1, 131)]


async def test_totals_stand_beside_the_goods(page):
    infos = [fields(await page(f"{SEARCH}&page={n}"))["pageInfo"] for n in (2, 3)]
    assert infos[0] == {"page": 2, "pageSize": 60, "totalResults": 130, "finished": False}
    assert infos[1]["finished"]


async def test_the_data_stand_between_their_comments_under_a_key_without_quotes(page):
    text = await page(SEARCH)
    inside = text.partition("/*!-->init-data-start--*/")[2].partition("/*!-->init-data-end--*/")[0]
    assert inside.strip().startswith(INIT_DATA)
    assert inside.rstrip().endswith("} }")


async def test_a_card_has_the_keys_of_the_site(page):
    [card] = cards(await page(f"{ALIEXPRESS}/w/wholesale-veluma-watch.html"))
    assert card["title"]["displayTitle"] == "Veluma steel watch"
    assert card["prices"]["salePrice"]["minPrice"] == 0.5
    assert card["prices"]["salePrice"]["formattedPrice"] == "US $0.50"
    assert card["prices"]["originalPrice"]["cent"] == 100
    assert card["trade"]["tradeDesc"] == "201 sold"
    assert card["trace"]["utLogMap"]["real_trade_count"] == "201"
    assert card["lunchTime"] == "2026-03-31 00:00:00"
    assert len(card["images"]) == 2


async def test_the_id_of_a_region_is_shown_by_some_cards_and_the_common_one_by_all(page):
    found = cards(await page(SEARCH))
    moved = {int(card["productId"]) - int(card["trace"]["utLogMap"]["x_object_id"]) for card in found}
    assert moved == {0, 2**51}
    assert all(canonical_id("aliexpress", c["productId"]) == c["trace"]["utLogMap"]["x_object_id"] for c in found)


@pytest.mark.parametrize("key", ["prices", "store", "productDetailUrl", "p4p"])
async def test_what_not_every_card_has_is_there_on_some(page, key):
    found = [key in card for n in (1, 2, 3) for card in cards(await page(f"{SEARCH}&page={n}"))]
    assert {*found} == {True, False}


async def test_an_article_that_nobody_bought_has_no_deals(page):
    [_, teapot] = sorted(cards(await page(f"{ALIEXPRESS}/w/wholesale-veluma.html")), key=lambda card: card["productId"])
    assert "trade" not in teapot


async def test_an_ad_says_so_and_leads_through_the_ad_host(site, page):
    ads = [card for card in cards(await page(SEARCH)) if card["productType"] == "ad"]
    status, headers, _ = await site.get("https:" + ads[0]["p4p"]["clickUrl"])
    assert all("p4p" in card for card in ads)
    assert (status, identify(headers["Location"]).item_id) == (302, ads[0]["trace"]["utLogMap"]["x_object_id"])


async def test_a_bundle_names_its_first_article_and_is_no_article(page):
    card = next(card for card in cards(await page(SEARCH)) if "productDetailUrl" in card)
    assert identify(card["productDetailUrl"]).item_id == card["trace"]["utLogMap"]["x_object_id"]
    assert "Bundle deals" in await page(card["productDetailUrl"])


async def test_orders_and_prices_of_the_address_are_heeded(page):
    address = f"{ALIEXPRESS}/w/wholesale-veluma.html"
    watch, teapot = str(FIRST + 201), str(FIRST + 202)
    assert ids(await page(f"{address}?pr=0-10")) == [watch]
    assert ids(await page(f"{address}?pr=1-")) == [teapot]
    assert ids(await page(f"{address}?SortType=price_desc")) == [teapot, watch]
    assert ids(await page(f"{address}?SortType=price_asc")) == [watch, teapot]
    assert ids(await page(f"{SEARCH}&SortType=total_tranpro_desc"))[0] == str(FIRST + 130)
    assert "itemList" not in fields(await page(f"{SEARCH}&shpf_co=ES"))["mods"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "pr=x", "pr=..-1.1.1", "SortType=x", "spm=a2g0o.home&isPremium=y"]
)
async def test_what_means_nothing_in_an_address_is_passed_over(page, query):
    assert ids(await page(f"{SEARCH}&{query}"))


async def test_the_older_address_leads_to_the_one_with_its_words_in_the_path(site):
    status, headers, _ = await site.get(f"{ALIEXPRESS}/wholesale?SearchText=veloka+shoes&page=2")
    assert (status, headers["Location"]) == (302, "/w/wholesale-veloka-shoes.html?page=2")


async def test_zero_hits_have_search_tips_and_no_list(page):
    found = fields(await page(f"{ALIEXPRESS}/w/wholesale-zebra.html"))
    assert set(found["mods"]) == {"searchTips"}
    assert found["pageInfo"]["totalResults"] == 0


async def test_recommendations_come_in_silence(open_box):
    with open_box(goods("aliexpress"), recommend="always") as box:
        async with client(box) as site:
            _, _, text = await site.get(f"{ALIEXPRESS}/w/wholesale-zebra.html")
    assert len(cards(text)) == 24
    assert "zebra" not in "".join(card["title"]["displayTitle"] for card in cards(text))
    assert set(fields(text)["mods"]) == {"itemList"}


async def test_removed_goods_and_those_of_other_sites_are_not_found(open_box):
    lines = [abroad("aliexpress", 1, state="removed"), abroad("alibaba", 2), abroad("aliexpress", 3)]
    with open_box(lines) as box:
        async with client(box) as site:
            assert ids((await site.get(SEARCH))[2]) == [str(FIRST + 3)]


async def test_a_store_shows_all_goods_of_its_seller_and_no_others(page):
    found = [number for n in (1, 2, 3) for number in ids(await page(f"{STORE}?page={n}&shop_sortType=bestmatch_sort"))]
    assert sorted(found) == [str(FIRST + n) for n in (*range(1, 131), 202, 204, 205)]


async def test_a_stores_front_leads_to_its_goods(site):
    _, headers, _ = await site.get(f"{ALIEXPRESS}/store/2200001")
    assert headers["Location"] == urlsplit(STORE).path + "?shop_sortType=bestmatch_sort"


async def test_a_page_before_its_script_has_pictures_and_a_title_only(page):
    text = await page(f"{WATCH}?spm=a2g0o.productlist.main.1&algo_pvid=x")
    assert '<meta property="og:title" content="Veluma steel watch - AliExpress">' in text
    images = json.loads(re.search(r'"imagePathList":(\[.*?\])', text)[1])
    assert [urlsplit(image).netloc for image in images] == ["ae01.alicdn.com"] * 2
    assert not re.search("US [$]|0[.]5|Blue Stone|VELUMA|steel</", text)


async def test_the_first_call_gets_a_token_for_the_whole_site(site):
    _, headers, text = await site.get(f"https://acs.aliexpress.com/h5/{API}/?callback=mtopjsonp1&data={{}}")
    assert text.startswith(" mtopjsonp1({")
    assert "FAIL_SYS_TOKEN_EMPTY" in text
    assert "Domain=aliexpress.com;" in headers["Set-Cookie"]


async def test_the_modules_of_an_article(modules):
    found = await modules(FIRST + 201)
    known = found["GLOBAL_DATA"]["globalData"]
    assert (known["productId"], known["subject"], known["currencyCode"]) == (FIRST + 201, "Veluma steel watch", "USD")
    assert known["storeId"] == known["sellerId"] == "Watch Works"
    assert found["PRODUCT_TITLE"]["text"] == "Veluma steel watch"
    assert found["SHOP_CARD_PC"]["storeName"] == known["storeName"] == "Blue Stone Shoes Co., Ltd."
    assert found["PRICE"]["targetSkuPriceInfo"]["salePriceString"] == "US $0.50"
    props = [(prop["attrName"], prop["attrValue"]) for prop in found["PRODUCT_PROP_PC"]["showedProps"]]
    assert props == [("Brand Name", "VELUMA"), ("Origin", "Zhejiang, China"), ("Material", "steel")]


async def test_every_choice_of_an_article_has_its_price(modules):
    found = await modules(FIRST + 201)
    skus = [path["skuIdStr"] for path in found["SKU"]["skuPaths"]]
    assert [found["PRICE"]["skuPriceInfoMap"][sku]["salePrice"]["value"] for sku in skus] == [0.5, 1.2]


async def test_an_article_answers_under_the_id_of_a_region_too(page, modules):
    moved = FIRST + 201 + 2**51
    assert (await modules(moved))["GLOBAL_DATA"]["globalData"]["productId"] == moved
    assert "Veluma steel watch" in await page(f"{ALIEXPRESS}/item/{moved}.html")


@pytest.mark.parametrize(
    "form", ["www.aliexpress.us/item/{}.html", "m.aliexpress.com/item/{}.html", "m.aliexpress.com/i/{}.html"]
)
async def test_other_hosts_lead_to_the_article_with_the_id_as_it_was(site, form):
    _, headers, _ = await site.get(f"https://{form.format(FIRST + 201 + 2**51)}")
    assert headers["Location"].startswith(f"{ALIEXPRESS}/item/{FIRST + 201 + 2**51}.html")


async def test_an_article_that_is_sold_out_has_none_left(modules):
    found = await modules(FIRST + 202)
    assert found["QUANTITY_PC"]["totalAvailableInventory"] == found["SKU"]["skuPaths"][0]["skuStock"] == 0


@pytest.mark.parametrize("number", [FIRST + 203, 9, "", "x<script>"])
async def test_an_article_that_is_gone_is_a_success_with_an_error_code(modules, number):
    assert await modules(number) == {"GLOBAL_DATA": {"globalData": {"errorCode": "SITEM_NOT_EXIST", "i18n": {}}}}


async def test_the_page_of_an_article_that_is_gone_names_none(page):
    text = await page(f"{ALIEXPRESS}/item/{FIRST + 203}.html")
    assert '"imagePathList":[]' in text
    assert "Veluma" not in text


async def test_pictures_of_a_card_and_of_its_article_are_the_same(site, page, modules, folder):
    [card] = cards(await page(f"{ALIEXPRESS}/w/wholesale-veluma-watch.html"))
    originals = (await modules(FIRST + 201))["HEADER_IMAGE_PC"]["imagePathList"]
    assert [image_key("https:" + image["imgUrl"]) for image in card["images"]] == [*map(image_key, originals)]
    async with site.session.get("https:" + card["image"]["imgUrl"]) as response:
        assert await response.read() == (folder / "pictures" / "green.png").read_bytes()


async def test_small_pictures_are_on_both_hosts(page):
    hosts = {urlsplit(card["image"]["imgUrl"]).netloc for card in cards(await page(SEARCH))}
    assert hosts == {"ae01.alicdn.com", "ae-pic-a1.aliexpress-media.com"}


async def test_goods_without_a_picture_have_no_address_of_one(page):
    [card] = cards(await page(f"{ALIEXPRESS}/w/wholesale-keluno.html"))
    assert not {"image", "images"} & set(card)


async def test_a_description_has_its_pictures_and_may_be_fetched(site, modules):
    _, headers, text = await site.get((await modules(FIRST + 201))["DESC"]["pcDescUrl"])
    [source] = re.findall(r'<img src="([^"]+)"', text)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert (await site.get(source))[1]["Content-Type"] == "image/png"


async def test_a_hostile_title_ends_no_script_and_stays_text(page, modules):
    title = HOSTILE.replace("VELOKA", "ZORUNA")
    search = await page(f"{ALIEXPRESS}/w/wholesale-zoruna.html")
    assert cards(search)[0]["title"]["displayTitle"] == title
    assert (await modules(FIRST + 204))["PRODUCT_TITLE"]["text"] == title
    for text in (search, await page(f"{ALIEXPRESS}/item/{FIRST + 204}.html"), await page(STORE)):
        assert not re.search("<script|<b>Co</b>", markup(text))
    assert html.escape(title) in search


@pytest.mark.parametrize("words", ["%22%3E%3Cscript%3E", "{{data}}", "%ED%A0%BD", "%FF", "a%2Fb", "", "v" * 10_000])
async def test_any_words_get_a_page(page, words):
    text = await page(f"{ALIEXPRESS}/w/wholesale-{words}.html")
    assert "searchTips" in fields(text)["mods"]
    assert "<script" not in markup(text)


@pytest.mark.parametrize(
    "address",
    [
        f"{ALIEXPRESS}/",
        f"{ALIEXPRESS}/item/x.html",
        f"{ALIEXPRESS}/store/9",
        "https://us-click.aliexpress.com/ci_bb?e=0",
    ],
)
async def test_an_address_that_means_nothing_is_not_found(site, address):
    assert (await site.get(address))[0] == 404


@pytest.mark.parametrize(
    ("wall", "address", "status", "place"),
    [
        ("login", SEARCH, 302, "https://login.aliexpress.com/"),
        ("login", WATCH, 302, "https://login.aliexpress.com/"),
        ("login", STORE, 302, "https://login.aliexpress.com/"),
        ("rate_limit", SEARCH, 429, ""),
        ("error", SEARCH, 500, ""),
        ("error", WATCH, 500, ""),
    ],
)
async def test_a_wall_stands_before_every_page(site, box, wall, address, status, place):
    box.wall = wall
    got, headers, text = await site.get(address)
    assert got == status
    assert headers.get("Location", "").startswith(place)
    assert INIT_DATA not in text


@pytest.mark.parametrize("address", [SEARCH, STORE])
async def test_a_search_may_be_a_captcha_of_about_2_4_kb(site, box, address):
    box.wall = "captcha"
    status, headers, text = await site.get(address)
    assert (status, headers["bxpunish"]) == (200, "1")
    assert '"action":"captcharecaptcha"' in text
    assert 2_300 < len(text) < 2_500


async def test_the_captcha_page_has_no_title_and_no_text(site, box):
    box.wall = "captcha"
    url = re.search('"url":"([^"]+)"', (await site.get(SEARCH))[2])[1]
    _, _, text = await site.get(url)
    assert "/_____tmd_____/punish?x5secdata=" in url
    assert "<punish-component>" in text
    assert "<title>" not in text


@pytest.mark.parametrize(
    ("wall", "ret", "url"),
    [
        ("login", ["FAIL_SYS_SESSION_EXPIRED"], "https://login.aliexpress.com/"),
        ("captcha", ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR"], f"{ALIEXPRESS}//w/_____tmd_____/punish?"),
        ("rate_limit", ["FAIL_SYS_TRAFFIC_LIMIT"], ""),
    ],
)
async def test_a_wall_answers_the_call_with_its_code(site, box, wall, ret, url):
    box.wall = wall
    answer = await site.ask(API, {"productId": str(FIRST + 201)}, host="acs.aliexpress.com")
    assert [code.partition("::")[0] for code in answer["ret"]] == ret
    assert answer["data"].get("url", "").startswith(url)


async def test_a_wall_comes_after_so_many_answers_with_goods(open_box):
    with open_box(goods("aliexpress"), wall="captcha", after=2) as box:
        async with client(box) as site:
            await site.get(SEARCH)
            await site.get(WATCH)
            first = await site.ask(API, {"productId": str(FIRST + 201)}, host="acs.aliexpress.com")
            assert first["ret"] == ["SUCCESS::调用成功"]
            assert "captcharecaptcha" in (await site.get(SEARCH))[2]


@pytest.mark.parametrize("address", [SEARCH, WATCH, STORE])
async def test_a_good_page_names_what_only_looks_like_a_wall(page, address):
    text = await page(address)
    for word in ("RGV587_ERROR", "FAIL_SYS_USER_VALIDATE", "baxia", "sufei", "login.aliexpress.com"):
        assert word in text


async def test_truth_and_keywords_never_leave(open_box):
    truth = {"label": "counterfeit", "mark": "SECRETMARK", "why": "SECRETWHY"}
    told = {"truth": truth, "keywords": ["SECRETWORD halo"]}
    with open_box([abroad("aliexpress", 1, **told), abroad("aliexpress", 2, is_ad=True, **told)]) as box:
        async with client(box) as site:
            pages = (f"{ALIEXPRESS}/w/wholesale-halo.html", f"{ALIEXPRESS}/item/{FIRST + 1}.html", STORE)
            texts = [(await site.get(address))[2] for address in pages]
            texts.append(str(await site.ask(API, {"productId": str(FIRST + 1)}, host="acs.aliexpress.com")))
    assert all("Veloka" in text for text in texts)
    assert not re.search("secret|counterfeit|truth|keywords", "".join(texts), re.IGNORECASE)


async def test_the_real_robots_file_names_no_search_and_no_article(open_box):
    with open_box(goods("aliexpress"), robots="real") as box:
        async with client(box) as site:
            _, _, text = await site.get(f"{ALIEXPRESS}/robots.txt")
    assert re.findall("Disallow: (.*)", text) == ["/search/", "/productdetail/", "/api/"]


def test_a_page_weighs_as_much_as_a_real_one_on_demand(tmp_path):
    catalogue = read_catalogue(write(tmp_path, goods("aliexpress")))
    pictures = Pictures(catalogue.goods, catalogue.folder)
    asked = Asked(host="www.aliexpress.com", path="/w/wholesale-veloka.html")
    light, heavy = (AliExpress(catalogue, pictures, Gate(), bulk=bulk).reply(asked).body for bulk in (False, True))
    assert len(light) < 250_000
    assert 650_000 < len(heavy) < 750_000


@pytest.mark.parametrize(
    ("sold", "text"),
    [(2, "2 sold"), (999, "999 sold"), (1117, "1,000+ sold"), (23_456, "20,000+ sold"), (10_000, "10,000+ sold")],
)
def test_deals_are_rounded_down_as_the_site_does(sold, text):
    assert sold_text(sold) == text


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_more_deals_never_read_as_fewer(one, other):
    few, many = (int(re.sub(r"\D", "", sold_text(sold))) for sold in sorted((one, other)))
    assert few <= many


@pytest.mark.parametrize(("price", "text"), [("2.54", "US $2.54"), ("1542", "US $1,542.00"), ("0.005", "US $0.005")])
def test_prices_are_written_as_the_site_does(price, text):
    assert price_text(Decimal(price), "USD") == text


@given(st.from_regex(r"(1005|4000|32|33)\d{7,12}", fullmatch=True))
def test_an_id_of_a_region_leads_back_to_its_article(item_id):
    moved = regional_id(item_id)
    assert moved is None or canonical_id("aliexpress", moved) == item_id


@pytest.mark.parametrize("item_id", ["0", "007", "12345678901234567890", "9999999999999"])
def test_ids_that_no_region_has_stay_as_they_are(item_id):
    assert regional_id(item_id) is None
