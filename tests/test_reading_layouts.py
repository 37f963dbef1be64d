"""Each known layout is read: what stands where. The fixtures are invented goods in the layouts of real answers."""

from decimal import Decimal
from pathlib import Path

import pytest

from crawler.reading import Answer, Outcome, read
from spiders.readers.taobao import SAVED_READERS

FIXTURES = Path(__file__).parent / "fixtures" / "taobao"


def reading(name, url=None):
    return read(Answer((FIXTURES / name).read_bytes(), url), SAVED_READERS)


def page(name, url=None):
    return reading(name, url).page


def by_id(name, url=None):
    return {listing.item_id: listing for listing in page(name, url).listings}


# The current search answer


@pytest.fixture(scope="module")
def cards():
    return by_id("mtop-search.jsonp")


def test_a_search_answer_says_its_totals():
    found = page("mtop-search.jsonp")
    assert (found.layout, found.kind, found.total, found.page, found.pages) == ("mtop-items", "search", 310, 2, 7)


def test_an_ad_and_its_organic_twin_are_one_listing():
    ids = [listing.item_id for listing in page("mtop-search.jsonp").listings]
    assert ids == ["700000000101", "700000000102", "700000000103", "700000000105"]


def test_the_twin_keeps_the_first_position_and_is_an_ad(cards):
    assert (cards["700000000101"].position, cards["700000000101"].is_ad) == (1, True)


def test_positions_are_those_on_the_page(cards):
    assert [listing.position for listing in cards.values()] == [1, 2, 3, 6]


def test_highlights_are_taken_out_of_a_title_and_entities_resolved(cards):
    assert cards["700000000101"].title == "羽岚 Velmora 跑步鞋 {轻量} & 透气"


def test_a_less_than_sign_in_a_title_stays(cards):
    assert cards["700000000102"].title == "Kestrix 双肩包 大容量 3<5升"


@pytest.mark.parametrize(
    ("item_id", "price"),
    [
        ("700000000101", "129.90"),  # priceShow.price goes before price
        ("700000000102", "88.00"),
        ("700000000103", "35"),  # priceWap
        ("700000000105", "9.9"),  # umpPriceLog, since the others are no prices
    ],
)
def test_a_price_is_looked_for_where_it_may_stand(cards, item_id, price):
    assert cards[item_id].price_min == cards[item_id].price_max == Decimal(price)


def test_deals_are_counted_and_their_text_kept(cards):
    assert (cards["700000000101"].sold, cards["700000000101"].sold_text) == (12000, "1.2万+人付款")


@pytest.mark.parametrize(
    ("item_id", "seller"),
    [("700000000101", "3300000001"), ("700000000102", "3300000002"), ("700000000103", "3300000003")],
)
def test_a_seller_is_known_by_extra_parameters_or_the_shops_address(cards, item_id, seller):
    assert cards[item_id].seller_id == seller


def test_the_nick_stands_in_for_a_shops_name(cards):
    assert (cards["700000000101"].shop_name, cards["700000000102"].shop_name) == ("羽岚旗舰店", "小作坊")


def test_an_icon_or_the_links_host_tells_tmall(cards):
    assert [listing.marketplace for listing in cards.values()] == ["tmall", "taobao", "tmall", "taobao"]


def test_the_address_is_the_canonical_one_of_its_marketplace(cards):
    assert cards["700000000101"].url == "https://detail.tmall.com/item.htm?id=700000000101"


def test_the_brand_is_the_listings_own_attribute(cards):
    assert (cards["700000000101"].brand, cards["700000000101"].attributes["鞋面"]) == ("Velmora/羽岚", "网布")


def test_pictures_are_originals_and_placeholders_none(cards):
    original = "https://g-search1.alicdn.com/img/bao/uploaded/i4/i1/3300000001/O1CN01Abcdef1aBcDeFgHiJ_!!3300000001.jpg"
    assert (cards["700000000101"].image_urls, cards["700000000103"].image_urls) == ((original,), ())


def test_a_card_without_an_article_is_told():
    assert page("mtop-search.jsonp").warnings == ("cards without an item id: 1",)


def test_the_query_is_read_from_the_address_of_the_call():
    call = "https://h5api.m.taobao.com/h5/x/2.0/?data=%7B%22params%22%3A%22%7B%5C%22q%5C%22%3A%5C%22%E7%BE%BD%E5%B2%9A%5C%22%7D%22%7D"
    assert page("mtop-search.jsonp", call).listings[0].query == "羽岚"


def test_no_goods_and_no_results_are_empty_with_proof():
    found = reading("mtop-empty.json")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "totalResults is 0")


def test_goods_beside_no_results_are_recommendations():
    found = reading("mtop-loosened.json")
    assert (found.outcome, found.page.empty) == (Outcome.PAGE, "totalResults is 0")
    assert all(listing.is_recommended for listing in found.page.listings)


def test_another_call_of_the_same_interface_is_not_a_page():
    assert reading("mtop-other-call.json").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        '{"ret":["SUCCESS::x"],"data":{"pcGraphNavModule":{"itemsArray":[{"item_id":"1001","title":"x"}]}}}',
        '{"ret":["SUCCESS::x"],"data":{"data":{"itemsArray":[{"nid":1001,"title":"x"}]}}}',
        '{"ret":["SUCCESS::x"],"data":{"result":[{"items":[{"itemId":"1001","title":"x"}]}]}}',
        '{"ret":["SUCCESS::x"],"data":{"itemsArray":[],"more":{"itemsArray":[{"item_id":"1001","title":"x"}]}}}',
        '{"ret":["SUCCESS::x"],"data":{"itemsArray":[{"item_id":"","auctionURL":"//item.taobao.com/item.htm?id=1001"},'
        '{"nid":"1001","title":"x"}]}}',
    ],
)
def test_the_list_of_goods_is_found_wherever_it_stands(body):
    found = read(Answer(body.encode()), SAVED_READERS)
    assert [(listing.item_id, listing.title) for listing in found.page.listings] == [("1001", "x")]


def test_no_goods_without_proof_are_unknown_and_not_empty():
    found = read(Answer(b'{"ret":["SUCCESS::x"],"data":{"itemsArray":[]}}'), SAVED_READERS)
    assert found.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(("said", "is_ad"), [('"isP4P":"true"', True), ('"isP4P":false', False), ('"x":1', None)])
def test_an_ad_is_told_by_its_flag_and_unknown_without(said, is_ad):
    body = '{"ret":["SUCCESS::x"],"data":{"itemsArray":[{"item_id":"1001",' + said + "}]}}"
    assert read(Answer(body.encode()), SAVED_READERS).page.listings[0].is_ad is is_ad


# Goods of one shop


def test_goods_of_a_shop_are_read():
    shown = [(each.item_id, each.price_min, each.sold, each.stock) for each in page("shop-items.json").listings]
    assert shown == [("500000000401", Decimal("99.00"), 16, 88), ("500000000402", Decimal("5.00"), 0, 0)]


def test_goods_of_a_shop_bear_its_name():
    found = page("shop-items.json")
    assert (found.kind, found.total, found.page) == ("shop", 61, 2)
    assert {(each.shop_name, each.source) for each in found.listings} == {("羽岚折扣店", "shop")}


# The search page until 2019


@pytest.fixture(scope="module")
def legacy():
    return by_id("page-config.html")


def test_the_object_inside_a_page_is_read_with_its_pager():
    found = page("page-config.html")
    assert (found.layout, found.total, found.page, found.pages) == ("g-page-config", 460, 5, 11)


def test_each_article_of_a_legacy_page_stands_once(legacy):
    assert list(legacy) == ["560000000001", "560000000002", "560000000009", "560000000003"]


def test_a_legacy_ad_is_one_by_flag_or_link(legacy):
    assert [listing.is_ad for listing in legacy.values()] == [True, False, False, False]


def test_what_the_ad_does_not_say_comes_from_its_twin(legacy):
    assert (legacy["560000000001"].location, legacy["560000000001"].sold) == ("浙江 杭州", 1881)


def test_a_legacy_title_is_the_shown_one_not_the_raw_one(legacy):
    assert legacy["560000000001"].title == '羽岚Velmora运动鞋 "限量" } {'


def test_the_shop_of_an_ad_is_known_by_its_seller(legacy):
    address = "https://store.taobao.com/shop/view_shop.htm?user_number_id=3300000012"
    assert (legacy["560000000001"].seller_id, legacy["560000000001"].seller_url) == ("3300000012", address)


def test_tmall_is_told_by_flag_or_icon(legacy):
    assert [listing.marketplace for listing in legacy.values()] == ["tmall", "tmall", "taobao", "taobao"]


def test_loosened_hits_are_recommendations(legacy):
    assert [listing.is_recommended for listing in legacy.values()] == [False, False, True, True]


def test_a_theme_card_is_its_article_by_picture_without_a_title(legacy):
    theme = legacy["560000000009"]
    assert (theme.title, theme.position, len(theme.image_urls)) == (None, 3, 1)


def test_a_second_list_of_recommendations_is_not_taken_for_results(legacy):
    assert "560000000099" not in legacy


def test_the_bare_object_is_read_and_one_page_has_no_pager():
    found = page("page-config-one.json")
    assert (len(found.listings), found.total, found.pages) == (1, 1, 1)


def test_the_legacy_page_proves_that_it_found_nothing():
    found = reading("page-config-empty.json")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "mods.noresult is shown, code 2")


def test_recommendations_under_no_result_are_flagged():
    found = reading("page-config-loosened.json")
    assert (found.outcome, found.page.empty) == (Outcome.PAGE, "mods.noresult is shown, code 1")
    assert all(listing.is_recommended for listing in found.page.listings)


def test_hidden_goods_without_a_no_result_are_unknown():
    body = b'{"mods":{"itemlist":{"status":"hide"},"noresult":{"status":"hide"}}}'
    assert read(Answer(body), SAVED_READERS).outcome is Outcome.UNKNOWN


# The detail tree


@pytest.mark.parametrize("name", ["pcdetail-tree.json", "pcdetail.jsonp", "pcdetail-page.html"])
def test_the_detail_tree_is_found_bare_in_its_envelope_and_in_a_page(name):
    (article,) = page(name).listings
    assert (article.item_id, article.title, article.source) == ("700000000301", "羽岚 Velmora 城市跑鞋", "detail")


@pytest.fixture(scope="module")
def detail():
    return by_id("pcdetail.jsonp")["700000000301"]


def test_a_detail_price_is_the_one_before_subsidies_up_to_the_dearest_choice(detail):
    assert (detail.price_min, detail.price_max) == (Decimal(400), Decimal("450.5"))


def test_a_detail_says_brand_attributes_and_stock(detail):
    assert (detail.brand, detail.attributes["颜色分类"], detail.stock) == ("Velmora/羽岚", "黑, 白", 150)


def test_a_detail_says_its_seller(detail):
    assert (detail.shop_name, detail.seller_id, detail.seller_url) == (
        "羽岚旗舰店",
        "3300000001",
        "https://yulan.tmall.com",
    )


def test_a_shop_on_a_tmall_host_makes_the_article_tmalls(detail):
    assert detail.marketplace == "tmall"


def test_an_article_off_the_shelf_is_gone_and_still_described():
    found = reading("pcdetail-off-shelf.json")
    assert (found.outcome, found.signal) == (Outcome.GONE, "此宝贝已下架")
    assert [(each.state, each.title) for each in found.page.listings] == [("gone", "羽岚 Velmora 城市跑鞋")]


def test_an_article_out_of_stock_is_sold_out():
    body = (FIXTURES / "pcdetail-tree.json").read_text("utf-8").replace('"quantity": "150"', '"quantity": "0"')
    (article,) = read(Answer(body.encode()), SAVED_READERS).page.listings
    assert (article.state, article.stock) == ("sold_out", 0)


def test_what_a_buyer_or_seller_wrote_does_not_take_an_article_off_the_shelf(detail):
    assert "此宝贝已下架" in (FIXTURES / "pcdetail.jsonp").read_text("utf-8")
    assert detail.state == "live"


# Detail pages until 2021


def test_a_classic_page_of_taobao_is_read():
    (article,) = page("g-config.html").listings
    assert (article.item_id, article.marketplace, article.title) == ("562000000001", "taobao", "羽岚 帆布鞋 60%棉 & 麻")


def test_a_classic_page_says_its_range_of_prices():
    (article,) = page("g-config.html").listings
    assert (article.price_min, article.price_max) == (Decimal("149.00"), Decimal("159.00"))


def test_escapes_in_a_literal_are_resolved():
    (article,) = page("g-config.html").listings
    assert (article.shop_name, article.seller_id) == ("羽岚折扣店 😀", "3300000021")


def test_a_classic_page_says_its_brand_and_pictures():
    (article,) = page("g-config.html").listings
    assert (article.brand, len(article.image_urls), len(article.description_image_urls)) == ("羽岚", 2, 1)


def test_a_description_does_not_take_an_article_off_the_shelf():
    assert "<p>此宝贝已下架</p>" in (FIXTURES / "g-config.html").read_text("utf-8")
    assert reading("g-config.html").outcome is Outcome.PAGE


def test_prices_of_the_choices_stand_in_for_a_missing_range():
    body = (FIXTURES / "g-config.html").read_text("utf-8").replace("149.00 - 159.00", "")
    (article,) = read(Answer(body.encode()), SAVED_READERS).page.listings
    assert (article.price_min, article.price_max) == (Decimal("149.00"), Decimal("169.00"))


def test_a_classic_page_of_tmall_in_gbk_is_read():
    (article,) = page("tshop-setup.html").listings
    assert (article.item_id, article.marketplace, article.title) == (
        "605000000001",
        "tmall",
        "【新品】Kestrix/凯崔 双肩包 {黑}",
    )


def test_a_classic_page_of_tmall_says_price_brand_shop_and_place():
    (article,) = page("tshop-setup.html").listings
    assert (article.price_min, article.price_max) == (Decimal("549.00"), Decimal("679.00"))
    assert (article.brand, article.shop_name, article.location) == ("Kestrix/凯崔", "凯崔旗舰店", "上海")


@pytest.mark.parametrize(
    ("name", "proof"),
    [("g-config-off-shelf.html", "此宝贝已下架"), ("tshop-setup-off-shelf.html", "itemDO.isOnline is false")],
)
def test_a_classic_article_off_the_shelf_is_gone(name, proof):
    found = reading(name)
    assert (found.outcome, found.signal, found.page.listings[0].state) == (Outcome.GONE, proof, "gone")


# The rest


def test_cards_of_tmalls_own_list_are_read():
    found = page("tmall-list.html")
    shown = [(each.item_id, each.title, each.price_min, each.sold, each.shop_name) for each in found.listings]
    assert shown == [("41800000001", "Bravanti 男鞋 秋冬", Decimal("319.00"), 1143, "Bravanti 专营店")]


def test_a_lazy_picture_is_its_real_address():
    picture = "https://img.alicdn.com/bao/uploaded/i3/3300000041/O1CN01list00000000000000_!!0-item_pic.jpg"
    assert page("tmall-list.html").listings[0].image_urls == (picture,)


def test_goods_of_the_affiliate_api_are_read():
    shown = [(each.item_id, each.marketplace, each.price_min, each.shop_name) for each in page("tbk.json").listings]
    assert shown == [
        ("630000000001", "tmall", Decimal("34.9"), "袜子铺"),
        ("opaque-Word_1", "taobao", Decimal("79.9"), "Oranta 旗舰店"),
    ]


def test_an_opaque_id_keeps_the_address_that_the_api_links_to():
    assert page("tbk.json").listings[1].url == "https://item.taobao.com/item.htm?id=556000000001"


def test_the_affiliate_api_proves_that_it_found_nothing():
    body = b'{"tbk_dg_material_optional_response":{"result_list":{},"total_results":0}}'
    assert read(Answer(body), SAVED_READERS).outcome is Outcome.EMPTY


def test_cards_that_a_browser_drew_are_read():
    shown = [
        (each.item_id, each.title, each.price_min, each.sold, each.location, each.shop_name, each.is_ad)
        for each in page("drawn-cards.html").listings
    ]
    assert shown == [
        ("700000000501", "羽岚 Velmora 鞋", Decimal("397.50"), 12000, "河南 郑州", "羽岚小店", False),
        ("700000000502", "Kestrix 包", Decimal(76), 400, "上海", "瑞某数码", True),
        ("700000000503", "Oranta 杯", Decimal(20), 9, None, "Oranta 店", False),
    ]


@pytest.mark.parametrize("odd", ["<script>g_page_config = 1</script>", ""])
def test_drawn_cards_with_the_price_before_the_title_are_not_read(odd):
    card = "<div><span>¥88</span><a href='//item.taobao.com/item.htm?id=1001'>鞋</a><b>9人付款</b></div>"
    assert read(Answer((odd + card).encode()), SAVED_READERS).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<html></html>", "https://error.item.taobao.com/error/noitem?itemid=1"),
        (
            "<html><body><div class='x'><p>很抱歉，您查看的宝贝不存在，可能已下架或者被转移。</p></div></body></html>",
            None,
        ),
        ("<html><body><strong>此宝贝已下架</strong></body></html>", None),
        ('{"ret":["FAIL_BIZ_ITEM_NOT_EXIST::宝贝不存在"],"data":{}}', None),
    ],
)
def test_an_article_that_is_not_there_is_gone(body, url):
    assert read(Answer(body.encode(), url), SAVED_READERS).outcome is Outcome.GONE


@pytest.mark.parametrize(
    "body",
    [
        "<h1>此宝贝已下架</h1>",
        "<title>此宝贝已下架</title>",
        "<p hidden>此宝贝已下架</p>",
        "<div style='display: none'><p>此宝贝已下架</p></div>",
        "<div id='J_DivItemDesc'><p>此宝贝已下架</p></div>",
        "<p>如显示此宝贝已下架请联系客服</p>",
        "<script>var text = '<p>此宝贝已下架</p>';</script>",
    ],
)
def test_words_of_the_seller_do_not_make_an_article_gone(body):
    found = read(Answer(f"<html><body>{body}</body></html>".encode()), SAVED_READERS)
    assert found.outcome is Outcome.UNKNOWN
