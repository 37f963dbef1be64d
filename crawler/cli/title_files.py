"""The two files of `bazaarwatch match titles`, and the file it writes: tab separated, a header, no quoting.

Lines are read as bytes, so that a quote, a NUL or a byte that is no UTF-8 is a character like any other. Both files are
written by other people, titles by people who would like the tool to fail: a line is bounded, and nothing is evaluated.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.cli.shared import UsageError
from matchers.types import Mark

STANDARD = Path("-")  # stdin, stdout
LONGEST_LINE = 8 << 20  # bytes of a line that are kept; a title of that length is an attack, or another kind of file
KNOWN_FOR = 50_000  # lines for which a title's id is remembered, so that memory does not grow with the file
MOST_TOLD = 20  # warnings about single lines of a file
MARK_COLUMNS = ("mark_id", "word_mark", "names", "aliases", "nice_classes")
NEEDED_OF_MARKS = ("mark_id", "word_mark")
TITLE_COLUMNS = ("title_id", "title")
CLASSES = range(1, 46)  # of the Nice classification
SEVERAL = re.compile(r"[|,;\s]+")


@dataclass(frozen=True)
class Row:
    """One line of a file: its number, from 1, and its cells by column, as bytes; empty where the line ends before."""

    line: int
    cells: dict[str, bytes]
    is_longer: bool = False


@dataclass(frozen=True)
class Title:
    """A title and its id. Characters of the id that are no UTF-8 are kept as surrogates (PEP 383)."""

    title_id: str
    title: str


class Table:
    """A file of rows with a header, read as a stream.

    unknown : columns of the file that nobody asked for
    """

    def __init__(self, file: BinaryIO, name: str, columns: Sequence[str], needed: Sequence[str]) -> None:
        """Raises UsageError when a needed column is missing."""
        self.name = name
        self._lines = numbered(file)
        _, first = next(self._lines, (1, b""))
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UsageError(f"{name}: is UTF-16; save it as UTF-8")
        names = [text(cell).strip() for cell in first.removeprefix(codecs.BOM_UTF8).split(b"\t")]
        self._places = {column: names.index(column) for column in columns if column in names}
        if missing := [column for column in needed if column not in names]:
            told = " and ".join(missing)
            raise UsageError(f"{name}: has no column {told}; its first line must name {', '.join(columns)}")
        if twice := [column for column in self._places if names.count(column) > 1]:
            raise UsageError(f"{name}: the column {twice[0]} stands in its first line twice")
        self._width = len(names)
        self.unknown = [one for one in names if one not in columns and one]

    def __iter__(self) -> Iterator[Row]:
        for number, line in self._lines:
            if line:
                cells = line.split(b"\t", self._width)
                found = {name: cells[at] if at < len(cells) else b"" for name, at in self._places.items()}
                yield Row(number, found, is_longer=len(cells) > self._width)


def numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines of a file without their ends; of a line that is too long, its beginning."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
            pass
        yield number, line.removesuffix(b"\n").removesuffix(b"\r")


def text(cell: bytes) -> str:
    """A cell as text that can be written again as the same bytes."""
    return cell.decode("utf-8", "surrogateescape")


def title_text(cell: bytes) -> str:
    """A title. A lone surrogate is one code point, a byte that is no UTF-8 too: offsets count it so."""
    try:
        return cell.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return text(cell)


def read_marks(data: bytes, name: str) -> tuple[list[Mark], list[str]]:
    """The marks of a file, and a line for whatever is odd. Raises UsageError when it cannot be used."""
    found: dict[str, tuple[int, Mark]] = {}
    warnings: list[str] = []
    table = Table(io.BytesIO(data), name, MARK_COLUMNS, NEEDED_OF_MARKS)
    for row in table:
        mark = mark_of(row, name, warnings)
        if mark.right_id in found:
            first = found[mark.right_id][0]
            raise UsageError(f"{name}: mark_id {mark.right_id} stands in line {first} and in line {row.line}")
        found[mark.right_id] = row.line, mark
    if not found:
        raise UsageError(f"{name}: has no marks")
    return [mark for _, mark in found.values()], [*unknown_columns(table), *few(warnings, name)]


def mark_of(row: Row, name: str, warnings: list[str]) -> Mark:
    """The mark of a row. Raises UsageError when it has no id."""
    cells = {column: text(cell).strip() for column, cell in row.cells.items()}
    if not cells["mark_id"]:
        raise UsageError(f"{name}: line {row.line}: mark_id is empty")
    names = (cells["word_mark"], *values(cells.get("names", "")))
    aliases = tuple(values(cells.get("aliases", "")))
    if not any(names) and not aliases:
        warnings.append(f"line {row.line}: {cells['mark_id']} has no name, and is never found")
    classes = [part for part in SEVERAL.split(cells.get("nice_classes", "")) if part]
    good = [int(part) for part in classes if part.isascii() and part.isdigit() and len(part) < 3]
    good = [number for number in good if number in CLASSES]
    if len(good) < len(classes):
        warnings.append(f"line {row.line}: nice_classes: what is no number from 1 to 45 is left out")
    return Mark(right_id=cells["mark_id"], names=tuple(filter(None, names)), aliases=aliases, nice_classes=tuple(good))


def values(cell: str) -> list[str]:
    """The values of a cell, `|` between them."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def unknown_columns(table: Table) -> list[str]:
    """A line about columns that nobody asked for."""
    return [f"{table.name}: columns that are not known are left out: {', '.join(table.unknown)}"] * bool(table.unknown)


def few(warnings: Sequence[str], name: str) -> list[str]:
    """The first of the lines about a file, with its name."""
    more = len(warnings) - MOST_TOLD
    told = [f"{name}: {warning}" for warning in warnings[:MOST_TOLD]]
    return [*told, f"{name}: {more} more such lines"] if more > 0 else told


def opened_file(path: Path) -> BinaryIO:
    """A file to read. Raises UsageError."""
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "no such file").lower()
        raise UsageError(f"{path}: {why}") from None


class Titles:
    """The titles of a file, as a stream; `warnings` holds, at its end, what was odd."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Raises UsageError when a column is missing."""
        self._table = Table(file, name, TITLE_COLUMNS, TITLE_COLUMNS)
        self._known: dict[str, int] = {}
        self._again: list[str] = []
        self._longer = self._twice = 0

    def __iter__(self) -> Iterator[Title]:
        for row in self._table:
            title_id = text(row.cells["title_id"])
            self._note(title_id, row)
            yield Title(title_id, title_text(row.cells["title"]))

    def _note(self, title_id: str, row: Row) -> None:
        self._longer += row.is_longer
        if title_id in self._known:
            self._twice += 1
            self._again = self._again or [f"{title_id} in lines {self._known[title_id]} and {row.line}"]
        elif len(self._known) >= KNOWN_FOR:
            del self._known[next(iter(self._known))]
        self._known[title_id] = row.line

    @property
    def warnings(self) -> list[str]:
        """A line for each kind of oddity."""
        name = self._table.name
        told = unknown_columns(self._table)
        if self._twice:
            told.append(f"{name}: {self._twice} lines repeat a title_id ({self._again[0]}); all are scored")
        if self._longer:
            told.append(f"{name}: {self._longer} lines have more cells than the first line; these are left out")
        return told
