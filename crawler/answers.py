"""What comes in and what is made of it: `Answer`, `Page`, `Reading`, and how a reader names its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol

from parsel import Selector

from crawler.decoding import Truncated, decode, from_json
from crawler.items import Listing

Kind = Literal["search", "detail", "shop", "api"]


class Outcome(StrEnum):
    """What an answer turned out to be. The names are those of the exit codes' lines."""

    PAGE = "page"
    EMPTY = "empty"  # nothing found, with proof
    GONE = "gone"  # the article is no longer offered, with proof
    BLOCKED = "blocked"
    LOGIN_REQUIRED = "login_required"
    RATE_LIMITED = "rate_limited"
    HANDSHAKE = "handshake"  # the page's own JavaScript will ask again
    ERROR = "error"  # an API's error envelope
    UNKNOWN = "unknown"  # no known layout


WALLS = frozenset({Outcome.BLOCKED, Outcome.LOGIN_REQUIRED, Outcome.RATE_LIMITED})


@dataclass(frozen=True)
class Answer:
    """One answer of a site, as it was received.

    url : where it came from, after redirects; None for a saved file that does not say
    body : decoded transfer, original charset
    headers : lower-case names; `x-frames`, ours: addresses of the frames in the page, separated by spaces
    hops : addresses passed on the way (redirects), and of the frames that are visible in the page
    """

    body: bytes
    url: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The body as text. Never raises."""
        return decode(self.body, self.headers.get("content-type", ""))

    @cached_property
    def json(self) -> Any:
        """The JSON or JSONP value of the body; None when it is neither, or is cut. Never raises."""
        return self._json[0]

    @property
    def cut(self) -> str | None:
        """That the body is JSON which ends in the middle, in words; None when it is not."""
        return self._json[1]

    @cached_property
    def html(self) -> Selector:
        """The body as a tree. Never raises; nonsense is an empty page."""
        return Selector(self.text, type="html")

    @cached_property
    def _json(self) -> tuple[Any, str | None]:
        try:
            return from_json(self.text), None
        except Truncated as cut:
            return None, str(cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a reader saw.

    total : results the site claims for the query
    query : the words that the site says it searched for; a garbled keyword is searched without a word of complaint
    empty, gone : the proof, in words, that there is nothing (to find; any more)
        Beside listings, `empty` says that the query found nothing and these are recommendations.
    warnings : what was seen and not understood
    """

    layout: str
    kind: Kind
    listings: tuple[Listing, ...] = ()
    total: int | None = None
    query: str | None = None
    page: int | None = None
    pages: int | None = None
    empty: str | None = None
    gone: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer, read: its outcome, the signal that told (one short line), and the page if there is one."""

    outcome: Outcome
    signal: str = ""
    page: Page | None = None


class Reader(Protocol):
    """A layout that is known: `reader(answer) -> Page | None`, None when this is not its layout.

    May raise `crawler.decoding.Truncated`, and nothing else.
    """

    layout: str
    seen: str
    kinds: frozenset[str]

    def __call__(self, answer: Answer) -> Page | None: ...


def reader(*, layout: str, seen: str, kinds: Iterable[str]) -> Callable[[Callable[[Answer], Page | None]], Reader]:
    """Name a layout, the years it was seen in and the kinds of page it shows."""

    def name(function: Callable[[Answer], Page | None]) -> Reader:
        function.layout = layout  # type: ignore[attr-defined]
        function.seen = seen  # type: ignore[attr-defined]
        function.kinds = frozenset(kinds)  # type: ignore[attr-defined]
        return function  # type: ignore[return-value]

    return name
