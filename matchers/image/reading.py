"""What stands in a line: its strip is cut out straight and read letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats, Pixels
from matchers.image.geometry import Box, as_pixels
from matchers.image.textlines import Region, network_input
from matchers.image.textmodels import alphabet, spelled

HEIGHT = 48  # px of a strip, as the network was trained
LONGEST = 1280  # px of a strip: some 80 letters; what is longer is pressed together
UPRIGHT = 1.5  # a strip so many times as high as it is wide runs up or down the picture


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read.

    confidence : mean probability of its letters, 0..1
    likelihood : that it is text at all, 0..1
    corners : (4, 2) px of the picture
    """

    text: str
    confidence: float
    likelihood: float
    corners: Floats

    @property
    def box(self) -> Box:
        """The upright box around it."""
        left, top = (max(0, int(v)) for v in np.floor(self.corners.min(0)))
        right, bottom = (int(v) for v in np.ceil(self.corners.max(0)))
        return left, top, max(1, right - left), max(1, bottom - top)


def read(image: Pixels, places: Iterable[Region], *, turn: int = 0) -> list[Line]:
    """The lines in which something was read. turn : quarter turns to the left that are made before reading."""
    lines = (line(image, place, turn) for place in places)
    return [one for one in lines if one.text.strip()]


def line(image: Pixels, place: Region, turn: int) -> Line:
    text, confidence = said(strip(image, place.corners, turn))
    return Line(text, confidence, place.likelihood, place.corners)


def strip(image: Pixels, corners: Floats, turn: int) -> Pixels:
    """A line cut out and laid straight."""
    width, height = (max(1, int(v)) for v in sides(corners))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, straight)
    cut = as_pixels(
        cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    )
    turn += height >= UPRIGHT * width
    return np.ascontiguousarray(np.rot90(cut, turn)) if turn else cut


def sides(corners: Floats) -> tuple[float, float]:
    """Width and height of a turned rectangle."""
    lengths = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return float(max(lengths[0], lengths[2])), float(max(lengths[1], lengths[3]))


def said(cut: Pixels) -> tuple[str, float]:
    """The text of a strip, and the mean probability of its letters, each counted at the first step that sees it."""
    width = min(LONGEST, max(8, -(-HEIGHT * cut.shape[1] // cut.shape[0])))
    steps = spelled(network_input(as_pixels(cv2.resize(cut, (width, HEIGHT)))))[0]
    best, sure = steps.argmax(1), steps.max(1)
    kept = (best != 0) & np.concatenate([[True], best[1:] != best[:-1]])
    letters = alphabet()
    return "".join(letters[each] for each in best[kept]), float(sure[kept].mean()) if kept.any() else 0.0
