"""One picture: which article, in which dress, with which mark, where it stands. `drawn_shot` draws it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image

from sandbox.goods import audio, bags, beauty, flasks, shoes, sundries, toys, watches
from sandbox.goods.clients import BY_KEY
from sandbox.goods.emblems import DEVICES, INKS, OTHERS, Inks, drawn
from sandbox.goods.ink import SIDE, Colour, lettering, tinted
from sandbox.goods.scenes import BACKGROUNDS, Pose, developed, place
from sandbox.goods.sprites import Dress, Sprite, dressed, stamped

Draw = Callable[[Dress, np.random.Generator], Sprite]
ARTICLES: dict[str, tuple[Draw, ...]] = {
    "running": (shoes.runner,),
    "board": (shoes.board,),
    "boots": (shoes.boot,),
    "rucksack": (bags.rucksack,),
    "tote": (bags.tote,),
    "shoulder": (bags.shoulder,),
    "earbuds": (audio.earbuds,),
    "headphones": (audio.headphones,),
    "watch": (watches.dress_watch, watches.diver),
    "cream": (beauty.jar,),
    "serum": (beauty.serum,),
    "lipstick": (beauty.lipstick,),
    "flask": (flasks.slim,),
    "mug": (flasks.mug,),
    "plush": (toys.bear, toys.hare),
    **{f.__name__: (f,) for f in (shoes.insoles, shoes.laces, audio.case_cover, audio.ear_tips, audio.cable)},
    **{f.__name__: (f,) for f in (watches.strap, beauty.brush, flasks.lid, flasks.sleeve)},
    **{f.__name__: (f,) for f in (sundries.earrings, sundries.book, sundries.shovel, sundries.plums, sundries.cup)},
    **{f.__name__: (f,) for f in (sundries.lamp, sundries.shirt, sundries.cap, sundries.umbrella, sundries.crate)},
    "mineral": (sundries.weight,),
}
COLOURS: dict[str, Colour] = {
    "navy": (38, 56, 104),
    "red": (190, 48, 48),
    "black": (48, 48, 52),
    "cream": (230, 222, 204),
    "green": (66, 108, 82),
    "sky": (126, 168, 206),
    "pink": (224, 160, 170),
    "brown": (122, 82, 56),
    "grey": (146, 148, 152),
    "orange": (216, 110, 46),
    "purple": (104, 74, 130),
    "white": (240, 239, 235),
    "mustard": (204, 160, 60),
    "teal": (36, 110, 116),
}
PAPER: dict[str, Colour] = {
    "plain": (236, 234, 230),
    "rose": (238, 218, 214),
    "blue": (206, 220, 232),
    "sand": (226, 212, 190),
}
# How a mark is laid on: in its own inks, or in one ink.
ONE_INK: dict[str, Colour] = {"pale": (246, 245, 240), "dark": (30, 30, 34), "gold": (198, 158, 86)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture to be drawn.

    name : says what it is; seeds its accidents, and (hashed) names its file
    article, version : a key of ARTICLES and which of its drawings
    body, second : colours; second may be empty
    mark : a key of `clients.BY_KEY` or `emblems.OTHERS`, or empty; style: own | pale | dark | gold | tone
    poses : where the article stands; several for a pair or a group
    quality : 1 a studio camera, less a telephone
    """

    name: str
    article: str
    version: int = 0
    body: str = "navy"
    second: str = ""
    background: str = "studio"
    paper: str = "plain"
    mark: str = ""
    style: str = "own"
    scale: float = 1.0
    skew: float = 0.0
    poses: tuple[Pose, ...] = (Pose(),)
    quality: float = 1.0


def dice(name: str) -> np.random.Generator:
    """Accidents that are the same every time for one name."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def _brightness(sprite: Sprite) -> float:
    x, y = round(sprite.spot.x * SIDE), round(sprite.spot.y * SIDE)
    return float(sprite.pixels[y - 12 : y + 12, x - 12 : x + 12, :3].mean())


def _inks(shot: Shot, sprite: Sprite, own: Inks) -> Inks:
    """The inks in which the mark can be seen: its own on light goods, or a pale or dark one."""
    light = _brightness(sprite)
    if shot.style == "own" and light > 0.62:
        return own
    if shot.style in ("pale", "dark") and (light > 0.6) == (shot.style == "dark"):
        return (ONE_INK[shot.style],) * 3
    if shot.style == "gold" and light < 0.5:
        return (ONE_INK["gold"],) * 3
    body = COLOURS[shot.body]
    if shot.style == "tone":
        return (tinted(body, -0.5 if light > 0.5 else 0.55),) * 3
    return (ONE_INK["dark" if light > 0.6 else "pale"],) * 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What can stand on goods. picture : the mark in some inks; inks : a mark's own; worded : it is letters alone"""

    picture: Callable[[str, Inks], Image.Image]
    inks: Callable[[str], Inks]
    worded: Callable[[str], bool]


@lru_cache(maxsize=64)
def _mark_picture(key: str, inks: Inks) -> Image.Image:
    if key in OTHERS:
        return drawn(OTHERS[key](), inks)
    mark = BY_KEY[key]
    return drawn(DEVICES[mark.device](), inks) if mark.device else lettering(mark.latin, inks[0], mark.face, 0.1)


OTHERS_INKS: Inks = ((34, 80, 60), (196, 72, 60), (34, 80, 60))
DEMO = Signs(
    _mark_picture,
    lambda key: INKS.get(key, OTHERS_INKS),
    lambda key: key in BY_KEY and not BY_KEY[key].device,
)


def _marked(shot: Shot, sprite: Sprite, signs: Signs) -> Sprite:
    if not shot.mark:
        return sprite
    # A word is wide and low: it takes more of the width than a device does.
    scale = shot.scale * (1.25 if signs.worded(shot.mark) else 1.0)
    inks = _inks(shot, sprite, signs.inks(shot.mark))
    return stamped(sprite, signs.picture(shot.mark, inks), scale=scale, skew=shot.skew)


def drawn_shot(shot: Shot, signs: Signs = DEMO) -> Image.Image:
    """The picture, RGB, `scenes.VIEW` square. Deterministic. signs : what the marks look like"""
    rng = dice(shot.name)
    draw = ARTICLES[shot.article][shot.version % len(ARTICLES[shot.article])]
    dress = dressed(COLOURS[shot.body], COLOURS[shot.second] if shot.second else None)
    sprite = _marked(shot, draw(dress, rng), signs)
    scene = BACKGROUNDS[shot.background](PAPER[shot.paper], rng)
    for pose in shot.poses:
        scene = place(scene, sprite, pose)
    return developed(scene, rng, shot.quality)
