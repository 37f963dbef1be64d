"""Where in a picture might a mark stand? By the trained network: all places of all sizes against all marks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from matchers.image.arrays import Floats, Ints, Pixels
from matchers.image.artwork import Artwork
from matchers.image.embedding import STRIDE, WINDOW, embedded, levelled, windows_embedded
from matchers.image.geometry import as_floats, as_pixels
from matchers.image.search import Place, apart

LARGE = (44.0, 68.0)  # px of a mark's longer side in a window: a square one, and the longest
TURNS = (-20.0, 0.0, 20.0)  # degrees; each view bears thirteen more to either side
SMALLEST = 0.0625  # of the picture's side that a square mark of the first level has; a long one has half as much again
STEP = 1.28  # from one size to the next
LEVELS = 9
PADDING = 24  # px; a mark may stand at the edge of the picture
LEAST = WINDOW + 1 - 2 * PADDING  # px; a thin strip is drawn thicker than it is
MOST = 1_500_000  # px; three times the finest size of any picture that is not a strip
BLOCK = 512  # marks that are asked about at once, for the memory's sake: 40 MB
PER_MARK, PER_PLANE = 3, 150  # places kept
ROOM = 0.05  # so that a mark like everything does not gain by a trifle


@dataclass(frozen=True, slots=True)
class View:
    """A mark as the network sees it. views : (turns, SIZE), the `upright` one with its cells;
    size : px of the mark in its window, across and down
    """

    views: Floats
    cells: Floats
    size: tuple[float, float]
    upright: int = TURNS.index(0.0)


@dataclass(frozen=True, slots=True)
class Plane:
    """A picture at one size. found : (rows, columns, SIZE); pixels : of the picture for one, across and down."""

    found: Floats
    pixels: tuple[float, float]


def length(aspect: float) -> float:
    """px of the longer side of a mark in its window; long marks get more, so that they have some height."""
    return float(np.clip(LARGE[0] * np.sqrt(max(aspect, 1 / aspect)), *LARGE))


def view_of(mark: Artwork) -> View:
    height, width = mark.image.shape[:2]
    scale = length(width / height) / max(height, width)
    windows = np.stack([levelled(windowed(mark, scale, turn)) for turn in TURNS])
    views, cells = windows_embedded(windows)
    return View(views, cells[TURNS.index(0.0)], (scale * width, scale * height))


def windowed(mark: Artwork, scale: float, turn: float) -> Pixels:
    """The mark in the middle of a window, drawn twice as large, then halved."""
    side = WINDOW + 1
    height, width = mark.image.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -turn, 2 * scale)
    matrix[:, 2] += side - 0.5 - (width - 1) / 2, side - 0.5 - (height - 1) / 2
    large = cv2.warpAffine(mark.image, matrix, (2 * side, 2 * side), borderValue=mark.background)
    return as_pixels(cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA))


def planes_of(halves: tuple[Pixels, ...]) -> list[Plane]:
    """A picture, given as its `geometry.halves`, at all sizes, finest first."""
    height, width = halves[0].shape[:2]
    found = []
    for level in range(LEVELS):
        scale = LARGE[0] / (SMALLEST * STEP**level) / float(np.sqrt(height * width))
        size = max(LEAST, round(width * scale)), max(LEAST, round(height * scale))
        if size[0] * size[1] > MOST:
            continue
        source = next((half for half in reversed(halves) if half.shape[1] >= size[0]), halves[0])
        small = cv2.resize(source, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        padded = cv2.copyMakeBorder(small, PADDING, PADDING, PADDING, PADDING, cv2.BORDER_REPLICATE)
        plane = embedded(levelled(as_pixels(padded)))
        found.append(Plane(plane, (width / size[0], height / size[1])))
    return found


def spots(planes: Sequence[Plane], views: Sequence[View], expected: Floats) -> list[Place]:
    """The likeliest places of all marks, likeliest first.

    expected : of each mark, how like it something of nothing is at its likest
    """
    found: list[Place] = []
    for start in range(0, len(views), BLOCK):
        block = slice(start, start + BLOCK)
        bank = np.concatenate([view.views for view in views[block]])
        for plane in planes:
            found += [
                replace(place, mark=start + place.mark)
                for place in spots_at(plane, views[block], bank, expected[block])
            ]
    return likeliest(found)


def spots_at(plane: Plane, views: Sequence[View], bank: Floats, expected: Floats) -> list[Place]:
    rows, columns = plane.found.shape[:2]
    alike = (bank @ plane.found.reshape(rows * columns, -1).T).reshape(len(views), -1, rows * columns)
    best = above(np.maximum.reduce([alike[:, turn] for turn in range(alike.shape[1])]), expected[:, None])
    peaks = peaks_of(best)
    score = best[peaks[:, 0], peaks[:, 1]]
    found = []
    for n in np.argsort(-score, kind="stable")[:PER_PLANE]:
        mark, at = int(peaks[n, 0]), int(peaks[n, 1])
        turn = TURNS[int(alike[mark, :, at].argmax())]
        found.append(spot(plane, mark, views[mark], divmod(at, columns), turn, float(score[n])))
    return found


def likeliest(found: list[Place]) -> list[Place]:
    """The few best places of each mark that are not the same place, likeliest first."""
    of_mark: dict[int, list[Place]] = {}
    for place in found:
        of_mark.setdefault(place.mark, []).append(place)
    return sorted((place for places in of_mark.values() for place in apart(places)), key=lambda place: -place.likeness)


def above(alike: Floats, expected: Floats) -> Floats:
    """How much of what is left to be more alike than expected is reached; 1 or a little less for the mark itself."""
    return as_floats((alike - expected) / (1 + ROOM - expected))


def peaks_of(score: Floats) -> Ints:
    """(n, 2): mark and place, the few highest of each mark."""
    kept = min(PER_MARK, score.shape[1])
    places = np.argpartition(score, -kept, axis=1)[:, -kept:]
    return np.stack([np.repeat(np.arange(len(score)), kept), places.ravel()], 1)


def spot(plane: Plane, mark: int, view: View, at: tuple[int, int], turn: float, score: float) -> Place:
    across, down = plane.pixels
    middle = [STRIDE * n + (WINDOW - 1) / 2 - PADDING for n in at]
    centre = (middle[1] + 0.5) * across - 0.5, (middle[0] + 0.5) * down - 0.5
    return Place(mark, score, centre, (view.size[0] * across, view.size[1] * down), turn)
