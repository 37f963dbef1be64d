"""Key points of a picture with their ORB codes (Rublee and others, "ORB: an efficient alternative to SIFT or SURF")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats, Ints, Pixels
from matchers.image.geometry import fitted

SIDE = 480  # px of the longer side; more costs time and finds nothing that the smaller levels do not
FOUND = 3000
KEPT = 1500  # of a picture that is looked up: it may be a collage
CELLS = 8  # a side; without the grid a lively panel of a collage takes all points from a quiet one
CONTRAST = 12  # grey levels of the corner test, under OpenCV's 20: drawn goods have soft edges
CODE_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """points : float32 (n, 2) in pixels of a picture of `shape`; codes : uint8 (n, 32)."""

    shape: tuple[int, ...]
    points: Floats
    codes: Pixels


def keypoints(plain: Pixels, *, kept: int = KEPT) -> KeyPoints:
    """The points of a grey picture, measured at `SIDE` pixels; `shape` says the size they are measured at."""
    image = fitted(plain, SIDE)
    orb = cv2.ORB.create(FOUND, fastThreshold=CONTRAST)  # made anew: OpenCV promises nothing for shared ones
    found = spread(orb.detect(image, None), image.shape, kept)
    described, codes = orb.compute(image, found) if found else ((), None)
    if codes is None or not len(described):
        return KeyPoints(image.shape, np.zeros((0, 2), np.float32), np.zeros((0, CODE_BYTES), np.uint8))
    points = np.asarray(cv2.KeyPoint.convert(described), np.float32)
    return KeyPoints(image.shape, points, np.asarray(codes, np.uint8))


def spread(found: Sequence[cv2.KeyPoint], shape: tuple[int, ...], kept: int) -> list[cv2.KeyPoint]:
    """The strongest of each cell first, until there are enough."""
    if len(found) <= kept:
        return list(found)
    points = np.asarray(cv2.KeyPoint.convert(found), np.float32)
    column, row = (points[:, i] * CELLS // shape[1 - i] for i in (0, 1))
    strength = np.array([-point.response for point in found])
    rank = rank_within((row * CELLS + column).astype(np.int64), strength)
    return [found[i] for i in np.lexsort((strength, rank))[:kept]]


def rank_within(group: Ints, value: Floats) -> Ints:
    """For each element, how many of its group have a smaller value."""
    order = np.lexsort((value, group))
    starts = np.concatenate([[True], group[order][1:] != group[order][:-1]])
    place = np.arange(len(order))
    rank = np.empty(len(order), np.int64)
    rank[order] = place - np.maximum.accumulate(np.where(starts, place, 0))
    return rank
