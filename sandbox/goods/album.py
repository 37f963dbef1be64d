"""All pictures of the demo: the clients' own photos, the stock of shop pictures, and what was made from the photos.

A `Picture` is a shot, or a copy of a client's photo. `PHOTOS` and `NEGATIVES` belong to the rights file; listings ask
`stock` (by role and subject) and `copies_of`. File names are hashes: a name must tell nobody what the picture is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from PIL import Image

from sandbox.goods.clients import BRANDS, MARKS, SIMILAR, Brand, Mark
from sandbox.goods.copies import copied
from sandbox.goods.scenes import BACKGROUNDS, Pose
from sandbox.goods.studio import ARTICLES, COLOURS, PAPER, Shot, drawn_shot
from sandbox.goods.words import ACCESSORIES, LINES, SUNDRIES

PAIR = (Pose(0.42, 0.4, 0.66), Pose(0.58, 0.62, 0.7))
FACING = (Pose(0.37, 0.4, 0.62, mirror=True), Pose(0.62, 0.64, 0.66))
ACROSS = (Pose(0.4, 0.6, 0.66, -38), Pose(0.62, 0.44, 0.62, 24))
ROW = (Pose(0.27, 0.55, 0.6), Pose(0.52, 0.5, 0.66), Pose(0.77, 0.56, 0.6))
CLOSE = (Pose(0.5, 0.48, 1.15),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a listing: a shot, or a client's photo (its path) after some attacks."""

    name: str
    shot: Shot | None = None
    source: str = ""
    attacks: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its file, relative to the catalogue."""
        return f"pictures/{hashlib.sha256(self.name.encode()).hexdigest()[:12]}.jpg"


def _photo(article: str, body: str, second: str, background: str, poses: tuple[Pose, ...], **rest: Any) -> Shot:
    return Shot(name="", article=article, body=body, second=second, background=background, poses=poses, **rest)


_SHOWN: dict[str, tuple[Shot, ...]] = {
    "quenvik": (
        _photo("running", "white", "teal", "studio", (Pose(0.5, 0.52, 0.86, -6),), paper="blue"),
        _photo("running", "black", "orange", "stone", PAIR, style="pale"),
        _photo("boots", "brown", "black", "outdoors", (Pose(0.52, 0.5, 0.8),), style="gold"),
        _photo("rucksack", "teal", "navy", "shelf", (Pose(0.48, 0.54, 0.84),), style="pale"),
        _photo("rucksack", "cream", "brown", "table", (Pose(0.55, 0.48, 0.78, 8),)),
    ),
    "fish": (
        _photo("board", "white", "navy", "studio", FACING, scale=1.15),
        _photo("board", "sky", "white", "cloth", (Pose(0.5, 0.5, 0.92, 12),), scale=1.1, paper="sand"),
        _photo("tote", "cream", "navy", "shelf", (Pose(0.5, 0.52, 0.8),)),
    ),
    "olum": (
        _photo("earbuds", "white", "grey", "studio", (Pose(0.5, 0.5, 0.8),), paper="rose"),
        _photo("earbuds", "black", "red", "stone", (Pose(0.46, 0.52, 0.74, -14),), style="pale"),
        _photo("headphones", "cream", "brown", "table", (Pose(0.5, 0.46, 0.82),)),
        _photo("headphones", "navy", "black", "shelf", (Pose(0.56, 0.5, 0.78, 16),), style="pale"),
    ),
    "tolver": (
        _photo("watch", "brown", "black", "cloth", (Pose(0.5, 0.5, 0.95),), paper="sand", scale=1.15),
        _photo("watch", "navy", "black", "stone", (Pose(0.5, 0.5, 0.9, 20),), version=1, style="gold", scale=1.2),
        _photo("watch", "white", "green", "table", (Pose(0.5, 0.5, 0.9, -12),), version=1, scale=1.2),
        _photo("watch", "black", "black", "outdoors", CLOSE, scale=1.2),
    ),
    "nerivelle": (
        _photo("serum", "purple", "black", "studio", (Pose(0.5, 0.52, 0.84),), paper="rose"),
        _photo("cream", "white", "pink", "stone", (Pose(0.5, 0.5, 0.72, -5),)),
        _photo("lipstick", "red", "purple", "cloth", (Pose(0.5, 0.5, 0.82, 10),), paper="rose", style="gold"),
        _photo("serum", "mustard", "brown", "shelf", (Pose(0.36, 0.55, 0.7), Pose(0.66, 0.55, 0.7))),
    ),
    "tassel": (
        _photo("flask", "green", "black", "outdoors", (Pose(0.5, 0.5, 0.86),), style="pale"),
        _photo("flask", "pink", "white", "studio", ROW, paper="sand", style="dark"),
        _photo("mug", "navy", "cream", "table", (Pose(0.52, 0.5, 0.8),), style="pale"),
        _photo("plush", "brown", "cream", "shelf", (Pose(0.5, 0.55, 0.82),), style="dark"),
    ),
}
_BLANKS = (
    _photo("flask", "grey", "black", "white", (Pose(0.5, 0.5, 0.86),)),
    _photo("flask", "white", "grey", "studio", (Pose(0.34, 0.52, 0.78), Pose(0.66, 0.52, 0.78))),
)
# The clients' photos by path; the same of unmarked goods from a wholesale catalogue, which many shops use lawfully.
PHOTOS: dict[str, Shot] = {
    f"photos/{key}/{n}.jpg": replace(shot, name=f"photo {key} {n}", mark=key)
    for key, shots in _SHOWN.items()
    for n, shot in enumerate(shots, 1)
}
NEGATIVES: dict[str, Shot] = {
    f"negatives/tassel/{n}.jpg": replace(shot, name=f"negative {n}") for n, shot in enumerate(_BLANKS, 1)
}
# How many pictures of each role and subject there are: enough that no shop's shelf looks like the next.
_PLAIN, _OWN, _BRAND, _ACCESSORY, _SUNDRY = 6, 3, 2, 2, 2


_LIPS = ("red", "pink", "orange", "brown", "purple")


def _poses(rng: Random, article: str, marked: bool) -> tuple[Pose, ...]:
    if article in ("running", "board") and rng.random() < 0.45:
        dx, dy, size = rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08), rng.uniform(0.8, 1.1)
        pair = rng.choice([PAIR, ACROSS] if marked else [PAIR, FACING, ACROSS])
        return tuple(replace(pose, x=pose.x + dx, y=pose.y + dy, size=pose.size * size) for pose in pair)
    x, y, mirror = rng.uniform(0.4, 0.6), rng.uniform(0.45, 0.55), rng.random() < 0.35 and not marked
    return (Pose(x, y, rng.uniform(0.62, 0.98), rng.uniform(-22, 22), rng.uniform(-0.08, 0.08), mirror),)


def shop_shot(name: str, article: str, mark: str = "", *, near: bool = False) -> Shot:
    """A picture as a shop would take it; `near`: the mark is large and well seen."""
    rng = Random(name)
    body, second = rng.sample(list(COLOURS), 2)
    body = rng.choice(_LIPS) if article == "lipstick" else body
    shot = Shot(
        name=name,
        article=article,
        version=rng.randrange(len(ARTICLES[article])),
        body=body,
        second=second,
        background=rng.choice(list(BACKGROUNDS)),
        paper=rng.choice(list(PAPER)),
        mark=mark,
        style=rng.choice(["own", "own", "pale", "dark", "gold", "tone"]),
        skew=rng.uniform(-0.08, 0.08),
        poses=_poses(rng, article, bool(mark)),
        quality=rng.choice([1.0, 1.0, 0.7, 0.5]),
    )
    return _nearer(shot, rng) if near else shot


def _nearer(shot: Shot, rng: Random) -> Shot:
    """Bounds such that the mark takes 10 to 40 % of the picture's width, from a watch's dial to a bag's front."""
    pose = Pose(rng.uniform(0.45, 0.55), 0.5, rng.uniform(0.85, 1.0), rng.uniform(-14, 14), rng.uniform(-0.06, 0.06))
    style = rng.choice(["own", "pale", "dark", "gold"])
    return replace(shot, poses=(pose,), scale=rng.uniform(1.15, 1.3), style=style, skew=rng.uniform(-0.15, 0.15))


def _many(count: int, role: str, subject: str, article: str, mark: str = "") -> list[Picture]:
    names = [f"{role} {subject} {article} {n}" for n in range(count)]
    return [Picture(name=name, shot=shop_shot(name, article, mark)) for name in names]


def _of_brands() -> dict[tuple[str, str, str], list[Picture]]:
    brands: list[tuple[Brand, int]] = [(brand, _BRAND) for brand in BRANDS]
    brands += [(brand, 1) for similar in SIMILAR.values() for brand in similar]
    return {
        ("brand", brand.latin, line): _many(count, "brand", brand.latin, line, brand.device)
        for brand, count in brands
        for line in brand.lines
    }


@cache
def stock() -> dict[tuple[str, str, str], list[Picture]]:
    """Pictures by (role, subject, article).

    Roles: plain (no mark), own (a client's goods as a buyer photographs them), brand (another brand's goods),
    accessory, sundry, authorised (a client's photo as its dealers use it), wholesale (a negative photo).
    """
    pictures = {("plain", "", line): _many(_PLAIN, "plain", "", line) for line in LINES}
    pictures |= {("own", m.key, line): _many(_OWN, "own", m.key, line, m.key) for m in MARKS for line in m.lines}
    pictures |= _of_brands()
    parts = sorted({key for kinds in ACCESSORIES.values() for _, key, _ in kinds})
    pictures |= {("accessory", "", key): _many(_ACCESSORY, "accessory", "", key) for key in parts}
    pictures |= {("sundry", "", key): _many(_SUNDRY, "sundry", "", key) for _, key, _ in SUNDRIES}
    pictures[("sundry", "", "mineral")] = _many(1, "sundry", "", "mineral")
    for path, shot in PHOTOS.items():
        dealer = Picture(name=f"authorised {path}", source=path, attacks=("resized",))
        pictures.setdefault(("authorised", shot.mark, shot.article), []).append(dealer)
    pictures[("wholesale", "", "flask")] = [
        Picture(name=f"wholesale {p}", source=p, attacks=("resized",)) for p in NEGATIVES
    ]
    return pictures


def photos_of(mark: Mark) -> list[str]:
    """The paths of a client's own photos of one mark."""
    return [path for path, shot in PHOTOS.items() if shot.mark == mark.key]


def render(picture: Picture) -> Image.Image:
    """Draw it, or copy it. RGB."""
    if picture.shot:
        return drawn_shot(picture.shot)
    original = drawn_shot((PHOTOS | NEGATIVES)[picture.source])
    return copied(original, picture.attacks, Random(picture.name))
