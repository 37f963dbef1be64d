"""Alibaba.com's pages are read: result lists and products, in their layouts of 2022 to 2026."""

from decimal import Decimal
from pathlib import Path

import pytest

from crawler.items import PriceTier
from crawler.reading import Answer, Outcome, read
from spiders.parsing import listing_to_json
from spiders.readers.alibaba import READERS, SAVED_READERS

FIXTURES = Path(__file__).parent / "fixtures" / "alibaba"


def reading(name, url=None):
    return read(Answer((FIXTURES / name).read_bytes(), url), SAVED_READERS)


def by_id(name, url=None):
    return {listing.item_id: listing for listing in reading(name, url).page.listings}


def article(name, url=None):
    (listing,) = reading(name, url).page.listings
    return listing


def tiers(*steps):
    return tuple(PriceTier(quantity=quantity, price=Decimal(price)) for quantity, price in steps)


# The current result list


@pytest.fixture(scope="module")
def cards():
    return by_id("sse-offers.html")


def test_a_result_page_says_its_layout_total_and_query():
    page = reading("sse-offers.html", "https://www.alibaba.com/trade/search?SearchText=shoes&page=3").page
    assert (page.layout, page.kind, page.total, page.query) == ("sse-offers", "search", 5123, "shoes")
    assert (page.page, page.pages) == (3, 100)


def test_ids_stand_by_themselves_or_in_the_link(cards):
    assert list(cards) == ["1600000000101", "1600000000102", "1600000000103", "1600000000104"]
    assert reading("sse-offers.html").page.warnings == ("cards without an item id: 1",)


def test_badges_and_highlights_are_taken_out_of_a_title(cards):
    assert [card.title for card in cards.values()][:3] == [
        'Velmora Running Shoes {Lightweight} "Pro"',
        "Kestrix Backpack & Bag",
        "Sun Glasses",
    ]


@pytest.mark.parametrize(
    ("item_id", "low", "high", "currency"),
    [
        ("1600000000101", "0.50", "1.20", "USD"),
        ("1600000000102", "2.00", "2.00", "USD"),
        ("1600000000103", "1.95", "1.95", "EUR"),
    ],
)
def test_a_price_text_is_a_range_in_its_own_currency(cards, item_id, low, high, currency):
    card = cards[item_id]
    assert (card.price_min, card.price_max, card.currency) == (Decimal(low), Decimal(high), currency)


def test_what_is_no_price_is_none(cards):
    assert cards["1600000000104"].price_min is None


def test_the_least_quantity_is_read_from_its_text(cards):
    assert [card.moq for card in cards.values()] == [1000, 10, 1000, None]


def test_ads_are_told_by_flag_by_link_and_by_its_mark(cards):
    assert [card.is_ad for card in cards.values()] == [False, True, False, True]


def test_the_supplier_is_the_shop(cards):
    card = cards["1600000000101"]
    assert (card.shop_name, card.seller_id, card.seller_url, card.location, card.sold) == (
        "Quanzhou Yulan Shoes Co., Ltd.",
        "220000001",
        "https://yulan.en.alibaba.com/",
        "CN",
        1234,
    )


def test_pictures_are_originals_each_once(cards):
    assert cards["1600000000101"].image_urls == (
        "https://s.alicdn.com/@sc04/kf/H0aaa1.jpg",
        "https://s.alicdn.com/@sc04/kf/H0aaa2.png",
    )
    assert cards["1600000000103"].image_urls == ("https://sc01.alicdn.com/kf/H0ccc1.jpg",)


def test_the_list_may_stand_in_the_whole_object():
    assert list(by_id("sse-whole.html")) == ["1600000000101"]


def test_products_gathered_by_supplier_are_read():
    assert list(by_id("sse-suppliers.html")) == ["1600000000101", "1600000000102"]


def test_a_total_of_nought_is_empty_with_proof():
    found = reading("sse-zero.html")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "offerResultData.totalCount is 0")


def test_offers_beside_a_total_of_nought_are_recommendations():
    found = reading("sse-loosened.html")
    assert (found.outcome, found.page.empty) == (Outcome.PAGE, "offerResultData.totalCount is 0")
    assert all(listing.is_recommended for listing in found.page.listings)


def test_no_offers_without_a_total_is_unknown_and_never_empty():
    assert reading("sse-no-total.html").outcome is Outcome.UNKNOWN


# The result list of 2022


def test_the_page_of_2022_is_read():
    page = reading("page-data.html").page
    assert (page.layout, page.total, page.query) == ("page-data", 1005338, "art")
    card = page.listings[1]
    assert (card.title, card.price_min, card.price_max, card.moq) == ("Paper Art Set", 168, 240, 10)
    assert card.price_tiers == tiers((10, "240.0"), (100, "168.0"))
    assert (card.shop_name, card.seller_id, card.location) == ("Yulan Handicraft Co., Ltd.", "261000001", "Guangxi")


def test_only_the_paid_flag_tells_an_ad_there():
    assert [card.is_ad for card in by_id("page-data.html").values()] == [True, False, False]


def test_a_price_in_the_visitors_currency_has_that_currency():
    card = by_id("page-data.html")["60000000203"]
    assert (card.price_min, card.price_max, card.currency) == (Decimal("3.80"), Decimal("36.48"), "CNY")


def test_the_same_object_as_json_is_read():
    body = b'{"offerResultData":{"totalCount":1,"offerList":[{"id":1600000000201,"information":{"puretitle":"x"}}]}}'
    assert read(Answer(body), READERS).page.listings[0].item_id == "1600000000201"


# A product's page


def test_a_product_is_read():
    found = article("detail-data.html")
    assert (found.item_id, found.title, found.source) == (
        "1600000000301",
        "Velmora Running Shoes & Sneakers",
        "detail",
    )
    assert (found.shop_name, found.seller_id, found.seller_url) == (
        "Quanzhou Yulan Shoes Co., Ltd.",
        "220000001",
        "https://yulan.en.alibaba.com/",
    )
    assert (found.brand, found.attributes["Place of Origin"], found.moq, found.sold) == ("Velmora", "China", 300, 1234)


def test_steps_are_in_dollars_where_they_are_given():
    found = article("detail-data.html")
    assert found.price_tiers == tiers((300, "6.20"), (1000, "5.10"))
    assert (found.price_min, found.price_max, found.currency) == (Decimal("5.10"), Decimal("6.20"), "USD")


def test_steps_in_the_visitors_currency_keep_it():
    found = article("detail-data-local.html")
    assert found.price_tiers == tiers((50, "80.51"), (500, "68.99"))
    assert (found.price_min, found.price_max, found.currency) == (Decimal("68.99"), Decimal("80.51"), "GHS")


def test_a_range_of_prices_is_read_in_dollars():
    found = article("detail-data-range.html")
    assert (found.price_min, found.price_max, found.currency, found.moq) == (Decimal("1.5"), Decimal("2.75"), "USD", 10)


def test_a_products_pictures_and_those_of_its_description_are_read_and_films_are_none():
    found = article("detail-data.html")
    assert found.image_urls == ("https://s.alicdn.com/@sc04/kf/H0aaa1.jpg", "https://s.alicdn.com/@sc04/kf/H0aaa2.jpg")
    assert found.description_image_urls == (
        "https://sc02.alicdn.com/kf/Hdesc1.jpg",
        "https://sc04.alicdn.com/kf/Hdesc2.jpg",
    )


def test_a_title_that_the_data_lacks_is_taken_from_what_the_page_tells_search_engines():
    body = (FIXTURES / "detail-data-range.html").read_bytes().replace(b'"subject": "x"', b'"subject": ""')
    assert read(Answer(body), READERS).page.listings[0].title == "Kestrix Backpack"


def test_no_contact_person_is_read():
    written = listing_to_json(article("detail-data.html"))
    assert not any(word in written for word in ("Wang", "Moumou", "13800000000"))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://www.alibaba.com/product-detail/x_1600000000309.html",
        "https://m.alibaba.com/product/1600000000309/x",
    ],
)
def test_a_part_of_a_page_is_named_by_its_address_or_not_at_all(url):
    found = article("detail-data-part.html", url)
    assert (found.item_id, found.url != "") == ("1600000000309" if url else "", url is not None)
    assert (found.title, found.attributes) == ("Kestrix Metal Glasses", {"Frame Type": "Rimless"})


def test_a_part_that_nothing_names_is_told_and_never_read_in_a_crawl():
    assert reading("detail-data-part.html").page.warnings == ("an article without an item id",)
    assert read(Answer((FIXTURES / "detail-data-part.html").read_bytes()), READERS).outcome is Outcome.UNKNOWN


def test_a_product_that_is_no_longer_available_is_gone():
    found = reading("detail-data-gone.html")
    assert (found.outcome, found.signal) == (Outcome.GONE, "Sorry! This product is no longer available.")


def test_a_page_that_keeps_nothing_of_a_product_but_its_notice_is_gone():
    body = "<div>Sorry, this product is no longer available.</div><script>window.detailData = " + (
        '{"globalData":{"product":{},"seller":{},"trade":{}},"nodeMap":{}};</script>'
    )
    assert read(Answer(body.encode()), SAVED_READERS).outcome is Outcome.GONE


@pytest.mark.parametrize("said", ['"tradable": false', '"tradable": "false"'])
def test_a_product_that_cannot_be_ordered_is_sold_out(said):
    body = (FIXTURES / "detail-data.html").read_bytes().replace(b'"moq": 300', b'"moq": 300, ' + said.encode())
    assert read(Answer(body), READERS).page.listings[0].state == "sold_out"


# A seller's own list


def test_a_sellers_list_is_read():
    page = reading("shop-module.html", "https://yulan.en.alibaba.com/productlist-2.html").page
    assert (page.layout, page.kind, page.total, page.page) == ("shop-module", "shop", 35, 2)
    assert page.warnings == ("cards without an item id: 1",)
    shoes, socks = page.listings
    assert (shoes.item_id, shoes.title, shoes.moq, shoes.sold) == (
        "1600000000501",
        "Velmora Running Shoes & Sneakers",
        300,
        1234,
    )
    assert (shoes.price_min, shoes.price_max, shoes.currency) == (Decimal("5.10"), Decimal("6.20"), "USD")
    assert (shoes.seller_url, shoes.source) == ("https://yulan.en.alibaba.com/", "shop")
    assert shoes.image_urls == ("https://s.alicdn.com/@sc04/kf/H0aaa1.jpg", "https://s.alicdn.com/@sc04/kf/H0aaa2.jpg")
    assert (socks.item_id, socks.price_min, socks.currency) == ("1600000000502", Decimal("12.5"), "INR")


def test_the_data_of_a_search_page_on_a_sellers_host_is_a_sellers_list():
    page = reading("sse-offers.html", "https://yulan.en.alibaba.com/productlist.html").page
    assert (page.kind, {listing.source for listing in page.listings}) == ("shop", {"shop"})


# A product's page as it is drawn


def test_a_drawn_page_is_read_without_its_script():
    found = article("drawn-detail.html")
    assert (found.item_id, found.title) == ("1600000000401", "Velmora Luxury Sneakers & Shoes")
    assert (found.shop_name, found.seller_url) == ("Quanzhou Yulan Shoes Co., Ltd.", "https://yulan.en.alibaba.com/")
    assert (found.brand, found.attributes["Place of Origin"], found.moq) == ("Velmora", "China", 300)


def test_a_drawn_price_is_that_of_the_smallest_order_in_the_visitors_currency():
    found = article("drawn-detail.html")
    assert (found.price_min, found.price_max, found.currency) == (Decimal("80.51"), Decimal("80.51"), "GHS")
    assert found.price_tiers == tiers((300, "80.51"), (1001, "68.99"), (5001, "45.96"))


def test_a_drawn_range_is_a_range():
    found = article("drawn-detail-range.html")
    assert (found.item_id, found.price_min, found.price_max) == ("1600000000402", Decimal("1.50"), Decimal("2.75"))


def test_icons_of_the_page_are_no_pictures_of_goods():
    assert article("drawn-detail.html").image_urls == (
        "https://s.alicdn.com/@sc04/kf/H0bbb1.jpg",
        "https://s.alicdn.com/@sc04/kf/H0bbb2.jpg",
    )


def test_a_captcha_page_without_data_is_a_block():
    assert read(Answer(b"<html><punish-component></punish-component></html>"), READERS).outcome is Outcome.BLOCKED
