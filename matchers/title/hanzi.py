"""What is known of a hanzi: its simplified and traditional forms, its sounds, its parts, and those that look like it.

Sounds come from pypinyin, forms from OpenCC, parts and look-alikes from tables (matchers/data/README.md).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache

from opencc import OpenCC

from matchers.data import rows

# Sounds that are typed or spoken for one another across China, and so used for one another in disguises.
NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
SWAPPED_INITIALS = {"n": "l", "f": "h", "r": "l"}


# Parts of one to three strokes, which tell nothing of the hanzi that have them.
SLIGHT = frozenset("一丨丿丶乀乁乙乚乛亅丷亠冂冖凵勹匚卜厂冫十二人八儿几入又厶丁了讠刂")


def is_hanzi(char: str) -> bool:
    """Whether a character is an ideograph (unified, extensions, compatibility, radicals)."""
    return (
        "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\u2e80" <= char <= "\u2fdf"
        or char > "\U0001ffff"
    ) and char < "\U00040000"


@cache
def converter(direction: str) -> OpenCC:
    """OpenCC for one direction: t2s, s2t, s2tw, s2hk."""
    return OpenCC(direction)


@lru_cache(maxsize=1 << 15)
def simplified(char: str) -> str:
    """The simplified form of one hanzi."""
    found: str = converter("t2s").convert(char)
    return found if len(found) == 1 else char


@lru_cache(maxsize=1 << 15)
def traditional(word: str) -> frozenset[str]:
    """The ways a word is properly written in traditional hanzi (mainland norm, Taiwan, Hong Kong)."""
    return frozenset(converter(direction).convert(word) for direction in ("s2t", "s2tw", "s2hk"))


@cache
def readings() -> dict[str, str]:
    """Hanzi to their toneless syllables, with white space between, the usual one first."""
    return dict(rows("readings.tsv"))


def sounds(char: str) -> tuple[str, ...]:
    """Toneless syllables of a hanzi, the usual one first, with v for ü; empty for what is no hanzi."""
    return tuple(readings().get(char, "").split())


@lru_cache(maxsize=1 << 14)
def word_sounds(word: str) -> tuple[str, ...]:
    """The syllables of a word as it is read aloud, one a hanzi."""
    read = [sounds(char) for char in word]
    if all(len(syllables) == 1 for syllables in read):
        return tuple(syllables[0] for syllables in read)
    from pypinyin import Style, pinyin  # noqa: PLC0415  (0.1 s, only for names of more than one reading)

    return tuple(syllable[0] for syllable in pinyin(word, style=Style.NORMAL, errors="ignore", v_to_u=False))


@lru_cache(maxsize=1 << 14)
def near(syllable: str) -> str:
    """A syllable without the differences that many speakers do not make: zh/z, ch/c, sh/s, n/l, f/h, -ng/-n."""
    for long, short in NEAR_INITIALS:
        if syllable.startswith(long):
            syllable = short + syllable[2:]
            break
    if syllable[:1] in SWAPPED_INITIALS:
        syllable = SWAPPED_INITIALS[syllable[0]] + syllable[1:]
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


# The toneless syllables of Mandarin as they are typed: initials with the finals that follow them, u and v for ü.
# Those without an initial only begin a word; inside they are set off by an apostrophe.
SYLLABLES = re.compile(
    "(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|er)?(?:"
    "[bp](?:a|o|ai|ei|ao|an|en|ang|eng|i|ie|iao|ian|in|ing|u)|m(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)|"
    "f(?:a|o|ei|ou|an|en|ang|eng|u)|"
    "[dt](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ie|iao|iu|ian|ing|u|uo|ui|uan|un)|"
    "[nl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|uan|un|v|ve|ue)|"
    "[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|"
    "[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|"
    "(?:[zcs]h?)(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|"
    "r(?:e|i|ao|ou|an|en|ang|eng|ong|u|uo|ui|uan|un)|"
    "y(?:a|o|e|ao|ou|an|ang|i|in|ing|ong|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)|er"
    ")+"
)


def is_pinyin(word: str) -> bool:
    """Whether letters can be read as syllables of Mandarin."""
    return SYLLABLES.fullmatch(word) is not None


@lru_cache(maxsize=1 << 14)
def meant_sounds(char: str) -> frozenset[str]:
    """The syllables as which a name has a hanzi: the usual one; others are rare, or of another word."""
    return frozenset(sounds(char)[:1])


def homophones(written: str, meant: str) -> bool:
    """Whether a hanzi is read as the name's is; who writes one for its sound takes the usual reading."""
    return bool(usual := sounds(written)[:1]) and usual[0] in meant_sounds(meant)


@lru_cache(maxsize=1 << 14)
def near_sound(char: str) -> str:
    """The usual syllable of a hanzi in the form that near ones share; empty for what is no hanzi."""
    return near(found[0]) if (found := sounds(char)) else ""


@lru_cache(maxsize=1 << 14)
def near_sounds(char: str) -> frozenset[str]:
    """The syllables as which a name has a hanzi, near ones made equal."""
    return frozenset(map(near, meant_sounds(char)))


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """Hanzi to its ways to be written as two or three parts."""
    return {hanzi: tuple(ways.split("|")) for hanzi, ways in rows("splits.tsv")}


@cache
def lookalikes() -> dict[str, str]:
    """Hanzi to those that look like it, each after the digit of how much (data/shapes.py)."""
    return dict(rows("lookalikes.tsv"))


@lru_cache(maxsize=1 << 14)
def relatives(hanzi: str) -> dict[str, int]:
    """The hanzi that look like one, and how much: 1 to 9."""
    found, strength = {}, 0
    for char in lookalikes().get(hanzi, ""):
        if char.isdigit():
            strength = int(char)
        else:
            found[char] = strength
    return found


def likeness(one: str, other: str) -> int:
    """How much two hanzi look alike: 0 (no more than any two) to 9."""
    return max(relatives(one).get(other, 0), relatives(other).get(one, 0))


def is_like(written: str, meant: str) -> bool:
    """Whether a hanzi is the name's or like it, by sound or by shape."""
    return (
        written == meant
        or near_sound(written) in near_sounds(meant)
        or meant in relatives(written)
        or written in relatives(meant)
    )


@lru_cache(maxsize=1 << 14)
def pieces(hanzi: str) -> frozenset[str]:
    """A hanzi and its parts, without those that are a few strokes."""
    return frozenset((hanzi, *"".join(parts().get(hanzi, ())))) - SLIGHT


@cache
def having() -> Counter[str]:
    """How many hanzi have each part."""
    return Counter(part for hanzi in parts() for part in pieces(hanzi))


def kinship(one: str, other: str) -> float:
    """How few hanzi have a part that two have in common: minus the logarithm of their share; 0 without such a part."""
    shared = pieces(one) & pieces(other)
    return math.log(len(parts()) / min(having()[part] for part in shared)) if shared else 0.0
