"""What the sandbox shows, the product's own readers read back as the catalogue has it."""

import json

import pytest

from crawler.reading import Answer, Outcome, read
from sandbox.faces.taobao.shops import shop_id
from spiders.readers.taobao import READERS
from tests.sandbox_shop import DESCRIPTION_API, DETAIL_API, HOSTILE, SEARCH_API, client, line

pytest_plugins = ["tests.sandbox_fixtures"]

ODD = line(
    7,
    marketplace="tmall",
    title=HOSTILE,
    shop_name="青石 & 鞋铺",
    brand="VELOKA",
    attributes={"材质": "网布 & 皮"},
    sold=12_345,
    price="0.05",
    is_ad=True,
    images=["pictures/red.png", "pictures/green.png"],
)


@pytest.fixture
def reading(open_box):
    """What a reader makes of one call to a sandbox of ODD and one plain article."""

    async def reading(api, data, wall=None, **options):
        with open_box([ODD, line(8)], **options) as box:
            async with client(box) as site:
                await site.ask(api, data)
                box.wall = wall
                text = await site.call(api, data)
        return read(Answer(text.encode()), READERS)

    return reading


def search(q):
    return {"appId": "34385", "params": json.dumps({"q": q, "page": 1})}


def squeezed(text):
    """Readers give plain text: one space where a title has several, or controls."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


async def test_a_card_reads_as_the_catalogue_has_it(reading):
    page = (await reading(SEARCH_API, search("&amp;"))).page
    [listing] = {one.item_id: one for one in page.listings}.values()
    assert (listing.marketplace, listing.item_id, listing.brand) == ("tmall", ODD["item_id"], "VELOKA")
    assert squeezed(listing.title) == squeezed(HOSTILE)
    assert (str(listing.price_min), listing.sold, listing.sold_text) == ("0.05", 12_000, "1.2万+人付款")
    assert (listing.shop_name, listing.seller_id, listing.location) == (ODD["shop_name"], "2200001", "浙江 杭州")
    assert listing.is_ad


async def test_a_tree_reads_as_the_catalogue_has_it(reading):
    [listing] = (await reading(DETAIL_API, {"id": ODD["item_id"]})).page.listings
    assert (str(listing.price_min), listing.brand, listing.seller_id) == ("0.05", "VELOKA", "2200001")
    assert listing.attributes["材质"] == "网布 & 皮"
    assert len(listing.image_urls) == 2


async def test_the_picture_of_a_card_and_of_its_tree_are_the_same(reading):
    card = (await reading(SEARCH_API, search("维洛卡"))).page.listings[0]
    tree = (await reading(DETAIL_API, {"id": card.item_id})).page.listings[0]
    assert card.image_urls[0].rpartition("/")[2] == tree.image_urls[0].rpartition("/")[2]


@pytest.mark.parametrize(
    ("query", "recommend", "outcome"),
    [("维洛卡", "never", Outcome.PAGE), ("zebra", "never", Outcome.EMPTY)],
)
async def test_a_search_reads_as_what_it_is(reading, query, recommend, outcome):
    assert (await reading(SEARCH_API, search(query), recommend=recommend)).outcome is outcome


async def test_recommendations_read_as_such(reading):
    page = (await reading(SEARCH_API, search("zebra"), recommend="always")).page
    assert page.empty
    assert {listing.is_recommended for listing in page.listings} == {True}


async def test_a_shop_reads_as_the_catalogue_has_it(reading):
    data = {"shopId": shop_id("2200001"), "currentPage": "1"}
    page = (await reading("com.taobao.search.api.getshopitemlist/2.0", data)).page
    assert [one.item_id for one in page.listings] == [ODD["item_id"], "700000000008"]
    assert page.listings[1].title == line(8)["title"]
    assert (str(page.listings[0].price_min), page.listings[0].sold) == ("0.05", 12_345)


@pytest.mark.parametrize("api", [DESCRIPTION_API, SEARCH_API])
async def test_the_calls_that_bring_no_goods_read_as_no_page(reading, api):
    assert (await reading(api, {"appId": "32517", "id": "700000000008"})).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("wall", "outcome"),
    [
        ("login", Outcome.LOGIN_REQUIRED),
        ("captcha", Outcome.BLOCKED),
        ("rate_limit", Outcome.RATE_LIMITED),
    ],
)
async def test_a_wall_reads_as_what_it_is(reading, wall, outcome):
    assert (await reading(SEARCH_API, search("维洛卡"), wall=wall)).outcome is outcome


async def test_an_article_that_is_gone_reads_as_gone(reading):
    assert (await reading(DETAIL_API, {"id": "9"})).outcome is Outcome.GONE
