"""A folded title, and the streams in which names are looked for.

A stream is the title with what stands between the letters taken out. Each of its positions knows the cells it came
from, so that what was taken out can be judged afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
    """

    title: str
    cells: tuple[Cell, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    noise: tuple[str, ...]

    @cached_property
    def shape(self) -> str:
        """One letter a cell: L letter, D digit, H hanzi, S sign, space, M mark, E emoji."""
        return "".join([SHAPES[cell.kind] for cell in self.cells])

    @cached_property
    def styled(self) -> bool:
        """Whether a letter has the form of a symbol; it may stand beside a letter that has not."""
        return not self.title.isascii() and any(cell.how is How.STYLED for cell in self.cells)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the title of the cells `first` to `last`, both included."""
        return self.starts[first], self.ends[last]

    def surface(self, first: int, last: int) -> str:
        """What the title has from one cell to another, both included."""
        return self.title[self.starts[first] : self.ends[last]]


def fold_title(title: str) -> Text:
    """Fold a title. Never raises; time and memory are bounded by MAX_TITLE."""
    return folded(title[:MAX_TITLE])


@lru_cache(maxsize=256)  # names, slang and brand of a listing are looked for one after another
def folded(title: str) -> Text:
    """Fold a title that is short enough."""
    cells: list[Cell] = []
    starts: list[int] = []
    ends: list[int] = []
    noise: list[str] = []
    for place, char in enumerate(title):
        folded = fold(char)
        for cell in folded:
            cells.append(cell)
            starts.append(place)
            ends.append(place + 1)
            noise.append("")
        if not folded and cells:
            noise[-1] += char
            if is_combining(char):
                ends[-1] = place + 1
    return Text(title, tuple(cells), tuple(starts), tuple(ends), tuple(noise))


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
    yield reduced(text, range(len(text.cells)))
    if any((len(cell.letters) > 1 and not cell.char.isascii()) or cell.char in "69" for cell in text.cells):
        yield reduced(text, range(len(text.cells)), second=True)
    if (
        "M" in shape
        and TOUCHING.search(shape)
        and any(cell.kind is Kind.MARK and (cell.letters or cell.char in "\\/<>()_[]{=-") for cell in text.cells)
    ):
        yield with_signs(text, range(len(text.cells)))
        if set_between := dividers(text):
            yield with_signs(text, [place for place in range(len(text.cells)) if place not in set_between])
    if any(cell.char in TURNED_ONLY for cell in text.cells):
        yield turned(text)
    if WOVEN.search("".join([cell.text[:1] for cell in text.cells])):
        yield unwoven(text)
    if "HSH" in shape:
        yield reduced(text, (place for place, kind in enumerate(shape) if kind != "S"))
    if re.search(r"LH{1,2}L", shape):
        yield reduced(text, (place for place, kind in enumerate(shape) if kind != "H"))


def reduced(text: Text, places: Iterable[int], *, second: bool = False) -> Stream:
    """The stream of the wordy cells among `places`; with `second`, ambiguous look-alikes are read the other way."""
    kept = [place for place in places if text.cells[place].kind in WORDY]
    chars = [reading(text.cells[place], second=second) for place in kept]
    at = tuple(kept)
    return Stream("".join(chars), at, at, tuple([text.cells[place].letters for place in kept]))


def reading(cell: Cell, *, second: bool) -> str:
    """The index form of a cell."""
    if not cell.letters:
        return cell.text[:1]
    ambiguous = second and len(cell.letters) > 1 and (not cell.char.isascii() or cell.char in "69")
    return skeleton(cell.letters[1 if ambiguous else 0])


def unwoven(text: Text) -> Stream:
    """The stream without the letter that is set between all others of a word (NxOxRxVxAxNxE)."""
    written = "".join([cell.text[:1] for cell in text.cells])
    out = {place for match in WOVEN.finditer(written) for place in range(match.start() + 1, match.end(), 2)}
    return reduced(text, [place for place in range(len(text.cells)) if place not in out])


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
