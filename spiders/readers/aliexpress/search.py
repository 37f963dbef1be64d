"""AliExpress's result pages: the data that the server puts in the page, and the same as saved JSON (FACTS 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from spiders.readers.aliexpress.parts import (
    NAME,
    bearing,
    init_data,
    number,
    number_of,
    price,
    run_params,
    searched,
    store_address,
)
from spiders.readers.amounts import Money, currency_code, localised_count, localised_money
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import (
    count,
    first,
    flag,
    listing,
    money,
    parameters,
    pictures,
    plain,
    records,
    seller_id,
    text,
)

MAX_PAGES = 60  # of one query that the site shows
OF_A_CARD = ("prices", "price", "title", "image", "imageUrl", "trade")  # one of them beside the id makes a card


@reader(layout="init-data", seen="2023..2026", kinds={"search"})
def search_data(answer: Answer) -> Page | None:
    """Goods in `_init_data_` of a server-rendered page."""
    if answer.json is not None:
        return None
    pages = (_page("init-data", tree, answer) for tree in init_data(answer))
    return next((page for page in pages if page), None)


@reader(layout="item-list", seen="2024..2026", kinds={"search"})
def item_list(answer: Answer) -> Page | None:
    """The same data as JSON: all of it, the answer of a call, or the bare list `itemList.content`."""
    if answer.json is None:
        return None
    page = _page("item-list", answer.json, answer)
    goods = None if page else _goods(answer.json)
    if page or not goods or not any(_is_card(item) for item in goods):
        return page
    return _of_goods("item-list", goods, None, answer)


@reader(layout="run-params-mods", seen="2021..2022", kinds={"search"})
def run_params_mods(answer: Answer) -> Page | None:
    """Goods in `window.runParams = {mods: {itemList}}`; the cards are those of today."""
    if answer.json is not None or not any(name in answer.text for name in ("itemList", "searchTips")):
        return None
    pages = (_page("run-params-mods", tree, answer) for tree in run_params(answer))
    return next((page for page in pages if page), None)


@reader(layout="run-params-items", seen="2019..2020", kinds={"search"})
def run_params_items(answer: Answer) -> Page | None:
    """Goods in `window.runParams = {resultCount, items: [...]}`: flat cards, prices as text."""
    if answer.json is None and "resultCount" not in answer.text:
        return None
    trees = [answer.json] if answer.json is not None else run_params(answer)
    node = next((found for tree in trees if (found := bearing(tree, "items"))), None)
    goods = _goods(first(node, "items")) or []
    total = count(first(node, "resultCount"))
    nothing = "resultCount is 0" if total == 0 and not goods else None
    if not nothing and not any(map(_is_card, goods)):
        return None
    cards = (_card(item, position, searched(answer.url)) for position, item in enumerate(goods, 1))
    return page_of_cards("run-params-items", cards, total=total, empty=nothing)


def _page(layout: str, tree: Any, answer: Answer) -> Page | None:
    node = bearing(tree, "mods")
    mods = node["mods"] if node else None
    if node is None or not isinstance(mods, dict):
        return None
    info = first(node, "pageInfo")
    goods = _goods(mods)
    nothing = _proof_of_nothing(mods, info) if goods is None else None
    return _of_goods(layout, goods or [], info, answer, nothing)


def _proof_of_nothing(mods: Mapping[str, Any], info: Any) -> str | None:
    """Tips for another search where goods should be, or the site's own word for it."""
    if "itemList" in mods:
        return None
    if "searchTips" in mods:
        return "mods.searchTips, and no itemList"
    return "searchResultType is zero_result" if first(info, "searchResultType") == "zero_result" else None


def _goods(value: Any) -> list[Any] | None:
    """The cards: a list, or an object whose keys are their places; None where there is no such thing."""
    found = value if isinstance(value, list) else first(value, "itemList.content", "itemList", "content")
    if isinstance(found, dict):
        places = sorted((int(key), card) for key, card in found.items() if key.isdecimal() and len(key) < 7)
        found = [card for _, card in places]
    return found if isinstance(found, list) and found else None


def _is_card(item: Any) -> bool:
    return isinstance(item, dict) and "productId" in item and any(key in item for key in OF_A_CARD)


def _of_goods(layout: str, goods: list[Any], info: Any, answer: Answer, nothing: str | None = None) -> Page:
    query = searched(answer.url)
    page, total = count(first(info, "page")), count(first(info, "totalResults"))
    return page_of_cards(
        layout,
        (_card(item, position, query) for position, item in enumerate(goods, 1)),
        total=total,
        page=page,
        pages=_pages(page, total, info),
        empty=nothing,
    )


def _pages(page: int | None, total: int | None, info: Any) -> int | None:
    """`finished` is truer than the total, which may claim far more than the site shows."""
    if page and flag(first(info, "finished")):
        return page
    size = count(first(info, "pageSize"))
    return min(-(-total // size), MAX_PAGES) if total and size else None


def _card(item: Any, position: int, query: str | None) -> Listing | None:
    log = first(item, "trace.utLogMap")
    key = number(first(log, "x_object_id"), first(item, "productId")) or number_of(first(item, "productDetailUrl"))
    if not key:
        return None
    cost = _price(item)
    shown = text(first(item, "trade.tradeDesc", "tradeDesc"))
    exact = count(first(log, "real_trade_count"))
    return listing(
        NAME,
        key,
        title=plain(first(item, "title.displayTitle", "title.seoTitle", "title")),
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=cost.currency if cost else None,
        sold=exact if exact is not None else localised_count(shown),
        sold_text=shown,
        shop_name=plain(first(item, "store.storeName")) or _advertiser(item),
        seller_id=seller_id(first(item, "store.aliMemberId")),
        seller_url=store_address(first(item, "store.storeUrl"), first(item, "store.storeId")),
        image_urls=pictures(first(item, "image.imgUrl", "imageUrl"), _gallery(item)),
        is_ad=_is_ad(item),
        position=position,
        query=query,
    )


def _price(item: Any) -> Money | None:
    """What is asked now, else the price that is struck out; a number goes before its text."""
    for path in ("prices.salePrice", "prices.originalPrice"):
        amount = first(item, path)
        shown = localised_money(first(amount, "formattedPrice"))
        low = money(first(amount, "minPrice")) or (shown.low if shown else None)
        if low is not None:
            high = max(low, money(first(amount, "maxPrice")) or low, shown.high if shown else low)
            return Money(low, high, currency_code(first(amount, "currencyCode")) or (shown.currency if shown else None))
    return price(first(item, "price")) or price(first(item, "trace.utLogMap.formatted_price"))


def _gallery(item: Any) -> list[Any]:
    return [first(each, "imgUrl") for each in records(first(item, "images"))]


def _is_ad(item: Any) -> bool | None:
    kind = first(item, "productType")
    if kind == "ad" or first(item, "p4p"):
        return True
    return False if kind else None


def _advertiser(item: Any) -> str | None:
    """The shop of a card without one, in what it sends along when it is clicked (seen 2026, ja.aliexpress.com)."""
    return plain(first(parameters(first(item, "trace.custom.p4pExtendParam")), "store_name"))
