"""Bags: a rucksack, a tote, a shoulder bag."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import (
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
    without,
)
from sandbox.goods.sprites import Dress, Spot, Sprite

_BRASS = (186, 158, 96)


def rucksack(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A rucksack from the front."""
    on = sheet()
    for x in (0.36, 0.64):
        strap = stroke(spline([(x, 0.18), (x + (x - 0.5) * 1.5, 0.32), (x + (x - 0.5) * 1.6, 0.6)], closed=False), 0.05)
        paint(on, strap, tinted(dress.body, -0.45), relief(strap, 0.02))
    handle = stroke(spline([(0.42, 0.14), (0.44, 0.05), (0.56, 0.05), (0.58, 0.14)], closed=False), 0.03)
    paint(on, handle, dress.second, relief(handle, 0.012))
    body = cover(box(0.2, 0.1, 0.8, 0.93, 0.19))
    paint(on, body, dress.body, relief(body, 0.07, 0.4) * weave(rng, 0.009, 0.06))
    for left, right in ((0.14, 0.24), (0.76, 0.86)):
        side = cover(box(left, 0.58, right, 0.88, 0.05))
        paint(on, side, dress.second, relief(side, 0.03, 0.4))
    zip_line = spline([(0.24, 0.46), (0.28, 0.22), (0.5, 0.15), (0.72, 0.22), (0.76, 0.46)], closed=False)
    paint(on, stroke(zip_line, 0.014), tinted(dress.body, -0.6))
    paint(on, stitches(zip_line, 0.006), dress.trim)
    pocket = cover(box(0.25, 0.54, 0.75, 0.88, 0.07))
    paint(on, pocket, dress.second, relief(pocket, 0.04, 0.4) * weave(rng, 0.009, 0.05))
    paint(on, stroke([(0.28, 0.6), (0.72, 0.6)], 0.012), tinted(dress.second, -0.5))
    paint(on, cover(box(0.69, 0.595, 0.705, 0.66, 0.005)), dress.trim)
    return Sprite(on, Spot(0.5, 0.37, 0.3))


def tote(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A tote with two handles."""
    on = sheet()
    for lift, shade in ((0.0, -0.45), (0.05, -0.1)):
        arc = stroke(spline([(0.32, 0.36), (0.34, 0.1 + lift), (0.66, 0.1 + lift), (0.68, 0.36)], closed=False), 0.028)
        paint(on, arc, tinted(dress.second, shade), relief(arc, 0.012, 0.5))
    body = cover(
        spline(
            [(0.16, 0.33), (0.5, 0.345), (0.84, 0.33), (0.88, 0.6), (0.9, 0.88), (0.5, 0.91), (0.1, 0.88), (0.12, 0.6)]
        )
    )
    paint(on, body, dress.body, relief(body, 0.08, 0.32) * grain(rng, 0.003, 0.04))
    paint(on, body * cover(box(0, 0.77, 1, 1)), dress.second, relief(body, 0.08, 0.32) * grain(rng, 0.003, 0.04))
    paint(on, stitches(spline([(0.17, 0.37), (0.5, 0.385), (0.83, 0.37)], closed=False)), dress.trim)
    for x in (0.32, 0.68):
        solid(on, box(x - 0.03, 0.33, x + 0.03, 0.43, 0.015), dress.second, 0.01)
        paint(on, cover(ellipse(x, 0.39, 0.012)), _BRASS, 1.1)
    return Sprite(on, Spot(0.5, 0.58, 0.3))


def shoulder(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A shoulder bag with a flap and a chain of links."""
    on = sheet()
    chain = spline([(0.17, 0.46), (0.2, 0.2), (0.5, 0.08), (0.8, 0.2), (0.83, 0.46)], closed=False, steps=9)
    for x, y in chain:
        link = without(cover(ellipse(x, y, 0.019, 0.015)), cover(ellipse(x, y, 0.009, 0.007)))
        paint(on, link, _BRASS, relief(link, 0.006, 0.6))
    body = cover(box(0.12, 0.4, 0.88, 0.87, 0.08))
    paint(on, body, dress.body, relief(body, 0.05, 0.4) * grain(rng, 0.003, 0.06))
    flap = cover(
        spline(
            [(0.11, 0.4), (0.5, 0.37), (0.89, 0.4), (0.88, 0.58), (0.62, 0.71), (0.5, 0.73), (0.38, 0.71), (0.12, 0.58)]
        )
    )
    paint(on, flap, tinted(dress.body, 0.08), relief(flap, 0.04, 0.4) * grain(rng, 0.003, 0.06))
    seam = spline([(0.13, 0.56), (0.38, 0.69), (0.5, 0.71), (0.62, 0.69), (0.87, 0.56)], closed=False)
    paint(on, stitches(seam), dress.trim)
    solid(on, box(0.46, 0.67, 0.54, 0.76, 0.02), _BRASS, 0.012, 0.6)
    return Sprite(on, Spot(0.5, 0.52, 0.22))
