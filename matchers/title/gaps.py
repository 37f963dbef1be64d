"""What stands between the letters of a name, and whether it hides the name or merely parts words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from matchers.title.cells import Cell, How, Kind
from matchers.title.text import Stream, Text
from matchers.title.words import is_english

LONG = 8  # letters from which a name cut by a sign is no chance, whatever words its pieces are
SURE = 6  # the same for signs that are not PARTING
PARTING = frozenset("-‐‑–—/.,，。、:：;；&+")  # punctuation that parts words without white space
WIDEST = 4  # cells between two letters of one name; more is another place in the title
# Between the words of a name these are ordinary spelling; between its letters they are not.
JOINERS = frozenset("-‐‑‒–—―'’‘ʼ´`.·•・&＆/_+×,:®™©")
# Punctuation that titles are full of: it parts words far more often than it parts the letters of one.
USUAL = frozenset("-‐‑–—/.,，。、:：;；()（）[]【】《》<>&+'\"’“”!！?？~|_")


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands before position `place` of a match: the cells, or characters that show nothing."""

    place: int
    cells: tuple[Cell, ...]
    noise: str

    @property
    def kind(self) -> str:
        """emoji | filler | kana | space | usual | sign | invisible | combining"""
        kinds = {cell.kind for cell in self.cells}
        if not kinds:
            return "invisible"
        if len(self.cells) == 1 and "\u3040" <= self.cells[0].char <= "\u30ff":
            return "kana"
        if Kind.EMOJI in kinds:
            return "emoji"
        if not kinds.isdisjoint({Kind.HANZI, Kind.SIGN, Kind.LETTER, Kind.DIGIT}):
            return "filler"
        if kinds == {Kind.SPACE}:
            return "space"
        return "usual" if all(cell.char in USUAL or cell.kind is Kind.SPACE for cell in self.cells) else "sign"


def gaps(text: Text, stream: Stream, start: int, end: int) -> list[Gap]:
    """The gaps between the positions of a match; positions that touch have none."""
    found = []
    for place in range(start + 1, end):
        before, after = stream.last[place - 1], stream.first[place]
        if before == after:
            continue
        cells = text.cells[before + 1 : after]
        noise = "".join(text.noise[before:after])
        if cells or noise:
            found.append(Gap(place - start, cells, noise))
    return found


def gap_said(gap: Gap) -> str:
    """What stands in a gap, as text."""
    return "".join(cell.char for cell in gap.cells) or gap.noise


def is_plain(gap: Gap) -> bool:
    """Whether a gap between two words of a name is ordinary spelling."""
    signs = [cell for cell in gap.cells if cell.kind is not Kind.SPACE]
    return len(signs) <= 1 and all(cell.char in JOINERS and cell.how is How.PLAIN for cell in signs) and not gap.noise


def pieces(word: str, cuts: list[Gap]) -> list[str]:
    """The pieces into which the gaps cut a word."""
    places = [0, *(gap.place for gap in cuts), len(word)]
    return [word[one:two] for one, two in pairwise(places)]


def hides(word: str, cuts: list[Gap], fillers: frozenset[str]) -> bool:
    """Whether gaps inside the word are an evasion, and not the border between words of a sentence.

    fillers : the mark's other names, which sellers weave between the letters
    """
    if any(len(gap.cells) > WIDEST for gap in cuts):
        return False
    kinds = {gap.kind for gap in cuts}
    parts = pieces(word, cuts)
    single = sum(len(part) == 1 for part in parts)
    if kinds <= {"invisible"}:
        return True
    if "kana" in kinds:
        return not word.isascii() and len(cuts) == len(word) - 1 and len({gap.cells[0].char for gap in cuts}) == 1
    if "filler" in kinds:
        return woven(cuts, parts, fillers)
    if len(parts) >= 3 and single * 2 >= len(parts):
        return True
    if kinds <= {"emoji", "sign", "invisible"}:
        return len(word) >= 5 or not all(len(part) > 2 and is_english(part) for part in parts)
    spaced = any(cell.kind is Kind.SPACE for gap in cuts for cell in gap.cells)
    wordy = [is_english(part) for part in parts if len(part) > 1]
    if not spaced:
        return (
            len(word) >= (LONG if all(cell.char in PARTING for gap in cuts for cell in gap.cells) else SURE)
            or (len(word) >= 4 and not all(wordy))
            or not word.isascii()
        )
    if not word.isascii():
        return True
    return len(word) >= 5 and not any(wordy) and len(parts) <= 3


def woven(cuts: list[Gap], parts: list[str], fillers: frozenset[str]) -> bool:
    """Whether hanzi between letters are woven in: one and the same everywhere, or another name of the mark."""
    filled = [filling(gap) for gap in cuts if gap.kind == "filler"]
    if len(filled) < 2 or len(filled) != len(cuts):
        return False
    same = len(set(filled)) == 1 and len(filled[0]) == 1
    name = any(len(filler) > 1 and filler.startswith("".join(filled)) for filler in fillers)
    return (same and len(parts) >= 3) or name


def filling(gap: Gap) -> str:
    """The letters and hanzi of a gap, without the name's own signs."""
    return "".join([cell.text for cell in gap.cells if cell.kind is not Kind.MARK])
