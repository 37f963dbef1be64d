"""Which names of marks stand written in a picture.

What was read goes through the title matcher, line by line, then joined with its neighbours: a name is often set in two
lines, or parted by the reader. What that leaves is compared once more, by someone who knows how readers err (misread).
When no name was seen, the picture is looked at a second time, in the colours that the eye sees and a grey copy does
not, and what was read badly is turned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchers.image.geometry import Box
from matchers.image.joins import Passage, passages
from matchers.image.misread import Misread, misreadable
from matchers.image.reading import Line
from matchers.image.readings import Reading
from matchers.title import TitleMatcher
from matchers.title.scores import PLAIN
from matchers.types import Finding, Mark, Reason

SEEN = 0.4  # score from which a name counts as seen, and no second look is worth its time
# Spellings that are a disguise in a title and mere typesetting in a picture.
TYPESET = frozenset({"traditional", "fullwidth", "spaced", "apart", "plain"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in a picture. name : as registered; read : what was read; score : that it is the name, 0..1"""

    right: str
    name: str
    read: str
    score: float
    box: Box
    reason: Reason


class WordMatcher:
    """Sees the names of marks in pictures. Built once; asking changes nothing: thread-safe."""

    def __init__(self, marks: Sequence[Mark], *, twice: bool = True) -> None:
        """twice : whether a picture in which no name was seen is read a second time"""
        self._twice = twice
        self._titles = TitleMatcher(marks)
        self._misreadable = misreadable(marks)
        self.worded = any(mark.names or mark.aliases for mark in marks)

    def see(self, reading: Reading) -> list[Seen]:
        """The names that stand in a picture, each right once, surest first. Without names nothing is read."""
        if not self.worded:
            return []
        seen = self.named(reading.first)
        if self._twice and (not seen or seen[0].score < SEEN):
            seen = best([*seen, *self.named(reading.second)])
        return seen

    def named(self, lines: Sequence[Line]) -> list[Seen]:
        """The names that stand in lines of text."""
        every = list(passages(lines))
        return best(
            one
            for passage, found in zip(every, self._titles.match([passage.text for passage in every]), strict=True)
            for one in self._seen(passage, found)
        )

    def _seen(self, passage: Passage, found: Sequence[Finding]) -> Iterable[Seen]:
        """What a passage names; where the title matcher sees no name, what it names if the reader erred."""
        if found:
            return [told(passage, one) for one in found]
        return [misread(passage, near) for near in self._misreadable.near(passage.text)]


def best(seen: Iterable[Seen]) -> list[Seen]:
    """The surest sighting of each right, surest first."""
    kept: dict[str, Seen] = {}
    for one in sorted(seen, key=lambda one: -one.score):
        kept.setdefault(one.right, one)
    return list(kept.values())


def told(passage: Passage, one: Finding) -> Seen:
    """A finding of the title matcher, as sure as the reading is."""
    assert one.right is not None
    assert one.span is not None
    name, text = one.matched or one.reason.surface, passage.text[slice(*one.span)]
    sure = f"{passage.confidence:.0%}"
    if one.reason.code in TYPESET:
        score = PLAIN if one.reason.code == "traditional" else one.score
        reason = Reason(
            code="word_in_photo",
            surface=text,
            en=f"the picture shows “{text}”, the word of the mark “{name}” (read with {sure} certainty)",
            zh=f"图片中的文字“{text}”即商标“{name}”（识别置信度 {sure}）",
        )
    else:
        score = one.score
        reason = Reason(
            code=f"word_in_photo.{one.reason.code}",
            surface=text,
            en=f"in the picture {one.reason.en} (read with {sure} certainty)",
            zh=f"图片中的文字{one.reason.zh}（识别置信度 {sure}）",
        )
    return Seen(one.right, name, text, round(score * passage.confidence, 4), passage.box, reason)


def misread(passage: Passage, near: Misread) -> Seen:
    """A name that is there if the reader erred."""
    sure = f"{passage.confidence:.0%}"
    reason = Reason(
        code="word_in_photo.misread",
        surface=near.read,
        en=f"the picture shows “{near.read}”, which is “{near.name}” but for letters that are easily misread "
        f"(read with {sure} certainty)",
        zh=f"图片中的文字“{near.read}”与商标“{near.name}”仅差易误识的字母（识别置信度 {sure}）",
    )
    return Seen(near.right, near.name, near.read, round(near.score * passage.confidence, 4), passage.box, reason)
