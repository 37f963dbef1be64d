"""Whether a spaced-out hit goes on beyond its ends, and so is a piece of something else."""

from __future__ import annotations

from matchers.title.cells import Kind
from matchers.title.gaps import Gap, gap_said
from matchers.title.sighting import around, isolated
from matchers.title.text import Stream, Text
from matchers.title.words import crossed


def torn(text: Text, stream: Stream, start: int, end: int, inside: list[Gap]) -> bool:
    """Whether a spaced-out hit goes on in its neighbours: NIKE inside M I N I K E, 原单 inside 中原 单鞋."""
    kinds, first, last = {gap.kind for gap in inside}, stream.first[start], stream.last[end - 1]
    if kinds == {"kana"}:  # also a word (の: of), so that a row of phrases goes on with it
        return inside[0].cells[0].char in {
            cell.char for cell in (*text.cells[first - 1 : first], *text.cells[last + 1 : last + 2])
        }
    if kinds - {"space", "usual", "sign"}:
        return False
    if text.cells[first].kind is Kind.HANZI:
        return torn_hanzi(text, first, last, inside)
    same = {gap_said(gap) for gap in inside}
    before = start > 0 and between(text, stream, start - 1) in same
    behind = end < len(stream.text) and between(text, stream, end - 1) in same
    return (before and goes_on(text, stream.first[start - 1], first, same)) or (
        behind and goes_on(text, stream.first[end], last, same)
    )


def goes_on(text: Text, place: int, edge: int, gaps_inside: set[str]) -> bool:
    """Whether what stands beyond the same gap belongs to the same word: one letter; after a sign, any letters.

    edge : the letter of the hit that is nearest
    """
    if all(gap.isspace() for gap in gaps_inside):
        return letters_at(text, place) == 1 and text.cells[place].char.isupper() == text.cells[edge].char.isupper()
    return text.shape[place] == "L"


def torn_hanzi(text: Text, first: int, last: int, inside: list[Gap]) -> bool:
    """Whether the hanzi on either side of a gap belong to words outside of the name."""
    if not {gap.kind for gap in inside} & {"space", "usual"} or isolated(text, first, last):
        return False
    before, behind = around(text, first, last)
    one, two = text.cells[first].text, text.cells[last].text
    if crossed(before + one, len(before)) or crossed(two + behind, 1):
        return True
    letters = sum(kind == "H" for kind in text.shape[first : last + 1])
    return letters == 2 and bool(before) and bool(behind) and any(gap.kind == "space" for gap in inside)


def between(text: Text, stream: Stream, place: int) -> str:
    """What stands between two positions of a stream."""
    return "".join([cell.char for cell in text.cells[stream.last[place] + 1 : stream.first[place + 1]]])


def letters_at(text: Text, place: int) -> int:
    """How many letters the run has that a cell stands in; counts to three."""
    if text.shape[place] != "L":
        return 0
    left = right = place
    while left > 0 and text.shape[left - 1] in "LD" and place - left < 3:
        left -= 1
    while right + 1 < len(text.cells) and text.shape[right + 1] in "LD" and right - place < 3:
        right += 1
    return right - left + 1
