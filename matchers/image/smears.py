"""Parts of a picture that were blurred afterwards: within a hard border nothing fine is left, right outside all is.

What a lens leaves out of focus fades out of it; a plain wall has nothing coarse either.
"""

from __future__ import annotations

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Pixels
from matchers.image.geometry import Box, as_floats

FINE = 7  # px: the surroundings over which detail is averaged
SOFT = 1.5  # levels of detail (mean of the Laplacian) under which a place is soft; grain of a phone leaves 2 and more
SHARPER = 4.0  # how many times more detail the surroundings must have
RING = 12  # px of surroundings
SMALLEST, LARGEST = 0.004, 0.2  # of the picture
COARSE = 4.0  # levels (standard deviation) that a patch must still vary by: else it is a plain part of the goods
FILLED = 0.86  # of the box or oval around it: what people draw
MOST = 200  # soft places that are looked at, largest first


def smears(grey: Pixels) -> list[Box]:
    """The blurred patches of a grey picture."""
    detail = cv2.blur(np.abs(cv2.Laplacian(grey, cv2.CV_32F, ksize=1)), (FINE, FINE))
    soft = cv2.morphologyEx((detail < SOFT).astype(np.uint8), cv2.MORPH_OPEN, np.ones((FINE, FINE), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(soft)
    area = grey.shape[0] * grey.shape[1]
    sized = [part for part in range(1, count) if SMALLEST <= stats[part, cv2.CC_STAT_AREA] / area <= LARGEST]
    sized.sort(key=lambda part: -stats[part, cv2.CC_STAT_AREA])
    found = []
    for part in sized[:MOST]:
        left, top, width, height, _ = (int(v) for v in stats[part])
        cut = widened(left, top, width, height, grey.shape)
        if is_smear(grey[cut], as_floats(detail[cut]), np.asarray(parts[cut] == part, np.bool_)):
            found.append((left, top, width, height))
    return found


def widened(left: int, top: int, width: int, height: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """A box with its surroundings, within the picture."""
    return (
        slice(max(0, top - 2 * RING), min(shape[0], top + height + 2 * RING)),
        slice(max(0, left - 2 * RING), min(shape[1], left + width + 2 * RING)),
    )


def is_smear(grey: Pixels, detail: Floats, inside: Bools) -> bool:
    """Whether a soft part is of a drawn shape, with more in it than one colour, and all around it is sharp."""
    if not drawn_shape(inside) or float(grey[inside].std()) < COARSE:
        return False
    near = cv2.dilate(inside.astype(np.uint8), np.ones((2 * FINE - 1, 2 * FINE - 1), np.uint8))
    wide = cv2.dilate(near, np.ones((2 * RING + 1, 2 * RING + 1), np.uint8))
    ring = (wide > 0) & (near == 0)
    if ring.sum() < inside.sum() / 4:  # at the edge of the picture
        return False
    sharp = SHARPER * max(float(detail[inside].mean()), 0.5)
    return float((detail[ring] > sharp).mean()) > 0.6


def drawn_shape(inside: Bools) -> bool:
    """Whether a part fills the turned rectangle or the oval around it."""
    outlines, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=cv2.contourArea)
    _, (width, height), _ = cv2.minAreaRect(outline)
    filled = cv2.contourArea(outline) / max(1.0, width * height)
    hull = cv2.contourArea(cv2.convexHull(outline))
    whole = cv2.contourArea(outline) >= 0.93 * hull
    return bool(filled >= FILLED or (whole and abs(filled - np.pi / 4) < 0.04))
