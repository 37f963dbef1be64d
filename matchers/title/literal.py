"""Names of one letter or hanzi: only as they stand, and only as a whole run. They name little, so they weigh little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matchers.title import scores
from matchers.title.cells import How
from matchers.title.register import Register
from matchers.title.sighting import Sighting, isolated
from matchers.title.text import Text


def find(names: Mapping[str, Sequence[int]], register: Register, text: Text) -> Iterator[Sighting]:
    """Every one-character name of a title that stands alone. names : character to the numbers of names"""
    if names.keys().isdisjoint(text.title.lower()):
        return
    for place, cell in enumerate(text.cells):
        if cell.text in names and cell.how is How.PLAIN and isolated(text, place, place):
            for number in names[cell.text]:
                yield Sighting(register.name(number), (), scores.PLAIN, place, place)
