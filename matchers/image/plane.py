"""Does a photo lie flat on a picture, or is it another photo of the same things?

What is made from a photo is that photo on a plane: one homography says where each of its points went. A second photo,
taken a step beside the first, shows the same things with near ones moved against far ones; no homography explains that.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Pixels
from matchers.image.geometry import as_floats, as_pixels, grey, laid, pulled
from matchers.image.likeness import compared

STEP = 4  # px from one place to the next
EDGE = 6  # px; the flow is poor at the edges
TEXTURE = 30.0  # mean gradient around a place, in grey levels a pixel, under which a flow is a guess
GRAIN = 12.0  # the same, of what any photo has everywhere, be it the grain of a wall
FEWEST = 20  # places; a homography through fewer explains too much
REACH = 1.0  # px that a place may lie off and still be on the plane
SAME = 0.8  # correlation of a place and of where it went; what a sticker hides is found again anywhere
UNKNOWN = 0.3  # px told where too little is seen: between what copies (0.05) and other photos (0.6) have


@dataclass(frozen=True, slots=True)
class Plane:
    """How flat a photo lies on a picture.

    off : px of the sheet between where a place is and where the best homography would have it, the median of all places
    followed : share of the places with something to follow that were found again, 0..1
    detail : share of all places with any grain, 0..1; photos have it nearly everywhere, drawings at outlines
    """

    off: float = UNKNOWN
    followed: float = 0.0
    detail: float = 0.0


def plane(sheet: Pixels, levels: tuple[Pixels, ...], matrix: Floats, *, turned: bool = False) -> Plane:
    """sheet : `likeness.sheet`; levels : `halves` of the picture; matrix : from the sheet to the picture, about right.

    turned : hues were, so that only the brightest channel is left as it was
    """
    one, other = (contrasted(each, turned) for each in (sheet, pulled(levels, matrix, sheet.shape)))
    moved = flow(one, other)
    rows, columns = np.mgrid[EDGE : one.shape[0] - EDGE : STEP, EDGE : one.shape[1] - EDGE : STEP].reshape(2, -1)
    inside = laid(levels[0].shape, matrix, one.shape)[rows, columns]
    slope = slopes(one)[rows, columns]
    busy = inside & (slope > TEXTURE)
    seen = busy & again(one, other, moved)[rows, columns]
    followed, detail = seen.sum() / max(1, busy.sum()), (inside & (slope > GRAIN)).sum() / max(1, inside.sum())
    if seen.sum() < FEWEST:
        return Plane(UNKNOWN, float(followed), float(detail))
    source = np.stack([columns[seen], rows[seen]], 1).astype(np.float32)
    return Plane(off_plane(source, source + moved[rows[seen], columns[seen]]), float(followed), float(detail))


def off_plane(source: Floats, target: Floats) -> float:
    """How far places are from where the best homography would have them, in the median."""
    matrix, _ = cv2.findHomography(source, target, cv2.RANSAC, REACH, maxIters=500)
    if matrix is None:
        return UNKNOWN
    expected = cv2.perspectiveTransform(source[None], matrix)[0]
    return float(np.median(np.linalg.norm(expected - target, axis=1)))


def flow(one: Pixels, other: Pixels) -> Floats:
    """Where each pixel went, (height, width, 2), by dense inverse search (Kroeger and others, ECCV 2016)."""
    seeker = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    seeker.setFinestScale(0)
    return as_floats(seeker.calc(one, other, None))  # type: ignore[call-overload]


def slopes(one: Pixels) -> Floats:
    """The mean gradient around each place, in grey levels a pixel."""
    soft = cv2.GaussianBlur(one.astype(np.float32), (0, 0), 1)
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    return as_floats(cv2.blur(slope, (9, 9)))


def again(one: Pixels, other: Pixels, moved: Floats) -> Bools:
    """Where the flow leads to what looks the same."""
    rows, columns = np.mgrid[: one.shape[0], : one.shape[1]].astype(np.float32)
    back = cv2.remap(other, columns + moved[..., 0], rows + moved[..., 1], cv2.INTER_LINEAR)
    alike, _, _ = compared(as_floats(one), as_floats(back))
    return np.asarray(alike > SAME, np.bool_)


def contrasted(image: Pixels, turned: bool) -> Pixels:
    """In grey, with the contrast of its darkest corners raised: copies are made darker and paler."""
    return as_pixels(cv2.createCLAHE(3.0, (4, 4)).apply(image.max(2) if turned else grey(image)))
