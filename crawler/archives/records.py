"""An exchange as WARC records, without credentials (`crawler.redaction`).

Browser bodies arrive unpacked: their headers must say so no longer, and what they said is kept as `X-Archive-Orig-*`.
A page's document as the browser had drawn it is a `resource` record, marked as derived. What was taken out of an
exchange is named in the field `X-Redacted` of its records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import responses
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.timeutils import datetime_to_iso_date  # type: ignore[import-untyped]

from crawler import __version__
from crawler.archives.stored import is_picture
from crawler.archives.warc import ASKED, DERIVED, FRAMES
from crawler.items import now
from crawler.redaction import Redactor

Headers = tuple[tuple[str, str], ...]
Fields = Mapping[str, str]

REDACTED = "X-Redacted"
_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ADDRESS = "".join(map(chr, range(0x20, 0x7F)))  # what may stand in a field as it is
_OUT_OF_PLACE = str.maketrans({chr(code): " " for code in (*range(32), 127)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What is to be written.

    body : unpacked; request : the headers that were sent, None where they are not known
    asked : the address of the search (its first page) or of the article that it belongs to
    derived : a document that was drawn; frames : addresses of those that the user saw in it, separated by spaces
    """

    url: str
    body: bytes
    date: str
    status: int = 200
    headers: Headers = ()
    request: Headers | None = None
    method: str = "GET"
    asked: str | None = None
    derived: bool = False
    frames: str = ""


def write_information(writer: Any, name: str, info: Mapping[str, str | None]) -> None:
    """The record that a recording begins with: by what it was made, and of what."""
    fields = {"software": f"bazaarwatch/{__version__}", "format": "WARC File Format 1.1", **info}
    told = {field: _one_line(value) for field, value in fields.items() if value}
    writer.write_record(writer.create_warcinfo_record(name, told))


def write_exchange(writer: Any, exchange: Exchange, redactor: Redactor) -> None:
    """Its answer, then its request."""
    redactor.removed.clear()
    sent = redactor.headers(exchange.request or ())
    headers = redactor.headers(exchange.headers)
    url, frames = _address(redactor.url(exchange.url)), _address(redactor.url(exchange.frames))
    redactor.url(exchange.asked or "")  # it may name what the page repeats
    body = exchange.body if is_picture(exchange.body) else redactor.body(exchange.body)
    marks = {
        ASKED: asked_for(exchange.asked) if exchange.asked else "",
        FRAMES: frames,
        DERIVED: "the document as the browser had drawn it" if exchange.derived else "",
    }
    date = {"WARC-Date": exchange.date} | ({REDACTED: ", ".join(redactor.removed)} if redactor.removed else {})
    fields = date | {name: value for name, value in marks.items() if value}
    if exchange.derived:
        writer.write_record(_record(writer, "resource", url, body, fields))
        return
    line = f"{exchange.status} {responses.get(exchange.status, '')}".strip()
    http = StatusAndHeaders(line, _as_kept(headers, len(body)), protocol="HTTP/1.1")
    answer = _record(writer, "response", url, body, fields, http=http)
    if exchange.request is None:
        writer.write_record(answer)
    else:
        asked = _record(writer, "request", url, b"", date, http=_request(exchange.method, url, sent))
        writer.write_request_response_pair(asked, answer)


def asked_for(url: str) -> str:
    """How a recording names the search or article that an answer belongs to."""
    return _address(Redactor().url(url))


def header_lines(headers: Mapping[str, str]) -> Headers:
    """Header lines that are lines: Playwright joins several of one name by line breaks, and tells of HTTP/2's own."""
    each = ((name, line) for name, value in headers.items() for line in value.splitlines() or [""])
    return tuple((_one_line(name), _one_line(line)) for name, line in each if not name.startswith(":"))


def moment() -> str:
    """Now, as WARC 1.1 writes it."""
    date: str = datetime_to_iso_date(now().replace(tzinfo=None), use_micros=True)
    return date


def _record(writer: Any, kind: str, url: str, body: bytes, fields: Fields, *, http: Any = None) -> Any:
    return writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type="" if http else "text/html; charset=utf-8",
        warc_headers_dict=fields,
        http_headers=http,
    )


def _request(method: str, url: str, headers: list[tuple[str, str]]) -> Any:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = [] if any(name.lower() == "host" for name, _ in headers) else [("Host", parts.netloc)]
    return StatusAndHeaders(f"{method} {target} HTTP/1.1", host + headers, is_http_request=True)


def _as_kept(headers: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """The headers of a body that is kept unpacked."""
    kept = [("X-Archive-Orig-" + name if name.lower() in _TRANSFER else name, value) for name, value in headers]
    return [*kept, ("Content-Length", str(length))]


def _one_line(text: str) -> str:
    return text.translate(_OUT_OF_PLACE).encode("utf-8", "replace").decode().strip()


def _address(text: str) -> str:
    return quote(text, safe=_ADDRESS, errors="replace")
