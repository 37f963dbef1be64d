"""Numbers and names as the site writes them."""

from __future__ import annotations

import hashlib
import html
import re
from decimal import Decimal

from sandbox.catalogue import Goods

_UNITS = {"CNY": "¥", "USD": "$", "EUR": "€", "HKD": "HK$"}
# A query of thousands of words finds nothing anyway; its marking must not cost seconds.
MARKED_WORDS = 20


def price_text(price: Decimal) -> str:
    """199, 199.5, 0.05: no exponent, no idle zeros."""
    text = f"{price:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit(goods: Goods) -> str:
    """The sign before a price."""
    return _UNITS.get(goods.currency, f"{goods.currency} ")


def fen(price: Decimal) -> str:
    """A price in hundredths, rounded to whole ones."""
    return f"{price * 100:.0f}"


def sales_text(sold: int | None) -> str:
    """Deals as search shows them (FACTS 1): exact below 100, then rounded down: 700+, 1000+, 1万+, 1.2万+."""
    if sold is None:
        return ""
    if sold < 100:
        return f"{sold}人付款"
    if sold >= 10_000:
        tenths = sold // 1000
        return f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''}万+人付款"
    step = 100 if sold < 1000 else 1000
    return f"{sold // step * step}+人付款"


def highlighted(title: str, query: str, tag: str = "span class=H") -> str:
    """The title as HTML: escaped, each word of the query in `<span class=H>`, or in the tag that another site has."""
    words = sorted(dict.fromkeys(query.split()[:MARKED_WORDS]), key=len, reverse=True)
    if not words:
        return html.escape(title, quote=False)
    # split() with a group hands out text and match in turn.
    parts = re.split(f"({'|'.join(map(re.escape, words))})", title, flags=re.IGNORECASE)
    end = tag.partition(" ")[0]
    return "".join(
        f"<{tag}>{html.escape(part, quote=False)}</{end}>" if odd % 2 else html.escape(part, quote=False)
        for odd, part in enumerate(parts)
    )


def properties(goods: Goods) -> dict[str, str]:
    """Attributes, the brand first; the catalogue's own column for it is right where both are given."""
    brand = {"品牌": goods.brand} if goods.brand else {}
    return {**brand, **goods.attributes, **brand}


def digits(text: str, length: int) -> str:
    """A number that always goes with the same text, of so many digits."""
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[:length]


def item_address(goods: Goods) -> str:
    """Where the article stands, without a scheme."""
    host = "detail.tmall.com" if goods.marketplace == "tmall" else "item.taobao.com"
    return f"//{host}/item.htm?id={goods.item_id}"


def ad_token(goods: Goods) -> str:
    """What an ad's link carries in place of the id (FACTS 0.1)."""
    return hashlib.sha256(f"ad {goods.item_id}".encode()).hexdigest()[:32]
