"""What AliExpress's detail page says before its JavaScript has run: its head, and nothing of the seller (2024 to 2026).

Since 2024 the server sends only a title, pictures and sometimes a price for search engines. That is no product that was
seen: it is read from saved files alone, with a warning and with `details` missing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_object, literal_value
from spiders.readers.aliexpress.parts import NAME, number_of
from spiders.readers.amounts import Money, currency_code, localised_money
from spiders.readers.fields import first, listing, pictures, plain, records

MAX_LD_JSON = 200_000  # characters; those seen have 2 kB
NOT_HYDRATED = "the page was saved before it was filled: no seller, no attributes, perhaps no price"
NOT_FOUND = "404 page"  # og:title of the page that stands, with status 200, where an article was

_OFFER = re.compile(r"^[^|]{0,40}\b(?:OFF|%)\s{0,3}\|\s*", re.I)  # "1.73US $ 32% OFF|"
_SITE = re.compile(
    r"(?:\s*\|[^|]{0,80}\|)?\s*[-|]\s*ali\s?express(?:\s[0-9]{1,4})?\s*$", re.I
)  # "|Caps|  - AliExpress 26"


@dataclass(frozen=True)
class Head:
    """Title and pictures for other sites' previews."""

    title: str | None
    pictures: tuple[str, ...]


@reader(layout="not-found", seen="2026", kinds={"detail"})
def not_found(answer: Answer) -> Page | None:
    """The site's own page for an article that is not there."""
    if answer.json is not None or NOT_FOUND not in answer.text:
        return None
    said = (_meta(answer.html, "og:title") or "").strip().lower() == NOT_FOUND
    return Page(layout="not-found", kind="detail", gone=f"og:title is {NOT_FOUND}") if said else None


@reader(layout="before-hydration", seen="2024..2026", kinds={"detail"})
def before_hydration(answer: Answer) -> Page | None:
    """The little that the head says, as what it is: `details` is missing, and there is a warning."""
    if answer.json is not None or "DCData" not in answer.text:
        return None
    tree = answer.html
    key, head = number_in_head(tree, answer.url), named_in_head(tree)
    if not key or not head.title:
        return None
    cost = priced_in_head(tree)
    article = listing(
        NAME,
        key,
        title=head.title,
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=cost.currency if cost else None,
        image_urls=pictures(_listed_pictures(answer.text), *head.pictures),
        source="detail",
        details="missing",
    )
    return Page(layout="before-hydration", kind="detail", listings=(article,), warnings=(NOT_HYDRATED,))


def number_in_head(tree: Selector, url: str | None) -> str | None:
    """The canonical id that the page says of itself; else that of the address it came from."""
    own = (tree.xpath("//link[@rel='canonical']/@href").get(), _meta(tree, "og:url"), url)
    return next((found for each in own if (found := number_of(each))), None)


def named_in_head(tree: Selector) -> Head:
    """Title and picture of the og: tags; the title without the offer before it and the site's name behind it."""
    title = _SITE.sub("", _OFFER.sub("", (_meta(tree, "og:title") or "")[:2000]))
    picture = _meta(tree, "og:image")
    return Head(plain(title), (picture,) if picture else ())


def priced_in_head(tree: Selector) -> Money | None:
    """The price for search engines (ld+json, schema.org Product); its number is written "1542."."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()").getall()[:10]:
        for each in _products(script[:MAX_LD_JSON]):
            offers = first(each, "offers")
            offer = offers[0] if isinstance(offers, list) and offers else offers
            cost = localised_money(first(offer, "price", "lowPrice"))
            if cost:
                return Money(cost.low, cost.high, currency_code(first(offer, "priceCurrency")))
    return None


def _products(script: str) -> list[Any]:
    try:
        value = json.loads(script)
    except (ValueError, RecursionError):
        return []
    things = records(value if isinstance(value, list) else [value])
    return [each for each in things if first(each, "@type") == "Product"]


def _listed_pictures(page: str) -> Any:
    literal = embedded_object(page, "DCData")
    return first(literal_value(literal) if literal else None, "imagePathList")


def _meta(tree: Selector, name: str) -> str | None:
    return tree.xpath(f"//meta[@property='{name}']/@content").get()
