"""Vacuum flasks: a slim one, a mug with a handle; a spare lid, a sleeve to carry one in."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import (
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
    weave,
    without,
)
from sandbox.goods.sprites import Dress, Spot, Sprite

_STEEL = (190, 192, 196)


def slim(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A slim flask with a screw lid and a loop."""
    on = sheet()
    loop = stroke(spline([(0.44, 0.09), (0.46, 0.03), (0.54, 0.03), (0.56, 0.09)], closed=False), 0.02)
    paint(on, loop, dress.second, relief(loop, 0.01, 0.5))
    lid = cover(box(0.38, 0.07, 0.62, 0.22, 0.025))
    paint(on, lid, dress.second, barrel(lid, 0.5, 0.25))
    for k in range(9):
        paint(on, stroke([(0.395 + 0.026 * k, 0.11), (0.395 + 0.026 * k, 0.2)], 0.004), tinted(dress.second, -0.4))
    neck = cover(box(0.375, 0.215, 0.625, 0.245))
    paint(on, neck, _STEEL, barrel(neck, 0.6, 0.5))
    body = np.maximum(cover(box(0.335, 0.26, 0.665, 0.955, 0.045)), cover(box(0.36, 0.245, 0.64, 0.5, 0.03)))
    paint(on, body, dress.body, barrel(body, 0.5, 0.3) * grain(rng, 0.002, 0.03))
    foot = body * cover(box(0, 0.9, 1, 0.97))
    paint(on, foot, _STEEL, barrel(body, 0.6, 0.5))
    return Sprite(on, Spot(0.5, 0.56, 0.2))


def mug(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A wide insulated mug with a handle and a straw."""
    on = sheet()
    straw = stroke([(0.56, 0.02), (0.52, 0.24)], 0.03)
    paint(on, straw, tinted(dress.trim, -0.05), relief(straw, 0.012, 0.5))
    handle = stroke(spline([(0.68, 0.36), (0.86, 0.36), (0.88, 0.5), (0.84, 0.68), (0.66, 0.7)], closed=False), 0.05)
    paint(on, handle, dress.second, relief(handle, 0.02, 0.45))
    body = np.maximum(
        cover([(0.2, 0.27), (0.72, 0.27), (0.66, 0.92), (0.26, 0.92)]), cover(box(0.26, 0.8, 0.66, 0.95, 0.04))
    )
    paint(on, body, dress.body, barrel(body, 0.5, 0.28) * grain(rng, 0.002, 0.03))
    lid = cover(box(0.17, 0.17, 0.75, 0.28, 0.035))
    paint(on, lid, dress.second, barrel(lid, 0.45, 0.3))
    paint(on, stroke([(0.19, 0.285), (0.73, 0.285)], 0.012), _STEEL)
    gleam(on, box(0.28, 0.36, 0.31, 0.84, 0.015), 0.25, 0.012)
    return Sprite(on, Spot(0.46, 0.58, 0.28))


def lid(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A spare lid and its sealing ring."""
    on = sheet()
    cap = cover(box(0.2, 0.2, 0.66, 0.5, 0.05))
    paint(on, cap, dress.body, barrel(cap, 0.5, 0.3))
    for k in range(14):
        paint(on, stroke([(0.23 + 0.031 * k, 0.27), (0.23 + 0.031 * k, 0.47)], 0.006), tinted(dress.body, -0.4))
    for x, y, r in ((0.62, 0.72, 0.19), (0.28, 0.76, 0.12)):
        seal = without(cover(ellipse(x, y, r, r * 0.62)), cover(ellipse(x, y, r * 0.8, r * 0.46)))
        paint(on, seal, dress.trim, relief(seal, 0.012, 0.5))
    return Sprite(on, Spot(0.43, 0.37, 0.18))


def sleeve(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A padded carrying sleeve with a strap."""
    on = sheet()
    carry = stroke(spline([(0.36, 0.3), (0.2, 0.12), (0.5, 0.03), (0.8, 0.12), (0.64, 0.3)], closed=False), 0.03)
    paint(on, carry, tinted(dress.body, -0.5), relief(carry, 0.012))
    body = cover(box(0.32, 0.26, 0.68, 0.95, 0.08))
    paint(on, body, dress.body, barrel(body, 0.4, 0.08) * weave(rng, 0.012, 0.1))
    for y in (0.32, 0.88):
        paint(on, stitches([(0.325 + 0.35 * t / 24, y) for t in range(25)]), dress.trim)
    ring = cover(box(0.6, 0.28, 0.66, 0.36, 0.01))
    paint(on, ring, (170, 170, 172), relief(ring, 0.01))
    return Sprite(on, Spot(0.5, 0.6, 0.22))
