"""Two names that should be one, and differ by a letter or two: shown side by side, with what differs."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

MOST = 2  # edits up to which two names are taken for a slip


def nearly_same(one: str, other: str) -> bool:
    """Whether they differ, by so little that a slip is likelier than another name."""
    return one != other and Levenshtein.distance(one, other, score_cutoff=MOST) <= MOST


def side_by_side(one: str, other: str) -> str:
    """The first place where they differ, with the code of what stands there: look-alikes look alike.

    >>> side_by_side("Oriva AG", "Orіva AG")
    "character 3: 'i' (U+0069 LATIN SMALL LETTER I) against 'і' (U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I)"
    """
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"character {at + 1}: {_named(one, at)} against {_named(other, at)}"


def _named(text: str, at: int) -> str:
    if at >= len(text):
        return "nothing"
    return f"{text[at]!r} (U+{ord(text[at]):04X} {unicodedata.name(text[at], 'no name')})"
