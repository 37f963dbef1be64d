"""The detail tree that Taobao and Tmall share: by XHR (`pcdetail`), or in the state of a server-rendered page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, literal_value
from crawler.items import Listing
from spiders.readers.fields import (
    attributes,
    count,
    fen,
    first,
    item_id,
    listing,
    money_range,
    pictures,
    plain,
    records,
    seller_id,
    shop_address,
    text,
)
from spiders.readers.gone import says_gone

LAYOUT = "pcdetail"
MARKER = '"res"'  # the tree's name in the state of a server-rendered page
PARTS = ("skuCore", "skuBase", "seller", "componentsVO")  # one of them beside `item` makes a detail tree
TREE_DEPTH = 6  # levels of envelopes above the tree
_BY_OTHERS = re.compile(
    r"^(?:item|seller|sku\w*|title|name|nick)$|extension|rate|review|comment|ask|recommend|desc", re.I
)
_TMALL_HOST = re.compile(r"https?://[a-z0-9.-]*\.tmall\.(?:com|hk)(?:[/?]|$)", re.I)


@reader(layout=LAYOUT, seen="2024..2026", kinds={"detail"})
def pcdetail(answer: Answer) -> Page | None:
    """One article. Prices are those before subsidies and coupons; a search card shows the one after."""
    tree = next(_trees(answer), None)
    if tree is None:
        return None
    notice = says_gone(_notices(tree))
    article = _article(tree, answer.url, gone=notice is not None)
    return Page(layout=LAYOUT, kind="detail", listings=(article,), gone=notice) if article else None


def _trees(answer: Answer) -> Iterator[Mapping[str, Any]]:
    if isinstance(answer.json, dict):
        yield from _unwrapped(answer.json)
    elif answer.json is None and MARKER in answer.text:
        for literal in embedded_objects(answer.text, MARKER):
            yield from _unwrapped(literal_value(literal))


def _unwrapped(value: Any) -> Iterator[Mapping[str, Any]]:
    """The tree itself, or inside of `data`, `res` and the like."""
    level = [value]
    for _ in range(TREE_DEPTH):
        for each in level:
            if isinstance(each, dict) and isinstance(each.get("item"), dict) and any(part in each for part in PARTS):
                yield each
        level = [child for each in level if isinstance(each, dict) for child in each.values()][:1000]


def _article(tree: Mapping[str, Any], url: str | None, *, gone: bool) -> Listing | None:
    number = item_id(first(tree, "item.itemId", "item.id"))
    if not number:
        return None
    prices = _prices(tree)
    known = attributes(_properties(tree))
    seller = seller_id(first(tree, "seller.sellerId"), first(tree, "seller.userId"))
    stock = count(first(tree, "skuCore.sku2info.0.quantity"))
    return listing(
        "tmall" if _is_tmall(tree, url) else "taobao",
        number,
        title=plain(first(tree, "item.title")),
        price_min=prices[0] if prices else None,
        price_max=prices[1] if prices else None,
        shop_name=plain(first(tree, "seller.shopName", "seller.sellerNick")),
        seller_id=seller,
        seller_url=shop_address(first(tree, "seller.pcShopUrl", "seller.shopUrl"), seller),
        image_urls=pictures(first(tree, "item.images")),
        attributes=known,
        brand=known.get("品牌"),
        stock=stock,
        source="detail",
        state="gone" if gone else "sold_out" if stock == 0 else "live",
    )


def _prices(tree: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest price before subsidies: of the whole article, and of its choices."""
    infos = first(tree, "skuCore.sku2info")
    infos = infos if isinstance(infos, dict) else {}
    priced = [_price(first(info, "price")) for sku, info in list(infos.items())[:1000] if sku != "0"]
    choices = [price for price in priced if price]
    whole = _price(first(tree, "componentsVO.priceVO.price")) or _price(first(infos.get("0"), "price"))
    if not whole and not choices:
        return None
    lowest = whole[0] if whole else min(low for low, _ in choices)
    return lowest, max([lowest, *(whole or ())[1:], *(high for _, high in choices)])


def _price(price: Any) -> tuple[Decimal, Decimal] | None:
    shown = money_range(first(price, "priceText"))
    exact = fen(first(price, "priceMoney"))
    return shown or ((exact, exact) if exact else None)


def _properties(tree: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    for info in records(first(tree, "componentsVO.extensionInfoVO.infos")):
        if first(info, "type") == "BASE_PROPS":
            for each in records(first(info, "items")):
                said = first(each, "text")
                words = said if isinstance(said, list) else [said]
                yield first(each, "title"), ", ".join(filter(None, map(text, words)))


def _is_tmall(tree: Mapping[str, Any], url: str | None) -> bool:
    """By the address asked, or by one of the seller's: a Tmall shop has a host of its own."""
    seller = first(tree, "seller")
    own = [value for value in (seller.values() if isinstance(seller, dict) else ()) if isinstance(value, str)][:100]
    addresses = [url or "", *("https:" + each if each.startswith("//") else each for each in own)]
    return any(_TMALL_HOST.match(each[:300]) for each in addresses)


def _notices(tree: Mapping[str, Any]) -> Iterator[str]:
    """What the page says by itself: texts outside of what sellers and buyers wrote."""
    level: list[Any] = [tree]
    for _ in range(TREE_DEPTH):
        yield from (each for each in level if isinstance(each, str))
        level = [child for each in level for child in _children(each)][:5000]


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [child for key, child in value.items() if not _BY_OTHERS.search(key)]
    return value if isinstance(value, list) else []
