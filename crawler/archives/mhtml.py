"""MHTML: a page as Chrome's "save as single file" writes it, a mail with the page and its pictures as parts."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator

from crawler.answers import Answer
from crawler.archives.stored import MAX_RECORDS, ArchiveError, Notes, Stored, kind_of
from crawler.decoding import MAX_BODY

_MAIL = re.compile(rb"(?:[A-Za-z-]{1,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){1,30}\r?\n")
_RELATED = re.compile(rb"^content-type:\s{0,10}multipart/related\b", re.I | re.M)


def is_mhtml(head: bytes) -> bool:
    """By the mail headers that it begins with."""
    found = _MAIL.match(head)
    return found is not None and _RELATED.search(found.group()) is not None


def mhtml_answers(data: bytes, name: str, notes: Notes) -> Iterator[Stored]:
    """The page, then what it showed. Raises ArchiveError."""
    try:
        parts = [part for part in email.message_from_bytes(data).walk() if not part.is_multipart()][:MAX_RECORDS]
    except (ValueError, LookupError, RecursionError):
        raise ArchiveError(f"{name}: a saved page (MHTML) that cannot be read") from None
    page_seen = False
    for number, part in enumerate(parts, 1):
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body:
            continue
        if len(body) > MAX_BODY:
            notes.note(f"a part is larger than {MAX_BODY >> 20} MB, and is left out")
            continue
        media = str(part.get("content-type", ""))
        kind = kind_of(body, {"content-type": media})
        if kind == "other" and "html" in media and not page_seen:
            kind, page_seen = "page", True
        if kind:
            url = str(part.get("content-location", ""))
            known = url if url.startswith(("https://", "http://")) else None
            answer = Answer(body, known, 200, {"content-type": media})
            yield Stored(answer=answer, name=f"{name}, part {number}", kind=kind, derived=kind == "page")
