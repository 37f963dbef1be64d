"""Plush: a bear, a hare."""

from __future__ import annotations

import numpy as np

from sandbox.goods.ink import (
    Colour,
    Pixels,
    cover,
    ellipse,
    grain,
    paint,
    relief,
    sheet,
    spline,
    stitches,
    stroke,
    tinted,
)
from sandbox.goods.sprites import Dress, Spot, Sprite


def _plush(on: Pixels, shape: Pixels, colour: Colour, rng: np.random.Generator) -> None:
    paint(on, shape, colour, relief(shape, 0.045, 0.35) * grain(rng, 0.0025, 0.07))


def _face(on: Pixels, dress: Dress, x: float, y: float, rng: np.random.Generator) -> None:
    _plush(on, cover(ellipse(x, y + 0.055, 0.085, 0.06)), tinted(dress.trim, -0.02), rng)
    for side in (-0.075, 0.075):
        paint(on, cover(ellipse(x + side, y - 0.03, 0.018)), (24, 20, 20))
        paint(on, cover(ellipse(x + side - 0.005, y - 0.036, 0.005)), (255, 255, 255))
    paint(on, cover(ellipse(x, y + 0.025, 0.026, 0.018)), (52, 34, 30))
    paint(
        on,
        stroke(spline([(x - 0.03, y + 0.07), (x, y + 0.085), (x + 0.03, y + 0.07)], closed=False), 0.007),
        (60, 40, 36),
    )


def bear(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A sitting bear."""
    on = sheet()
    for x in (0.3, 0.7):
        _plush(on, cover(ellipse(x, 0.13, 0.085)), dress.body, rng)
        _plush(on, cover(ellipse(x, 0.135, 0.045)), dress.trim, rng)
    for x, tilt in ((0.2, -1), (0.8, 1)):
        arm = spline(
            [
                (x - 0.06 * tilt, 0.5),
                (x + 0.08 * tilt, 0.56),
                (x + 0.1 * tilt, 0.72),
                (x, 0.76),
                (x - 0.08 * tilt, 0.66),
            ]
        )
        _plush(on, cover(arm), dress.body, rng)
    _plush(on, cover(ellipse(0.5, 0.67, 0.26, 0.25)), dress.body, rng)
    _plush(on, cover(ellipse(0.5, 0.68, 0.17, 0.17)), dress.trim, rng)
    for x in (0.28, 0.72):
        _plush(on, cover(ellipse(x, 0.86, 0.12, 0.1)), dress.body, rng)
        _plush(on, cover(ellipse(x, 0.87, 0.07, 0.06)), dress.second, rng)
    _plush(on, cover(ellipse(0.5, 0.3, 0.25, 0.215)), dress.body, rng)
    _face(on, dress, 0.5, 0.3, rng)
    return Sprite(on, Spot(0.5, 0.67, 0.2))


def hare(dress: Dress, rng: np.random.Generator) -> Sprite:
    """A standing hare in a vest."""
    on = sheet()
    for x, lean in ((0.42, -0.05), (0.58, 0.05)):
        ear = [(x - 0.04, 0.26), (x - 0.06 + lean, 0.1), (x + lean, 0.015), (x + 0.06 + lean, 0.1), (x + 0.04, 0.26)]
        _plush(on, cover(spline(ear)), dress.body, rng)
        inner = [(x - 0.015, 0.22), (x - 0.02 + lean, 0.1), (x + lean, 0.05), (x + 0.02 + lean, 0.1), (x + 0.015, 0.22)]
        _plush(on, cover(spline(inner)), tinted(dress.second, 0.4), rng)
    for x in (0.38, 0.62):
        _plush(on, cover(ellipse(x, 0.89, 0.1, 0.075)), dress.body, rng)
    for x in (0.24, 0.76):
        _plush(on, cover(ellipse(x, 0.62, 0.07, 0.12)), dress.body, rng)
    vest = cover(
        spline([(0.36, 0.46), (0.64, 0.46), (0.72, 0.66), (0.7, 0.84), (0.5, 0.87), (0.3, 0.84), (0.28, 0.66)])
    )
    _plush(on, vest, dress.second, rng)
    paint(on, stitches([(0.5, 0.5 + 0.36 * t / 20) for t in range(21)]), dress.trim)
    _plush(on, cover(ellipse(0.5, 0.34, 0.19, 0.165)), dress.body, rng)
    _face(on, dress, 0.5, 0.33, rng)
    return Sprite(on, Spot(0.5, 0.7, 0.22))
