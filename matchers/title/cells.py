"""What one character of a title stands for, with how far it is from the plain way of writing it.

A character folds to no cell (invisible, combining), to one, seldom to more (a ligature). The folding is per character,
so that every finding can point at the original title.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from matchers.title.hanzi import is_hanzi, simplified
from matchers.title.letters import FLIPPED, LEET, TURNED_ONLY, looks_like, styled_letter


class Kind(IntEnum):
    """What a cell is."""

    LETTER = 0  # of an alphabet; `text` is a-z where it can be read as a Latin letter, else itself
    DIGIT = 1
    HANZI = 2
    SIGN = 3  # a letter of a script without capitals (kana, hangul, Thai): bounds a Latin word, as hanzi do
    SPACE = 4
    MARK = 5  # punctuation and symbols
    EMOJI = 6


class How(IntEnum):
    """How a letter is written."""

    PLAIN = 0
    TRADITIONAL = 1
    ACCENT = 2
    FULLWIDTH = 3
    STYLED = 4
    LOOKALIKE = 5
    FLIPPED = 6
    LEET = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """One folded character.

    char : the original character
    text : a-z, a digit, a simplified hanzi, else the case-folded character
    letters : all Latin letters it may be read as, likeliest first, its own text included
    """

    char: str
    kind: Kind
    text: str
    how: How = How.PLAIN
    letters: str = ""


# Characters of categories that show something but are used as nothing, and the fillers and blanks that are letters
# by category (Unicode: Default_Ignorable_Code_Point, and U+2800 BRAILLE PATTERN BLANK).
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\u034f")
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "GEORGIAN", "DESERET", "CANADIAN")
# Strokes and signs with the shape of hanzi that are set between characters as ornaments.
STROKES = frozenset("丶丨丿亅乀乁丷〇")
TRADE_SIGNS = frozenset("™®©℠℗")


def is_noise(char: str) -> bool:
    """Whether a character shows nothing of its own: invisible, a control character, a lone surrogate, combining."""
    if char in FILLERS:
        return char != "\u2800"
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"} or char in "\t\n\r\v\f\x85":
        return False
    return category in {"Cf", "Cc", "Cs", "Cn", "Co", "Mn", "Me"} or (
        category == "Mc" and not unicodedata.name(char, "").startswith(("THAI", "LAO"))
    )


def is_combining(char: str) -> bool:
    """Whether a character is drawn over the one before it (and is not a variation selector, which shows nothing)."""
    category = unicodedata.category(char)
    return (
        category in {"Mn", "Me", "Mc"} and not unicodedata.name(char, "").startswith("VARIATION") and char != "\u034f"
    )


@lru_cache(maxsize=1 << 16)
def fold(char: str) -> tuple[Cell, ...]:
    """The cells of one character; none for an invisible or combining one."""
    if char.isascii() and char.isalnum():
        return (ascii_cell(char),)
    if is_noise(char):
        return ()
    if char.isspace() or char == "\u2800":
        return (Cell(char, Kind.SPACE, " "),)
    if char in STROKES or char in TRADE_SIGNS:
        return (Cell(char, Kind.MARK, char),)
    if is_hanzi(char):
        return (hanzi_cell(char),)
    return compatible(char) or lookalike(char) or (other(char),)


def ascii_cell(char: str) -> Cell:
    """The cell of an ASCII letter or digit."""
    if char.isdigit():
        return Cell(char, Kind.DIGIT, char, How.PLAIN, LEET[char])
    letter = char.lower()
    return Cell(char, Kind.LETTER, letter, How.PLAIN, letter + {"i": "l", "l": "i", "u": "v", "v": "u"}.get(letter, ""))


def hanzi_cell(char: str) -> Cell:
    """The cell of a hanzi; radicals and compatibility forms become the hanzi they show."""
    plain = unicodedata.normalize("NFKC", char)
    plain = plain if len(plain) == 1 else char
    simple = simplified(plain)
    return Cell(char, Kind.HANZI, simple, How.PLAIN if simple == char else How.TRADITIONAL)


def compatible(char: str) -> tuple[Cell, ...]:
    """The cells of a character that Unicode itself says is another form of letters or digits; else none."""
    if letter := styled_letter(char):
        return (Cell(char, Kind.LETTER, letter, How.STYLED, letter),)
    wide = "\uff00" < char < "\uff5f"
    folded = unicodedata.normalize("NFKC", char).lower()
    bare = "".join(part for part in unicodedata.normalize("NFKD", char).lower() if not unicodedata.combining(part))
    if bare.strip("()") and bare.strip("()").isascii() and bare.strip("()").isalnum():
        bare = bare.strip("()")
    if not (bare.isascii() and bare.isalnum()) or len(bare) > 3:
        return ()
    if bare.isdigit() and not wide and unicodedata.category(char) in {"No", "So"}:
        return (Cell(char, Kind.MARK, bare, How.STYLED, LEET.get(bare, "")),)  # ① stands between letters as a sign
    how = How.FULLWIDTH if wide else How.ACCENT if folded != bare and folded == char.lower() else How.STYLED
    kinds = [Kind.DIGIT if part.isdigit() else Kind.LETTER for part in bare]
    return tuple(Cell(char, kind, part, how, LEET.get(part, part)) for kind, part in zip(kinds, bare, strict=True))


def lookalike(char: str) -> tuple[Cell, ...]:
    """The cell of a character that is no Latin letter but looks like one; else none."""
    letters = looks_like(char)
    letters += "".join(
        twin for one, twin in (("i", "l"), ("l", "i"), ("v", "u")) if one in letters and twin not in letters
    )
    turned = FLIPPED.get(char, "") if char in TURNED_ONLY else ""
    category = unicodedata.category(char)
    if not letters and not turned:
        return ()
    if category.startswith("L") or category in {"Nl", "So", "Mn"}:
        return (
            Cell(
                char, Kind.LETTER, (turned or letters)[0], How.FLIPPED if turned else How.LOOKALIKE, letters or turned
            ),
        )
    return (Cell(char, Kind.MARK, char, How.LEET, letters),)


def other(char: str) -> Cell:
    """The cell of any other character: a foreign letter or sign, punctuation, an emoji."""
    category = unicodedata.category(char)
    text = unicodedata.normalize("NFKC", char).casefold()
    if category.startswith("L") or category in {"Nl", "Mc"}:
        alphabetic = unicodedata.name(char, "").startswith(ALPHABETS)
        return Cell(char, Kind.LETTER if alphabetic else Kind.SIGN, text, How.PLAIN, "")
    if category == "Nd":
        return Cell(
            char, Kind.DIGIT, str(unicodedata.digit(char, 0)), How.STYLED, LEET[str(unicodedata.digit(char, 0))]
        )
    if category in {"So", "Sk"} and char not in LEET:
        return Cell(char, Kind.EMOJI, char)
    return Cell(char, Kind.MARK, text if len(text) == 1 else char, How.PLAIN, LEET.get(text, ""))
