"""What one article of a listing costs: `unit_price(goods)`.

Wholesale sites show a price a step: what counts is one piece at the smallest order, which is what a buyer pays who
tries the goods. Multi-packs are divided by what their title says is in them. A retail range so wide that its low end is
a decoy (laces beside shoes) is judged by its high end, where it accuses least.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matchers.title.text import MAX_TITLE
from matchers.types import Goods

WHOLESALE = frozenset({"1688", "alibaba"})
WIDE = 3  # times the low end: beyond, a range holds different articles
LARGEST_PACK = 1000
_HANZI = {hanzi: number for number, hanzi in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
# Counters of whole articles. 片, 粒 and 抽 count what is in one retail box; a pair may be called 2只装.
_COUNTER = "双|件|个|支|瓶|台|部|条|盒|顶|副|只"
_NUMBER = r"(?<![\d.])(?P<n>\d{1,4}|[两一二三四五六七八九十])"
_PACKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NUMBER}\s?(?P<c>{_COUNTER})\s?(?:装(?![饰修])|/\s?(?:包|箱|批|手|份|lot))",
        rf"(?:[一每整]箱|一批|一手|[一每整]包)\s?{_NUMBER}\s?(?P<c>{_COUNTER})",
        r"(?<![\d.])(?P<n>\d{1,4})\s?-?\s?(?P<c>pcs|pieces?|pairs?|units?)\s?(?:/|per )\s?(?:lot|pack|bag|carton|box)",
        r"\b(?P<c>lot|pack|set) of (?P<n>\d{1,4})\b",
        r"(?<![\d.])(?P<n>\d{1,4})\s?-?(?P<c>pack)\b",
    )
)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """amount : of one article, in the listing's currency; how_en, how_zh : how it was reckoned, empty when as shown"""

    amount: Decimal
    how_en: str = ""
    how_zh: str = ""


def unit_price(goods: Goods) -> UnitPrice | None:
    """What one article costs; None where no price is shown. Never raises."""
    if goods.marketplace in WHOLESALE:
        return wholesale(goods)
    price = retail(goods)
    pack = pack_of(goods.title)
    if price is None or pack == 1 or not is_number(price):
        return UnitPrice(price) if price is not None else None
    return UnitPrice(
        (price / pack).quantize(Decimal("0.01")),
        f"one of the {pack} in the pack",
        f"每{pack}件装中的单件价",
    )


def is_number(price: Decimal) -> bool:
    """Whether a price can be reckoned with."""
    return price.is_finite() and abs(price) < Decimal(10) ** 12


def retail(goods: Goods) -> Decimal | None:
    """The price that a shop asks: the lowest, or the highest of a range that holds different articles."""
    low, high = goods.price, goods.price_high
    if low is None or high is None or not (is_number(low) and is_number(high)):
        return low if low is not None else high
    return high if high > low * WIDE else low


def wholesale(goods: Goods) -> UnitPrice | None:
    """One piece at the smallest order: of the steps, else the highest price shown."""
    first = first_step(goods.price_tiers)
    price = first if first is not None else goods.price_high if goods.price_high is not None else goods.price
    if price is None:
        return None
    stepped = first is not None or (goods.price is not None and is_number(goods.price) and is_number(price))
    if not stepped or (first is None and price == goods.price):
        return UnitPrice(price)
    return UnitPrice(price, "one piece at the smallest order", "最小起订量单价")


def first_step(tiers: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """The price at the smallest quantity."""
    known = [(quantity, price) for quantity, price in tiers if is_number(price)]
    return min(known)[1] if known else None


def pack_of(title: str) -> int:
    """How many whole articles a title says are in one pack; 1 where it says nothing that can be relied on."""
    for pattern in _PACKS:
        for match in pattern.finditer(title[:MAX_TITLE]):
            number = _HANZI.get(match["n"]) or int(match["n"])
            pair = number == 2 and match["c"] == "只"
            if 1 < number <= LARGEST_PACK and not pair:
                return number
    return 1
