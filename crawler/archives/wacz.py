"""WACZ: a zip with WARC files in its folder `archive/`. Names in it are for messages, never part of a path."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.archives.stored import ArchiveError, Notes, Stored
from crawler.archives.streams import DAMAGED, Allowance, Stream
from crawler.archives.warc import warc_answers

ZIP = b"PK\x03\x04"
MAX_DIRECTORY = 4 * 2**20  # bytes of the list of files; a WACZ has some dozen
MAX_WARCS = 1_000
_NO_ZIP = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError)


class _File(io.FileIO):
    """zipfile reads the list of files in one piece, however long it says it is."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise zipfile.BadZipFile("a list of files without an end")
        return super().read(-1 if size is None else size)


def wacz_answers(path: Path, name: str, notes: Notes) -> Iterator[Stored]:
    """The answers of all WARC files inside. Raises ArchiveError where there are none."""
    allowance = Allowance.of(path.stat().st_size)
    with _opened(path, name) as box:
        for each in _warcs(box, name):
            try:
                with box.open(each) as source:
                    yield from warc_answers(Stream(source, allowance), name, notes)
            except _NO_ZIP:
                notes.note(DAMAGED)


def check_wacz(path: Path, name: str) -> None:
    """Raises ArchiveError where there is no WARC inside."""
    with _opened(path, name) as box:
        _warcs(box, name)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    with _File(path) as file:
        try:
            box = zipfile.ZipFile(file)
        except _NO_ZIP:
            raise ArchiveError(f"{name}: a zip file that cannot be read") from None
        with box:
            yield box


def _warcs(box: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    inside = [each for each in box.infolist() if _is_warc(each)]
    if not inside:
        raise ArchiveError(f"{name}: a zip file without archive/*.warc.gz in it; unpack it and give the folder")
    return sorted(inside, key=lambda each: each.filename)[:MAX_WARCS]


def _is_warc(member: zipfile.ZipInfo) -> bool:
    packed = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without bounds
    inside = member.filename.startswith("archive/") and member.filename.endswith((".warc", ".warc.gz"))
    return packed and inside and not member.flag_bits & 1  # 1: it wants a password
