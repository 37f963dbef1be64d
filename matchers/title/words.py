"""Ordinary words, so that a name is not seen inside them: an English list, and a Chinese one with frequencies."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from matchers.data import lines, rows

LONGEST = 4  # hanzi of the longest word in the list
USUAL = 20  # occurrences from which a word is believed to stand across the border of a name
# Hanzi that stand beside a brand by themselves, without making a word with what follows.
FREE = frozenset("男女童新款包鞋靴装裤衣裙帽表袜的和与同大小春夏秋冬正真高全送买仿代老")
UNKNOWN = -18.0  # log probability of a hanzi that no word of the list has: rarer than the rarest of them
AS_COMMON_AS = 300  # a mark's name counts as a word with so many occurrences (the list's median word has about 30)
# British ends of words, and the same in America: harbour, theatre, organise, catalogue.
AMERICAN = {"our": "or", "tre": "ter", "bre": "ber", "ise": "ize", "yse": "yze", "ogue": "og"}
BRITISH = re.compile(rf"(?<=[a-z]{{2}})(?:{'|'.join(AMERICAN)})$")


@cache
def english() -> frozenset[str]:
    """Ordinary English words, lower case."""
    return frozenset(lines("words_en.txt"))


@cache
def chinese() -> dict[str, float]:
    """Chinese words and the logarithm of how likely each is."""
    counts = {row[0]: int(row[1]) for row in rows("words_zh.tsv")}
    total = sum(counts.values())
    goods = {word: AS_COMMON_AS for _, words in rows("goods.tsv") for word in words.split() if len(word) > 1}
    return {word: math.log(count / total) for word, count in (goods | counts).items()}


@cache
def proper() -> frozenset[str]:
    """Words of the Chinese list that are names of persons, companies and products."""
    return frozenset(row[0] for row in rows("words_zh.tsv") if len(row) > 2)


@cache
def total() -> int:
    """How many occurrences the Chinese list counts."""
    return sum(int(row[1]) for row in rows("words_zh.tsv"))


@cache
def weight(occurrences: int) -> float:
    """How likely a word is that occurs so often."""
    return math.log(occurrences / total())


@cache
def other_brands() -> frozenset[str]:
    """Brands that lie near well-known marks, folded: no misspellings of them."""
    return frozenset(word for line in lines("other_brands.txt") if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1 << 14)
def is_english(word: str) -> bool:
    """Whether a word, or what it is the plural of, is an ordinary English word; the list spells as Americans do."""
    single = word.removesuffix("s")
    american = BRITISH.sub(lambda match: AMERICAN[match[0]], single)
    return word in english() or single in english() or american in english()


def is_chinese(word: str) -> bool:
    """Whether a word of two hanzi or more is in the Chinese list and is no proper name."""
    return len(word) > 1 and word in chinese() and word not in proper()


@lru_cache(maxsize=1 << 14)
def cuts(text: str, name: str = "", occurrences: int = AS_COMMON_AS) -> frozenset[int]:
    """Where words begin and end in the likeliest reading of `text`: offsets, 0 and the length included.

    name : counts as a word that occurs so often. Time is linear in the length of the text.
    """
    best = [0.0] + [-math.inf] * len(text)
    came = [0] * (len(text) + 1)
    longest = max(LONGEST, len(name))
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            score = best[start] + likely(text[start:end], name, occurrences)
            if score > best[end]:
                best[end], came[end] = score, start
    found, place = {len(text)}, len(text)
    while place:
        place = came[place]
        found.add(place)
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def fluency(text: str) -> float:
    """The logarithm of how likely hanzi are as ordinary words, in their likeliest reading; linear time."""
    known = chinese()
    best = [0.0] + [-math.inf] * len(text)
    for end in range(1, len(text) + 1):
        best[end] = best[end - 1] + known.get(text[end - 1], UNKNOWN)
        for start in range(max(0, end - LONGEST), end - 1):
            if (word := known.get(text[start:end])) is not None:
                best[end] = max(best[end], best[start] + word)
    return best[-1]


def likely(word: str, name: str, occurrences: int) -> float:
    """The logarithm of how likely a piece is as one word; minus infinity for what is none."""
    if word == name:
        return weight(occurrences)
    return chinese().get(word, UNKNOWN if len(word) == 1 else -math.inf)


def is_piece(before: str, name: str, behind: str, *, occurrences: int = AS_COMMON_AS) -> bool:
    """Whether `name` is one word in the likeliest reading of the text, whatever is left over beside it."""
    start, end = len(before), len(before) + len(name)
    found = cuts(before + name + behind, name, occurrences)
    return start in found and end in found and not any(start < cut < end for cut in found)


def stands_alone(before: str, name: str, behind: str, *, occurrences: int = AS_COMMON_AS, strict: bool = False) -> bool:
    """Whether `name`, with these hanzi around, is a word of its own in the likeliest reading.

    A single hanzi is left over beside it only when it makes no word with the name's edge; `strict`: never.
    """
    text, start, end = before + name + behind, len(before), len(before) + len(name)
    found = sorted(cuts(text, name, occurrences))
    if not is_piece(before, name, behind, occurrences=occurrences):
        return False
    left = text[found[found.index(start) - 1] if start else 0 : start]
    right = text[end : found[found.index(end) + 1] if end < len(text) else end]
    return not any(
        len(piece) == 1 and piece not in FREE and (strict or crossed(text, place))
        for piece, place in ((left, start), (right, end))
    )


def crossed(text: str, place: int) -> bool:
    """Whether a usual word stands across an offset of the text."""
    return any(
        chinese().get(text[start:end], -math.inf) >= weight(USUAL)
        for start in range(max(0, place - LONGEST + 1), place)
        for end in range(place + 1, min(len(text), start + LONGEST) + 1)
    )
