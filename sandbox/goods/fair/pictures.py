"""The pictures of a seed's goods: each client's own photos, a stock that shops share, and what was made from photos."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from random import Random

from PIL import Image

from sandbox.goods.album import Picture, shop_shot
from sandbox.goods.clients import Brand, Mark
from sandbox.goods.copies import copied
from sandbox.goods.fair import english
from sandbox.goods.fair.world import World
from sandbox.goods.studio import Shot, drawn_shot
from sandbox.goods.words import LINES, SUNDRIES

# How many pictures of a kind there are; shops share them, as real shops do.
PHOTOS, PLAIN, OWN, BRAND, OTHER, BLANK = 4, 3, 2, 1, 1, 2
COPIES, MARKED = 44, 40  # different pictures among those that are made for one copy


class Album:
    """All pictures of a world, drawn when they are asked for."""

    def __init__(self, world: World) -> None:
        self.world = world

    def _shot(self, name: str, article: str, mark: str = "", *, near: bool = False) -> Shot:
        return shop_shot(f"fair {self.world.seed} {name}", article, mark, near=near)

    def _stock(self, count: int, role: str, article: str, mark: str = "") -> list[Picture]:
        shots = [self._shot(f"{role} {mark} {article} {n}", article, mark) for n in range(count)]
        return [Picture(name=shot.name, shot=shot) for shot in shots]

    @cached_property
    def photos(self) -> dict[str, Shot]:
        """The clients' own photos by path, clear and well lit."""
        return {
            f"photos/{mark.key}/{n}.jpg": replace(
                self._shot(f"photo {mark.key} {n}", list(mark.lines)[n % len(mark.lines)], mark.key, near=True),
                quality=1.0,
            )
            for mark in self.world.marks
            for n in range(PHOTOS)
        }

    @cached_property
    def negatives(self) -> dict[str, Shot]:
        """A wholesaler's pictures of blank flasks, which many shops use lawfully."""
        return {f"negatives/{n}.jpg": self._shot(f"negative {n}", "flask") for n in range(BLANK)}

    @cached_property
    def stock(self) -> dict[tuple[str, str, str], list[Picture]]:
        """Pictures by (role, subject, article), as `album.stock` has them."""
        brands = (*self.world.brands, *self.world.similar.values())
        parts = {key for kinds in english.ACCESSORIES.values() for _, key, _ in kinds}
        found = {("plain", "", line): self._stock(PLAIN, "plain", line) for line in LINES}
        found |= {
            ("own", m.key, line): self._stock(OWN, "own", line, m.key) for m in self.world.marks for line in m.lines
        }
        found |= {
            ("brand", b.latin, line): self._stock(BRAND, "brand", line, b.device) for b in brands for line in b.lines
        }
        found |= {("part", "", key): self._stock(OTHER, "part", key) for key in sorted(parts)}
        found |= {("sundry", "", key): self._stock(OTHER, "sundry", key) for _, key, _ in SUNDRIES}
        found["sundry", "", "mineral"] = self._stock(1, "sundry", "mineral")
        for path, shot in self.photos.items():
            dealer = Picture(name=f"{self.world.seed} dealer {path}", source=path, attacks=("resized",))
            found.setdefault(("dealer", shot.mark, shot.article), []).append(dealer)
        found["blank", "", "flask"] = [
            Picture(name=f"{self.world.seed} blank {path}", source=path, attacks=("resized",))
            for path in self.negatives
        ]
        return found

    def some(self, rng: Random, role: str, subject: str, article: str, most: int = 2) -> tuple[Picture, ...]:
        """One to `most` pictures of the stock."""
        there = self.stock[role, subject, article]
        return tuple(rng.sample(there, rng.randint(1, min(most, len(there)))))

    def marked(self, name: str, line: str, mark: Mark | Brand) -> Picture:
        """Goods that bear a device, from near."""
        key = mark.key if isinstance(mark, Mark) else mark.device
        shot = self._shot(name, line, key, near=True)
        return Picture(name=shot.name, shot=shot)

    def render(self, picture: Picture) -> Image.Image:
        """Draw it, or copy it. RGB."""
        if picture.shot:
            return drawn_shot(picture.shot, self.world.signs)
        source = (self.photos | self.negatives)[picture.source]
        return copied(drawn_shot(source, self.world.signs), picture.attacks, Random(picture.name))
