"""A listing before it has an id: what a seller writes, and the truth about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from sandbox.goods.album import Picture, stock
from sandbox.goods.clients import Mark, Seller
from sandbox.goods.shops import SEED, shops
from sandbox.goods.words import LINES


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A listing of the demo.

    label, mark, why : the truth, as the catalogue file has it; `why` begins with its class
    mark : a right_id, or None where no client is concerned
    keywords : what the site's search finds it by besides its title
    price_high : where the site shows a range; moq : the smallest order, on wholesale sites
    """

    title: str
    price: Decimal
    seller: Seller
    images: tuple[Picture, ...]
    label: str
    mark: str | None
    why: str
    brand: str | None = None
    keywords: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    sold: int | None = None
    price_high: Decimal | None = None
    currency: str = "CNY"
    moq: int | None = None


def dice(kind: str, n: int) -> Random:
    """The accidents of the n-th listing of a kind: the same every time."""
    return Random(f"{SEED}/{kind}/{n}")


def money(amount: float, rng: Random) -> Decimal:
    """A price as shops like it: 9, 8 or 5 at the end."""
    if amount < 30:
        return Decimal(f"{int(amount)}.{rng.choice(['90', '80', '50', '00'])}")
    whole = int(amount) - int(amount) % 10 + rng.choice([9, 9, 8, 5])
    return Decimal(f"{whole}.00")


def unbranded(line: str, rng: Random) -> Decimal:
    """What such goods cost without a brand."""
    low, high = LINES[line].price
    return money(rng.uniform(low, high), rng)


def line_of(mark: Mark, n: int) -> str:
    """The classes of a mark's goods in turn."""
    return list(mark.lines)[n % len(mark.lines)]


def pictures(rng: Random, role: str, subject: str, article: str, most: int = 3) -> tuple[Picture, ...]:
    """One to `most` pictures from the stock, in a random order."""
    there = stock()[role, subject, article]
    return tuple(rng.sample(there, rng.randint(1, min(most, len(there)))))


def keywords(mark: Mark, rng: Random) -> tuple[str, ...]:
    """What a seller hides for the search: a name or two; for the wordless mark its nickname or its goods."""
    if not mark.latin:
        return (rng.choice([*mark.aliases, *mark.goods[:2]]),)
    return tuple(rng.sample([mark.latin.lower(), mark.chinese, *mark.aliases], rng.randint(1, 2)))


def some_shop(rng: Random, among: Sequence[Seller] = ()) -> Seller:
    """An ordinary shop. Copies and innocent goods overlap in shops: a shop proves nothing."""
    return rng.choice(among or shops())


def particulars(rng: Random) -> dict[str, str]:
    """A few attributes that say nothing of the brand."""
    known = {
        "货号": f"{rng.choice('ABDHKMTY')}{rng.randint(100, 99999)}",
        "颜色分类": rng.choice(["白色", "黑色", "藏青", "米色", "粉色", "军绿", "棕色", "灰色"]),
        "上市时间": rng.choice(["2025年秋季", "2026年春季", "2026年夏季"]),
        "产地": rng.choice(["中国大陆", "广东", "浙江", "福建"]),
    }
    return {key: known[key] for key in rng.sample(list(known), rng.randint(0, 3))}


def sold(rng: Random, most: int = 3000) -> int | None:
    """Deals: mostly few, seldom many, sometimes not shown."""
    return None if rng.random() < 0.06 else int(most * rng.random() ** 4)
