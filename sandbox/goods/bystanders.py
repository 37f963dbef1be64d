"""Goods that concern no client: other brands' own, no brand's at all, and a few whose titles try to break a page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from sandbox.goods.clients import BRANDS, BY_KEY, MARKS, Mark
from sandbox.goods.drafts import Draft, dice, keywords, money, particulars, pictures, sold, some_shop, unbranded
from sandbox.goods.shops import odd_shops, shops
from sandbox.goods.titles import phrase, title
from sandbox.goods.words import LINES, SUNDRIES

BRANDED, NAMELESS, SUNDRY, WHOLESALE = 64, 36, 20, 5
# Words of the copy trade that are innocent here: no brand is named, or the word means something else.
_FALSE_FRIENDS = (
    ("plush", "高仿真动物"),
    ("boots", "外贸原单尾货"),
    ("tote", "外贸尾单"),
    ("running", "经典复刻配色"),
    ("shoulder", "大牌平替"),
    ("flask", "可定制logo"),
)


def _mark_of(line: str) -> Mark | None:
    return next((mark for mark in MARKS if line in mark.lines), None)


def _stuffed(line: str, rng: Random, share: float) -> tuple[str, ...]:
    """Some honest sellers too put a rival's name where the search looks."""
    mark = _mark_of(line)
    return keywords(mark, rng) if mark and rng.random() < share else ()


def _draft(rng: Random, words: str, price: Decimal, **said: Any) -> Draft:
    common: dict[str, Any] = {
        "seller": some_shop(rng, shops()[20:]),
        "label": "other",
        "mark": None,
        "attributes": particulars(rng),
    }
    return Draft(title=words, price=price, sold=sold(rng, 8000), **(common | said))


def branded() -> Iterator[Draft]:
    """Other brands' goods, with their own devices on them."""
    for n in range(BRANDED):
        rng, brand = dice("branded", n), BRANDS[n % len(BRANDS)]
        line = brand.lines[n // len(BRANDS) % len(brand.lines)]
        name = rng.choice(
            [brand.latin, brand.chinese, f"{brand.latin}/{brand.chinese}", f"{brand.chinese} {brand.latin.title()}"]
        )
        yield _draft(
            rng,
            title(line, rng, name),
            money(float(unbranded(line, rng)) * rng.uniform(1.0, 2.6), rng),
            images=pictures(rng, "brand", brand.latin, line),
            why=f"own-brand goods of {brand.latin}",
            brand=rng.choice([f"{brand.latin}/{brand.chinese}", brand.latin, brand.chinese]),
            keywords=_stuffed(line, rng, 0.45),
        )


def nameless() -> Iterator[Draft]:
    """Goods without a name, of the classes the clients make."""
    lines = list(LINES)
    for n in range(NAMELESS):
        rng, line = dice("nameless", n), lines[n % len(lines)]
        yield _draft(
            rng,
            title(line, rng),
            unbranded(line, rng),
            images=pictures(rng, "plain", "", line),
            why="unrelated goods without a brand",
            brand=rng.choice([None, "其他", "无品牌"]),
            keywords=_stuffed(line, rng, 0.5),
        )


def sundries() -> Iterator[Draft]:
    """Goods of quite other kinds."""
    for n in range(SUNDRY):
        rng, (words, key, (low, high)) = dice("sundry", n), SUNDRIES[n % len(SUNDRIES)]
        yield _draft(
            rng,
            phrase(words, rng),
            money(rng.uniform(low, high), rng),
            images=pictures(rng, "sundry", "", key),
            why="unrelated goods of another kind",
            keywords=keywords(MARKS[n % len(MARKS)], rng) if n % 2 else (),
        )


def false_friends() -> Iterator[Draft]:
    """Copy slang that is none here."""
    for n, (line, words) in enumerate(_FALSE_FRIENDS):
        rng = dice("false friend", n)
        yield _draft(
            rng,
            title(line, rng, "", words),
            unbranded(line, rng),
            images=pictures(rng, "plain", "", line),
            why=f"unrelated goods: {words} names no client here",
            keywords=_stuffed(line, rng, 0.7),
        )


def wholesale() -> Iterator[Draft]:
    """Blank flasks under the wholesaler's pictures, which the client listed as negative photos."""
    for n in range(WHOLESALE):
        rng = dice("wholesale", n)
        yield _draft(
            rng,
            title("flask", rng, "", rng.choice(["", "支持刻字", "厂家批发"])),
            unbranded("flask", rng),
            images=pictures(rng, "wholesale", "", "flask", 2),
            why="unrelated goods: the wholesaler's stock picture, a negative photo of NT-2",
            keywords=keywords(BY_KEY["tassel"], rng),
        )


_HOSTILE = (
    ("board", '<script>alert("板鞋")</script>小白鞋女百搭透气'),
    ("board", "=1+1 @SUM(A1) 板鞋男低帮透气"),
    ("tote", "\"好评如潮\" '托特包' 大容量, 女; 通勤 | 帆布 </td></script>"),
    ("board", "\u202e板鞋 复古\u202c 厚底 女 ins风 增高"),
    ("tote", "托特包😀👩\u200d👩\u200d👧 大容量\u2028帆布 通勤\n第二行\t制表"),
    ("board", "-2+3+cmd|' /C calc'!A0 板鞋 拼色 软皮"),
    ("tote", "托特包" + " 大容量 厚实 印花 磁扣 内胆" * 24),
)


def hostile() -> Iterator[Draft]:
    """Titles that are written to break a page, a table or a log; the goods are innocent."""
    for n, (line, words) in enumerate(_HOSTILE):
        rng = dice("hostile", n)
        yield _draft(
            rng,
            words,
            unbranded(line, rng),
            seller=odd_shops()[3 + n % 2] if n % 3 == 0 else some_shop(rng),
            images=pictures(rng, "plain", "", line),
            why="unrelated goods under a hostile title",
        )


def bystanders() -> list[Draft]:
    """All that concern no client."""
    return [*branded(), *nameless(), *sundries(), *false_friends(), *wholesale(), *hostile()]
