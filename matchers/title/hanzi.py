"""What is known of a hanzi: its simplified and traditional forms, its sounds, its parts, and those that look like it.

Sounds come from pypinyin, forms from OpenCC, parts and look-alikes from tables (matchers/data/README.md).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from opencc import OpenCC
from pypinyin import Style, pinyin

from matchers.data import rows

# Sounds that are typed or spoken for one another across China, and so used for one another in disguises.
NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
SWAPPED_INITIALS = {"n": "l", "f": "h", "r": "l"}


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


@lru_cache(maxsize=1 << 15)
def sounds(char: str) -> tuple[str, ...]:
    """Toneless syllables of a hanzi, the usual one first, with v for ü; empty for what is no hanzi."""
    readings = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(readings[0])) if readings else ()


@lru_cache(maxsize=1 << 14)
def word_sounds(word: str) -> tuple[str, ...]:
    """The syllables of a word as it is read aloud, one a hanzi."""
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


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """Hanzi to its ways to be written as two or three parts."""
    return {hanzi: tuple(ways.split("|")) for hanzi, ways in rows("splits.tsv")}


@cache
def lookalikes() -> dict[str, str]:
    """Hanzi to those that look like it."""
    return dict(rows("lookalikes.tsv"))


def kin(one: str, other: str) -> bool:
    """Whether two hanzi share a part."""
    return not set("".join(parts().get(one, ()))).isdisjoint("".join(parts().get(other, ())))


def alike(one: str, other: str) -> bool:
    """Whether two hanzi look alike."""
    return other in lookalikes().get(one, "") or one in lookalikes().get(other, "")
