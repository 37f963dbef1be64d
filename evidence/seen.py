"""What a browser saw of a listing, before it is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from crawler.archives.records import Exchange
from crawler.items import Listing
from crawler.reading import Reader, Reading

Moment = Literal["discovery", "confirmation", "filing", "removal"]
MOMENTS: tuple[Moment, ...] = ("discovery", "confirmation", "filing", "removal")


async def at_once() -> None:
    """A turn where nobody waits for one."""


async def always(_url: str) -> bool:
    """Where nobody has to be asked."""
    return True


@dataclass(frozen=True, kw_only=True)
class Target:
    """A listing that is to be captured.

    api, readers, saved_readers : of its marketplace's spider
    turn : waited for before each page; raises `crawler.budget.NoTurnError`
    may : whether a further page, the seller's, may be opened (robots.txt)
    """

    marketplace: str
    item_id: str
    url: str
    moment: Moment = "discovery"
    api: str | None = None
    readers: tuple[Reader, ...] = ()
    saved_readers: tuple[Reader, ...] = ()
    turn: Callable[[], Awaitable[None]] = at_once
    may: Callable[[str], Awaitable[bool]] = always


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in the document. drawn : loaded, and at least 40 px wide and high where it stands"""

    url: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The document as it stood. text : what a reader sees; height, width : px"""

    text: str
    images: tuple[Shown, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SellerPage:
    """The seller's page, where it could be had."""

    url: str
    html: str
    screen: bytes


@dataclass
class Log:
    """What was done, line by line, with the moment (UTC)."""

    lines: list[str] = field(default_factory=list)

    def __call__(self, line: str) -> None:
        plain = "".join(char if char.isprintable() else " " for char in line)[:500]
        if len(self.lines) < 2_000:
            self.lines.append(f"{datetime.now(UTC).isoformat()} {plain}")


@dataclass(kw_only=True)
class Seen:
    """All that came of one look.

    url : where the page was at the end; moved : it went on while it was captured
    full : PNGs of the whole page from the top, each at most `PART` px high; fold : of the first screen
    hosts : what the browser reports of each host's address and certificate
    odd : why the page may not be what it seems, in a few words each
    """

    target: Target
    at: datetime
    url: str
    reading: Reading
    listing: Listing | None
    html: str
    drawn: Drawn
    full: list[bytes]
    fold: bytes
    exchanges: list[Exchange]
    hosts: Mapping[str, Any]
    browser: Mapping[str, Any]
    log: Log
    seller: SellerPage | None = None
    moved: bool = False
    odd: tuple[str, ...] = ()
