"""Chinese names with hanzi of the same sound or shape, or with a hanzi hidden: 耐克 as 奈克，耐*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matchers.title import scores
from matchers.title.gaps import USUAL, gaps
from matchers.title.hanzi import alike, kin, near, sounds
from matchers.title.names import Name
from matchers.title.register import Register
from matchers.title.rows import Place
from matchers.title.sighting import Sighting, around, isolated
from matchers.title.text import Stream, Text
from matchers.title.words import chinese, stands_alone

MASKS = frozenset("*＊○●◯□■〇✱✲✳⁎∗※#＃_＿")
HIDING = frozenset("某口x")  # ordinary characters used as masks; believed in longer names only
# How far each hanzi may be from the name's, best first.
RANKS = {
    "": 0,
    "masked_hanzi": 1,
    "homophone": 2,
    "lookalike_hanzi": 3,
    "near_homophone": 4,
    "kin_hanzi": 5,
    "replaced_hanzi": 6,
}
RARE = 20  # occurrences as which a replaced name counts as a word: less than nearly any real one


def find(register: Register, text: Text, stream: Stream, places: Iterable[Place]) -> Iterator[Sighting]:
    """The Chinese names that windows of a title's hanzi (`hanzi_stream`) are, with hanzi replaced."""
    for place in places:
        if sighting := compared(register.name(place.name), text, stream, place.start):
            yield sighting


def hanzi_stream(text: Text) -> Stream:
    """The hanzi of a title, and the masks that touch them (as ``*``); other letters are kept as borders."""
    kept = [place for place, kind in enumerate(text.shape) if kind in "HSLD"]
    written = text.hanzi
    if not MASKS.isdisjoint(text.title) and (masks := frozenset(masked(text))):
        kept = sorted([*kept, *masks])
        written = "".join(["*" if place in masks else char for place, char in enumerate(text.hanzi)])
    at = tuple(kept)
    return Stream("".join([written[place] for place in kept]), at, at, ("",) * len(at))


def masked(text: Text) -> Iterator[int]:
    """The masks that touch a hanzi."""
    for place, cell in enumerate(text.cells):
        if cell.char in MASKS and text.shape[place] in "ME" and "H" in text.shape[max(0, place - 1) : place + 2]:
            yield place


def compared(name: Name, text: Text, stream: Stream, start: int) -> Sighting | None:
    """A place of the title beside a name; None when it is too far away or an ordinary word."""
    end = start + len(name.key)
    window = stream.text[start:end]
    if window == name.key or " " in window:
        return None
    codes = [difference(one, two) for one, two in zip(window, name.key, strict=True)]
    signs = len(gaps(text, stream, start, end)) == len(codes) - 1
    score = believed(window, codes, signs=signs)
    first, last = stream.first[start], stream.last[end - 1]
    if not score or not in_one(text, stream, start, end) or not left_whole(window, codes, text, first, last):
        return None
    if window in chinese() or not alone(text, first, last, window, name):
        return None
    order = sorted(set(codes) - {""}, key=lambda code: -RANKS[code])
    told = tuple(
        "、".join(f"{one}={two}" for one, two, code in zip(window, name.key, codes, strict=True) if code == kind)
        for kind in order
    )
    return Sighting(name, tuple(order), score, first, last, told)


def difference(written: str, meant: str) -> str:
    """How a hanzi differs from the name's."""
    if written == meant:
        return ""
    if written == "*" or written in HIDING:
        return "masked_hanzi"
    if not set(sounds(written)).isdisjoint(sounds(meant)):
        return "homophone"
    if alike(written, meant):
        return "lookalike_hanzi"
    if kin(written, meant):
        return "kin_hanzi"
    if not {near(sound) for sound in sounds(written)}.isdisjoint(map(near, sounds(meant))):
        return "near_homophone"
    return "replaced_hanzi"


def believed(window: str, codes: Sequence[str], *, signs: bool) -> float:
    """How likely the differences make the name; 0 when not. signs : something is set between all hanzi."""
    changed = [code for code in codes if code]
    size, worst = len(codes), max(changed, key=RANKS.__getitem__)
    score = scores.CODES[worst]
    if "replaced_hanzi" in changed:
        rare = all(char not in chinese() for char, code in zip(window, codes, strict=True) if code)
        return replaced(size, len(changed), signs=signs, rare=rare)
    if "masked_hanzi" in changed:
        soft = any(char in HIDING for char in window)
        if len(changed) > 1 or (soft and size < 3) or (size == 2 and codes[0]):
            return 0.0
        return score if size >= 3 else score * scores.TWO_HANZI
    if size == 2:
        return score * scores.TWO_HANZI if len(changed) == 1 and worst != "kin_hanzi" else 0.0
    if "kin_hanzi" in changed and len(changed) > 1:
        return 0.0
    return score - (scores.MORE_CHANGED if len(changed) < size else scores.ALL_CHANGED)[min(len(changed), 3)]


def replaced(size: int, changed: int, *, signs: bool, rare: bool) -> float:
    """The score of a name with a hanzi replaced by one that has nothing to do with it. rare : one that is out of use"""
    if changed > 1 or size < 3:
        return 0.0
    if rare:
        return scores.REPLACED_RARE
    if size >= 4:
        return scores.CODES["replaced_hanzi"]
    return scores.REPLACED_THREE if signs else 0.0


def left_whole(window: str, codes: Sequence[str], text: Text, first: int, last: int) -> bool:
    """Whether what is left of the name is no ordinary word by itself, and a mask at an edge touches no other word."""
    kept = "".join(char for char, code in zip(window, codes, strict=True) if not code)
    hidden = {code for code in codes if code} & {"replaced_hanzi", "kin_hanzi", "masked_hanzi"}
    if hidden and len(kept) > 1 and kept in window and kept in chinese():
        return False
    if "masked_hanzi" not in codes or len(codes) > 2:
        return True
    return isolated(text, first, last)


def in_one(text: Text, stream: Stream, start: int, end: int) -> bool:
    """Whether the hanzi of a window stand together, or apart by signs that titles do not use to part words."""
    between = gaps(text, stream, start, end)
    if not between:
        return True
    every = len(between) == end - start - 1
    usual = any(cell.char in USUAL or cell.char.isspace() for gap in between for cell in gap.cells)
    return all(len(gap.cells) <= 2 for gap in between) and (not usual or (every and end - start >= 3))


def alone(text: Text, first: int, last: int, window: str, name: Name) -> bool:
    """Whether the hanzi around leave the window standing as a word that nobody knows."""
    before, behind = around(text, first, last)
    return stands_alone(before, window, behind, occurrences=RARE, strict=len(name.key) == 2)
