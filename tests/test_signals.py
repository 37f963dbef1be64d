"""Signals beside names and pictures: each a fact of a listing, and a sentence in two languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Listing, PriceTier
from matchers.price import price_findings
from matchers.signals import all_signals
from matchers.signals.goods_class import class_findings
from matchers.signals.innocent import innocent_findings
from matchers.signals.origins import origin_findings, origins
from matchers.signals.own_brand import brand_findings
from matchers.signals.price_signs import price_signs
from matchers.signals.sellers import seller_findings
from matchers.types import Finding, Goods, Mark, Portfolio, Reason, SellerFacts, Signal
from matchers.units import pack_of, unit_price
from pipelines.score import goods as goods_of

SHOES = Mark(right_id="S", names=("NORVANE", "诺梵恩"), nice_classes=(25,), reference_prices={"CNY": Decimal(900)})
BAGS = Mark(right_id="B", names=("KESTOLI",), nice_classes=(18,), reference_prices={"CNY": Decimal(2000)})
PORTFOLIO = Portfolio(client="Norvane", marks=(SHOES, BAGS))


def goods(title="NORVANE 跑鞋", marketplace="taobao", currency="CNY", **said):
    return Goods(marketplace=marketplace, item_id="1", title=title, currency=currency, **said)


def named(signal=Signal.TITLE, code="plain", surface="NORVANE", right="S", score=0.95):
    return Finding(signal=signal, right=right, score=score, reason=Reason(code=code, surface=surface, en="e", zh="z"))


def codes(findings):
    return [one.reason.code for one in findings]


# What one article costs


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("运动袜 10双装 透气", 10),
        ("两双装 拖鞋", 2),
        ("整箱24瓶 保温杯", 24),
        ("一手10双 跑鞋 批发", 10),
        ("earphones 5pcs/lot", 5),
        ("sneakers 2 pairs/lot", 2),
        ("pack of 6 cups", 6),
        ("6-pack cups", 6),
        ("蓝牙耳机 2只装", 1),
        ("面膜 10片装", 1),
        ("三件套 茶具", 1),
        ("10双起批", 1),
        ("精品装修 5个", 1),
        ("耳机 1个装", 1),
        ("99999双装", 1),
        ("2026新款 跑鞋", 1),
        ("", 1),
    ],
)
def test_a_multi_pack_is_known_by_its_title(title, number):
    assert pack_of(title) == number


def test_the_price_of_a_pack_is_divided():
    assert unit_price(goods("NORVANE 跑鞋 10双装", price=Decimal(1000))).amount == 100


@pytest.mark.parametrize("marketplace", ["1688", "alibaba"])
def test_wholesale_is_the_price_of_one_at_the_smallest_order(marketplace):
    tiers = ((500, Decimal(60)), (2, Decimal(95)), (50, Decimal(80)))
    stepped = goods(marketplace=marketplace, price=Decimal(60), price_high=Decimal(95), price_tiers=tiers)
    ranged = goods(marketplace=marketplace, price=Decimal(60), price_high=Decimal(95))
    assert unit_price(stepped).amount == unit_price(ranged).amount == 95


def test_a_wholesale_price_is_not_divided_by_a_pack():
    assert unit_price(goods("跑鞋 10双装", marketplace="1688", price=Decimal(95))).amount == 95


def test_the_low_end_of_a_wide_range_is_a_decoy():
    assert unit_price(goods(price=Decimal(19), price_high=Decimal(899))).amount == 899
    assert unit_price(goods(price=Decimal(599), price_high=Decimal(899))).amount == 599


def test_no_price_is_no_unit_price():
    assert unit_price(goods()) is None


@given(
    low=st.none() | st.decimals(allow_nan=True, allow_infinity=True),
    high=st.none() | st.decimals(allow_nan=True, allow_infinity=True),
    title=st.text(max_size=30) | st.sampled_from(["10双装", "5pcs/lot"]),
    marketplace=st.sampled_from(["taobao", "1688"]),
)
def test_no_number_breaks_a_price(low, high, title, marketplace):
    listing = goods(f"NORVANE {title}", marketplace=marketplace, price=low, price_high=high)
    found = [*price_findings(listing, [SHOES], []), *price_signs(listing, [SHOES], [])]
    assert all(0 <= one.score <= 1 for one in found)


# The price beside its reference


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("300", []),
        ("450", ["somewhat_under_reference"]),
        ("629", ["somewhat_under_reference"]),
        ("700", []),
        ("880", ["price_at_reference"]),
        ("1500", []),
        ("0.01", ["price_evasive"]),
        ("9999", ["price_evasive"]),
    ],
)
def test_a_price_says_something_beside_the_grounds_of_the_rule(price, expected):
    assert codes(price_signs(goods(price=Decimal(price)), [SHOES], [])) == expected


def test_a_deposit_is_no_evasion():
    assert not list(price_signs(goods("NORVANE 定金", price=Decimal(1)), [SHOES], []))


def test_a_wide_range_is_not_at_the_reference():
    assert not list(price_signs(goods(price=Decimal(300), price_high=Decimal(899)), [SHOES], []))


def test_a_model_has_its_own_reference():
    mark = Mark(right_id="S", names=("NORVANE",), reference_prices={"CNY": Decimal(900)})
    kids = Mark(
        right_id="S",
        names=("NORVANE",),
        reference_prices={"CNY": Decimal(900)},
        model_prices={"Pika": {"CNY": Decimal(300)}, "Pika Max": {"USD": Decimal(100)}},
    )
    listing = goods("NORVANE Pika 童鞋", price=Decimal(280))
    assert price_findings(listing, [mark], [])
    assert not price_findings(listing, [kids], [])
    assert price_findings(goods("NORVANE pika max", price=Decimal(280)), [kids], [])


def test_without_a_reference_the_median_of_eight_comparables_serves():
    mark = Mark(right_id="S", names=("NORVANE",))
    eight = tuple(Decimal(800 + n) for n in range(8))
    assert codes(price_findings(goods(price=Decimal(200), comparables=eight), [mark], [])) == ["far_under_reference"]
    assert not price_findings(goods(price=Decimal(200), comparables=eight[1:]), [mark], [])


def test_a_price_far_under_comparable_listings_is_a_second_opinion():
    prices = tuple(Decimal(n) for n in (880, 890, 895, 900, 905, 910, 915, 920))
    found = codes(price_signs(goods(price=Decimal(700), comparables=prices), [SHOES], []))
    assert found == ["price_outlier"]


def test_comparables_that_are_all_alike_have_no_outliers():
    assert not list(price_signs(goods(price=Decimal(700), comparables=(Decimal(900),) * 9), [SHOES], []))


def test_a_price_that_fits_one_mark_that_a_listing_shows_is_not_low_for_the_other():
    dear = Mark(right_id="D", names=("NORVANE",), nice_classes=(25,), reference_prices={"CNY": Decimal(2000)})
    listing = goods(price=Decimal(880))
    assert codes(price_findings(listing, [dear], [])) == ["under_reference"]
    assert not price_findings(listing, [dear, SHOES], [])


# Goods


def test_goods_of_the_registration_are_named():
    (found,) = class_findings(goods(), [SHOES])
    assert (found.signal, found.matched) == (Signal.GOODS_CLASS, "跑鞋")


def test_goods_of_another_class_speak_against():
    (found,) = class_findings(goods("NORVANE 保温杯"), [SHOES])
    assert (found.signal, found.reason.code) == (Signal.CONTEXT, "other_kind")


def test_a_title_without_goods_says_nothing():
    assert not list(class_findings(goods("NORVANE 2026新款"), [SHOES]))


# The listing's own brand


@pytest.mark.parametrize(
    ("brand", "found", "expected"),
    [
        ("其他", named(), ["no_brand"]),
        ("other/其他", named(), ["no_brand"]),
        ("BRINSEL", named(), ["other_brand"]),
        ("BRINSEL", named(Signal.MARK_IN_PHOTO, "mark_in_photo"), ["other_brand"]),
        ("NORVAME", named(Signal.DISGUISE, "typo_replaced", "NORVAME"), ["own_name"]),
        ("NОRVANE", named(Signal.DISGUISE, "lookalike", "NОRVANE"), []),
        ("", named(), []),
        (None, named(), []),
        ("BRINSEL", named(score=0.2), []),
    ],
)
def test_the_brand_attribute_against_the_rest(brand, found, expected):
    assert codes(brand_findings(goods(brand=brand), [SHOES], [found])) == expected


def test_a_title_that_names_its_own_brand_contradicts_no_picture():
    seen = named(Signal.MARK_IN_PHOTO, "mark_in_photo")
    assert not list(brand_findings(goods("布林赛 BRINSEL 跑鞋", brand="BRINSEL/布林赛"), [SHOES], [seen]))


def test_a_brand_attribute_that_names_any_mark_of_the_client_contradicts_nothing():
    assert not list(
        brand_findings(goods(brand="KESTOLI"), [SHOES], [named(), named(Signal.BRAND_ATTRIBUTE, right="B")])
    )


# Where it is sent from


@pytest.mark.parametrize(
    ("place", "title", "mark", "known"),
    [
        ("福建 莆田", "NORVANE 跑鞋", SHOES, True),
        ("Putian, Fujian", "NORVANE running shoes", SHOES, True),
        ("广东 广州 白云区", "KESTOLI 托特包", BAGS, True),
        ("福建 莆田", "KESTOLI 托特包", BAGS, False),
        ("上海", "NORVANE 跑鞋", SHOES, False),
        (None, "NORVANE 跑鞋", SHOES, False),
    ],
)
def test_a_place_counts_for_the_goods_it_is_known_for(place, title, mark, known):
    assert bool(list(origin_findings(goods(title, location=place), [mark]))) == known


def test_a_mark_of_many_classes_needs_the_goods_named():
    wide = Mark(right_id="W", names=("NORVANE",), nice_classes=(18, 25))
    assert not list(origin_findings(goods("NORVANE 双肩包", location="福建 莆田"), [wide]))
    assert list(origin_findings(goods("NORVANE 登山鞋", location="福建 莆田"), [wide]))


def test_the_table_of_places_is_well_formed():
    assert all(one.place == one.place.lower() and 1 <= one.number <= 45 and one.words for one in origins())


# The seller


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SellerFacts(), []),
        (SellerFacts(confirmed=1), ["seller_confirmed"]),
        (SellerFacts(listings=10, flagged=6), ["seller_flagged"]),
        (SellerFacts(listings=10, flagged=2), []),
        (SellerFacts(listings=10, flagged=6, dismissed=4), ["seller_dismissed"]),
        (SellerFacts(dismissed=5, confirmed=1), ["seller_confirmed"]),
        (SellerFacts(brands=7), ["seller_many_brands"]),
    ],
)
def test_what_is_known_of_a_seller(facts, expected):
    assert codes(seller_findings(goods(seller=facts), [SHOES])) == expected


def test_more_confirmed_counterfeits_say_more():
    scores = [seller_findings(goods(seller=SellerFacts(confirmed=n)), [])[0].score for n in (1, 3, 9)]
    assert scores == sorted(scores)
    assert scores[-1] <= 1


def test_a_tmall_shop_that_bears_the_name_speaks_for_itself():
    assert codes(seller_findings(goods(marketplace="tmall", shop_name="诺梵恩旗舰店"), [SHOES])) == ["official_shop"]
    assert not seller_findings(goods(marketplace="taobao", shop_name="诺梵恩旗舰店"), [SHOES])
    assert not seller_findings(goods(marketplace="tmall", shop_name="运动鞋旗舰店"), [SHOES])


# The negative bank


def test_a_title_that_was_judged_innocent_is_known_again_however_it_is_spaced():
    portfolio = Portfolio(client="N", marks=(SHOES,), negative_titles=("NORVANE 鞋架, 客厅",))
    assert codes(innocent_findings(goods("norvane鞋架 客厅"), portfolio, [])) == ["innocent_title"]
    assert not list(innocent_findings(goods("NORVANE 鞋架"), portfolio, []))


def test_a_link_that_sells_no_article_is_told():
    assert codes(innocent_findings(goods("NORVANE 补差价"), PORTFOLIO, [])) == ["no_article"]


def test_a_crawl_hands_on_what_the_signals_ask_for():
    listing = Listing(
        marketplace="1688",
        item_id="1",
        url="https://detail.1688.com/offer/1.html",
        title="NORVANE 跑鞋",
        price_min=Decimal(60),
        price_max=Decimal(95),
        price_tiers=(PriceTier(quantity=2, price=Decimal(95)),),
        currency="CNY",
        shop_name="小店",
        location="福建 莆田",
    )
    seen = goods_of(listing, ())
    assert (unit_price(seen).amount, seen.location, seen.shop_name) == (95, "福建 莆田", "小店")


@given(
    title=st.text(max_size=60),
    brand=st.none() | st.text(max_size=30),
    place=st.none() | st.text(max_size=30),
    shop=st.none() | st.text(max_size=30),
    numbers=st.lists(st.integers(-5, 10**9), min_size=5, max_size=5),
)
def test_no_text_and_no_count_breaks_a_signal(title, brand, place, shop, numbers):
    listing = goods(
        title,
        "tmall",
        brand=brand,
        location=place,
        shop_name=shop,
        seller=SellerFacts(
            **dict(zip(("listings", "flagged", "confirmed", "dismissed", "brands"), numbers, strict=True))
        ),
    )
    for one in all_signals(listing, PORTFOLIO, PORTFOLIO.marks, [named()]):
        assert 0 <= one.score <= 1
        assert one.reason.en
        assert one.reason.zh
