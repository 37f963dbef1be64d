"""Look-ups of hanzi that sound or look like a Chinese name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import TypeAlias

import numpy as np

from matchers.data import HERE
from matchers.title.cells import Cell
from matchers.title.gaps import USUAL
from matchers.title.hanzi import near_sound
from matchers.title.hashes import U64, Places, Row, characters, hashes, mixed, powers, values
from matchers.title.keys import Family, key, pairs_of
from matchers.title.keytable import KeyTable
from matchers.title.rows import Find, Flags, Names, Place, Rows, Surroundings
from matchers.title.text import Stream, Text
from matchers.title.words import LONGEST, chinese

MASK = "*"
ALIKE_FROM = 3  # how much hanzi must look alike, of 9, to be tried for one another
FEWEST_PAIRS = {3: 3, 4: 2}  # pairs of hanzi of a name of that length (`keys.pairs_of`) that must be alike
CLOSEST = 16  # of them, for any window; the rest only for those that stand alone
WIDEST = 64  # look-alikes of a hanzi that are tried
Asked: TypeAlias = Iterator[tuple[Places, U64]]  # where windows begin, and a key of each


SIZE = 0x40000  # code points up to the last hanzi


class Hanzi:
    """Values of characters by code point; the sound of one is made when it is first met."""

    def __init__(self) -> None:
        self._known = np.zeros(SIZE, np.bool_)
        self._sound = np.zeros(SIZE, np.uint64)

    def sound(self, codes: U64) -> U64:
        """The value of the usual sound of each character; 0 for one without. Any shape."""
        places = codes.astype(np.int64)
        if not self._known[places].all():
            self._learn(np.unique(places))
        return self._sound[places]

    def _learn(self, places: Places) -> None:
        fresh = places[~self._known[places]]
        syllables = [near_sound(chr(code)) for code in fresh.tolist()]
        self._sound[fresh] = np.where([bool(one) for one in syllables], mixed(hashes(syllables)), np.uint64(0))
        self._known[fresh] = True


HANZI = Hanzi()


@cache
def alike() -> tuple[Places, U64]:
    """The look-alikes of hanzi in both directions of the table, most alike first.

    By code point the row of each, 0 for none; the rows: code points, 0 for none. Shapes (SIZE,), (rows, WIDEST)
    """
    table = likenesses()
    table = np.concatenate([table, table[:, [1, 0, 2]]])
    table = table[np.lexsort((-table[:, 2], table[:, 0]))]
    first = np.flatnonzero(np.append(True, table[1:, 0] != table[:-1, 0]))
    row = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(table))))
    column = np.arange(len(table)) - first[row]
    kept = column < WIDEST
    rows = np.zeros((len(first) + 1, WIDEST), np.uint64)
    rows[row[kept] + 1, column[kept]] = table[kept, 1]
    places = np.zeros(SIZE, np.int64)
    places[table[first, 0]] = np.arange(len(first)) + 1
    return places, rows


def likenesses() -> Places:
    """The table of look-alikes: code points of two hanzi and how much they look alike. Shape (pairs, 3)."""
    codes = characters((HERE / "lookalikes.tsv").read_text(encoding="utf-8")).astype(np.int64)
    ends, digits = codes == ord("\n"), (codes >= ord("0")) & (codes <= ord("9"))
    heads = np.append(0, np.flatnonzero(ends)[:-1] + 1)
    head = codes[heads[np.cumsum(ends) - ends]]
    much = codes[np.maximum.accumulate(np.where(digits, np.arange(len(codes)), 0))] - ord("0")
    other = ~(ends | digits | (codes == ord("\t")))
    other[heads] = False
    kept = np.flatnonzero(other & (much >= ALIKE_FROM))
    return np.stack([head[kept], codes[kept], much[kept]], axis=1)


def alike_to(codes: U64) -> U64:
    """The code points of the look-alikes of each character; 0 for none. Shape (len(codes), WIDEST)."""
    places, rows = alike()
    return rows[places[codes.astype(np.int64)]]


@cache
def ordinary() -> KeyTable:
    """The Chinese words that are no disguise."""
    words = list(chinese())
    return KeyTable.of(hashes(words), np.zeros(len(words), np.uint32))


@dataclass(frozen=True)
class Windows:
    """The values of rows of hanzi, and their windows' hashes.

    codes, own, sound : of each hanzi; hidden : whether it is a mask
    apart : whether something stands before the next, and whether it is what titles do not use to part words
    alone : whether nothing touches it from the left, from the right
    """

    codes: U64
    own: U64
    sound: U64
    hidden: Flags
    apart: tuple[Flags, Flags]
    alone: tuple[Flags, Flags]
    plain: Row
    sounding: Row

    def asked(self, at: Places, length: int) -> Asked:
        """The keys of the windows of a length."""
        scale = powers(length)
        sounding, plain = self.sounding.windows(at, length), self.plain.windows(at, length)
        apart, _ = self.set_apart(at, length)
        alone = np.flatnonzero(self.alone[0][at] & self.alone[1][at + length - 1])
        yield at, key(Family.SOUND, sounding)
        for place in range(length):
            here = at + place
            rest = sounding - self.sound[here] * scale[place]
            yield at, key(Family.MIX, rest + self.own[here] * scale[place], place)
            for few, columns in ((slice(None), slice(CLOSEST)), (alone, slice(CLOSEST, None))):
                alike = alike_to(self.codes[here[few]])[:, columns]
                which, _ = some = np.nonzero(alike)
                tried = rest[few][which] + values(alike[some]) * scale[place]
                yield at[few][which], key(Family.MIX, tried, place)
            wild = np.flatnonzero(self.hidden[here]) if length == 2 else slice(None)
            yield at[wild], key(Family.WILD, (plain - self.own[here] * scale[place])[wild], place)
            if length > 2:
                wild = slice(None) if length > 3 else np.flatnonzero(apart)
                yield at[wild], key(Family.SOUND_WILD, rest[wild], place)

    def pairs(self, at: Places, length: int) -> Asked:
        """The keys of pairs of hanzi, which sound or look like a name's; pair by pair."""
        scale = powers(length)
        for number, (one, two) in enumerate(pairs_of(length)):
            first, second = (self.readings(at + place) * scale[place] for place in (one, two))
            tried = (first[:, :, None] + second[:, None, :]).reshape(len(at), -1)
            yield np.repeat(at, tried.shape[1]), key(Family.PAIR, tried.ravel(), length * 8 + number)

    def readings(self, here: Places) -> U64:
        """The sounds of hanzi, and of those that look like them. Shape (len(here), CLOSEST + 1)."""
        return np.concatenate([self.sound[here, None], HANZI.sound(alike_to(self.codes[here])[:, :CLOSEST])], axis=1)

    def set_apart(self, at: Places, length: int) -> tuple[Flags, Flags]:
        """Whether windows stand by themselves or have something between their hanzi; whether that is strange."""
        inner = [at + place for place in range(length - 1)]
        alone: Flags = self.alone[0][at] & self.alone[1][at + length - 1]
        spread: Flags = np.logical_and.reduce([self.apart[0][place] for place in inner])
        strange: Flags = np.logical_or.reduce([self.apart[1][place] for place in inner])
        return alone | spread | strange, strange


def sounded(find: Find, lengths: Sequence[int], streams: Sequence[tuple[Text, Stream]]) -> Iterator[Place]:
    """Windows of streams of hanzi (`sounds.hanzi_stream`) that may be a name. row : the stream"""
    rows = Rows.of([stream.text for _, stream in streams])
    windows, reach = windows_of(rows, streams), rows.reach()
    found = []
    for length in lengths:
        at = np.flatnonzero(reach >= length)
        if length <= LONGEST:
            at = at[~ordinary().has(windows.plain.windows(at, length)) | windows.set_apart(at, length)[1]]
        if len(at):
            found.append((*hits(find, windows.asked(at, length))[:2], length))
            if length > 2 and len(strange := at[windows.set_apart(at, length)[1]]):
                found.append((*alike_in_most(find, windows, strange, length), length))
    if found:
        at, names = (np.concatenate([row[column] for row in found]) for column in (0, 1))
        yield from rows.places(at, np.repeat([row[2] for row in found], [len(row[0]) for row in found]), names)


def hits(find: Find, asked: Asked) -> tuple[Places, Names, Places]:
    """Of keys that are some name's: where the windows begin, the names, and of which of the rows the keys are."""
    rows = list(asked)
    which, names = find(np.concatenate([keys for _, keys in rows]))
    of = np.repeat(np.arange(len(rows)), [len(keys) for _, keys in rows])
    return np.concatenate([at for at, _ in rows])[which], names, of[which]


def alike_in_most(find: Find, windows: Windows, at: Places, length: int) -> tuple[Places, Names]:
    """The windows whose hanzi sound or look like a name's, in longer names but for one: where they begin, and names."""
    start, names, pair = hits(find, windows.pairs(at, length))
    packed = np.unique((start << 40) | (names.astype(np.int64) << 8) | pair) >> 8
    kept, counts = np.unique(packed, return_counts=True)
    kept = kept[counts >= max(length - 3, FEWEST_PAIRS.get(length, 0))]
    return kept >> 32, (kept & 0xFFFFFFFF).astype(np.uint32)


def windows_of(rows: Rows, streams: Sequence[tuple[Text, Stream]]) -> Windows:
    """The values of rows."""
    beside = Surroundings.of(streams)
    own, sound = values(rows.codes), HANZI.sound(rows.codes)
    touches = [np.isin(kind, np.frombuffer(b"LDHS", np.uint8)) for kind in (beside.before, beside.behind)]
    strange = np.fromiter(chain.from_iterable(parted(text, stream) for text, stream in streams), np.bool_, len(own))
    return Windows(
        codes=rows.codes,
        own=own,
        sound=sound,
        hidden=rows.codes == ord(MASK),
        apart=((beside.gap > 0) | strange, strange),
        alone=(~touches[0], ~touches[1]),
        plain=Row.of(own),
        sounding=Row.of(sound),
    )


def parted(text: Text, stream: Stream) -> list[bool]:
    """For each place of a stream, and the BREAK behind it, whether something strange stands before the next place."""
    noisy = any(text.noise)
    found = [
        (two - one > 1 and any(map(is_strange, text.cells[one + 1 : two]))) or (noisy and text.noise[one] != "")
        for one, two in pairwise(stream.first)
    ]
    return [*found, False, False][: len(stream.first) + 1]


def is_strange(cell: Cell) -> bool:
    """Whether a cell is what titles do not use to part words."""
    return cell.char not in USUAL and not cell.char.isspace()
