"""Writing what a crawl saw: in batches, idempotent, one transaction a batch.

The same input again changes no row but when it was last seen. Within a batch the later sighting of a listing wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from store.models import Listing, ListingPhoto, Photo, Seller, Snapshot
from store.records import ListingRecord, SightingRecord, digest
from store.upsert import ids, upsert
from store.verdicts import write_verdicts


def write_sightings(session: Session, sightings: Sequence[SightingRecord], run_id: int | None = None) -> None:
    """Store listings, sellers, snapshots, photos, verdicts, findings and candidates of one batch."""
    if not sightings:
        return
    sellers = _write_sellers(session, sightings)
    listings = _write_listings(session, sightings, sellers)
    _write_snapshots(session, sightings, listings, run_id)
    _write_photos(session, sightings, listings)
    write_verdicts(session, sightings, listings, run_id)


def _write_sellers(session: Session, sightings: Sequence[SightingRecord]) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for sighting in sightings:
        listing, seller = sighting.listing, sighting.listing.seller
        if seller:
            row = asdict(seller) | {"id_space": listing.id_space}
            row |= {"first_seen": listing.seen_at, "last_seen": listing.seen_at}
            rows[listing.id_space, seller.seller_id] = _known_first(row, rows.get((listing.id_space, seller.seller_id)))
    upsert(
        session,
        Seller,
        list(rows.values()),
        keys=("id_space", "seller_id"),
        replace=("last_seen",),
        keep_known=("shop_name", "url", "location", "licence_name", "licence_no"),
    )
    return ids(session, Seller, ("id_space", "seller_id"), rows)


_LISTING = ("title", "brand", "price_min", "price_max", "currency", "sold", "stock", "moq", "location", "shop_name")


def _write_listings(
    session: Session, sightings: Sequence[SightingRecord], sellers: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for sighting in sightings:
        record = sighting.listing
        row = {name: getattr(record, name) for name in ("id_space", "item_id", "marketplace", "url", *_LISTING)}
        row["seller_pk"] = sellers.get((record.id_space, record.seller.seller_id)) if record.seller else None
        row |= {"state": record.state, "first_seen": record.seen_at, "last_seen": record.seen_at}
        rows[record.key] = _known_first(row, rows.get(record.key))
    upsert(
        session,
        Listing,
        list(rows.values()),
        keys=("id_space", "item_id"),
        replace=("marketplace", "url", "state", "last_seen"),
        keep_known=(*_LISTING, "seller_pk"),
    )
    return ids(session, Listing, ("id_space", "item_id"), rows)


def _known_first(row: dict[str, Any], earlier: dict[str, Any] | None) -> dict[str, Any]:
    """Two rows of one batch as one: what the later does not know, the earlier tells."""
    if not earlier:
        return row
    merged = {name: earlier[name] if value is None else value for name, value in row.items()}
    return merged | {"first_seen": earlier["first_seen"]}


def _write_snapshots(
    session: Session, sightings: Sequence[SightingRecord], listings: dict[tuple[str, str], int], run_id: int | None
) -> None:
    rows = {}
    for sighting in sightings:
        row = _snapshot(sighting.listing, listings[sighting.listing.key], run_id)
        rows[row["listing_pk"], row["source"], row["digest"]] = row
    upsert(
        session,
        Snapshot,
        list(rows.values()),
        keys=("listing_pk", "source", "digest"),
        replace=("last_seen", "run_id", "query", "position"),
    )


def _snapshot(record: ListingRecord, listing_pk: int, run_id: int | None) -> dict[str, Any]:
    content = dict(record.content) | {name: _plain(getattr(record, name)) for name in _LISTING}
    return {
        "listing_pk": listing_pk,
        "run_id": run_id,
        "source": record.source,
        "digest": digest(content | {"is_ad": record.is_ad, "is_recommended": record.is_recommended}),
        "content": content,
        "query": record.query,
        "position": record.position,
        "is_ad": record.is_ad,
        "is_recommended": record.is_recommended,
        "first_seen": record.seen_at,
        "last_seen": record.seen_at,
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _write_photos(session: Session, sightings: Sequence[SightingRecord], listings: dict[tuple[str, str], int]) -> None:
    shown = [(sighting.listing, photo) for sighting in sightings for photo in sighting.photos]
    photos = {
        photo.sha256: {
            **{name: getattr(photo, name) for name in ("sha256", "bytes", "width", "height", "format", "pdq")},
            "first_seen": listing.seen_at,
        }
        for listing, photo in shown
    }
    upsert(session, Photo, list(photos.values()), keys=("sha256",), keep_known=("pdq",))
    keys = ids(session, Photo, ("sha256",), [(sha256,) for sha256 in photos])
    rows = {}
    for listing, photo in shown:
        pair = listings[listing.key], keys[(photo.sha256,)]
        rows[pair] = {
            "listing_pk": pair[0],
            "photo_pk": pair[1],
            "url": photo.url,
            "key": photo.key,
            "position": photo.position,
        }
    upsert(
        session, ListingPhoto, list(rows.values()), keys=("listing_pk", "photo_pk"), replace=("url", "key", "position")
    )
