"""What wholesale sites say beyond a shop's: least quantities, prices by quantity, the seller's own address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from crawler.items import PriceTier
from crawler.marketplaces import absolute
from spiders.readers.fields import money

MAX_QUANTITY = 10**9  # pieces of one order
MAX_CONTENT = 500_000  # characters of a description
MAX_TIERS = 20  # steps of one listing; the sites allow three or four

_QUANTITY = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]{1,12})(?![0-9]|[.,][0-9])\s*(万)?")
_SELLER_HOST = re.compile(r"([a-z0-9][a-z0-9-]{0,62})\.(?:m\.)?((?:en\.alibaba|1688)\.com)")  # FACTS 3, 4
# Hosts of 1688 itself; every other one of it is a seller's.
_IMAGE = re.compile(r"<img\b[^<]{1,4000}", re.I)
_SOURCE = re.compile(r"\s(?:data-\w{0,20}-?)?src\s*=\s*\\?[\"']([^\"'\\]{1,1000})", re.I)
_NO_SELLER = re.compile(
    r"www|m|s|p4p\w*|re|dj|qr|detail|air|login|passport|punish|work|me|cxt|show|view|page|sale|search|winport|shopmp"
    r"|h5api|offer|trade|activity|go|club|laputa|design|exodus|widget|similar|data"
)


def quantity(value: Any) -> int | None:
    """The first whole number in "Min. order: 1,000 pieces", "≥2件", "2~49", 50; None when there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value <= MAX_QUANTITY else None
    found = _QUANTITY.search(unicodedata.normalize("NFKC", value[:100])) if isinstance(value, str) else None
    if not found:
        return None
    number = int(found.group(1).replace(",", "").replace(".", "")) * (10_000 if found.group(2) else 1)
    return number if 0 < number <= MAX_QUANTITY else None


def tiers(steps: Iterable[tuple[Any, Any]]) -> tuple[PriceTier, ...]:
    """(least quantity, price) as steps, the smallest quantity first.

    Prices at one and the same quantity are those of colours and sizes, no steps: then there are none.
    """
    found: dict[int, Decimal] = {}
    for _, (least, amount) in zip(range(MAX_TIERS), steps, strict=False):
        number, price = quantity(least), money(amount)
        if number is None or price is None:
            continue
        if found.setdefault(number, price) != price:
            return ()
    return tuple(PriceTier(quantity=number, price=found[number]) for number in sorted(found))


def prices(ladder: Iterable[PriceTier], *others: tuple[Decimal, Decimal] | None) -> dict[str, Decimal]:
    """`price_min` (of the largest quantity) and `price_max` (of the smallest): by the steps, else by the others."""
    steps = [step.price for step in ladder]
    shown = (min(steps), max(steps)) if steps else next((other for other in others if other), None)
    return {"price_min": shown[0], "price_max": shown[1]} if shown else {}


def least(ladder: Iterable[PriceTier], *values: Any) -> int | None:
    """The least quantity of an order: as it is said, else where the steps begin."""
    said = next((number for value in values if (number := quantity(value))), None)
    return said or next((step.quantity for step in ladder), None)


def seller_home(*urls: Any) -> str | None:
    """The first of these addresses that is on a seller's own host, without what follows the host."""
    for url in urls:
        try:
            host = (urlsplit(absolute(url)).hostname or "").lower() if isinstance(url, str) and url.strip() else ""
        except ValueError:
            continue
        found = _SELLER_HOST.fullmatch(host)
        if found and not _NO_SELLER.fullmatch(found.group(1)):
            return f"https://{found.group(1)}.{found.group(2)}/"
    return None


def picture_sources(content: Any) -> list[str]:
    """Addresses of the pictures in a description that is given as HTML in a string."""
    shown = _IMAGE.findall(content[:MAX_CONTENT]) if isinstance(content, str) else []
    return [source for image in shown for source in _SOURCE.findall(image)]
