"""Look-ups of spellings as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matchers.title.hashes import Row, lengths_of, values
from matchers.title.keys import Family, key
from matchers.title.rows import Find, Flags, Place, Rows, Surroundings
from matchers.title.text import Stream, Text, Trait


def spelled(find: Find, lengths: Sequence[int], streams: Sequence[tuple[Text, Stream]]) -> Iterator[Place]:
    """Windows of streams that are a spelling of a name. row : the stream

    Letters at the edges of a window begin and end a run: no letter of the same run stands beside them, no digit in a
    number. A styled letter may stand beside a plain one.
    """
    if not streams:
        return
    rows = Rows.of([stream.text for _, stream in streams])
    left, row = rows.left(), Row.of(values(rows.codes))
    begins, ends = edges(streams)
    asked = []
    for length in lengths:
        size = len(left) - length
        if size <= 0:
            break
        at = np.flatnonzero(begins[:size] & ends[length - 1 : -1] & (left[:size] >= length))
        if len(at):
            asked.append((at, length, row.windows(at, length)))
    if asked:
        which, names = find(key(Family.SPELLED, np.concatenate([hashes for _, _, hashes in asked])))
        at = np.concatenate([part for part, _, _ in asked])
        sizes = np.repeat([length for _, length, _ in asked], [len(part) for part, _, _ in asked])
        yield from rows.places(at[which], sizes[which], names)


def edges(streams: Sequence[tuple[Text, Stream]]) -> tuple[Flags, Flags]:
    """For each place of the rows whether a name may begin there, and whether one may end there."""
    beside = Surroundings.of(streams)
    lengths = lengths_of([stream.text for _, stream in streams]) + 1
    free = np.repeat(np.fromiter((Trait.STYLED in text.traits for text, _ in streams), np.bool_, len(streams)), lengths)
    return free | ~runs_on(beside.first, beside.before), free | ~runs_on(beside.last, beside.behind)


def runs_on(inside: NDArray[np.uint8], outside: NDArray[np.uint8]) -> Flags:
    """Whether cells belong to one run with the cells beside them; both by their kinds."""
    letter, digit = inside == ord("L"), inside == ord("D")
    found: Flags = ((letter | digit) & (outside == ord("L"))) | (digit & (outside == ord("D")))
    return found
