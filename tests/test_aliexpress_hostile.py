"""Whatever comes in place of an AliExpress page, a reader raises nothing but `Truncated`, and ends in bounded time.

The readers are called directly: `read` would hide their faults.
"""

import copy
import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.decoding import Truncated
from crawler.reading import Answer, Outcome, read
from crawler.walls import classify, suspect
from spiders.parsing import listing_to_json
from spiders.readers.aliexpress import READERS, SAVED_READERS
from tests.test_reading_hostile import odd, places

FIXTURES = Path(__file__).parent / "fixtures" / "aliexpress"
BODIES = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())}
TREES = {name: value for name, body in BODIES.items() if (value := Answer(body).json) is not None}
PROOFS = {"init-data-empty.html", "not-found.html", "pdp-gone.json", "affiliate-empty.json"}
ADDRESS = "https://www.aliexpress.com/item/1005008000000201.html"
SECONDS = 20  # far more than any of these takes; what is not bounded takes minutes

names = st.sampled_from(sorted(BODIES))
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_by_all(body: bytes, url=None):
    """Every reader and both classifiers, with nothing hidden."""
    answer = Answer(body, url)
    classify(answer)
    suspect(answer)
    for reader in SAVED_READERS:
        with suppress(Truncated):
            page = reader(answer)
            for listing in page.listings if page else ():
                assert json.loads(listing_to_json(listing))["item_id"] == listing.item_id
                assert listing.price_min is None or 0 < listing.price_min <= listing.price_max <= 10**9


@slow
@given(name=names, share=st.floats(0, 1))
def test_an_answer_cut_at_any_byte_raises_nothing_but_truncated(name, share):
    read_by_all(BODIES[name][: int(share * len(BODIES[name]))], ADDRESS)


@slow
@given(name=names, share=st.floats(0, 1), length=st.integers(0, 30), noise=st.binary(max_size=30))
def test_an_answer_damaged_anywhere_raises_nothing_but_truncated(name, share, length, noise):
    body = BODIES[name]
    start = int(share * len(body))
    read_by_all(body[:start] + noise + body[start + length :], ADDRESS)


@slow
@given(name=st.sampled_from(sorted(TREES)), data=st.data())
def test_a_value_of_any_other_type_anywhere_raises_nothing(name, data):
    tree = copy.deepcopy(TREES[name])
    parent, key = data.draw(st.sampled_from(places(tree)))
    parent[key] = data.draw(odd)
    read_by_all(json.dumps(tree).encode(), ADDRESS)


@pytest.mark.parametrize("name", sorted(TREES))
@pytest.mark.parametrize("value", [None, 7, "x", ["x"], {"x": "y"}], ids=repr)
def test_every_value_may_be_of_another_type(name, value):
    for number in range(len(places(TREES[name]))):
        tree = copy.deepcopy(TREES[name])
        parent, key = places(tree)[number]
        parent[key] = value
        read_by_all(json.dumps(tree).encode())


@pytest.mark.parametrize("name", sorted(set(BODIES) - PROOFS))
def test_a_cut_answer_is_never_empty_nor_gone(name):
    body = BODIES[name]
    for end in range(0, len(body) - 2, max(1, len(body) // 40)):
        found = read(Answer(body[:end]), READERS)
        assert found.outcome in (Outcome.PAGE, Outcome.UNKNOWN)
        assert "failed" not in found.signal


@slow
@given(st.binary(max_size=300), st.text(max_size=100))
def test_any_bytes_from_any_address_raise_nothing(body, url):
    read_by_all(body, url)


def test_a_page_cut_in_its_data_is_unknown_and_says_so():
    body = BODIES["init-data.html"]
    found = read(Answer(body[: body.index(b"Without price")]), READERS)
    assert found.outcome is Outcome.UNKNOWN
    assert found.signal.startswith("init-data: JSON that is cut in the middle")


@pytest.mark.parametrize("name", ["pdp.jsonp", "affiliate.json", "component-tree.json", "search-call.json"])
def test_an_answer_cut_in_the_middle_is_unknown_and_says_so(name):
    found = read(Answer(BODIES[name][: len(BODIES[name]) // 2]), READERS)
    assert (found.outcome, found.signal) == (Outcome.UNKNOWN, "JSON that is cut in the middle")


def in_time(body: bytes):
    start = time.monotonic()
    found = read(Answer(body), SAVED_READERS)
    assert time.monotonic() - start < SECONDS
    return found


def search_of(*cards, **more) -> bytes:
    fields = {"mods": {"itemList": {"content": list(cards)}}, **more}
    tree = json.dumps({"data": {"root": {"fields": fields}}})
    return f"<script>window._dida_config_._init_data_= {{ data: {tree} }}</script>".encode()


def card(number=1005007000000101, **more):
    return {"productId": str(number), "title": {"displayTitle": "x"}, **more}


def test_ten_thousand_listings_are_read_in_bounded_time():
    found = in_time(search_of(*(card(10**15 + n, title={"displayTitle": "shoe " * 10}) for n in range(10_000))))
    assert len(found.page.listings) == 10_000


def test_more_cards_than_any_page_has_are_told():
    found = in_time(search_of(*(card(10**15 + n) for n in range(10_001))))
    assert found.page.warnings == ("cards after the first 10000 were not read",)


def test_a_title_of_a_million_characters_is_kept_short():
    found = in_time(search_of(card(title={"displayTitle": "<" * 500_000 + "&amp;" * 100_000})))
    assert len(found.page.listings[0].title) <= 1000


@pytest.mark.parametrize("depth", [900, 1_000, 100_000])
def test_a_deeply_nested_page_is_read_or_unknown(depth):
    body = search_of(card(x="DEEP")).replace(b'"DEEP"', b"[" * depth + b"]" * depth)
    assert in_time(body).outcome in (Outcome.PAGE, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "price", ["NaN", "-Infinity", "-5", "0", "1e999", "1e300", "9" * 40, "9" * 5000, '"9"', '"NaN"', "null", "[]", "{}"]
)
def test_a_price_that_is_none_leaves_the_listing_without(price):
    sale = {"salePrice": {"minPrice": "PRICE", "formattedPrice": "-US $5"}}
    (listing,) = in_time(search_of(card(prices=sale)).replace(b'"PRICE"', price.encode())).page.listings
    assert (listing.title, listing.price_min) == ("x", 9 if price == '"9"' else None)


@pytest.mark.parametrize("code", ["<b>", "US", 5, "\u202eUSD", "usd"])
def test_a_currency_is_a_code_or_the_sites_own(code):
    sale = {"salePrice": {"minPrice": 5, "currencyCode": code}}
    (listing,) = read(Answer(search_of(card(prices=sale))), READERS).page.listings
    assert listing.currency == "USD"


@pytest.mark.parametrize(
    "link", ["javascript:x", "//evil.example/store/1100000001", "https://aliexpress.com.evil/store/7777"]
)
def test_a_stores_address_is_on_the_site_or_not_there(link):
    (listing,) = read(Answer(search_of(card(store={"storeUrl": link, "storeName": "x"}))), READERS).page.listings
    assert listing.seller_url is None


@pytest.mark.parametrize(
    "body",
    [
        b"_init_data_= { data: " * 50_000,
        b"_init_data_= { data: {" * 50_000,
        b"_init_data_= { data: " + b'{"a":' * 300_000,
        b"window.runParams = {" * 100_000,
        b'window.runParams = {data: {"titleModule":{"subject":"' + b'\\"' * 500_000,
        b"window.runParams.productId = '1';" * 50_000,
        b'window.runParams.productId="' + b"x" * 1_000_000,
        b"window.runParams.imageBigViewURL=[" * 50_000 + b'runParams.productId="x";',
        b"data-pl=product-title" + b"<div class='price--current'>" * 50_000,
        b"<h1 data-pl='product-title'>" * 50_000,
        b"DCData = {" * 50_000,
        b"DCData" + b"<meta property='og:title' content='- AliExpress" * 20_000,
        b"404 page" + b"<meta property='og:title'>" * 50_000,
        b"<script type='application/ld+json'>" + b"[" * 500_000 + b"</script>DCData",
        b'{"GLOBAL_DATA":' * 100_000,
        b"[" + b'{"productId":' * 100_000,
        b'{"data":{' + b",".join(b'"k%d":{"x":1}' % n for n in range(100_000)) + b"}}",
    ],
    ids=lambda body: body[:24].decode("utf-8", "replace"),
)
def test_a_body_made_to_be_slow_is_read_in_bounded_time(body):
    assert in_time(body).outcome is Outcome.UNKNOWN


def test_an_article_whose_rows_nest_without_end_is_read_in_bounded_time():
    rows = b"<div class='specification--prop--x'>" * 20_000
    body = BODIES["drawn-detail.html"].replace(b"<ul>", b"<ul>" + rows)
    assert in_time(body).page.listings[0].item_id == "1005006700000701"
