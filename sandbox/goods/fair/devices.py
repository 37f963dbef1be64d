"""Devices that a seed invents: a ground shape, what is cut out of it, and parts around it, in two inks."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

import numpy as np
from numpy.typing import NDArray

from sandbox.goods.emblems import CUT, Emblem, Inks, drawn, polar
from sandbox.goods.ink import Outline, box, ellipse, spline

Cover = NDArray[np.float32]
ATTEMPTS = 12
ALIKE = 0.35  # correlation of two covers from which they are too much alike


def _star(points: int, outer: float, inner: float, turn: float) -> Outline:
    step = 180 / points
    return [polar(0.5, 0.5, outer if k % 2 == 0 else inner, turn + step * k) for k in range(2 * points)]


def _petals(rng: Random) -> Emblem:
    """Unequal petals about a centre."""
    count, turn = rng.randint(3, 7), rng.uniform(0, 360)
    found: Emblem = []
    for k in range(count):
        angle, length = turn + 360 * k / count, rng.uniform(0.3, 0.48)
        x, y = polar(0.5, 0.5, length / 2 + 0.08, angle)
        side = rng.uniform(0.06, 0.13)
        rim = [
            (
                x + length / 2 * cos(a) * cos(angle * pi / 180) - side * sin(a) * sin(angle * pi / 180),
                y + length / 2 * cos(a) * sin(angle * pi / 180) + side * sin(a) * cos(angle * pi / 180),
            )
            for a in (2 * pi * n / 24 for n in range(24))
        ]
        found.append((rim, k % 2))
    return [*found, (ellipse(0.5, 0.5, rng.uniform(0.06, 0.12)), 1)]


def _shield(rng: Random) -> Emblem:
    """A shield with bars and a sign cut through."""
    lean = rng.uniform(-0.1, 0.1)
    shield = [(0.12, 0.08), (0.88, 0.08), (0.86, 0.55), (0.5 + lean, 0.98), (0.14, 0.55)]
    at = rng.uniform(0.22, 0.4)
    bars = [(box(0.2, at + 0.16 * k, 0.8 - 0.12 * k, at + 0.07 + 0.16 * k), CUT) for k in range(rng.randint(1, 3))]
    return [(shield, 0), *bars, (ellipse(rng.uniform(0.3, 0.7), 0.72, 0.08), 1)]


def _wings(rng: Random) -> Emblem:
    """Two unlike wings on a drop."""
    lift, reach = rng.uniform(0.05, 0.3), rng.uniform(0.36, 0.48)
    left = spline([(0.48, 0.55), (0.5 - reach, lift), (0.5 - reach + 0.1, 0.5), (0.3, 0.62)])
    right = [(0.52, 0.52), (0.5 + reach, lift + rng.uniform(0, 0.2)), (0.5 + reach - 0.12, 0.56), (0.62, 0.7)]
    drop = spline([(0.5, 0.4), (0.62, 0.74), (0.5, 0.95), (0.38, 0.74)])
    return [(left, 0), (right, 1), (drop, 0), (ellipse(0.5, 0.76, rng.uniform(0.03, 0.07)), CUT)]


def _starred(rng: Random) -> Emblem:
    """A star in a broken ring."""
    points, turn = rng.choice([4, 5, 6, 7, 9]), rng.uniform(0, 90)
    gap = rng.uniform(20, 160)
    wedge = [(0.5, 0.5), polar(0.5, 0.5, 0.7, gap), polar(0.5, 0.5, 0.7, gap + rng.uniform(30, 70))]
    ring: Emblem = [(ellipse(0.5, 0.5, 0.48), 0), (ellipse(0.5, 0.5, 0.4), CUT), (wedge, CUT)]
    return [*ring, (_star(points, 0.33, rng.uniform(0.12, 0.2), turn), 1)]


def _stairs(rng: Random) -> Emblem:
    """Steps that climb, and a moon over them."""
    steps, height = rng.randint(3, 5), rng.uniform(0.5, 0.75)
    bars = [
        (box(0.06 + 0.88 * k / steps, 0.95 - height * (k + 1) / steps, 0.02 + 0.88 * (k + 1) / steps, 0.95), k % 2)
        for k in range(steps)
    ]
    return [*bars, (ellipse(0.26, 0.24, 0.18), 0), (ellipse(0.26 + rng.uniform(0.05, 0.1), 0.2, 0.14), CUT)]


_FORMS = (_petals, _shield, _wings, _starred, _stairs)


def _scaled(emblem: Emblem, x: float, y: float, size: float, turn: float) -> Emblem:
    """An emblem in small, turned, at a place."""
    a = turn * pi / 180
    moved: Emblem = []
    for outline, ink in emblem:
        points = [((px - 0.5) * size, (py - 0.5) * size) for px, py in outline]
        moved.append(([(x + u * cos(a) - v * sin(a), y + u * sin(a) + v * cos(a)) for u, v in points], ink))
    return moved


def device(name: str, attempt: int = 0) -> Emblem:
    """A device: one form as its ground, another in small upon or beside it, and a row of small things."""
    rng = Random(f"device/{name}/{attempt}")
    ground, charge = rng.sample(_FORMS, 2)
    x, y = rng.uniform(0.25, 0.75), rng.uniform(0.2, 0.7)
    size = rng.uniform(0.3, 0.5)
    hole: Emblem = [(ellipse(x, y, size * 0.62), CUT)]
    small = _scaled(charge(rng), x, y, size, rng.uniform(-40, 40))
    count, along = rng.randint(0, 4), rng.uniform(0.05, 0.95)
    beads: Emblem = [(ellipse(along + (k - 2) * 0.09, 0.95 - 0.05 * (k % 2), 0.035), k % 2) for k in range(count)]
    whole = _scaled(ground(rng), 0.5, 0.5, rng.uniform(0.85, 1.0), rng.uniform(-30, 30))
    return [*whole, *hole, *small, *beads]


def apart(names: Sequence[str]) -> dict[str, int]:
    """An attempt for each name, so that a buyer tells any two devices apart, however they are turned."""
    chosen: dict[str, int] = {}
    seen: list[Cover] = []
    for name in names:
        for attempt in range(ATTEMPTS):
            mask = _mask(device(name, attempt))
            if all(_alike(mask, other) < ALIKE for other in seen):
                break
        chosen[name] = attempt
        seen.append(mask)
    return chosen


def _mask(emblem: Emblem) -> Cover:
    drawing = drawn(emblem, ((0, 0, 0), (120, 120, 120), (0, 0, 0)), 24)
    cover: Cover = (np.asarray(drawing, np.float32)[..., 3] / 255).astype(np.float32)
    return cover


def _alike(one: Cover, other: Cover) -> float:
    """The highest correlation of two covers over turns and the mirror."""
    turned = (other, other[:, ::-1])
    quarter = [np.rot90(side, k) for side in turned for k in range(4)]
    return max(float(np.corrcoef(one.ravel(), side.ravel())[0, 1]) for side in quarter)


def inks(name: str) -> Inks:
    """Two strong inks, the first dark."""
    rng = Random(f"inks/{name}")
    first = tuple(rng.randint(10, 110) for _ in range(3))
    second = tuple(rng.randint(60, 220) for _ in range(3))
    return (first, second, first)  # type: ignore[return-value]
