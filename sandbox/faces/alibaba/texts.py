"""Numbers, names and addresses as Alibaba.com writes them (FACTS 4)."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from sandbox.catalogue import Goods
from sandbox.texts import grouped_text, slug

_SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "CNY": "CN¥"}
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def one_price(price: Decimal, currency: str) -> str:
    """US$0.50, US$1,200.00."""
    return _SIGNS.get(currency, f"{currency} ") + grouped_text(price)


def price_text(goods: Goods) -> str:
    """US$0.50-1.20, the lowest price first; US$2.00 where there is but one."""
    low = one_price(goods.price_min, goods.currency)
    return low if goods.price_min == goods.price_max else f"{low}-{grouped_text(goods.price_max)}"


def pieces(number: int) -> str:
    """1 piece, 1,000 pieces."""
    return f"{number:,} piece{'' if number == 1 else 's'}"


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
