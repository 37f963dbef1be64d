"""Lines of a picture as passages of text: each by itself, and joined with the line that goes on beside or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchers.image.geometry import Box
from matchers.image.reading import Line

BESIDE = 1.5  # of their height: a wider gap parts two lines
BELOW = 0.8  # of their height
ALIKE = 2.0  # a line more than so many times as high is other text
MOST = 40  # joined passages of one picture


@dataclass(frozen=True, slots=True)
class Passage:
    """confidence : of the line that was read worst; box : around all of it"""

    text: str
    confidence: float
    box: Box


def passages(lines: Sequence[Line]) -> Iterator[Passage]:
    """Each line, then pairs of neighbours, with a space between and without."""
    for one in lines:
        yield Passage(one.text, one.confidence, one.box)
    pairs = [(one, other) for one in lines for other in lines if one is not other and goes_on(one.box, other.box)]
    for one, other in pairs[:MOST]:
        confidence, box = min(one.confidence, other.confidence), around(one.box, other.box)
        yield Passage(f"{one.text} {other.text}", confidence, box)
        yield Passage(one.text + other.text, confidence, box)


def goes_on(one: Box, other: Box) -> bool:
    """Whether text of the first box goes on in the other, to the right of it or below."""
    height = min(one[3], other[3])
    if max(one[3], other[3]) > ALIKE * height:
        return False
    across, down = gap(one[0], one[2], other[0], other[2]), gap(one[1], one[3], other[1], other[3])
    beside = -height / 2 < down < 0 or down <= -height / 2
    if beside and other[0] > one[0] and 0 - height < across < BESIDE * height:
        return True
    return across < 0 and other[1] > one[1] and -height / 2 < down < BELOW * height


def gap(start: int, length: int, other: int, other_length: int) -> int:
    """What lies between two stretches; negative: how much they share."""
    return max(start, other) - min(start + length, other + other_length)


def around(one: Box, other: Box) -> Box:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top
