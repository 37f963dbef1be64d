"""Sound: earbuds in their case, headphones; a case cover, spare ear tips, a cable."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import (
    Pixels,
    box,
    cover,
    ellipse,
    gleam,
    grain,
    paint,
    relief,
    sheet,
    solid,
    spline,
    stroke,
    tinted,
    without,
)
from sandbox.goods.sprites import Dress, Spot, Sprite


def earbuds(dress: Dress, rng: np.random.Generator) -> Sprite:
    """An open charging case with two buds before it."""
    on = sheet()
    solid(on, box(0.22, 0.1, 0.78, 0.42, 0.14), dress.body, 0.05, 0.35)
    solid(on, box(0.26, 0.14, 0.74, 0.4, 0.11), tinted(dress.body, -0.25), 0.03, -0.25)
    case = cover(box(0.2, 0.38, 0.8, 0.78, 0.16))
    paint(on, case, dress.body, relief(case, 0.07, 0.4) * grain(rng, 0.002, 0.01))
    paint(on, stroke([(0.205, 0.44), (0.795, 0.44)], 0.008), tinted(dress.body, -0.4))
    paint(on, cover(ellipse(0.5, 0.7, 0.012)), (120, 220, 140))
    gleam(on, box(0.28, 0.46, 0.33, 0.66, 0.025), 0.35, 0.012)
    for x, flip in ((0.26, 1), (0.74, -1)):
        _bud(on, dress, x, flip)
    return Sprite(on, Spot(0.5, 0.57, 0.24))


def _bud(on: Pixels, dress: Dress, x: float, flip: int) -> None:
    stem = cover(box(x - 0.032, 0.72, x + 0.032, 0.96, 0.03))
    paint(on, stem, tinted(dress.body, 0.05), relief(stem, 0.02, 0.5))
    head = cover(
        spline(
            [
                (x - 0.06 * flip, 0.66),
                (x + 0.02 * flip, 0.62),
                (x + 0.1 * flip, 0.68),
                (x + 0.06 * flip, 0.78),
                (x - 0.05 * flip, 0.78),
            ]
        )
    )
    paint(on, head, tinted(dress.body, 0.05), relief(head, 0.03, 0.45))
    tip = cover(ellipse(x + 0.095 * flip, 0.71, 0.035, 0.045))
    paint(on, tip, dress.second, relief(tip, 0.012, 0.5))
    paint(on, cover(ellipse(x - 0.02 * flip, 0.69, 0.01)), (40, 40, 42))


def headphones(dress: Dress, rng: np.random.Generator) -> Sprite:
    """Headphones that close over the ears, from the front, a little open."""
    on = sheet()
    band = stroke(
        spline(
            [(0.17, 0.6), (0.15, 0.36), (0.3, 0.14), (0.5, 0.08), (0.7, 0.14), (0.85, 0.36), (0.83, 0.6)], closed=False
        ),
        0.055,
    )
    paint(on, band, dress.body, relief(band, 0.025, 0.45) * grain(rng, 0.003, 0.02))
    pad = stroke(spline([(0.25, 0.25), (0.36, 0.16), (0.5, 0.125), (0.64, 0.16), (0.75, 0.25)], closed=False), 0.035)
    paint(on, pad, dress.second, relief(pad, 0.018, 0.45))
    for x, flip in ((0.19, 1), (0.81, -1)):
        paint(
            on,
            cover(box(x - 0.02, 0.42, x + 0.02, 0.56, 0.01)),
            (176, 178, 182),
            relief(cover(box(x - 0.02, 0.42, x + 0.02, 0.56)), 0.01),
        )
        cushion = cover(ellipse(x + 0.055 * flip, 0.68, 0.075, 0.185))
        paint(on, cushion, dress.second, relief(cushion, 0.035, 0.5) * grain(rng, 0.003, 0.04))
        cup = cover(ellipse(x, 0.68, 0.1, 0.2))
        paint(on, cup, dress.body, relief(cup, 0.05, 0.42))
        rim = without(cover(ellipse(x, 0.68, 0.08, 0.165)), cover(ellipse(x, 0.68, 0.074, 0.155)))
        paint(on, rim, dress.trim)
    return Sprite(on, Spot(0.19, 0.68, 0.12))


def case_cover(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A soft cover for a charging case, with a ring to hang it by."""
    on = sheet()
    ring = without(cover(ellipse(0.83, 0.26, 0.09)), cover(ellipse(0.83, 0.26, 0.068)))
    paint(on, ring, (188, 188, 190), relief(ring, 0.01, 0.6))
    body = cover(box(0.2, 0.26, 0.78, 0.82, 0.2))
    paint(on, body, dress.body, relief(body, 0.06, 0.38) * grain(rng, 0.004, 0.025))
    paint(on, stroke([(0.2, 0.45), (0.78, 0.45)], 0.01), tinted(dress.body, -0.4))
    for x in (0.38, 0.6):
        paint(on, cover(ellipse(x, 0.6, 0.022, 0.03)), tinted(dress.body, -0.75))
    paint(on, stroke(spline([(0.44, 0.66), (0.49, 0.7), (0.54, 0.66)], closed=False), 0.012), tinted(dress.body, -0.75))
    for x in (0.31, 0.67):
        paint(on, cover(ellipse(x, 0.66, 0.035, 0.022)), dress.second, opacity=0.7)
    solid(on, spline([(0.26, 0.3), (0.27, 0.14), (0.4, 0.24)]), dress.body, 0.03)
    solid(on, spline([(0.58, 0.24), (0.71, 0.14), (0.72, 0.3)]), dress.body, 0.03)
    return Sprite(on, Spot(0.49, 0.36, 0.16))


def ear_tips(dress: Dress, rng: np.random.Generator) -> Sprite:
    """Six spare tips in three sizes."""
    on = sheet()
    for k in range(6):
        size = (0.07, 0.09, 0.11)[k % 3]
        x, y = 0.22 + 0.28 * (k % 3) + rng.normal(0, 0.01), 0.34 + 0.34 * (k // 3) + rng.normal(0, 0.01)
        tip = cover(ellipse(x, y, size, size * 0.9))
        paint(on, tip, dress.body if k < 3 else dress.second, relief(tip, 0.03, 0.45))
        hole = cover(ellipse(x, y - size * 0.1, size * 0.4, size * 0.34))
        paint(on, hole, tinted(dress.second, -0.6), relief(hole, 0.012, -0.4))
    return Sprite(on, Spot(0.5, 0.5, 0.1))


def cable(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A coiled charging cable with its two plugs."""
    on = sheet()
    for k in range(4):
        coil = stroke(ellipse(0.5 + rng.normal(0, 0.008), 0.45, 0.3 - 0.022 * k, 0.26 - 0.02 * k), 0.022)
        paint(on, coil, dress.body, relief(coil, 0.01, 0.5))
    for x, y in ((0.3, 0.88), (0.72, 0.9)):
        lead = stroke(spline([(x, 0.66), (x - 0.03, 0.76), (x, y - 0.06)], closed=False), 0.022)
        paint(on, lead, dress.body, relief(lead, 0.01, 0.5))
        solid(on, box(x - 0.035, y - 0.09, x + 0.035, y, 0.015), dress.second, 0.015)
        solid(on, box(x - 0.022, y, x + 0.022, y + 0.06, 0.006), (196, 198, 200), 0.01)
    tie = cover(box(0.74, 0.39, 0.86, 0.5, 0.02))
    paint(on, tie, tinted(dress.second, -0.3), relief(tie, 0.015))
    return Sprite(on, Spot(0.5, 0.45, 0.16))
