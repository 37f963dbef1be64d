"""Is a picture made from one of the photos of a bank? Guesses from hashes and key points, judged by laying them over.

A guess is a map from a photo of the bank to the picture. Hashes guess where much of the photo is left as it was; key
points guess crops, collages, insets and turns. Whatever the guess, only the likeness of the two pictures counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Bools, Floats, Ints, Pixels
from matchers.image.codes import CodeBank, Matches, code_bank, near
from matchers.image.fingerprints import MAX_DISTANCE, View, distances, views
from matchers.image.geometry import Box, after, between, grey, halves, is_sane, mirroring, outline_box, scaling
from matchers.image.keypoints import SIDE, KeyPoints, keypoints
from matchers.image.likeness import Likeness, closer, likeness, sheet
from matchers.image.odds import copy_odds

FEWEST = 5  # points that must agree before a map through them is worth a look; 3 fix one
GUESSES = 4  # owners that are looked at, best first
REACH = 5.0  # px at SIDE that a point may lie off; what bending and perspective make of a flat map
STRETCH = 2.5  # no honest copy squeezes one axis more
SMALLEST = 0.1  # an inset of a tenth
LARGEST = 10.0
WORTH_A_NUDGE = 0.3  # structure under it: there is nothing to move closer to
GOOD_AS_IT_IS = 0.8


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the bank: its sheet for laying over, its views, and the shape its key points are measured in."""

    key: str
    shape: tuple[int, ...]
    sheet: Pixels
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """photos : as given; codes : of all key points, where owner 2i is photo i and 2i+1 its mirror image."""

    photos: tuple[Photo, ...]
    codes: CodeBank
    points: Floats


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture that is looked up, with all that is measured of it once."""

    levels: tuple[Pixels, ...]
    views: tuple[View, ...]
    points: KeyPoints


@dataclass(frozen=True, slots=True)
class Guess:
    """matrix : from the photo's pixels to the picture's; distance : PDQ bits apart; points : key points that agree."""

    photo: int
    matrix: Floats
    distance: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """photo : index in the bank; probability : that the picture is made from it; box : where it stands there."""

    photo: int
    likeness: Likeness
    probability: float
    box: Box
    distance: int | None
    points: int | None


def bank_of(photos: Sequence[tuple[str, Pixels]]) -> Bank:
    """A bank of (key, RGB picture)."""
    kept, codes, points, owners = [], [], [], []
    for index, (key, image) in enumerate(photos):
        plain = grey(image)
        kept.append(Photo(key, image.shape, sheet(image), tuple(views(image))))
        for side, face in enumerate((plain, np.ascontiguousarray(plain[:, ::-1]))):
            measured = keypoints(face)
            codes.append(measured.codes)
            points.append(measured.points)
            owners.append(np.full(len(measured.codes), 2 * index + side))
    return Bank(
        tuple(kept),
        code_bank(np.concatenate([np.zeros((0, 32), np.uint8), *codes]), np.concatenate([np.zeros(0, int), *owners])),
        np.concatenate([np.zeros((0, 2), np.float32), *points]),
    )


def asked(image: Pixels) -> Asked:
    """All that is measured of a picture (RGB) before any photo is looked at."""
    return Asked(halves(image), tuple(views(image, mirrored=True)), keypoints(grey(image)))


def copies(bank: Bank, picture: Asked) -> list[Copy]:
    """For each photo of the bank that the picture might be made from, how likely it is; likeliest first."""
    best: dict[int, Copy] = {}
    for guess in (*guesses_by_hash(bank, picture), *guesses_by_points(bank, picture)):
        copy = looked_at(bank, picture, guess)
        known = best.get(copy.photo)
        if known is None or copy.probability > known.probability:
            best[copy.photo] = copy
    return sorted(best.values(), key=lambda copy: -copy.probability)


def looked_at(bank: Bank, picture: Asked, guess: Guess) -> Copy:
    """The guess, judged; moved to where it fits better, when it fits somewhat."""
    photo = bank.photos[guess.photo]
    matrix = after(guess.matrix, scaling(photo.sheet.shape, photo.shape))
    best = judged(photo, picture, guess, matrix)
    if not WORTH_A_NUDGE < best.likeness.structure < GOOD_AS_IT_IS:
        return best
    moved = judged(photo, picture, guess, closer(photo.sheet, picture.levels, matrix))
    return max(best, moved, key=lambda copy: copy.probability)


def judged(photo: Photo, picture: Asked, guess: Guess, matrix: Floats) -> Copy:
    """The likeness that comes of laying the photo's sheet on the picture by `matrix`."""
    seen = likeness(photo.sheet, picture.levels, matrix)
    box = outline_box(matrix, photo.sheet.shape, picture.levels[0].shape)
    return Copy(
        guess.photo, seen, copy_odds(seen, matrix, guess.distance, guess.points), box, guess.distance, guess.points
    )


def guesses_by_hash(bank: Bank, picture: Asked) -> Iterator[Guess]:
    """Photos with a view within PDQ's limit of a view of the picture."""
    owned = [(index, view) for index, photo in enumerate(bank.photos) for view in photo.views]
    table = distances(list(picture.views), [view for _, view in owned])
    nearest: dict[int, tuple[int, View, View]] = {}
    for mine, other in zip(*np.nonzero(table <= MAX_DISTANCE), strict=True):
        index, view = owned[other]
        found = int(table[mine, other]), picture.views[mine], view
        nearest[index] = min(nearest.get(index, found), found, key=lambda entry: entry[0])
    for index, (distance, mine, theirs) in nearest.items():
        yield Guess(index, view_map(theirs, mine, picture.levels[0].shape), distance=distance)


def view_map(photo: View, picture: View, shape: tuple[int, ...]) -> Floats:
    """The map that lays a view of a photo on the view of the picture with the same hash."""
    if not picture.mirrored:
        return between(photo.box, picture.box)
    left, top, width, height = picture.box
    flipped = (shape[1] - left - width, top, width, height)
    return after(mirroring(shape), between(photo.box, flipped))


def guesses_by_points(bank: Bank, picture: Asked) -> Iterator[Guess]:
    """Photos, or their mirror images, whose key points lie in the picture as one map would lay them."""
    if len(picture.points.points) < FEWEST or not len(bank.points):
        return
    found = near(bank.codes, picture.points.codes)
    votes = np.bincount(found.owner[found.telling], minlength=2 * len(bank.photos))
    for owner in np.argsort(-votes, kind="stable")[:GUESSES]:
        if votes[owner] < FEWEST:
            return
        guess = guess_by_points(bank, picture, found, int(owner))
        if guess is not None:
            yield guess


def guess_by_points(bank: Bank, picture: Asked, found: Matches, owner: int) -> Guess | None:
    photo = bank.photos[owner // 2]
    of_owner = found.owner == owner
    matrix, agreeing = flat_map(bank.points[found.stored[of_owner]], picture.points.points[found.asked[of_owner]])
    if matrix is None or agreeing < FEWEST:
        return None
    if not is_sane(matrix, stretch=STRETCH, smallest=SMALLEST, largest=LARGEST):
        return None
    small = keypoint_shape(photo.shape)
    full = after(scaling(picture.points.shape, picture.levels[0].shape), after(matrix, scaling(photo.shape, small)))
    return Guess(owner // 2, after(full, mirroring(photo.shape)) if owner % 2 else full, points=agreeing)


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
