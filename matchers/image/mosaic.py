"""Mosaics: a part of a picture laid in blocks of one colour each.

The steps between blocks stand in columns and rows at equal distances. Much has such steps, tiles and checked shirts;
but of a mosaic nothing is left when each block is taken for its mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from matchers.image.arrays import Floats, Ints, Pixels
from matchers.image.geometry import Box, as_floats, as_pixels

WINDOW = 64  # px of the square that is looked at at once
STRIDE = 32
PERIODS = np.arange(5, 16.01, 0.25)  # px of a block: four must fit into a window; resizing makes them any fraction
JPEG = 8  # px of the blocks that JPEG leaves; windows begin at whole blocks, so theirs is one phase
SQUARE = 0.5  # px that the sides of a block may differ by
COMB = 0.5  # share of the steps that stand at the period, beyond what would by chance
ONE = 0.2  # share of the steps that counts of any single one: a border is no mosaic
STEPS = 0.6  # levels: the mean step in a window beyond its grain, under which there is nothing to see
FLAT = 5.0  # levels that pixels within a block lie from its mean, in the mean; JPEG leaves 2 to 4
VARIED = 6.0  # levels between the means of blocks (standard deviation): under it there is nothing to hide
CLEAR = 4.0  # how many times more the means vary than what is left beside them


@dataclass(frozen=True, slots=True)
class Comb:
    """period : px from step to step; phase : px from the window's edge to the first"""

    period: float
    phase: float

    def of_jpeg(self, grid: int) -> bool:
        """Whether its steps are those between JPEG's own blocks, of so many px."""
        wholes = round(self.period / grid)
        return abs(self.period - wholes * grid) <= 0.5 and abs(self.phase % grid - (grid - 1)) <= 1


def mosaics(grey: Pixels, *, halved: bool = False) -> list[Box]:
    """Windows of a grey picture that are a mosaic. halved : it is half as large as the file has it"""
    grid = JPEG // 2 if halved else JPEG
    if min(grey.shape) < WINDOW:
        return []
    across = combs(profiles(as_pixels(cv2.absdiff(grey[:, 1:], grey[:, :-1]))), grid)
    down = combs(profiles(as_pixels(np.ascontiguousarray(cv2.absdiff(grey[1:], grey[:-1]).T))), grid).T
    return [
        (int(column) * STRIDE, int(row) * STRIDE, WINDOW, WINDOW)
        for row, column in zip(*np.nonzero((across >= 0) & (down >= 0)), strict=True)
        if in_blocks(window_at(grey, row, column), *(candidates(grid)[each[row, column]] for each in (across, down)))
    ]


def window_at(grey: Pixels, row: int, column: int) -> Floats:
    top, left = row * STRIDE, column * STRIDE
    return as_floats(grey[top : top + WINDOW, left : left + WINDOW])


def profiles(steps: Pixels) -> Floats:
    """The steps of each window, summed down its columns: (rows, columns, WINDOW - 1)."""
    tops = np.arange(0, steps.shape[0] - WINDOW + 1, STRIDE)
    rows = as_floats([steps[top : top + WINDOW].sum(0, dtype=np.int32) for top in tops])
    return np.lib.stride_tricks.sliding_window_view(rows, WINDOW - 1, axis=1)[:, ::STRIDE]


def combs(steps: Floats, grid: int) -> Ints:
    """For each profile (..., WINDOW - 1), the candidate at which most steps stand; -1 where they stand anywhere."""
    teeth = combed(grid)
    steps = np.maximum(steps - np.median(steps, axis=-1, keepdims=True), 0)  # grain and JPEG step everywhere alike
    total = steps.sum(-1, keepdims=True)
    counted = np.minimum(steps, ONE * total).reshape(-1, WINDOW - 1)
    # not numpy's product: its threads spin for longer than this takes
    standing = cv2.gemm(as_floats(counted), teeth, 1, np.empty(0), 0, flags=cv2.GEMM_2_T)
    share = as_floats(standing).reshape(*steps.shape[:-1], -1) / np.maximum(total, 1)
    chance = teeth.mean(1)
    beyond = (share - chance) / (1 - chance)
    good = (beyond.max(-1) >= COMB) & (total[..., 0] >= STEPS * WINDOW * (WINDOW - 1))
    return np.where(good, beyond.argmax(-1), -1)


@cache
def candidates(grid: int) -> list[Comb]:
    """Every period and phase that is tried. grid : px of the blocks that JPEG leaves, which are tried by nobody."""
    every = (Comb(float(period), float(phase)) for period in PERIODS for phase in np.arange(0, period, 1.0))
    return [one for one in every if not one.of_jpeg(grid)]


@cache
def combed(grid: int) -> Floats:
    """Where the steps of each candidate would stand: (n, WINDOW - 1)."""
    teeth = np.zeros((len(candidates(grid)), WINDOW - 1), np.float32)
    for row, one in enumerate(candidates(grid)):
        at = np.arange(one.phase, WINDOW - 1, one.period)
        teeth[row, np.floor(at).astype(int)] = 1
        teeth[row, np.minimum(np.ceil(at), WINDOW - 2).astype(int)] = 1
    return teeth


def in_blocks(window: Floats, across: Comb, down: Comb) -> bool:
    """Whether a window is the means of its square blocks and little else, and the means differ."""
    if abs(across.period - down.period) > SQUARE:
        return False
    column, inside_column = numbered(across)
    row, inside_row = numbered(down)
    block = row[:, None] * (WINDOW + 1) + column[None, :]
    inside = inside_row[:, None] & inside_column[None, :]
    _, block_of, size = np.unique(block[inside], return_inverse=True, return_counts=True)
    values = window[inside]
    means = np.bincount(block_of, values) / size
    rest = float(np.abs(values - means[block_of]).mean())
    varied = float(means[size >= 4].std()) if (size >= 4).sum() >= 9 else 0.0
    return rest <= FLAT and varied >= max(VARIED, CLEAR * rest)


def numbered(comb: Comb) -> tuple[Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The block that each column lies in, and whether it lies clear of a step: resizing softens those."""
    number, within = np.divmod(np.arange(WINDOW) - comb.phase - 1, comb.period)
    return number.astype(np.int64) + 1, np.asarray((within >= 1) & (within <= comb.period - 2), np.bool_)
