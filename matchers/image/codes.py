"""Binary codes that are asked for near ones without comparing all: an inverted file over fixed words (faiss).

The words are 4,096 codes that ORB codes of photos gather around (`training/codes`). They come with the program, so
that a bank needs no training: codes are added at any time, and files made on two machines go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO

import faiss
import numpy as np

from matchers.image.arrays import Bools, Columns, Ints, Pixels

faiss.omp_set_num_threads(1)  # the callers bring the threads; two that wait for each other take fifty times as long
CODE_BITS = 256
CODE_BYTES = CODE_BITS // 8
PROBED = 16  # words whose codes are compared, in a small bank; 6 lose one copy of fifty
COMPARED = 14e6  # codes that are compared for one picture at most: 0.1 s; a large bank has fewer words probed
NEAREST = 8  # codes that are taken for each that is asked; a pattern that repeats has many, and tells nothing
FAR = 64  # of 256 bits; true matches of copies lie mostly under 50
AMBIGUOUS = 0.85  # a match tells of one picture when no other picture has one nearly as near (Lowe's ratio)


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of near codes: `asked` and `stored` are indices, `owner` says whose the stored one is.

    telling : no other owner has a code nearly as near
    """

    asked: Ints
    stored: Ints
    owner: Ints
    telling: Bools


@dataclass(frozen=True, slots=True)
class Shelf:
    """Codes of one segment of a bank. starts : where each owner's codes begin; first : what owners are counted from"""

    index: faiss.IndexBinaryIVF
    starts: Columns
    first: int


@cache
def words() -> Pixels:
    """What codes gather around: uint8 (4096, 32)."""
    data = files("matchers").joinpath("data/orb_words.npy").read_bytes()
    return np.asarray(np.load(BytesIO(data), allow_pickle=False), np.uint8)


@cache
def gathered() -> faiss.IndexBinaryFlat:
    """The words, to be searched."""
    index = faiss.IndexBinaryFlat(CODE_BITS)
    index.add(words())
    return index


def code_index(codes: Pixels) -> faiss.IndexBinaryIVF:
    """An index of codes, uint8 (n, 32), known by their place."""
    quantizer = faiss.IndexBinaryFlat(CODE_BITS)
    quantizer.add(words())
    index = faiss.IndexBinaryIVF(quantizer, CODE_BITS, len(words()))
    index.is_trained = True
    if len(codes):
        index.add(np.ascontiguousarray(codes))
    return index


@dataclass(frozen=True)
class Codes:
    """Codes that banks are asked for, uint8 (n, 32); which words they are near to is found once, for all banks."""

    codes: Pixels

    @cached_property
    def words(self) -> tuple[Ints, Ints]:
        """How far the nearest words are, and which, both (n, PROBED)."""
        away, at = gathered().search(np.ascontiguousarray(self.codes), PROBED)
        return away, at


def near(shelves: Sequence[Shelf], asked_for: Codes) -> Matches:
    """For each code and each owner the nearest stored code, where one is near, and no owner has a much nearer one.

    `stored` is a place in its owner's shelf.
    """
    codes = asked_for.codes
    shelves = [shelf for shelf in shelves if shelf.index.ntotal]
    none = np.zeros(0, np.int64)
    if not shelves or not len(codes):
        return Matches(none, none, none, none.astype(bool))
    probed = probes(sum(shelf.index.ntotal for shelf in shelves), len(codes))
    away, at = (np.ascontiguousarray(each[:, :probed]) for each in asked_for.words)
    parts = [on_shelf(shelf, codes, at, away) for shelf in shelves]
    asked, stored, owner, far = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = firsts(asked * (owner.max(initial=0) + 1) + owner, far)
    return judged(asked[kept], stored[kept], owner[kept], far[kept], len(codes))


def probes(stored: int, codes: int) -> int:
    """How many words are probed for each of so many codes."""
    return int(np.clip(COMPARED * len(words()) / (stored * codes), 1, PROBED))


def on_shelf(shelf: Shelf, codes: Pixels, at: Ints, away: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """(asked, place, owner, bits apart) of near pairs; the words of each code, and how far they are, are known."""
    shelf.index.nprobe = at.shape[1]
    far, stored = shelf.index.search_preassigned(np.ascontiguousarray(codes), NEAREST, at, away)
    asked, rank = np.nonzero((stored >= 0) & (far <= FAR))
    place = stored[asked, rank]
    owner = shelf.first + np.searchsorted(shelf.starts, place, side="right") - 1
    return asked, place, owner, far[asked, rank].astype(np.int64)


def judged(asked: Ints, stored: Ints, owner: Ints, far: Ints, count: int) -> Matches:
    """Which of the pairs tell of one owner."""
    best = np.full(count, FAR + 1)
    np.minimum.at(best, asked, far)
    among = far * AMBIGUOUS <= best[asked]
    rivals = np.bincount(asked[among], minlength=count)
    return Matches(asked[among], stored[among], owner[among], rivals[asked[among]] == 1)


def firsts(group: Ints, value: Ints) -> Ints:
    """The index of the smallest value of each group."""
    order = np.lexsort((value, group))
    sorted_group = group[order]
    return order[np.concatenate([[True], sorted_group[1:] != sorted_group[:-1]])] if len(order) else order
