"""The keys under which a name is found: hashes of what stays the same when it is disguised.

SPELLED: a spelling as it stands. TYPED: a spelling in Latin letters with up to two letters left out, since two texts
that differ by one edit agree when a letter is left out of each (Mor and Fraenkel 1982), and a hidden letter is one left
out. HIDDEN: the same with two left out of a shorter name, which only hidden letters may be. SOUND: the sounds of a
Chinese name; beside it, for each place, MIX, its sounds but for one hanzi as it is, WILD, its hanzi but for one, and
SOUND_WILD, its sounds but for one. PAIR: the sounds of two of its hanzi. FIRST_TWO: its first two hanzi.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matchers.title.hanzi import near, word_sounds
from matchers.title.hashes import U64, hashes, mixed, powers, values, without_one, without_two
from matchers.title.names import Name
from matchers.title.patterns import Pattern, index_forms, patterns

LONGEST_SOUNDED = 8  # hanzi of the longest name whose every hanzi may be replaced
LONGEST_TYPED = 40  # letters of the longest name that is known misspelt


class Family(IntEnum):
    """What of a name a key stands for."""

    SPELLED = 1
    TYPED = 2
    SOUND = 3
    MIX = 4
    WILD = 5
    HIDDEN = 6
    FIRST_TWO = 7
    SOUND_WILD = 8
    PAIR = 9


def key(family: Family, found: U64, place: int = 0) -> U64:
    """The keys of hashes in a family. place : which hanzi is not as the others, or which pair of which length"""
    return mixed(found ^ salt(family, place))


@cache
def salt(family: Family, place: int) -> U64:
    """What keeps the keys of families and places apart."""
    return mixed(np.array([family * 256 + place], np.uint64))


Part: TypeAlias = tuple[U64, NDArray[np.uint32]]


@dataclass(frozen=True)
class Keys:
    """Keys of names, and the number of the name of each.

    spelled : lengths of spellings; sounded : lengths of the names that are looked for by sound
    """

    keys: U64
    names: NDArray[np.uint32]
    spelled: set[int]
    sounded: set[int]


def of_names(rows: Sequence[tuple[int, Name]]) -> Keys:
    """All keys of names. Time grows with the number of spellings."""
    spelt = [list(patterns(name)) for _, name in rows]
    forms = index_forms([one.text for found in spelt for one in found])
    owners = np.repeat(
        np.fromiter((number for number, _ in rows), np.uint32, len(rows)), [len(found) for found in spelt]
    )
    every = (one for found in spelt for one in found)
    lost = [0 if one.code and one.code != "pinyin" else may_lose(one) for one in every]
    typed = [(int(owners[place]), forms[place], count) for place, count in enumerate(lost) if count]
    chinese = [(number, name) for number, name in rows if is_sounded(name)]
    parts = [*of_typed(typed), *of_chinese(chinese)]
    if forms:
        parts.append((key(Family.SPELLED, hashes(forms)), owners))
    return Keys(
        np.concatenate([np.zeros(0, np.uint64), *(keys for keys, _ in parts)]),
        np.concatenate([np.zeros(0, np.uint32), *(names for _, names in parts)]),
        set(map(len, forms)),
        {len(name.key) for _, name in chinese},
    )


def numbers(rows: Sequence[tuple[int, str]]) -> NDArray[np.uint32]:
    """The names of rows."""
    return np.fromiter((row[0] for row in rows), np.uint32, len(rows))


MASKED_FROM = 4  # letters from which one may be hidden or wrong
TWICE_HIDDEN_FROM = 6  # letters from which two may be hidden
TWICE_WRONG_FROM = 8  # letters from which two may be wrong
PINYIN_FROM = 6  # letters of a name in pinyin from which one may be wrong


def may_lose(pattern: Pattern) -> int:
    """How many letters of a spelling, a name's own or in pinyin, may be hidden or wrong, so that it is still known."""
    text, code = pattern.text, pattern.code
    if not text.isascii() or len(text) > LONGEST_TYPED or pattern.name.nickname:
        return 0
    if code:
        return int(len(text) >= PINYIN_FROM)
    return (len(text) >= MASKED_FROM) + (len(text) >= TWICE_HIDDEN_FROM)


def of_typed(rows: Sequence[tuple[int, str, int]]) -> Iterable[Part]:
    """Keys of spellings with letters left out."""
    by_size: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for number, form, lost in rows:
        by_size.setdefault((len(form), lost), []).append((number, form))
    for (length, lost), group in by_size.items():
        names = numbers(group)
        for left_out, table in enumerate(shortened(table_of([form for _, form in group], length), lost)):
            family = Family.HIDDEN if left_out > 1 and length < TWICE_WRONG_FROM else Family.TYPED
            yield key(family, table.ravel()), np.repeat(names, table.shape[1])


def table_of(texts: Sequence[str], length: int) -> U64:
    """The values of texts of one length. Shape (texts, length)."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    return values(codes.astype(np.uint64)).reshape(-1, length)


def shortened(table: U64, lost: int) -> Iterable[U64]:
    """The hashes of texts with none, one ... `lost` characters left out."""
    yield (table * powers(table.shape[1])).sum(axis=1, dtype=np.uint64)[:, None]
    if lost:
        yield without_one(table)
    if lost > 1:
        yield without_two(table)


def sound_values(sounds: Iterable[str]) -> U64:
    """The value of each syllable, nearly equal ones made equal."""
    return mixed(hashes([near(sound) for sound in sounds]))


def of_chinese(rows: Sequence[tuple[int, Name]]) -> Iterable[Part]:
    """Keys of Chinese names by their sounds, and with one hanzi left out."""
    by_size: dict[int, list[tuple[int, str]]] = {}
    for number, name in rows:
        by_size.setdefault(len(name.key), []).append((number, name.key))
    for length, group in by_size.items():
        texts = [text for _, text in group]
        sounds = sound_values(sound for text in texts for sound in word_sounds(text)).reshape(-1, length)
        yield from of_sounds(table_of(texts, length), sounds, numbers(group))


def is_sounded(name: Name) -> bool:
    """Whether a name is looked for by sound and shape."""
    if name.script != "hanzi" or name.nickname or not 2 <= len(name.key) <= LONGEST_SOUNDED:
        return False
    return len(word_sounds(name.key)) == len(name.key)


def pairs_of(length: int) -> list[tuple[int, int]]:
    """The places of a name of which a pair stays like it when one of its hanzi is quite another."""
    return [(0, 1), (1, 2), (0, 2)] if length == 3 else [(place, place + 1) for place in range(length - 1)]


def of_sounds(table: U64, sounds: U64, names: NDArray[np.uint32]) -> Iterable[Part]:
    """Keys of names of one length. table, sounds : the values of their hanzi, of their sounds; (names, length)"""
    scale = powers(table.shape[1])
    plain = (table * scale).sum(axis=1, dtype=np.uint64)
    yield key(Family.FIRST_TWO, (table[:, :2] * scale[:2]).sum(axis=1, dtype=np.uint64)), names
    sounded = (sounds * scale).sum(axis=1, dtype=np.uint64)
    yield key(Family.SOUND, sounded), names
    for place in range(table.shape[1]):
        yield key(Family.MIX, sounded + (table[:, place] - sounds[:, place]) * scale[place], place), names
        yield key(Family.WILD, plain - table[:, place] * scale[place], place), names
        yield key(Family.SOUND_WILD, sounded - sounds[:, place] * scale[place], place), names
    for number, (one, two) in enumerate(pairs_of(table.shape[1])):
        pair = sounds[:, one] * scale[one] + sounds[:, two] * scale[two]
        yield key(Family.PAIR, pair, table.shape[1] * 8 + number), names
