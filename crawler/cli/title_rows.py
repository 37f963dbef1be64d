"""What `bazaarwatch match titles` writes: a line for each mark of each title."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from crawler.cli.shared import UsageError
from crawler.cli.title_files import STANDARD
from matchers.mentions import Mention

COLUMNS = ("title_id", "mark_id", "score", "kind", "start", "end", "reason", "reason_zh", "matched")
BREAKING = frozenset({"Cc", "Zl", "Zp"})  # control characters, line and paragraph separators


def line(cells: Sequence[str]) -> bytes:
    """A line. What would break it, or a terminal, becomes a space; bytes that are no UTF-8 stay as they were."""
    joined = "\t".join([cell if cell.isascii() and cell.isprintable() else safe(cell) for cell in cells])
    try:
        return joined.encode("utf-8", "surrogateescape") + b"\n"
    except UnicodeEncodeError:
        return joined.encode("utf-8", "replace") + b"\n"


def safe(cell: str) -> str:
    """A cell without control characters and separators of lines."""
    return "".join([" " if unicodedata.category(char) in BREAKING else char for char in cell])


def row(title_id: str, one: Mention) -> bytes:
    """The line of a mark in a title."""
    start, end = one.span
    score = f"{one.score:.4f}"
    reason = one.reason
    return line((title_id, one.right, score, one.use, str(start), str(end), reason.en, reason.zh, one.matched))


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file that is there once all is written, and not before; `-` is stdout, and pipes are written to as they are.

    Raises UsageError when it cannot be written.
    """
    if path == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with _beside(path) as file:
            yield file
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "cannot be written").lower()
        raise UsageError(f"{path.name or path}: {why}") from None


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
