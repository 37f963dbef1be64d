"""Goods of quite other kinds, for the listings that concern no client."""

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
    solid,
    spline,
    stitches,
    stroke,
    tinted,
    weave,
)
from sandbox.goods.sprites import Dress, Spot, Sprite

_WOOD = (176, 132, 86)


def earrings(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A pair of earrings with fringes."""
    on = sheet()
    for x in (0.32, 0.68):
        hook = stroke(spline([(x, 0.2), (x - 0.03, 0.12), (x + 0.02, 0.08), (x + 0.04, 0.16)], closed=False), 0.008)
        paint(on, hook, (206, 176, 110))
        for k in range(15):
            end = x + 0.014 * (k - 7) + float(rng.normal(0, 0.004))
            thread = stroke(spline([(x + 0.005 * (k - 7), 0.36), (end, 0.6), (end, 0.86)], closed=False), 0.011)
            paint(on, thread, tinted(dress.body, 0.12 * (k % 3 - 1)), relief(thread, 0.006, 0.4))
        solid(on, box(x - 0.05, 0.27, x + 0.05, 0.38, 0.03), (206, 176, 110), 0.015, 0.5)
        solid(on, ellipse(x, 0.235, 0.035), dress.second, 0.015, 0.5)
    return Sprite(on, Spot(0.5, 0.5, 0.1))


def book(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A book, a little turned."""
    on = sheet()
    solid(on, [(0.74, 0.12), (0.84, 0.18), (0.84, 0.92), (0.74, 0.88)], (232, 226, 210), 0.01, 0.2)
    for k in range(8):
        paint(on, stroke([(0.75 + 0.011 * k, 0.14 + 0.006 * k), (0.75 + 0.011 * k, 0.89)], 0.002), (180, 172, 150))
    front = cover([(0.2, 0.1), (0.75, 0.12), (0.75, 0.88), (0.2, 0.92)])
    paint(on, front, dress.body, relief(front, 0.01, 0.2) * grain(rng, 0.002, 0.03))
    paint(on, cover(box(0.2, 0.1, 0.25, 0.92)) * front, tinted(dress.body, -0.3))
    paint(on, cover(ellipse(0.5, 0.62, 0.16)), dress.second)
    for k, y in enumerate((0.24, 0.31, 0.38)):
        paint(on, cover(box(0.33, y, 0.65 - 0.08 * k, y + 0.03)), dress.trim)
    return Sprite(on, Spot(0.49, 0.62, 0.2))


def shovel(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A garden spade."""
    on = sheet()
    shaft = cover([(0.475, 0.2), (0.525, 0.2), (0.53, 0.6), (0.47, 0.6)])
    paint(on, shaft, _WOOD, barrel(shaft, 0.45, 0.2) * grain(rng, 0.003, 0.05))
    grip = stroke(
        spline([(0.5, 0.2), (0.4, 0.12), (0.4, 0.06), (0.6, 0.06), (0.6, 0.12), (0.5, 0.2)], closed=False), 0.035
    )
    paint(on, grip, dress.second, relief(grip, 0.015, 0.45))
    blade = cover(spline([(0.36, 0.56), (0.5, 0.54), (0.64, 0.56), (0.66, 0.76), (0.5, 0.97), (0.34, 0.76)]))
    paint(on, blade, dress.body, relief(blade, 0.04, 0.45))
    paint(on, stroke([(0.5, 0.56), (0.5, 0.8)], 0.02), tinted(dress.body, -0.25))
    return Sprite(on, Spot(0.5, 0.68, 0.12))


def plums(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A jar of preserved fruit."""
    on = sheet()
    glass = cover(
        spline(
            [
                (0.26, 0.26),
                (0.74, 0.26),
                (0.82, 0.38),
                (0.82, 0.84),
                (0.74, 0.93),
                (0.26, 0.93),
                (0.18, 0.84),
                (0.18, 0.38),
            ]
        )
    )
    paint(on, glass, (226, 232, 226), barrel(glass, 0.3, 0.2), 0.7)
    for _ in range(26):
        x, y = rng.uniform(0.25, 0.75), rng.uniform(0.45, 0.87)
        fruit = cover(ellipse(float(x), float(y), 0.062, 0.056)) * glass
        paint(on, fruit, tinted(dress.body, float(rng.uniform(-0.25, 0.2))), relief(fruit, 0.025, 0.45))
    cap = cover(box(0.22, 0.13, 0.78, 0.27, 0.02))
    paint(on, cap, dress.second, barrel(cap, 0.45, 0.4))
    label = cover(box(0.3, 0.52, 0.7, 0.76, 0.015))
    paint(on, label, dress.trim, barrel(glass, 0.25, 0.1))
    gleam(on, box(0.23, 0.36, 0.26, 0.84, 0.015), 0.5, 0.01)
    return Sprite(on, Spot(0.5, 0.64, 0.2))


def cup(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A coffee cup on its saucer."""
    on = sheet()
    solid(on, ellipse(0.48, 0.82, 0.38, 0.09), dress.trim, 0.04, 0.3)
    handle = stroke(spline([(0.7, 0.4), (0.86, 0.42), (0.84, 0.6), (0.66, 0.64)], closed=False), 0.04)
    paint(on, handle, dress.body, relief(handle, 0.015, 0.45))
    bowl = cover(spline([(0.18, 0.32), (0.75, 0.32), (0.74, 0.55), (0.62, 0.78), (0.32, 0.78), (0.2, 0.55)]))
    paint(on, bowl, dress.body, barrel(bowl, 0.4, 0.25) * grain(rng, 0.003, 0.02))
    solid(on, ellipse(0.465, 0.325, 0.285, 0.06), tinted(dress.body, 0.3), 0.03, 0.2)
    solid(on, ellipse(0.465, 0.335, 0.245, 0.045), (92, 58, 38), 0.03, -0.2)
    return Sprite(on, Spot(0.46, 0.56, 0.2))


def lamp(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A desk lamp."""
    on = sheet()
    solid(on, ellipse(0.4, 0.9, 0.2, 0.05), dress.second, 0.03)
    for a, b in (((0.4, 0.89), (0.3, 0.52)), ((0.3, 0.52), (0.58, 0.26))):
        arm = stroke([a, b], 0.028)
        paint(on, arm, dress.second, relief(arm, 0.012, 0.5))
    solid(on, ellipse(0.3, 0.52, 0.03), (200, 200, 200), 0.015, 0.5)
    shade = cover(spline([(0.5, 0.2), (0.64, 0.16), (0.84, 0.36), (0.7, 0.54), (0.46, 0.34)]))
    paint(on, shade, dress.body, relief(shade, 0.05, 0.45))
    solid(on, spline([(0.84, 0.37), (0.8, 0.48), (0.7, 0.54), (0.74, 0.43)]), (255, 244, 204), 0.02, 0.1)
    return Sprite(on, Spot(0.64, 0.34, 0.12, 40))


def shirt(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A T-shirt laid flat."""
    on = sheet()
    outline = [
        (0.36, 0.12),
        (0.5, 0.16),
        (0.64, 0.12),
        (0.78, 0.17),
        (0.96, 0.36),
        (0.84, 0.46),
        (0.75, 0.38),
        (0.76, 0.92),
    ]
    outline += [(0.24, 0.92), (0.25, 0.38), (0.16, 0.46), (0.04, 0.36), (0.22, 0.17)]
    body = cover(outline)
    paint(on, body, dress.body, relief(body, 0.03, 0.3) * weave(rng, 0.006, 0.04) * grain(rng, 0.05, 0.05))
    collar = stroke(
        spline([(0.36, 0.125), (0.42, 0.19), (0.5, 0.21), (0.58, 0.19), (0.64, 0.125)], closed=False), 0.024
    )
    paint(on, collar, tinted(dress.body, -0.2), relief(collar, 0.01))
    for a, b in (((0.17, 0.45), (0.05, 0.37)), ((0.83, 0.45), (0.95, 0.37))):
        paint(
            on,
            stitches([(a[0] + (b[0] - a[0]) * t / 12, a[1] + (b[1] - a[1]) * t / 12 - 0.015) for t in range(13)]),
            tinted(dress.body, -0.3),
        )
    return Sprite(on, Spot(0.5, 0.42, 0.26))


def cap(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A peaked cap."""
    on = sheet()
    crown = cover(
        spline([(0.14, 0.6), (0.16, 0.4), (0.32, 0.24), (0.52, 0.22), (0.68, 0.34), (0.74, 0.58), (0.44, 0.62)])
    )
    paint(on, crown, dress.body, relief(crown, 0.06, 0.4) * weave(rng, 0.008, 0.05))
    for seam in ([(0.43, 0.225), (0.38, 0.4), (0.4, 0.61)], [(0.5, 0.22), (0.62, 0.36), (0.68, 0.58)]):
        paint(on, stitches(spline(seam, closed=False)), tinted(dress.body, -0.4))
    peak = cover(spline([(0.42, 0.6), (0.74, 0.55), (0.95, 0.68), (0.9, 0.74), (0.66, 0.7), (0.45, 0.68)]))
    paint(on, peak, dress.second, relief(peak, 0.03, 0.4) * weave(rng, 0.008, 0.05))
    solid(on, ellipse(0.46, 0.22, 0.025, 0.015), dress.second, 0.01)
    return Sprite(on, Spot(0.53, 0.44, 0.16, 4))


def umbrella(dress: Dress, rng: np.random.Generator) -> Sprite:
    """An open umbrella."""
    on = sheet()
    shaft = stroke(spline([(0.5, 0.2), (0.5, 0.84), (0.54, 0.92), (0.6, 0.9), (0.61, 0.84)], closed=False), 0.02)
    paint(on, shaft, _WOOD, relief(shaft, 0.01, 0.5))
    dome = [(0.06, 0.52), (0.16, 0.28), (0.36, 0.13), (0.5, 0.1), (0.64, 0.13), (0.84, 0.28), (0.94, 0.52)]
    hem = [(0.83, 0.47), (0.72, 0.53), (0.61, 0.48), (0.5, 0.54), (0.39, 0.48), (0.28, 0.53), (0.17, 0.47)]
    canopy = cover(spline([*dome, *hem], steps=8))
    paint(on, canopy, dress.body, relief(canopy, 0.07, 0.4))
    for x in (0.28, 0.5, 0.72):
        rib = stroke(spline([(0.5, 0.1), ((x + 0.5) / 2 + (x - 0.5) * 0.3, 0.26), (x, 0.53)], closed=False), 0.005)
        paint(on, rib, dress.second)
    return Sprite(on, Spot(0.5, 0.34, 0.16))


def crate(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A folding storage box."""
    on = sheet()
    solid(on, [(0.16, 0.34), (0.3, 0.2), (0.92, 0.2), (0.8, 0.34)], tinted(dress.body, -0.4), 0.02, 0.2)
    front = cover(box(0.14, 0.34, 0.8, 0.88, 0.02))
    paint(on, front, dress.body, relief(front, 0.02, 0.3) * weave(rng, 0.012, 0.06))
    side = cover([(0.8, 0.34), (0.92, 0.2), (0.92, 0.74), (0.8, 0.88)])
    paint(on, side, tinted(dress.body, -0.25), weave(rng, 0.012, 0.06))
    paint(on, stitches([(0.16 + 0.62 * t / 30, 0.37) for t in range(31)]), dress.trim)
    grip = stroke(spline([(0.38, 0.5), (0.4, 0.58), (0.54, 0.58), (0.56, 0.5)], closed=False), 0.03)
    paint(on, grip, dress.second, relief(grip, 0.012, 0.5))
    return Sprite(on, Spot(0.47, 0.72, 0.22))


def weight(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A block of mineral, as deodorant stones are sold."""
    on = sheet()
    block = cover([(0.24, 0.36), (0.46, 0.2), (0.78, 0.3), (0.82, 0.7), (0.58, 0.88), (0.2, 0.74)])
    paint(on, block, dress.trim, relief(block, 0.02, 0.35) * grain(rng, 0.012, 0.06))
    facet = cover([(0.24, 0.36), (0.46, 0.2), (0.78, 0.3), (0.56, 0.46)])
    paint(on, facet, tinted(dress.trim, 0.5), grain(rng, 0.012, 0.04), 0.8)
    other = cover([(0.56, 0.46), (0.78, 0.3), (0.82, 0.7), (0.58, 0.88)])
    paint(on, other, tinted(dress.trim, -0.3), grain(rng, 0.012, 0.06), 0.7)
    return Sprite(on, Spot(0.4, 0.6, 0.14))
