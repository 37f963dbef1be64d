"""Look-ups of runs of letters with letters hidden or wrong."""

from __future__ import annotations

from collections.abc import Sequence

from matchers.title.keys import LONGEST_TYPED, TWICE_WRONG_FROM, Family, key, shortened, table_of
from matchers.title.rows import Find

MASK = "*"


def typed(find: Find, texts: Sequence[str]) -> list[tuple[int, int]]:
    """The texts that may be a misspelt name (their place, the number of the name), in order. Hidden letters are ``*``.

    A text is asked for with each of its letters left out, in longer ones any two: what is left of a name and of its
    misspelling agrees then. A text with hidden letters is asked for without them.
    """
    by_size: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for place, text in enumerate(texts):
        bare = text.replace(MASK, "")
        if 1 < len(bare) <= LONGEST_TYPED:
            lost = 0 if len(bare) < len(text) else 1 + (len(bare) >= TWICE_WRONG_FROM - 1)
            by_size.setdefault((len(bare), lost), []).append((place, bare))
    found: set[tuple[int, int]] = set()
    for (length, lost), group in by_size.items():
        for table in shortened(table_of([text for _, text in group], length), lost):
            for family in (Family.TYPED, Family.HIDDEN) if not lost else (Family.TYPED,):
                which, names = find(key(family, table.ravel()))
                rows = (which // table.shape[1]).tolist()
                found.update((group[row][0], name) for row, name in zip(rows, names.tolist(), strict=True))
    return sorted(found)
