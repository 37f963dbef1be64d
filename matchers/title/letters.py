"""Which Latin letters a strange character may stand for.

Own tables first (what eyes take for a letter), then Unicode's names of characters (hooks, strokes, turned and enclosed
letters), then TR39's table of confusables as the package confusable_homoglyphs carries it.
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import cache


def pairs(chars: str, readings: str) -> dict[str, str]:
    """Characters with what each is read as, set out side by side."""
    return dict(zip(chars, readings.split(), strict=True))


# Written for this project from the shapes of the letters; the first letter of a value is the likeliest.
OWN = {
    **pairs("авекмнорстухгпшщ", "a b e k m hn o p c t y x r nu w w"),
    **pairs("ийяьъзчфдлцюжё", "un un r b b z y o d n u o x e"),
    **pairs("αβγδεζηθικλμνξοπρσςτυφχψω", "a b yr d e z n o i k li um vn e o n p o cs t uy o x w w"),
    **pairs("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "a b r ad e z h o i k a m n e o n p es t y o x w o"),
    **pairs("ɐɔǝɟƃɥıɾʞɯɹʇʌʍʎ", "a c e f g h i j k m r t v w y"),  # upside down; see FLIPPED
    "І": "i", "і": "i", "ї": "i", "Ї": "i", "ј": "j", "Ј": "j", "ѕ": "s", "Ѕ": "s", "ԁ": "d", "һ": "h", "Һ": "h",
    "ӏ": "il", "Ӏ": "il", "ԛ": "q", "ԝ": "w", "Ԝ": "w", "ѵ": "v", "Ѵ": "v", "ғ": "f", "ҝ": "k", "ӄ": "k", "қ": "k",
    "ҳ": "x", "ү": "y", "Ү": "y", "ұ": "y", "ө": "o", "Ө": "o", "є": "e", "Є": "e", "э": "e", "Э": "e", "ҽ": "e",
    "ց": "g", "հ": "h", "ո": "n", "ս": "u", "օ": "o", "Օ": "o", "Տ": "s", "Ս": "u", "Լ": "l", "Ո": "n", "ա": "w",
    "ƽ": "s", "Ƽ": "s", "ƨ": "s", "ɛ": "e", "ɜ": "e", "ʒ": "z", "ɑ": "a", "ʟ": "l", "ɴ": "n", "ʀ": "r", "ɡ": "g",
    "ß": "b", "€": "e", "£": "l", "¥": "y", "₩": "w", "₦": "n", "₭": "k", "₮": "t", "฿": "b", "₱": "p", "¢": "c",
    "₵": "c", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "þ": "p", "Þ": "p", "ŋ": "n", "Ŋ": "n", "ɩ": "i",
    "ʏ": "y", "ᴎ": "n", "ᴙ": "r", "Λ": "a", "∀": "a", "∑": "e", "Σ": "es", "∆": "a", "Δ": "a", "ℓ": "l",
    "ᗩ": "a", "ᗷ": "b", "ᑕ": "c", "ᗪ": "d", "ᗴ": "e", "ᖴ": "f", "ᕼ": "h", "ᒍ": "j", "ᒪ": "l", "ᗰ": "m", "ᑎ": "n",
    "ᑭ": "p", "ᖇ": "r", "ᑌ": "u", "ᐯ": "v", "ᗯ": "w", "᙭": "x", "ᘔ": "z", "Ꮪ": "s", "Ꮋ": "h", "Ꮮ": "l", "Ꮇ": "m",
}  # fmt: skip
# Letters printed upside down; a word of them is read from its end. b, d, n, p, q, u turn into one another.
FLIPPED = {
    **pairs("ɐɔǝɟƃɥıɾʞɯɹʇʌʍʎ", "a c e f g h i j k m r t v w y"),
    "q": "b", "p": "d", "u": "n", "d": "p", "b": "q", "n": "u", "∀": "a", "Ǝ": "e", "Ⅎ": "f", "⅁": "g", "ſ": "j",
    "⅂": "l", "˥": "l", "Ԁ": "p", "┴": "t", "∩": "u", "Λ": "v", "⅄": "y", "ᴉ": "i", "ɓ": "g", "ʃ": "l", "ן": "l",
    "o": "o", "O": "o", "s": "s", "S": "s", "x": "x", "X": "x", "z": "z", "Z": "z", "l": "l", "I": "i", "H": "h",
    "N": "n", "M": "w", "W": "m",
}  # fmt: skip
TURNED_ONLY = frozenset("ɐɔǝɟƃɥıɾʞɯɹʇʌʍʎ∀ƎℲ⅁⅂˥┴⅄ᴉ")  # characters that hardly occur but in upside-down words
# Digits and signs in the place of letters ("leet"); the first letter is the likeliest.
LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "bg", "7": "t", "8": "b", "9": "gq",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l", "¥": "y", "§": "s", "¡": "i", "×": "x",
}  # fmt: skip
# Signs drawn together as one letter, longest first when read.
DRAWN = {
    "|\\/|": "m", "/\\/\\": "m", "\\/\\/": "w", "|\\|": "n", "/\\/": "n", "\\/": "v", "/\\": "a", "|-|": "h", "|<": "k",
    "|_|": "u", "(_)": "u", "|)": "d", "()": "o", "|_": "l", "/-\\": "a", "][": "i", "|{": "k", "|=": "f", "><": "x",
}  # fmt: skip
DRAWING = re.compile("|".join(re.escape(sign) for sign in sorted(DRAWN, key=len, reverse=True)))

STYLED_NAME = re.compile(
    r"(?:SQUARED|CIRCLED|REGIONAL INDICATOR SYMBOL|TORTOISE SHELL BRACKETED|PARENTHESIZED) "
    r"(?:LATIN (?:CAPITAL|SMALL) )?"
    r"LETTER ([A-Z])$|LATIN LETTER SMALL CAPITAL ([A-Z])$"
)
HOOKED_NAME = re.compile(r"LATIN (?:CAPITAL|SMALL) LETTER (?:DOTLESS |SMALL CAPITAL )?([A-Z])(?: WITH .*)?$")


@cache
def tr39() -> dict[str, str]:
    """Character to the ASCII letters that Unicode's table of confusables says it looks like."""
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415  (0.1 s, only when asked)

    found: dict[str, str] = {}
    for letter in string.ascii_letters:
        for twin in confusables_data.get(letter, ()):
            if len(twin["c"]) == 1 and not twin["c"].isascii():
                found[twin["c"]] = found.get(twin["c"], "") + letter.lower()
    return found


def styled_letter(char: str) -> str:
    """The letter that an enclosed, small-capital or regional-indicator character shows; empty when it is none."""
    match = STYLED_NAME.search(unicodedata.name(char, ""))
    return (match[1] or match[2]).lower() if match else ""


def looks_like(char: str) -> str:
    """The letters a-z that `char` is easily taken for, likeliest first; empty when there is none."""
    if letters := OWN.get(char) or OWN.get(char.lower()):
        return letters
    if hooked := HOOKED_NAME.match(unicodedata.name(char, "")):
        return hooked[1].lower()
    return tr39().get(char, "")
