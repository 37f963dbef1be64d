"""What brands are called beside their registered names: data/nicknames.tsv, and a file of its form that users write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path

from matchers.data import HERE
from matchers.title.text import CHARS, fold_title
from matchers.types import Mark

COLUMNS = ("brand", "classes", "sure", "word")


class NicknamesError(ValueError):
    """A file of nicknames cannot be read; the message is one line."""


@dataclass(frozen=True, slots=True)
class Nicknames:
    """The nicknames of one brand.

    classes : Nice classes of what it is known for
    sure : those that mean nothing else; words : those that are ordinary words too, or letters with other meanings
    """

    classes: tuple[int, ...] = ()
    sure: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


SURE, WORDS = attrgetter("sure"), attrgetter("words")


def key(name: str) -> str:
    """What two ways to write a brand have in common: its letters, digits and hanzi, folded."""
    if name.isascii() and name.isalnum():
        return name.lower()
    if all(CHARS[char].shape == "H" and CHARS[char].hanzi == char for char in name):
        return name
    return "".join(cell.text for cell in fold_title(name).cells if cell.text.isalnum())


def read(path: Path) -> dict[str, Nicknames]:
    """A file of nicknames: brand to nicknames. Raises NicknamesError that names the line; OSError."""
    found: dict[str, Nicknames] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise NicknamesError(f"{path.name}: not UTF-8") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [*line.split("\t"), "", ""][:4] if line.count("\t") in {2, 3} else []
        if not cells or not all(part.strip().isdecimal() for part in cells[1].split(",") if part.strip()):
            raise NicknamesError(f"{path.name}, line {number}: four columns with tabs between: {', '.join(COLUMNS)}")
        brand, classes, sure, words = cells
        one = Nicknames(tuple(int(part) for part in classes.split(",") if part.strip()), parts(sure), parts(words))
        found |= {name: one for name in map(key, parts(brand)) if name}
    return found


def parts(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def shipped() -> dict[str, Nicknames]:
    """The project's own table."""
    return read(HERE / "nicknames.tsv")


def nicknames_of(mark: Mark, *more: dict[str, Nicknames]) -> list[Nicknames]:
    """The nicknames of a mark, in the project's table and in others; not those of another maker of other goods."""
    names = list(dict.fromkeys(map(key, mark.names)))
    rows = [table[name] for table in (shipped(), *more) for name in names if name in table]
    classes = set(mark.nice_classes)
    return [row for row in rows if not classes or not row.classes or not classes.isdisjoint(row.classes)]


def with_nicknames(mark: Mark, *more: dict[str, Nicknames]) -> Mark:
    """The mark with its known nicknames beside its aliases."""
    found = nicknames_of(mark, *more)
    if not found:
        return mark
    sure, words = ([name for row in found for name in column(row)] for column in (SURE, WORDS))
    return replace(mark, nicknames=(*mark.nicknames, *sure), loose_nicknames=(*mark.loose_nicknames, *words))
