"""What AliExpress's face of the sandbox shows, the product's own readers read back as the catalogue has it."""

import json
from decimal import Decimal

import pytest

from crawler.reading import Answer, Outcome, read
from spiders.readers.aliexpress import DRAWN_READERS, READERS, SAVED_READERS
from tests.sandbox_abroad import ALIEXPRESS, goods
from tests.sandbox_shop import client

pytest_plugins = ["tests.sandbox_fixtures"]

API, HOST = "mtop.aliexpress.pdp.pc.query/1.0", "acs.aliexpress.com"
WATCH, GONE = "1005001000000201", "1005001000000203"


@pytest.fixture
async def site(open_box):
    with open_box(goods("aliexpress"), recommend="never") as box:
        async with client(box) as site:
            yield site


async def page(site, path, readers=READERS):
    status, _, text = await site.get(f"{ALIEXPRESS}{path}")
    return read(Answer(text.encode(), f"{ALIEXPRESS}{path}", status), readers)


async def call(site, item_id):
    answer = await site.ask(API, {"productId": item_id}, host=HOST)
    return read(Answer(json.dumps(answer).encode()), READERS)


async def test_every_page_of_a_search_is_read_whole(site):
    found = [(await page(site, f"/w/wholesale-veloka-shoes.html?page={n}&g=y")).page for n in (1, 2, 3)]
    assert [len(each.listings) for each in found] == [60, 60, 10]
    assert len({listing.item_id for each in found for listing in each.listings}) == 130
    assert {(each.pages, each.total) for each in found} == {(3, 130)}


async def test_an_empty_search_has_its_proof(site):
    assert (await page(site, "/w/wholesale-nothing-like-it.html")).outcome is Outcome.EMPTY


async def test_a_detail_page_is_no_product_before_its_call(site):
    assert (await page(site, f"/item/{WATCH}.html", DRAWN_READERS)).outcome is Outcome.UNKNOWN
    (listing,) = (await page(site, f"/item/{WATCH}.html", SAVED_READERS)).page.listings
    assert (listing.item_id, listing.details) == (WATCH, "missing")


async def test_the_call_of_a_detail_page_reads_as_the_catalogue_has_it(site):
    (listing,) = (await call(site, WATCH)).page.listings
    assert (listing.item_id, listing.title, listing.brand) == (WATCH, "Veluma steel watch", "VELUMA")
    assert (listing.price_min, listing.price_max) == (Decimal("0.5"), Decimal("1.2"))
    assert listing.attributes["Material"] == "steel"


async def test_a_removed_article_is_gone(site):
    assert (await call(site, GONE)).outcome is Outcome.GONE
