"""Names that a reader of pictures got nearly right: letters that look alike, parts that were lost at the edges.

Only for names long enough that no other word lies as near, and for readings that are no ordinary words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from matchers.title.text import fold_title
from matchers.title.words import is_english, other_brands
from matchers.types import Mark

SHORTEST = 6  # letters of a name; from 4 on one wrong letter is the title matcher's
MOST_WRONG = 0.25  # of a name's letters
NEAR = 0.85  # score of a name that only look-alike letters part from what was read
FALL = 1.4  # what is lost of it for all letters wrong
# What readers of pictures take for one another: single letters, then pairs (v stands as u by then).
ALIKE = str.maketrans("0125689|!$vyjq", "olzsbbgllsuulg")
PAIRS = (("rn", "m"), ("uu", "w"), ("cl", "d"), ("ii", "u"), ("nn", "m"))


@dataclass(frozen=True, slots=True)
class Misread:
    """read : the text that was taken for the name"""

    right: str
    name: str
    read: str
    score: float


@dataclass(frozen=True, slots=True)
class Misreadable:
    """Names by their shapes, as a reader may see them."""

    names: tuple[tuple[str, str], ...]  # (right, name)
    shapes: tuple[str, ...]

    def near(self, text: str) -> list[Misread]:
        """The names that a text nearly is: each of its words, and all of them as one."""
        words = text.split()
        asked = dict.fromkeys([*words, "".join(words)] if len(words) > 1 else words)
        return [one for word in asked if len(word) >= SHORTEST - 1 for one in self._near(word)]

    def _near(self, word: str) -> list[Misread]:
        letters = compact(word)
        seen = shape(letters)
        if len(seen) < SHORTEST - 2 or is_english(letters) or letters in other_brands():
            return []
        found = process.extract(seen, self.shapes, scorer=Levenshtein.distance, score_cutoff=3, limit=5)
        near = ((self.names[place], wrong / len(found_shape)) for found_shape, wrong, place in found)
        return [
            Misread(right, name, word, round(NEAR - FALL * share, 4))
            for (right, name), share in near
            if share <= MOST_WRONG
        ]


def misreadable(marks: Sequence[Mark]) -> Misreadable:
    """The names of marks that are long enough."""
    names = [(mark.right_id, name) for mark in marks for name in dict.fromkeys((*mark.names, *mark.aliases))]
    shapes = [(pair, shape(compact(pair[1]))) for pair in names]
    kept = [(pair, seen) for pair, seen in shapes if len(compact(pair[1])) >= SHORTEST and seen.isascii()]
    return Misreadable(tuple(pair for pair, _ in kept), tuple(seen for _, seen in kept))


def compact(text: str) -> str:
    """Letters, digits and hanzi of a text, folded."""
    return "".join(cell.text for cell in fold_title(text).cells if cell.text.isalnum())


def shape(letters: str) -> str:
    """Letters with those that look alike made one."""
    letters = letters.translate(ALIKE)
    for pair, single in PAIRS:
        letters = letters.replace(pair, single)
    return letters
