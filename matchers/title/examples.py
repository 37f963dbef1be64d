"""Examples of the disguises that are recognised, made from the tables by which they are taken off.

Each function gives spellings: the kind of disguise (see `reasons`), the text, and what is told of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice

from matchers.title.doubt import KIN
from matchers.title.hanzi import kinship, near, relatives, sounds, traditional, word_sounds
from matchers.title.letters import FLIPPED, LEET, TURNED_ONLY, tr39
from matchers.title.names import SHORT
from matchers.title.slips import NEIGHBOURS
from matchers.title.words import chinese

FEW = 3  # examples of a kind
DOTS = (".", "-", "·")  # signs that examples set between characters
SYMBOLS = ("🔥", "⭐", "❤")
INVISIBLE = "\u200b"  # ZERO WIDTH SPACE
STRUCK = "\u0336"  # COMBINING LONG STROKE OVERLAY
ACUTE, DIAERESIS = "\u0301", "\u0308"
CIRCLED, SQUARED, FULLWIDTH = 0x24D0, 0x1F130, 0xFF21  # code points of ⓐ, 🄰 and Ａ
MASK, FILLER = "*", "x"
MISSPELT_FROM = 5  # letters from which a letter may be wrong in any way

Spelling = tuple[str, str, str]


def dressed_letters(key: str) -> Iterator[Spelling]:
    """Examples of letters in the form of others."""
    upper = key.upper()
    for alphabet in ("CYRILLIC", "GREEK"):
        yield from dressed(upper, "lookalike", twins(alphabet))
    for first in (CIRCLED, SQUARED):
        yield from dressed(key, "styled", {chr(97 + place): chr(first + place) for place in range(26)})
    yield from dressed(upper, "fullwidth", {chr(65 + place): chr(FULLWIDTH + place) for place in range(26)})
    yield from dressed(upper, "leet", digits())
    yield from dressed(upper, "accent", accents())
    yield "combining", "".join(char + STRUCK for char in upper), ""
    if key.isalpha() and not TURNED_ONLY.isdisjoint(turned := "".join(upside_down()[char] for char in key[::-1])):
        yield "flipped", turned, ""


def dressed(text: str, code: str, forms: dict[str, str]) -> Iterator[Spelling]:
    """A text with the first letter that has another form in that form; and with all of them."""
    changed = [char for char in dict.fromkeys(text) if char in forms]
    if changed:
        yield code, text.replace(changed[0], forms[changed[0]], 1), forms[changed[0]]
        yield code, "".join(forms.get(char, char) for char in text), ", ".join(forms[char] for char in changed)


@cache
def twins(alphabet: str) -> dict[str, str]:
    """Capital Latin letters to letters of an alphabet that cannot be told from them."""
    found: dict[str, str] = {}
    for char, letters in tr39().items():
        if unicodedata.name(char, "").startswith(f"{alphabet} CAPITAL"):
            found.setdefault(letters[0].upper(), char)
    return found


@cache
def digits() -> dict[str, str]:
    """Capital Latin letters to the digits that are set for them."""
    return {letters[0].upper(): digit for digit, letters in reversed(LEET.items()) if digit.isdigit()}


@cache
def accents() -> dict[str, str]:
    """Capital Latin letters to the same with an accent."""
    forms = {char: unicodedata.normalize("NFC", char + (DIAERESIS if char in "AOU" else ACUTE)) for char in "AEIOUCNSZ"}
    return {char: form for char, form in forms.items() if len(form) == 1}


@cache
def upside_down() -> dict[str, str]:
    """Small Latin letters to what they look like upside down."""
    found: dict[str, str] = {}
    for char, letter in FLIPPED.items():
        if char.islower():
            found.setdefault(letter, char)
    return found


def parted(text: str) -> Iterator[Spelling]:
    """Examples of something set between characters, or over one of them."""
    is_short = text.isascii() and len(text) <= SHORT  # single letters and digits in a row are nothing rare
    if not is_short:
        yield "spaced", " ".join(text), ""
    for sign in DOTS[:1] if is_short else DOTS:
        yield "separated", sign.join(text), sign
    for symbol in SYMBOLS:
        yield "emoji", symbol.join(text), symbol
    yield "invisible", INVISIBLE.join(text), INVISIBLE
    if text.isascii() and text.isalpha() and not is_short:
        yield "woven", FILLER.join(text.lower()), FILLER
    hidden = "masked" if text.isascii() else "masked_hanzi"
    for place in range(1, len(text) - text.isascii()):
        yield hidden, text[:place] + MASK + text[place + 1 :], MASK


def misspelt(key: str) -> Iterator[Spelling]:
    """Examples of slips, at the places where they are likeliest: not at the beginning."""
    if not key.isalpha():  # a digit is no slip, it makes another model
        return
    for place in range(1, len(key) - 1):
        if key[place] != key[place + 1]:
            swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
            yield "typo_swapped", swapped, key[place : place + 2]
        yield "typo_doubled", key[: place + 1] + key[place:], key[place]
    if len(key) < MISSPELT_FROM:
        return
    for place in range(1, len(key)):
        yield "typo_missing", key[:place] + key[place + 1 :], key[place]
        for other in NEIGHBOURS.get(key[place], "")[:1]:
            yield "typo_replaced", key[:place] + other + key[place + 1 :], f"{other} = {key[place]}"


def replaced_hanzi(key: str) -> Iterator[Spelling]:
    """Examples of hanzi set for others."""
    for form in sorted(traditional(key) - {key}):
        yield "traditional", form, "".join(two for one, two in zip(key, form, strict=False) if one != two)
    for place, hanzi in enumerate(key):
        for code, others in like(hanzi, key, place):
            for other in others:
                yield code, key[:place] + other + key[place + 1 :], f"{other}={hanzi}"


def like(hanzi: str, key: str, place: int) -> Iterator[tuple[str, list[str]]]:
    """By kind, the commonest hanzi that may be set for one of a name."""
    syllables = word_sounds(key)
    if len(syllables) == len(key):
        sound = syllables[place]
        yield "homophone", [one for one in sounding().get(near(sound), ()) if sounds(one)[0] == sound != one][:FEW]
        yield "near_homophone", [one for one in sounding().get(near(sound), ()) if sounds(one)[0] != sound][:FEW]
    yield "lookalike_hanzi", list(relatives(hanzi))[:FEW]
    if len(key) > 2:
        yield "kin_hanzi", list(islice((one for one in common() if one != hanzi and kinship(one, hanzi) >= KIN), FEW))


@cache
def common() -> tuple[str, ...]:
    """Hanzi that are used by themselves, the commonest first."""
    return tuple(sorted((word for word in chinese() if len(word) == 1), key=lambda word: -chinese()[word]))


@cache
def sounding() -> dict[str, tuple[str, ...]]:
    """Syllables, near ones made equal, to the hanzi that are read so, the commonest first."""
    found: dict[str, list[str]] = {}
    for hanzi in common():
        if read := sounds(hanzi):
            found.setdefault(near(read[0]), []).append(hanzi)
    return {syllable: tuple(all_of) for syllable, all_of in found.items()}
