"""Shoes from the side: a runner, a board shoe, a high boot; a pair of insoles, laces."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import (
    Pixels,
    box,
    cover,
    ellipse,
    grain,
    paint,
    relief,
    sheet,
    solid,
    spline,
    stitches,
    stroke,
    tinted,
    weave,
)
from sandbox.goods.sprites import Dress, Spot, Sprite

_EYELETS = [(0.425, 0.375), (0.47, 0.405), (0.515, 0.435), (0.56, 0.465), (0.605, 0.492)]


def runner(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A running shoe, toe to the right."""
    on = sheet()
    upper = [(0.09, 0.34), (0.2, 0.37), (0.29, 0.39), (0.36, 0.36), (0.43, 0.29), (0.5, 0.36), (0.62, 0.46)]
    upper += [(0.78, 0.53), (0.9, 0.57), (0.95, 0.64), (0.92, 0.69), (0.5, 0.7), (0.1, 0.69), (0.07, 0.55)]
    body = cover(spline(upper))
    paint(on, body, dress.body, relief(body, 0.05, 0.4) * weave(rng, 0.014, 0.07))
    heel = cover(spline([(0.06, 0.38), (0.18, 0.42), (0.24, 0.56), (0.2, 0.71), (0.05, 0.71)])) * body
    toe = cover(spline([(0.74, 0.71), (0.77, 0.6), (0.85, 0.565), (0.97, 0.6), (0.97, 0.71)])) * body
    for part in (heel, toe):
        paint(on, part, dress.second, relief(part, 0.03, 0.35))
    _lace_field(on, dress)
    paint(
        on, stroke(spline([(0.12, 0.345), (0.22, 0.385), (0.3, 0.395), (0.37, 0.35)], closed=False), 0.03), dress.second
    )
    paint(on, stitches(spline([(0.2, 0.46), (0.26, 0.58), (0.22, 0.68)], closed=False)), tinted(dress.body, 0.5))
    _wave_sole(on, dress)
    return Sprite(on, Spot(0.45, 0.58, 0.21, 4))


def _lace_field(on: Pixels, dress: Dress) -> None:
    tongue = spline([(0.36, 0.34), (0.41, 0.24), (0.47, 0.26), (0.52, 0.36), (0.46, 0.38)])
    solid(on, tongue, tinted(dress.second, 0.15), 0.02)
    solid(on, spline([(0.39, 0.36), (0.46, 0.36), (0.66, 0.49), (0.63, 0.53), (0.5, 0.46)]), dress.second, 0.02)
    for x, y in _EYELETS:
        lace = stroke([(x - 0.035, y + 0.045), (x + 0.03, y - 0.03)], 0.017)
        paint(on, lace, dress.trim, relief(lace, 0.008, 0.5))


def _wave_sole(on: Pixels, dress: Dress) -> None:
    middle = [
        (0.04, 0.68),
        (0.3, 0.67),
        (0.6, 0.69),
        (0.93, 0.66),
        (0.98, 0.69),
        (0.94, 0.76),
        (0.6, 0.78),
        (0.06, 0.78),
    ]
    solid(on, spline(middle), dress.trim, 0.03, 0.45)
    crest = spline([(0.06, 0.73), (0.2, 0.71), (0.35, 0.74), (0.5, 0.72), (0.65, 0.745), (0.9, 0.715)], closed=False)
    paint(on, stroke(crest, 0.008), tinted(dress.trim, -0.25))
    solid(on, spline([(0.05, 0.77), (0.5, 0.775), (0.93, 0.75), (0.9, 0.795), (0.5, 0.81), (0.07, 0.81)]), dress.second)


def board(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A flat board shoe, toe to the right."""
    on = sheet()
    upper = [(0.1, 0.42), (0.2, 0.44), (0.31, 0.45), (0.39, 0.38), (0.45, 0.36), (0.6, 0.47), (0.8, 0.53)]
    upper += [(0.92, 0.58), (0.94, 0.68), (0.5, 0.7), (0.1, 0.7), (0.085, 0.58)]
    body = cover(spline(upper))
    paint(on, body, dress.body, relief(body, 0.06, 0.35) * grain(rng, 0.004, 0.03))
    cap = cover(spline([(0.68, 0.71), (0.69, 0.56), (0.76, 0.51), (0.97, 0.58), (0.97, 0.71)])) * body
    paint(on, cap, tinted(dress.body, 0.12), relief(cap, 0.04, 0.3))
    heel = cover(box(0.05, 0.42, 0.19, 0.72, 0.03)) * body
    paint(on, heel, dress.second, relief(heel, 0.03, 0.3))
    facing = cover(spline([(0.34, 0.46), (0.42, 0.37), (0.63, 0.5), (0.6, 0.56), (0.46, 0.53)]))
    paint(on, facing, dress.second, relief(facing, 0.015))
    for k in range(5):
        lace = stroke([(0.4 + 0.045 * k, 0.46 + 0.02 * k), (0.46 + 0.042 * k, 0.405 + 0.025 * k)], 0.018)
        paint(on, lace, dress.trim, relief(lace, 0.008, 0.5))
    paint(on, stitches(spline([(0.69, 0.7), (0.7, 0.57), (0.76, 0.52)], closed=False)), tinted(dress.body, -0.3))
    solid(on, box(0.05, 0.68, 0.965, 0.785, 0.04), dress.trim, 0.02, 0.4)
    paint(on, stroke([(0.07, 0.72), (0.95, 0.72)], 0.006), tinted(dress.second, 0.2))
    paint(on, stroke([(0.07, 0.775), (0.95, 0.775)], 0.018), tinted(dress.trim, -0.45))
    return Sprite(on, Spot(0.4, 0.61, 0.17, 3))


def boot(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A high walking boot, toe to the right."""
    on = sheet()
    upper = [(0.13, 0.1), (0.3, 0.08), (0.46, 0.12), (0.5, 0.3), (0.58, 0.44), (0.76, 0.52), (0.92, 0.58)]
    upper += [(0.95, 0.7), (0.5, 0.74), (0.1, 0.73), (0.12, 0.5), (0.15, 0.3)]
    body = cover(spline(upper))
    paint(on, body, dress.body, relief(body, 0.06, 0.42) * grain(rng, 0.005, 0.05))
    toe = cover(spline([(0.68, 0.75), (0.7, 0.6), (0.78, 0.55), (0.98, 0.6), (0.98, 0.75)])) * body
    heel = cover(spline([(0.05, 0.75), (0.1, 0.5), (0.2, 0.48), (0.28, 0.62), (0.26, 0.75)])) * body
    for part in (toe, heel):
        paint(on, part, dress.second, relief(part, 0.03, 0.4))
    collar = cover(spline([(0.12, 0.09), (0.3, 0.06), (0.47, 0.11), (0.46, 0.18), (0.3, 0.15), (0.14, 0.17)]))
    paint(on, collar, tinted(dress.second, 0.2), relief(collar, 0.02, 0.5))
    for k in range(6):
        y = 0.2 + 0.055 * k
        lace = stroke([(0.38 + 0.02 * k, y + 0.02), (0.5 + 0.022 * k, y - 0.01)], 0.016)
        paint(on, lace, dress.trim, relief(lace, 0.008, 0.5))
        paint(on, cover(ellipse(0.37 + 0.02 * k, y + 0.025, 0.014)), (150, 150, 146))
    sole = solid(
        on, spline([(0.06, 0.72), (0.5, 0.72), (0.95, 0.69), (0.98, 0.78), (0.9, 0.82), (0.08, 0.83)]), dress.trim
    )
    for k in range(11):
        notch = cover(box(0.09 + 0.08 * k, 0.795, 0.12 + 0.08 * k, 0.84)) * sole
        paint(on, notch, tinted(dress.trim, -0.7))
    return Sprite(on, Spot(0.27, 0.34, 0.18, 2))


def insoles(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A pair of insoles seen from above."""
    on = sheet()
    left = [
        (0.2, 0.12),
        (0.34, 0.1),
        (0.42, 0.26),
        (0.37, 0.5),
        (0.38, 0.74),
        (0.33, 0.88),
        (0.22, 0.88),
        (0.17, 0.7),
        (0.2, 0.45),
    ]
    for outline in (left, [(1 - x, y) for x, y in left]):
        sole = cover(spline(outline))
        paint(on, sole, dress.body, relief(sole, 0.03, 0.35) * weave(rng, 0.01, 0.1))
        pad = cover(ellipse(0.27 if outline is left else 0.73, 0.76, 0.075, 0.1))
        paint(on, pad * sole, dress.second, relief(pad, 0.02))
    return Sprite(on, Spot(0.29, 0.78, 0.1))


def laces(dress: Dress, rng: np.random.Generator) -> Sprite:
    """Two coiled laces."""
    on = sheet()
    for x, colour in ((0.33, dress.body), (0.68, dress.second)):
        for k in range(5):
            coil = stroke(ellipse(x + rng.normal(0, 0.01), 0.42 + 0.035 * k, 0.2 - 0.012 * k, 0.1), 0.026)
            paint(on, coil, colour, relief(coil, 0.01, 0.5) * weave(rng, 0.008, 0.1))
        for d in (-0.06, 0.08):
            end = stroke(spline([(x + d, 0.5), (x + 1.4 * d, 0.68), (x + d, 0.86)], closed=False), 0.024)
            paint(on, end, colour, relief(end, 0.01, 0.5))
            paint(on, stroke([(x + d, 0.86), (x + d * 0.95, 0.9)], 0.02), (210, 210, 205))
    return Sprite(on, Spot(0.5, 0.5, 0.12))
