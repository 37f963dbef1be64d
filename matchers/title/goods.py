"""Words for goods: those that a mark stands for, and those that a title has."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from matchers.data import rows
from matchers.title.hanzi import is_hanzi
from matchers.title.text import Text, fold_title
from matchers.types import Mark


@cache
def goods_of_class(number: int) -> frozenset[str]:
    """Words for goods of a Nice class."""
    return frozenset(word for row in rows("goods.tsv") if int(row[0]) == number for word in row[1].split())


def goods_words(mark: Mark) -> frozenset[str]:
    """Words for the goods of a mark: its own, and those of its Nice classes."""
    return words_for(mark.nice_classes, mark.goods)


@lru_cache(maxsize=1 << 10)  # many marks share classes
def words_for(nice_classes: tuple[int, ...], goods: tuple[str, ...]) -> frozenset[str]:
    """Words for goods: those given, and those of Nice classes."""
    own = {word.lower() for phrase in goods for word in (phrase, *phrase.split()) if len(word) > 1}
    return frozenset(own).union(*map(goods_of_class, nice_classes))


@cache
def all_goods() -> tuple[str, ...]:
    """Words for goods of any class."""
    return tuple(dict.fromkeys(word for row in rows("goods.tsv") for word in row[1].split()))


@lru_cache(maxsize=1 << 10)
def own_words(goods: frozenset[str]) -> frozenset[str]:
    """The words among them that stand for no class."""
    return goods.difference(all_goods())


@cache
def automaton() -> AhoCorasick:
    """The index of `all_goods`."""
    return AhoCorasick(list(all_goods()))


def goods_said(text: Text, first: int, last: int) -> frozenset[str]:
    """The words for goods of any class that a title has outside of the cells `first` to `last`."""
    return frozenset(word for word, start, end in all_said(text.title) if end < first or last < start)


@lru_cache(maxsize=1 << 10)  # a title is asked about each of its doubtful names
def all_said(title: str) -> tuple[tuple[str, int, int], ...]:
    """The words for goods of any class that a title has, and their cells."""
    text = fold_title(title)
    flat = "".join([cell.text[:1] for cell in text.cells])
    return tuple(
        (all_goods()[word], start, end - 1)
        for word, start, end in automaton().find_matches_as_indexes(flat, overlapping=True)
        if stands(text, all_goods()[word], start, end)
    )


def stands(text: Text, word: str, start: int, end: int) -> bool:
    """Whether a word counts at a place: Latin ones whole, one of a single hanzi as the head of its phrase, its end."""
    before, behind = text.shape[start - 1 : start], text.shape[end : end + 1]
    if word.isascii():
        return before not in {"L", "D"} and behind not in {"L", "D"}
    return len(word) > 1 or behind != "H"


def says(rest: str, latin: Collection[str], word: str) -> bool:
    """Whether a text has a word for goods; see `stands`. latin : the Latin words of the text"""
    if word.isascii():
        return word in latin
    return (
        word in rest if len(word) > 1 else any(one == word and not is_hanzi(two) for one, two in pairwise(rest + " "))
    )
