"""Look-ups of hanzi that sound or look like a Chinese name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from threading import Lock

import numpy as np

from matchers.title.hanzi import lookalikes, near, sounds
from matchers.title.hashes import U64, Places, Row, characters, hashes, mixed, powers, values
from matchers.title.keys import Family, key
from matchers.title.keytable import KeyTable
from matchers.title.rows import Find, Flags, Names, Place, Rows, Surroundings
from matchers.title.text import Stream, Text
from matchers.title.words import LONGEST, chinese

MASK = "*"
WIDEST = 12  # look-alikes of a hanzi that are tried
CLOSEST = 6  # of them, where several hanzi of a window may be look-alikes at once
MOST_ALIKE = {3: 3, 4: 2, 5: 2}  # hanzi of a window that stands apart which may be look-alikes, by its length
Hits = Iterator[tuple[Places, Names]]


class Hanzi:
    """Values of characters by code point, made when a character is first met.

    sound : of its usual syllable; alike, alike_sound : of the hanzi that look like it, one row of them each (0: none)
    """

    SIZE = 0x40000

    def __init__(self) -> None:
        self._known = np.zeros(self.SIZE, np.bool_)
        self._sound = np.zeros(self.SIZE, np.uint64)
        self._row = np.zeros(self.SIZE, np.int32)
        self._alike = np.zeros((1, WIDEST), np.uint64)
        self._alike_sound = np.zeros((1, WIDEST), np.uint64)
        self._lock = Lock()

    def learn(self, codes: U64) -> None:
        """Make the values of characters that were not met before."""
        if self._known[codes.astype(np.int64)].all():
            return
        with self._lock:
            self._learn(codes)

    def _learn(self, codes: U64) -> None:
        fresh = np.unique(codes[~self._known[codes.astype(np.int64)]]).tolist()
        twins = []
        for code in fresh:
            self._sound[code] = sound_value(chr(code))
            if alike := lookalikes().get(chr(code), "")[:WIDEST]:
                twins.append((code, alike))
        if twins:
            places = np.arange(len(self._alike), len(self._alike) + len(twins))
            own = [np.resize(values(characters(alike)), WIDEST) for _, alike in twins]
            sound = [np.resize(np.array([sound_value(char) for char in alike]), WIDEST) for _, alike in twins]
            self._alike_sound = np.concatenate([self._alike_sound, np.stack(sound)])
            self._alike = np.concatenate([self._alike, np.stack(own)])
            self._row[[code for code, _ in twins]] = places
        self._known[fresh] = True

    def sound(self, codes: U64) -> U64:
        """The value of the sound of each character; 0 for one without."""
        return self._sound[codes.astype(np.int64)]

    def alike(self, codes: U64) -> U64:
        """The values of the look-alikes of each character. Shape (len(codes), WIDEST)."""
        return self._alike[self._row[codes.astype(np.int64)]]

    def alike_sound(self, codes: U64) -> U64:
        """The values of the sounds of the look-alikes of each character. Shape (len(codes), WIDEST)."""
        return self._alike_sound[self._row[codes.astype(np.int64)]]


@lru_cache(1 << 15)
def sound_value(char: str) -> np.uint64:
    """The value of the usual sound of a character; 0 for one without."""
    syllables = sounds(char)
    return np.uint64(mixed(hashes([near(syllables[0])]))[0] if syllables else 0)


HANZI = Hanzi()


@cache
def ordinary() -> KeyTable:
    """The Chinese words that are no disguise."""
    words = list(chinese())
    return KeyTable.of(hashes(words), np.zeros(len(words), np.uint32))


@dataclass(frozen=True)
class Windows:
    """The values of rows of hanzi, and their windows' hashes.

    own, sound : of each hanzi; alike : of its look-alikes; hidden : whether it is a mask; apart : whether something
    stands before the next; alone : whether nothing touches it from the left, from the right
    """

    find: Find
    own: U64
    sound: U64
    codes: U64
    hidden: Flags
    apart: Flags
    alone: tuple[Flags, Flags]
    plain: Row
    sounding: Row

    def hits(self, at: Places, length: int) -> Hits:
        """The windows of a length that may be a name, and the name."""
        if not len(at):
            return
        scale = powers(length)
        sounding, plain = self.sounding.windows(at, length), self.plain.windows(at, length)
        chosen = np.flatnonzero(self.set_apart(at, length)) if length == 2 else slice(None)
        yield self.asked(at[chosen], key(Family.SOUND, sounding[chosen]))
        for place in range(length):
            here = at + place
            rest = sounding - self.sound[here] * scale[place]
            yield self.asked(at, key(Family.MIX, rest + self.own[here] * scale[place], place))
            alike = HANZI.alike(self.codes[here])
            some = np.flatnonzero(alike[:, 0])
            tried = rest[some, None] + alike[some] * scale[place]
            yield self.asked(np.repeat(at[some], WIDEST), key(Family.MIX, tried.ravel(), place))
            wild = np.flatnonzero(self.hidden[here]) if length == 2 else slice(None)
            yield self.asked(at[wild], key(Family.WILD, (plain - self.own[here] * scale[place])[wild], place))

        if len(apart := at[self.set_apart(at, length)]):
            yield from self.all_alike(apart, length)

    def all_alike(self, at: Places, length: int) -> Hits:
        """Windows that stand apart and are a name when several of their hanzi are taken for what they look like."""
        scale = powers(length)
        sounding = self.sounding.windows(at, length)
        more = [
            (HANZI.alike_sound(self.codes[at + place])[:, :CLOSEST] - self.sound[at + place, None]) * scale[place]
            for place in range(length)
        ]
        for count in range(2, MOST_ALIKE.get(length, 0) + 1):
            for chosen in combinations(range(length), count):
                tried = sounding[:, None]
                for place in chosen:
                    tried = (tried[:, :, None] + more[place][:, None, :]).reshape(len(at), -1)
                yield self.asked(np.repeat(at, tried.shape[1]), key(Family.SOUND, tried.ravel()))

    def asked(self, at: Places, keys: U64) -> tuple[Places, Names]:
        """The windows whose keys are some name's, and the name."""
        which, names = self.find(keys)
        return at[which], names

    def set_apart(self, at: Places, length: int) -> Flags:
        """Whether windows stand by themselves, or have something set between all their hanzi."""
        alone: Flags = self.alone[0][at] & self.alone[1][at + length - 1]
        spread: Flags = np.logical_and.reduce([self.apart[at + place] for place in range(length - 1)])
        return alone | spread


def sounded(find: Find, lengths: Sequence[int], streams: Sequence[tuple[Text, Stream]]) -> Iterator[Place]:
    """Windows of streams of hanzi (`sounds.hanzi_stream`) that may be a name. row : the stream"""
    rows = Rows.of([stream.text for _, stream in streams])
    windows, reach = windows_of(find, rows, streams), rows.reach()
    found = []
    for length in lengths:
        at = np.flatnonzero(reach >= length)
        if length <= LONGEST:
            at = at[~ordinary().has(windows.plain.windows(at, length))]
        found += [(hit, length, names) for hit, names in windows.hits(at, length) if len(hit)]
    yield from rows.places(found)


def windows_of(find: Find, rows: Rows, streams: Sequence[tuple[Text, Stream]]) -> Windows:
    """The values of rows."""
    HANZI.learn(rows.codes)
    beside = Surroundings.of(streams)
    own, sound = values(rows.codes), HANZI.sound(rows.codes)
    touches = [np.isin(kind, np.frombuffer(b"LDHS", np.uint8)) for kind in (beside.before, beside.behind)]
    return Windows(
        find=find,
        own=own,
        sound=sound,
        codes=rows.codes,
        hidden=rows.codes == ord(MASK),
        apart=beside.gap > 0,
        alone=(~touches[0], ~touches[1]),
        plain=Row.of(own),
        sounding=Row.of(sound),
    )
