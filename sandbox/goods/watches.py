"""Watches: a dress watch and a diver; a strap alone."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from sandbox.goods.ink import (
    Colour,
    Pixels,
    barrel,
    box,
    cover,
    ellipse,
    gleam,
    grain,
    paint,
    relief,
    sheet,
    spline,
    stitches,
    stroke,
    tinted,
    without,
)
from sandbox.goods.sprites import Dress, Spot, Sprite

_STEEL = (188, 190, 196)
_GOLD = (208, 168, 104)


def _at(radius: float, hours: float) -> tuple[float, float]:
    angle = hours * pi / 6 - pi / 2
    return 0.5 + radius * cos(angle), 0.5 + radius * sin(angle)


def _leather(on: Pixels, dress: Dress, rng: np.random.Generator) -> None:
    for end, edge in ((0.02, 0.3), (0.98, 0.7)):
        near, middle = end + (edge - end) * 0.1, (end + edge) / 2
        side = [(0.385, edge), (0.4, middle), (0.418, near), (0.45, end)]
        strap = cover(spline([*side, *((1 - x, y) for x, y in reversed(side))]))
        paint(on, strap, dress.body, relief(strap, 0.035, 0.4) * grain(rng, 0.004, 0.07))
        for x in (0.415, 0.585):
            paint(on, stitches([(x, end + (edge - end) * t / 24) for t in range(25)]), tinted(dress.body, 0.5))


def _case(on: Pixels, metal: Colour, radius: float) -> None:
    crown = cover(box(0.5 + radius - 0.01, 0.47, 0.5 + radius + 0.035, 0.53, 0.01))
    paint(on, crown, metal, relief(crown, 0.01, 0.5))
    case = cover(ellipse(0.5, 0.5, radius))
    paint(on, case, metal, relief(case, 0.03, 0.55))
    paint(on, cover(ellipse(0.5, 0.5, radius * 0.9)), tinted(metal, -0.3), relief(case, 0.02, -0.3))


def _time(rng: np.random.Generator) -> tuple[float, float]:
    """Hours, and minutes on the scale of hours: such that no hand covers the place under noon, where marks stand."""
    return float(rng.uniform(8.4, 9.8)), float(rng.uniform(2.4, 4.6))


def _hands(on: Pixels, colour: Colour, radius: float, hour: float, minute: float) -> None:
    for length, width, hours in ((0.55, 0.014, hour), (0.82, 0.01, minute), (0.88, 0.004, minute + 4.3)):
        hand = stroke([_at(-radius * 0.12, hours), _at(radius * length, hours)], width)
        paint(on, hand, colour, relief(hand, 0.006, 0.5))
    paint(on, cover(ellipse(0.5, 0.5, 0.014)), colour, 0.9)


def dress_watch(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A thin watch on leather, batons for hours."""
    on = sheet()
    _leather(on, dress, rng)
    _case(on, _GOLD, 0.29)
    dial = cover(ellipse(0.5, 0.5, 0.25))
    paint(on, dial, dress.trim, relief(dial, 0.08, 0.1))
    for k in range(60):
        if k % 5:
            paint(on, stroke([_at(0.235, k / 5), _at(0.244, k / 5)], 0.003), (90, 90, 90))
    for k in range(12):
        paint(on, stroke([_at(0.205, k), _at(0.24, k)], 0.012 if k % 3 else 0.018), tinted(_GOLD, -0.25))
    _hands(on, tinted(_GOLD, -0.45), 0.24, *_time(rng))
    gleam(on, ellipse(0.42, 0.4, 0.1, 0.05), 0.18, 0.03)
    return Sprite(on, Spot(0.5, 0.41, 0.13))


def diver(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A diver's watch on a steel band, with a numbered ring."""
    on = sheet()
    for k in range(6):
        for y in (-0.01 + 0.045 * k, 0.97 - 0.045 * k):
            for left, right in ((0.38, 0.45), (0.455, 0.545), (0.55, 0.62)):
                link = cover(box(left, y, right, y + 0.04, 0.008))
                paint(on, link, _STEEL, barrel(link, 0.25, 0.15) * relief(link, 0.008, 0.4))
    _case(on, _STEEL, 0.31)
    ring = cover(ellipse(0.5, 0.5, 0.285))
    paint(on, ring, dress.second, relief(ring, 0.04, 0.35))
    for k in range(60):
        inner = 0.245 if k % 5 == 0 else 0.262
        paint(on, stroke([_at(inner, k / 5), _at(0.275, k / 5)], 0.008 if k % 5 == 0 else 0.004), (236, 236, 230))
    dial = cover(ellipse(0.5, 0.5, 0.225))
    paint(on, dial, dress.body, relief(dial, 0.08, 0.15))
    for k in range(12):
        x, y = _at(0.19, k)
        paint(on, cover(ellipse(x, y, 0.016 if k % 3 else 0.022)), (232, 240, 226))
    _hands(on, (238, 240, 236), 0.22, *_time(rng))
    gleam(on, ellipse(0.43, 0.4, 0.09, 0.05), 0.15, 0.03)
    return Sprite(on, Spot(0.5, 0.42, 0.12))


def strap(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A watch strap in its two parts, with a buckle."""
    on = sheet()
    for x, top, bottom in ((0.34, 0.22, 0.92), (0.66, 0.12, 0.86)):
        side = [(x - 0.075, top), (x - 0.06, bottom - 0.1), (x - 0.035, bottom - 0.02), (x, bottom)]
        part = cover([*side, *((2 * x - a, b) for a, b in reversed(side))])
        paint(on, part, dress.body, relief(part, 0.03, 0.4) * grain(rng, 0.004, 0.08))
        for d in (-0.05, 0.05):
            paint(on, stitches([(x + d, top + 0.04 + (bottom - top - 0.16) * t / 24) for t in range(25)]), dress.trim)
    for k in range(6):
        paint(on, cover(ellipse(0.34, 0.5 + 0.06 * k, 0.009, 0.012)), tinted(dress.body, -0.7))
    buckle = without(cover(box(0.56, 0.05, 0.76, 0.16, 0.03)), cover(box(0.585, 0.075, 0.735, 0.135, 0.01)))
    paint(on, buckle, _STEEL, relief(buckle, 0.01, 0.6))
    return Sprite(on, Spot(0.66, 0.4, 0.08))
