"""Do the goods fit what the mark is registered for? `class_findings(goods, marks)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchers.kinds import is_other_kind, said
from matchers.title.goods import goods_words
from matchers.title.text import MAX_TITLE, fold_title
from matchers.types import Finding, Goods, Mark, Reason, Signal

FITS, OTHER = 0.9, 0.8  # probability that a title's words for goods are meant so: first values, by judgement


def class_findings(goods: Goods, marks: Sequence[Mark]) -> Iterator[Finding]:
    """GOODS_CLASS for marks whose goods the title names; CONTEXT for those whose goods are of another kind."""
    title = goods.title[:MAX_TITLE]
    text = "".join(cell.text for cell in fold_title(title).cells) if marks else ""
    for mark in marks:
        if is_other_kind(title, mark):
            yield other(mark)
        elif word := registered_word(text, mark):
            yield fitting(mark, word)


def registered_word(text: str, mark: Mark) -> str | None:
    """The longest word for goods of a mark that a folded title has; those of one hanzi stand in too many others."""
    own = sorted((word for word in goods_words(mark) if len(word) > 1), key=lambda word: (-len(word), word))
    return next((word for word in own if said(text, word)), None)


def classes(mark: Mark) -> str:
    """The Nice classes of a mark as a sentence has them."""
    return ", ".join(map(str, mark.nice_classes)) or "?"


def fitting(mark: Mark, word: str) -> Finding:
    """The goods are among those of the registration."""
    return Finding(
        signal=Signal.GOODS_CLASS,
        right=mark.right_id,
        score=FITS,
        reason=Reason(
            code="registered_goods",
            surface=word,
            en=f"the goods (“{word}”) are of the kind that the mark is registered for (class {classes(mark)})",
            zh=f"商品（“{word}”）属于该商标核定使用的商品类别（第 {classes(mark)} 类）",
        ),
        matched=word,
    )


def other(mark: Mark) -> Finding:
    """The goods are of another kind."""
    return Finding(
        signal=Signal.CONTEXT,
        right=mark.right_id,
        score=OTHER,
        reason=Reason(
            code="other_kind",
            surface="",
            en=f"the title names goods of another kind than those the mark is registered for (class {classes(mark)})",
            zh=f"标题所示商品与该商标核定使用的类别（第 {classes(mark)} 类）不同",
        ),
    )
