"""A bank of binary codes that is asked for near ones without comparing all (Indyk and Motwani's bit sampling).

Each table files the codes under a few of their bits; two codes that differ in few bits share the key of at least one
table more often than not, and two of different places almost never do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchers.image.arrays import Bools, Ints, Pixels

TABLES = 8
KEY_BITS = 20  # with 8 tables: 110 of 111 copies found, as with 14 bits, at a quarter of the time
LONGEST_SHELF = 24  # codes looked at under one key; a pattern that repeats fills shelves and tells nothing
FAR = 64  # of 256 bits; true matches of copies lie mostly under 50
AMBIGUOUS = 0.85  # a match tells of one picture when no other picture has one nearly as near (Lowe's ratio)
SEED = 7


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
class CodeBank:
    """words : uint64 (n, 4); owners : (n,); tables : for each, chosen bits, sorted keys, and where each code is."""

    words: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]
    owners: Ints
    tables: tuple[tuple[Ints, Ints, Ints], ...]


def code_bank(codes: Pixels, owners: Ints) -> CodeBank:
    """codes : uint8 (n, 32)."""
    bits = np.unpackbits(codes, axis=1)
    dice = np.random.default_rng(SEED)
    tables = []
    for _ in range(TABLES):
        chosen = dice.choice(bits.shape[1], KEY_BITS, replace=False)
        keys = keys_of(bits, chosen)
        order = np.argsort(keys, kind="stable")
        tables.append((chosen, keys[order], order))
    return CodeBank(words_of(codes), owners, tuple(tables))


def near(bank: CodeBank, codes: Pixels) -> Matches:
    """For each code and each owner the nearest stored code, where one is near, and no owner has a much nearer one."""
    asked, stored = shelves(bank, codes)
    far = np.bitwise_count(words_of(codes)[asked] ^ bank.words[stored]).sum(1, dtype=np.int64)
    kept = far <= FAR
    asked, stored, far = asked[kept], stored[kept], far[kept]
    first = firsts(asked * (bank.owners.max(initial=0) + 1) + bank.owners[stored], far)
    return judged(asked[first], stored[first], bank.owners[stored[first]], far[first], len(codes))


def judged(asked: Ints, stored: Ints, owner: Ints, far: Ints, count: int) -> Matches:
    best = np.full(count, FAR + 1)
    np.minimum.at(best, asked, far)
    among = far * AMBIGUOUS <= best[asked]
    rivals = np.bincount(asked[among], minlength=count)
    return Matches(asked[among], stored[among], owner[among], rivals[asked[among]] == 1)


def shelves(bank: CodeBank, codes: Pixels) -> tuple[Ints, Ints]:
    """All pairs (asked, stored) that share a key in some table."""
    bits = np.unpackbits(codes, axis=1)
    asked, stored = [], []
    for chosen, keys, order in bank.tables:
        wanted = keys_of(bits, chosen)
        start, stop = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
        length = np.minimum(stop - start, LONGEST_SHELF)
        asked.append(np.repeat(np.arange(len(codes)), length))
        inside = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
        stored.append(order[np.repeat(start, length) + inside])
    return np.concatenate(asked), np.concatenate(stored)


def firsts(group: Ints, value: Ints) -> Ints:
    """The index of the smallest value of each group."""
    order = np.lexsort((value, group))
    sorted_group = group[order]
    return order[np.concatenate([[True], sorted_group[1:] != sorted_group[:-1]])] if len(order) else order


def keys_of(bits: Pixels, chosen: Ints) -> Ints:
    return np.asarray(bits[:, chosen] @ (1 << np.arange(KEY_BITS, dtype=np.int64)), np.int64)


def words_of(codes: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    return np.ascontiguousarray(codes).view(np.uint64)
