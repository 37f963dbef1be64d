"""Bytes of a file, piece by piece: one that ends in the middle, is damaged or expands without end is a line, no error.

A megabyte of gzip can hold a gigabyte of zeros, and an archive can hold that many times over.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Any

PIECE = 256 * 2**10
MOST_EXPANDED = 200  # times the file's own size; JSON of the sites shrinks to a tenth, never to a hundredth
FREE = 256 * 2**20  # bytes that even the smallest file may expand to

CUT = "it ends in the middle"
DAMAGED = "it is damaged, and is not read further"
_ENDS = (EOFError, zlib.error, OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)


@dataclass
class Allowance:
    """Bytes that a file may still expand to, all its parts together."""

    left: int

    @classmethod
    def of(cls, size: int) -> Allowance:
        """For a file of so many bytes."""
        return cls(max(FREE, MOST_EXPANDED * size))


class Stream:
    """A source that is read to its end, or to where it can no longer be read; then `trouble` says why."""

    def __init__(self, source: IO[bytes], allowance: Allowance) -> None:
        self.source: Any = source
        self.allowance = allowance
        self.trouble: str | None = None
        self.begun = b""

    def read(self, size: int = PIECE) -> bytes:
        """Up to `size` bytes, at least one; nothing at the end. Never raises."""
        if self.begun:
            data, self.begun = self.begun[:size], self.begun[size:]
            return data
        if self.trouble:
            return b""
        try:
            data = self.source.read1(size)
        except _ENDS as error:
            within = getattr(self.source, "fileobj", None)
            self.trouble = getattr(within, "trouble", None) or (CUT if isinstance(error, EOFError) else DAMAGED)
            return b""
        self.allowance.left -= len(data)
        if self.allowance.left < 0:
            self.trouble = "it expands without end, which no archive of pages does"
            return b""
        return bytes(data)

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read: as many as there are, up to `size`."""
        pieces = [self.begun]
        self.begun = b""
        while sum(map(len, pieces)) < size and (piece := self.read()):
            pieces.append(piece)
        self.begun = b"".join(pieces)
        return self.begun[:size]

    def whole(self, most: int) -> bytes | None:
        """All that is left; None when that is more than `most` bytes."""
        data = self.peek(most + 1)
        self.begun = b""
        return data if len(data) <= most else None

    def unzipped(self) -> Stream:
        """The same, out of its gzip members."""
        packed: Any = self
        unpacked: Any = gzip.GzipFile(fileobj=packed)
        return Stream(unpacked, self.allowance)
