"""How likely a finding is true, given what was measured: two logistic rules with the weights they were fitted to.

Copies: fitted to 1,500 pairs: re-used and other photos under 15 attacks, drawn goods with their copies under 9 attacks,
and, as the hard negatives, goods drawn from one pattern in other colours, places and backgrounds.

Marks: fitted to 21,478 places in 3,494 generated scenes (drawn goods and photos; marks in their own colours, in one
or in others, on a plate, turned, in perspective, blurred; words and plain shapes as distraction), eight marks looked
for in each. On 1,999 scenes with other marks the threshold gave a recall of 0.72 at a precision of 0.98.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchers.image.arrays import Floats
from matchers.image.likeness import Likeness

COPY_THRESHOLD = 0.8
# Shapes that agree nearly everywhere (from 0.85 of them on) while their lines lie in other colours are two articles of
# one outline. Not fitted: of 402 copies of the development pictures none loses its decision, five such pairs do. What
# hides a part of a copy (a sticker, a watermark) changes the shapes there too.
RECOLOURED = 50.0
STRAY = 0.12  # share of lines in another colour that a filter, a map a pixel off and a watermark leave


def copy_odds(seen: Likeness, matrix: Floats, distance: int | None, points: int | None) -> float:
    """Probability that a picture is made from a photo.

    matrix : from the photo to the picture; distance : PDQ bits; points : key points that agree (one is known)
    """
    turn, squeeze = turn_and_squeeze(matrix)
    terms = (
        -8.73,
        6.74 * seen.agreement,
        1.64 * seen.structure,
        -3.42 * seen.change,
        1.00 * np.log1p(2 * (40 - distance) if distance is not None else min(points or 0, 150)),
        -3.09 * min(turn, 12.0) / 12,  # copies are seldom turned; other views of the article are
        -0.88 * min(squeeze - 1, 0.3) / 0.3,
        2.68 * seen.told,
        -RECOLOURED * max(0.0, seen.recoloured - STRAY) * float(np.clip((seen.structure - 0.85) / 0.05, 0, 1)),
    )
    return float(1 / (1 + np.exp(-sum(terms))))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is seen of a mark at a place.

    outline : share of its edges that lie on edges of the picture, 0..1
    detail, parts : how well its shape explains the picture's colours (`colouring.Explained`), 0..1
    contrast : grey levels; sketch : likeness of the coarse sketch, 0..1
    squeeze : how much more one axis is stretched than the other; pixels : of the longer side in the picture
    own_hull : how much of the mark's own drawing its plain hull explains, 0..1
    """

    outline: float
    detail: float
    parts: float
    contrast: float
    sketch: float
    squeeze: float
    pixels: float
    own_hull: float


MARK_THRESHOLD = 0.8
MARK_WEIGHTS = (-9.89, 6.25, 4.72, 1.03, 0.76, -0.83, 0.17, -2.64, 4.58)


def mark_terms(seen: Evidence) -> tuple[float, ...]:
    """What the weights are for."""
    return (
        1.0,
        seen.outline,
        seen.detail,
        float(np.log(seen.contrast + 1)),
        seen.sketch,
        float(np.log(seen.squeeze)),
        float(np.log(seen.pixels) - 4),
        seen.own_hull,
        seen.parts * seen.outline,
    )


def mark_odds(seen: Evidence) -> float:
    """Probability that the mark stands there."""
    total = sum(weight * term for weight, term in zip(MARK_WEIGHTS, mark_terms(seen), strict=True))
    return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What the trained network says of a place; all but the logits are shares of what is more than expected.

    alike : at its likest, as first guessed or moved to the edges; pair, settled : logits of the second look, the better
    one and the one at the end; expected : how like the mark photos without it are, 0..1
    """

    alike: float
    pair: float
    settled: float
    expected: float


RESEMBLANCE_WEIGHTS = (-6.0, 1.0, 3.0, 0.0, 0.0, 0.0, 0.0, 3.0, 3.0, 0.5, 0.0, 0.0)


def resemblance_terms(seen: Evidence, resemblance: Resemblance) -> tuple[float, ...]:
    """What the weights are for; the sketch says nothing, since some places were found without one."""
    one, outline, detail, contrast, _, *others = mark_terms(seen)
    network = (resemblance.alike, resemblance.pair, resemblance.settled, resemblance.expected)
    return (one, outline, detail, contrast, *others, *network)


def resemblance_odds(seen: Evidence, resemblance: Resemblance) -> float:
    """Probability that the mark stands there, by the edges and colours and by the network."""
    terms = resemblance_terms(seen, resemblance)
    total = sum(weight * term for weight, term in zip(RESEMBLANCE_WEIGHTS, terms, strict=True))
    return float(1 / (1 + np.exp(-total)))


def turn_and_squeeze(matrix: Floats) -> tuple[float, float]:
    """Degrees by which a map turns, mirrored or not, and how much more it stretches one axis than the other."""
    u, stretch, v = np.linalg.svd(matrix[:, :2])
    turning = u @ v
    if np.linalg.det(turning) < 0:
        turning = turning @ np.diag([-1.0, 1.0])
    turn = abs(float(np.degrees(np.arctan2(turning[1, 0], turning[0, 0]))))
    return turn, float(stretch[0] / max(stretch[1], 1e-6))
