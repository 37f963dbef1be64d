"""The index of marks: which names a window of a title may be. Built once, kept in a file, added to."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matchers.title.hashes import U64, Places
from matchers.title.keys import of_names
from matchers.title.keytable import KeyTable, merged
from matchers.title.names import Name, names_of
from matchers.title.nicknames import with_nicknames
from matchers.title.register import Packed, Register, joined, packed
from matchers.types import Mark

AT_ONCE = 4096  # names whose keys are made together: enough for numpy, few enough for memory
MOST_PARTS = 8  # additions that are looked up beside the first table before they are put together


@dataclass(frozen=True)
class Lengths:
    """Lengths of spellings, and of Chinese names, that occur; ascending."""

    spelled: tuple[int, ...] = ()
    sounded: tuple[int, ...] = ()

    def with_more(self, other: Lengths) -> Lengths:
        """Those of two indexes."""
        return Lengths(tuple(sorted({*self.spelled, *other.spelled})), tuple(sorted({*self.sounded, *other.sounded})))


@dataclass(frozen=True)
class Literal:
    """A name of one character: its number and the character."""

    name: int
    key: str


@dataclass(frozen=True)
class Part:
    """Marks and their keys.

    first : how many names the parts before have
    """

    marks: Packed
    table: KeyTable
    lengths: Lengths
    literals: tuple[Literal, ...]
    first: int = 0


@dataclass
class Index:
    """Parts of an index, and the names they have."""

    parts: tuple[Part, ...]
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.register = Register([part.marks for part in self.parts])

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> Index:
        """The index of marks."""
        with uncollected():
            return cls((part_of(marks),))

    def add(self, marks: Sequence[Mark]) -> Index:
        """The index with more marks; what is there is kept as it is."""
        last = self.parts[-1]
        new = part_of(marks, last.first + last.marks.size)
        return Index((*self.parts, new) if len(self.parts) < MOST_PARTS else (together((*self.parts, new)),))

    @property
    def lengths(self) -> Lengths:
        """Lengths that occur in any part."""
        found = Lengths()
        for part in self.parts:
            found = found.with_more(part.lengths)
        return found

    @property
    def literals(self) -> dict[str, list[int]]:
        """Names of one character."""
        found: dict[str, list[int]] = {}
        for part in self.parts:
            for literal in part.literals:
                found.setdefault(literal.key, []).append(part.first + literal.name)
        return found

    def find(self, keys: U64) -> tuple[Places, NDArray[np.uint32]]:
        """For all names of all keys: which key (its place in `keys`), and the number of the name."""
        if len(self.parts) == 1:
            return self.parts[0].table.find(keys)
        found = [(part.table.find(keys), part.first) for part in self.parts]
        return (
            np.concatenate([which for (which, _), _ in found]),
            np.concatenate([names + np.uint32(first) for (_, names), first in found]),
        )


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles, of which an index makes none; it would look at all marks again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def part_of(marks: Sequence[Mark], first: int = 0) -> Part:
    """Marks, with their known nicknames, and their keys."""
    marks = [with_nicknames(mark) for mark in marks]
    known: list[list[str]] = []
    keys, lengths, literals = [], Lengths(), []
    names = enumerate(named(marks, known))
    while rows := list(islice(names, AT_ONCE)):
        keys.append(of_names(rows))
        lengths = lengths.with_more(Lengths(tuple(keys[-1].spelled), tuple(keys[-1].sounded)))
        literals += [Literal(number, name.key) for number, name in rows if name.literal]
    found = np.concatenate([np.zeros(0, np.uint64), *(one.keys for one in keys)])
    owners = np.concatenate([np.zeros(0, np.uint32), *(one.names for one in keys)])
    keys.clear()  # half of the memory that is used here
    table = KeyTable.of(found, owners)
    return Part(packed(marks, known), table, lengths, tuple(literals), first)


def named(marks: Sequence[Mark], known: list[list[str]]) -> Iterator[Name]:
    """The names of marks. known : grows by the keys of each mark's names"""
    for mark in marks:
        names = names_of(mark)
        known.append([name.key for name in names])
        yield from names


def together(parts: Sequence[Part]) -> Part:
    """Several parts as one."""
    lengths = Lengths()
    for part in parts:
        lengths = lengths.with_more(part.lengths)
    return Part(
        joined([part.marks for part in parts]),
        merged((part.table, part.first) for part in parts),
        lengths,
        tuple(Literal(part.first + one.name, one.key) for part in parts for one in part.literals),
    )
