"""Is a picture a page of text? A certificate photographed where the mark itself should be is a common slip."""

from __future__ import annotations

import cv2
import numpy as np

from matchers.image.decode import decode
from matchers.image.vector import is_vector
from matchers.types import PictureError

SIDE = 1200  # pixels of the longer side at which letters of an A4 page are some 10 pixels high
LETTER = (5, 45)  # pixels of height, and the most of width, of a letter at that size
LEAST_LETTERS = 150  # a mark with its slogan has a few dozen, a certificate several hundred
LEAST_LINES = 8
_ROW = 12  # pixels: letters whose middles fall into one band stand in one line
_LEAST_IN_LINE = 6


def looks_like_page(data: bytes) -> bool:
    """Whether a picture shows many small letters in many lines; False for what is no picture."""
    if is_vector(data):
        return False
    try:
        pixels = decode(data, side=SIDE)
    except PictureError:
        return False
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = SIDE / max(grey.shape)
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    _, _, boxes, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    letters = (height >= LETTER[0]) & (height <= LETTER[1]) & (width >= 2) & (width <= 2 * LETTER[1])
    rows = np.bincount((middles[1:][letters, 1] // _ROW).astype(int))
    return bool(letters.sum() >= LEAST_LETTERS and (rows >= _LEAST_IN_LINE).sum() >= LEAST_LINES)
