"""Names, disguises and prices of the fair, in the language and the currency of each marketplace."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from sandbox.goods.clients import Mark, Seller
from sandbox.goods.disguises import DISGUISES
from sandbox.goods.drafts import money, particulars, sold
from sandbox.goods.fair import english
from sandbox.goods.fair.names import Name
from sandbox.goods.fair.world import ABROAD, USD, World
from sandbox.goods.titles import brand_attribute
from sandbox.goods.titles import title as chinese_title
from sandbox.goods.words import LINES

WHOLESALE = ("1688", "alibaba")
# Disguises that need no Chinese name.
LATIN = (
    "homoglyph",
    "fullwidth",
    "enclosed",
    "leet",
    "separators",
    "spaced",
    "zero_width",
    "emoji",
    "masked",
    "typo",
    "missing_letter",
    "doubled_letter",
    "reversed",
)
_NEIGHBOURS = str.maketrans("AEIKLNQRSTUVDGOBCFHMPWXYZJ", "SRLRIMGPZFVWBQDVXGJNOQZUSK")


def is_english(seller: Seller) -> bool:
    """Whether the seller's site is in English."""
    return seller.marketplace in ABROAD


def title(seller: Seller, line: str, rng: Random, name: str = "", extra: str = "") -> str:
    """A title of goods in the site's language."""
    return (english.title if is_english(seller) else chinese_title)(line, rng, name, extra)


def plain(mark: Mark, seller: Seller, rng: Random) -> str:
    """The name as an honest seller writes it."""
    latin = rng.choice([mark.latin, mark.latin.title(), mark.latin.lower()])
    if is_english(seller):
        return latin
    pair = [latin, mark.chinese, f"{latin}/{mark.chinese}", f"{mark.chinese}{latin}", f"{latin} {mark.chinese}"]
    return rng.choice(pair)


def attribute(mark: Mark, seller: Seller, rng: Random) -> str:
    """The brand attribute."""
    return mark.latin.title() if is_english(seller) else brand_attribute(mark.latin, mark.chinese, rng)


def disguised(kind: str, mark: Mark, name: Name, seller: Seller, rng: Random) -> str:
    """The name in a disguise."""
    if kind == "pinyin":
        return rng.choice(["".join, " ".join])(name.pinyin)
    if kind == "homophone":
        return "".join(rng.choice(same) for same in name.homophones)
    if kind == "traditional":
        return name.traditional
    if kind == "mixed":
        return rng.choice("·.-").join(DISGUISES["leet"][0](mark, rng))
    if kind == "typo":
        at = rng.randint(1, len(mark.latin) - 2)
        return mark.latin[:at] + mark.latin[at].translate(_NEIGHBOURS) + mark.latin[at + 1 :]
    shown = mark
    if is_english(seller):  # those that choose between the scripts are to choose the Latin one
        shown = Mark(**{f: getattr(mark, f) for f in Mark.__slots__} | {"chinese": mark.latin})
    return DISGUISES[kind][0](shown, rng)


def kinds_for(name: Name, seller: Seller) -> list[str]:
    """The disguises by which a buyer would still read the name."""
    found = [*LATIN, "mixed"]
    if is_english(seller) or not name.pinyin:
        return found
    return [*found, "pinyin", "homophone", *(["traditional"] if name.traditional != name.chinese else [])]


def priced(seller: Seller, cny: float, rng: Random) -> dict[str, Any]:
    """A price as the site shows it: its currency, and a range with a smallest order on wholesale sites."""
    currency, amount = ("USD", cny / USD) if is_english(seller) else ("CNY", cny)
    price = Decimal(f"{amount:.2f}") if currency == "USD" and amount < 30 else money(amount, rng)
    if seller.marketplace not in WHOLESALE:
        return {"price": price, "currency": currency}
    low = Decimal(f"{float(price) * rng.uniform(0.72, 0.95):.2f}")
    return {"price": low, "price_high": price, "currency": currency, "moq": rng.choice([1, 2, 2, 5, 10, 20])}


def unbranded(seller: Seller, line: str, rng: Random) -> dict[str, Any]:
    """What such goods cost without a brand."""
    low, high = english.LINES[line].price if is_english(seller) else LINES[line].price
    return priced(seller, rng.uniform(low, high) * (USD if is_english(seller) else 1), rng)


def common(seller: Seller, rng: Random) -> dict[str, Any]:
    """What every listing has."""
    return {"seller": seller, "attributes": {} if is_english(seller) else particulars(rng), "sold": sold(rng)}


def shop(world: World, rng: Random, sites: tuple[str, ...] = ()) -> Seller:
    """An ordinary shop: mostly of Taobao, the others about alike."""
    site = rng.choice(
        sites or ("taobao", "taobao", "taobao", "tmall", "1688", "1688", "alibaba", "aliexpress", "aliexpress")
    )
    return rng.choice(world.shops[site])
