"""The registered figurative marks, and the devices of other invented brands: shapes in two or three inks.

An emblem is a list of (outline, ink) in the unit square, painted in order; ink 0, 1, 2 are the inks of a palette,
ink -1 cuts through to what is below.
"""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from sandbox.goods.ink import Colour, Outline, Point, box, ellipse, lettering, spline

Emblem = list[tuple[Outline, int]]
Inks = tuple[Colour, ...]
CUT = -1


def polar(x: float, y: float, radius: float, degrees: float) -> Point:
    """A point at an angle (clockwise from the right) about (x, y)."""
    return x + radius * cos(degrees * pi / 180), y + radius * sin(degrees * pi / 180)


def _ring(x: float, y: float, outer: float, inner: float, ink: int) -> Emblem:
    return [(ellipse(x, y, outer), ink), (ellipse(x, y, inner), CUT)]


def _hexagon(x: float, y: float, radius: float) -> Outline:
    return [polar(x, y, radius, 30 + 60 * k) for k in range(6)]


def quenvik() -> Emblem:
    """A hexagon, a stair climbing through it, and a tail that leaves it: a Q for the outdoors."""
    stair = [(0.2, 0.66), (0.2, 0.54), (0.35, 0.54), (0.35, 0.42), (0.5, 0.42), (0.5, 0.3), (0.72, 0.3)]
    stair += [(0.72, 0.42), (0.62, 0.42), (0.62, 0.54), (0.47, 0.54), (0.47, 0.66)]
    tail = [(0.5, 0.6), (0.63, 0.54), (0.99, 0.9), (0.86, 0.99)]
    return [
        (_hexagon(0.46, 0.47, 0.46), 0),
        (_hexagon(0.46, 0.47, 0.36), CUT),
        (stair, 1),
        (tail, CUT),
        ([(0.55, 0.64), (0.65, 0.58), (0.97, 0.9), (0.87, 0.97)], 1),
        (ellipse(0.29, 0.38, 0.055), 0),
    ]


def flying_fish() -> Emblem:
    """A fish with wings, folded from paper: the wordless mark."""
    return [
        ([(0.02, 0.58), (0.24, 0.42), (0.3, 0.62)], 0),  # head, upper and lower facet
        ([(0.02, 0.58), (0.3, 0.62), (0.18, 0.7)], 1),
        ([(0.255, 0.42), (0.56, 0.46), (0.315, 0.62)], 1),  # body
        ([(0.315, 0.63), (0.57, 0.475), (0.66, 0.63), (0.4, 0.72)], 0),
        ([(0.3, 0.4), (0.44, 0.02), (0.66, 0.16), (0.5, 0.43)], 0),  # wings
        ([(0.52, 0.43), (0.68, 0.18), (0.86, 0.24), (0.6, 0.45)], 2),
        ([(0.4, 0.74), (0.62, 0.66), (0.56, 0.95)], 2),
        ([(0.59, 0.48), (0.78, 0.56), (0.68, 0.62)], 2),  # tail
        ([(0.79, 0.57), (0.99, 0.36), (0.9, 0.62)], 0),
        ([(0.7, 0.64), (0.9, 0.64), (0.97, 0.88)], 1),
        (ellipse(0.17, 0.55, 0.025), CUT),
    ]


def tolver_ridge() -> Emblem:
    """A dial whose ticks grow towards noon, a ridge of four peaks under a moon."""
    ticks = [_tick(k) for k in range(24)]
    ridge = [(0.16, 0.68), (0.3, 0.44), (0.38, 0.56), (0.5, 0.32), (0.6, 0.5), (0.67, 0.42), (0.74, 0.53), (0.84, 0.68)]
    snow = [(0.5, 0.37), (0.545, 0.455), (0.51, 0.44), (0.485, 0.485), (0.47, 0.43)]
    return [
        *((tick, 0) for tick in ticks),
        (spline([*ridge, (0.7, 0.8), (0.5, 0.84), (0.3, 0.8)]), CUT),
        (ridge, 0),
        (snow, CUT),
        ([(0.2, 0.71), (0.8, 0.71), (0.75, 0.76), (0.25, 0.76)], 1),
        ([(0.29, 0.79), (0.71, 0.79), (0.62, 0.84), (0.38, 0.84)], 1),
        (ellipse(0.68, 0.3, 0.075), 1),
        (ellipse(0.715, 0.28, 0.065), CUT),
    ]


def _tick(k: int) -> Outline:
    angle = -90 + 15 * k
    inner = 0.34 + 0.1 * min(k, 24 - k) / 12
    return [polar(0.5, 0.5, r, angle + a) for r, a in ((0.5, -2.6), (0.5, 2.6), (inner, 2.6), (inner, -2.6))]


def nerivelle() -> Emblem:
    """Four unequal leaves in a fan, each with a vein, over a drop between two waves."""
    leaves = [_leaf(0.47, 0.62, length, angle) for angle, length in _FAN]
    veins = [_vein(0.47, 0.62, length, angle) for angle, length in _FAN]
    drop = spline([(0.47, 0.64), (0.555, 0.79), (0.47, 0.88), (0.385, 0.79)])
    wave = spline([(0.08, 0.8), (0.2, 0.74), (0.33, 0.82), (0.33, 0.87), (0.2, 0.8), (0.08, 0.87)])
    other = [(0.94 - x, y + 0.03) for x, y in wave]
    return [
        *((leaf, i % 2) for i, leaf in enumerate(leaves)),
        *((v, CUT) for v in veins),
        (drop, 1),
        (wave, 0),
        (other, 0),
    ]


_FAN = [(-164, 0.4), (-116, 0.46), (-66, 0.56), (-14, 0.44)]  # angle and length of each leaf


def _leaf(x: float, y: float, length: float, degrees: float) -> Outline:
    side = [polar(*polar(x, y, length * t, degrees), 0.128 * sin(pi * t) * w, degrees + 90) for t, w in _LEAF]
    return spline([polar(x, y, 0.05, degrees), *side])


_LEAF = [(0.3, 0.7), (0.6, 1.0), (0.85, 0.9), (1.0, 0.0), (0.8, -0.7), (0.5, -0.95), (0.25, -0.6)]


def _vein(x: float, y: float, length: float, degrees: float) -> Outline:
    start, end = polar(x, y, length * 0.22, degrees), polar(x, y, length * 0.86, degrees)
    return [start, polar(*start, 0.014, degrees + 90), end, polar(*start, 0.014, degrees - 90)]


def comet() -> Emblem:
    """Brand of others: a ball with three tails."""
    tails = [[(0.34, 0.36 + d), (0.98, 0.1 + 2 * d), (0.42, 0.5 + d)] for d in (0.0, 0.1, 0.2)]
    return [*((t, 1) for t in tails), (ellipse(0.3, 0.52, 0.26), 0), (ellipse(0.23, 0.45, 0.08), CUT)]


def clover() -> Emblem:
    """Brand of others: four rings that touch, with a stem."""
    rings = [
        part for x, y in ((0.3, 0.3), (0.66, 0.3), (0.3, 0.64), (0.66, 0.64)) for part in _ring(x, y, 0.19, 0.1, 0)
    ]
    return [*rings, ([(0.46, 0.46), (0.52, 0.46), (0.74, 0.96), (0.66, 0.98)], 1)]


def tower() -> Emblem:
    """Brand of others: stacked bars under a roof."""
    bars = [(box(0.28 - 0.05 * k, 0.34 + 0.17 * k, 0.72 + 0.05 * k, 0.46 + 0.17 * k, 0.04), k % 2) for k in range(4)]
    return [*bars, ([(0.5, 0.02), (0.8, 0.28), (0.2, 0.28)], 0)]


def lantern() -> Emblem:
    """Brand of others: a lantern on a hook."""
    return [
        (box(0.2, 0.3, 0.8, 0.82, 0.2), 0),
        (box(0.32, 0.4, 0.46, 0.72, 0.05), CUT),
        (box(0.54, 0.4, 0.68, 0.72, 0.05), CUT),
        (box(0.14, 0.24, 0.86, 0.31), 1),
        (box(0.14, 0.82, 0.86, 0.89), 1),
        *_ring(0.5, 0.13, 0.12, 0.07, 0),
        ([(0.44, 0.9), (0.56, 0.9), (0.5, 1.0)], 1),
    ]


def kite() -> Emblem:
    """Brand of others: a diamond in quarters with a bow."""
    return [
        ([(0.5, 0.02), (0.78, 0.36), (0.5, 0.36)], 0),
        ([(0.5, 0.02), (0.5, 0.36), (0.22, 0.36)], 1),
        ([(0.22, 0.38), (0.49, 0.38), (0.49, 0.74)], 0),
        ([(0.51, 0.38), (0.78, 0.38), (0.51, 0.74)], 1),
        ([(0.5, 0.76), (0.66, 0.84), (0.66, 0.98), (0.5, 0.88), (0.34, 0.98), (0.34, 0.84)], 0),
    ]


def shell() -> Emblem:
    """Brand of others: a snail's coil of dots."""
    dots = [(ellipse(*polar(0.5, 0.5, 0.06 + 0.022 * k, 40.0 * k), 0.03 + 0.0035 * k), k % 2) for k in range(17)]
    return [*dots, (ellipse(0.5, 0.5, 0.045), 0)]


OTHERS = {"comet": comet, "clover": clover, "tower": tower, "lantern": lantern, "kite": kite, "shell": shell}
DEVICES = {"quenvik": quenvik, "fish": flying_fish, "tolver": tolver_ridge, "nerivelle": nerivelle}
INKS: dict[str, Inks] = {
    "quenvik": ((12, 84, 96), (226, 98, 36), (12, 84, 96)),
    "fish": ((24, 62, 140), (84, 142, 214), (18, 38, 84)),
    "tolver": ((46, 42, 40), (168, 124, 52), (46, 42, 40)),
    "nerivelle": ((94, 40, 84), (196, 110, 140), (94, 40, 84)),
}


def drawn(emblem: Emblem, inks: Inks, side: int = 400) -> Image.Image:
    """The emblem as an RGBA picture on nothing."""
    large = side * 3
    canvas = np.zeros((large, large, 4), np.uint8)
    for outline, ink in emblem:
        area = Image.new("L", (large, large))
        ImageDraw.Draw(area).polygon([(x * large, y * large) for x, y in outline], fill=255)
        canvas[np.asarray(area) > 0] = (0, 0, 0, 0) if ink == CUT else (*inks[ink % len(inks)], 255)
    return Image.fromarray(canvas).resize((side, side), Image.Resampling.BOX)


def combined(device: Image.Image, words: str, ink: Colour, face: str = "Sans") -> Image.Image:
    """The emblem above its words, as such marks are registered."""
    text = lettering(words, ink, face, spacing=0.12)
    text = text.resize((round(device.width * 1.25), round(text.height * device.width * 1.25 / text.width)))
    whole = Image.new("RGBA", (text.width, device.height + text.height + device.height // 12))
    whole.alpha_composite(device, ((text.width - device.width) // 2, 0))
    whole.alpha_composite(text, (0, whole.height - text.height))
    return whole
