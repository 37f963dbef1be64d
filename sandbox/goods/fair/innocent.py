"""What is no copy, hard and easy. What it is made of stands in shares of the whole (`INNOCENT`)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from sandbox.goods.clients import Brand, Mark, Seller
from sandbox.goods.drafts import Draft
from sandbox.goods.fair import english
from sandbox.goods.fair.pictures import Album
from sandbox.goods.fair.speech import attribute, common, is_english, plain, priced, shop, title, unbranded
from sandbox.goods.fair.world import USD, World
from sandbox.goods.titles import phrase as chinese_phrase
from sandbox.goods.words import ACCESSORIES, LINES, SUNDRIES

_OFFICIAL = ("官方正品", "官方授权", "专柜同步", "旗舰店正品", "官方")
_RESALE = ("", "", "国内现货", "专柜购入", "支持验货", "官网购入", "正品保证", "海外代购", "全新带吊牌")
_SALE = ("过季清仓", "断码特价", "奥莱折扣", "年终大促")
_USED = ("闲置转让", "二手", "二手九成新", "个人闲置", "自用闲置", "95新", "中古", "二手正品", "九成新")
_FOR = ("适用于{}", "适用{}", "适配{}", "兼容{}", "{}适用", "{}专用")
_SERVICES = ("维修 保养 换配件", "清洗 护理 修复", "上门 回收 估价")
_LINKS = ("补差价 邮费专用", "定金 预售 勿单拍", "邮费 补拍")
# Copy slang of other trades: words, picture's article, price.
_FRIENDS = (
    ("天然 A货 翡翠手镯 冰种 满绿", "mineral", (300, 3000)),
    ("和田玉 A货 吊坠 平安扣", "mineral", (80, 900)),
    ("1:1 手办 模型 摆件 限量", "plush", (60, 500)),
    ("高仿真 毛绒玩具 动物 公仔", "plush", (29, 150)),
    ("高仿真 玫瑰花束 客厅摆件", "crate", (19, 99)),
    ("经典复刻 黑胶唱片 限量版", "book", (80, 300)),
    ("外贸原单尾货 童装 纯棉", "shirt", (19, 79)),
    ("支持定制logo 大牌平替 帆布", "tote", (19, 89)),
)
_FRIENDS_FAR = (
    ("1:1 scale figure replica model collection", "plush", (9, 60)),
    ("replica 1:18 diecast model gift", "plush", (12, 70)),
    ("AAA battery charger cable", "cable", (3, 12)),
    ("artificial flower high simulation", "crate", (3, 15)),
)


class Others:
    """Makes the n-th innocent listing of a kind."""

    def __init__(self, world: World, album: Album) -> None:
        self.world, self.album = world, album

    def _mark(self, n: int) -> Mark:
        return self.world.marks[n % len(self.world.marks)]

    def _name(self, mark: Mark, seller: Seller, rng: Random) -> str:
        """How an honest seller names goods of a mark; the wordless mark's bear its owner's name."""
        return plain(mark if mark.latin else self.world.of(mark.client), seller, rng)

    def _claimed(self, mark: Mark, seller: Seller, rng: Random) -> str:
        return attribute(mark if mark.latin else self.world.of(mark.client), seller, rng)

    def _genuine(self, n: int, kind: str, seller: Seller, word: str, share: float, **said: Any) -> Draft:
        rng, mark = self.world.dice(f"{kind} goods", n), self._mark(n)
        line = list(mark.lines)[n // len(self.world.marks) % len(mark.lines)]
        given = {
            **common(seller, rng),
            **priced(seller, float(mark.price(line)) * share, rng),
            "images": self.album.some(rng, "own", mark.key, line),
            "brand": self._claimed(mark, seller, rng) if rng.random() < 0.8 else None,
            "label": "genuine",
            **said,
        }
        return Draft(title=title(seller, line, rng, self._name(mark, seller, rng), word), mark=mark.right_id, **given)

    def authorised(self, n: int) -> Draft:
        """The client's own shops and dealers, with the client's photos; some in a sale."""
        rng, mark = self.world.dice("authorised", n), self._mark(n)
        seller = rng.choice(self.world.authorised[mark.client])
        line = list(mark.lines)[n // len(self.world.marks) % len(mark.lines)]
        there = [key for key in self.album.stock if key[:2] == ("dealer", mark.key)]
        key = ("dealer", mark.key, line) if ("dealer", mark.key, line) in there else there[0]
        word = rng.choice(english.OFFICIAL if is_english(seller) else _OFFICIAL)
        share = rng.uniform(0.4, 0.6) if rng.random() < 0.15 else rng.uniform(0.85, 1.0)
        return self._genuine(
            n,
            "authorised",
            seller,
            word,
            share,
            images=self.album.some(rng, *key),
            why=f"authorised dealer of {mark.client}",
        )

    def resold(self, n: int) -> Draft:
        """Genuine goods that others sell at a fair price, photographed by themselves."""
        rng = self.world.dice("resale", n)
        seller = shop(self.world, rng)
        word = rng.choice(english.RESOLD if is_english(seller) else _RESALE)
        return self._genuine(
            n, "resale", seller, word, rng.uniform(0.84, 1.08), why="resale of genuine goods at a fair price"
        )

    def reduced(self, n: int) -> Draft:
        """Genuine goods of others, reduced as last season's are."""
        rng = self.world.dice("reduced", n)
        seller = shop(self.world, rng)
        word = "last season sale" if is_english(seller) else rng.choice(_SALE)
        return self._genuine(n, "reduced", seller, word, rng.uniform(0.6, 0.84), why="resale of genuine goods, reduced")

    def packed(self, n: int) -> Draft:
        """Two or three genuine articles in a pack, at what so many cost."""
        rng, many = self.world.dice("genuine pack", n), 2 + n % 2
        seller = shop(self.world, rng, ("taobao", "aliexpress"))
        word = f"{many} pcs/lot" if is_english(seller) else f"{many}件装"
        return self._genuine(
            n, "pack", seller, word, rng.uniform(0.85, 1.0) * many, why=f"resale of {many} genuine articles in a pack"
        )

    def used(self, n: int) -> Draft:
        """Second-hand goods of a client: cheap because they are used."""
        rng = self.world.dice("used", n)
        seller = shop(self.world, rng, ("taobao", "taobao", "taobao", "aliexpress"))
        word = rng.choice(english.USED if is_english(seller) else _USED)
        brand = {} if rng.random() < 0.5 else {"brand": None}
        return self._genuine(
            n,
            "second-hand",
            seller,
            word,
            rng.uniform(0.16, 0.6),
            label="second_hand",
            why=f"second-hand goods, said so: {word}",
            **brand,
        )

    def compatible(self, n: int) -> Draft:
        """Parts and company for a client's goods, by other makers."""
        rng = self.world.dice("compatible", n)
        named = [mark for mark in self.world.marks if mark.latin and any(line in ACCESSORIES for line in mark.lines)]
        mark, seller = named[n % len(named)], shop(self.world, rng)
        parts = english.ACCESSORIES if is_english(seller) else ACCESSORIES
        line = rng.choice([line for line in mark.lines if line in parts])
        words, key, (low, high) = rng.choice(parts[line])
        if is_english(seller):
            name = rng.choice(english.FOR).format(rng.choice([mark.latin, mark.latin.title()]))
            said, cny = english.phrase(words, rng, name), rng.uniform(low, high) * USD
        else:
            name = rng.choice(_FOR).format(rng.choice([mark.latin, mark.latin.title(), mark.chinese]))
            said, cny = chinese_phrase(words, rng, name, first=rng.random() < 0.6), rng.uniform(low, high)
        images = self.album.some(rng, "part", "", key)
        if rng.random() < 0.15:  # the article that it is for stands beside it
            images = (*images, *self.album.some(rng, "own", mark.key, line, 1))
        return Draft(
            title=said,
            images=images,
            label="compatible",
            mark=mark.right_id,
            why=f"compatible part for {mark.latin}, by another maker",
            brand=rng.choice([None, None, self.world.brands[n % 10].latin]),
            **{**common(seller, rng), **priced(seller, cny, rng)},
        )

    def branded(self, n: int) -> Draft:
        """Other brands' goods, with their own devices on them."""
        rng, brand = self.world.dice("branded", n), self.world.brands[n % len(self.world.brands)]
        return self._other(rng, brand, brand.lines[n // len(self.world.brands) % len(brand.lines)], "own-brand goods")

    def similar(self, n: int) -> Draft:
        """Another maker's name, a letter or two off a registered one, sold openly."""
        rng, near = self.world.dice("similar", n), list(self.world.similar.values())
        brand = near[n % len(near)]
        return self._other(rng, brand, rng.choice(brand.lines), "similar name, a brand of its own:")

    def _other(self, rng: Random, brand: Brand, line: str, why: str) -> Draft:
        seller = shop(self.world, rng)
        name = (
            brand.latin.title() if is_english(seller) else rng.choice([brand.latin, f"{brand.chinese} {brand.latin}"])
        )
        own = brand.latin if is_english(seller) else f"{brand.latin}/{brand.chinese}"
        cheap = LINES[line].price
        return Draft(
            title=title(seller, line, rng, name),
            images=self.album.some(rng, "brand", brand.latin, line),
            label="other",
            mark=None,
            why=f"{why} {brand.latin}",
            brand=own,
            keywords=self._stuffed(rng),
            **{**common(seller, rng), **priced(seller, rng.uniform(*cheap) * rng.uniform(1.0, 2.6), rng)},
        )

    def _stuffed(self, rng: Random) -> tuple[str, ...]:
        """Some honest sellers too put a rival's name where the search looks."""
        mark = rng.choice([mark for mark in self.world.marks if mark.latin])
        return (mark.latin.lower(),) if rng.random() < 0.5 else ()

    def nameless(self, n: int) -> Draft:
        """Goods without a name, of the classes the clients make; some under a wholesaler's picture."""
        rng, line = self.world.dice("nameless", n), list(LINES)[n % len(LINES)]
        seller, blank = shop(self.world, rng), line == "flask" and rng.random() < 0.6
        return Draft(
            title=title(seller, line, rng),
            images=self.album.some(rng, *(("blank", "", "flask") if blank else ("plain", "", line))),
            label="other",
            mark=None,
            why="unrelated goods without a brand",
            brand=rng.choice([None, "其他", "无品牌"]) if not is_english(seller) else None,
            keywords=self._stuffed(rng),
            **{**common(seller, rng), **unbranded(seller, line, rng)},
        )

    def sundry(self, n: int) -> Draft:
        """Goods of quite other kinds, and copy slang of other trades."""
        rng = self.world.dice("sundry", n)
        seller = shop(self.world, rng)
        if is_english(seller):
            words, key = rng.choice(english.SUNDRIES)
            low, high = 3.0, 25.0
            if n % 3 == 0:
                words, key, (low, high) = rng.choice(_FRIENDS_FAR)
            said, cny = english.phrase(words, rng), rng.uniform(low, high) * USD
        else:
            words, key, (low, high) = rng.choice(_FRIENDS if n % 3 == 0 else SUNDRIES)
            said, cny = chinese_phrase(words, rng), rng.uniform(low, high)
        return self._thing(rng, seller, said, key, cny=cny, why="unrelated goods of another kind")

    def ordinary(self, n: int) -> Draft:
        """Goods that an ordinary word names, which somebody registered for goods of another kind."""
        rng = self.world.dice("ordinary", n)
        mark = next(mark for mark in self.world.marks if mark.kind == "word" and not self.world.names[mark.key].pinyin)
        seller = shop(self.world, rng)
        if is_english(seller):
            words, key = rng.choice(english.SUNDRIES)
            said, cny = english.phrase(words, rng, mark.latin.lower()), rng.uniform(3, 25) * USD
        else:
            words, key, (low, high) = rng.choice(SUNDRIES)
            said, cny = (
                chinese_phrase(words, rng, rng.choice([mark.latin.title(), mark.chinese])),
                rng.uniform(low, high),
            )
        return self._thing(rng, seller, said, key, cny=cny, why="ordinary word, goods of another kind")

    def _thing(self, rng: Random, seller: Seller, said: str, key: str, **rest: Any) -> Draft:
        there = next(k for k in (("sundry", "", key), ("part", "", key), ("plain", "", key)) if k in self.album.stock)
        return Draft(
            title=said,
            images=self.album.some(rng, *there),
            label="other",
            mark=None,
            why=rest["why"],
            keywords=self._stuffed(rng),
            **{**common(seller, rng), **priced(seller, rest["cny"], rng)},
        )

    def errand(self, n: int) -> Draft:
        """Services for a client's goods, and links that only collect a difference or a deposit."""
        rng, mark = self.world.dice("errand", n), self.world.marks[n % len(self.world.marks)]
        mark = mark if mark.latin else self.world.of(mark.client)
        line, seller = rng.choice(list(mark.lines)), shop(self.world, rng, ("taobao",))
        service = rng.random() < 0.6
        words = f"{LINES[line].nouns[0]} {rng.choice(_SERVICES if service else _LINKS)}"
        return Draft(
            title=chinese_phrase(words, rng, plain(mark, seller, rng), first=True),
            images=self.album.some(rng, "own", mark.key, line, 1),
            label="other",
            mark=mark.right_id,
            why="service for genuine goods" if service else "deposit or postage, no goods are sold",
            **{**common(seller, rng), **priced(seller, rng.uniform(25, 120) if service else 1.0, rng)},
        )


# Each kind with its share of what is no copy.
INNOCENT: tuple[tuple[Callable[[Others, int], Draft], float], ...] = (
    (Others.authorised, 0.10),
    (Others.resold, 0.17),
    (Others.reduced, 0.03),
    (Others.packed, 0.01),
    (Others.used, 0.10),
    (Others.compatible, 0.14),
    (Others.branded, 0.16),
    (Others.similar, 0.06),
    (Others.nameless, 0.10),
    (Others.sundry, 0.07),
    (Others.ordinary, 0.04),
    (Others.errand, 0.02),
)
