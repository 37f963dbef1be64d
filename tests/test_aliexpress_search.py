"""AliExpress's result pages in every layout: what stands where. Invented goods in the layouts of real answers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.reading import Answer, Outcome, read
from spiders.readers.aliexpress import READERS

FIXTURES = Path(__file__).parent / "fixtures" / "aliexpress"
FIRST, SECOND = "1005007000000101", "1005007000000102"


def reading(name, url=None):
    return read(Answer((FIXTURES / name).read_bytes(), url), READERS)


def by_id(name, url=None):
    return {listing.item_id: listing for listing in reading(name, url).page.listings}


@pytest.fixture(scope="module")
def cards():
    return by_id("init-data.html")


def test_a_page_whose_scripts_hold_return_codes_and_login_addresses_is_no_wall():
    found = reading("init-data.html")
    assert (found.outcome, found.signal) == (Outcome.PAGE, "init-data")


def test_a_page_says_its_number_and_how_many_there_are():
    page = reading("init-data.html").page
    assert (page.page, page.pages, page.total) == (2, 6, 310)


def test_a_page_that_says_it_is_the_last_is_the_last_whatever_its_total_claims():
    page = reading("init-data-keyed.html").page
    assert (page.page, page.pages, page.total) == (3, 3, 160_188)


def test_ids_are_canonical_and_addresses_made_from_them(cards):
    assert list(cards) == [FIRST, SECOND, "1005007000000103", "1005007000000104"]
    assert cards[FIRST].url == f"https://www.aliexpress.com/item/{FIRST}.html"


def test_an_id_of_a_region_without_the_canonical_one_beside_it_is_made_canonical():
    body = json.dumps([{"productId": "3256809260449850", "title": {"displayTitle": "x"}}])
    (listing,) = read(Answer(body.encode()), READERS).page.listings
    assert listing.item_id == "1005009446764602"


def test_a_paid_card_and_its_organic_twin_are_one_listing_at_the_first_place(cards):
    assert (cards[FIRST].position, cards[FIRST].is_ad) == (1, True)


def test_an_ad_is_known_by_its_kind_and_a_gem_is_none(cards):
    assert (cards[SECOND].is_ad, cards["1005007000000103"].is_ad, cards["1005007000000104"].is_ad) == (
        True,
        False,
        False,
    )


def test_a_title_is_plain_text_and_keeps_its_braces(cards):
    assert cards[FIRST].title == "Velmora running shoes {2026} 3<5 & light"


def test_the_price_is_the_one_that_is_asked_and_not_the_one_struck_out(cards):
    assert (cards[FIRST].price_min, cards[FIRST].price_max, cards[FIRST].currency) == (
        Decimal("23.29"),
        Decimal("23.29"),
        "USD",
    )


def test_a_card_with_an_original_price_alone_has_that_one(cards):
    assert cards["1005007000000104"].price_min == Decimal(12)


def test_a_card_without_price_sales_and_store_is_a_listing_without_them(cards):
    card = cards["1005007000000103"]
    assert (card.price_min, card.sold, card.sold_text, card.shop_name, card.seller_id) == (None, None, None, None, None)


def test_the_exact_number_of_sales_goes_before_the_rounded_text(cards):
    assert (cards[FIRST].sold, cards[FIRST].sold_text) == (11_170, "10,000+ sold")


def test_a_seller_is_the_member_and_the_store_has_one_address(cards):
    card = cards[FIRST]
    assert (card.shop_name, card.seller_id) == ("Velmora Official Store", "2600000001")
    assert card.seller_url == "https://www.aliexpress.com/store/1100000001"


def test_a_paid_card_without_a_store_names_it_in_what_it_sends_along(cards):
    assert cards[SECOND].shop_name == "Kestrix Bags Store"


def test_pictures_are_originals_each_once_and_badges_none(cards):
    assert cards[FIRST].image_urls == (
        "https://ae-pic-a1.aliexpress-media.com/kf/Sv101a.jpg",
        "https://ae01.alicdn.com/kf/Sv101b/slug-of-it.jpg",
    )


def test_a_banner_among_the_goods_is_told():
    assert reading("init-data.html").page.warnings == ("cards without an item id: 1",)


def test_goods_in_an_object_stand_in_the_order_of_their_keys():
    assert [listing.title for listing in by_id("init-data-keyed.html").values()] == [
        "First",
        "Second",
        "Third by number",
    ]


def test_localised_prices_and_sales_are_numbers():
    found = [
        (each.price_min, each.price_max, each.currency, each.sold) for each in by_id("init-data-keyed.html").values()
    ]
    assert found == [
        (Decimal("12.34"), Decimal("12.34"), "EUR", 1_000),
        (Decimal("97.39"), Decimal("128.72"), "ILS", 2_500),
        (Decimal("1234.56"), Decimal("1234.56"), "PLN", 5_000),
    ]


@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("https://www.aliexpress.com/w/wholesale-running-shoes.html?page=2&g=y", "running shoes"),
        ("https://www.aliexpress.com/wholesale?SearchText=running+shoes", "running shoes"),
        ("https://es.aliexpress.com/w/wholesale-zapatos-ni%C3%B1o.html", "zapatos niño"),
        (None, None),
    ],
)
def test_the_query_is_read_from_the_address(url, query):
    assert by_id("init-data.html", url)[FIRST].query == query


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("content.json", "item-list"),
        ("item-list.json", "item-list"),
        ("search-call.json", "item-list"),
        ("run-params-mods.html", "run-params-mods"),
    ],
)
def test_the_same_cards_are_read_from_every_layout_that_has_them(name, layout, cards):
    found = reading(name)
    assert found.signal == layout
    listing = found.page.listings[1]
    assert (listing.item_id, listing.title, listing.price_min) == (SECOND, cards[SECOND].title, Decimal("0.99"))


def test_flat_cards_of_2020_are_read():
    shoes, other = by_id("run-params-items.html").values()
    assert (shoes.item_id, shoes.title, shoes.price_min, shoes.price_max) == (
        "4000000000101",
        "Velmora running shoes",
        Decimal("23.29"),
        Decimal("30.00"),
    )
    assert (shoes.sold, shoes.shop_name, shoes.seller_id) == (1_324, "Velmora Store", "230000001")
    assert (other.item_id, other.price_min, other.currency) == ("33000000102", Decimal("9.90"), "EUR")


# Nothing found


def page_of(mods, info=None):
    tree = json.dumps({"data": {"root": {"fields": {"mods": mods, "pageInfo": info or {}}}}})
    return read(Answer(f"<script>window._dida_config_._init_data_= {{ data: {tree} }}</script>".encode()), READERS)


def test_tips_and_no_list_are_empty_with_proof():
    found = reading("init-data-empty.html")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "mods.searchTips, and no itemList")


def test_the_sites_word_for_zero_results_is_proof():
    assert page_of({"x": 1}, {"searchResultType": "zero_result"}).outcome is Outcome.EMPTY


@pytest.mark.parametrize("mods", [{"x": 1}, {"itemList": {}}, {"itemList": {"content": []}, "searchTips": {}}])
def test_no_goods_without_proof_is_unknown_and_never_empty(mods):
    assert page_of(mods, {"totalResults": 0}).outcome is Outcome.UNKNOWN


def test_a_count_of_zero_is_proof_in_the_layout_of_2020():
    body = b'<script>window.runParams = {"resultCount": 0, "items": []};</script>'
    assert read(Answer(body), READERS).signal == "resultCount is 0"


@pytest.mark.parametrize(
    "body", [b"[]", b"[1]", b'[{"productId": 5}]', b'{"content": [{"title": "x"}]}', b'{"items": [{}]}']
)
def test_lists_of_something_else_are_no_goods(body):
    assert read(Answer(body), READERS).outcome is Outcome.UNKNOWN
