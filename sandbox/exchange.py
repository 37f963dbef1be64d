"""What a face is asked and what it replies: plain values, so that a face needs no server to be tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

HTML = "text/html; charset=utf-8"
SCRIPT = "application/javascript; charset=utf-8"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
# The real robots.txt of Taobao for crawlers that it does not name (FACTS 0.4); what the unknown ones are taken to be.
REFUSED_TO_ALL = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request. host : lower case, without a port; path : decoded; path_qs : as it was sent."""

    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = None
    path_qs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. kind : a word for the sandbox's own counts; file : sent instead of `body`."""

    kind: str
    body: bytes = field(default=b"", repr=False)
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    file: Path | None = None


class Face(Protocol):
    """One marketplace as it looks from outside.

    hosts : names for the certificate, `*.` for any one label
    picture_hosts : whose addresses its pictures have, `#` for any digit; sites share some, so the server answers there
    robots : its robots.txt of the real kind
    reply : the answer to a request for one of its hosts; None when the host is not its own
    """

    hosts: tuple[str, ...]
    picture_hosts: tuple[str, ...]
    robots: bytes

    def reply(self, asked: Asked) -> Reply | None: ...


def redirect(kind: str, address: str) -> Reply:
    """Send the browser elsewhere."""
    return Reply(kind=kind, status=302, headers=(("Location", address),))


def not_found(kind: str = "unknown") -> Reply:
    """There is no such thing here."""
    return Reply(kind=kind, status=404, content_type=TEXT, body=b"404")
