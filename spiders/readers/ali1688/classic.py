"""One offer's page of 1688 as it was until 2019: `iDetailConfig`, `iDetailData`, the rest in the document; GBK."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, literal_value
from crawler.markup import words
from spiders.readers.fields import (
    MAX_TEXT,
    attributes,
    count,
    first,
    item_id,
    listing,
    money_range,
    pictures,
    plain,
    seller_id,
    text,
)
from spiders.readers.gone import notice
from spiders.readers.wholesale import least, prices, seller_home, tiers

MAX_ELEMENTS = 500  # of one kind that are looked at
_NAMED = re.compile(r"(?:^|;)\s*([a-z]{1,20})\s*=\s*([^;]{1,200})")
_PRICE_BOX = "//*[@id='mod-detail-price']"


@reader(layout="idetail-config", seen="2019", kinds={"detail"})
def idetail_config(answer: Answer) -> Page | None:
    """One offer. Of the seller's contact nothing is read."""
    if answer.json is not None or "iDetailConfig" not in answer.text:
        return None
    config = next((each for each in _literals(answer, "iDetailConfig") if item_id(first(each, "offerid"))), None)
    if config is None:
        return None
    tree = answer.html
    sku: Any = next((found for each in _literals(answer, "iDetailData") if (found := first(each, "sku"))), {})
    ladder = tiers(_pairs(first(sku, "priceRange"))) or tiers(_steps(tree))
    known = attributes(_attributes(tree))
    seller, place = _meta(tree, "og:product:nick"), _meta(tree, "location")
    sold = text(first(sku, "saleCount"))
    stock = count(first(sku, "canBookCount"))
    article = listing(
        "1688",
        str(item_id(first(config, "offerid"))),
        title=plain(tree.xpath("string(//h1[contains(@class, 'd-title')])").get() or _og(tree, "og:title")),
        **prices(ladder if len(ladder) > 1 else (), *_shown(tree, sku, config)),
        moq=least(ladder, first(config, "beginAmount")),
        price_tiers=ladder,
        sold=count(sold),
        sold_text=sold,
        stock=stock,
        shop_name=plain(seller.get("name") or tree.xpath("//*[contains(@class, 'company-name')]/@title").get()),
        seller_id=seller_id(first(config, "memberid")),
        seller_url=seller_home(first(config, "companySiteLink"), seller.get("url")),
        location=plain(" ".join(filter(None, (place.get("province"), place.get("city"))))),
        image_urls=pictures(list(_pictures(tree)), _og(tree, "og:image")),
        attributes=known,
        brand=known.get("品牌"),
        source="detail",
        state="sold_out" if stock == 0 else "live",
    )
    gone = notice(answer)
    listings = (replace(article, state="gone") if gone else article,)
    return Page(layout="idetail-config", kind="detail", listings=listings, gone=gone)


def _literals(answer: Answer, marker: str) -> Iterator[Any]:
    return (literal_value(literal) for literal in embedded_objects(answer.text, marker))


def _pairs(rows: Any) -> Iterator[tuple[Any, Any]]:
    """[[2, "35.00"], [50, "33.00"]]."""
    for row in rows[:20] if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == 2:
            yield row[0], row[1]


def _steps(tree: Selector) -> Iterator[tuple[Any, Any]]:
    """The table of prices and quantities; each cell may say the same as JSON."""
    ranges = [_json(each) for each in tree.xpath(f"{_PRICE_BOX}//@data-range").getall()[:20]]
    if any(first(each, "price") for each in ranges):
        yield from ((first(each, "begin"), first(each, "price")) for each in ranges)
        return
    yield from zip(_values(tree, "amount"), _values(tree, "price"), strict=False)


def _values(tree: Selector, row: str) -> list[str]:
    cells = tree.xpath(f"{_PRICE_BOX}//tr[contains(@class, '{row}')]//*[contains(@class, 'value')]")[:20]
    return [words(cell.root, MAX_TEXT) or "" for cell in cells]


def _shown(tree: Selector, sku: Any, config: Any) -> Iterator[tuple[Decimal, Decimal] | None]:
    yield money_range(first(sku, "price"))
    for value in _values(tree, "price"):
        yield money_range(value)
    yield money_range(first(config, "refPrice"))


def _attributes(tree: Selector) -> Iterator[tuple[str, str]]:
    """Name and value stand in cells side by side."""
    for name in tree.xpath("//td[contains(@class, 'de-feature')]")[:MAX_ELEMENTS]:
        value = name.xpath("following-sibling::td[1][contains(@class, 'de-value')]")
        if value:
            yield _words(name), _words(value[0])


def _words(cell: Selector) -> str:
    return " ".join((words(cell.root, MAX_TEXT) or "").split())


def _pictures(tree: Selector) -> Iterator[str]:
    for packed in tree.xpath("//li[contains(@class, 'tab-trigger')]/@data-imgs").getall()[:MAX_ELEMENTS]:
        address = first(_json(packed), "original", "preview")
        if isinstance(address, str):
            yield address


def _json(packed: str) -> Any:
    try:
        return json.loads(packed[:10_000])
    except (ValueError, RecursionError):
        return None


def _og(tree: Selector, name: str) -> str | None:
    return tree.xpath("//meta[@property=$name]/@content", name=name).get()


def _meta(tree: Selector, name: str) -> dict[str, str]:
    """`name=X; url=//Y` of a meta element."""
    content = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name).get() or ""
    return {key: value.strip() for key, value in _NAMED.findall(content[:2000])}
