"""AliExpress's detail page until 2018: `window.runParams.minPrice = "..."` and the document (seen 2017)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.markup import words
from spiders.readers.aliexpress.parts import NAME, brand_of, number, price, span, store_address
from spiders.readers.amounts import currency_code, localised_count
from spiders.readers.fields import MAX_TEXT, attributes, count, first, listing, pictures, plain, seller_id, text

LAYOUT = "run-params-scalars"
MAX_SCALARS = 500  # of one page; real ones have about 90
MAX_ROWS = 200

_SCALAR = re.compile(
    r"runParams\.(\w{1,40})\s{0,9}=\s{0,9}(?:\"([^\"\n]{0,1000})\"|'([^'\n]{0,1000})'|([\w.-]{1,30}))\s{0,9};", re.A
)
_PICTURES = re.compile(r"runParams\.imageBigViewURL\s{0,9}=\s{0,9}\[([^\]]{0,20000})\]")
_QUOTED = re.compile(r"[\"']([^\"'\s]{1,1000})[\"']")


@reader(layout=LAYOUT, seen="2017", kinds={"detail"})
def run_params_scalars(answer: Answer) -> Page | None:
    """One article; its price is the one before the discount of the day, which `actMinPrice` has."""
    if answer.json is not None or "runParams.productId" not in answer.text:
        return None
    known = dict(_scalars(answer.text))
    key = number(known.get("productId"))
    if not key:
        return None
    article = _article(key, known, answer)
    gone = "window.runParams.offline is true" if known.get("offline") == "true" else None
    if not article.title and not gone:
        return None
    article = replace(article, state="gone") if gone else article
    return Page(layout=LAYOUT, kind="detail", listings=(article,), gone=gone)


def _scalars(page: str) -> Iterator[tuple[str, str]]:
    for number_, found in enumerate(_SCALAR.finditer(page)):
        if number_ == MAX_SCALARS:
            return
        yield found.group(1), next(value for value in found.groups()[1:] if value is not None)


def _article(key: str, known: Mapping[str, str], answer: Answer) -> Listing:
    tree = answer.html
    cost = span([price(first(known, "minPrice")), price(first(known, "maxPrice"))])
    sold = _text(tree, "//*[@id='j-order-num']") or text(first(known, "productTradeCount"))
    stock = count(first(known, "totalAvailQuantity"))
    shop = tree.xpath("//a[contains(@class, 'store-lnk')]")
    rows = attributes(_rows(tree))
    listed = _PICTURES.search(answer.text)
    return listing(
        NAME,
        key,
        title=plain(_text(tree, "//h1[contains(@class, 'product-name')]")),
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=currency_code(first(known, "currencyCode", "baseCurrencyCode")),
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=plain(shop.xpath("@title").get() or _text(tree, "//a[contains(@class, 'store-lnk')]")),
        seller_id=seller_id(first(known, "adminSeq")),
        seller_url=store_address(shop.xpath("@href").get()),
        location=plain(_text(tree, "//*[contains(@class, 'store-address')]")),
        image_urls=pictures(_QUOTED.findall(listed.group(1)) if listed else None, first(known, "mainBigPic")),
        attributes=rows,
        brand=brand_of(rows),
        stock=stock,
        source="detail",
        state="sold_out" if stock == 0 else "live",
    )


def _rows(tree: Selector) -> Iterator[tuple[str, str]]:
    for row in tree.xpath("//li[contains(@class, 'property-item')]")[:MAX_ROWS]:
        name = _text(row, ".//*[contains(@class, 'propery-title')]")  # the site's own spelling
        yield (name or "").rstrip(" :："), _text(row, ".//*[contains(@class, 'propery-des')]") or ""


def _text(tree: Selector, xpath: str) -> str | None:
    found = tree.xpath(f"({xpath})[1]")
    return " ".join((words(found[0].root, MAX_TEXT) or "").split()) or None if found else None
