"""Shapes that stand everywhere: a mark that is nothing but one of them is not searched.

A mark is compared with each after both are brought to one position, size, and proportion (their second moments), in
all turns: so one square stands for all rectangles and rhombs, and one disc for all ovals.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Ints, Pixels
from matchers.image.artwork import Artwork

SIDE = 48  # px
SPREAD = 9.0  # px: the standard deviation of a shape's mass to either side, once normalised
TURNS = 36  # in a full turn
PLAIN = 0.85  # overlap (intersection over union) from which a mark is a plain shape
INNER = 0.2  # share of inner borders under which the colours of a mark are shading
RINGS = (0.55, 0.7, 0.8, 0.9)  # inner over outer radius


def is_plain(mark: Artwork) -> bool:
    """Nothing but a plain shape, in one colour or nearly so."""
    return inner_share(mark.labels) < INNER and plainness(mark) >= PLAIN


def plainness(mark: Artwork) -> float:
    """Overlap of a mark, all its colours taken as one, with the plain shape most like it, 0..1."""
    mask = normalised((mark.labels > 0).astype(np.uint8))
    if mask is None:
        return 1.0
    return max(overlap(mask, turn) for turn in plain_shapes())


def inner_share(labels: Ints) -> float:
    """Share of the borders of a mark that run between two of its own colours, 0..1."""
    borders = [(labels[1:], labels[:-1]), (labels[:, 1:], labels[:, :-1])]
    everywhere = sum(int((one != other).sum()) for one, other in borders)
    inside = sum(int(((one != other) & (one > 0) & (other > 0)).sum()) for one, other in borders)
    return inside / max(1, everywhere)


def overlap(one: Bools, other: Bools) -> float:
    return float((one & other).sum() / max(1, (one | other).sum()))


def normalised(mask: Pixels, turn: float = 0.0) -> Bools | None:
    """The mask with its mass centred, round, and turned by so many degrees; None for an empty one."""
    rows, columns = np.nonzero(mask)
    if len(rows) < 10:
        return None
    middle = np.array([columns.mean(), rows.mean()])
    spread, axes = np.linalg.eigh(np.cov(np.stack([columns, rows])) + 0.1 * np.eye(2))
    angle = np.radians(turn)
    turning = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # the square root of the covariance, not just its axes: what was upright stays nearly upright
    linear = turning @ (axes @ np.diag(SPREAD / np.sqrt(spread)) @ axes.T)
    matrix = np.concatenate([linear, (np.array([SIDE / 2, SIDE / 2]) - linear @ middle)[:, None]], 1)
    laid = cv2.warpAffine(mask * np.uint8(255), matrix.astype(np.float32), (SIDE, SIDE), flags=cv2.INTER_AREA)
    return np.asarray(laid > 127, np.bool_)


@cache
def plain_shapes() -> tuple[Bools, ...]:
    """All of them, in all turns."""
    turned = (normalised(shape, 360 * i / TURNS) for shape in drawn_shapes() for i in range(TURNS))
    return tuple(mask for mask in turned if mask is not None)


def drawn_shapes() -> Iterator[Pixels]:
    yield filled(regular(40))  # a disc
    yield filled(regular(4))
    yield filled(regular(3))
    yield filled(regular(6))
    for points in (4, 5, 6):
        for depth in (0.38, 0.5, 0.65):
            yield filled(star(points, depth))
    yield filled(cross(1 / 3))
    yield filled(cross(1 / 6))
    yield rounded()
    for inner in RINGS:
        yield filled(regular(40)) - filled(inner * regular(40))
        yield filled(regular(4)) - filled(inner * regular(4))


def filled(corners: Floats) -> Pixels:
    """A polygon of corners within -1..1, on a sheet of 200 pixels."""
    sheet = np.zeros((200, 200), np.uint8)
    cv2.fillPoly(sheet, [np.round(100 + 85 * corners).astype(np.int32)], 1)
    return sheet


def regular(corners: int) -> Floats:
    angles = 2 * np.pi * np.arange(corners) / corners
    return np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)


def star(points: int, depth: float) -> Floats:
    corners = regular(2 * points)
    corners[1::2] *= depth
    return corners


def cross(arm: float) -> Floats:
    a = arm
    half = [(-a, -1), (a, -1), (a, -a), (1, -a), (1, a), (a, a), (a, 1), (-a, 1), (-a, a), (-1, a), (-1, -a), (-a, -a)]
    return np.array(half, np.float32)


def rounded() -> Pixels:
    """A square with round corners."""
    sheet = filled(0.7 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32))
    return np.asarray(cv2.dilate(sheet, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (35, 35))), np.uint8)
