"""Does a title name another kind of goods than a mark stands for? `is_other_kind(title, mark)`.

Titles seldom say what an article is in the words of a registration, so that only a plain contradiction counts: none of
the mark's own words, and another kind's word as the head of a phrase, or two of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from matchers.data import rows
from matchers.title.goods import goods_words
from matchers.title.hanzi import is_hanzi
from matchers.title.text import fold_title
from matchers.types import Mark

# Hanzi that make of a word for goods a colour, a pattern, a look, or what an article is for: 咖啡色, 篮球风, 手机袋.
NO_HEAD = frozenset("色白棕红粉绿黑灰黄蓝风味款印图纹形状位袋包套架")
FEWEST = 2  # words of another kind, where none is the head of a phrase


@cache
def kinds() -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Nice classes with their words for goods, longest first; those of one hanzi stand in too many others."""
    return tuple(
        (int(number), tuple(sorted((word for word in words.split() if len(word) > 1), key=len, reverse=True)))
        for number, words in (*rows("goods.tsv"), *rows("other_kinds.tsv"))
    )


def is_other_kind(title: str, mark: Mark) -> bool:
    """Whether a title clearly names goods of another kind than the mark's. False where nothing is known of either."""
    own = goods_words(mark)
    if not own:
        return False
    text = "".join(cell.text for cell in fold_title(title).cells)
    for name in (*mark.names, *mark.aliases):
        text = text.replace("".join(cell.text for cell in fold_title(name).cells), " ")
    if any(said(text, word) for word in own):
        return False
    return any(is_named(text, words) for number, words in kinds() if number not in mark.nice_classes)


def said(text: str, word: str) -> bool:
    """Whether a text has a word, Latin ones as whole words."""
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None if word.isascii() else word in text


def is_named(text: str, words: tuple[str, ...]) -> bool:
    """Whether the words of one kind make a text one of such goods."""
    found = dict(places(text, words))
    heads = [word for word, end in found.items() if not word.isascii() and not is_hanzi(text[end : end + 1] or " ")]
    return bool(heads) or len(found) >= FEWEST


def places(text: str, words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The words of a text and where each ends; longest first, none inside another, no colours."""
    for word in words:
        if said(text, word):
            end = text.index(word) + len(word)
            if text[end : end + 1] not in NO_HEAD:
                yield word, end
            text = text.replace(word, "\0" * len(word))
