"""A coarse sketch of a picture, and of a mark: cells of 4 x 4 pixels, each with its edges in four directions."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats, Pixels
from matchers.image.artwork import Artwork, drawn
from matchers.image.edges import edge_field
from matchers.image.geometry import as_floats, as_pixels

CELL = 4  # px
FINEST = 75  # cells along the picture, so that the smallest mark that is looked for, 8 %, fills a frame of 6
STEP = 1.25  # from one size to the next
LEVELS = 10  # 8 % x 1.25^9 = 60 %
PADDING = 2  # cells; a mark may touch the edge of the picture
AIR = 0.45  # cells that a mark leaves free in its frame
TURN = 14.0  # degrees from one sketch to the next; a sketch as coarse as this bears seven more
# A mark about as wide as high is looked for lying on its side too; the frame of a long one would not hold it.
TURNS = {False: (-TURN, 0.0, TURN), True: tuple(TURN * step for step in range(-6, 7))}
SQUARE = (6, 6)
# frames, in cells across and down, for marks from this width over height; all of about as many cells
ASPECTS = ((2.9, (12, 3)), (1.45, (8, 5)), (0.69, (6, 6)), (0.0, (5, 8)))


@dataclass(frozen=True, slots=True)
class Level:
    """A picture at one size: cells (rows, columns, 4), padded; `pixels` of the picture a cell, across and down."""

    cells: Floats
    pixels: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A mark in its frame, once for each of `turns`: (turns, rows, columns, 4) with mean 0 and length 1.

    size : of the mark in cells, across and down, before it is turned
    """

    frames: Floats
    size: tuple[float, float]
    turns: tuple[float, ...]


def cells_of(image: Pixels) -> Floats:
    """(rows, columns, 4): how much edge runs in each of four directions, 0..1."""
    rows, columns = image.shape[0] // CELL, image.shape[1] // CELL
    field = edge_field(image)
    cosine, sine = field[..., 0], field[..., 1]
    none = np.zeros_like(cosine)
    four = cv2.merge([cv2.max(cosine, none), cv2.max(sine, none), cv2.max(-cosine, none), cv2.max(-sine, none)])
    mean = as_floats(cv2.blur(four, (CELL, CELL), anchor=(0, 0)))
    return np.ascontiguousarray(mean[: rows * CELL : CELL, : columns * CELL : CELL])


def levels_of(halves: tuple[Pixels, ...]) -> list[Level]:
    """A picture, given as its `geometry.halves`, at all sizes, finest first."""
    height, width = halves[0].shape[:2]
    found, margin = [], PADDING * CELL
    for level in range(LEVELS):
        scale = FINEST * CELL / STEP**level / float(np.sqrt(height * width))
        size = max(4 * CELL, round(width * scale)), max(4 * CELL, round(height * scale))
        source = next((half for half in reversed(halves) if half.shape[1] >= size[0]), halves[0])
        small = cv2.resize(source, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        padded = cv2.copyMakeBorder(small, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
        found.append(Level(cells_of(as_pixels(padded)), (CELL * width / size[0], CELL * height / size[1])))
    return found


def sketch_of(mark: Artwork) -> Sketch:
    height, width = mark.image.shape[:2]
    frame = next(frame for least, frame in ASPECTS if width / height >= least)
    scale = CELL * min((frame[0] - AIR) / width, (frame[1] - AIR) / height)
    side = max(4, round(scale * max(height, width)))
    room = max(frame) * CELL  # enough for the corners of a turned mark
    image = drawn(mark, 4 * side, 4 * room)  # drawn large, then averaged: small drawings of thin lines come out uneven
    turns = TURNS[frame == SQUARE]
    frames = np.stack([framed(turned(image, turn, mark.background), frame) for turn in turns])
    flat = frames - frames.mean((1, 2, 3), keepdims=True)
    length = np.sqrt((flat**2).sum((1, 2, 3), keepdims=True))
    return Sketch(as_floats(flat / np.maximum(length, 1e-6)), (scale * width / CELL, scale * height / CELL), turns)


def turned(image: Pixels, turn: float, background: tuple[int, int, int]) -> Pixels:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), turn, 1.0)
    return as_pixels(cv2.warpAffine(image, matrix, (width, height), borderValue=background))


def framed(image: Pixels, frame: tuple[int, int]) -> Floats:
    """The cells of the middle of an image that is drawn four times too large."""
    across, down = frame[0] + 2 * PADDING, frame[1] + 2 * PADDING
    middle = cv2.getRectSubPix(
        image, (4 * CELL * across, 4 * CELL * down), ((image.shape[1] - 1) / 2, (image.shape[0] - 1) / 2)
    )
    small = cv2.resize(middle, (CELL * across, CELL * down), interpolation=cv2.INTER_AREA)
    return cells_of(as_pixels(small))[PADDING:-PADDING, PADDING:-PADDING]
