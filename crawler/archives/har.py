"""HAR: what a browser's network panel writes (Chrome, Firefox), read one entry at a time.

Its text is Unicode already: the charset in an answer's headers says how it was sent, not how it is kept.
"""

from __future__ import annotations

import binascii
import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.answers import Answer
from crawler.archives.stored import MAX_RECORDS, Notes, Stored, kind_of
from crawler.archives.streams import CUT, PIECE, Stream
from crawler.decoding import MAX_BODY

MAX_ENTRY = 3 * MAX_BODY  # characters: a body as base64, and all that stands around it
MAX_HEADERS = 200  # of one answer
MAX_DIGITS = 20  # of a number; longer ones are none of ours

_BEGIN = re.compile(r'\s{0,100}\{\s{0,100}"log"\s{0,100}:\s{0,100}\{')
_ENTRIES = re.compile(r'"entries"\s{0,100}:\s{0,100}\[')
_BETWEEN = re.compile(r"[\s,]*")
_LONGEST_BEGIN = 220  # characters of `"entries" : [` at most
_decoder = json.JSONDecoder(strict=False, parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else None)


def is_har(head: bytes) -> bool:
    """By how the file begins."""
    return _BEGIN.match(head.decode("utf-8-sig", "replace")) is not None


def har_answers(stream: Stream, name: str, notes: Notes) -> Iterator[Stored]:
    """The answers of a HAR, in the order in which they were asked for."""
    for number, entry in enumerate(_entries(stream, notes), 1):
        if number > MAX_RECORDS:
            notes.note(f"it has more than {MAX_RECORDS} answers, of which the rest is left out")
            return
        answer = _answer(entry, notes)
        kind = kind_of(answer.body, answer.headers) if answer else None
        if answer and kind:
            yield Stored(answer=answer, name=f"{name}, answer {number}", kind=kind)


class _Text:
    """The file's text; `at` is how far it has been read."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.text = ""
        self.at = 0

    def more(self) -> bool:
        """Read on: as much again as is waiting, so that the work stays linear. False at the end."""
        data = self.stream.read(max(PIECE, len(self.text) - self.at))
        self.text = self.text[self.at :] + self.decoder.decode(data, final=not data)
        self.at = 0
        return bool(data)

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Go on to what follows the next such text; False where there is none."""
        while not (found := pattern.search(self.text, self.at)):
            self.at = max(self.at, len(self.text) - _LONGEST_BEGIN)
            if not self.more():
                return False
        self.at = found.end()
        return True

    def next_value(self) -> Any:
        """The next element of the array. Raises StopIteration at its end, ValueError where there is none."""
        while True:
            blank = _BETWEEN.match(self.text, self.at)
            self.at = blank.end() if blank else self.at
            if self.text[self.at : self.at + 1] == "]":
                raise StopIteration
            try:
                value, end = _decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                end = len(self.text)
            if end < len(self.text):  # else it may go on in what is not yet read
                self.at = end
                return value
            if len(self.text) - self.at > MAX_ENTRY or not self.more():
                raise ValueError


def _entries(stream: Stream, notes: Notes) -> Iterator[Any]:
    """What stands in the arrays of that name, one element at a time."""
    text = _Text(stream)
    while text.skip(_ENTRIES):
        while True:
            try:
                entry = text.next_value()
            except StopIteration:
                break
            except (ValueError, RecursionError):  # a thousand levels deep: no browser writes that
                large = len(text.text) - text.at > MAX_ENTRY
                notes.note("it holds an answer that is too large, and is not read further" if large else CUT)
                return
            yield entry
    if stream.trouble:
        notes.note(stream.trouble)


def _answer(entry: Any, notes: Notes) -> Answer | None:
    request, response = _part(entry, "request"), _part(entry, "response")
    content = _part(response, "content")
    url, status = request.get("url"), response.get("status")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")) or request.get("method") == "OPTIONS":
        return None
    if not isinstance(status, int) or not 100 <= status <= 599:  # 0: the request was blocked or given up
        return None
    headers = _headers(response.get("headers"))
    media = str(content.get("mimeType") or headers.get("content-type", ""))[:200]
    body = _body(content, media, status, notes)
    if body is None:
        return None
    if content.get("encoding") != "base64":
        media = media.partition(";")[0].strip() + "; charset=utf-8"
    return Answer(body, url, status, headers | {"content-type": media})


def _part(value: Any, name: str) -> Mapping[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _headers(listed: Any) -> dict[str, str]:
    """Lower-case names. What says how the body was sent is left out: it is kept as the page got it."""
    found: dict[str, str] = {}
    for each in listed[:MAX_HEADERS] if isinstance(listed, list) else ():
        name, value = (each.get("name"), each.get("value")) if isinstance(each, dict) else (None, None)
        if isinstance(name, str) and isinstance(value, str):
            found[name.lower()] = value
    for name in ("content-encoding", "transfer-encoding", "content-length", "x-frames"):
        found.pop(name, None)
    return found


def _body(content: Mapping[str, Any], media: str, status: int, notes: Notes) -> bytes | None:
    text = content.get("text")
    if not isinstance(text, str) or not text:
        if status == 200 and any(word in media for word in ("html", "json", "javascript")):
            notes.note("an answer has no body in it: save the HAR with content")
        return None
    if len(text) > 2 * MAX_BODY:
        notes.note("an answer is too large")
        return None
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "replace")
    try:
        return binascii.a2b_base64(text)
    except ValueError:
        notes.note("an answer is damaged (no base64)")
        return None
