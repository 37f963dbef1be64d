"""1688's result lists are read: what stands where. The fixtures are invented goods in the layouts of real answers."""

import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.items import PriceTier
from crawler.reading import Answer, Outcome, read
from spiders.readers.ali1688 import READERS, SAVED_READERS

FIXTURES = Path(__file__).parent / "fixtures" / "1688"
CALL = "https://h5api.m.1688.com/h5/mtop.relationrecommend.wirelessrecommend.recommend/2.0/?data="


def reading(name, url=None):
    return read(Answer((FIXTURES / name).read_bytes(), url), SAVED_READERS)


def by_id(name, url=None):
    return {listing.item_id: listing for listing in reading(name, url).page.listings}


def call(keywords, page=1):
    params = json.dumps({"keywords": keywords, "beginPage": page, "method": "getOfferList"})
    return CALL + quote(json.dumps({"appId": 32517, "params": params}))


def tiers(*steps):
    return tuple(PriceTier(quantity=quantity, price=Decimal(price)) for quantity, price in steps)


# The current search answer


@pytest.fixture(scope="module")
def cards():
    return by_id("mtop-offers.jsonp")


def test_a_search_answer_says_its_layout_kind_and_total():
    page = reading("mtop-offers.jsonp").page
    assert (page.layout, page.kind, page.total, page.pages) == ("mtop-offers", "search", 310, None)


def test_cells_that_are_no_offers_are_passed_over_and_offers_without_an_id_told(cards):
    assert list(cards) == ["810000000101", "810000000102", "810000000103"]
    assert reading("mtop-offers.jsonp").page.warnings == ("cards without an item id: 1",)


def test_an_ad_and_its_organic_twin_are_one_listing_that_is_an_ad(cards):
    assert (cards["810000000102"].position, cards["810000000102"].is_ad, cards["810000000102"].location) == (
        2,
        True,
        "保定",
    )


def test_a_flag_a_kind_or_a_redirect_tells_an_ad(cards):
    assert [card.is_ad for card in cards.values()] == [False, True, True]


def test_prices_by_quantity_are_steps_and_span_the_listings_price(cards):
    card = cards["810000000101"]
    assert card.price_tiers == tiers((2, "36.50"), (50, "33.00"), (1000, "29.80"))
    assert (card.price_min, card.price_max, card.moq) == (Decimal("29.80"), Decimal("36.50"), 2)


def test_without_steps_the_price_is_the_one_shown(cards):
    assert (cards["810000000102"].price_min, cards["810000000102"].price_max) == (25, 25)
    assert (cards["810000000103"].price_min, cards["810000000103"].price_tiers) == (None, ())


def test_highlights_and_entities_are_taken_out_of_a_title(cards):
    assert [cards[f"81000000010{n}"].title for n in (1, 2)] == [
        "羽岚 Velmora 跑步鞋 {轻量} & 透气",
        "Kestrix 双肩包 大容量 3<5升",
    ]


def test_the_shop_is_known_by_name_member_id_and_address(cards):
    card = cards["810000000101"]
    assert (card.shop_name, card.seller_id) == ("泉州羽岚鞋业有限公司", "b2b-2200000001a1b2c")
    assert (card.seller_url, card.location) == ("https://yulan-xieye.1688.com/", "福建 泉州")


def test_sales_are_counted_and_text_about_sales_is_no_price(cards):
    assert (cards["810000000101"].sold, cards["810000000101"].sold_text) == (12000, "1.2万+")


def test_pictures_are_originals_each_once(cards):
    host = "https://cbu01.alicdn.com/img/ibank/"
    assert cards["810000000101"].image_urls == (
        host + "O1CN01AAaa11_!!2200000001-0-cib.jpg",
        host + "O1CN01BBbb22_!!2200000001-0-cib.jpg",
    )
    assert cards["810000000103"].image_urls == (host + "O1CN01CCcc33_!!2200000003-0-cib.jpg",)


def test_a_redirect_is_not_kept_as_an_address(cards):
    assert cards["810000000102"].url == "https://detail.1688.com/offer/810000000102.html"


def test_the_last_page_says_how_many_there_are():
    assert reading("mtop-last.json", call("跑鞋", 2)).page.pages == 2


def test_no_offers_and_none_found_are_empty_with_proof():
    found = reading("mtop-empty.json")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "OFFER.found is 0")


def test_offers_beside_none_found_are_recommendations():
    found = reading("mtop-loosened.json")
    assert (found.outcome, found.page.empty) == (Outcome.PAGE, "OFFER.found is 0")
    assert all(listing.is_recommended for listing in found.page.listings)


def test_no_offers_without_a_number_found_is_unknown_and_never_empty():
    found = read(Answer(b'{"ret":["SUCCESS::x"],"data":{"data":{"OFFER":{"items":[]}}}}'), READERS)
    assert found.outcome is Outcome.UNKNOWN


def test_another_call_of_the_same_interface_is_not_a_page():
    assert reading("mtop-other-call.json").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("name", ["mtopjsonp1", "cb", "jQuery19.x_1", "window.lib.f"])
def test_the_answer_may_come_in_a_call_of_any_name(name):
    body = (FIXTURES / "mtop-last.json").read_bytes()
    assert read(Answer(name.encode() + b"(" + body + b")"), READERS).outcome is Outcome.PAGE


# The keyword that was really searched


def test_the_keyword_of_the_pages_own_call_is_the_query_and_raises_no_doubt():
    page = reading("mtop-last.json", call("跑鞋")).page
    assert (page.query, page.listings[0].query, page.warnings) == ("跑鞋", "跑鞋", ())


def test_a_keyword_that_was_read_in_another_charset_is_told():
    page = reading("mtop-last.json", call("璺戦瀷")).page
    assert page.query == "璺戦瀷"
    assert page.warnings == ("the site searched for the garbled '璺戦瀷', meant was '跑鞋'",)


def test_a_keyword_that_the_page_hands_on_in_bytes_is_read_as_the_site_reads_it():
    right = reading("mtop-last.json", call(quote("跑鞋".encode("gb18030")))).page
    wrong = reading("mtop-last.json", call(quote("跑鞋"))).page
    assert (right.query, right.warnings) == ("跑鞋", ())
    assert (wrong.query, len(wrong.warnings)) == ("璺戦瀷", 1)


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_a_page_that_searched_what_its_address_asks_raises_no_doubt(charset):
    url = "https://s.1688.com/selloffer/offer_search.htm?keywords=" + quote("跑鞋".encode(charset))
    assert reading("offerresult-data.html", url).page.warnings == ()


def test_a_page_that_searched_something_else_says_so():
    url = "https://s.1688.com/selloffer/offer_search.htm?keywords=" + quote("双肩包".encode("gb18030"))
    assert reading("offerresult-data.html", url).page.warnings == ("the site searched for '跑鞋', asked was '双肩包'",)


# The flat list, and the list in the page of 2020 to 2022


def test_a_flat_list_is_read():
    cards = by_id("offer-list.json")
    first = cards["810000000201"]
    assert list(cards) == ["810000000201", "810000000202"]
    assert (first.title, first.price_min, first.moq, first.shop_name) == (
        "羽岚 帆布鞋",
        Decimal("18.80"),
        3,
        "羽岚鞋业",
    )


def test_the_list_in_the_page_is_read_and_its_charset_is_gbk():
    page = reading("offerresult-data.html").page
    assert (page.layout, page.total, page.page, page.pages, page.query) == ("offer-list", 402, 2, 7, "跑鞋")
    card = page.listings[0]
    assert (card.title, card.shop_name, card.location) == ("包邮 Velmora 运动鞋", "新罗区某百货店", "福建 龙岩")
    assert card.price_tiers == tiers((2, "67.50"), (50, "60.25"))
    assert (card.price_min, card.price_max, card.moq) == (Decimal("60.25"), Decimal("67.50"), 2)
    assert card.seller_url == "https://shop3e00000000001.1688.com/"


def test_a_price_in_two_parts_is_one_and_an_id_may_stand_with_the_chat():
    card = by_id("offerresult-data.html")["641000000102"]
    assert (card.price_min, card.is_ad) == (Decimal("5.80"), True)


def test_an_empty_list_in_the_page_is_empty_with_proof():
    found = reading("offerresult-empty.html")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "totalCount is 0")


# Landing pages of advertisements


def test_every_card_of_a_landing_page_is_an_ad_known_by_what_it_reports():
    cards = by_id("landing.html")
    assert list(cards) == ["718000000101", "718000000102"]
    assert all(card.is_ad for card in cards.values())


def test_a_price_split_by_comments_is_one_price():
    cards = by_id("landing.html")
    assert [card.price_min for card in cards.values()] == [Decimal("1.74"), Decimal("1280.00")]


def test_a_landing_pages_title_shop_and_picture_are_read_and_a_turnover_is_no_number_of_deals():
    card = by_id("landing.html")["718000000101"]
    assert (card.title, card.shop_name, card.query, card.sold) == ("羽岚 Velmora 跑鞋", "羽岚鞋业", "跑鞋", None)
    assert card.image_urls == ("https://cbu01.alicdn.com/img/ibank/O1CN01EEee55_!!2897000001-0-cib.jpg",)


def test_a_blocked_sub_request_in_a_good_page_is_no_wall():
    assert reading("landing.html").outcome is Outcome.PAGE


# One shop's goods


def test_a_shops_goods_are_read_and_are_of_kind_shop():
    page = reading("shop-offers.json").page
    assert (page.layout, page.kind, page.total, {each.source for each in page.listings}) == (
        "shop-offers",
        "shop",
        199,
        {"shop"},
    )
    card = page.listings[0]
    assert (card.item_id, card.title, card.price_min, card.moq) == ("900000000101", "羽岚 跑鞋", Decimal("29.00"), 2)
    assert (card.seller_id, card.sold, card.sold_text) == ("b2b-2200000001a1b2c", 11000, "1.1万+")


def test_a_shop_without_goods_is_empty_with_proof():
    assert reading("shop-empty.json").signal == "offerCount is 0"


# What a browser has drawn


def test_drawn_cards_are_read_whatever_their_release():
    cards = by_id("drawn-cards.html")
    assert [(card.item_id, card.title, card.price_min, card.is_ad) for card in cards.values()] == [
        ("810000000301", "羽岚 Velmora 跑鞋", Decimal("36.50"), False),
        ("810000000302", "双肩包 大容量", Decimal("1280.00"), True),
        ("641000000303", "包邮 跳舞毯", Decimal("67.50"), False),
    ]


def test_drawn_cards_say_shop_sales_and_least_quantity():
    cards = by_id("drawn-cards.html")
    assert cards["810000000301"].shop_name == "泉州羽岚鞋业有限公司"
    assert [cards[number].sold for number in ("810000000301", "810000000302")] == [12000, None]
    assert (cards["641000000303"].moq, cards["641000000303"].seller_url) == (2, "https://shop3e00000000001.1688.com/")


def test_drawn_cards_are_read_only_where_nothing_better_is_there():
    assert read(Answer((FIXTURES / "drawn-cards.html").read_bytes()), READERS).outcome is Outcome.UNKNOWN


# The open platform


def test_answers_of_the_open_platform_are_read():
    page = reading("keyword-query.json").page
    assert (page.layout, page.kind, page.total, page.page, page.pages) == ("keyword-query", "api", 123, 2, 3)
    assert [(each.item_id, each.title, each.price_min, each.moq) for each in page.listings] == [
        ("610000000101", "羽岚 跑鞋", Decimal("36.5"), 2),
        ("610000000102", "Backpack", Decimal("25"), None),
    ]
    assert page.warnings == ("cards without an item id: 1",)


def test_nothing_found_by_the_open_platform_is_empty_with_proof():
    assert reading("keyword-query-empty.json").signal == "totalRecords is 0"


def test_an_error_of_the_open_platform_is_an_error():
    body = b'{"error_code":"gw.SignatureInvalid","error_message":"Invalid signature","exception":"x"}'
    assert read(Answer(body), SAVED_READERS).signal == "error: gw.SignatureInvalid Invalid signature"


def test_an_id_that_is_no_number_is_kept_and_told():
    body = b'{"result":{"result":{"totalRecords":1,"data":[{"offerId":"abc-1x","subject":"x"}]}}}'
    page = read(Answer(body), SAVED_READERS).page
    assert (page.listings[0].item_id, page.warnings) == ("abc-1x", ("ids that no public address is made of: 1",))
