"""Texts of a batch one behind the other, so that all their windows are looked up at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matchers.title.hashes import U64, Places, characters, lengths_of
from matchers.title.text import Stream, Text

Flags: TypeAlias = NDArray[np.bool_]
Names: TypeAlias = NDArray[np.uint32]
Find: TypeAlias = Callable[[U64], tuple[Places, Names]]  # keys to: which of them, and a name that has it
BREAK = " "  # what parts rows, and stands in a Chinese stream for what is no hanzi


@dataclass(frozen=True, slots=True)
class Place:
    """A window that may be a name.

    row : of the batch; start, length : in the row's text; name : its number
    """

    row: int
    start: int
    length: int
    name: int


@dataclass(frozen=True)
class Rows:
    """Texts with a BREAK behind each.

    codes : the code points of all; starts, ends : where each text begins and ends
    """

    codes: U64
    starts: Places
    ends: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> Rows:
        """Texts."""
        lengths = lengths_of(texts)
        starts = np.cumsum(lengths + 1) - lengths - 1
        return cls(characters(BREAK.join([*texts, ""])), starts, starts + lengths)

    def left(self) -> Places:
        """For each place how many characters its text still has."""
        found: Places = np.repeat(self.ends, self.ends - self.starts + 1) - np.arange(len(self.codes))
        return found

    def reach(self) -> Places:
        """For each place how many characters stand from there to the next BREAK."""
        breaks = np.flatnonzero(self.codes == ord(BREAK))
        here = np.arange(len(self.codes))
        found: Places = breaks[np.searchsorted(breaks, here)] - here
        return found

    def places(self, found: Sequence[tuple[Places, int, Names]]) -> Iterator[Place]:
        """Windows (where they begin, their length, names) as places, each once."""
        if not found:
            return
        at = np.concatenate([part for part, _, _ in found])
        lengths = np.repeat([length for _, length, _ in found], [len(part) for part, _, _ in found])
        names = np.concatenate([part for _, _, part in found])
        rows = np.searchsorted(self.starts, at, "right") - 1
        for place in unique(rows, at - self.starts[rows], lengths, names):
            yield Place(*place)


def unique(rows: Places, starts: Places, lengths: Places, names: Names) -> Iterator[tuple[int, int, int, int]]:
    """Places in order, each once. As one number each: a batch has under 2 ** 13 rows, of up to 2 ** 13 characters."""
    packed = (rows << 51) | (starts << 38) | (lengths << 30) | names.astype(np.int64)
    kept = np.unique(packed)
    columns = (kept >> 51, (kept >> 38) & 0x1FFF, (kept >> 30) & 0xFF, kept & 0x3FFFFFFF)
    yield from zip(*(column.tolist() for column in columns), strict=True)


@dataclass(frozen=True)
class Surroundings:
    """Of each place of rows: the kinds of its cells and of those beside them, as in `Text.shape` (uint8).

    first, last : the cells it stands for; before, behind : the cells beside; gap : cells left out before the next place
    """

    first: NDArray[np.uint8]
    last: NDArray[np.uint8]
    before: NDArray[np.uint8]
    behind: NDArray[np.uint8]
    gap: Places

    @classmethod
    def of(cls, streams: Sequence[tuple[Text, Stream]]) -> Surroundings:
        """Those of streams; the BREAK behind each stands for its text's first cell."""
        shapes = np.frombuffer("".join([f" {text.shape}  " for text, _ in streams]).encode("ascii"), np.uint8)
        sizes = np.fromiter((len(text.shape) + 3 for text, _ in streams), np.int64, len(streams))
        lengths = lengths_of([stream.text for _, stream in streams]) + 1
        offsets = np.repeat(np.cumsum(sizes) - sizes + 1, lengths)
        first = np.fromiter(chain.from_iterable((*stream.first, 0) for _, stream in streams), np.int64, len(offsets))
        last = np.fromiter(chain.from_iterable((*stream.last, 0) for _, stream in streams), np.int64, len(offsets))
        gap = np.append(first[1:] - last[:-1] - 1, 0)
        first, last = first + offsets, last + offsets
        return cls(shapes[first], shapes[last], shapes[first - 1], shapes[last + 1], gap)
