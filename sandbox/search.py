"""How the stand-in finds goods (DESIGN section 8): plain substrings, so that anybody can say what a query will find."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import opencc

from sandbox.catalogue import Goods

Recommend = Literal["always", "never", "auto"]
# How many goods stand in for "nothing found": a handful, as sites show there.
RECOMMENDED = 24

_simplify = opencc.OpenCC("t2s").convert


def fold(text: str) -> str:
    """NFKC, lower case, traditional to simplified characters, without format characters; nothing more."""
    folded = _simplify(unicodedata.normalize("NFKC", text).lower())
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A search as the site's own filters express it.

    sort : default | sale-desc | price-asc | price-desc
    price_min, price_max : bounds for the price that is shown, both included
    mall_only : goods of Tmall shops only
    """

    text: str
    sort: str = "default"
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    mall_only: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """All goods of a search in order; `loosened`: nothing was found and these are recommended instead."""

    goods: tuple[Goods, ...]
    loosened: bool = False


Finder = Callable[[Wanted], Found]


def make_finder(goods: Sequence[Goods], recommend: Recommend = "auto") -> Finder:
    """A search over those goods that are not removed.

    recommend : what a search that finds nothing gets: `always` recommendations, `never` any, or `auto`: by the query,
    none when the first byte of its SHA-256 is even; so that both can be met, and the same query always meets the same
    """
    shelf = [_shelved(one) for one in sorted(goods, key=_mixed) if one.state != "removed"]

    # One query is asked page after page.
    @lru_cache(maxsize=32)
    def find(wanted: Wanted) -> Found:
        words = fold(wanted.text).split()
        if not words:
            return Found(())
        found = [s.goods for s in shelf if _matches(s, words) and _passes(s.goods, wanted)]
        if found:
            return Found(tuple(sorted(found, key=_ORDERS.get(wanted.sort, _as_they_stand))))
        if recommend == "never" or (recommend == "auto" and _is_even(" ".join(words))):
            return Found(())
        return Found(_recommended(shelf, words, wanted), loosened=True)

    return find


@dataclass(frozen=True, slots=True)
class _Shelved:
    """An article beside its folded texts: title and keywords, a line each, and the name of its shop."""

    goods: Goods
    texts: str
    shop: str


def _shelved(goods: Goods) -> _Shelved:
    # A word of a query holds no white space: it cannot match across two lines.
    return _Shelved(
        goods, "\n".join(map(fold, (goods.title, *goods.keywords))), " ".join(fold(goods.shop_name).split())
    )


def _matches(shelved: _Shelved, words: list[str]) -> bool:
    return all(word in shelved.texts for word in words) or " ".join(words) in shelved.shop


def _passes(goods: Goods, wanted: Wanted) -> bool:
    low, high = wanted.price_min, wanted.price_max
    return (
        (not wanted.mall_only or goods.marketplace == "tmall")
        and (low is None or goods.price_min >= low)
        and (high is None or goods.price_min <= high)
    )


def _recommended(shelf: Sequence[_Shelved], words: list[str], wanted: Wanted) -> tuple[Goods, ...]:
    """Goods that have at least one of the words; failing that, what sells best."""
    near = [s.goods for s in shelf if any(word in s.texts for word in words)]
    pool = [g for g in near or [s.goods for s in shelf] if _passes(g, wanted)]
    return tuple(sorted(pool, key=_best_selling)[:RECOMMENDED])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _mixed(goods: Goods) -> bytes:
    """The default order: mixed, since a catalogue's own order may say what is what; the same each time."""
    return _digest(goods.item_id)


def _is_even(text: str) -> bool:
    return _digest(text)[0] % 2 == 0


def _as_they_stand(_goods: Goods) -> int:
    return 0


def _best_selling(goods: Goods) -> int:
    return -(goods.sold or 0)


_ORDERS: dict[str, Callable[[Goods], int | Decimal]] = {
    "sale-desc": _best_selling,
    "price-asc": lambda goods: goods.price_min,
    "price-desc": lambda goods: -goods.price_min,
}
