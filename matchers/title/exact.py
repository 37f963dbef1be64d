"""Finds the spellings of patterns.py in a title, in any dress: look-alike letters, styles, things set between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from matchers.data import lines
from matchers.title import scores, words
from matchers.title.cells import Cell, How, Kind, is_combining
from matchers.title.gaps import USUAL, Gap, gap_said, gaps, hides, is_plain, pieces
from matchers.title.names import SHORT
from matchers.title.patterns import Pattern
from matchers.title.register import Register
from matchers.title.rows import Place
from matchers.title.sighting import Sighting, around, isolated
from matchers.title.text import Stream, Text
from matchers.title.torn import torn
from matchers.title.words import is_english, stands_alone

HOW_CODES = {
    How.TRADITIONAL: "traditional",
    How.ACCENT: "accent",
    How.FULLWIDTH: "fullwidth",
    How.STYLED: "styled",
    How.LOOKALIKE: "lookalike",
    How.FLIPPED: "flipped",
    How.LEET: "leet",
}
GAP_CODES = {
    "emoji": "emoji", "filler": "woven", "space": "spaced", "usual": "separated", "sign": "separated",
    "invisible": "invisible", "kana": "separated",
}  # fmt: skip
WEAK_HANZI = frozenset({"reversed_hanzi", "missing_hanzi", "swapped_hanzi"})
SHORT_PINYIN = 5  # letters up to which full pinyin is shared by many words
LEET_FROM = 4  # letters from which digits may stand for letters; S7, 5G and the like are models
LETTERS_LEFT = 0.4  # share of a leet spelling that must be letters: 9300 is a number
APART_FROM = 7  # letters from which a one-word name written as two ordinary words is still the name
BESIDE_DIGITS_FROM = 4  # letters from which digits may touch a name (NAME2024); MLV320 and LV21 are models


@cache
def spelt_with_accents() -> frozenset[str]:
    """Words properly written with accents."""
    return frozenset(line for line in lines("accented.txt") if not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit that holds: where, under which evasions (code to what was written).

    apart : merely cut in two words
    parted : a very short name with a usual sign between its letters
    """

    pattern: Pattern
    first: int
    last: int
    codes: Mapping[str, str]
    apart: bool
    parted: bool = False


def find(register: Register, text: Text, stream: Stream, places: Iterable[Place]) -> Iterator[Sighting]:
    """The spellings of names that windows of a stream are."""
    for place in places:
        end = place.start + place.length
        for pattern in register.spellings(place.name).get(stream.text[place.start : end], ()):
            if sighting := verify(pattern, text, stream, place.start, end):
                yield sighting


def verify(pattern: Pattern, text: Text, stream: Stream, start: int, end: int) -> Sighting | None:
    """A hit of the index as a sighting; None when it is another word."""
    first, last = stream.first[start], stream.last[end - 1]
    dress = dressed(pattern, text, stream, start, end)
    if dress is None or not whole(pattern, text, first, last, dress):
        return None
    found = gaps(text, stream, start, end)
    if pattern.name.inner and not any(cell.char == pattern.name.inner for gap in found for cell in gap.cells):
        return None
    inside = [gap for gap in found if gap.place not in pattern.breaks or not is_plain(gap)]
    parted = False
    apart = is_apart(pattern, inside, dress)
    if inside and not apart:
        evasion = is_evasion(pattern, inside)
        parted = not evasion and is_parted(pattern, text, first, last, inside)
        if not (parted or evasion) or torn(text, stream, start, end, inside):
            return None
        dress |= {gap_code(gap): gap_said(gap) for gap in inside}
    codes = {pattern.code: pattern.said} | dress if pattern.code else dress
    return graded(Seen(pattern, first, last, codes, apart, parted), text)


def is_evasion(pattern: Pattern, inside: list[Gap]) -> bool:
    """Whether what stands inside a hit hides the name."""
    return all(bordered(gap, pattern) for gap in inside) or hides(pattern.text, inside, pattern.name.siblings)


def is_parted(pattern: Pattern, text: Text, first: int, last: int, inside: list[Gap]) -> bool:
    """Whether a very short name stands in capitals with one usual sign between its letters: N.V, N/V, N-V."""
    return (
        len(pattern.text) <= SHORT
        and text.surface(first, last).isupper()
        and [len(gap.cells) for gap in inside] == [1] * (len(pattern.text) - 1)
        and all(gap.cells[0].char in USUAL and not gap.noise for gap in inside)
    )


def parted_score(text: Text, first: int, last: int) -> float:
    """How likely a parted short name is the mark: a hyphen is also that of a range or a model."""
    return scores.SHORT_HYPHENED if "-" in text.surface(first, last) else scores.SHORT_PARTED


def dressed(pattern: Pattern, text: Text, stream: Stream, start: int, end: int) -> dict[str, str] | None:
    """How the letters of a hit differ from the pattern's: code to what was written; None when it is another word."""
    found: dict[str, str] = {}
    own = pattern.own or pattern.text
    solid = 0
    for offset, letter in enumerate(pattern.text):
        place = start + offset
        cell, single = text.cells[stream.first[place]], stream.first[place] == stream.last[place]
        if single and (
            cell.char.lower() == own[offset]
            or (cell.text == letter and cell.how is How.PLAIN and cell.kind < Kind.MARK)
        ):
            solid += cell.kind is not Kind.DIGIT
            continue
        code = strange(letter, stream.letters[place], cell, single)
        if not code or (code == "leet" and pattern.code.startswith("pinyin_")):
            return None
        if code == "lookalike" and cell.char.isascii() and len(pattern.text) < LEET_FROM:
            return None
        solid += code != "leet"
        written = text.surface(stream.first[place], stream.last[place])
        found[code] = found.get(code, "") + written
    if (
        set(found) == {"lookalike"}
        and text.surface(stream.first[start], stream.last[end - 1]).isascii()
        and is_english(text.surface(stream.first[start], stream.last[end - 1]).lower())
    ):
        return None
    if "leet" in found and (len(pattern.text) < LEET_FROM or solid < LETTERS_LEFT * len(pattern.text)):
        return None
    if "accent" in found and is_spelt_so(text, stream, start, end):
        del found["accent"]
    if drawn_over := combined(text, stream, start, end):
        found["combining"] = drawn_over
    return found


def strange(letter: str, readings: str, cell: Cell, single: bool) -> str:
    """The code for a character that stands for `letter`; empty when it cannot."""
    if not single or cell.kind in {Kind.MARK, Kind.DIGIT}:
        return "leet" if letter in readings else ""
    if cell.text == letter:
        return HOW_CODES.get(cell.how, "")
    if letter not in readings:
        return ""
    return "lookalike" if letter in cell.letters else "flipped"


def is_spelt_so(text: Text, stream: Stream, start: int, end: int) -> bool:
    """Whether the accents of a hit are those of a word that is properly written with them."""
    surface = unicodedata.normalize("NFC", text.surface(stream.first[start], stream.last[end - 1])).lower()
    return any(word in spelt_with_accents() for word in surface.replace("’", "'").replace("-", " ").split())


def combined(text: Text, stream: Stream, start: int, end: int) -> str:
    """The combining characters drawn over the letters of a hit, unless they are a word's own accents."""
    over = "".join(char for place in range(start, end) for char in text.noise[stream.last[place]] if is_combining(char))
    return "" if not over or is_spelt_so(text, stream, start, end) else over


def whole(pattern: Pattern, text: Text, first: int, last: int, dress: Mapping[str, str]) -> bool:
    """Whether a hit begins and ends where words do."""
    numbers = len(pattern.text) >= BESIDE_DIGITS_FROM and "leet" not in dress and not pattern.code
    left = text.cells[first - 1] if first else None
    right = text.cells[last + 1] if last + 1 < len(text.cells) else None
    for cell, neighbour in ((text.cells[first], left), (text.cells[last], right)):
        if neighbour is None or cell.kind is Kind.HANZI or (cell.how is How.STYLED and neighbour.how is not How.STYLED):
            continue
        if neighbour.kind is Kind.LETTER or (
            neighbour.kind is Kind.DIGIT and not (numbers and cell.kind is Kind.LETTER)
        ):
            return False
    return True


def bordered(gap: Gap, pattern: Pattern) -> bool:
    """Whether a gap stands between words of the name, and only its characters are strange."""
    if gap.place not in pattern.breaks:
        return False
    return (gap.noise != "" and is_plain(replace(gap, noise=""))) or all(
        cell.kind is not Kind.SPACE for cell in gap.cells
    )


def is_apart(pattern: Pattern, inside: list[Gap], dress: Mapping[str, str]) -> bool:
    """Whether a long one-word name is merely written as the two ordinary words it is made of."""
    if len(inside) != 1 or dress or pattern.code or len(pattern.text) < APART_FROM:
        return False
    joined = all(cell.kind is Kind.SPACE or cell.char == "-" for cell in inside[0].cells) and not inside[0].noise
    return joined and all(map(is_english, pieces(pattern.text, inside)))


def gap_code(gap: Gap) -> str:
    """The evasion that a gap is."""
    if gap.kind == "invisible" and all(is_combining(char) for char in gap.noise):
        return "combining"
    return GAP_CODES[gap.kind]


def graded(seen: Seen, text: Text) -> Sighting | None:
    """A hit with its score; None when the likeliest reading of the hanzi around is another."""
    pattern, codes = seen.pattern, seen.codes
    touches = Kind.HANZI in {text.cells[seen.first].kind, text.cells[seen.last].kind}
    if touches and not readable(pattern, text, seen.first, seen.last):
        return None
    order = tuple(sorted(codes, key=lambda code: (code != pattern.code, -scores.CODES[code])))
    said = tuple(codes[code] for code in order)
    return Sighting(pattern.name, order, score(seen, order, text), seen.first, seen.last, said, seen.apart)


def score(seen: Seen, order: tuple[str, ...], text: Text) -> float:
    """How likely a hit names the mark: by its strongest evasion, or its pattern's."""
    if not order:
        return scores.PLAIN_APART if seen.apart else scores.NICKNAME if seen.pattern.name.nickname else scores.PLAIN
    if seen.pattern.code == "pinyin" and len(seen.pattern.text) <= SHORT_PINYIN:
        if "lookalike" in order and text.surface(seen.first, seen.last).isascii():
            return scores.TWIN_PINYIN
        capital = has_inner_capitals(text.surface(seen.first, seen.last), seen.pattern)
        return scores.CAPITAL_PINYIN if capital else scores.SHORT_PINYIN
    if order == ("separated",) and seen.parted:
        return parted_score(text, seen.first, seen.last)
    return scores.CODES[order[0]]


def has_inner_capitals(surface: str, pattern: Pattern) -> bool:
    """Whether each syllable begins with a capital and nothing else has one: so names are written, words are not."""
    capitals = {place for place, char in enumerate(surface) if char.isupper()}
    return len(surface) == len(pattern.text) and bool(pattern.breaks) and capitals == {0, *pattern.breaks}


def readable(pattern: Pattern, text: Text, first: int, last: int) -> bool:
    """Whether the hanzi around leave the hit standing as a word of its own."""
    if isolated(text, first, last) and not pattern.code:
        return True
    if pattern.code in WEAK_HANZI and pattern.text in words.chinese():
        return False
    before, behind = around(text, first, last)
    return stands_alone(before, pattern.text, behind, strict=pattern.code in WEAK_HANZI and len(pattern.text) < 3)
