"""Taobao's search page as it was until 2019: the data of the page inline, `g_page_config = {...}` (seen 2017, 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, literal_value
from crawler.items import Listing
from crawler.marketplaces import identify
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import (
    count,
    first,
    flag,
    item_id,
    listing,
    money,
    pictures,
    plain,
    records,
    seller_id,
    seller_of,
    shop_address,
    text,
)

MARKER = "g_page_config"


@reader(layout="g-page-config", seen="2017..2018", kinds={"search"})
def g_page_config(answer: Answer) -> Page | None:
    """Goods of the object itself, or of the page that holds it."""
    mods = _mods(answer)
    if mods is None:
        return None
    data = first(mods, "itemlist.data")
    goods = first(data, "auctions")
    nothing = _proof_of_nothing(mods)
    query = plain(first(data, "query") or first(mods, "noresult.data.queryShow") or first(mods, "header.data.q"))
    cards = (
        _card(item, position, nothing is not None, query)
        for position, item in enumerate(goods if isinstance(goods, list) else [], 1)
    )
    pager = first(mods, "pager.data", "sortbar.data.pager")  # a single page shows no pager
    return page_of_cards(
        "g-page-config",
        cards,
        total=count(first(pager, "totalCount")),
        page=count(first(pager, "currentPage")),
        pages=count(first(pager, "totalPage")),
        empty=nothing,
    )


def _mods(answer: Answer) -> Mapping[str, Any] | None:
    if isinstance(answer.json, dict):
        return _modules(answer.json)
    found = (_modules(literal_value(literal)) for literal in embedded_objects(answer.text, MARKER))
    return next((mods for mods in found if mods is not None), None)


def _modules(value: Any) -> Mapping[str, Any] | None:
    mods = first(value, "mods")
    known = isinstance(mods, dict) and ("noresult" in mods or isinstance(first(mods, "itemlist.data.auctions"), list))
    return mods if known else None


def _proof_of_nothing(mods: Mapping[str, Any]) -> str | None:
    if first(mods, "noresult.status") != "show":
        return None
    code = text(first(mods, "noresult.data.noResultCode"), limit=20)
    return "mods.noresult is shown" + (f", code {code}" if code else "")


def _card(item: Any, position: int, nothing: bool, query: str | None) -> Listing | None:
    link = first(item, "detail_url")
    named = identify(link) if isinstance(link, str) else None
    number = item_id(first(item, "nid")) or (named.item_id if named else None)
    if not number:
        return _theme_card(item, position, query)
    is_tmall = flag(first(item, "shopcard.isTmall")) or (named is not None and named.marketplace == "tmall")
    seller = seller_id(first(item, "user_id"), seller_of(first(item, "shopLink")))
    price = money(first(item, "view_price"))
    return listing(
        "tmall" if is_tmall or _has_tmall_icon(item) else "taobao",
        number,
        title=plain(first(item, "title", "raw_title")),
        price_min=price,
        price_max=price,
        sold=count(first(item, "view_sales")),
        sold_text=text(first(item, "view_sales")),
        shop_name=plain(first(item, "nick")),
        seller_id=seller,
        seller_url=shop_address(first(item, "shopLink"), seller),
        location=plain(first(item, "item_loc")),
        image_urls=pictures(first(item, "pic_url")),
        is_ad=bool(flag(first(item, "p4p"))) or "//click.simba.taobao.com/" in str(link),
        is_recommended=nothing or bool(first(item, "recommend_nav")),
        position=position,
        query=query,
    )


def _has_tmall_icon(item: Mapping[str, Any]) -> bool:
    return any("tianmao" in str(first(icon, "icon_key", "dom_class")) for icon in records(item.get("icon")))


def _theme_card(item: Any, position: int, query: str | None) -> Listing | None:
    """A card among the goods that leads to a theme (new of the brand, ...) and shows the picture of one article."""
    number = item_id(first(item, "activity.item"))
    if not number:
        return None
    return listing(
        "taobao",
        number,
        image_urls=pictures(first(item, "activity.image")),
        is_ad=False,
        is_recommended=True,
        position=position,
        query=query,
    )
