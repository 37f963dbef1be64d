"""A table of keys (64-bit hashes) and the names that have them, asked for many keys at once.

Memory: 12 bytes a key, and three to six for the filter. The arrays may lie in a file (numpy.memmap).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchers.title.hashes import U64, Places

BITS_PER_KEY = 24  # of the filter, two of which are set: about one key in a hundred that is not there passes it
SECOND = np.uint64(0xD6E8FEB86659FD93)  # an odd number, by which a key's second bit is told from its first
FEWEST_BITS = 16
AT_ONCE = 1 << 20  # keys that are worked on at once, for the sake of memory


@dataclass(frozen=True)
class KeyTable:
    """Keys in order, the number of the name of each, and a filter that most absent keys fail at once.

    keys : uint64, ascending, with repetitions
    names : uint32, the name of each key
    bits : uint8, a power of two of bits (Bloom 1970); two of them are set for each key
    """

    keys: U64
    names: NDArray[np.uint32]
    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, keys: U64, names: NDArray[np.uint32]) -> KeyTable:
        """A table of keys in any order; a key that a name has twice may be kept twice, and mostly is not."""
        order = np.argsort(keys)
        keys, names = keys[order], names[order]
        del order
        if len(keys):
            first = np.concatenate([[True], (keys[1:] != keys[:-1]) | (names[1:] != names[:-1])])
            keys, names = keys[first], names[first]
        return cls(keys, names, filter_of(keys))

    @property
    def shift(self) -> np.uint64:
        """How far a key is shifted to give its bit's place."""
        return np.uint64(64 - (len(self.bits) * 8 - 1).bit_length())

    def may_have(self, keys: U64) -> Places:
        """Which keys may be in the table, by their places."""
        first = np.flatnonzero(self._is_set(keys >> self.shift))
        return first[self._is_set((keys[first] * SECOND) >> self.shift)]

    def _is_set(self, places: U64) -> NDArray[np.bool_]:
        byte = self.bits[(places >> np.uint64(3)).astype(np.int64)]
        found: NDArray[np.bool_] = ((byte >> (places & np.uint64(7)).astype(np.uint8)) & 1).astype(bool)
        return found

    def has(self, keys: U64) -> NDArray[np.bool_]:
        """Whether each key is in the table."""
        found = np.zeros(len(keys), np.bool_)
        asked = self.may_have(keys)
        low = np.searchsorted(self.keys, keys[asked])
        found[asked] = self.keys[np.minimum(low, len(self.keys) - 1)] == keys[asked]
        return found

    def find(self, keys: U64) -> tuple[Places, NDArray[np.uint32]]:
        """For all names of all keys: which key (its place in `keys`), and the name."""
        asked = self.may_have(keys)
        wanted = keys[asked]
        if not len(wanted):
            return asked, np.zeros(0, np.uint32)
        low = np.searchsorted(self.keys, wanted, "left")
        there = low < len(self.keys)
        there[there] = self.keys[low[there]] == wanted[there]
        asked, low = asked[there], low[there]
        counts = np.searchsorted(self.keys, wanted[there], "right") - low
        which = np.repeat(np.arange(len(asked)), counts)
        inside = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return asked[which], self.names[low[which] + inside]


def filter_of(keys: U64) -> NDArray[np.uint8]:
    """The filter of keys."""
    size = max(FEWEST_BITS, (len(keys) * BITS_PER_KEY).bit_length())
    bits = np.zeros(1 << (size - 3), np.uint8)
    for start in range(0, len(keys), AT_ONCE):
        some, shift = keys[start : start + AT_ONCE], np.uint64(64 - size)
        set_at(bits, some >> shift)
        set_at(bits, np.sort((some * SECOND) >> shift))
    return bits


def set_at(bits: NDArray[np.uint8], places: U64) -> None:
    """Set bits at places, which come in order."""
    bytes_of = (places >> np.uint64(3)).astype(np.int64)
    first = np.flatnonzero(np.append(True, bytes_of[1:] != bytes_of[:-1]))
    each = np.left_shift(1, (places & np.uint64(7)).astype(np.uint8), dtype=np.uint8)
    bits[bytes_of[first]] |= np.bitwise_or.reduceat(each, first)


def merged(tables: Iterable[tuple[KeyTable, int]]) -> KeyTable:
    """Several tables as one. Each comes with what is added to the numbers of its names."""
    rows = list(tables)
    return KeyTable.of(
        np.concatenate([table.keys for table, _ in rows]),
        np.concatenate([table.names + np.uint32(more) for table, more in rows]),
    )
