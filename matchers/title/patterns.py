"""The spellings of a name that are looked for as they are: plain, reversed, in pinyin, in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from matchers.title.hanzi import parts, word_sounds
from matchers.title.letters import LEET
from matchers.title.names import Name
from matchers.title.text import skeleton
from matchers.title.words import is_chinese, is_english

REVERSED_FROM = 4  # letters from which a reversed name is no chance
INITIALS_FROM = 4  # hanzi from which pinyin initials are no chance
MIXED_UP_TO = 6  # hanzi up to which every mixture with pinyin is looked for (2 ** 6 spellings)
INDEXED = {ord(char): skeleton(LEET[char][0] if char in LEET else char) for char in "lv" + "".join(LEET)}
# Pairs of letters that are read as one in most fonts.
TWO_FOR_ONE = {"m": "rn", "w": "vv", "d": "cl", "b": "lo"}


class Pattern(NamedTuple):
    """A spelling of a name.

    text : its letters and hanzi, folded, as they should stand in the title
    code : the evasion that this spelling is; empty for the name itself
    breaks : places in `text` where white space and hyphens are no evasion
    own : for the name itself, its characters as registered (lower case), else `text`
    said : what a reader should be told of the spelling (the part that was changed)
    """

    name: Name
    text: str
    code: str = ""
    breaks: frozenset[int] = frozenset()
    own: str = ""
    said: str = ""


def index_form(text: str) -> str:
    """The form of a spelling under which it is indexed (see `Stream.text`)."""
    return text.translate(INDEXED)


def index_forms(texts: Sequence[str]) -> list[str]:
    """The forms of many spellings; in one go, which takes a tenth of the time."""
    return "\n".join(texts).translate(INDEXED).split("\n") if texts else []


def patterns(name: Name) -> Iterator[Pattern]:
    """All spellings of a name."""
    if name.literal:
        return
    yield Pattern(name, name.key, "", name.breaks, name.own)
    if name.nickname:
        return
    if name.script == "latin":
        yield from latin_patterns(name)
    elif name.script == "hanzi":
        yield from hanzi_patterns(name)


def latin_patterns(name: Name) -> Iterator[Pattern]:
    """Spellings of a name in Latin letters."""
    key = name.key
    if "&" in name.text:
        cut = len("".join(char for char in name.text.split("&")[0] if char.isalnum()))
        yield Pattern(name, key[:cut] + "and" + key[cut:], "", name.breaks | {cut, cut + 3}, "")
    if len(key) >= REVERSED_FROM and key != key[::-1] and not is_english(key[::-1]):
        yield Pattern(name, key[::-1], "reversed", frozenset(len(key) - place for place in name.breaks))
    for place, letter in enumerate(key):
        if letter in TWO_FOR_ONE and len(key) >= REVERSED_FROM and letter != "b":
            text = key[:place] + TWO_FOR_ONE[letter] + key[place + 1 :]
            if not is_english(text):
                yield Pattern(name, text, "two_for_one", frozenset(), "", f"{TWO_FOR_ONE[letter]} = {letter}")


def hanzi_patterns(name: Name) -> Iterator[Pattern]:
    """Spellings of a Chinese name."""
    key = name.key
    if len(key) >= 3 and key != key[::-1]:
        yield Pattern(name, key[::-1], "reversed_hanzi")
    if len(key) >= 3:
        for place in range(len(key) - 1):
            swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
            if swapped not in (key, key[::-1]):
                yield Pattern(name, swapped, "swapped_hanzi", said=key[place : place + 2])
    if len(key) >= 4:
        for place in range(len(key)):
            yield Pattern(name, key[:place] + key[place + 1 :], "missing_hanzi", said=key[place])
    yield from pinyin_patterns(name)
    yield from split_patterns(name)


def spelled(syllable: str) -> tuple[str, ...]:
    """The ways a syllable is typed: ü is typed v, u or yu."""
    if "v" not in syllable:
        return (syllable,)
    return (syllable, syllable.replace("v", "u"), syllable.replace("v", "yu"))


def pinyin_patterns(name: Name) -> Iterator[Pattern]:
    """The name in pinyin: whole, mixed with hanzi, by its initials."""
    syllables = word_sounds(name.key)
    if len(syllables) != len(name.key):
        return
    taken = {key for key in name.siblings if key.isascii()} | {name.key}
    for ways in product(*map(spelled, syllables)):
        text, breaks = join(ways)
        if text not in taken and not is_english(text):
            yield Pattern(name, text, "pinyin", breaks)
    for text in mixtures(name.key, syllables):
        # an initial beside a word is no name
        if len(text) > len(name.key) or not is_chinese("".join([char for char in text if not char.isascii()])):
            yield Pattern(name, text, "pinyin_mixed")
    initials = "".join(syllable[0] for syllable in syllables)
    if len(initials) >= INITIALS_FROM and initials not in taken and not is_english(initials):
        yield Pattern(name, initials, "pinyin_initials")


def join(pieces: tuple[str, ...]) -> tuple[str, frozenset[int]]:
    """The pieces as one text, and where all but the first begin."""
    places, length = set(), 0
    for piece in pieces[:-1]:
        length += len(piece)
        places.add(length)
    return "".join(pieces), frozenset(places)


def mixtures(key: str, syllables: tuple[str, ...]) -> Iterator[str]:
    """The name with some hanzi, not all, replaced by their syllable; in longer names also one by its initial."""
    if len(key) <= MIXED_UP_TO:
        choices = list(product(*zip(key, syllables, strict=True)))  # the first is all hanzi, the last all typed
        yield from map("".join, choices[1:-1])
    if len(key) >= 3:
        for place in range(len(key)):
            yield key[:place] + syllables[place][0] + key[place + 1 :]


def split_patterns(name: Name) -> Iterator[Pattern]:
    """The name with one hanzi written as its parts; composed.py finds those with more."""
    for place, hanzi in enumerate(name.key):
        for way in parts().get(hanzi, ()):
            yield Pattern(name, name.key[:place] + way + name.key[place + 1 :], "split_hanzi", said=f"{way} = {hanzi}")
