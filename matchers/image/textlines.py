"""Where lines of text stand in a picture: turned rectangles around what the network takes for text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats, Pixels
from matchers.image.geometry import as_floats
from matchers.image.textmodels import found

# Lower than the network's makers advise (0.3, 0.5): reading a line costs little, and what is no text reads as nothing.
TEXT = 0.2  # likelihood of a pixel
LINE = 1.25  # times that: mean likelihood of a line
GROWN = 1.6  # the network marks the core of a line; its area over its outline, so many times, is left out around it
THINNEST = 3  # px of the shorter side, in the size the network sees
STEP = 32  # px: the network halves five times
MOST = 40  # lines of one picture, the surest


@dataclass(frozen=True, slots=True)
class Region:
    """corners : (4, 2) px of the picture, clockwise from the upper left; likelihood : that text stands there, 0..1"""

    corners: Floats
    likelihood: float


def regions(image: Pixels, side: int, *, text: float = TEXT) -> list[Region]:
    """Lines of a picture (RGB), the surest first.

    side : px of the longer side that the network sees; text : likelihood from which a pixel counts
    """
    small, scale = seen_at(image, side)
    likely = found(network_input(small))[0]
    marked = cv2.dilate((likely > text).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(marked, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    every = [region(likely, outline, scale, LINE * text) for outline in outlines]
    return sorted((one for one in every if one), key=lambda one: -one.likelihood)[:MOST]


def seen_at(image: Pixels, side: int) -> tuple[Pixels, Floats]:
    """The picture at the size the network sees, sides of whole steps; and px of the picture for one of it, (x, y)."""
    height, width = image.shape[:2]
    size = tuple(max(STEP, round(each * side / max(height, width) / STEP) * STEP) for each in (width, height))
    small = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)  # as the network was trained
    return np.asarray(small, np.uint8), as_floats([width / size[0], height / size[1]])


def network_input(image: Pixels) -> Floats:
    """One RGB picture as a batch of one: BGR in -1..1."""
    return np.ascontiguousarray((image[:, :, ::-1].astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None])


def region(likely: Floats, outline: cv2.typing.MatLike, scale: Floats, least: float) -> Region | None:
    """The turned rectangle around an outline, grown to the line's edges; None for a speck, or what is hardly text."""
    (x, y), (across, down), angle = cv2.minAreaRect(outline)
    if min(across, down) < THINNEST:
        return None
    likelihood = mean_within(likely, as_floats(cv2.boxPoints(((x, y), (across, down), angle))))
    if likelihood < least:
        return None
    around = across * down * GROWN / (across + down)
    grown = cv2.boxPoints(((x, y), (across + around, down + around), angle))
    return Region(clockwise(as_floats(grown) * scale), likelihood)


def mean_within(values: Floats, corners: Floats) -> float:
    left, top = np.maximum(np.floor(corners.min(0)), 0).astype(int)
    right, bottom = np.ceil(corners.max(0)).astype(int) + 1
    part = values[top:bottom, left:right]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(part, inside)[0])


def clockwise(corners: Floats) -> Floats:
    """Four corners from the upper left on; a line that leans up to 45 degrees stays a line."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2][np.argsort(by_x[:2, 1])], by_x[2:][np.argsort(by_x[2:, 1])]
    return as_floats([left[0], right[0], right[1], left[1]])
