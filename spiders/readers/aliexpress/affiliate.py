"""Answers of AliExpress's affiliate API (`aliexpress.affiliate.product.query` and its kin), seen 2026 (FACTS 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.walls import one_line
from spiders.readers.aliexpress.parts import NAME, number, number_of, store_address
from spiders.readers.amounts import currency_code, localised_money
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, first, listing, pictures, plain

LAYOUT = "affiliate"
GOOD = "200"  # resp_code
NOTHING = "result is empty"  # resp_msg with code 405, in the API's own words (confidence C)
PRICES = ("target_sale_price", "sale_price", "target_original_price", "original_price")


@reader(layout=LAYOUT, seen="2024..2026", kinds={"api"})
def affiliate(answer: Answer) -> Page | None:
    """Goods of the API, with or without the wrapper named after the method; `products` may be the list itself."""
    result = _result(answer.json)
    if result is None:
        return None
    goods = _goods(first(result, "result.products"))
    total = count(first(result, "result.total_record_count"))
    nothing = _proof_of_nothing(result, total)
    if not goods and not nothing:
        return Page(layout=LAYOUT, kind="api", warnings=(_said(result),))
    return page_of_cards(
        LAYOUT,
        (_card(item, position) for position, item in enumerate(goods, 1)),
        kind="api",
        total=total,
        page=count(first(result, "result.current_page_no")),
        pages=count(first(result, "result.total_page_no")),
        empty=None if goods else nothing,
    )


def _said(result: Mapping[str, Any]) -> str:
    return one_line(f"resp_code {first(result, 'resp_code')} {first(result, 'resp_msg') or ''}")


def _proof_of_nothing(result: Mapping[str, Any], total: int | None) -> str | None:
    if NOTHING in _said(result).lower():
        return _said(result)
    return "total_record_count is 0" if total == 0 and str(first(result, "resp_code")) == GOOD else None


def _goods(products: Any) -> list[Any]:
    """The list itself, or what stands under `product`: a list, or one article."""
    found = products.get("product") if isinstance(products, dict) else products
    return [found] if isinstance(found, dict) else found if isinstance(found, list) else []


def _result(value: Any) -> Mapping[str, Any] | None:
    """`resp_result`, in an object named after an affiliate method or bare."""
    if not isinstance(value, dict):
        return None
    wrapped = [value[key] for key in list(value)[:20] if key.startswith("aliexpress_affiliate_")]
    found = (first(each, "resp_result") for each in [*wrapped, value])
    return next((each for each in found if isinstance(each, dict)), None)


def _card(item: Any, position: int) -> Listing | None:
    key = number(first(item, "product_id")) or number_of(first(item, "product_detail_url"))
    if not key:
        return None
    name = next((name for name in PRICES if localised_money(first(item, name))), PRICES[0])
    cost = localised_money(first(item, name))
    return listing(
        NAME,
        key,
        title=plain(first(item, "product_title")),
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=currency_code(first(item, f"{name}_currency")) or (cost.currency if cost else None),
        sold=count(first(item, "lastest_volume", "latest_volume")),  # the site's own spelling
        shop_name=plain(first(item, "shop_name")),
        seller_url=store_address(first(item, "shop_url"), first(item, "shop_id")),
        image_urls=pictures(
            first(item, "product_main_image_url"),
            first(item, "product_small_image_urls.string", "product_small_image_urls"),
        ),
        position=position,
    )
