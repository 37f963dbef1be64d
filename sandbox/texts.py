"""Numbers and names as the sites of the group write them."""

from __future__ import annotations

import hashlib
import html
import re
from decimal import Decimal

from sandbox.catalogue import Goods

_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_LATIN_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
MAX_SLUG = 100
# A query of thousands of words finds nothing anyway; its marking must not cost seconds.
MARKED_WORDS = 20


def price_text(price: Decimal) -> str:
    """199, 199.5, 0.05: no exponent, no idle zeros."""
    text = f"{price:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cents_text(price: Decimal) -> str:
    """199.00, 199.50, 0.005: two decimals at least, none lost."""
    whole, _, decimals = price_text(price).partition(".")
    return f"{whole}.{decimals:0<2}"


def grouped_text(price: Decimal) -> str:
    """1,542.00, 0.005: as above, with thousands marked."""
    return f"{Decimal(cents_text(price)):,f}"


def rounded_down(count: int) -> str:
    """A count as cards show it (FACTS 1): exact below 100, then rounded down: 700+, 1000+, 1万+, 1.2万+."""
    if count < 100:
        return str(count)
    if count >= 10_000:
        tenths = count // 1000
        return f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''}万+"
    step = 100 if count < 1000 else 1000
    return f"{count // step * step}+"


def highlighted(title: str, query: str, opening: str = "<span class=H>", closing: str = "</span>") -> str:
    """The title as HTML: escaped, each word of the query between `opening` and `closing`."""
    words = sorted(dict.fromkeys(query.split()[:MARKED_WORDS]), key=len, reverse=True)
    if not words:
        return html.escape(title, quote=False)
    # split() with a group hands out text and match in turn.
    parts = re.split(f"({'|'.join(map(re.escape, words))})", title, flags=re.IGNORECASE)
    return "".join(
        f"{opening}{html.escape(part, quote=False)}{closing}" if odd % 2 else html.escape(part, quote=False)
        for odd, part in enumerate(parts)
    )


def properties(goods: Goods) -> dict[str, str]:
    """Attributes, the brand first; the catalogue's own column for it is right where both are given."""
    brand = {"品牌": goods.brand} if goods.brand else {}
    return {**brand, **goods.attributes, **brand}


def slug(title: str) -> str:
    """The title as addresses have it: Latin words and digits, joined by dashes; empty for a Chinese title."""
    return "-".join(_LATIN_WORD.findall(title))[:MAX_SLUG].strip("-")


def number_or_text(text: str) -> int | str:
    """An id as data of pages have it: a number where it can be one."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def digits(text: str, length: int) -> str:
    """A number that always goes with the same text, of so many digits."""
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[:length]


def ad_token(goods: Goods) -> str:
    """What an ad's link carries in place of the id (FACTS 0.1)."""
    return hashlib.sha256(f"ad {goods.item_id}".encode()).hexdigest()[:32]
