"""Where in a picture might a mark stand? Its sketch is laid on every place of every size at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats
from matchers.image.cells import PADDING, Level, Sketch
from matchers.image.geometry import as_floats

QUIET = 1.0  # length of a window with next to no edges; keeps a plain wall from looking like anything
PLACES = 12  # kept of each level
CANDIDATES = 2  # of each mark; the true place was third for 1 of 80
LEAST = 0.28  # alike; marks that were then confirmed lay at 0.32 and above
APART = 0.35  # of a mark's size; nearer places are the same
SIZES_APART = 1.6


@dataclass(frozen=True, slots=True)
class Place:
    """A guess: mark by its index, centre and size in pixels of the picture, turn in degrees, likeness of the sketch."""

    mark: int
    likeness: float
    centre: tuple[float, float]
    size: tuple[float, float]
    turn: float


def places(levels: Sequence[Level], sketches: Sequence[Sketch]) -> list[Place]:
    """The likeliest places of each mark, best first within a mark."""
    found: dict[int, list[Place]] = {}
    for frame in sorted({sketch.frames.shape[1:3] for sketch in sketches}):
        members = [i for i, sketch in enumerate(sketches) if sketch.frames.shape[1:3] == frame]
        every = [sketches[i].frames for i in members]
        bank = np.concatenate(every).reshape(sum(map(len, every)), -1)
        for level in levels:
            for place in places_at(level, frame, bank, members, sketches):
                found.setdefault(place.mark, []).append(place)
    return [place for mark in sorted(found) for place in apart(found[mark])]


def places_at(
    level: Level, frame: tuple[int, int], bank: Floats, members: Sequence[int], sketches: Sequence[Sketch]
) -> list[Place]:
    likeness = laid(level.cells, frame, bank)
    found, each = [], len(bank) // len(members)  # marks of one frame have as many turns
    for number, mark in enumerate(members if likeness else ()):
        turns = likeness[number * each : (number + 1) * each]
        score = peaks(np.maximum.reduce(turns))
        for index in np.argpartition(-score, min(PLACES, len(score) - 1))[:PLACES]:
            if score[index] >= LEAST:
                row, column = divmod(int(index), turns[0].shape[1])
                turn = max(range(each), key=lambda t: turns[t][row, column])
                found.append(place(level, frame, mark, sketches[mark], (row, column), turn, float(score[index])))
    return found


def place(
    level: Level, frame: tuple[int, int], mark: int, sketch: Sketch, at: tuple[int, int], turn: int, score: float
) -> Place:
    across, down = level.pixels
    centre = (at[1] + frame[1] / 2 - PADDING) * across, (at[0] + frame[0] / 2 - PADDING) * down
    return Place(mark, score, centre, (sketch.size[0] * across, sketch.size[1] * down), sketch.turns[turn])


def laid(cells: Floats, frame: tuple[int, int], bank: Floats) -> list[Floats]:
    """Correlation of each sketch of the bank with each window: a map (rows, columns) for each; none if none fits."""
    if cells.shape[0] < frame[0] or cells.shape[1] < frame[1]:
        return []
    view = np.lib.stride_tricks.sliding_window_view(cells, frame, axis=(0, 1)).transpose(0, 1, 3, 4, 2)
    rows, columns = view.shape[:2]
    # this way round: OpenBLAS takes ten times as long over a thin matrix from the left
    products = np.ascontiguousarray((view.reshape(rows * columns, -1) @ bank.T).T)
    length = lengths(cells, frame)
    return [as_floats(product.reshape(rows, columns) / length) for product in products]


def lengths(cells: Floats, frame: tuple[int, int]) -> Floats:
    """The length of each window about its mean."""
    size = frame[0] * frame[1] * cells.shape[2]
    add = np.ones((1, cells.shape[2]), np.float32)
    total, squares = (box_sums(as_floats(cv2.transform(part, add)), frame) for part in (cells, cells * cells))
    return as_floats(np.sqrt(np.maximum(squares - total * total / size, 0)) + QUIET)


def box_sums(values: Floats, frame: tuple[int, int]) -> Floats:
    summed = cv2.integral(values, sdepth=cv2.CV_64F)
    down, across = frame
    return as_floats(
        summed[down:, across:] - summed[:-down, across:] - summed[down:, :-across] + summed[:-down, :-across]
    )


def peaks(score: Floats) -> Floats:
    """The score where it is the highest around, -1 elsewhere; flat."""
    highest = cv2.dilate(score, np.ones((3, 3), np.uint8))
    return as_floats(np.where(score >= highest, score, -1.0).ravel())


def apart(found: list[Place]) -> list[Place]:
    """The best few that are not the same place."""
    kept: list[Place] = []
    for candidate in sorted(found, key=lambda p: -p.likeness):
        if not any(same(candidate, other) for other in kept):
            kept.append(candidate)
        if len(kept) == CANDIDATES:
            break
    return kept


def same(one: Place, other: Place) -> bool:
    ratio = one.size[0] / other.size[0]
    if not 1 / SIZES_APART < ratio < SIZES_APART:
        return False
    return all(
        abs(a - b) < APART * (s + t) / 2
        for a, b, s, t in zip(one.centre, other.centre, one.size, other.size, strict=True)
    )
