"""Chinese names whose hanzi are written as their parts: 耐克 as 而寸十兄.

The hanzi of a title are read as a net: each leads to the next, and each row of parts leads past itself as the hanzi it
makes. Names are looked for along the net, so that any mixture of whole and parted hanzi is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick

from matchers.title import scores
from matchers.title.cells import STROKES
from matchers.title.gaps import gaps
from matchers.title.hanzi import parts, simplified
from matchers.title.hashes import hashes
from matchers.title.keys import Family, key
from matchers.title.names import Name
from matchers.title.register import Register
from matchers.title.rows import Find
from matchers.title.sighting import Sighting, around
from matchers.title.sounds import hanzi_stream
from matchers.title.text import Stream, Text
from matchers.title.words import fluency

# Forms of one part: at the side of a hanzi, by itself, and by the name that everybody calls it.
FORMS = (
    *("氵水", "亻人", "扌手", "艹艸草", "讠言", "钅金", "饣食", "忄心", "犭犬", "纟糸丝"),
    *("衤衣", "礻示", "刂刀", "灬火", "辶走", "罒网四", "王玉", "宀家", "疒病", "攵文"),
)
ONE_FORM = {ord(form): forms[0] for forms in FORMS for form in forms}
MOST_PARTS = 3
ORDINARY = 5.0  # nats a hanzi up to which a row of parts reads as words of the language, whatever it also makes

Edges: TypeAlias = list[list[tuple[str, int]]]
Beginning: TypeAlias = tuple[int, int, int]  # where a name begins, where its first two hanzi end, its number


def one_form(text: str) -> str:
    """Hanzi with forms of one part made equal."""
    return text.translate(ONE_FORM)


@cache
def wholes() -> dict[str, str]:
    """Rows of parts, forms made equal, to the hanzi that they make; two of three may be written as one (林凡 = 梵)."""
    found: dict[str, str] = {}
    for hanzi, ways in parts().items():
        for way in ways:
            if len(way) <= MOST_PARTS:
                add(found, one_form("".join(map(simplified, way))), hanzi)
    for row, made in [item for item in found.items() if len(item[0]) == MOST_PARTS]:
        for hanzi in made:
            for first in found.get(row[:2], ""):
                add(found, one_form(first) + row[2], hanzi)
            for second in found.get(row[1:], ""):
                add(found, row[0] + one_form(second), hanzi)
    return found


@cache
def automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    """The index of `wholes`, and the hanzi that each entry makes."""
    return AhoCorasick(list(wholes())), tuple(wholes().values())


def add(found: dict[str, str], row: str, hanzi: str) -> None:
    """Note that a row of parts makes a hanzi."""
    if hanzi not in found.get(row, "") and one_form(hanzi) not in row:
        found[row] = found.get(row, "") + hanzi


def net(hanzi: str) -> Edges | None:
    """For each place the hanzi that may be read there and where each ends; None when nothing is in parts."""
    index, made = automaton()
    found = index.find_matches_as_indexes(one_form(hanzi), overlapping=True)
    if not found:
        return None
    edges: Edges = [[(char, place + 1)] for place, char in enumerate(hanzi)]
    for entry, start, end in found:
        edges[start] += [(whole, end) for whole in made[entry]]
    return [*edges, []]


def pairs(edges: Edges) -> Iterator[tuple[int, str, int]]:
    """Where two hanzi may be read one after the other: from where, the two, and where they end."""
    for start in range(len(edges) - 2):
        for one, middle in edges[start]:
            for two, end in edges[middle]:
                yield start, one + two, end


def beginnings(find: Find, texts: Sequence[Text]) -> Iterator[tuple[int, tuple[Stream, Edges], list[Beginning]]]:
    """The texts in which hanzi are written as parts: which, their net, and where a name may begin in it."""
    nets, asked, rows = {}, [], []
    for row, text in enumerate(texts):
        drawn = not STROKES.isdisjoint(text.title)
        if "H" not in text.shape:
            continue
        stream = hanzi_stream(text, strokes=drawn)
        if edges := net(stream.text):
            nets[row] = stream, edges
            for start, two, end in pairs(edges):
                asked.append(two)
                rows.append((row, start, end))
    if not asked:
        return
    which, names = find(key(Family.FIRST_TWO, hashes(asked)))
    found = sorted((*rows[place], name) for place, name in zip(which.tolist(), names.tolist(), strict=True))
    for row, some in groupby(found, key=itemgetter(0)):
        yield row, nets[row], [one[1:] for one in some]


def find(
    register: Register, text: Text, stream: Stream, edges: Edges, places: Iterable[Beginning]
) -> Iterator[Sighting]:
    """The names of a title of which hanzi are written as parts. places : where their first two hanzi are"""
    for start, end, number in places:
        name = register.name(number)
        stop = walked(edges, name.key[2:], end)
        if stop - start > len(name.key):
            yield from told(name, text, stream, start, stop)


def walked(edges: Edges, rest: str, place: int) -> int:
    """Where a name ends whose rest is read from a place on; 0 when it is not there."""
    for char in rest:
        place = next((end for one, end in edges[place] if one == char), 0)
        if not place:
            return 0
    return place


def told(name: Name, text: Text, stream: Stream, start: int, end: int) -> Iterator[Sighting]:
    """The sighting of a name in parts, when they are no ordinary words and nothing usual stands between them."""
    first, last = stream.first[start], stream.last[end - 1]
    if any(gap.kind in {"space", "usual", "filler"} or len(gap.cells) > 2 for gap in gaps(text, stream, start, end)):
        return
    before, behind = around(text, first, last)
    written = stream.text[start:end]
    strange = fluency(before) + fluency(behind) - fluency(before + written + behind)
    if strange > ORDINARY * len(written):
        said = f"{written} = {name.key}"
        yield Sighting(name, ("split_hanzi",), scores.CODES["split_hanzi"], first, last, (said,))
