"""Detail pages as they were until 2021: Taobao's `g_config`, Tmall's `TShop.Setup` (both seen 2020)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_object, embedded_objects, literal_value
from crawler.items import Listing
from crawler.markup import words
from spiders.readers.fields import (
    MAX_TEXT,
    attributes,
    first,
    flag,
    item_id,
    listing,
    money_range,
    pictures,
    plain,
    seller_id,
    shop_address,
)
from spiders.readers.gone import notice

MAX_ELEMENTS = 500  # of one kind that are looked at
_STRING = r"[\"']?\s*:\s*(?:'((?:[^'\\\n]|\\.){0,2000})'|\"((?:[^\"\\\n]|\\.){0,2000})\")"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_DESCRIPTION = "//*[@id='J_DivItemDesc' or @id='description']//img"


@reader(layout="g-config", seen="2020", kinds={"detail"})
def g_config(answer: Answer) -> Page | None:
    """One article of Taobao; its data is a JavaScript literal with expressions in it, so named values are read out."""
    literal = _item_config(answer)
    if literal is None:
        return None
    tree = answer.html
    number = item_id(_js(literal, "itemId"))
    if not number:
        return None
    title = tree.xpath("//h3[contains(@class, 'tb-main-title')]/@data-title").get() or _js(literal, "title")
    prices = money_range(tree.xpath("string(//*[@id='J_StrPrice']//*[contains(@class, 'tb-rmb-num')])").get())
    prices = prices or _range(_sku_prices(answer.text)) or money_range(_js(literal, "price"))
    seller = seller_id(_js(literal, "sellerId"))
    known = attributes(_listed(tree, "//ul[contains(@class, 'attributes-list')]/li"))
    article = listing(
        "taobao",
        number,
        title=plain(title),
        shop_name=plain(_js(literal, "shopName") or _js(literal, "sellerNick")),
        seller_id=seller,
        seller_url=shop_address(_js(literal, "url"), seller),
        image_urls=pictures(_js_list(literal, "auctionImages"), _js(literal, "pic")),
        **_common(prices, known, tree),
    )
    return _page("g-config", article, notice(answer))


def _item_config(answer: Answer) -> str | None:
    """The `g_config` with an item in it: there may be others, of the page's frame."""
    if answer.json is not None or "g_config" not in answer.text:
        return None
    return next((each for each in embedded_objects(answer.text, "g_config") if "idata" in each), None)


def _sku_prices(page: str) -> Iterator[Any]:
    yield from _map_prices(_json_object(page, "skuMap"))


@reader(layout="tshop-setup", seen="2020", kinds={"detail"})
def tshop_setup(answer: Answer) -> Page | None:
    """One article of Tmall; the argument of the call is JSON."""
    if answer.json is not None or "TShop.Setup" not in answer.text:
        return None
    setups = (literal_value(literal) for literal in embedded_objects(answer.text, "TShop.Setup"))
    setup = next((each for each in setups if item_id(first(each, "itemDO.itemId"))), None)
    if setup is None:
        return None
    tree = answer.html
    prices = money_range(first(setup, "detail.defaultItemPrice"))
    prices = (
        prices
        or _range(_map_prices(first(setup, "valItemInfo.skuMap")))
        or money_range(first(setup, "itemDO.reservePrice"))
    )
    seller = seller_id(first(setup, "itemDO.userId"))
    shop = tree.xpath("string(//a[contains(@class, 'slogo-shopname')])").get()
    known = attributes(_listed(tree, "//*[@id='J_AttrUL']/li"))
    article = listing(
        "tmall",
        str(item_id(first(setup, "itemDO.itemId"))),
        title=plain(first(setup, "itemDO.title")),
        shop_name=plain(shop) or plain(unquote(str(first(setup, "itemDO.sellerNickName") or ""))),
        seller_id=seller,
        seller_url=shop_address(tree.xpath("//a[contains(@class, 'slogo-shopname')]/@href").get(), seller),
        location=plain(first(setup, "itemDO.prov")),
        image_urls=pictures(first(setup, "propertyPics.default")) or pictures(_main_picture(tree)),
        **_common(prices, known, tree, brand=plain(first(setup, "itemDO.brand"))),
    )
    return _page("tshop-setup", article, _off_shelf(setup) or notice(answer))


def _off_shelf(setup: Mapping[str, Any]) -> str | None:
    if flag(first(setup, "itemDO.isOnline")) is False:
        return "itemDO.isOnline is false"
    return "detail.isDownShelf is true" if flag(first(setup, "detail.isDownShelf")) else None


def _main_picture(tree: Selector) -> str | None:
    return tree.xpath("//*[@id='J_ImgBooth']/@src").get()


def _common(
    prices: tuple[Decimal, Decimal] | None, known: dict[str, str], tree: Selector, *, brand: str | None = None
) -> dict[str, Any]:
    described = tree.xpath(_DESCRIPTION)[:MAX_ELEMENTS]
    shown = [
        image.root.get("data-ks-lazyload") or image.root.get("data-src") or image.root.get("src", "")
        for image in described
    ]
    return {
        "price_min": prices[0] if prices else None,
        "price_max": prices[1] if prices else None,
        "attributes": known,
        "brand": brand or known.get("品牌"),
        "description_image_urls": pictures(shown),
        "source": "detail",
    }


def _page(layout: str, article: Listing, gone: str | None) -> Page:
    article = replace(article, state="gone") if gone else article
    return Page(layout=layout, kind="detail", listings=(article,), gone=gone)


def _listed(tree: Selector, xpath: str) -> Iterator[tuple[str, str]]:
    """`品牌: X` of each list element."""
    for each in tree.xpath(xpath)[:MAX_ELEMENTS]:
        name, _, value = (words(each.root, MAX_TEXT) or "").replace("：", ":").partition(":")
        yield " ".join(name.split()), " ".join(value.split())


def _js(literal: str, name: str) -> str | None:
    """A string value of a JavaScript literal by its key."""
    found = re.search(rf"(?<![\w$]){name}{_STRING}", literal)
    written = _ESCAPE.sub(_unescaped, found.group(1) or found.group(2) or "") if found else None
    # An escape is half of a character outside of the first plane.
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if written else None


def _unescaped(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2)
    return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "r": "\r"}.get(escape.group(3), escape.group(3))


def _js_list(literal: str, name: str) -> list[str]:
    found = re.search(rf"(?<![\w$]){name}\s*:\s*\[([^\[\]]{{0,20000}})\]", literal)
    return re.findall(r"[\"']([^\"'\\]{1,1000})[\"']", found.group(1)) if found else []


def _json_object(page: str, marker: str) -> Any:
    literal = embedded_object(page, marker)
    return literal_value(literal) if literal else None


def _map_prices(sku_map: Any) -> Iterator[Any]:
    if isinstance(sku_map, dict):
        yield from (first(sku, "price") for sku in list(sku_map.values())[:1000])


def _range(values: Iterator[Any]) -> tuple[Decimal, Decimal] | None:
    known = [price for value in values if (price := money_range(value))]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None
