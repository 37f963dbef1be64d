"""Answers of the open platform: `product.search.keywordQuery`, `imageQuery` (from its documents, 2026)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import find_all
from crawler.items import Listing
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, first, item_id, listing, money_range, pictures, plain, records, text
from spiders.readers.wholesale import prices, quantity


@reader(layout="keyword-query", seen="2026", kinds={"api"})
def keyword_query(answer: Answer) -> Page | None:
    """Goods of one page of the answer; titles are Chinese, a translation stands beside each."""
    result = next((each for each in find_all(answer.json, "result") if _is_result(each)), None)
    if result is None:
        return None
    total = count(first(result, "totalRecords"))
    cards = (_card(item, n) for n, item in enumerate(records(result.get("data")), 1))
    return page_of_cards(
        "keyword-query",
        cards,
        kind="api",
        total=total,
        page=count(first(result, "currentPage")),
        pages=count(first(result, "totalPage")),
        empty="totalRecords is 0" if total == 0 else None,
    )


def _is_result(value: Any) -> bool:
    return isinstance(value, dict) and "totalRecords" in value and isinstance(value.get("data"), list | None)


def _card(item: Mapping[str, Any], position: int) -> Listing | None:
    number = item_id(first(item, "offerId"))
    if not number:
        return None
    sold = text(first(item, "monthSold"))
    return listing(
        "1688",
        number,
        title=plain(first(item, "subject", "subjectTrans")),
        **prices((), money_range(first(item, "priceInfo.price")), money_range(first(item, "priceInfo.consignPrice"))),
        moq=quantity(first(item, "minOrderQuantity")),
        sold=count(sold),
        sold_text=sold,
        image_urls=pictures(first(item, "imageUrl")),
        position=position,
    )
