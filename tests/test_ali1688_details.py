"""An offer's page of 1688 is read, in its layouts of 2019 to 2026."""

from decimal import Decimal
from pathlib import Path

import pytest

from crawler.items import PriceTier
from crawler.reading import Answer, Outcome, read
from spiders.parsing import listing_to_json
from spiders.readers.ali1688 import READERS
from spiders.readers.ali1688.models import described

FIXTURES = Path(__file__).parent / "fixtures" / "1688"
HOST = "https://cbu01.alicdn.com/img/ibank/"


def reading(name, url=None):
    return read(Answer((FIXTURES / name).read_bytes(), url), READERS)


def article(name):
    (listing,) = reading(name).page.listings
    return listing


def tiers(*steps):
    return tuple(PriceTier(quantity=quantity, price=Decimal(price)) for quantity, price in steps)


@pytest.mark.parametrize(
    ("name", "layout", "item_id"),
    [
        ("window-context.html", "window-context", "943000000101"),
        ("init-data.html", "init-data", "745000000101"),
        ("idetail.html", "idetail-config", "564000000101"),
    ],
)
def test_each_layout_names_its_article(name, layout, item_id):
    page = reading(name).page
    assert (page.layout, page.kind, page.listings[0].item_id, page.listings[0].source) == (
        layout,
        "detail",
        item_id,
        "detail",
    )


def test_the_argument_of_the_context_is_read_as_a_literal_and_not_the_functions_body():
    found = article("window-context.html")
    assert (found.title, found.shop_name) == ("羽岚 Velmora 跑鞋 {透气} & 轻量", "泉州羽岚鞋业有限公司")
    assert (found.seller_id, found.seller_url) == ("b2b-2200000001a1b2c", "https://yulan-xieye.1688.com/")


def test_a_context_of_another_shape_of_call_is_unknown():
    body = (FIXTURES / "window-context.html").read_bytes().replace(b"(window.contextPath,", b"(steal(),")
    assert read(Answer(body), READERS).outcome is Outcome.UNKNOWN


def test_prices_of_colours_and_sizes_span_the_price_and_are_no_steps():
    found = article("window-context.html")
    assert (found.price_min, found.price_max, found.price_tiers) == (Decimal("20.50"), Decimal("41.50"), ())
    assert (found.moq, found.stock, found.sold) == (1, 11521, 392)


def test_prices_by_quantity_are_steps():
    found = article("window-context-ladder.html")
    assert found.price_tiers == tiers((2, "35.00"), (5000, "33.00"), (10000, "32.00"))
    assert (found.price_min, found.price_max, found.moq) == (Decimal("32.00"), Decimal("35.00"), 2)


def test_nothing_in_stock_is_sold_out():
    assert article("window-context-ladder.html").state == "sold_out"


def test_a_reference_to_another_place_is_followed_by_name():
    assert article("window-context.html").location == "福建省泉州市"


def test_attributes_are_gathered_and_the_first_brand_counts():
    found = article("window-context.html")
    assert (found.brand, found.attributes["适用季节"], found.attributes["鞋面材质"]) == (
        "Velmora/羽岚",
        "春季, 秋季",
        "网布",
    )


def test_pictures_are_originals_each_once_with_a_host():
    assert article("window-context.html").image_urls == (
        HOST + "O1CN01AAaa11_!!2200000001-0-cib.jpg",
        HOST + "O1CN01BBbb22_!!2200000001-0-cib.jpg",
        HOST + "2024/1/1_1.jpg",
    )


def test_the_pictures_of_a_description_in_the_page_are_read():
    assert article("window-context.html").description_image_urls == (
        HOST + "O1CN01Desc01_!!1-0-cib.jpg",
        HOST + "2024/11/12_13.jpg",
    )


def test_a_description_that_is_cut_has_no_pictures_and_loses_nothing_else():
    assert described('var offer_details={"content":"<img src=') == []


def test_an_offer_off_the_shelf_is_gone_with_proof():
    found = reading("window-context-off-shelf.html")
    assert (found.outcome, found.signal) == (Outcome.GONE, "the offer's status is MEMBER_EXPIRED")
    assert found.page.listings[0].state == "gone"


def test_the_page_of_2021_is_read_by_the_names_of_its_models():
    found = article("init-data.html")
    assert (found.title, found.shop_name, found.seller_id) == ("Kestrix 双肩包", "义乌某箱包厂", "b2b-2200000005")
    assert found.price_tiers == tiers((3, "12.00"), (100, "10.50"))
    assert (found.price_min, found.price_max, found.moq, found.stock, found.sold) == (
        Decimal("10.50"),
        Decimal("12.00"),
        3,
        17,
        0,
    )
    assert (found.brand, found.attributes["风格"], found.location) == ("Kestrix", "日系, 简约", "浙江省义乌市")
    assert found.image_urls == (HOST + "2021/1/2_3.jpg",)


def test_the_page_of_2019_is_read_and_its_charset_is_gbk():
    found = article("idetail.html")
    assert (found.title, found.shop_name, found.seller_id) == (
        "羽岚 流沙手机壳 镕",
        "东莞市某电子有限公司",
        "b2b-367000000a97d",
    )
    assert found.price_tiers == tiers((10, "6.00"), (100, "4.50"))
    assert (found.price_min, found.price_max, found.moq) == (Decimal("4.50"), Decimal("6.00"), 10)
    assert (found.sold, found.stock, found.location) == (826, 35991000, "广东 东莞")
    assert found.attributes == {"品牌": "羽岚", "货号": "TPU 流沙壳"}
    assert found.image_urls == (HOST + "2019/1/1/11_22.jpg", HOST + "2019/1/1/33_44.jpg")


def test_no_contact_person_is_read():
    written = listing_to_json(article("idetail.html"))
    assert not any(word in written for word in ("王", "女士", "13800000000"))


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<div class='tip'><p>该商品已下架</p></div>", None),
        ("<p>很抱歉，您访问的货品不存在，可能已下架或被删除。</p>", None),
        ("<html></html>", "https://page.1688.com/shtml/static/wrongpage.html"),
        ("<title>404-阿里巴巴</title><div id='content'>抱歉，您要访问的页面不存在</div>", None),
        ("<div class='mod-detail-offline'><h3 class='mod-detail-offline-title'>商品已下架</h3></div>", None),
        ('{"ret":["FAIL_BIZ_OFFER_GONE::商品不存在"],"data":{}}', None),
    ],
)
def test_an_article_that_is_not_there_is_gone(body, url):
    assert read(Answer(body.encode(), url), READERS).outcome is Outcome.GONE


def test_the_page_of_2019_off_the_shelf_is_gone_and_keeps_its_article():
    found = reading("idetail-off-shelf.html")
    assert (found.outcome, found.page.listings[0].title) == (Outcome.GONE, "羽岚 手机壳")


def test_a_title_that_says_off_the_shelf_is_a_title():
    body = '<h1>该商品已下架</h1><a href="#">该商品已下架</a>'
    assert read(Answer(body.encode()), READERS).outcome is Outcome.UNKNOWN
