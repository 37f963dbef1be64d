"""The copies of the fair. What they are made of stands in shares of the whole (`COPIES`)."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from sandbox.goods.album import Picture
from sandbox.goods.clients import Mark, Seller
from sandbox.goods.copies import HABITS
from sandbox.goods.drafts import Draft
from sandbox.goods.fair import english
from sandbox.goods.fair.pictures import COPIES as COPIED
from sandbox.goods.fair.pictures import MARKED, Album
from sandbox.goods.fair.speech import attribute, common, disguised, is_english, kinds_for, plain, priced, shop, title
from sandbox.goods.fair.world import World
from sandbox.goods.words import PAIRED_SLANG, STRONG_SLANG

_NO_BRAND = (None, None, None, "其他", "无品牌")
_LONE = ("外贸原单", "尾单", "剪标", "工厂直供 原单", "专柜撤柜")
_LONE_FAR = ("overrun stock", "original factory", "no logo picture")
_PACKS = (5, 10, 20)


class Copies:
    """Makes the n-th copy of a kind."""

    def __init__(self, world: World, album: Album) -> None:
        self.world, self.album = world, album

    def _named(self, n: int) -> Mark:
        named = [mark for mark in self.world.marks if mark.latin]
        return named[n % len(named)]

    def _draft(self, mark: Mark, line: str, rng: Random, seller: Seller, **said: Any) -> Draft:
        shares = rng.choice([(0.72, 1.02), (0.72, 1.02), (0.5, 0.72), (0.1, 0.45), (0.1, 0.45)])
        price = priced(seller, float(mark.price(line)) * rng.uniform(*shares), rng)
        brand = rng.choice(_NO_BRAND if not is_english(seller) else (None, None, "OEM", "Other"))
        images = self.album.some(rng, "plain", "", line)
        given = {**common(seller, rng), **price, "brand": brand, "images": images, **said}
        return Draft(label="counterfeit", mark=mark.right_id, **given)

    def _keywords(self, mark: Mark, rng: Random) -> tuple[str, ...]:
        words = [word for word in (mark.latin.lower(), mark.chinese, *mark.aliases) if word]
        return tuple(rng.sample(words, 1))

    def disguised(self, n: int) -> Draft:
        """The name in a disguise."""
        rng, mark = self.world.dice("disguise", n), self._named(n)
        seller, line = shop(self.world, rng), rng.choice(list(mark.lines))
        kind = rng.choice(kinds_for(self.world.names[mark.key], seller))
        surface = disguised(kind, mark, self.world.names[mark.key], seller, rng)
        own = ("own", mark.key) if rng.random() < 0.2 else ("plain", "")
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng, surface),
            images=self.album.some(rng, *own, line),
            why=f"disguise:{kind} {mark.latin} written as {surface}",
            keywords=self._keywords(mark, rng),
        )

    def slang(self, n: int) -> Draft:
        """The plain name and words by which buyers know a copy."""
        rng, mark = self.world.dice("slang", n), self._named(n)
        seller, line = shop(self.world, rng), rng.choice(list(mark.lines))
        strong, paired = (english.STRONG, english.PAIRED) if is_english(seller) else (STRONG_SLANG, PAIRED_SLANG)
        terms = (rng.choice(strong),) if rng.random() < 0.7 else rng.choice(paired)
        own = ("own", mark.key) if rng.random() < 0.5 else ("plain", "")
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng, plain(mark, seller, rng), " ".join(terms)),
            images=self.album.some(rng, *own, line),
            why=f"slang {' + '.join(terms)} beside the name",
        )

    def priced(self, n: int) -> Draft:
        """The plain name at a price that no genuine article has."""
        rng, mark = self.world.dice("price", n), self._named(n)
        seller, line = shop(self.world, rng), rng.choice(list(mark.lines))
        own = ("own", mark.key) if rng.random() < 0.6 else ("plain", "")
        share = rng.uniform(0.07, 0.42)
        price = min(float(mark.price(line)), mark.reference[0]) * share
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng, plain(mark, seller, rng)),
            images=self.album.some(rng, *own, line),
            brand=attribute(mark, seller, rng) if rng.random() < 0.5 else None,
            why=f"price {share:.0%} of the reference, the name is plain",
            **priced(seller, price, rng),
        )

    def packed(self, n: int) -> Draft:
        """A pack of many at what one genuine article costs."""
        rng = self.world.dice("pack", n)
        mark = next(m for k in range(n, n + 20) if "14" not in (m := self._named(k)).nice)
        seller, line = shop(self.world, rng, ("taobao", "aliexpress")), rng.choice(list(mark.lines))
        many = rng.choice(_PACKS)
        said = f"{many} pcs/lot" if is_english(seller) else f"{many}{'双' if mark.nice == '25' else '件'}装"
        price = float(mark.price(line)) * rng.uniform(0.08, 0.35) * many
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng, plain(mark, seller, rng), said),
            why=f"price of one of {many} in the pack, the name is plain",
            **priced(seller, price, rng),
        )

    def copied(self, n: int) -> Draft:
        """The client's own photo, changed a little; no word says whose goods these are."""
        rng, sources = self.world.dice("photo copy", n), list(self.album.photos)
        n %= COPIED  # several shops use one picture
        source, habit = sources[n * 7 % len(sources)], HABITS[n % len(HABITS)]
        shot = self.album.photos[source]
        mark = next(mark for mark in self.world.marks if mark.key == shot.mark)
        picture = Picture(name=f"{self.world.seed} copy {n} {source}", source=source, attacks=habit)
        return self._silent(mark, shot.article, rng, picture, f"photo:copy of {source}, {' and '.join(habit)}")

    def marked(self, n: int) -> Draft:
        """Goods that bear the figurative mark; no word says whose they are."""
        drawn = [mark for mark in self.world.marks if mark.device]
        rng, n = self.world.dice("photo mark", n), n % MARKED  # several shops use one picture
        mark = drawn[n % len(drawn)]
        line = list(mark.lines)[n // len(drawn) % len(mark.lines)]
        picture = self.album.marked(f"mark {n} {mark.key} {line}", line, mark)
        return self._silent(mark, line, rng, picture, f"photo:mark the device of {mark.right_id} stands on the goods")

    def _silent(self, mark: Mark, line: str, rng: Random, picture: Picture, why: str) -> Draft:
        seller = shop(self.world, rng)
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng),
            images=(picture, *self.album.some(rng, "plain", "", line, 1)),
            why=why,
            keywords=self._keywords(mark, rng),
        )

    def quiet(self, n: int) -> Draft:
        """The plain name, and several small things beside it, none of which proves anything alone."""
        rng, mark = self.world.dice("quiet", n), self._named(n)
        line = rng.choice(list(mark.lines))
        sites = ("taobao", "taobao", "1688", "aliexpress")
        known = [s for site in sites for s in self.world.shops[site] if is_known(s, mark)]
        seller = rng.choice(known) if known and rng.random() < 0.7 else shop(self.world, rng, sites)
        lone = rng.choice(_LONE_FAR if is_english(seller) else _LONE) if rng.random() < 0.6 else ""
        return self._draft(
            mark,
            line,
            rng,
            seller,
            title=title(seller, line, rng, plain(mark, seller, rng), lone),
            brand=rng.choice(["OEM", "Other"] if is_english(seller) else ["其他", "无品牌", "other/其他"]),
            why=f"quiet: no brand, {lone or 'no slang'}, sent from {seller.location}",
            **priced(seller, min(float(mark.price(line)), mark.reference[0]) * rng.uniform(0.5, 0.68), rng),
        )


def is_known(seller: Seller, mark: Mark) -> bool:
    """Whether a shop sends from a place where such goods are copied."""
    places = {"25": ("莆田", "Putian", "晋江"), "18": ("白云",), "9": ("深圳",), "14": ("广州",)}
    return any(place in seller.location for nice in mark.nice.split("|") for place in places.get(nice, ()))


# Each kind with its share of the copies.
COPIES: tuple[tuple[Callable[[Copies, int], Draft], float], ...] = (
    (Copies.disguised, 0.42),
    (Copies.slang, 0.18),
    (Copies.priced, 0.12),
    (Copies.packed, 0.02),
    (Copies.copied, 0.12),
    (Copies.marked, 0.08),
    (Copies.quiet, 0.06),
)
