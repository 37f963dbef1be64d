"""Places that are known for copies of such goods (data/origins.tsv): `origin_findings(goods, marks)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from matchers.data import rows
from matchers.title.text import MAX_TITLE
from matchers.types import Finding, Goods, Mark, Reason, Signal

SCORE = 0.5  # probability that goods from there are such copies: first value, by judgement ("medium" of the signals)
MAX_PLACE = 100  # characters of a place that are read


@dataclass(frozen=True, slots=True)
class Origin:
    """A place and the goods it is known for. place : folded; number : Nice class"""

    place: str
    number: int
    words: tuple[str, ...]
    english: str


@cache
def origins() -> tuple[Origin, ...]:
    """The table."""
    return tuple(
        Origin(place, int(number), tuple(words.split()), english)
        for place, number, words, english in rows("origins.tsv")
    )


def origin_findings(goods: Goods, marks: Sequence[Mark]) -> Iterator[Finding]:
    """ORIGIN, one a mark: sent from a place that is known for copies of the goods that are offered."""
    there = (goods.location or "")[:MAX_PLACE].lower()
    known = [one for one in origins() if one.place in there]
    title = goods.title[:MAX_TITLE].lower() if known else ""
    for mark in marks:
        for one in known:
            word = next((word for word in one.words if word in title), None)
            if one.number in mark.nice_classes and (word or len(mark.nice_classes) == 1):
                yield finding(mark, one, goods.location or "", word)
                break


def finding(mark: Mark, origin: Origin, location: str, word: str | None) -> Finding:
    """A place as a finding. word : the goods as the title names them"""
    what = f"“{word}”" if word else f"goods of class {origin.number}"
    return Finding(
        signal=Signal.ORIGIN,
        right=mark.right_id,
        score=SCORE,
        reason=Reason(
            code="known_origin",
            surface=location[:MAX_PLACE],
            en=f"it is sent from {origin.english}, a place known for copies of {what}",
            zh=f"发货地“{location[:MAX_PLACE]}”为该类商品({word or f'第{origin.number}类'})仿品的已知集散地",
        ),
        matched=origin.place,
    )
