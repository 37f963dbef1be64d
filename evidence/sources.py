"""A folder or a zip file, to be read file by file. Nothing is unpacked to the disk, no link is followed.

Zip files come from anybody: their names, their kinds of packing and what they expand to are checked.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from evidence.errors import EvidenceError
from evidence.layout import DRAFT

MAX_NAMES = 1_000_000
MAX_DIRECTORY = 256 * 2**20  # bytes of a zip file's list of files; a thousand bundles have 4 MB
MOST_EXPANDED = 100  # times the zip file's own size; pictures and gzip do not shrink, pages to a tenth
FREE = 256 * 2**20  # bytes that even the smallest may expand to
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError)


class Tree(Protocol):
    """sizes : bytes of each file, by its path with slashes; odd : a sentence for each thing that is no plain file"""

    odd: list[str]

    @property
    def sizes(self) -> Mapping[str, int]:
        """Of the files."""

    def open(self, path: str) -> Any:
        """To be read in a `with`. Raises OSError."""


class Folder:
    """Files below a folder. Drafts are left out: they are no bundles yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sizes: dict[str, int] = {}
        self.odd: list[str] = []
        self._walk(root, "", 0)

    def _walk(self, folder: Path, prefix: str, depth: int) -> None:
        for entry in os.scandir(folder):
            path = prefix + entry.name
            if entry.is_symlink():
                self.odd.append(f"{path}: is a link")
            elif entry.is_dir():
                if depth and entry.name.startswith(".") and entry.name.endswith(DRAFT):
                    continue
                self._walk(Path(entry.path), path + "/", depth + 1)
            elif entry.is_file() and len(self.sizes) < MAX_NAMES:
                self.sizes[path] = entry.stat(follow_symlinks=False).st_size
            else:
                self.odd.append(f"{path}: is no plain file")

    def open(self, path: str) -> IO[bytes]:
        """Unbuffered: it is read in large pieces. Raises OSError."""
        return os.fdopen(os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb", buffering=0)


class Zip:
    """Files in a zip file. Raises EvidenceError: it is none, or none that may be read."""

    def __init__(self, file: IO[bytes], size: int, name: str) -> None:
        try:
            self.box = zipfile.ZipFile(file)
        except _BROKEN:
            raise EvidenceError(f"{name}: a zip file that cannot be read") from None
        self.members: dict[str, zipfile.ZipInfo] = {}
        self.odd: list[str] = []
        for each in self.box.infolist():
            if not each.is_dir():
                self._take(each, name)
        self.sizes = {path: each.file_size for path, each in self.members.items()}
        if sum(self.sizes.values()) > max(FREE, MOST_EXPANDED * size):
            raise EvidenceError(f"{name}: expands without end, which no evidence does")

    def _take(self, member: zipfile.ZipInfo, name: str) -> None:
        path = member.filename
        parts = path.split("/")
        if path.startswith("/") or "\\" in path or ":" in path or any(part in ("", ".", "..") for part in parts):
            raise EvidenceError(f"{name}: a name in it leads out of its folder: {path[:100]}")
        if path in self.members:
            raise EvidenceError(f"{name}: {path[:100]} is in it twice")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise EvidenceError(f"{name}: {path[:100]} is a link")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
            raise EvidenceError(f"{name}: {path[:100]} is packed in a way that is not read here")
        self.members[path] = member

    @contextmanager
    def open(self, path: str) -> Iterator[Any]:
        """What zipfile finds wrong with it is an OSError here."""
        try:
            with self.box.open(self.members[path]) as source:
                yield source
        except _BROKEN as error:
            raise OSError(f"it cannot be unpacked ({error})") from None
        except Exception as error:  # zlib.error, and what else a damaged member meets
            raise OSError(f"it cannot be unpacked ({type(error).__name__})") from None


class _Bounded(io.FileIO):
    """zipfile reads the list of files in one piece, however long it says it is."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise zipfile.BadZipFile("a list of files without an end")
        return super().read(-1 if size is None else size)


@contextmanager
def opened(path: Path) -> Iterator[Tree]:
    """A folder, or a zip file, whatever its name. Raises EvidenceError."""
    if path.is_dir():
        yield Folder(path)
        return
    try:
        with _Bounded(path) as file:
            yield Zip(file, path.stat().st_size, path.name)
    except FileNotFoundError:
        raise EvidenceError(f"{path}: no such file or folder") from None
