"""How much of what a picture shows at a place is explained by a mark being painted there, in whatever colours.

The picture's colours are fitted as one flat colour for each part of the mark, on a ground that may grow lighter to one
side; tile by tile, since a mark on goods may lie half in the shade or over a seam. The share of the variance that this
explains is 1 for a flat mark on plain goods, and small where nothing is. The same is asked of the mark's plain hull: a
disc explains a disc, and what a disc explains is no mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from matchers.image.arrays import Floats
from matchers.image.artwork import Artwork, drawn, layers
from matchers.image.geometry import as_floats

SIDE = 48  # px of the mark's longer side
MARGIN = 4  # px of the ground around it
TILES = 3  # along the longer side
NOISE = 4.0  # squared grey levels; under it a place is plain
COARSE = 7  # parts of the side: the blur that leaves only the hull
LOUDEST = 2.0  # times the median; a tile does not count more for having more contrast than this


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the frame, and orthonormal bases of its places, (places, k): mark, hull, and the ground alone."""

    rows: slice
    columns: slice
    parts: Floats
    hull: Floats
    ground: Floats


@dataclass(frozen=True, slots=True)
class Paint:
    """shape : of the frame; own_hull : how much the hull explains of the mark's own drawing, 0..1"""

    shape: tuple[int, int]
    tiles: tuple[Tile, ...]
    own_hull: float = 0.0


@dataclass(frozen=True, slots=True)
class Explained:
    """parts, hull : share of the variance each explains, 0..1; contrast : grey levels, the spread of what is seen."""

    parts: float
    hull: float
    contrast: float

    @property
    def detail(self) -> float:
        """How much of what the hull leaves unexplained the mark's own shape explains, 0..1."""
        return max(0.0, 1 - (1 - self.parts) / max(1 - self.hull, 1e-3))


def paint_of(mark: Artwork) -> Paint:
    sheets = layers(mark, SIDE, MARGIN)
    height, width = sheets.shape[:2]
    ink = as_floats(1 - sheets[..., 0])
    hull = as_floats(np.dstack([hull_of(ink), cv2.GaussianBlur(ink, (0, 0), SIDE / COARSE)]))
    paint = Paint((height, width), tuple(tile(sheets[..., 1:], hull, *part) for part in grid(height, width)))
    own = cv2.resize(drawn(mark, SIDE, MARGIN), (width, height)).astype(np.float32)
    return Paint(paint.shape, paint.tiles, explained(paint, own).hull)


def grid(height: int, width: int) -> list[tuple[slice, slice]]:
    """The frame in tiles that are about square."""
    down, across = (max(1, round(TILES * side / max(height, width))) for side in (height, width))
    rows = [slice(height * i // down, height * (i + 1) // down) for i in range(down)]
    columns = [slice(width * i // across, width * (i + 1) // across) for i in range(across)]
    return [(row, column) for row in rows for column in columns]


def tile(parts: Floats, hull: Floats, rows: slice, columns: slice) -> Tile:
    height, width = parts[rows, columns].shape[:2]
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    ground = as_floats(np.stack([np.ones(height * width), across.ravel(), down.ravel()], 1))
    with_parts, with_hull = (sheet[rows, columns].reshape(height * width, -1) for sheet in (parts, hull))
    return Tile(rows, columns, basis(ground, with_parts), basis(ground, with_hull), basis(ground))


def hull_of(ink: Floats) -> Floats:
    """The mark as if it were cut out with straight cuts, filled."""
    filled = np.zeros(ink.shape, np.uint8)
    points = cv2.findNonZero((ink > 0.5).astype(np.uint8))
    if points is not None:
        cv2.fillPoly(filled, [cv2.convexHull(points)], 1)
    return as_floats(cv2.GaussianBlur(filled.astype(np.float32), (0, 0), 0.6))


def basis(*columns: Floats) -> Floats:
    """An orthonormal basis of what the columns span; columns that add nothing are left out."""
    vectors, sizes, _ = np.linalg.svd(np.concatenate(columns, 1), full_matrices=False)
    return as_floats(vectors[:, sizes > 1e-4 * sizes[0]])


def explained(paint: Paint, seen: Floats) -> Explained:
    """seen : float (height, width, 3), the picture pulled to the mark's own frame."""
    rest = np.array([leftovers(part, seen[part.rows, part.columns].reshape(-1, 3)) for part in paint.tiles])
    parts, hull, ground, places = rest.T
    floor = ground + 3 * NOISE * places
    say = np.minimum(floor, LOUDEST * np.median(floor))
    by_parts, by_hull = (float(((1 - rss / floor) * say).sum() / say.sum()) for rss in (parts, hull))
    return Explained(by_parts, by_hull, float(np.sqrt(ground.sum() / (3 * places.sum()))))


def leftovers(part: Tile, colours: Floats) -> tuple[float, float, float, int]:
    """What mark, hull and ground leave unexplained of a tile's colours, as sums of squares; and its places."""
    left = [colours - base @ (base.T @ colours) for base in (part.parts, part.hull, part.ground)]
    squares = [float((rest * rest).sum()) for rest in left]
    return squares[0], squares[1], squares[2], len(colours)
