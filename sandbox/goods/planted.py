"""The copies: what a seller of counterfeits writes. about 160; no class of disguise has more than a tenth.

Prices prove little: two in five stand near the genuine price. Only the class `price` is always cheap.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from sandbox.goods import album
from sandbox.goods.album import Picture
from sandbox.goods.clients import BY_KEY, MARKS, Mark, Seller
from sandbox.goods.copies import HABITS
from sandbox.goods.disguises import DISGUISES
from sandbox.goods.drafts import Draft, dice, keywords, line_of, money, particulars, pictures, sold
from sandbox.goods.shops import odd_shops, shops
from sandbox.goods.titles import brand_attribute, plain, title
from sandbox.goods.words import PAIRED_SLANG, STRONG_SLANG

EACH_DISGUISE = 5  # 17 classes of 5
SLANG, PRICED, COPIES, MARKED = 24, 17, 22, 12
# Search folds these by itself: the name is found in the title.
_FOLDED = {"fullwidth", "zero_width", "traditional"}
_NO_BRAND = (None, None, None, "其他", "other/其他")


def _seller(rng: Random) -> Seller:
    return rng.choice(shops()[:90])


def _price(mark: Mark, line: str, rng: Random) -> Decimal:
    low, high = rng.choice([(0.72, 1.02), (0.72, 1.02), (0.5, 0.72), (0.1, 0.45), (0.1, 0.45)])
    return money(float(mark.price(line)) * rng.uniform(low, high), rng)


def _draft(mark: Mark, rng: Random, **said: Any) -> Draft:
    common: dict[str, Any] = {"seller": _seller(rng), "attributes": particulars(rng), "sold": sold(rng)}
    return Draft(label="counterfeit", mark=mark.right_id, **(common | said))


def disguised() -> Iterator[Draft]:
    """Names that a search for them does not find. Most show goods without any mark."""
    for kind, (disguise, keys) in DISGUISES.items():
        for n in range(EACH_DISGUISE):
            rng, mark = dice(f"disguise {kind}", n), BY_KEY[keys[n % len(keys)]]
            line, surface = rng.choice(list(mark.lines)), disguise(mark, rng)
            role, subject = ("own", mark.key) if rng.random() < 0.2 else ("plain", "")
            hidden = () if kind in _FOLDED and rng.random() < 0.5 else keywords(mark, rng)
            yield _draft(
                mark,
                rng,
                title=title(line, rng, surface),
                price=_price(mark, line, rng),
                images=pictures(rng, role, subject, line),
                why=f"disguise:{kind} {mark.latin} written as {surface}",
                brand=rng.choice(_NO_BRAND),
                keywords=hidden,
            )


def slang() -> Iterator[Draft]:
    """The plain name and words by which buyers know a copy."""
    for n in range(SLANG):
        rng, mark = dice("slang", n), MARKS[n % len(MARKS)]
        line = line_of(mark, n // len(MARKS))
        terms = (STRONG_SLANG[n % len(STRONG_SLANG)],) if n % 3 else PAIRED_SLANG[n // 3 % len(PAIRED_SLANG)]
        said = " ".join(terms) if rng.random() < 0.5 else "".join(terms)
        name = rng.choice(mark.aliases) if n % 5 == 2 else plain(mark, rng)
        role, subject = ("own", mark.key) if rng.random() < 0.5 else ("plain", "")
        yield _draft(
            mark,
            rng,
            title=title(line, rng, name, said),
            price=_price(mark, line, rng),
            images=pictures(rng, role, subject, line),
            why=f"slang {' + '.join(terms)} beside the name {name}",
            brand=rng.choice(_NO_BRAND),
        )


def priced() -> Iterator[Draft]:
    """The plain name, nothing else said, at 7 to 42 % of what the client asks."""
    for n in range(PRICED):
        rng, mark = dice("price", n), MARKS[n % len(MARKS)]
        line = line_of(mark, n // len(MARKS))
        share = rng.uniform(0.07, 0.42)
        claimed = brand_attribute(mark.latin, mark.chinese, rng) if mark.latin and rng.random() < 0.5 else None
        role, subject = ("own", mark.key) if rng.random() < 0.6 else ("plain", "")
        price = money(min(float(mark.price(line)), mark.reference[0]) * share, rng)
        yield _draft(
            mark,
            rng,
            title=title(line, rng, plain(mark, rng)),
            price=price,
            images=pictures(rng, role, subject, line),
            why=f"price {price / mark.reference[0]:.0%} of the reference, the name is plain",
            brand=claimed,
        )


@cache
def _copies() -> tuple[Picture, ...]:
    """One copy for each planted listing of that class: every mark's photos in turn, every habit about twice."""
    sources = [path for turn in range(4) for mark in MARKS for path in album.photos_of(mark)[turn : turn + 1]]
    made = []
    for n in range(COPIES):
        habit, source = HABITS[n % len(HABITS)], sources[n % len(sources)]
        made.append(Picture(name=f"copy {n} {source}", source=source, attacks=habit))
    return tuple(made)


def copied() -> Iterator[Draft]:
    """The client's own photo, changed a little; neither title nor brand says whose goods these are."""
    for n, picture in enumerate(_copies()):
        rng, shot = dice("photo copy", n), album.PHOTOS[picture.source]
        mark, line = BY_KEY[shot.mark], shot.article
        why = f"photo:copy of {picture.source}, {' and '.join(picture.attacks)}"
        yield _silent(mark, line, rng, picture=picture, why=why)


def marked() -> Iterator[Draft]:
    """Goods that bear the figurative mark, photographed by the seller; no word says whose they are."""
    bearers = [BY_KEY[key] for key in ("fish", "quenvik", "fish", "nerivelle", "quenvik", "tolver")]
    for n in range(MARKED):
        rng, mark = dice("photo mark", n), bearers[n % len(bearers)]
        line = line_of(mark, n // 2)
        name = f"mark {n} {mark.key} {line}"
        picture = Picture(name=name, shot=album.shop_shot(name, line, mark.key, near=True))
        why = f"photo:mark the device of {mark.right_id} stands on the goods"
        yield _silent(mark, line, rng, picture=picture, why=why)


def _silent(mark: Mark, line: str, rng: Random, *, picture: Picture, why: str) -> Draft:
    said = title(line, rng)
    by_goods = not mark.latin and any(word in said for word in mark.goods)
    return _draft(
        mark,
        rng,
        title=said,
        price=_price(mark, line, rng),
        images=(picture, *pictures(rng, "plain", "", line, 2)),
        why=why,
        brand=rng.choice(_NO_BRAND),
        keywords=() if by_goods else keywords(mark, rng),
    )


def by_shop() -> Iterator[Draft]:
    """Found by the shop's name alone: the title hides the name, and there is no keyword."""
    for n, (seller, key, kind) in enumerate(
        zip(odd_shops(), ("quenvik", "olum", "nerivelle"), ("emoji", "leet", "homophone"), strict=False)
    ):
        rng, mark = dice("by shop", n), BY_KEY[key]
        line, surface = line_of(mark, n), DISGUISES[kind][0](mark, rng)
        yield _draft(
            mark,
            rng,
            title=title(line, rng, surface),
            price=_price(mark, line, rng),
            images=pictures(rng, "plain", "", line),
            why=f"disguise:{kind} {mark.latin} written as {surface}; the shop bears the name",
            seller=seller,
        )


_HOSTILE = (
    ("quenvik", "running", 0.7, "slang", "<img src=x onerror=alert(1)>QUENVIK昆维克高仿跑鞋 透气 男款 </span>"),
    ("olum", "earbuds", 0.8, "slang", '=HYPERLINK("http://shop.invalid","看图")鸥霖一比一蓝牙耳机 降噪'),
    ("tolver", "watch", 0.06, "price", 'Tolver Ridge\n托维岭 "机械" 手表\t男士 \u202e防水\u202c 真皮表带'),
    (
        "nerivelle",
        "serum",
        0.9,
        "disguise:zero_width",
        "精华液女 N\u202dE\u202cRI\u2066VE\u2069LLE 补水🔥'; DROP TABLE listing;-- 紧致",
    ),
)


def hostile() -> Iterator[Draft]:
    """Copies under titles that are written to break a page, a table or a log."""
    for n, (key, line, share, kind, words) in enumerate(_HOSTILE):
        rng, mark = dice("hostile copy", n), BY_KEY[key]
        yield _draft(
            mark,
            rng,
            title=words,
            price=money(float(mark.price(line)) * share, rng),
            images=pictures(rng, "plain", "", line),
            why=f"{kind} of {mark.latin} under a hostile title",
        )


def planted() -> list[Draft]:
    """All copies."""
    return [*disguised(), *slang(), *priced(), *copied(), *marked(), *by_shop(), *hostile()]
