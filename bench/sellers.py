"""Sellers: how long it takes to look for what they have in common, to rank them, and to show the page of one.

python -m bench.sellers [--listings 200000]
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from sqlalchemy import func, insert, select, update

from bench.report import Figure, arguments, report
from bench.rescoring import AT, CHUNK, LISTINGS, PER_SELLER, fill
from crawler.cli.sellers import look_for_traits
from crawler.config import Config
from store.database import Store
from store.links import clusters
from store.models import Candidate, ListingPhoto, Photo, Seller
from store.sellers import page, top_sellers

FLAGGED = 10  # one listing in so many
SHARED = 50  # one photo in so many is another seller's too
LICENSED = 10  # one seller in so many shows a licence, three the same
PAGES = 50
PAGE, RANKED, SAME_AGAIN, SECOND = 500, 5.0, 1.0, 200  # ms, seconds, seconds, sellers a second


def more(store: Store, listings: int) -> None:
    """A photo for each listing, and a candidate for some."""
    for first in range(1, listings + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, listings + 1))
        with store.writing() as session:
            session.execute(insert(Photo.__table__), [_photo(number) for number in numbers])
            session.execute(insert(ListingPhoto.__table__), [_shown(number) for number in numbers])
            flagged = [_candidate(number) for number in numbers if number % FLAGGED == 0]
            session.execute(insert(Candidate.__table__), flagged)
    with store.writing() as session:
        chosen = session.scalars(select(Seller.id).where(Seller.id % LICENSED == 0)).all()
        session.execute(
            update(Seller), [{"id": pk, "licence_no": f"91330100MA{pk // (3 * LICENSED):08}"} for pk in chosen]
        )


def _photo(number: int) -> dict[str, object]:
    known = {"bytes": 1, "width": 800, "height": 800, "format": "JPEG", "first_seen": AT}
    return {"id": number, "sha256": f"{number:064x}", **known}


def _shown(number: int) -> dict[str, object]:
    photo = number if number % SHARED else max(1, number - 7 * PER_SELLER)
    url = f"https://img.alicdn.com/imgextra/O1CN01{photo}_!!{2_200_000_000 + photo // PER_SELLER}.jpg"
    return {"listing_pk": number, "photo_pk": photo, "url": url, "key": url, "position": 1}


def _candidate(number: int) -> dict[str, object]:
    state = ("queued", "confirmed", "dismissed")[number % 3]
    seen = {"first_flagged": AT, "last_flagged": AT}
    return {"listing_pk": number, "client_id": 1, "right_pk": 1 + number % 100, "score": 0.9, "state": state} | seen


def figures(listings: int) -> Iterator[Figure]:
    """First all sellers, then the same again, then pages."""
    with tempfile.TemporaryDirectory() as name:
        store = Store(Config(data=Path(name)).database)
        fill(store, listings)
        more(store, listings)
        with store.reading() as session:
            number = session.scalar(select(func.count()).select_from(Seller)) or 0
        rate = number / _seconds(lambda: look_for_traits(store))
        yield Figure(f"{number:,} sellers looked at, a second", f">= {SECOND}", f"{rate:.0f}", rate >= SECOND)
        again = _seconds(lambda: look_for_traits(store))
        yield Figure("the same again, s", f"<= {SAME_AGAIN}", f"{again:.3f}", again <= SAME_AGAIN)
        with store.reading() as session:
            ranked = _seconds(lambda: top_sellers(session, 20))
            yield Figure("the twenty with most against them, s", f"<= {RANKED}", f"{ranked:.2f}", ranked <= RANKED)
            found = clusters(session)
            chosen = session.scalars(
                select(Seller).where(Seller.id % LICENSED == 0).order_by(Seller.id).limit(PAGES)
            ).all()
            shown = 1000 * median(_seconds(lambda one=one: page(session, one)) for one in chosen)
        yield Figure(f"one seller's page ({len(found)} linked), ms", f"<= {PAGE}", f"{shown:.0f}", shown <= PAGE)
        store.close()


def _seconds(do: object) -> float:
    started = time.perf_counter()
    do()  # type: ignore[operator]
    return time.perf_counter() - started


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--listings", type=int, default=LISTINGS)
    given = parser.parse_args()
    report(list(figures(given.listings)), given.json)


if __name__ == "__main__":
    main()
