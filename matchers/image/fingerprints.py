"""PDQ hashes of a picture and of the parts of it that sellers cut to.

PDQ is Meta's hash of 256 bits (ThreatExchange, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
Algorithm"). Its README gives the two limits used here: up to 31 of 256 bits apart is the same picture, and a hash of
quality under 50 (of 100) comes from a picture with too little in it to be told by its hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pdqhash

from matchers.image.arrays import Bools, Pixels
from matchers.image.geometry import Box, fitted, grey

MAX_DISTANCE = 31
MIN_QUALITY = 50
HASH_SIDE = 256  # PDQ itself averages down to 64; more pixels only cost time
CENTRE = 0.8  # a crop of a tenth on each side
BORDER_CONTRAST = 12  # grey levels; JPEG noise of a plain border stays under it
MIRRORED = 5  # where pdqhash.compute_dihedral puts the hash of the picture flipped left to right


@dataclass(frozen=True, slots=True)
class View:
    """A part of a picture with its hash: `box` in pixels of the picture, `bits` bool (256,)."""

    box: Box
    bits: Bools
    mirrored: bool = False


def views(image: Pixels, *, mirrored: bool = False) -> list[View]:
    """Whole, without its border, and its centre; each also mirrored when asked. Poor hashes are left out."""
    found: list[View] = []
    for box in dict.fromkeys((whole(image), trimmed(image), centre(image))):
        found += hashes(image, box, mirrored)
    return found


def hashes(image: Pixels, box: Box, mirrored: bool) -> list[View]:
    left, top, width, height = box
    part = np.ascontiguousarray(fitted(image[top : top + height, left : left + width], HASH_SIDE))
    if not mirrored:
        bits, quality = pdqhash.compute(part)
        return [View(box, bits.astype(bool))] if quality >= MIN_QUALITY else []
    turns, quality = pdqhash.compute_dihedral(part)
    if quality < MIN_QUALITY:
        return []
    return [View(box, turns[0].astype(bool)), View(box, turns[MIRRORED].astype(bool), mirrored=True)]


def hex_hash(image: Pixels) -> str | None:
    """The hash of the whole picture as 64 hex digits; None where there is too little in it to be told by its hash."""
    seen = hashes(image, whole(image), mirrored=False)
    return np.packbits(seen[0].bits).tobytes().hex() if seen else None


def packed(seen: Sequence[View]) -> Pixels:
    """The hashes of views, uint8 (n, 32)."""
    if not seen:
        return np.zeros((0, 32), np.uint8)
    return np.packbits(np.stack([view.bits for view in seen]), axis=1)


def whole(image: Pixels) -> Box:
    return 0, 0, image.shape[1], image.shape[0]


def centre(image: Pixels) -> Box:
    height, width = image.shape[:2]
    w, h = max(1, round(width * CENTRE)), max(1, round(height * CENTRE))
    return (width - w) // 2, (height - h) // 2, w, h


def trimmed(image: Pixels) -> Box:
    """The picture without a plain border; the whole when it has none, or is nothing but one."""
    plain = grey(fitted(image, HASH_SIDE, enlarge=False))
    blurred = cv2.blur(plain, (3, 3)).astype(np.int16)
    busy = np.abs(blurred - blurred[0, 0]) > BORDER_CONTRAST
    rows, columns = np.flatnonzero(busy.any(1)), np.flatnonzero(busy.any(0))
    if len(rows) < plain.shape[0] // 4 or len(columns) < plain.shape[1] // 4:
        return whole(image)
    scale = image.shape[1] / plain.shape[1]
    left, top = int(columns[0] * scale), int(rows[0] * scale)
    right, bottom = (
        min(image.shape[1], int((columns[-1] + 1) * scale)),
        min(image.shape[0], int((rows[-1] + 1) * scale)),
    )
    return left, top, right - left, bottom - top
