"""A seller's own list of products (`<seller>.en.alibaba.com/productlist.html`): as public code of 2023-26 reads it.

Its data is URL-encoded JSON in an attribute. No capture of such a page is known, so the layout may differ in parts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from crawler.answers import Answer, Page, reader
from crawler.decoding import MAX_BODY, find_all
from crawler.items import Listing
from crawler.marketplaces import identify
from spiders.readers.amounts import localised_count, localised_money
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, first, item_id, listing, pictures, plain, records, text
from spiders.readers.wholesale import prices, quantity, seller_home

MAX_MODULES = 100  # of one page that are looked at


@reader(layout="shop-module", seen="2023..2026", kinds={"shop"})
def shop_module(answer: Answer) -> Page | None:
    """The module with a `productList`; `pageNavView` beside it says how many there are."""
    if answer.json is not None or "module-data" not in answer.text:
        return None
    data = next((each for each in _modules(answer) if isinstance(each.get("productList"), list)), None)
    if data is None:
        return None
    total = count(first(data, "pageNavView.totalLines"))
    home = seller_home(answer.url)
    return page_of_cards(
        "shop-module",
        (_card(item, n, home) for n, item in enumerate(records(data["productList"]), 1)),
        kind="shop",
        total=total,
        page=count(first(data, "pageNavView.currentPage")),
        empty="pageNavView.totalLines is 0" if total == 0 else None,
    )


def _modules(answer: Answer) -> Iterator[Mapping[str, Any]]:
    for packed in answer.html.xpath("//@module-data").getall()[:MAX_MODULES]:
        try:
            tree = json.loads(unquote(packed[:MAX_BODY]))
        except (ValueError, RecursionError):
            continue
        yield from (each for each in find_all(tree, "data") if isinstance(each, dict))


def _card(item: Mapping[str, Any], position: int, home: str | None) -> Listing | None:
    link = first(item, "url")
    named = identify("//www.alibaba.com" + link) if isinstance(link, str) and link.startswith("/product") else None
    number = item_id(first(item, "id", "productId")) or (named.item_id if named else None)
    if not number:
        return None
    shown = localised_money(first(item, "fobPriceWithoutUnit", "fobPrice"))
    sold = text(first(item, "prodSold180"))
    return listing(
        "alibaba",
        number,
        title=plain(first(item, "subject")),
        **prices((), shown and (shown.low, shown.high)),
        currency=shown.currency if shown else None,
        moq=quantity(first(item, "moq")),
        sold=localised_count(sold),
        sold_text=sold,
        seller_url=home,
        image_urls=pictures(list(_pictures(item))),
        position=position,
        source="shop",
    )


def _pictures(item: Mapping[str, Any]) -> Iterator[Any]:
    for each in (*records(first(item, "imageUrlList")), first(item, "imageUrls")):
        yield first(each, "original", "x350", "x140")
