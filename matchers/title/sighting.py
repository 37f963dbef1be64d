"""A place in a title where a name was seen, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass

from matchers.title.names import Name
from matchers.title.text import Text


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name seen in a title.

    codes : the evasions that were seen, the strongest first; empty for a plain naming
    score : probability that the mark is named here
    first, last : the cells it stands in
    said : for each code what a reader should be told
    apart : the plain name, cut in two at a place that is no word border
    """

    name: Name
    codes: tuple[str, ...]
    score: float
    first: int
    last: int
    said: tuple[str, ...] = ()
    apart: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing is hidden."""
        return not self.codes


def around(text: Text, first: int, last: int, reach: int = 4) -> tuple[str, str]:
    """The hanzi that touch the cells `first` to `last`: before, behind; at most `reach` each."""
    left, right = first, last
    while left > 0 and first - left < reach and text.shape[left - 1] == "H":
        left -= 1
    while right + 1 < len(text.cells) and right - last < reach and text.shape[right + 1] == "H":
        right += 1
    before = "".join([cell.text for cell in text.cells[left:first]])
    behind = "".join([cell.text for cell in text.cells[last + 1 : right + 1]])
    return before, behind


def isolated(text: Text, first: int, last: int) -> bool:
    """Whether neither a letter, digit nor hanzi touches the cells `first` to `last`."""
    shape = text.shape
    return (first == 0 or shape[first - 1] not in "LDHS") and (last + 1 == len(shape) or shape[last + 1] not in "LDHS")
