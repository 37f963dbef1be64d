"""Parts of a picture that somebody made unrecognisable: under a mosaic, a blur, or a sticker.

Weak evidence: a seller who hides a mark does it so, and so does one who hides a face or another shop's stamp.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchers.image.arrays import Pixels
from matchers.image.geometry import Box, fitted, grey
from matchers.image.joins import around
from matchers.image.mosaic import STRIDE, mosaics
from matchers.image.smears import smears
from matchers.image.stickers import stickers

SEEN_AT = 1024  # px of the longer side
MOST = 4  # patches that are told of one picture
LARGEST = 0.5  # of the picture: more than that is how the picture is, and hides no part of it
# How likely each is what it is called; false alarms on 400 photos: see docs/figures.md.
MOSAIC, BLUR, STICKER = 0.8, 0.6, 0.55


@dataclass(frozen=True, slots=True)
class Patch:
    """kind : mosaic | blur | sticker; score : that it is one, 0..1; box : px of the picture"""

    kind: str
    score: float
    box: Box


def patches(image: Pixels) -> list[Patch]:
    """The hidden parts of a picture (RGB, at most `SEEN_AT` a side), surest first."""
    plain, half = grey(image), grey(fitted(image, max(image.shape[:2]) // 2 or 1))
    found = [
        *(Patch("mosaic", MOSAIC, box) for box in grouped(mosaics(plain))),
        *(Patch("mosaic", MOSAIC, doubled(box)) for box in grouped(mosaics(half, halved=True))),
        *(Patch("blur", BLUR, box) for box in smears(plain)),
        *(Patch("sticker", STICKER, box) for box in stickers(image)),
    ]
    area = LARGEST * plain.shape[0] * plain.shape[1]
    return apart(one for one in found if one.box[2] * one.box[3] <= area)[:MOST]


def grouped(windows: Iterable[Box]) -> list[Box]:
    """The boxes around windows that overlap; a window all alone is chance."""
    groups: list[list[Box]] = []
    for window in windows:
        touching = [group for group in groups if any(near(window, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([window, *(other for group in touching for other in group)])
    return [whole(group) for group in groups if len(group) > 1]


def near(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) <= STRIDE and abs(one[1] - other[1]) <= STRIDE


def whole(group: Sequence[Box]) -> Box:
    box = group[0]
    for other in group[1:]:
        box = around(box, other)
    return box


def doubled(box: Box) -> Box:
    left, top, width, height = (2 * side for side in box)
    return left, top, width, height


def apart(found: Iterable[Patch]) -> list[Patch]:
    """The surest of those that overlap, surest first."""
    kept: list[Patch] = []
    for one in sorted(found, key=lambda patch: -patch.score):
        if not any(overlap(one.box, other.box) for other in kept):
            kept.append(one)
    return kept


def overlap(one: Box, other: Box) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
