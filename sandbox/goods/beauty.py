"""Cosmetics: a cream jar, a dropper bottle, a lipstick; a make-up brush."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import barrel, box, cover, ellipse, gleam, paint, relief, sheet, spline, stroke, tinted
from sandbox.goods.sprites import Dress, Spot, Sprite

_GOLD = (206, 172, 112)


def jar(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A round cream jar with a metal lid."""
    on = sheet()
    glass = cover(
        spline(
            [(0.14, 0.46), (0.5, 0.44), (0.86, 0.46), (0.87, 0.7), (0.8, 0.84), (0.5, 0.88), (0.2, 0.84), (0.13, 0.7)]
        )
    )
    paint(on, glass, dress.body, barrel(glass, 0.4, 0.3) * relief(glass, 0.04, 0.25))
    cream = cover(
        spline([(0.2, 0.52), (0.5, 0.5), (0.8, 0.52), (0.8, 0.7), (0.73, 0.78), (0.5, 0.8), (0.27, 0.78), (0.2, 0.7)])
    )
    paint(on, cream, tinted(dress.body, 0.35), barrel(cream, 0.3, 0.2), 0.55)
    lid = cover(box(0.12, 0.22, 0.88, 0.47, 0.03))
    paint(on, lid, _GOLD, barrel(lid, 0.55, 0.45))
    top = cover(ellipse(0.5, 0.225, 0.38, 0.055))
    paint(on, top, tinted(_GOLD, 0.35), relief(top, 0.03, 0.2))
    paint(on, stroke([(0.12, 0.43), (0.88, 0.43)], 0.006), tinted(_GOLD, -0.35))
    gleam(on, box(0.2, 0.5, 0.235, 0.78, 0.015), 0.5, 0.01)
    return Sprite(on, Spot(0.5, 0.65, 0.22))


def serum(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A bottle with a dropper."""
    on = sheet()
    bulb = cover(spline([(0.45, 0.04), (0.55, 0.04), (0.565, 0.14), (0.55, 0.2), (0.45, 0.2), (0.435, 0.14)]))
    paint(on, bulb, dress.second, relief(bulb, 0.03, 0.5))
    collar = cover(box(0.415, 0.19, 0.585, 0.31, 0.01))
    paint(on, collar, _GOLD, barrel(collar, 0.5, 0.5))
    shoulder = cover(
        [(0.43, 0.3), (0.57, 0.3), (0.6, 0.36), (0.7, 0.43), (0.7, 0.5), (0.3, 0.5), (0.3, 0.43), (0.4, 0.36)]
    )
    glass = np.maximum(shoulder, cover(box(0.28, 0.42, 0.72, 0.94, 0.05)))
    paint(on, glass, dress.body, barrel(glass, 0.45, 0.35))
    drink = cover(box(0.3, 0.5, 0.7, 0.92, 0.02)) * glass
    paint(on, drink, tinted(dress.body, -0.25), barrel(drink, 0.4, 0.3), 0.6)
    paint(on, cover(box(0.485, 0.31, 0.515, 0.78, 0.012)), (240, 240, 240), opacity=0.35)
    label = cover(box(0.33, 0.56, 0.67, 0.85, 0.01))
    paint(on, label, dress.trim, barrel(glass, 0.3, 0.1))
    gleam(on, box(0.31, 0.42, 0.34, 0.9, 0.015), 0.45, 0.01)
    return Sprite(on, Spot(0.5, 0.68, 0.23))


def lipstick(dress: Dress, rng: np.random.Generator) -> Sprite:
    """An open lipstick, its cap beside it."""
    on = sheet()
    case = cover(box(0.24, 0.56, 0.46, 0.94, 0.015))
    paint(on, case, dress.second, barrel(case, 0.55, 0.4))
    ring = cover(box(0.26, 0.42, 0.44, 0.57, 0.008))
    paint(on, ring, _GOLD, barrel(ring, 0.5, 0.5))
    stick = cover(spline([(0.285, 0.44), (0.285, 0.24), (0.31, 0.15), (0.37, 0.13), (0.41, 0.2), (0.415, 0.44)]))
    paint(on, stick, dress.body, barrel(stick, 0.4, 0.35))
    face = cover(spline([(0.3, 0.2), (0.35, 0.135), (0.4, 0.19), (0.37, 0.26)]))
    paint(on, face, tinted(dress.body, 0.18), relief(face, 0.02, 0.3))
    cap = cover(box(0.57, 0.4, 0.8, 0.94, 0.02))
    paint(on, cap, dress.second, barrel(cap, 0.55, 0.4))
    band = cover(box(0.57, 0.86, 0.8, 0.9))
    paint(on, band, _GOLD, barrel(band, 0.5, 0.5))
    return Sprite(on, Spot(0.685, 0.62, 0.17))


def brush(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A make-up brush, standing."""
    on = sheet()
    handle = cover(spline([(0.46, 0.5), (0.54, 0.5), (0.56, 0.7), (0.53, 0.95), (0.47, 0.95), (0.44, 0.7)]))
    paint(on, handle, dress.body, barrel(handle, 0.5, 0.4))
    ferrule = cover(box(0.43, 0.38, 0.57, 0.53, 0.01))
    paint(on, ferrule, (196, 196, 200), barrel(ferrule, 0.5, 0.5))
    head = cover(spline([(0.43, 0.4), (0.36, 0.22), (0.4, 0.08), (0.5, 0.04), (0.6, 0.08), (0.64, 0.22), (0.57, 0.4)]))
    paint(on, head, (92, 66, 52), relief(head, 0.05, 0.45))
    for x in np.linspace(0.38, 0.62, 26):
        hair = stroke([(0.5 + (x - 0.5) * 0.5, 0.39), (x + rng.normal(0, 0.006), 0.09 + 3 * (x - 0.5) ** 2)], 0.003)
        paint(on, hair * head, (150, 116, 92), opacity=0.6)
    return Sprite(on, Spot(0.5, 0.68, 0.08, 90))
