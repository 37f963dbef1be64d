"""From what stands in an answer to what stands in a listing. Whatever comes in, nothing is raised: unknown is None."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.items import Listing
from crawler.marketplaces import (
    absolute,
    canonical_url,
    image_key,
    marketplace_of,
    original_image_url,
    query_value,
    site,
)

MAX_TEXT = 1_000  # characters of one field; titles of the sites end at 60 to 128
MAX_PICTURES = 50  # of one listing; the sites allow 5 to 15
MAX_ATTRIBUTES = 200
MAX_PRICE = Decimal(10**9)
MAX_COUNT = 10**12

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_AMOUNT = re.compile(
    r"(?<![0-9.,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,15})?(?![0-9.]|,[0-9])\s*(万)?", re.A
)
_EXPONENT = re.compile(r"[0-9][eE][+-]?[0-9]")
_RANGE = re.compile(r"[-~–—至]")
_COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,3})?\s*([万亿wWkK]?)")
_UNITS = {"": 1, "k": 10**3, "w": 10**4, "万": 10**4, "亿": 10**8}
_ITEM_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_NO_ID = ("0", "null", "none", "undefined")
_REDIRECT = re.compile(r"//(?:s\.)?click\.")
_YES, _NO = ("true", "1", "yes"), ("false", "0", "no", "")


def first(source: Any, *paths: str) -> Any:
    """What stands under the first of these dotted paths that leads to something; None when none does."""
    for path in paths:
        value = source
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value not in (None, "", [], {}):
            return value
    return None


def text(value: Any, *, limit: int = MAX_TEXT) -> str | None:
    """A string or number as plain text on one line. Zero-width characters stay: they are evidence of a disguise."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    plain = _NOT_TEXT.sub(" ", str(value)[: 4 * limit]).strip()[:limit]
    return _HALF_CHARACTER.sub("\ufffd", plain) or None


def plain(value: Any) -> str | None:
    """A title without its mark-up: highlight tags taken out, entities resolved once."""
    marked = value[: 8 * MAX_TEXT] if isinstance(value, str) else value
    return text(html.unescape(_TAG.sub("", marked)) if isinstance(marked, str) else marked)


def money(value: Any) -> Decimal | None:
    """A price; None for what is not one: negative, zero, not a number, over a thousand million."""
    found = money_range(value)
    return found[0] if found else None


def money_range(value: Any) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest of "149.00 - 159.00", "¥2,288", 93, "1.2万"; None for what is no price."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        amount = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
        return (amount, amount) if amount.is_finite() and 0 < amount <= MAX_PRICE else None
    written = unicodedata.normalize("NFKC", value[:100]).strip() if isinstance(value, str) else ""
    if written.startswith("-") or _EXPONENT.search(written):
        return None
    amounts = [_amount(part) for part in _RANGE.split(written)[:2]]
    known = [amount for amount in amounts if amount is not None]
    return (min(known), max(known)) if known and amounts[0] is not None else None


def _amount(written: str) -> Decimal | None:
    found = _AMOUNT.search(written)
    if not found:
        return None
    amount = Decimal(found.group(1).replace(",", "") + (found.group(2) or ""))
    amount *= 10_000 if found.group(3) else 1
    return amount if 0 < amount <= MAX_PRICE else None


def fen(value: Any) -> Decimal | None:
    """A price that is given in hundredths."""
    amount = money(value)
    return amount / 100 if amount is not None else None


def count(value: Any) -> int | None:
    """The number in "700+人付款" (a lower bound), "1.2万+", "月销 9笔", 88; None when there is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    found = _COUNT.search(unicodedata.normalize("NFKC", str(value)[:100]))
    if not found or str(value).strip().startswith("-"):
        return None
    number = Decimal(found.group(1).replace(",", "") + (found.group(2) or "")) * _UNITS[found.group(3).lower()]
    return int(number) if number <= MAX_COUNT else None


def flag(value: Any) -> bool | None:
    """true, "true", 1, "1"; None for what is neither yes nor no."""
    word = str(value).lower() if isinstance(value, (bool, int, str)) else None
    return True if word in _YES else False if word in _NO else None


def item_id(value: Any) -> str | None:
    """An id as text: digits on the sites themselves, sometimes an opaque word in the answers of their API."""
    word = text(value, limit=65)
    return word if word and _ITEM_ID.fullmatch(word) and word.lower() not in _NO_ID else None


def seller_id(*values: Any) -> str | None:
    """The first of these that is an id."""
    return next((found for value in values if (found := item_id(value))), None)


def seller_of(url: Any) -> str | None:
    """The seller's id in the address of a shop or of an item."""
    names = ("user_number_id", "userId", "user_id", "sellerId", "seller_id")
    return item_id(query_value(url, *names)) if isinstance(url, str) and marketplace_of(url) else None


def shop_address(url: Any, seller: str | None) -> str | None:
    """A shop's address on the site's own host; behind an advertisement's link, the one made from the seller's id."""
    if isinstance(url, str) and marketplace_of(url) and not _REDIRECT.search(url):
        return absolute(_HALF_CHARACTER.sub("", url))
    return f"https://store.taobao.com/shop/view_shop.htm?user_number_id={seller}" if seller else None


def pictures(*values: Any) -> tuple[str, ...]:
    """Addresses of the originals, each once, in order; values are addresses or lists of them."""
    found: dict[str | None, str] = {}
    for url in _flat(values):
        if original := original_image_url(url):
            found.setdefault(image_key(original), original)  # the same file may stand on several hosts
    return tuple(found.values())[:MAX_PICTURES]


def _flat(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield _HALF_CHARACTER.sub("", value)
        elif isinstance(value, list):
            yield from (_HALF_CHARACTER.sub("", each) for each in value[: 4 * MAX_PICTURES] if isinstance(each, str))


def attributes(pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Names and values as plain text; of a name that comes twice the first value counts."""
    found: dict[str, str] = {}
    for name, value in pairs:
        key, words = plain(name), plain(value)
        if key and words and len(found) < MAX_ATTRIBUTES:
            found.setdefault(key, words)
    return found


def records(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; empty for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def parameters(value: Any) -> Mapping[str, Any]:
    """A bag of parameters, however it is packed: an object, a list of {key, value}, JSON in a string, a query."""
    if isinstance(value, str):
        value = _unpacked(value[:10_000])
    if isinstance(value, list):
        return {str(first(each, "key", "name")): first(each, "value") for each in records(value)}
    return value if isinstance(value, dict) else {}


def _unpacked(packed: str) -> Any:
    try:
        return json.loads(packed)
    except (ValueError, RecursionError):
        return dict(pair.partition("=")[::2] for pair in re.split(r"[&;]", packed) if "=" in pair)


def listing(marketplace: str, number: str, **known: Any) -> Listing:
    """A listing with its canonical address and the currency of its site."""
    known = {name: value for name, value in known.items() if value is not None}
    known.setdefault("currency", site(marketplace).currency)
    known.setdefault("url", canonical_url(marketplace, number))
    return Listing(marketplace=marketplace, item_id=number, **known)
