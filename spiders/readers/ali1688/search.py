"""Result lists of 1688: by the page's own call (2024-26), in the page (2020-22), of one shop (2026)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, find_all, literal_value
from crawler.items import Listing
from crawler.marketplaces import query_value
from spiders.readers.ali1688.cells import offer, offer_id
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, first, flag, parameters, records, text
from spiders.readers.keywords import as_gbk, doubts, keyword_in

_KEYWORD = re.compile(r"[{,\s][\"']?(?:originalKeywords|keywords)[\"']?\s*[:=]\s*[\"']([^\"'\\\n]{1,200})[\"']")


@reader(layout="mtop-offers", seen="2024..2026", kinds={"search"})
def mtop_offers(answer: Answer) -> Page | None:
    """Goods of a `getOfferList` answer. Other calls of the same interface come with a page; they have no OFFER."""
    block = next((each for each in find_all(answer.json, "OFFER") if _is_block(each)), None)
    if block is None:
        return None
    total = count(first(block, "found"))
    asked = _asked(answer.url)
    query = _searched(asked) or keyword_in(answer.url, "keywords")
    page = count(first(asked, "beginPage"))
    nothing = "OFFER.found is 0" if total == 0 else None
    cells = [cell for cell in records(block.get("items")) if _is_offer(cell)]
    return page_of_cards(
        "mtop-offers",
        (offer(_payload(cell), n, query=query, loosened=nothing is not None) for n, cell in enumerate(cells, 1)),
        total=total,
        query=query,
        page=page,
        pages=page if flag(block.get("hasMore")) is False else None,
        empty=nothing,
        warnings=doubts(None, query),
    )


def _is_block(value: Any) -> bool:
    return isinstance(value, dict) and (isinstance(value.get("items"), list) or "found" in value)


def _is_offer(cell: Mapping[str, Any]) -> bool:
    """Between the offers stand cells of other kinds: words to refine the search, banners."""
    kind = cell.get("cellType")
    return offer_id(_payload(cell)) is not None or (isinstance(kind, str) and kind.endswith("_offer"))


def _payload(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    data = cell.get("data")
    return data if isinstance(data, dict) else {}


def _asked(url: str | None) -> Mapping[str, Any]:
    """What the page's own call asked for."""
    return parameters(parameters(query_value(url or "", "data")).get("params"))


def _searched(asked: Mapping[str, Any]) -> str | None:
    return as_gbk(first(asked, "keywords", "keyword"), asked.get("charset"))


@reader(layout="offer-list", seen="2020..2026", kinds={"search"})
def offer_list(answer: Answer) -> Page | None:
    """`offerList` of an answer, or of `offerresultData = successDataCheck({...})` in the page."""
    data = next((each for value in _values(answer) for each in _with_offers(value)), None)
    if data is None:
        return None
    total = count(first(data, "totalCount", "found", "total"))
    pages = count(first(data, "pageCount"))
    nothing = "totalCount is 0" if total == 0 else "pageCount is 0" if total is None and pages == 0 else None
    asked = keyword_in(answer.url, "keywords")
    query = _searched(_asked(answer.url)) or said_keyword(answer) or asked
    cards = records(data.get("offerList"))
    return page_of_cards(
        "offer-list",
        (offer(card, n, query=query, loosened=nothing is not None) for n, card in enumerate(cards, 1)),
        total=total,
        query=query,
        page=count(first(data, "beginPage", "currentPage")) or count(keyword_in(answer.url, "beginPage")),
        pages=pages,
        empty=nothing,
        warnings=doubts(asked, query),
    )


def _values(answer: Answer) -> Iterator[Any]:
    if answer.json is not None:
        yield answer.json
        return
    for marker in ("successDataCheck", "offerresultData"):
        if marker in answer.text:
            yield from (literal_value(literal) for literal in embedded_objects(answer.text, marker))


def _with_offers(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that hold a list of offers, or say that there are none."""
    for data in (value, *find_all(value, "data")):
        goods = data.get("offerList") if isinstance(data, dict) else None
        if isinstance(goods, list) and (any(map(offer_id, records(goods))) or (not goods and _says_none(data))):
            yield data


def _says_none(data: Mapping[str, Any]) -> bool:
    return any(count(data.get(name)) == 0 for name in ("totalCount", "pageCount", "found"))


def said_keyword(answer: Answer) -> str | None:
    """What a page says that it searched for, in its own script."""
    found = _KEYWORD.search(answer.text) if answer.json is None else None
    return text(found.group(1)) if found else None


@reader(layout="shop-offers", seen="2026", kinds={"shop"})
def shop_offers(answer: Answer) -> Page | None:
    """Goods of one shop, by the call of its page's module."""
    content = first(answer.json, "data.content")
    goods = content.get("offerList") if isinstance(content, dict) else None
    if not isinstance(goods, list) or not isinstance(content, dict):
        return None
    total = count(first(content, "offerCount"))
    asked = _asked(answer.url)
    cards = (_shop_card(card, n) for n, card in enumerate(records(goods), 1))
    return page_of_cards(
        "shop-offers",
        cards,
        kind="shop",
        total=total,
        page=count(first(asked, "pageNum") or first(parameters(asked.get("appdata")), "pageNum")),
        empty="offerCount is 0" if total == 0 and not goods else None,
    )


def _shop_card(card: Mapping[str, Any], position: int) -> Listing | None:
    found = offer(card, position)
    sold = text(first(card, "vagueSaleQuantity", "bookedCount"))
    return replace(found, source="shop", sold=count(sold), sold_text=sold) if found else None
