"""An answer that is kept in a file: what every kind of archive gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.answers import Answer
from crawler.decoding import MAX_BODY
from crawler.progress import tell

MAX_RECORDS = 200_000  # of one file that are looked at; an hour of browsing leaves some thousand
MAX_FILE = 2 * MAX_BODY  # bytes of a file that is read whole: a saved page with its pictures inside

Kind = Literal["page", "photo", "other"]

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")
_NO_PAGE = ("css", "font", "video", "audio", "wasm", "octet-stream", "svg")


class ArchiveError(Exception):
    """The archive cannot be read; the message is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One answer of an archive.

    answer : url, status and headers where the file tells them
    name : for messages: the file, and the place in it
    kind : `page`: whoever stored it meant it; `photo`; `other`: it came along, as a browser's every call does
    derived : not received but drawn: a page's document as the browser had it
    asked : our own recordings: the address of the search or article that it was an answer to
    """

    answer: Answer
    name: str
    kind: Kind
    derived: bool = False
    asked: str | None = None


class Notes:
    """What was passed over in a file: one line for each reason, however often."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reasons: Counter[str] = Counter()

    def note(self, reason: str) -> None:
        """One more."""
        self.reasons[reason] += 1

    def tell(self) -> None:
        """Say it, once the file is read."""
        for reason, times in self.reasons.items():
            tell(f"warning: {self.name}: {reason}" + (f" ({times} times)" if times > 1 else ""))


def is_picture(body: bytes) -> bool:
    """By its first bytes; an SVG is a program, not a picture."""
    riff = body[:4] == b"RIFF" and body[8:12] == b"WEBP"
    return body.startswith(_PICTURES) or riff or body[4:12] in (b"ftypavif", b"ftypavis")


def kind_of(body: bytes, headers: Mapping[str, str]) -> Kind | None:
    """What an answer among many is; None for style sheets, fonts, films and the like."""
    if is_picture(body):
        return "photo"
    content_type = headers.get("content-type", "").lower()
    return None if any(word in content_type for word in _NO_PAGE) else "other"
