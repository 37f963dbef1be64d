"""Numbers, names and addresses as Alibaba.com writes them (FACTS 4)."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from sandbox.catalogue import Goods

_SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "CNY": "CN¥"}
_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
# Slugs seen end near 100 characters; they are decoration.
MAX_SLUG = 100
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def amount(price: Decimal) -> str:
    """0.50, 1,200.00, 0.005: two decimals at least, none lost."""
    cents = price.quantize(Decimal("0.01"))
    return f"{cents if cents == price else price.normalize():,f}"


def price_text(goods: Goods) -> str:
    """US$0.50-1.20, the lowest price first; US$2.00 where there is but one."""
    sign = _SIGNS.get(goods.currency, f"{goods.currency} ")
    low, high = amount(goods.price_min), amount(goods.price_max)
    return f"{sign}{low}" if low == high else f"{sign}{low}-{high}"


def one_price(price: Decimal, currency: str) -> str:
    """US$0.50: the price of one rung of a ladder."""
    return _SIGNS.get(currency, f"{currency} ") + amount(price)


def pieces(number: int) -> str:
    """1 piece, 1,000 pieces."""
    return f"{number:,} piece{'' if number == 1 else 's'}"


def slug(title: str) -> str:
    """The title as addresses have it: Latin words and digits, joined by dashes; empty for a Chinese title."""
    return "-".join(_WORD.findall(title))[:MAX_SLUG].strip("-")


def item_path(goods: Goods) -> str:
    """/product-detail/<slug>_<id>.html."""
    return f"/product-detail/{slug(goods.title)}_{goods.item_id}.html"


def sub_domain(seller_id: str) -> str:
    """The label of a seller's own host: its id where that can be one, else one that always goes with it."""
    label = seller_id.lower()
    return label if _LABEL.fullmatch(label) else "s" + hashlib.sha256(seller_id.encode()).hexdigest()[:15]


def shop_host(goods: Goods) -> str:
    """Where the seller's pages are."""
    return f"{sub_domain(goods.seller_id)}.en.alibaba.com"


def number(text: str) -> int | str:
    """An id as the page data have it: a number where it is one, whatever its length."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text
