"""The gateway's answer to a search (FACTS 3, "How results arrive")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sandbox.catalogue import Goods
from sandbox.faces.ali1688.texts import (
    GBK,
    ad_address,
    item_address,
    ladder,
    ladder_texts,
    percent_bytes,
    picture_addresses,
    sales_text,
    shop_address,
    smaller,
)
from sandbox.mtop import Answer, json_object
from sandbox.parameters import bound, page_number
from sandbox.pictures import Pictures
from sandbox.search import Finder, Found, Wanted
from sandbox.texts import cents_text, digits, highlighted, rounded_down

APP_ID = "32517"
METHOD = "getOfferList"
PAGE_SIZE = 60
# More were never seen (FACTS 3, confidence C).
MAX_RESULTS = 2000
# Of the 60 of a page as many as this are ads, while there are some; the site's own number is not known.
ADS_PER_PAGE = 4
# Of a page that was opened by its number, three quarters were on the first page already (FACTS 3).
REPEATED = 45
_SORTS = {
    "va_price_asc": "price-asc",
    "va_price_desc": "price-desc",
    "va_rmdarkgmv30": "sale-desc",
    "va_sales_amount_desc": "sale-desc",
    "va_sales360": "sale-desc",
    "booked": "sale-desc",
}
# The last four digits say at which page the search was opened: what the site keeps under the id, it keeps here.
_PAGE_ID = re.compile(r"[0-9a-f]{28}([0-9a-f]{4})", re.ASCII)
_CELL = "smart_ui_offer"


def search_answer(data: Mapping[str, Any], find: Finder, strays: Found, pictures: Pictures) -> Answer:
    """The answer to one call; without OFFER when it is not the list of offers. Raises BadRequestError.

    strays : what a keyword in the wrong encoding finds, as if it were meant
    """
    params = json_object(data.get("params", "{}"))
    if str(data.get("appId")) != APP_ID or params.get("method") != METHOD:
        return Answer(
            "recommend", data=_envelope({"filterData": {"filtbarLeft": [], "keywords": ["新款", "源头工厂"]}})
        )
    wanted, page = _wanted(params), page_number(params.get("beginPage", 1))
    found = find(wanted)
    if (found.loosened or not found.goods) and _is_mistaken(str(params.get("keywords", ""))):
        found = strays
    items = [_cell(goods, wanted.text, is_ad, pictures) for goods, is_ad in _cells(found, page, _opened_at(params))]
    total = 0 if found.loosened else min(len(found.goods), MAX_RESULTS)
    has_more = not found.loosened and bool(_cells(found, page + 1, 1))
    others = [{"cellType": "related_words", "data": {"words": ["新款", "源头工厂"]}}] if items else []
    offer = {"found": str(total), "hasMore": str(has_more).lower(), "items": [*items, *others]}
    return Answer("goods", data=_envelope({"OFFER": offer}), has_goods=True)


def _envelope(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"code": "200", "success": "true", "data": data}


def _wanted(params: Mapping[str, Any]) -> Wanted:
    sort = str(params.get("sortType", ""))
    if sort == "price":
        order = "price-desc" if str(params.get("descendOrder", "")).lower() == "true" else "price-asc"
    else:
        order = _SORTS.get(sort, "default")
    return Wanted(
        text=percent_bytes(str(params.get("keywords", ""))).decode(GBK, errors="replace"),
        sort=order,
        price_min=bound(params.get("priceStart")),
        price_max=bound(params.get("priceEnd")),
    )


def _is_mistaken(keywords: str) -> bool:
    """UTF-8 where GBK was expected: what comes out is text too, of other characters."""
    raw = percent_bytes(keywords)
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return not raw.isascii()


def _opened_at(params: Mapping[str, Any]) -> int:
    page_id = _PAGE_ID.fullmatch(str(params.get("pageId", "")))
    return int(page_id[1], 16) if page_id else 1


def _cells(found: Found, page: int, opened_at: int) -> list[tuple[Goods, bool]]:
    """What stands on a page, and whether as an ad. Paid places come first; the same offers stand further below too."""
    ads = [] if found.loosened else [goods for goods in found.goods if goods.is_ad]
    before = min(len(ads), (page - 1) * ADS_PER_PAGE)
    paid = ads[before : before + ADS_PER_PAGE]
    start = (page - 1) * PAGE_SIZE - before
    shown = found.goods[:MAX_RESULTS]
    organic = shown[start : start + PAGE_SIZE - len(paid)]
    return [*((goods, True) for goods in paid), *((goods, False) for goods in _mixed(shown, organic, opened_at))]


def _mixed(shown: Sequence[Goods], organic: Sequence[Goods], opened_at: int) -> Sequence[Goods]:
    """The page as the arrow reaches it, or the new mix of a search that was opened further on."""
    if opened_at <= 1 or not organic:
        return organic
    return [*shown[:REPEATED], *organic[REPEATED:]]


def _cell(goods: Goods, query: str, is_ad: bool, pictures: Pictures) -> dict[str, Any]:
    province, _, city = goods.location.partition(" ")
    offer = {
        "offerId": goods.item_id,
        "title": highlighted(goods.title, query, "<font color=red>", "</font>"),
        "priceInfo": {"price": cents_text(goods.price_min)},
        "quantityBegin": str(ladder(goods)[0].quantity),
        "province": province,
        "city": city or province,
        "bizType": "生产加工" if int(digits(goods.seller_id, 3)) % 2 else "经销批发",
        "linkUrl": ad_address(goods, query) if is_ad else item_address(goods),
        "isP4P": str(is_ad).lower(),
        "type": "bid" if is_ad else "normal",
        "tags": [{"text": "7天无理由"}],
        "factoryInspection": "false",
        "superFactory": "false",
        "titleTags": [{"brandTitle": goods.brand}] if goods.brand else [],
    }
    cell = {**offer, **_sales(goods.sold), **_shop(goods), **_pictures(goods, pictures)}
    return {"cellType": _CELL, "data": cell}


def _sales(sold: int | None) -> dict[str, Any]:
    return {} if sold is None else {"bookedCount": rounded_down(sold), "afterPrice": {"text": sales_text(sold)}}


def _shop(goods: Goods) -> dict[str, Any]:
    address = shop_address(goods.seller_id)
    return {
        "loginId": goods.shop_name,
        "memberId": goods.seller_id,
        "winPortUrl": address,
        "shop": {
            "text": goods.shop_name,
            "loginIdOfUtf8": quote(goods.shop_name, safe=""),
            "tpYear": str(int(digits(goods.seller_id, 4)) % 15 + 1),
        },
        "shopAddition": {"shopLinkUrl": address, "quantityPrices": ladder_texts(goods)},
    }


def _pictures(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    """Three keys for the same pictures, of which the cover is in a smaller size."""
    addresses = picture_addresses(goods.images, pictures)
    if not addresses:
        return {}
    cover = smaller(addresses[0], "310x310", int(digits(goods.item_id, 6)))
    return {"offerPicUrl": ",".join(addresses), "odPicUrl": addresses[0], "list": {"cover": {"pic": cover}}}
