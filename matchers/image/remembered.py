"""What was found in pictures, kept from run to run: a crawl of tomorrow sees most of the pictures of today.

Findings hold for what was asked: other marks, photos or settings, or another version of this program, and all is asked
anew. The file is a cache: when it cannot be read or written, pictures are looked at as if it were not there.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from matchers.data import HERE
from matchers.types import Finding, Portfolio, Reason, Signal

log = logging.getLogger(__name__)

ROOM = HERE.parent
NAME = "findings.sqlite"
PATIENCE = 5.0  # seconds that another process may hold the file


@cache
def program() -> str:
    """What the matchers are made of: another rule or another network may find something else in the same picture."""
    digest = sha256()
    for file in sorted(ROOM.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def asked(portfolio: Portfolio, *settings: bool) -> str:
    """What tells one question from another: the marks, the photos by their content, the settings."""
    photos = sorted((right, [one.key for one in pictures]) for right, pictures in portfolio.photos.items())
    negative = [one.key for one in portfolio.negative_photos]
    return sha256(repr((program(), portfolio.marks, photos, negative, settings)).encode()).hexdigest()


class Remembered:
    """Findings by picture, in a file of a folder; thread-safe, never raises."""

    def __init__(self, folder: Path, question: str) -> None:
        """question : `asked`; what was found for another one is forgotten"""
        self._question = question
        self._lock = threading.Lock()
        self._file = self._opened(folder)

    def get(self, picture: str) -> list[Finding] | None:
        """The findings of a picture; None when it was not seen."""
        rows = self._run("select found from finding where picture = ? and asked = ?", (picture, self._question))
        try:
            return [finding(one) for one in json.loads(rows[0][0])] if rows else None
        except (ValueError, TypeError, KeyError):  # somebody else's words
            return None

    def put(self, picture: str, found: Iterable[Finding]) -> None:
        """Keep the findings of a picture."""
        told = json.dumps([asdict(one) for one in found], ensure_ascii=False)
        self._run("insert or replace into finding values (?, ?, ?)", (picture, self._question, told))

    def _opened(self, folder: Path) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                return self._made(folder / NAME)
            except (sqlite3.OperationalError, OSError) as error:  # held by somebody, or a place that cannot be written
                log.warning("what is found in pictures is not kept: %s", error)
                return None
            except sqlite3.DatabaseError:  # torn: it is a cache
                (folder / NAME).unlink(missing_ok=True)
        return None

    def _made(self, path: Path) -> sqlite3.Connection:
        file = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        file.execute("pragma journal_mode = wal")
        file.execute("pragma synchronous = off")  # what a power cut takes is found again
        file.execute("create table if not exists finding (picture text primary key, asked text, found text)")
        file.execute("delete from finding where asked <> ?", (self._question,))
        return file

    def _run(self, statement: str, values: tuple[str, ...]) -> list[Any]:
        if self._file is None:
            return []
        try:
            with self._lock:
                return self._file.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            log.warning("what is found in pictures is not kept: %s", error)
            self._file = None
            return []


def finding(told: dict[str, Any]) -> Finding:
    """A finding as it was before it was written. Raises KeyError, TypeError, ValueError"""
    span, box = (tuple(told[name]) if told[name] else None for name in ("span", "box"))
    return Finding(
        **told | {"signal": Signal(told["signal"]), "reason": Reason(**told["reason"]), "span": span, "box": box}
    )
