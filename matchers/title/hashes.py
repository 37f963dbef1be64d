"""Hashes of pieces of text, many at once.

The hash of a text c0 c1 ... cn is the sum of v(ci) * B**i modulo 2**64, with v a random value for each character. Hence
each window of a long text has its hash by one subtraction (Karp and Rabin 1987), and so has a text with a character
left out or put in the place of another. Equal hashes are only candidates: whoever asks looks at the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

U64: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]

BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64; the golden ratio's digits
INVERSE = pow(BASE, -1, 1 << 64)


def mixed(values: U64) -> U64:
    """Each value with its bits spread over all 64 (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def characters(text: str) -> U64:
    """The code points of a text. Shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def values(codes: U64) -> U64:
    """The random value of each code point (or of any small number)."""
    return mixed(codes + np.uint64(0x632BE59BD9B4E019))


@cache
def powers_up_to(size: int, base: int) -> U64:
    """base ** 0 ... base ** (size - 1)."""
    row = np.full(size, base, dtype=np.uint64)
    row[:1] = 1
    return np.cumprod(row, dtype=np.uint64)


def powers(count: int, base: int = BASE) -> U64:
    """base ** 0 ... base ** (count - 1); made for powers of two, so that few are kept."""
    return powers_up_to(1 << max(6, (count - 1).bit_length()), base)[:count]


@dataclass(frozen=True)
class Row:
    """Values in a row, ready to give the hash of any window.

    totals : totals[i] is the sum of the first i values, each times its power of B
    """

    totals: U64

    @classmethod
    def of(cls, row: U64) -> Row:
        """A row of values."""
        return cls(np.concatenate([np.zeros(1, np.uint64), np.cumsum(row * powers(len(row)), dtype=np.uint64)]))

    def windows(self, starts: Places, lengths: Places | int) -> U64:
        """The hashes of the windows that begin at `starts`."""
        sums = self.totals[starts + lengths] - self.totals[starts]
        found: U64 = sums * powers(len(self.totals), INVERSE)[starts]
        return found


def hashes(texts: Sequence[str]) -> U64:
    """The hash of each text. Shape (len(texts),)."""
    lengths = lengths_of(texts)
    row = Row.of(values(characters("".join(texts))))
    return row.windows(np.cumsum(lengths) - lengths, lengths)


def lengths_of(texts: Iterable[str]) -> Places:
    """The lengths of texts."""
    return np.fromiter(map(len, texts), np.int64)


@cache
def pairs(length: int) -> tuple[Places, Places]:
    """All pairs of places of a text, the first before the second."""
    found = np.array(list(combinations(range(length), 2)), np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def without_one(table: U64) -> U64:
    """The hashes of texts with each of their characters left out.

    table : the values of texts of one length, a text a row. Shape (texts, length); so has the result
    """
    before, total = totals_of(table)
    found: U64 = before[:, :-1] + (total - before[:, 1:]) * np.uint64(INVERSE)
    return found


def without_two(table: U64) -> U64:
    """The hashes of texts with any two characters left out. Shape (texts, length * (length - 1) / 2)."""
    before, total = totals_of(table)
    one, two = pairs(table.shape[1])
    middle = (before[:, two] - before[:, one + 1]) * np.uint64(INVERSE)
    found: U64 = before[:, one] + middle + (total - before[:, two + 1]) * np.uint64(INVERSE * INVERSE % (1 << 64))
    return found


def totals_of(table: U64) -> tuple[U64, U64]:
    """For each row the sums of its first 0, 1 ... values, each times its power of B; and the last of them."""
    terms = table * powers(table.shape[1])
    before = np.concatenate([np.zeros((len(table), 1), np.uint64), np.cumsum(terms, axis=1, dtype=np.uint64)], axis=1)
    return before, before[:, -1:]
