"""The disguised spellings of a mark that a buyer would type into a search box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from matchers.title.variants import variants
from matchers.title.words import is_chinese, is_english
from matchers.types import Mark

# What is passed on by word of mouth, the likeliest first: sounds, then hanzi of the same sound or in parts, then slips
# and digits. Signs, invisible and look-alike letters are for the eye: nobody types them, and sites drop them.
TYPED = ("pinyin", "homophone", "split_hanzi", "leet", "typo_missing", "pinyin_mixed", "typo_doubled", "near_homophone")


def searched(mark: Mark, most: int) -> list[str]:
    """At most so many spellings, each kind of each name in its turn; none that is an ordinary word."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in variants(mark):
        if one.code in TYPED and not is_word(one.text):
            kinds.setdefault((one.code, one.name), []).append(one.text)
    in_order = sorted(kinds, key=lambda kind: TYPED.index(kind[0]))
    return list(islice(unique(in_turn([kinds[kind] for kind in in_order])), most))


def in_turn(rows: list[list[str]]) -> Iterator[str]:
    """The first of each row, then the second of each, and so on."""
    return (text for text in chain.from_iterable(zip_longest(*rows)) if text is not None)


def unique(texts: Iterator[str]) -> Iterator[str]:
    """Each text once."""
    return iter(dict.fromkeys(texts))


def is_word(text: str) -> bool:
    """Whether a text would be searched for another reason."""
    return is_english(text) if text.isascii() else is_chinese(text)
