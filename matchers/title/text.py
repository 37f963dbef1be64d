"""A folded title, and the streams in which names are looked for.

A stream is the title with what stands between the letters taken out. Each of its positions knows the cells it came
from, so that what was taken out can be judged afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matchers.title.cells import Cell, How, Kind, fold, is_combining
from matchers.title.letters import DRAWING, DRAWN, FLIPPED, TURNED_ONLY

# Code points of a title that are read. The longest title that the five marketplaces take has 60 hanzi (Taobao) to 218
# letters (AliExpress); more is padding or an attack.
MAX_TITLE = 2000
SHAPES = {
    Kind.LETTER: "L",
    Kind.DIGIT: "D",
    Kind.HANZI: "H",
    Kind.SIGN: "S",
    Kind.SPACE: " ",
    Kind.MARK: "M",
    Kind.EMOJI: "E",
}
SKELETON = str.maketrans("lv", "iu")  # l and I, u and V cannot be told apart; digits are taken for letters before
WOVEN = re.compile(r"(?<![a-z])[a-z](?P<filler>[a-z])(?:[a-z](?P=filler)){2,}[a-z](?![a-z])")
# A letter or sign beside the other, emoji between them or not; and a row in which one sign stands at every other place.
TOUCHING = re.compile(r"[LD]E*M|ME*[LD]")
ROW = re.compile(r"\S(?P<sign>[^\w\s])\S(?P=sign)(?:\S(?P=sign))+\S")
WORDY = frozenset({Kind.LETTER, Kind.DIGIT, Kind.HANZI, Kind.SIGN})
WORDY_SHAPES = frozenset("LDHS")


def skeleton(letter: str) -> str:
    """The form of a letter under which names are indexed."""
    return letter.translate(SKELETON)


@dataclass(frozen=True)
class Text:
    """A folded title.

    title : as it was, cut at MAX_TITLE
    cells : what its characters stand for, in order
    starts : offset of each cell's character
    ends : offset behind each cell's character and the combining characters drawn over it
    noise : the characters without a cell that follow each cell
    shape : one letter a cell: L letter, D digit, H hanzi, S sign, space, M mark, E emoji
    plain : the index form of each cell (see `Stream.text`)
    letters : what each cell is first read as
    hanzi : each hanzi, x for the letter (which may hide one), white space for anything else
    traits : those of its cells (`Trait`)
    """

    title: str
    cells: tuple[Cell, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    noise: Sequence[str]
    shape: str
    plain: str
    letters: str
    hanzi: str
    traits: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the title of the cells `first` to `last`, both included."""
        return self.starts[first], self.ends[last]

    def surface(self, first: int, last: int) -> str:
        """What the title has from one cell to another, both included."""
        return self.title[self.starts[first] : self.ends[last]]


class Trait:
    """What gives reason to read a title in another way too; one letter each."""

    TWOFOLD = "2"  # a look-alike of two letters
    DRAWN = "d"  # a sign that looks like a letter, or like a part of one
    TURNED = "t"  # a letter upside down
    STYLED = "s"  # a letter in the form of a symbol; it may stand beside a letter that has not


@dataclass(frozen=True, slots=True)
class Char:
    """What a character gives to a title; see `Text`."""

    cells: tuple[Cell, ...]
    shape: str
    plain: str
    letters: str
    hanzi: str
    traits: str


class Chars(dict[str, Char]):
    """Characters, each looked at when it is first met."""

    def __missing__(self, char: str) -> Char:
        cells = fold(char)
        self[char] = found = Char(
            cells,
            "".join(SHAPES[cell.kind] for cell in cells),
            "".join(reading(cell, second=False) for cell in cells),
            "".join(cell.letters[:1] or cell.text[:1] for cell in cells),
            "".join(cell.text[:1] if cell.kind is Kind.HANZI else "x" if cell.text == "x" else " " for cell in cells),
            "".join(traits_of(cell) for cell in cells),
        )
        return found


CHARS = Chars()
SIGNS_IN_LETTERS = frozenset("\\/<>()_[]{=-")  # signs of which letters are drawn; see letters.DRAWN


def traits_of(cell: Cell) -> str:
    """The traits that a cell gives its title."""
    drawn = cell.kind is Kind.MARK and (cell.letters or cell.char in SIGNS_IN_LETTERS)
    return (
        Trait.TWOFOLD * is_twofold(cell)
        + Trait.DRAWN * bool(drawn)
        + Trait.TURNED * (cell.char in TURNED_ONLY)
        + Trait.STYLED * (cell.how is How.STYLED)
    )


def is_twofold(cell: Cell) -> bool:
    """Whether a cell may well be either of two letters."""
    return (len(cell.letters) > 1 and not cell.char.isascii()) or cell.char in "69"


def fold_title(title: str) -> Text:
    """Fold a title. Never raises; time and memory are bounded by MAX_TITLE."""
    return folded(title[:MAX_TITLE])


@lru_cache(maxsize=1 << 10)  # names, slang and brand of a listing are looked for one after another
def folded(title: str) -> Text:
    """Fold a title that is short enough."""
    chars = [CHARS[char] for char in title]
    cells = tuple([cell for char in chars for cell in char.cells])
    forms = (
        "".join([char.shape for char in chars]),
        "".join([char.plain for char in chars]),
        "".join([char.letters for char in chars]),
        "".join([char.hanzi for char in chars]),
        "".join([char.traits for char in chars]),
    )
    if len(cells) == len(title) and () not in [char.cells for char in chars]:
        size = len(title)
        return Text(title, cells, range(size), range(1, size + 1), ("",) * size, *forms)
    return Text(title, cells, *places(title, chars), *forms)


def places(title: str, chars: Sequence[Char]) -> tuple[list[int], list[int], list[str]]:
    """`starts`, `ends` and `noise` of a title's cells."""
    starts: list[int] = []
    ends: list[int] = []
    noise: list[str] = []
    for place, char in enumerate(chars):
        for _ in char.cells:
            starts.append(place)
            ends.append(place + 1)
            noise.append("")
        if not char.cells and starts:
            noise[-1] += title[place]
            if is_combining(title[place]):
                ends[-1] = place + 1
    return starts, ends, noise


@dataclass(frozen=True, slots=True)
class Stream:
    """A title reduced to what names are made of.

    text : one character a position, in the form names are indexed under
    first, last : the cells each position stands for
    letters : the Latin letters each position may be read as; empty for hanzi and foreign letters
    """

    text: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    letters: tuple[str, ...]


def streams(text: Text) -> Iterator[Stream]:
    """The streams of a title: always the plain one, others where the title gives reason to."""
    shape = text.shape
    yield reduced(text, WORDY_SHAPES)
    if Trait.TWOFOLD in text.traits:
        yield second_reading(text)
    if Trait.DRAWN in text.traits and TOUCHING.search(shape):
        yield with_signs(text, range(len(text.cells)))
        if set_between := dividers(text):
            yield with_signs(text, [place for place in range(len(text.cells)) if place not in set_between])
    if Trait.TURNED in text.traits:
        yield turned(text)
    if "LLLLLL" in shape and WOVEN.search(written := "".join([cell.text[:1] for cell in text.cells])):
        yield unwoven(text, written)
    if "HSH" in shape:
        yield reduced(text, WORDY_SHAPES - {"S"})
    if re.search(r"LH{1,2}L", shape):
        yield reduced(text, WORDY_SHAPES - {"H"})


def reduced(text: Text, kinds: frozenset[str]) -> Stream:
    """The stream of the cells of some kinds (as in `Text.shape`)."""
    kept = tuple([place for place, kind in enumerate(text.shape) if kind in kinds])
    return Stream(
        "".join([text.plain[place] for place in kept]), kept, kept, tuple([text.cells[place].letters for place in kept])
    )


def second_reading(text: Text) -> Stream:
    """The stream in which look-alikes of two letters are read the other way."""
    kept = tuple([place for place, kind in enumerate(text.shape) if kind in WORDY_SHAPES])
    chars = [reading(text.cells[place], second=True) for place in kept]
    return Stream("".join(chars), kept, kept, tuple([text.cells[place].letters for place in kept]))


def reading(cell: Cell, *, second: bool) -> str:
    """The index form of a cell."""
    if not cell.letters:
        return cell.text[:1]
    return skeleton(cell.letters[1 if second and len(cell.letters) > 1 and is_twofold(cell) else 0])


def unwoven(text: Text, written: str) -> Stream:
    """The stream without the letter that is set between all others of a word (NxOxRxVxAxNxE)."""
    out = {place for match in WOVEN.finditer(written) for place in range(match.start() + 1, match.end(), 2)}
    kept = tuple([place for place, kind in enumerate(text.shape) if kind in WORDY_SHAPES and place not in out])
    chars = [text.plain[place] for place in kept]
    return Stream("".join(chars), kept, kept, tuple([text.cells[place].letters for place in kept]))


def turned(text: Text) -> Stream:
    """The stream in which every letter is read upside down; its words then stand reversed."""
    kept = tuple([place for place, cell in enumerate(text.cells) if cell.kind in WORDY])
    readings = tuple([FLIPPED.get(text.cells[place].char, text.cells[place].letters) for place in kept])
    chars = [skeleton(letters[0]) if letters else " " for letters in readings]
    return Stream("".join(chars), kept, kept, readings)


def dividers(text: Text) -> frozenset[int]:
    """The places of a sign or emoji set between all letters of a row, which is then no letter (n+0+r+v+4+n+3)."""
    found: set[int] = set()
    for match in ROW.finditer("".join([cell.char[:1] for cell in text.cells])):
        start, sign = match.start(), match["sign"]
        found.update(start + offset for offset, char in enumerate(match[0]) if char == sign)
    return frozenset(found)


def with_signs(text: Text, places: Sequence[int]) -> Stream:
    """The stream in which signs that look like letters are read as letters ($, @, |, \\/ ...)."""
    written = "".join([text.cells[place].char[:1] for place in places])
    drawn = {match.start(): match for match in DRAWING.finditer(written)}
    chars, first, last, letters, at = [], [], [], [], 0
    while at < len(places):
        cell, match = text.cells[places[at]], drawn.get(at)
        width = len(match[0]) if match else 1
        readings = DRAWN[match[0]] if match else cell.letters
        if match or cell.kind in WORDY or cell.letters:
            chars.append(skeleton(readings[0]) if readings else cell.text[:1])
            first.append(places[at])
            last.append(places[at + width - 1])
            letters.append(readings)
        at += width
    return Stream("".join(chars), tuple(first), tuple(last), tuple(letters))
