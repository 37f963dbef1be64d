"""Numbers and addresses as Taobao and Tmall write them."""

from __future__ import annotations

from decimal import Decimal

from sandbox.catalogue import Goods
from sandbox.texts import rounded_down

_UNITS = {"CNY": "¥", "USD": "$", "EUR": "€", "HKD": "HK$"}


def unit(goods: Goods) -> str:
    """The sign before a price."""
    return _UNITS.get(goods.currency, f"{goods.currency} ")


def fen(price: Decimal) -> str:
    """A price in hundredths, rounded to whole ones."""
    return f"{price * 100:.0f}"


def sales_text(sold: int | None) -> str:
    """Deals as search shows them (FACTS 1): 99人付款, 700+人付款, 1.2万+人付款."""
    return "" if sold is None else f"{rounded_down(sold)}人付款"


def item_address(goods: Goods) -> str:
    """Where the article stands, without a scheme."""
    host = "detail.tmall.com" if goods.marketplace == "tmall" else "item.taobao.com"
    return f"//{host}/item.htm?id={goods.item_id}"
