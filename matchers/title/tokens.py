"""The runs of Latin letters of a title, and the windows of neighbouring runs in which a misspelt name is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchers.title.gaps import JOINERS
from matchers.title.letters import LEET
from matchers.title.text import Text, skeleton

# Signs set in the place of a letter. Hanzi and X are too usual beside letters to be taken for one.
MASKS = frozenset("*＊_#＃○●◯□■△▲※✱✲✳⁎∗?？¤◆◇")
MOST_WORDS = 4  # words of the longest name that is looked for misspelt
RUN = re.compile(r"[LDME]*[LD][LDME]*")
LETTERS = re.compile(r"[LD]+")
HIDING = re.compile(r"[^a-wyz0-9]")  # what may stand for a hidden letter
STARRED = 7  # cells from which a row of letters and masks by turns is read as letters
WIDEST = 4  # cells from one letter of a row to the next: a sign, the name's own hyphen, the sign again
SINGLES_FROM = 3  # single letters in a row from which they are read as one spaced-out word


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, with masks inside it as ``*``.

    text : in index form
    first, last : its cells
    letters : as read, not in index form
    spaced : put together from single letters with signs, emoji or white space between
    """

    text: str
    letters: str
    first: int
    last: int
    spaced: bool = False

    @property
    def masked(self) -> bool:
        """Whether a letter is hidden in it."""
        return "*" in self.text


def tokens(text: Text) -> list[Token]:
    """The runs of Latin letters and digits of a title, spaced-out ones put together."""
    found: list[Token] = []
    if MASKS.isdisjoint(text.title):
        found = [token(text, match.start(), match.end()) for match in LETTERS.finditer(text.shape)]
    else:
        for match in RUN.finditer(text.shape):
            found += runs(text, match.start(), match.end())
    return together(text, found) if any(len(one.text) == 1 for one in found) else found


def is_starred(text: Text, start: int, stop: int) -> bool:
    """Whether a mask stands at every other place: then it parts the letters and hides none (N*R*V*N*E)."""
    marks = [text.shape[place] not in "LD" for place in range(start, stop)]
    return stop - start >= STARRED and marks == [bool(place % 2) for place in range(stop - start)]


def runs(text: Text, start: int, end: int) -> Iterator[Token]:
    """The runs between two cells; signs that are no masks end a run."""
    place = start
    while place < end:
        stop = place
        while stop < end and (text.shape[stop] in "LD" or text.cells[stop].char in MASKS):
            stop += 1
        if is_starred(text, place, stop):
            yield from (token(text, letter, letter + 1) for letter in range(place, stop, 2))
        elif any(kind in "LD" for kind in text.shape[place:stop]):
            yield token(text, place, stop)
        place = max(stop, place + 1)


def token(text: Text, start: int, stop: int) -> Token:
    """The cells as one token."""
    letters = text.letters[start:stop]
    hidden = [place for place in range(start, stop) if hides_letter(text, place)] if HIDING.search(letters) else ()
    if not hidden:
        return Token(text.plain[start:stop], letters, start, stop - 1)
    letters = "".join(["*" if place in hidden else char for place, char in enumerate(letters, start)])
    return Token("".join(map(skeleton, letters)), letters, start, stop - 1)


def hides_letter(text: Text, place: int) -> bool:
    """Whether a cell stands for a hidden letter: a mask, or a small x between capitals (NORVxNE)."""
    if text.cells[place].char in MASKS:
        return True
    beside = [text.cells[near].char for near in (place - 1, place + 1) if 0 <= near < len(text.cells)]
    return text.cells[place].char == "x" and len(beside) == 2 and all(char.isupper() for char in beside)


def together(text: Text, found: list[Token]) -> list[Token]:
    """Single letters in a row as one token each."""
    result: list[Token] = []
    row: list[Token] = []
    for one in [*found, None]:
        if one and len(one.text) == 1 and (not row or in_row(text, row[-1], one)):
            row.append(one)
            continue
        result += [joined(row)] if len(row) >= SINGLES_FROM and has_letters(text, row) else row
        row = [one] if one and len(one.text) == 1 else []
        result += [one] if one and not row else []
    return result


def in_row(text: Text, one: Token, two: Token) -> bool:
    """Whether a single letter goes on with a row: one or two cells on, or the name's own sign between two others."""
    if two.first - one.last == WIDEST:
        left, _, right = text.cells[one.last + 1 : two.first]
        return left.char == right.char and not left.char.isspace()
    return 2 <= two.first - one.last < WIDEST


def has_letters(text: Text, row: list[Token]) -> bool:
    """Whether most of a row are letters: 4.5 L is a measure."""
    return 2 * sum(text.shape[one.first] == "L" for one in row) > len(row)


def joined(row: list[Token]) -> Token:
    """Neighbouring tokens as one."""
    return Token("".join([t.text for t in row]), "".join([t.letters for t in row]), row[0].first, row[-1].last, True)


def windows(text: Text, found: list[Token], longest: int) -> Iterator[tuple[Token, ...]]:
    """Every row of up to MOST_WORDS neighbouring tokens whose letters are at most `longest`."""
    for start in range(len(found)):
        size = len(found[start].text)
        if size <= longest:
            yield (found[start],)
        for stop in range(start + 1, min(start + MOST_WORDS, len(found))):
            size += len(found[stop].text)
            if size > longest or not neighbours(text, found[stop - 1], found[stop]):
                break
            yield tuple(found[start : stop + 1])


def neighbours(text: Text, one: Token, two: Token) -> bool:
    """Whether only white space or a joining sign parts two tokens."""
    between = text.cells[one.last + 1 : two.first]
    return len(between) <= 3 and all(cell.char.isspace() or cell.char in JOINERS for cell in between)


def numeric(token: Token, text: Text) -> bool:
    """Whether a token has more digits than letters: a model or a size."""
    shape = text.shape[token.first : token.last + 1]
    return shape.count("D") > shape.count("L") or all(char in LEET for char in token.letters)
