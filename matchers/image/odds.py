"""How likely a finding is true, given what was measured: two logistic rules with the weights they were fitted to.

Copies: fitted to 2,900 pairs (`training/copies`): 900 re-used photos under 15 attacks and 600 others, many of them a
second photo of the same things, taken a step aside; the development pictures; drawn goods and their copies. In five
parts, each judged by the other four, 0.4 kept 0.97 of the copies; what it took wrongly were such second photos (48).

Marks: fitted to 21,478 places in 3,494 generated scenes (drawn goods and photos; marks in their own colours, in one
or in others, on a plate, turned, in perspective, blurred; words and plain shapes as distraction), eight marks looked
for in each. On 1,999 scenes with other marks the threshold gave a recall of 0.72 at a precision of 0.98.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.image.arrays import Floats
from matchers.image.likeness import Likeness
from matchers.image.plane import Plane

COPY_THRESHOLD = 0.4
# Shapes that agree nearly everywhere (from 0.85 of them on) while their lines lie in other colours are two articles of
# one outline, if they are drawn: a photo has detail everywhere, and no other article has the same. Not fitted.
RECOLOURED = 50.0
STRAY = 0.12  # share of lines in another colour that a filter, a map a pixel off and a watermark leave
DRAWN, TAKEN = 0.9, 0.96  # share of places with detail: of drawings at most, of 97 photos in 100 at least
TELLING = 60  # points that agree; more say no more, and so much says a near hash
LEAST_OFF, MOST_OFF = 0.03, 3.0  # px; under the first no flow can tell, beyond the second bent is bent


COPY_WEIGHTS = (-2.68, 4.19, 1.49, -1.35, 0.56, -3.23, -1.00, 0.58, -3.12, 1.17, -RECOLOURED)


def copy_terms(
    seen: Likeness, plane: Plane, matrix: Floats, distance: int | None, points: int | None
) -> tuple[float, ...]:
    """What the weights are for.

    matrix : from the photo to the picture; distance : PDQ bits; points : key points that agree (one is known)
    """
    turn, squeeze = turn_and_squeeze(matrix)
    agreeing = TELLING if distance is not None else min(points or 0, TELLING)
    return (
        1.0,
        seen.agreement,
        seen.structure,
        min(seen.change, 1.0),
        float(np.log((1 + agreeing) / 20)),
        min(turn, 12.0) / 12,  # copies are seldom turned; other views of the article are
        min(squeeze - 1, 0.3) / 0.3,
        seen.told,
        float(np.log(float(np.clip(plane.off, LEAST_OFF, MOST_OFF)) / 0.1)),
        plane.followed,
        other_article(seen, plane),
    )


def copy_odds(seen: Likeness, plane: Plane, matrix: Floats, distance: int | None, points: int | None) -> float:
    """Probability that a picture is made from a photo; see `copy_terms`."""
    terms = copy_terms(seen, plane, matrix, distance, points)
    return float(1 / (1 + np.exp(-sum(weight * term for weight, term in zip(COPY_WEIGHTS, terms, strict=True)))))


def other_article(seen: Likeness, plane: Plane) -> float:
    """Share of the lines in another colour, where shapes agree and both look drawn; else 0."""
    agree = float(np.clip((seen.structure - 0.85) / 0.05, 0, 1))
    drawn = float(np.clip((TAKEN - plane.detail) / (TAKEN - DRAWN), 0, 1))
    return max(0.0, seen.recoloured - STRAY) * agree * drawn


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

    spot : of the mark at its likest place in the picture; lead : how much more that is than of any other mark;
    alike : here, moved to the edges; pair, settled : logits of the second look, the better one and the one at the end;
    expected : how like the mark photos without it are, 0..1
    """

    spot: float
    lead: float
    alike: float
    pair: float
    settled: float
    expected: float


# Fitted to the places of 640 pictures with 240 marks (`training/marks/fit.py`). In eight parts, each judged by the
# other seven, `MARK_THRESHOLD` gave a precision of 0.985 at a recall of 0.52.
RESEMBLANCE_WEIGHTS = (-11.22, 2.19, 6.88, 0.77, 0.17, 0.75, -1.62, -0.92, 7.73, -1.73, 0.235, 0.152, 2.5, 8.66)
RIVALRY = 0.5  # logits that a mark loses for each that another one has


def resemblance_terms(seen: Evidence, resemblance: Resemblance) -> tuple[float, ...]:
    """What the weights are for; the sketch says nothing, since some places were found without one."""
    one, outline, detail, contrast, _, *others = mark_terms(seen)
    network = (
        resemblance.spot,
        resemblance.alike,
        resemblance.pair,
        resemblance.settled,
        resemblance.expected,
        resemblance.lead,
    )
    return (one, outline, detail, contrast, *others, *network)


def resemblance_logit(seen: Evidence, resemblance: Resemblance) -> float:
    """By the edges and colours and by the network, as if it were the only mark that may stand there."""
    terms = resemblance_terms(seen, resemblance)
    return sum(weight * term for weight, term in zip(RESEMBLANCE_WEIGHTS, terms, strict=True))


def among(logit: float, rivals: Sequence[float]) -> float:
    """Probability of a mark in a picture that may carry one of these others as well as it."""
    return float(1 / (1 + np.exp(-(logit - RIVALRY * np.logaddexp(0, max(rivals, default=-9.0))))))


def turn_and_squeeze(matrix: Floats) -> tuple[float, float]:
    """Degrees by which a map turns, mirrored or not, and how much more it stretches one axis than the other."""
    u, stretch, v = np.linalg.svd(matrix[:, :2])
    turning = u @ v
    if np.linalg.det(turning) < 0:
        turning = turning @ np.diag([-1.0, 1.0])
    turn = abs(float(np.degrees(np.arctan2(turning[1, 0], turning[0, 0]))))
    return turn, float(stretch[0] / max(stretch[1], 1e-6))
