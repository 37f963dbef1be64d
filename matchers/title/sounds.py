"""Chinese names with hanzi of the same sound or shape, or with a hanzi hidden: 耐克 as 奈克，耐*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from matchers.title import rows, scores
from matchers.title.cells import STROKES, How
from matchers.title.doubt import Likeness, Place, compare, probability, resemblance, standing, weighed
from matchers.title.gaps import USUAL, Gap, gaps
from matchers.title.names import Name
from matchers.title.register import Register
from matchers.title.sighting import Sighting, around, isolated
from matchers.title.text import Stream, Text
from matchers.title.words import chinese, other_brands, stands_alone

MASKS = frozenset("*＊○●◯□■〇✱✲✳⁎∗※#＃_＿")
PARTING_MASK = re.compile(r"[^ *]\*[^ *]")
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
FAR = frozenset({"replaced_hanzi", "kin_hanzi"})
RARE = 20  # occurrences as which a replaced name counts as a word: less than nearly any real one


def find(register: Register, text: Text, stream: Stream, places: Iterable[rows.Place]) -> Iterator[Sighting]:
    """The Chinese names that windows of a title's hanzi (`hanzi_streams`) are, with hanzi replaced."""
    for (start, length), some in groupby(places, key=lambda place: (place.start, place.length)):
        window = Window(text, stream, start, start + length)
        if window.askable:
            for place in some:
                if sighting := compared(register, place.name, window):
                    yield sighting


@dataclass
class Window:
    """A row of hanzi of a title, whichever names it may be. start, end : of the stream"""

    text: Text
    stream: Stream
    start: int
    end: int

    @cached_property
    def hanzi(self) -> str:
        """Its hanzi."""
        return self.stream.text[self.start : self.end]

    @property
    def cells(self) -> tuple[int, int]:
        """The first and the last of its cells."""
        return self.stream.first[self.start], self.stream.last[self.end - 1]

    @property
    def askable(self) -> bool:
        """Whether it can be a name in disguise: hanzi that stand together, and are no other maker's name."""
        return " " not in self.hanzi and self.hanzi not in other_brands() and self.is_one

    @cached_property
    def gaps(self) -> list[Gap]:
        """What stands between its hanzi."""
        return gaps(self.text, self.stream, self.start, self.end)

    @cached_property
    def is_one(self) -> bool:
        """Whether its hanzi stand together, or apart by signs that titles do not use to part words."""
        if not self.gaps:
            return True
        every = len(self.gaps) == self.end - self.start - 1
        usual = any(cell.char in USUAL or cell.char.isspace() for gap in self.gaps for cell in gap.cells)
        return all(len(gap.cells) <= 2 for gap in self.gaps) and (not usual or (every and self.end - self.start >= 3))

    @cached_property
    def place(self) -> Place:
        """What it has around and between it."""
        return place_of(self)

    @cached_property
    def standing(self) -> dict[str, float]:
        """What speaks for and against it as any name in disguise."""
        return standing(self.hanzi, self.place)

    @cached_property
    def odds(self) -> float:
        """What that adds to the log odds."""
        return weighed(self.standing)


def hanzi_streams(text: Text) -> Iterator[Stream]:
    """The hanzi of a title; once more without the masks where they stand between hanzi, as mere signs."""
    if MASKS.isdisjoint(text.title):
        yield hanzi_stream(text)
        return
    stream = hanzi_stream(text, masks=True)
    yield stream
    if PARTING_MASK.search(stream.text):
        yield hanzi_stream(text)


def hanzi_stream(text: Text, *, masks: bool = False, strokes: bool = False) -> Stream:
    """The hanzi of a title; other letters are kept as borders.

    masks : with the masks that touch them, as ``*``
    strokes : with the single strokes, which are parts of hanzi when they are no ornaments
    """
    hidden = frozenset(masked_places(text)) if masks else frozenset()
    drawn = (
        frozenset(place for place, cell in enumerate(text.cells) if cell.char in STROKES) if strokes else frozenset()
    )
    at = tuple([place for place, kind in enumerate(text.shape) if kind in "HSLD" or place in hidden or place in drawn])
    if not hidden and not drawn:
        return Stream("".join([text.hanzi[place] for place in at]), at, at, ("",) * len(at))
    chars = [
        "*" if place in hidden else text.cells[place].char if place in drawn else text.hanzi[place] for place in at
    ]
    return Stream("".join(chars), at, at, ("",) * len(at))


def masked_places(text: Text) -> Iterator[int]:
    """The masks that touch a hanzi."""
    for place, cell in enumerate(text.cells):
        if cell.char in MASKS and text.shape[place] in "ME" and "H" in text.shape[max(0, place - 1) : place + 2]:
            yield place


def compared(register: Register, number: int, window: Window) -> Sighting | None:
    """A window beside a name; None when it is too far away or an ordinary word."""
    hanzi, key = window.hanzi, register.form(number)
    if hanzi == key or len(hanzi) != len(key):
        return None
    if not HIDING.isdisjoint(hanzi) or "*" in hanzi:
        return masked(register, number, window)
    if not (alike := resembling(window, key)):
        return None
    score = probability(window.odds + weighed(resemblance(hanzi, alike)))
    if score < scores.DOUBTED:
        return None
    return sighted(register.name(number), window, [one.code for one in alike], score)


def resembling(window: Window, key: str) -> list[Likeness]:
    """How a window's hanzi resemble a name's; none when it is not worth to weigh."""
    alike = [compare(one, two) for one, two in zip(window.hanzi, key, strict=True)]
    if not near_enough(alike):
        return []
    if (window.hanzi in chinese() and window.place.signs < 2) or is_other_name(window.hanzi, alike, window.place):
        return []
    return alike


def near_enough(alike: Sequence[Likeness]) -> bool:
    """Whether hanzi resemble a name's so much that it is worth to look closer."""
    others = [one.code for one in alike if one.code in FAR]
    return not others or (len(others) == 1 and (len(alike) >= 3 or others == ["kin_hanzi"]))


def is_other_name(window: str, alike: Sequence[Likeness], place: Place) -> bool:
    """Whether one of three hanzi is quite another, and in use: many brands differ so (珀莱雅 from 欧莱雅)."""
    others = [char for char, one in zip(window, alike, strict=True) if one.code == "replaced_hanzi"]
    return len(window) == 3 and not (place.signs or place.spaced) and any(char in chinese() for char in others)


def place_of(window: Window) -> Place:
    """What a row of hanzi has around and between it."""
    text, (first, last) = window.text, window.cells
    strange = sum(gap.kind not in {"space", "usual"} for gap in window.gaps)
    before, behind = around(text, first, last)
    shape = text.shape
    beside = [first == 0 or shape[first - 1] not in "LDHS", last + 1 == len(shape) or shape[last + 1] not in "LDHS"]
    inside = sum(text.cells[place].how is How.TRADITIONAL for place in window.stream.first[window.start : window.end])
    outside = inside and sum(cell.how is How.TRADITIONAL for cell in text.cells) - inside
    return Place(
        before=before,
        behind=behind,
        open=sum(beside),
        first=first == 0,
        signs=signs_of(window.gaps, window.end - window.start - 1),
        spaced=len(window.gaps) > strange,
        old=0 if outside else inside,
        torn=sum(goes_on(text, window.stream, border) for border in (window.start, window.end)) if strange else 0,
    )


def signs_of(between: Sequence[Gap], places: int) -> int:
    """How much the signs between hanzi hide (`Place.signs`); one visible sign may also part two phrases (襪☆大)."""
    strange = [gap for gap in between if gap.kind not in {"space", "usual"}]
    every = len(strange) == places and (places > 1 or strange[0].kind in {"invisible", "emoji"})
    return 2 if every else 1 if strange else 0


def goes_on(text: Text, stream: Stream, border: int) -> bool:
    """Whether strange signs stand at a border of the stream, and hanzi on both sides of them."""
    if not 0 < border < len(stream.text) or " " in stream.text[border - 1 : border + 1]:
        return False
    beyond = gaps(text, stream, border - 1, border + 1)
    return bool(beyond) and beyond[0].kind not in {"space", "usual"} and len(beyond[0].cells) <= 2


def masked(register: Register, number: int, window: Window) -> Sighting | None:
    """A window beside a name, with a sign that hides a hanzi."""
    hanzi, (first, last) = window.hanzi, window.cells
    codes = [difference(one, two) for one, two in zip(hanzi, register.form(number), strict=True)]
    score = believed(hanzi, codes)
    if not score or not left_whole(hanzi, codes, window.text, first, last):
        return None
    if hanzi in chinese() or not alone(window.text, first, last, hanzi):
        return None
    return sighted(register.name(number), window, codes, score)


def sighted(name: Name, window: Window, codes: Sequence[str], score: float) -> Sighting:
    """A window as a disguise of the name, with what is written for what."""
    order = sorted(set(codes) - {""}, key=lambda code: -RANKS[code])
    told = tuple(
        "、".join(f"{one}={two}" for one, two, code in zip(window.hanzi, name.key, codes, strict=True) if code == kind)
        for kind in order
    )
    return Sighting(name, tuple(order), score, *window.cells, told)


def difference(written: str, meant: str) -> str:
    """How a hanzi differs from the name's."""
    if written != meant and (written == "*" or written in HIDING):
        return "masked_hanzi"
    return compare(written, meant).code


def believed(window: str, codes: Sequence[str]) -> float:
    """How likely a name is meant that has a hanzi hidden; 0 when it is not."""
    size, changed = len(codes), [code for code in codes if code]
    soft = any(char in HIDING for char in window)
    if changed != ["masked_hanzi"] or (soft and size < 3) or (size == 2 and codes[0]):
        return 0.0
    return scores.CODES["masked_hanzi"] * (1.0 if size >= 3 else scores.TWO_HANZI)


def left_whole(window: str, codes: Sequence[str], text: Text, first: int, last: int) -> bool:
    """Whether what is left of the name is no ordinary word by itself, and a mask touches no other word."""
    kept = "".join(char for char, code in zip(window, codes, strict=True) if not code)
    if len(kept) > 1 and kept in window and kept in chinese():
        return False
    return len(codes) > 2 or isolated(text, first, last)


def alone(text: Text, first: int, last: int, hanzi: str) -> bool:
    """Whether the hanzi around leave a window standing as a word that nobody knows."""
    before, behind = around(text, first, last)
    return stands_alone(before, hanzi, behind, occurrences=RARE, strict=len(hanzi) == 2)
