"""The manifest of `bazaarwatch match images`: which pictures, marks and words are asked about, and in which pictures.

It is written by other people, as are the pictures: no path leaves the folder, and whatever is wrong is a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.cli.shared import UsageError
from crawler.cli.title_files import Row, Table, few, opened_file, text, unknown_columns

TASKS = ("copy", "logo", "text")
ROLES = ("gallery", "query")
COLUMNS = ("task", "role", "id", "path_or_text")
SHOWN = 80  # characters of a cell that a message repeats
MOST_BYTES = 64 * 1024 * 1024  # of a picture that are read: twice what the decoder takes, which then says why not


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest. line : its number, from 1; path : of its picture, None for a word"""

    line: int
    task: str
    id: str
    path: Path | None
    word: str = ""

    def data(self) -> bytes:
        """The bytes of its picture, bounded. Raises OSError."""
        assert self.path is not None
        with self.path.open("rb") as file:
            return file.read(MOST_BYTES)


@dataclass(frozen=True)
class Manifest:
    """galleries : what is looked for, by task; queries : in what, in the order of the file; warnings : what is odd"""

    name: str
    galleries: Mapping[str, Sequence[Entry]]
    queries: Sequence[Entry]
    warnings: Sequence[str]

    @property
    def paths(self) -> Iterator[Path]:
        """All pictures that are read."""
        every = (*self.queries, *(entry for gallery in self.galleries.values() for entry in gallery))
        return (entry.path for entry in every if entry.path is not None)


def read_manifest(path: Path, root: Path) -> Manifest:
    """What a manifest asks, its pictures in the folder `root`. Raises UsageError with a line for each mistake."""
    if not root.is_dir():
        raise UsageError(f"{root}: no such folder")
    with opened_file(path) as file:
        table = Table(file, path.name, COLUMNS, COLUMNS)
        reader = Reader(root.resolve())
        for row in table:
            reader.take(row)
    missing = [f"task {task} has queries and no gallery" for task in sorted(reader.asked - set(reader.galleries))]
    if not reader.known and not reader.mistakes:
        missing.append("has no rows")
    if mistakes := [*few(reader.mistakes, path.name), *(f"{path.name}: {line}" for line in missing)]:
        raise UsageError("\n".join(mistakes))
    longer = [f"{reader.longer} lines have more cells than the first line; these are left out"] * bool(reader.longer)
    return Manifest(
        path.name,
        reader.galleries,
        reader.queries,
        [*unknown_columns(table), *(f"{path.name}: {one}" for one in longer)],
    )


class Reader:
    """Takes row after row, and collects the mistakes."""

    def __init__(self, root: Path) -> None:
        self.galleries: dict[str, list[Entry]] = {}
        self.queries: list[Entry] = []
        self.mistakes: list[str] = []
        self.asked: set[str] = set()
        self.known: dict[tuple[str, str, str], int] = {}
        self.longer = 0
        self._root = root

    def take(self, row: Row) -> None:
        """A row more."""
        self.longer += row.is_longer
        task, role, name = (text(row.cells[column]) for column in COLUMNS[:3])
        first = self.known.setdefault((task, role, name), row.line)
        try:
            if first != row.line:
                raise UsageError(f"{task} {role} {shown(name)} stands in line {first} already")
            entry = entry_of(row, self._root)
        except UsageError as mistake:
            self.mistakes.append(f"line {row.line}: {mistake}")
            return
        if role == "gallery":
            self.galleries.setdefault(task, []).append(entry)
        else:
            self.asked.add(task)
            self.queries.append(entry)


def entry_of(row: Row, root: Path) -> Entry:
    """The entry of a row. Raises UsageError."""
    task, role, name = (text(row.cells[column]) for column in COLUMNS[:3])
    value = row.cells["path_or_text"]
    if task not in TASKS:
        raise UsageError(f"{shown(task)} is no task; there are {', '.join(TASKS)}")
    if role not in ROLES:
        raise UsageError(f"{shown(role)} is no role; there are {' and '.join(ROLES)}")
    if not name.strip():
        raise UsageError("id is empty")
    if (task, role) != ("text", "gallery"):
        return Entry(row.line, task, name, inside(root, text(value)))
    word = value.decode("utf-8", "replace").strip()
    if not word:
        raise UsageError("the word is empty")
    return Entry(row.line, task, name, None, word)


def inside(root: Path, name: str) -> Path:
    """A file in the folder, wherever links lead. Raises UsageError."""
    if not name:
        raise UsageError("path_or_text is empty")
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise UsageError(f"{shown(name)} leads out of the folder")
        if path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a ring of links
        pass
    raise UsageError(f"{shown(name)}: no such file")


def shown(cell: str) -> str:
    """A cell as a message repeats it, on one line."""
    kept = "".join(char if char.isprintable() else " " for char in cell[:SHOWN])
    return kept if len(cell) <= SHOWN else f"{kept}..."


def counted(entries: Sequence[Entry]) -> str:
    """How many entries of each task: `120 copy, 240 logo`."""
    return ", ".join(f"{number:,} {task}" for task, number in sorted(Counter(one.task for one in entries).items()))
