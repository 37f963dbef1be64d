"""From a path to its answers: which files there are, what each is by its content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from crawler.answers import Answer
from crawler.archives.har import har_answers, is_har
from crawler.archives.mhtml import is_mhtml, mhtml_answers
from crawler.archives.saved import companion_address, page_answers
from crawler.archives.stored import MAX_FILE, ArchiveError, Notes, Stored, is_picture
from crawler.archives.streams import Allowance, Stream
from crawler.archives.transfer import GZIP
from crawler.archives.wacz import ZIP, check_wacz, wacz_answers
from crawler.archives.warc import is_warc, warc_answers
from crawler.progress import tell

MAX_FILES = 100_000
MAX_LEVELS = 30  # of folders in folders
HEAD = 4 * 2**10  # bytes by which a file is known
PAGES = (".html", ".htm")
COMPANIONS = ("_files", ".files")  # what a browser calls the folder that it makes beside such a page


def stored_files(path: Path) -> list[Path]:
    """The files of an archive, in the order of their names. Raises ArchiveError."""
    if path.is_file():
        return [path, *_companions(path)]
    if not path.is_dir():
        raise ArchiveError(f"{path}: no such file or folder")
    files = []
    for file in _walk(path, set(), MAX_LEVELS):
        files.append(file)
        if len(files) == MAX_FILES:
            tell(f"warning: {path}: more than {MAX_FILES} files: the rest is left out")
            break
    if not files:
        raise ArchiveError(f"{path}: no files in this folder")
    return files


def check(path: Path) -> None:
    """Raises ArchiveError for what could only fail later: nothing there, a single file that is empty or no archive."""
    stored_files(path)
    if not path.is_file():
        return
    try:
        with path.open("rb") as source:
            head = source.read(HEAD)
    except OSError as error:
        raise ArchiveError(f"{path.name}: {error.strerror}") from None
    if not head:
        raise ArchiveError(f"{path.name}: it is empty")
    if head.startswith(ZIP):
        check_wacz(path, path.name)


def stored_answers(path: Path) -> Iterator[Stored]:
    """What is stored in a file or folder, one answer at a time, in order.

    Raises ArchiveError for a file that cannot be read. In a folder such a file is a warning, and the others are read.
    """
    for file in stored_files(path):
        notes = Notes(str(file.relative_to(path)) if path.is_dir() else file.name)
        try:
            yield from answers_of(file, notes)
        except ArchiveError as error:
            if file == path:
                raise
            tell(f"warning: {error}")
        finally:
            notes.tell()


def answers_of(file: Path, notes: Notes) -> Iterator[Stored]:
    """What is stored in one file; `notes` has its name for messages, and what was passed over. Raises ArchiveError."""
    try:
        yield from _of_kind(file, notes.name, notes)
    except OSError as error:
        raise ArchiveError(f"{notes.name}: {error.strerror or 'cannot be read'}") from None


def _walk(folder: Path, above: set[tuple[int, int]], levels: int) -> Iterator[Path]:
    """Files below a folder. Links are followed, but never into a folder that is being walked already."""
    try:
        at = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        tell(f"warning: {folder}: {error.strerror}")
        return
    if (at.st_dev, at.st_ino) in above or not levels:
        return
    for entry in entries:
        each = folder / entry.name
        if entry.name.startswith("."):
            continue
        if each.is_dir():
            yield from _walk(each, above | {(at.st_dev, at.st_ino)}, levels - 1)
        elif each.is_file():
            yield each


def _of_kind(file: Path, name: str, notes: Notes) -> Iterator[Stored]:
    with file.open("rb") as source:
        stream = Stream(source, Allowance.of(file.stat().st_size))
        head = stream.peek(HEAD)
        if head.startswith(ZIP):
            yield from wacz_answers(file, name, notes)
            return
        if head.startswith(GZIP):
            stream = stream.unzipped()
            head = stream.peek(HEAD)
        if is_warc(head):
            yield from warc_answers(stream, name, notes)
        elif is_har(head):
            yield from har_answers(stream, name, notes)
        else:
            yield from _one_page(file, stream, name, notes)


def _one_page(file: Path, stream: Stream, name: str, notes: Notes) -> Iterator[Stored]:
    data = stream.whole(MAX_FILE)
    if data is None:
        raise ArchiveError(f"{name}: larger than {MAX_FILE >> 20} MB, no page of a marketplace")
    if stream.trouble:
        notes.note(stream.trouble)
    came_along = _is_companion(file.parent)
    if is_picture(data):
        url = companion_address(file.parent.name, file.name) if came_along else None
        yield Stored(answer=Answer(data, url), name=name, kind="photo")
    elif is_mhtml(data[:HEAD]):
        yield from mhtml_answers(data, name, notes)
    elif data:
        beside = next((folder.name for folder in _folders_beside(file)), None)
        yield from page_answers(data, name, "other" if came_along else "page", beside)
    else:
        notes.note("it is empty")


def _companions(page: Path) -> list[Path]:
    """The files in the folder that a browser made beside a page."""
    return [file for folder in _folders_beside(page) for file in _walk(folder, set(), 1)]


def _folders_beside(page: Path) -> list[Path]:
    folders = [page.with_name(page.stem + ending) for ending in COMPANIONS] if page.suffix in PAGES else []
    return [folder for folder in folders if folder.is_dir()]


def _is_companion(folder: Path) -> bool:
    """Whether it is such a folder: what is in it came along."""
    ending = next((each for each in COMPANIONS if folder.name.endswith(each)), None)
    page = folder.name.removesuffix(ending) if ending else ""
    return bool(page) and any((folder.parent / (page + suffix)).is_file() for suffix in PAGES)
