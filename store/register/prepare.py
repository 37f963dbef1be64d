"""A row's files on their way into the data folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from store.register.nearby import CheckPicture, PictureError, pictures_named, read_paper, read_picture
from store.register.rows import RightRow

OddPicture = Callable[[bytes], str | None]  # what is odd about a picture of a mark, in words


class Keeps(Protocol):
    """Where bytes are kept by their hash: `store.blobs.Blobs`, or one that only counts."""

    def put(self, data: bytes) -> str:
        """Keep `data`; its sha256."""


@dataclass(frozen=True)
class Kept:
    """A file of a right that lies in the data folder."""

    role: str
    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Prepared:
    """A row with its files, kept; `problems` has a line for each that was left out, `oddities` for each that is odd."""

    row: RightRow
    pictures: tuple[Kept, ...] = ()
    papers: tuple[Kept, ...] = ()
    problems: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()


def prepare(
    row: RightRow, folder: Path, blobs: Keeps, check: CheckPicture, odd: OddPicture = lambda data: None
) -> Prepared:
    """Copy the pictures and papers a row names into the data folder.

    folder : the file's own; no path leaves it
    check : raises an exception whose text says why, when the bytes are no usable picture
    """
    problems: list[str] = []
    oddities: list[str] = []
    pictures = []
    for role, entries in (("mark", row.images), ("photo", row.photos), ("negative", row.negative_photos)):
        paths, lost = pictures_named(folder, entries)
        problems += lost
        for path in paths:
            try:
                data = read_picture(path, check)
            except PictureError as error:
                problems.append(str(error))
                continue
            pictures.append(Kept(role, path.name[-300:], blobs.put(data), len(data)))
            words = odd(data) if role == "mark" else None
            oddities += [f"{row.right_id}: {path.name}: {words}"] if words else []
    papers = _papers(row, folder, blobs, problems)
    told = tuple(f"{row.right_id}: {problem}" for problem in problems)
    return Prepared(row, tuple(pictures), papers, told, tuple(oddities))


def _papers(row: RightRow, folder: Path, blobs: Keeps, problems: list[str]) -> tuple[Kept, ...]:
    kept = []
    for role, entry in row.papers():
        try:
            data = read_paper(folder, entry)
        except PictureError as error:
            problems.append(f"documents: {error}")
            continue
        kept.append(Kept(role, Path(entry).name[-300:], blobs.put(data), len(data)))
    return tuple(kept)
