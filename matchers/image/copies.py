"""Is a picture made from one of the photos of a bank? Guesses are judged by laying the photo over the picture.

Whatever the guess, only the likeness of the two pictures counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from matchers.image.arrays import Floats
from matchers.image.bank import Bank, Photo
from matchers.image.geometry import Box, after, outline_box, scaling
from matchers.image.guesses import Asked, Guess, guesses
from matchers.image.likeness import Likeness, closer, likeness
from matchers.image.odds import COPY_THRESHOLD, TAKEN, copy_odds
from matchers.image.plane import Plane, plane

WORTH_A_NUDGE = 0.3  # structure under it: there is nothing to move closer to
GOOD_AS_IT_IS = 0.8
SAME_ARTICLE = 25  # points that agree between two photos of one article; of 420 photos of others none had 25


@dataclass(frozen=True, slots=True)
class Copy:
    """photo : index in the bank; probability : that the picture is made from it; box : where it stands there.

    matrix : from the photo's sheet to the picture
    """

    photo: int
    likeness: Likeness
    probability: float
    box: Box
    matrix: Floats
    plane: Plane
    distance: int | None
    points: int | None


def copies(bank: Bank, picture: Asked) -> list[Copy]:
    """For each photo of the bank that the picture might be made from, how likely it is; likeliest first."""
    best: dict[int, Copy] = {}
    for guess in guesses(bank, picture):
        copy = looked_at(bank, picture, guess)
        known = best.get(copy.photo)
        if known is None or copy.probability > known.probability:
            best[copy.photo] = copy
    return sorted(best.values(), key=lambda copy: -copy.probability)


def looked_at(bank: Bank, picture: Asked, guess: Guess) -> Copy:
    """The guess, judged; moved to where it fits better, when it fits somewhat."""
    photo = bank.photo(guess.photo)
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
    seen_flat = seen.structure > WORTH_A_NUDGE
    flat = plane(photo.sheet, picture.levels, matrix, turned=seen.turned) if seen_flat else Plane()
    odds = copy_odds(seen, flat, matrix, guess.distance, guess.points)
    return Copy(guess.photo, seen, odds, box, matrix, flat, guess.distance, guess.points)


def is_same_article(copy: Copy) -> bool:
    """Whether a picture shows what the photo shows, and is none of its copies: so many points agree by no chance.

    Drawings from one pattern share as many points.
    """
    if copy.probability >= COPY_THRESHOLD or (copy.points or 0) < SAME_ARTICLE:
        return False
    return copy.plane.detail >= TAKEN
