"""AliExpress's detail pages in every layout, and the answers of its affiliate API."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.reading import Answer, Outcome, read
from spiders.parsing import line
from spiders.readers.aliexpress import DRAWN_READERS, READERS, SAVED_READERS

FIXTURES = Path(__file__).parent / "fixtures" / "aliexpress"


def reading(name, url=None, readers=SAVED_READERS):
    return read(Answer((FIXTURES / name).read_bytes(), url), readers)


def article(name):
    (listing,) = reading(name).page.listings
    return listing


@pytest.mark.parametrize(
    ("name", "layout", "item_id", "title"),
    [
        ("pdp.jsonp", "pdp-query", "1005008000000201", "Velmora trail shoes & socks"),
        ("component-tree.json", "component-tree", "1005003400000301", "Kestrix wrist watch set"),
        ("run-params-modules.html", "run-params-data", "32900000401", "טלפון Velmora ''4.0 {חדש}"),
        ("run-params-components.html", "run-params-data", "1005005600000501", "Velmora cap"),
        ("run-params-scalars.html", "run-params-scalars", "32790000601", "Velmora jacket & hood"),
        ("drawn-detail.html", "drawn-detail", "1005006700000701", "Antena Velmora 5.8 & złącze"),
        ("before-hydration.html", "before-hydration", "1005006700000701", "Antena Velmora - 5.8 | biała"),
    ],
)
def test_an_article_is_known_in_each_layout(name, layout, item_id, title):
    assert (reading(name).signal, article(name).item_id, article(name).title) == (layout, item_id, title)
    assert article(name).source == "detail"


@pytest.mark.parametrize(
    ("name", "low", "high", "currency"),
    [
        ("pdp.jsonp", "343297", "344721", "IDR"),
        ("component-tree.json", "13.36", "24.62", "USD"),
        ("run-params-modules.html", "97.39", "128.72", "EUR"),
        ("run-params-components.html", "4", "5.5", "USD"),
        ("run-params-scalars.html", "1043.72", "1044.97", "USD"),
        ("drawn-detail.html", "1542", "1542", "PKR"),
    ],
)
def test_a_price_has_two_ends_and_its_currency(name, low, high, currency):
    found = article(name)
    assert (found.price_min, found.price_max, found.currency) == (Decimal(low), Decimal(high), currency)


@pytest.mark.parametrize(
    ("name", "shop", "seller", "store"),
    [
        ("pdp.jsonp", "Velmora Outlet Store", "6000000201", "1100000201"),
        ("component-tree.json", "Kestrix Store", "229000301", "1101000301"),
        ("run-params-modules.html", "Summer & Co. Store", "221000401", "1390401"),
        ("run-params-components.html", "Velmora Caps Store", "250000501", "1102000501"),
        ("run-params-scalars.html", "Velmora Jackets Store", "222000601", "1490601"),
        ("drawn-detail.html", "Velmora RC Store", "239000701", "5360701"),
    ],
)
def test_a_seller_is_named_with_its_member_id_and_its_stores_address(name, shop, seller, store):
    found = article(name)
    assert (found.shop_name, found.seller_id) == (shop, seller)
    assert found.seller_url == f"https://www.aliexpress.com/store/{store}"


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("pdp.jsonp", "Velmora"),  # by its id: the name is Indonesian
        ("component-tree.json", "Kestrix"),
        ("run-params-modules.html", "Velmora"),  # by its id: the name is Hebrew
        ("run-params-components.html", "Velmora"),
        ("run-params-scalars.html", "Velmora"),
        ("drawn-detail.html", "Velmora"),
    ],
)
def test_the_brand_is_known_in_every_language(name, brand):
    assert article(name).brand == brand


@pytest.mark.parametrize(
    ("name", "sold", "stock", "pictures", "state"),
    [
        ("pdp.jsonp", 39, 1005, 3, "live"),
        ("component-tree.json", 3, 0, 1, "sold_out"),
        ("run-params-modules.html", 1_248, 155, 2, "live"),
        ("run-params-components.html", 2_000, 12, 1, "live"),
        ("run-params-scalars.html", 1_324, 103_337, 2, "live"),
        ("drawn-detail.html", 5_000, None, 2, "live"),
    ],
)
def test_sales_stock_and_pictures_are_read(name, sold, stock, pictures, state):
    found = article(name)
    assert (found.sold, found.stock, len(found.image_urls), found.state) == (sold, stock, pictures, state)


def test_a_component_tree_is_read_in_a_page_too():
    tree = json.dumps(json.loads((FIXTURES / "component-tree.json").read_text())["data"])
    body = f"<script>window._dida_config_._init_data_= {{ data: {tree} }}</script>"
    assert read(Answer(body.encode()), READERS).signal == "component-tree"


# Gone, and not there here


def test_an_article_that_does_not_exist_is_gone_though_the_call_succeeded():
    found = reading("pdp-gone.json")
    assert (found.outcome, found.signal) == (Outcome.GONE, "errorCode SITEM_NOT_EXIST")


def test_the_sites_own_page_for_a_missing_article_is_gone():
    assert reading("not-found.html", readers=READERS).outcome is Outcome.GONE


def test_a_title_that_says_404_is_no_missing_article():
    body = (FIXTURES / "before-hydration.html").read_text().replace("Antena Velmora", "Poster: 404 page")
    assert read(Answer(body.encode()), SAVED_READERS).outcome is Outcome.PAGE


def test_an_article_that_is_not_offered_in_a_region_is_not_gone():
    tree = {"data": {"result": {"GLOBAL_DATA": {"globalData": {"errorCode": "SITEM_BAN_NO_AVAIL_SKU"}}}}}
    found = read(Answer(json.dumps({"ret": ["SUCCESS::x"], **tree}).encode()), READERS)
    assert (found.outcome, found.page.warnings) == (Outcome.UNKNOWN, ("errorCode SITEM_BAN_NO_AVAIL_SKU",))


def test_an_article_that_went_offline_until_2018_is_gone():
    body = (FIXTURES / "run-params-scalars.html").read_bytes().replace(b"offline=false", b"offline=true")
    found = read(Answer(body), READERS)
    assert (found.outcome, found.page.listings[0].state) == (Outcome.GONE, "gone")


# Prices of the current answer


def pdp(price):
    known = {"globalData": {"productId": "1005008000000201", "subject": "x", "currencyCode": "USD"}}
    body = json.dumps({"data": {"result": {"GLOBAL_DATA": known, "PRICE": price}}})
    (listing,) = read(Answer(body.encode()), READERS).page.listings
    return listing.price_min, listing.currency


BEFORE = {"currency": "CAD", "formatedAmount": "C$12.19", "value": 12.19}


@pytest.mark.parametrize(
    ("info", "price"),
    [
        ({"salePriceString": "C$9.76", "originalPrice": BEFORE}, "9.76"),
        ({"salePriceString": "$9.76", "originalPrice": BEFORE}, "9.76"),
        ({"salePriceLocal": "DH1.164,93|1164|93", "salePriceString": "DH1.164,93", "originalPrice": BEFORE}, "1164.93"),
        ({"salePrice": {"value": 8, "formatedAmount": "C$8.00"}, "originalPrice": BEFORE}, "8"),
        ({"originalPrice": BEFORE}, "12.19"),
        ({"salePriceString": "NaN", "originalPrice": BEFORE}, "12.19"),
    ],
)
def test_the_price_that_is_asked_is_found_wherever_it_stands(info, price):
    assert pdp({"targetSkuPriceInfo": info}) == (Decimal(price), "CAD")


def test_the_cheapest_choice_is_the_lowest_price():
    choices = {"1": {"salePriceString": "$7.74"}, "2": {"salePriceString": "$6.71"}}
    assert pdp({"targetSkuPriceInfo": choices["1"], "skuPriceInfoMap": choices}) == (Decimal("6.71"), "USD")


def test_the_id_of_an_answer_without_one_is_that_of_the_call():
    body = json.dumps({"data": {"result": {"PRODUCT_TITLE": {"text": "x"}}}})
    url = "https://acs.aliexpress.us/h5/mtop.aliexpress.pdp.pc.query/1.0/?data=%7B%22productId%22%3A%223256803382674519%22%7D"
    (listing,) = read(Answer(body.encode(), url), READERS).page.listings
    assert listing.item_id == "1005003568989271"


# Before hydration


def test_a_page_before_hydration_is_no_product_to_a_crawl():
    assert reading("before-hydration.html", readers=DRAWN_READERS).outcome is Outcome.UNKNOWN


def test_a_page_before_hydration_says_that_its_details_are_missing():
    found = article("before-hydration.html")
    assert (found.details, found.price_min, found.shop_name, len(found.image_urls)) == ("missing", None, None, 2)


def test_parse_warns_of_a_page_before_hydration():
    assert line(reading("before-hydration.html")).startswith("warning: the page was saved before it was filled")


def test_a_title_without_price_and_store_is_not_drawn_yet():
    body = (FIXTURES / "drawn-detail.html").read_text()
    head, _, rest = body.partition("<body>")
    title = rest[rest.index("<h1") : rest.index("</h1>") + 5]
    found = read(Answer(f"{head}<body>{title}</body></html>".encode()), SAVED_READERS)
    assert found.signal == "before-hydration"
    assert found.page.listings[0].price_min == 1542  # what search engines are told


@pytest.mark.parametrize("name", ["price-default--current--F8O", "price--current--I3Z", "uniform-banner-box-price"])
def test_a_drawn_price_is_found_by_the_beginning_of_its_class(name):
    body = (FIXTURES / "drawn-detail.html").read_text()
    body = body.replace("price--currentPriceText--V8_y", "x").replace("price--current--I3Ze", "y")
    body = body.replace('class="x">', f'class="a {name} b">')
    (listing,) = read(Answer(body.encode()), DRAWN_READERS).page.listings
    assert listing.price_min == 1542


def test_a_bare_dollar_sign_in_a_drawn_page_is_no_currency():
    body = (FIXTURES / "drawn-detail.html").read_text().replace("PKR", "$").replace("priceCurrency", "x")
    (listing,) = read(Answer(body.encode()), DRAWN_READERS).page.listings
    assert listing.currency is None


# The affiliate API


def test_goods_of_the_affiliate_api_are_read():
    found = reading("affiliate.json").page
    first, second = found.listings
    assert (found.kind, found.total, found.page, found.pages) == ("api", 120, 1, 3)
    assert (first.item_id, first.price_min, first.currency, first.sold) == (
        "1005009000000801",
        Decimal("3.21"),
        "EUR",
        17,
    )
    assert (first.shop_name, first.seller_url) == (
        "Velmora Kitchen Store",
        "https://www.aliexpress.com/store/1100000801",
    )
    assert len(first.image_urls) == 2
    assert (second.item_id, second.price_min, second.currency) == ("1005009000000802", Decimal("2.10"), "USD")


def test_the_list_of_the_affiliate_api_may_stand_one_level_higher():
    assert article("affiliate-list.json").item_id == "1005009000000803"


def test_zero_goods_of_the_affiliate_api_are_empty_with_proof():
    found = reading("affiliate-empty.json")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "total_record_count is 0")


def test_a_refusal_of_the_affiliate_api_is_never_empty():
    body = b'{"aliexpress_affiliate_product_query_response": {"resp_result": {"resp_code": 401, "resp_msg": "no"}}}'
    found = read(Answer(body), READERS)
    assert (found.outcome, found.page.warnings) == (Outcome.UNKNOWN, ("resp_code 401 no",))


def test_an_error_envelope_of_the_affiliate_api_is_an_error():
    body = b'{"error_response": {"code": "IncompleteSignature", "msg": "bad sign", "request_id": "2101"}}'
    assert read(Answer(body), READERS).signal == "error: IncompleteSignature bad sign"
