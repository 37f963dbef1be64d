"""Taobao's current answers by its API gateway: the goods of a search, and of a shop (seen 2018-2026)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import find_all
from crawler.items import Listing
from crawler.marketplaces import ItemRef, identify, query_value
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import (
    attributes,
    count,
    first,
    flag,
    item_id,
    listing,
    money,
    parameters,
    pictures,
    plain,
    records,
    seller_id,
    seller_of,
    shop_address,
    text,
)

IDS = ("item_id", "itemId", "nid")
PRICES = ("priceShow.price", "price", "priceWap", "zkFinalPrice", "umpPriceLog.item_price")
LINKS = ("auctionURL", "auctionUrl")
AD_HOST = "//click.simba.taobao.com/"
LOOSENED = ("recommend_nav", "recommendNav", "isRecommend", "isRecommended")
ENVELOPE_DEPTH = 4  # levels of objects above the goods: data.data.mainInfo is the deepest seen


@reader(layout="mtop-items", seen="2024..2026", kinds={"search"})
def mtop_items(answer: Answer) -> Page | None:
    """Goods of a recommend answer. Several such answers come with a page: the one with goods, or with none, counts."""
    goods = _goods(answer.json)
    if goods is None:
        return None
    totals = _totals(answer.json)
    total = count(first(totals, "totalResults"))
    query = _query(answer.url)
    nothing = _proof_of_nothing(total, totals)
    cards = (_card(item, position, nothing is not None, query) for position, item in enumerate(goods, 1))
    return page_of_cards(
        "mtop-items",
        cards,
        total=total,
        page=count(first(totals, "page", "currentPage")),
        pages=count(first(totals, "totalPage", "totalPages")),
        empty=nothing,
    )


def _proof_of_nothing(total: int | None, totals: Mapping[str, Any]) -> str | None:
    """Beside goods, it says that they are recommendations."""
    if total == 0:
        return "totalResults is 0"
    code = text(first(totals, "noResultCode"), limit=20)
    return f"noResultCode is {code}" if code else None


def _goods(value: Any) -> list[Any] | None:
    """The list of goods, wherever it stands; an empty one only when there is no other."""
    if not isinstance(value, dict):
        return None
    empty: list[Any] | None = None
    for found in chain(find_all(value, "itemsArray"), _result_lists(value)):
        if records(found) and any(first(item, *IDS) for item in records(found)):
            return list(found)
        empty = [] if found == [] else empty
    return empty


def _result_lists(value: Mapping[str, Any]) -> Iterator[Any]:
    """data.result[].items, the older place."""
    for result in find_all(value, "result"):
        yield from (each["items"] for each in records(result) if records(each.get("items")))


def _totals(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the answer says of its whole: the objects around the goods, taken as one."""
    merged: dict[str, Any] = {}
    level: list[Any] = [value]
    for _ in range(ENVELOPE_DEPTH):
        for each in level:
            merged = {**{k: v for k, v in each.items() if isinstance(v, (str, int))}, **merged}
        level = [v for each in level for v in each.values() if isinstance(v, dict)][:100]
    return merged


def _query(url: str | None) -> str | None:
    """The words that were searched, from the address of the page or of the call."""
    asked = parameters(query_value(url or "", "data"))
    return text(query_value(url or "", "q") or first(parameters(asked.get("params")), "q", "keyword"))


def _card(item: Any, position: int, nothing: bool, query: str | None) -> Listing | None:
    link = first(item, *LINKS)
    link = link if isinstance(link, str) else ""
    named = identify(link)
    number = item_id(first(item, *IDS)) or (named.item_id if named else None)
    if not number:
        return None
    extra = parameters(first(item, "extraParams"))
    shop_link = first(item, "shopInfo.url")
    seller = seller_id(*(first(bag, name) for bag in (extra, item) for name in ("userId", "sellerId", "user_id")))
    seller = seller or seller_of(shop_link)
    price = next((price for path in PRICES if (price := money(first(item, path)))), None)
    known = attributes((first(p, "propertyName"), first(p, "propertyValueName")) for p in _properties(item))
    return listing(
        "tmall" if _is_tmall(item, named) else "taobao",
        number,
        title=plain(first(item, "title", "raw_title")),
        price_min=price,
        price_max=price,
        sold=count(first(item, "realSales")),
        sold_text=text(first(item, "realSales")),
        shop_name=plain(first(item, "shopInfo.title", "nick")),
        seller_id=seller,
        seller_url=shop_address(shop_link, seller),
        location=plain(first(item, "procity")),
        image_urls=pictures(first(item, "pic_path"), first(item, "pic_url"))[:1],
        attributes=known,
        brand=known.get("品牌"),
        is_ad=_is_ad(item, link),
        is_recommended=nothing or any(_is_set(item.get(key)) for key in LOOSENED),
        position=position,
        query=query,
    )


def _properties(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    packed = first(item, "structuredUSPInfo")
    if isinstance(packed, str):
        try:
            packed = json.loads(packed[:20_000])
        except (ValueError, RecursionError):
            packed = None
    return records(packed)


def _is_set(value: Any) -> bool:
    return value not in (None, "", [], {}) and flag(value) is not False


def _is_ad(item: Mapping[str, Any], link: str) -> bool | None:
    """By its flag or by the host of its link; unknown where it has neither."""
    if AD_HOST in link:
        return True
    said = flag(item["isP4P"]) if "isP4P" in item else None
    return said if said is not None else False if link else None


def _is_tmall(item: Mapping[str, Any], named: ItemRef | None) -> bool:
    icons = records(item.get("icons"))
    words = " ".join(str(icon.get(key))[:50].lower() for icon in icons[:50] for key in ("alias", "text"))
    said = any(name in words for name in ("tmall", "天猫", "tianmao"))
    return said or (named is not None and named.marketplace == "tmall")


@reader(layout="mtop-shop-items", seen="2018", kinds={"shop"})
def mtop_shop_items(answer: Answer) -> Page | None:
    """Goods of one shop (`getshopitemlist`); all values are strings."""
    data = first(answer.json, "data")
    goods = first(data, "itemsArray") if isinstance(data, dict) else None
    in_shop = "getshopitemlist" in str(first(answer.json, "api") or "").lower()
    if not isinstance(data, dict) or not (in_shop or any(first(item, "auctionId") for item in records(goods))):
        return None
    total = count(first(data, "totalResults"))
    shop = plain(first(data, "shopTitle"))
    cards = (_shop_card(item, n, shop) for n, item in enumerate(goods if isinstance(goods, list) else [], 1))
    return page_of_cards(
        "mtop-shop-items",
        cards,
        kind="shop",
        total=total,
        page=count(first(data, "currentPage")),
        empty="totalResults is 0" if total == 0 else None,
    )


def _shop_card(item: Any, position: int, shop: str | None) -> Listing | None:
    number = item_id(first(item, "auctionId", "itemId", "item_id"))
    if not number:
        return None
    price = money(first(item, "salePrice")) or money(first(item, "reservePrice"))
    return listing(
        "taobao",
        number,
        title=plain(first(item, "title")),
        price_min=price,
        price_max=price,
        sold=count(first(item, "sold")),
        sold_text=text(first(item, "sold")),
        shop_name=shop,
        image_urls=pictures(first(item, "picUrl")),
        stock=count(first(item, "quantity")),
        position=position,
        source="shop",
    )
