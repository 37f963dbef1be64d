"""A mark's names as they are looked for."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from matchers.title import words
from matchers.title.cells import Kind
from matchers.title.goods import goods_words
from matchers.title.text import CHARS, WORDY, Text, fold_title
from matchers.types import Mark

log = logging.getLogger(__name__)

MAX_NAME = 64  # characters; no registered word mark that people read is longer, and every key costs memory
FUNCTION_HANZI = frozenset("的了是有在和这那不我你他她它们就都很")  # a name that has one turns up in any sentence
SHORT = 3  # letters up to which a run of Latin letters is too common to be a mark without more evidence


@dataclass(frozen=True, slots=True)
class Name:
    """One way in which a mark is named.

    right : the right it names
    text : as registered
    key : its letters, digits and hanzi, folded, without what stands between them
    own : the characters of `key` as registered, lower case
    breaks : places in `key` where a word begins, 0 left out
    inner : the sign that must stand at a break, for names so short that it makes the name (D&G)
    script : latin | hanzi | mixed
    ambiguous : also an ordinary word, or so short that it means other things
    goods : words for the mark's goods, folded; one of them near the name settles what is meant
    siblings : keys of the mark's other names, nicknames left out
    nickname : what people call the mark; looked for as it stands, since nobody disguises a disguise
    """

    right: str
    text: str
    key: str
    own: str
    breaks: frozenset[int]
    inner: str
    script: str
    ambiguous: bool
    goods: frozenset[str] = frozenset()
    siblings: frozenset[str] = frozenset()
    nickname: bool = False

    @property
    def literal(self) -> bool:
        """Whether it is a single letter or hanzi, which is only ever matched as it stands."""
        return len(self.key) < 2


def names_of(mark: Mark) -> list[Name]:
    """The names of a mark, each once; those that cannot be looked for are left out with a warning."""
    spelled = dict.fromkeys(stripped((*mark.names, *mark.aliases)), False)
    called = dict.fromkeys(stripped((*mark.nicknames, *mark.loose_nicknames)), True)
    found: dict[tuple[str, str], tuple[str, Parts, bool]] = {}
    for spelling, nickname in (spelled | {one: True for one in called if one not in spelled}).items():
        if parts := read(mark, spelling):
            found.setdefault((parts.key, parts.inner), (spelling, parts, nickname))
    keys = frozenset(parts.key for _, parts, nickname in found.values() if not nickname and len(parts.key) > 1)
    goods = goods_words(mark)
    return [
        Name(
            mark.right_id,
            spelling,
            *parts,
            ambiguous=is_ambiguous(parts.key, spelling) or (nickname and spelling in mark.loose_nicknames),
            goods=goods,
            siblings=keys - {parts.key},
            nickname=nickname,
        )
        for spelling, parts, nickname in found.values()
    ]


def stripped(spellings: Iterable[str]) -> Iterator[str]:
    """Spellings without white space around; none that is nothing else."""
    return (spelling.strip() for spelling in spellings if spelling.strip())


def read(mark: Mark, spelling: str) -> Parts | None:
    """The parts of one name; None, with a warning, when it is too long or has no letter."""
    if len(spelling) > MAX_NAME:
        log.warning("right %s: a name of %d characters is not looked for", mark.right_id, len(spelling))
        return None
    parts = simple(spelling) or taken_apart(spelling)
    if not parts:
        log.warning("right %s: the name %r has no letter and is not looked for", mark.right_id, spelling)
    return parts


class Parts(NamedTuple):
    """What a spelling gives to its `Name`."""

    key: str
    own: str
    breaks: frozenset[int]
    inner: str
    script: str


def simple(spelling: str) -> Parts | None:
    """The parts of a spelling in plain letters or in plain hanzi, as nearly all are; None for any other."""
    if spelling.isascii() and spelling.isalpha():
        key = spelling.lower()
        breaks = frozenset() if spelling in {key, spelling.upper()} else frozenset(humps(spelling))
        return Parts(key, key, breaks, "", "latin")
    if all(CHARS[char].hanzi == char and CHARS[char].shape == "H" for char in spelling):
        return Parts(spelling, spelling, frozenset(), "", "hanzi")
    return None


def humps(spelling: str) -> Iterator[int]:
    """Where a capital follows a small letter."""
    return (place for place in range(1, len(spelling)) if spelling[place - 1].islower() and spelling[place].isupper())


def taken_apart(spelling: str) -> Parts | None:
    """The parts of any spelling; None when it has no letter."""
    text = fold_title(unicodedata.normalize("NFC", spelling))
    kept = [place for place, cell in enumerate(text.cells) if cell.kind in WORDY]
    if not kept:
        return None
    return Parts(
        key="".join(text.cells[place].text[:1] for place in kept),
        own="".join(text.cells[place].char.lower()[:1] for place in kept),
        breaks=frozenset(i for i, place in enumerate(kept) if i and is_break(text, kept[i - 1], place)),
        inner=inner_sign(text, kept),
        script=script(text, kept),
    )


def is_break(text: Text, before: int, place: int) -> bool:
    """Whether a word begins at a cell: something stands before it, or it is a capital after a small one."""
    return place != before + 1 or (text.cells[before].char.islower() and text.cells[place].char.isupper())


def inner_sign(text: Text, kept: list[int]) -> str:
    """The sign inside a short name without which it would be another word; else empty."""
    if len(kept) > SHORT:
        return ""
    between = text.cells[kept[0] : kept[-1] + 1]
    return "".join(cell.char for cell in between if cell.kind in {Kind.MARK, Kind.EMOJI})[:1]


def script(text: Text, kept: list[int]) -> str:
    """latin, hanzi, or mixed for anything else."""
    cells = [text.cells[place] for place in kept]
    if all(cell.kind in {Kind.LETTER, Kind.DIGIT} and cell.letters for cell in cells):
        return "latin"
    return "hanzi" if all(cell.kind is Kind.HANZI for cell in cells) else "mixed"


def is_ambiguous(key: str, spelling: str) -> bool:
    """Whether a name also means something else."""
    if key.isascii():
        parts = spelling.lower().split()
        return (
            len(key) <= SHORT
            or words.is_english(key)
            or (len(parts) > 1 and all(map(words.is_english, parts)) and len(key) < 10)
        )
    return words.is_chinese(key) or len(key) == 1 or (len(key) == 2 and not FUNCTION_HANZI.isdisjoint(key))
