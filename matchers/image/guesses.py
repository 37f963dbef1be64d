"""Where a photo of the bank may lie in a picture: guesses from hashes and from key points, to be laid over and judged.

Hashes guess where much of the photo is left as it was; key points guess crops, collages, insets and turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Ints, Pixels
from matchers.image.bank import Bank
from matchers.image.codes import Codes, Matches, near
from matchers.image.fingerprints import MAX_DISTANCE, View, packed, views
from matchers.image.geometry import Box, after, between, grey, halves, is_sane, mirroring, scaling
from matchers.image.keypoints import SIDE, KeyPoints, keypoints

FEWEST = 5  # points that must agree before a map through them is worth a look; 3 fix one
GUESSES = 6  # owners that are looked at, best first
REACH = 5.0  # px at SIDE that a point may lie off; what bending and perspective make of a flat map
STRETCH = 2.5  # no honest copy squeezes one axis more
SMALLEST = 0.1  # an inset of a tenth
LARGEST = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture that is looked up, with all that is measured of it once.

    faces : key points of the picture, and of its mirror image, with their codes as banks are asked for them
    """

    levels: tuple[Pixels, ...]
    views: tuple[View, ...]
    faces: tuple[tuple[KeyPoints, Codes], tuple[KeyPoints, Codes]]


@dataclass(frozen=True, slots=True)
class Guess:
    """matrix : from the photo's pixels to the picture's; distance : PDQ bits apart; points : key points that agree."""

    photo: int
    matrix: Floats
    distance: int | None = None
    points: int | None = None


def asked(image: Pixels) -> Asked:
    """All that is measured of a picture (RGB) before any photo is looked at."""
    plain = grey(image)
    points, mirrored = keypoints(plain), keypoints(np.ascontiguousarray(plain[:, ::-1]))
    faces = (points, Codes(points.codes)), (mirrored, Codes(mirrored.codes))
    return Asked(halves(image), tuple(views(image, mirrored=True)), faces)


def guesses(bank: Bank, picture: Asked) -> Iterator[Guess]:
    """All that is worth a look."""
    yield from guesses_by_hash(bank, picture)
    yield from guesses_by_points(bank, picture)


def guesses_by_hash(bank: Bank, picture: Asked) -> Iterator[Guess]:
    """Photos with a view within PDQ's limit of a view of the picture; for each the nearest pair of views."""
    nearest: dict[int, tuple[int, View, Box]] = {}
    for photo, mine, box, distance in near_views(bank, picture.views):
        if photo not in nearest or distance < nearest[photo][0]:
            nearest[photo] = distance, picture.views[mine], box
    for photo, (distance, view, box) in nearest.items():
        yield Guess(photo, view_map(box, view, picture.levels[0].shape), distance=distance)


def near_views(bank: Bank, seen: Sequence[View]) -> Iterator[tuple[int, int, Box, int]]:
    """(photo, place in `seen`, box of the photo's view, distance) of all near pairs."""
    bits = packed(seen)
    for segment, first in zip(bank.segments, bank.firsts, strict=False):
        if not len(bits) or not segment.hashes.ntotal:
            continue
        limits, far, stored = segment.hashes.range_search(bits, MAX_DISTANCE + 1)
        mine = np.repeat(np.arange(len(bits)), np.diff(limits.astype(np.int64)))
        for place, row, distance in zip(mine, stored, far, strict=True):
            left, top, width, height = (int(side) for side in segment.boxes[row])
            yield first + int(segment.viewed[row]), int(place), (left, top, width, height), int(distance)


def view_map(photo: Box, picture: View, shape: tuple[int, ...]) -> Floats:
    """The map that lays a view of a photo on the view of the picture with the same hash."""
    if not picture.mirrored:
        return between(photo, picture.box)
    left, top, width, height = picture.box
    flipped = (shape[1] - left - width, top, width, height)
    return after(mirroring(shape), between(photo, flipped))


def guesses_by_points(bank: Bank, picture: Asked) -> Iterator[Guess]:
    """Photos whose key points lie in the picture, or in its mirror image, as one map would lay them."""
    if not len(bank):
        return
    faces = [(face, near(bank.shelves, codes)) for face, codes in picture.faces]
    votes = [np.bincount(found.owner[found.telling], minlength=len(bank)) for _, found in faces]
    together = np.concatenate(votes)
    for place in np.argsort(-together, kind="stable")[:GUESSES]:
        if together[place] < FEWEST:
            return
        side, photo = divmod(int(place), len(bank))
        face, found = faces[side]
        guess = guess_by_points(bank, picture, face, found, photo)
        if guess is not None:
            yield turned(guess, picture.levels[0].shape) if side else guess


def turned(guess: Guess, shape: tuple[int, ...]) -> Guess:
    """A guess about the mirror image of a picture, for the picture."""
    return Guess(guess.photo, after(mirroring(shape), guess.matrix), points=guess.points)


def guess_by_points(bank: Bank, picture: Asked, face: KeyPoints, found: Matches, photo: int) -> Guess | None:
    """The map on which the points of a photo and of a picture agree; None where they do not."""
    of_owner = found.owner == photo
    source, target = bank.points(photo, found.stored[of_owner]), face.points[found.asked[of_owner]]
    matrix, agreeing = flat_map(source, target)
    if matrix is None or agreeing < FEWEST:
        return None
    if not is_sane(matrix, stretch=STRETCH, smallest=SMALLEST, largest=LARGEST):
        return None
    shape = bank.shape(photo)
    smaller = scaling(shape, keypoint_shape(shape))
    return Guess(photo, after(scaling(face.shape, picture.levels[0].shape), after(matrix, smaller)), points=agreeing)


def flat_map(source: Floats, target: Floats) -> tuple[Floats | None, int]:
    """The flat map most pairs agree on, and how many do."""
    if len(source) < 3:
        return None, 0
    matrix, agreeing = cv2.estimateAffine2D(source, target, ransacReprojThreshold=REACH, maxIters=500)
    if matrix is None:
        return None, 0
    kept: Bools = agreeing[:, 0].astype(bool)
    return matrix.astype(np.float32), distinct(target[kept])


def distinct(points: Floats) -> int:
    """Points that are not each other's neighbours: one corner, found on four levels, is one piece of evidence."""
    places: Ints = np.unique((points // (REACH + 1)).astype(np.int64), axis=0)
    return len(places)


def keypoint_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """The shape at which `keypoints` measures a picture of that shape."""
    scale = SIDE / max(shape[:2])
    return max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))
