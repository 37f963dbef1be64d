"""The marks of an index, packed; a name and its spellings are made again when a title seems to have one of them.

A mark takes about 100 bytes here and 20 kB with all its spellings spelt out; of 100,000 marks a title has a few.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from matchers.title.hashes import Places
from matchers.title.keys import may_lose
from matchers.title.names import Name, names_of
from matchers.title.patterns import Pattern, index_form, patterns
from matchers.types import Mark

REMEMBERED = 1 << 14  # names and marks whose spellings are kept once made: about 100 MiB at most
FIELDS = (
    "right_id",
    "names",
    "aliases",
    "nicknames",
    "loose_nicknames",
    "nice_classes",
    "goods",
)  # of a mark that titles are matched with


@dataclass(frozen=True)
class Packed:
    """Marks as bytes.

    data : JSON of each mark, one after another
    ends : where each ends in `data`
    names : how many names the marks up to each have, itself included; a name's number counts through all marks
    forms : the index form of each name, one a line, as UTF-8
    """

    data: NDArray[np.uint8]
    ends: Places
    names: Places
    forms: NDArray[np.uint8]

    def mark(self, place: int) -> Mark:
        """A mark."""
        right_id, *lists = json.loads(piece(self.data, self.ends, place))
        names, aliases, nicknames, loose, nice_classes, goods = map(tuple, lists)
        return Mark(
            right_id=right_id,
            names=names,
            aliases=aliases,
            nicknames=nicknames,
            loose_nicknames=loose,
            nice_classes=nice_classes,
            goods=goods,
        )

    @property
    def size(self) -> int:
        """How many names there are."""
        return int(self.names[-1]) if len(self.names) else 0

    def forms_of_names(self) -> list[str]:
        """The index form of each name."""
        return self.forms.tobytes().decode().split("\n")[:-1]

    def owner(self, name: int) -> tuple[int, int]:
        """Of a name's number: the place of its mark, and its place among the names of the mark."""
        place = int(np.searchsorted(self.names, name, "right"))
        return place, name - (int(self.names[place - 1]) if place else 0)


def piece(data: NDArray[np.uint8], ends: Places, place: int) -> bytes:
    """One of several pieces that stand one after another."""
    return data[int(ends[place - 1]) if place else 0 : int(ends[place])].tobytes()


def packed(marks: Sequence[Mark], names: Sequence[Sequence[str]]) -> Packed:
    """Marks as bytes. names : of each mark the keys of its names"""
    rows = [
        json.dumps([getattr(mark, key) for key in FIELDS], ensure_ascii=True, separators=(",", ":")).encode()
        for mark in marks
    ]
    forms = [f"{index_form(name)}\n".encode() for keys in names for name in keys]
    return Packed(
        *run_together(rows),
        np.cumsum([len(keys) for keys in names], dtype=np.int64),
        np.frombuffer(b"".join(forms), np.uint8),
    )


def run_together(rows: Sequence[bytes]) -> tuple[NDArray[np.uint8], Places]:
    """Pieces one after another, and where each ends."""
    return np.frombuffer(b"".join(rows), np.uint8), np.cumsum([len(row) for row in rows], dtype=np.int64)


def joined(parts: Sequence[Packed]) -> Packed:
    """Several packs as one."""
    return Packed(
        np.concatenate([part.data for part in parts]),
        one_after_another([part.ends for part in parts]),
        one_after_another([part.names for part in parts]),
        np.concatenate([part.forms for part in parts]),
    )


def one_after_another(parts: Sequence[Places]) -> Places:
    """Ends of pieces, each part's counted from where the part before ends."""
    before = accumulate((int(part[-1]) if len(part) else 0 for part in parts[:-1]), initial=0)
    return np.concatenate([part + more for part, more in zip(parts, before, strict=True)])


class Register:
    """Names by their numbers, and their spellings. Numbers go on from one pack to the next."""

    def __init__(self, packs: Sequence[Packed]) -> None:
        self.packs = packs
        self.forms = [form for pack in packs for form in pack.forms_of_names()]
        self.first = [0, *accumulate(pack.size for pack in packs)]
        self.names_of = lru_cache(REMEMBERED)(self._names_of)
        self.spellings = lru_cache(REMEMBERED)(self._spellings)
        self.misspellable = lru_cache(REMEMBERED)(self._misspellable)

    def name(self, number: int) -> Name:
        """A name."""
        names, place = self.siblings(number)
        return names[place]

    def form(self, number: int) -> str:
        """The index form of a name, without making the name."""
        return self.forms[number]

    def siblings(self, number: int) -> tuple[list[Name], int]:
        """The names of the mark that a name is of, and its place among them."""
        pack = bisect_right(self.first, number) - 1
        mark, place = self.packs[pack].owner(number - self.first[pack])
        return self.names_of(pack, mark), place

    def _names_of(self, pack: int, mark: int) -> list[Name]:
        return names_of(self.packs[pack].mark(mark))

    def _spellings(self, number: int) -> dict[str, tuple[Pattern, ...]]:
        """A name's spellings by index form; a name's own spelling keeps an evasion of the same mark out."""
        names, place = self.siblings(number)
        own = {index_form(name.key) for name in names if not name.literal}
        found: dict[str, tuple[Pattern, ...]] = {}
        for pattern in patterns(names[place]):
            form = index_form(pattern.text)
            if len(form) > 1 and (not pattern.code or form not in own):
                found[form] = (*found.get(form, ()), pattern)
        return found

    def _misspellable(self, number: int) -> tuple[Pattern, ...]:
        """A name's spellings that are known when misspelt."""
        rows = self.spellings(number).values()
        return tuple(pattern for row in rows for pattern in row if pattern.code in {"", "pinyin"} and may_lose(pattern))
