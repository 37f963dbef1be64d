"""Names of one letter or hanzi: only as they stand, and only as a whole run. They name little, so they weigh little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchers.title import scores
from matchers.title.cells import How
from matchers.title.names import Name
from matchers.title.sighting import Sighting, isolated
from matchers.title.text import Text


def find(names: Sequence[Name], text: Text) -> Iterator[Sighting]:
    """Every one-character name of a title that stands alone."""
    if not names:
        return
    for place, cell in enumerate(text.cells):
        for name in names:
            if cell.text == name.key and cell.how is How.PLAIN and isolated(text, place, place):
                yield Sighting(name, (), scores.PLAIN, place, place)
