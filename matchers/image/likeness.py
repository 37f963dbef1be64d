"""Are two pictures, laid on one another, the same picture? Windows of one are compared with windows of the other.

Key points that agree are not enough: the same badge on two different goods, or two goods drawn from one pattern, share
points too. In a copy nearly all places agree, the quiet ones included.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Pixels
from matchers.image.geometry import after, as_floats, fitted, inverse, pulled, scaling

SIDE = 128  # px; enough to tell pictures apart, and too few for JPEG and resizing to matter
WINDOW = 9  # px: the size of a button on a shirt
SMOOTH = 1.2  # px; what is left of a map that is a pixel off
NOISE = 3.0  # grey levels: contrast that re-encoding makes by itself
LOUD = 20.0  # grey levels; a window does not count more for being louder than this
INSIDE = 0.98  # of a window that must lie in both pictures


@dataclass(frozen=True, slots=True)
class Likeness:
    """agreement : share of the places that agree, weighted by how much there is to see, 0..1
    covered : share of the reference that the picture shows, 0..1
    """

    agreement: float
    covered: float


def sheet(plain: Pixels) -> Pixels:
    """A grey picture as it is kept for comparing."""
    return fitted(plain, SIDE)


def likeness(reference: Pixels, picture: Pixels, matrix: Floats) -> Likeness:
    """reference : a `sheet`; matrix : from its pixels to those of `picture` (grey, any size)."""
    laid = pulled(picture, matrix, reference.shape)
    inside = overlap(picture.shape, matrix, reference.shape)
    if not inside.any():
        return Likeness(0.0, 0.0)
    return Likeness(agreement(smooth(reference), smooth(laid), inside), float(inside.mean()))


def agreement(a: Floats, b: Floats, inside: Bools) -> float:
    mean_a, mean_b = windows(a), windows(b)
    var_a, var_b = windows(a * a) - mean_a**2, windows(b * b) - mean_b**2
    together = (windows(a * b) - mean_a * mean_b) / np.sqrt((var_a + NOISE**2) * (var_b + NOISE**2))
    seen = np.sqrt(np.maximum(np.maximum(var_a, var_b), 0)).clip(0, LOUD) * inside
    return float(((together > 0.6) * seen).sum() / (seen.sum() + 1e-6))


def overlap(picture: tuple[int, ...], matrix: Floats, frame: tuple[int, ...]) -> Bools:
    """Windows of the frame that lie wholly in the picture."""
    ones = np.ones(picture[:2], np.uint8)
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(ones, matrix, (frame[1], frame[0]), flags=flags)
    return np.asarray(windows(as_floats(laid)) > INSIDE, np.bool_)


def windows(values: Floats) -> Floats:
    return as_floats(cv2.boxFilter(values, -1, (WINDOW, WINDOW)))


def smooth(image: Pixels) -> Floats:
    return as_floats(cv2.GaussianBlur(image.astype(np.float32), (0, 0), SMOOTH))


def closer(reference: Pixels, picture: Pixels, matrix: Floats) -> Floats:
    """The map moved to where the pictures agree best; the same map when no better one is found nearby.

    Enhanced correlation coefficient (Evangelidis and Psarakis 2008), blind to brightness and contrast.
    """
    laid = pulled(picture, matrix, reference.shape)
    nudge = np.eye(2, 3, dtype=np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 1e-4)
    try:
        _, nudge = cv2.findTransformECC(reference, laid, nudge, cv2.MOTION_AFFINE, criteria, None, 5)
    except cv2.error:  # it does not converge on pictures that have nothing in common
        return matrix
    return after(matrix, as_floats(nudge))


def to_sheet(shape: tuple[int, ...], reference: Pixels) -> Floats:
    """The map from a picture of `shape` to its own sheet."""
    return scaling(shape, reference.shape)


def from_sheet(shape: tuple[int, ...], reference: Pixels) -> Floats:
    """The map from a sheet back to its picture of `shape`."""
    return inverse(to_sheet(shape, reference))
