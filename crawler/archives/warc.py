"""WARC: what crawlers and recorders write, ours included; packed with gzip or not.

warcio reads the records. It takes lines of any length and raises whatever it meets in a broken one, so it is given
a reader with an end, and what it raises is damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import BufferedReader  # type: ignore[import-untyped]

from crawler.answers import Answer
from crawler.archives.stored import MAX_RECORDS, ArchiveError, Notes, Stored, kind_of
from crawler.archives.streams import CUT, DAMAGED, Stream
from crawler.archives.transfer import GZIP, TooLargeError, received
from crawler.decoding import MAX_BODY

MAX_HEAD = 2**20  # bytes of a record's headers, all lines together

# Fields of our own recordings, beside those of the standard.
ASKED = "X-Asked-For"  # the search or article that an answer belongs to
DERIVED = "X-Derived"  # what was drawn, not received
FRAMES = "X-Visible-Frames"  # addresses of the frames that the user saw in it


def is_warc(head: bytes) -> bool:
    """By how the file begins, once it is unpacked."""
    return head.startswith(b"WARC/")


def warc_answers(stream: Stream, name: str, notes: Notes) -> Iterator[Stored]:
    """The answers of a WARC, in order; of one that ends in the middle those before."""
    if stream.peek(len(GZIP)) == GZIP:
        stream = stream.unzipped()
    records = _Records(stream)
    for number in range(1, MAX_RECORDS + 1):
        record = records.following(notes)
        if record is None:
            break
        body = record.raw_stream.read(MAX_BODY + 1)
        if _is_cut(record, body):
            notes.note(CUT)
            break
        stored = _stored(record, body, f"{name}, record {number}", notes)
        if stored:
            yield stored
    else:
        notes.note(f"it has more than {MAX_RECORDS} records, of which the rest is left out")
    if stream.trouble and stream.trouble not in notes.reasons:
        notes.note(stream.trouble)


class _Lines(BufferedReader):  # type: ignore[misc]
    """A reader whose header lines come to an end."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream)
        self.budget = MAX_HEAD

    def readline(self, length: int | None = None) -> bytes:
        most = self.budget + 1
        line: bytes = super().readline(most if length is None else min(length, most))
        self.budget -= len(line)
        if self.budget < 0:
            raise ArchiveError("headers without an end")
        return line


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's own, on our reader. It would print lines of the file on the terminal: here it prints nothing."""

    INC_RECORD = ""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream)
        self.stream = stream
        self.reader = _Lines(stream)

    def following(self, notes: Notes) -> Any:
        """The next record; None where there is no further one that can be read."""
        if self.reader:
            self.reader.budget = MAX_HEAD
        try:
            return next(self, None)
        except Exception:  # ArchiveLoadFailed, AttributeError where a field is missing, ours, and others
            notes.note(DAMAGED if self.stream.peek(1) else CUT)
            return None


def _is_cut(record: Any, body: bytes) -> bool:
    """Less came than the record said, or it does not say how much is to come."""
    said = (record.rec_headers.get_header("Content-Length") or "").strip()
    if not (said.isascii() and said.isdigit()):  # the file ends in the record's own head; warcio takes that for 0
        return True
    left = getattr(record.raw_stream, "limit", None)
    return left is None or (left > 0 and len(body) <= MAX_BODY)


def _stored(record: Any, body: bytes, name: str, notes: Notes) -> Stored | None:
    fields = record.rec_headers
    url = fields.get_header("WARC-Target-URI") or ""
    if record.rec_type == "revisit":
        notes.note("an answer only refers to an earlier capture, and is left out")
    if record.rec_type not in ("response", "resource") or not url.startswith(("https://", "http://")):
        return None
    headers, status = _headers(record)
    frames = tuple((fields.get_header(FRAMES) or "").split())
    try:
        if len(body) > MAX_BODY:
            raise TooLargeError
        body = received(body, headers)
    except TooLargeError:
        notes.note(f"an answer is larger than {MAX_BODY >> 20} MB, and is left out")
        return None
    kind = kind_of(body, headers)
    if kind is None:
        return None
    asked = fields.get_header(ASKED)
    return Stored(
        answer=Answer(body, url, status, headers, frames),
        name=name,
        kind="page" if asked and kind == "other" else kind,
        derived=fields.get_header(DERIVED) is not None,
        asked=asked,
    )


def _headers(record: Any) -> tuple[dict[str, str], int]:
    """Lower-case names, without the ones that a recorder kept of the transfer; and the status."""
    fields = record.rec_headers
    if record.http_headers is None:
        return {"content-type": fields.get_header("Content-Type") or ""}, 200
    found = {name.lower(): value for name, value in record.http_headers.headers}
    found.pop("x-frames", None)  # ours alone
    code = record.http_headers.get_statuscode()
    headers = {name: value for name, value in found.items() if not name.startswith("x-archive-orig-")}
    return headers, int(code) if code.isascii() and code.isdigit() and len(code) == 3 else 200
