"""Are two pictures, laid on one another, the same picture? Each window of one is compared with that of the other.

Key points that agree are not enough: the same badge on two goods, or two goods drawn from one pattern, share points
too. In a copy nearly all places agree in shape and, after one change of colour for the whole picture, in colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Pixels
from matchers.image.colours import Change, hue_change, split, tone_change, value_and_span
from matchers.image.geometry import after, as_floats, fitted, grey, laid, pulled

SIDE = 128  # px; enough to tell pictures apart, and too few for JPEG and resizing to matter
WINDOW = 15  # px: an eighth of the picture; wide enough that slow shading counts as well as edges
SMOOTH = 1.2  # px; what is left of a map that is a pixel off
NOISE = 1.0  # grey levels: what is left of re-encoding after smoothing
PLAIN = 1.2  # grey levels; a window with less contrast shows nothing but its colour
BUSY = 2.5  # grey levels; a window with more contrast shows a shape beyond doubt
LOUD = 5.0  # grey levels; above it all windows count alike, so that a loud badge cannot outvote its background
LEAST_SAY = 0.3  # of a window that shows nothing but its colour, against 1 of a loud one
ALIKE = 0.6  # correlation of two windows of the same thing, and share of a window's pixels of the right colour
OFF = 1.5  # see `colours.Change`
FAR_OFF = 2.5  # another colour altogether, beyond what curves and filters leave
INSIDE = 0.98  # of a window that must lie in both pictures
HOPELESS = 0.3  # structure under which no colour makes a copy
CLEAR = 0.9  # agreement above which no other change of colour is looked for
FEWEST = 150  # places of a sheet (1 %) that both pictures must show


@dataclass(frozen=True, slots=True)
class Likeness:
    """agreement : share of the windows that agree in shape and colour, 0..1
    structure : share of those with a shape that agree in it, 0..1
    change : strength of the change of colour that was found
    told : share of the windows that show a shape beyond doubt, 0..1
    covered : share of the reference that the picture shows, 0..1
    recoloured : share of the reference's lines that agree in shape but lie in another colour altogether, 0..1
    turned : the change that explains most is one of hue
    """

    agreement: float = 0.0
    structure: float = 0.0
    change: float = 0.0
    told: float = 0.0
    covered: float = 0.0
    recoloured: float = 0.0
    turned: bool = False


def sheet(image: Pixels) -> Pixels:
    """A picture as it is kept for comparing: RGB."""
    return fitted(image, SIDE)


def likeness(reference: Pixels, levels: tuple[Pixels, ...], matrix: Floats) -> Likeness:
    """reference : a `sheet`; levels : the `halves` of an RGB picture; matrix : from the sheet to the picture."""
    inside = overlap(levels[0].shape, matrix, reference.shape)
    if inside.sum() < FEWEST:
        return Likeness()
    one, other = smooth(reference), smooth(pulled(levels, matrix, reference.shape))
    correlation, contrast, lines = compared(split(one)[0], split(other)[0])
    toned = judged(correlation, contrast, lines, inside, tone_change(one[inside], other[inside]))
    if toned.structure < HOPELESS or toned.agreement > CLEAR:
        return toned
    correlation, contrast, lines = compared(value_and_span(one)[0], value_and_span(other)[0])
    turned = judged(correlation, contrast, lines, inside, hue_change(one[inside], other[inside]))
    # a turned hue is the rarer story, and the weaker one: it must explain more
    return toned if toned.agreement >= turned.agreement - 0.05 else replace(turned, turned=True)


def judged(correlation: Floats, contrast: Floats, lines: Floats, inside: Bools, change: Change) -> Likeness:
    """The likeness, given what was seen in one channel and what is known of the colours."""
    right = np.zeros(inside.shape, np.float32)
    right[inside] = change.off < OFF
    enough = ALIKE * np.maximum(windows(inside.astype(np.float32)), 1e-3)
    coloured = windows(right) > enough
    right[inside] = change.off < FAR_OFF
    other_colour = windows(right) <= enough
    shaped, alike = contrast > PLAIN, (correlation > ALIKE) & coloured
    say = np.where(shaped, (contrast / LOUD).clip(LEAST_SAY, 1), LEAST_SAY) * inside
    same_shape = (contrast > BUSY) & (correlation > ALIKE) & inside
    good, bad = (say * (shaped & alike)).sum(), (say * np.where(shaped, ~alike, ~coloured)).sum()
    return Likeness(
        agreement=float(good / (good + bad + 1e-6)),
        structure=float((say * (shaped & (correlation > ALIKE))).sum() / ((say * shaped).sum() + 1e-6)),
        change=change.strength,
        told=float((contrast[inside] > BUSY).mean()),
        covered=float(inside.mean()),
        recoloured=float((lines * same_shape * other_colour).sum() / ((lines * same_shape).sum() + 1e-6)),
    )


def compared(one: Floats, other: Floats) -> tuple[Floats, Floats, Floats]:
    """For each window the correlation of the two, the contrast of the livelier one, and that of the first."""
    mean_one, mean_other = windows(one), windows(other)
    var_one = np.maximum(windows(one * one) - mean_one**2, 0)
    var_other = np.maximum(windows(other * other) - mean_other**2, 0)
    together = windows(one * other) - mean_one * mean_other
    correlation = together / np.sqrt((var_one + NOISE**2) * (var_other + NOISE**2))
    return correlation, np.sqrt(np.maximum(var_one, var_other)), np.sqrt(var_one)


def overlap(picture: tuple[int, ...], matrix: Floats, frame: tuple[int, ...]) -> Bools:
    """Windows of the frame that lie wholly in the picture."""
    return np.asarray(windows(as_floats(laid(picture, matrix, frame))) > INSIDE, np.bool_)


def windows(values: Floats) -> Floats:
    return as_floats(cv2.boxFilter(values, -1, (WINDOW, WINDOW)))


def smooth(image: Pixels) -> Floats:
    return as_floats(cv2.GaussianBlur(image.astype(np.float32), (0, 0), SMOOTH))


def closer(reference: Pixels, levels: tuple[Pixels, ...], matrix: Floats) -> Floats:
    """The map moved to where the pictures agree best; the same map when no better one is found nearby.

    Enhanced correlation coefficient (Evangelidis and Psarakis 2008), blind to brightness and contrast.
    """
    laid = grey(pulled(levels, matrix, reference.shape))
    nudge = np.eye(2, 3, dtype=np.float32)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 1e-3)
    everywhere = np.full(laid.shape, 255, np.uint8)
    try:
        _, found = cv2.findTransformECC(grey(reference), laid, nudge, cv2.MOTION_AFFINE, criteria, everywhere, 5)
    except cv2.error:  # it does not converge on pictures that have nothing in common
        return matrix
    return after(matrix, np.asarray(found, np.float32))
