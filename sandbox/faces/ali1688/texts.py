"""Numbers, names and addresses as 1688 writes them (FACTS 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from sandbox.catalogue import Goods
from sandbox.pictures import Pictures
from sandbox.texts import ad_token, cents_text, digits, rounded_down

# What the site calls GBK; its superset has a code for every character, so that no query is lost.
GBK = "gb18030"
UNIT = "件"
# A catalogue knows the price of the smallest order and of the largest; this many times the smallest is a large one.
LARGE_ORDER = 100
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder of prices: the unit price of an order of so many, at least."""

    quantity: int
    price: Decimal


def ladder(goods: Goods) -> tuple[Rung, ...]:
    """The smallest order first. One rung when there is one price (DESIGN section 8)."""
    smallest = goods.moq or 1
    first = Rung(smallest, goods.price_max)
    return (first,) if goods.price_min == goods.price_max else (first, Rung(smallest * LARGE_ORDER, goods.price_min))


def ladder_texts(goods: Goods) -> list[dict[str, str]]:
    """The ladder as a card has it: 2-199件, ≥200件."""
    rungs = ladder(goods)
    ends = [f"{rung.quantity}-{following.quantity - 1}" for rung, following in pairwise(rungs)]
    texts = [*ends, f"≥{rungs[-1].quantity}"]
    return [{"quantity": text + UNIT, "value": cents_text(rung.price)} for text, rung in zip(texts, rungs, strict=True)]


def price_range(goods: Goods) -> str:
    """20.50-41.50, or one price."""
    low, high = cents_text(goods.price_min), cents_text(goods.price_max)
    return low if low == high else f"{low}-{high}"


def sales_text(sold: int | None) -> str:
    """Sales as a card words them: 已售99件, 已售1.1万+件."""
    return "" if sold is None else f"已售{rounded_down(sold)}{UNIT}"


def gbk_percent(keyword: str) -> str:
    """A keyword as addresses and calls carry it."""
    return quote_from_bytes(keyword.encode(GBK, errors="replace"), safe="")


def percent_bytes(text: str) -> bytes:
    """What percent signs stand for; a plus is a blank, as forms have it."""
    return unquote_to_bytes(text.replace("+", " "))


def shop_label(seller_id: str) -> str:
    """The first label of a shop's host: shop and 13 digits that always go with the seller."""
    return f"shop{digits(seller_id, 13)}"


def own_label(seller_id: str) -> str | None:
    """The seller's member id as a label, which leads to the shop too; None when it cannot be one."""
    label = seller_id.lower()
    return label if _LABEL.fullmatch(label) else None


def shop_address(seller_id: str) -> str:
    """Where a seller's shop is."""
    return f"https://{shop_label(seller_id)}.1688.com"


def item_address(goods: Goods) -> str:
    """Where an offer stands."""
    return f"https://detail.1688.com/offer/{goods.item_id}.html"


def ad_address(goods: Goods, query: str) -> str:
    """Where an ad leads; the id is not in it (FACTS 0.1)."""
    sealed = f"{ad_token(goods)}-{quote(query[:100], safe='')}"
    return f"https://dj.1688.com/ci_bb?a={digits(goods.seller_id, 10)}&e={sealed}&v=4&ap=1&rp=1"


def token_of(ad: Mapping[str, str]) -> str:
    """What the query of an ad's address says about its offer: its `ad_token`."""
    return ad.get("e", "").partition("-")[0]


def picture_addresses(names: tuple[str, ...], pictures: Pictures) -> list[str]:
    """Originals, absolute."""
    return [f"https://cbu01.alicdn.com/img/ibank/{pictures.file_name(name, '-0-cib')}" for name in names]


def smaller(address: str, size: str, turn: int) -> str:
    """The address of a smaller picture, in one of the forms that the site mixes (FACTS 0.2); the original at times."""
    stem, _, extension = address.rpartition(".")
    forms = (f"{address}_{size}q90.jpg_.webp", f"{address}_{size}xz.jpg", address)
    # The dotted form is known of .jpg alone.
    return f"{stem}.{size}.jpg" if extension == "jpg" and turn % 4 == 3 else forms[turn % 3]
