"""`bazaarwatch match photo`: who shows this photo? Asked of all pictures that crawls have kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crawler.cli.shared import UsageError, opened
from crawler.cli.tables import print_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from matchers.types import Finding, Picture

COLUMNS = ("photo", "signal", "score", "site", "item", "title", "url", "why")
LARGEST = 100 * 2**20  # bytes


def match_photo(
    files: list[Path] = typer.Argument(help="Photos of the client's own.", metavar="FILE..."),
    *,
    limit: int = typer.Option(50, min=1, max=1000, help="How many listings of a photo are told at most."),
) -> None:
    """Say which listings that were seen show a photo, or another photo of its article, and why.

    The pictures that crawls have kept are measured once; the first call over many takes a while (15 ms each).

    Exit codes: 0 done, 2 a file that is no picture.
    Example: bazaarwatch match photo lookbook/7.jpg
    """
    from matchers.types import PictureError  # noqa: PLC0415 # the matchers load OpenCV, which few commands need
    from pipelines.showing import Seen  # noqa: PLC0415

    photos = {file.name: photo(file) for file in files}
    with opened() as (config, store), store.reading() as session:
        seen = Seen(session, config)
        rows: list[tuple[object, ...]] = []
        for name, one in photos.items():
            try:
                rows += list(_rows(session, name, seen.shows(one)))[:limit]
            except PictureError as error:
                raise UsageError(f"{name}: {error}") from None
    print_rows(COLUMNS, rows, "no picture that was seen shows it")


def photo(file: Path) -> Picture:
    """A file as the matchers take it. Raises UsageError"""
    from matchers.types import Picture  # noqa: PLC0415

    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{file.name}: is larger than {LARGEST >> 20} MB")
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from None
    return Picture(key=sha256(data).hexdigest(), data=data)


def _rows(session: Session, name: str, found: Sequence[Finding]) -> Iterator[tuple[object, ...]]:
    from store.queries import listings_showing  # noqa: PLC0415

    listings = listings_showing(session, [one.photo for one in found if one.photo])
    for one in found:
        for listing in listings.get(one.photo or "", ()):
            where = listing.marketplace, listing.item_id, listing.title, listing.url
            yield name, one.signal, f"{one.score:.2f}", *where, one.reason.en
