"""The gateway's answer to a keyword search (FACTS 1, "How results arrive")."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sandbox.catalogue import Goods
from sandbox.faces.taobao.texts import item_address, sales_text, unit
from sandbox.mtop import Answer, json_object
from sandbox.parameters import bound, page_number, words
from sandbox.pictures import Pictures
from sandbox.search import Finder, Found, Wanted
from sandbox.texts import ad_token, digits, highlighted, price_text, properties

KEYWORD_SEARCH = "34385"  # appId of it, FACTS 1
PAGE_SIZE = 48  # organic goods of a page, FACTS 1
MAX_PAGES = 100
MAX_RESULTS = 4800
# As many as stand above the results of a page; the site's own number is not known.
ADS_PER_PAGE = 4
# A card has room for a few properties, not for all of them.
SELLING_POINTS = 4
# mtop's names for the orders (FACTS 1, confidence C: both spellings were seen for the price).
_SORTS = {"_coefp": "default", "_sale": "sale-desc", "bid": "price-asc", "_bid": "price-desc"}


def search_answer(data: Mapping[str, Any], find: Finder, pictures: Pictures) -> Answer:
    """The answer to one call; without `itemsArray` when it is not the keyword search. Raises BadRequestError."""
    params = json_object(data.get("params", "{}"))
    if str(data.get("appId")) != KEYWORD_SEARCH:
        return Answer("recommend", data={"result": [{"tppId": "32517", "hotWords": ["新品", "好价", "热卖"]}]})
    wanted, page = _wanted(params), page_number(params.get("page", 1))
    found = find(wanted)
    cards = [*_ads(found, page), *_organic(found, page)]
    items = [_item(goods, wanted.text, is_ad, found.loosened, pictures) for goods, is_ad in cards]
    return Answer("goods", data={"itemsArray": items, "mainInfo": _totals(found, page)}, has_goods=True)


def _wanted(params: Mapping[str, Any]) -> Wanted:
    return Wanted(
        text=words(params.get("q", "")),
        sort=_SORTS.get(str(params.get("sort", "")), "default"),
        price_min=bound(params.get("start_price")),
        price_max=bound(params.get("end_price")),
        mall_only=params.get("tab") == "mall",
    )


def _organic(found: Found, page: int) -> list[tuple[Goods, bool]]:
    shown = found.goods[:MAX_RESULTS]
    return [(goods, False) for goods in shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]


def _ads(found: Found, page: int) -> list[tuple[Goods, bool]]:
    """Paid places on top; the same article stands among the organic results too."""
    if found.loosened or page > MAX_PAGES:
        return []
    ads = [goods for goods in found.goods if goods.is_ad]
    return [(goods, True) for goods in ads[(page - 1) * ADS_PER_PAGE : page * ADS_PER_PAGE]]


def _totals(found: Found, page: int) -> dict[str, str]:
    total = 0 if found.loosened else min(len(found.goods), MAX_RESULTS)
    totals = {
        "page": str(page),
        "pageSize": str(PAGE_SIZE),
        "totalPage": str(math.ceil(total / PAGE_SIZE)),
        "totalResults": str(total),
    }
    # Old answers said it so (FACTS 1: noresult, recommend_nav); how the current ones do is not known.
    return {**totals, "noResultCode": "2"} if found.loosened else totals


def _item(goods: Goods, query: str, is_ad: bool, loosened: bool, pictures: Pictures) -> dict[str, Any]:
    item = {
        "item_id": goods.item_id,
        "title": highlighted(goods.title, query),
        "priceShow": {"unit": unit(goods), "price": price_text(goods.price_min)},
        "price": price_text(goods.price_max),
        "realSales": sales_text(goods.sold),
        "nick": goods.shop_name,
        "shopInfo": {"title": goods.shop_name, "url": _shop_address(goods)},
        "extraParams": {"userId": goods.seller_id},
        "procity": goods.location,
        "auctionURL": _ad_address(goods, query) if is_ad else item_address(goods),
        "icons": [{"alias": "tmall", "text": "天猫"}] if goods.marketplace == "tmall" else [],
        "structuredUSPInfo": _selling_points(goods),
        "isP4P": str(is_ad).lower(),
    }
    if goods.images:
        item["pic_path"] = _picture_address(goods, pictures)
    if loosened:
        item["recommend_nav"] = "111"
    return item


def _picture_address(goods: Goods, pictures: Pictures) -> str:
    """Protocol-relative; of every second article in a smaller size, as the site mixes them."""
    number = int(digits(goods.item_id, 6))
    size = "_460x460q90.jpg_.webp" if number % 2 else ""
    return f"//g-search{number % 3 + 1}.alicdn.com/img/bao/uploaded/{pictures.path(goods.images[0])}{size}"


def _ad_address(goods: Goods, query: str) -> str:
    return f"https://click.simba.taobao.com/cc_im?p={quote(query[:100], safe='')}&s=1&k=601&e={ad_token(goods)}"


def _shop_address(goods: Goods) -> str:
    return f"//store.taobao.com/shop/view_shop.htm?user_number_id={quote(goods.seller_id, safe='')}"


def _selling_points(goods: Goods) -> list[dict[str, str]]:
    """The brand and what else fits on a card."""
    named = list(properties(goods).items())[:SELLING_POINTS]
    return [{"propertyName": name, "propertyValueName": value} for name, value in named]
