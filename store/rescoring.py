"""All that was seen, asked again: what a batch is read from, what is written of it, how far a rescoring has come.

Listings are read by their ids, a batch at a time, so that memory does not grow with their number; of what did not
change nothing is written but how far it went. One transaction a batch: a kill loses one batch, and does none twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from store.events import Entry, append_events
from store.models import Candidate, Finding, Listing, ListingPhoto, Photo, Rescoring, Right, Seller, Snapshot, Verdict
from store.people import SYSTEM
from store.records import FindingRecord, ListingRecord, SightingRecord, VerdictRecord
from store.selling import CONFIRMED, DISMISSED
from store.upsert import CHUNK
from store.verdicts import SYSTEM_STATES, write_verdicts

FOUND = "rescoring"
MAX_TIERS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Listings with ids after `after`, up to `last`; only those seen since then."""

    after: int
    last: int
    since: datetime | None = None

    @property
    def rows(self) -> ColumnElement[bool]:
        """As a condition on listings."""
        inside = (Listing.id > self.after) & (Listing.id <= self.last)
        return inside if self.since is None else inside & (Listing.last_seen >= self.since)


@dataclass(frozen=True, slots=True)
class Before:
    """What was judged of a listing before. digest : of the verdict's record"""

    digest: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What snapshots say of a listing beside its own columns."""

    attributes: Mapping[str, str]
    price_tiers: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A verdict that says something new. before : whether the one before flagged"""

    listing_pk: int
    key: tuple[str, str]
    marketplace: str
    verdict: VerdictRecord
    before: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch that was asked: when it was read, how many listings, and which verdicts changed."""

    span: Span
    at: datetime
    listings: int
    changed: tuple[Changed, ...]


def listings_in(session: Session, span: Span) -> list[Row[Any]]:
    """The columns of a batch of listings that matchers read, in the order of their ids."""
    question: Any = (
        select(
            Listing.id,
            Listing.id_space,
            Listing.item_id,
            Listing.marketplace,
            Listing.title,
            Listing.brand,
            Listing.price_min,
            Listing.price_max,
            Listing.currency,
            Listing.location,
            Listing.shop_name,
            Seller.seller_id,
        )
        .outerjoin(Seller, Listing.seller_pk == Seller.id)
        .where(span.rows)
        .order_by(Listing.id)
    )
    return list(session.execute(question))


def judged_before(session: Session, client_id: int, span: Span) -> dict[int, Before]:
    """The verdicts of a batch that matched, by listing: what names no mark now may have named one then."""
    question = select(Verdict.listing_pk, Verdict.digest, Verdict.flagged).where(
        *_verdicts(client_id, span), Verdict.matched
    )
    return {pk: Before(digest, flagged) for pk, digest, flagged in session.execute(question)}


def picture_findings(session: Session, client_id: int, span: Span) -> dict[int, list[FindingRecord]]:
    """What was found in the pictures of a batch when they were last looked at, by listing."""
    named = ("signal", "score", "code", "surface", "en", "zh", "span", "box", "photo", "matched")
    columns = [getattr(Finding, name) for name in named]
    question = (
        select(Verdict.listing_pk, Right.right_id, *columns)
        .join(Verdict, Finding.verdict_id == Verdict.id)
        .outerjoin(Right, Finding.right_pk == Right.id)
        .where(*_verdicts(client_id, span), Finding.photo.is_not(None))
        .order_by(Finding.id)
    )
    found: dict[int, list[FindingRecord]] = defaultdict(list)
    for pk, right, *values in session.execute(question):
        said = dict(zip(named, values, strict=True))
        said |= {name: tuple(said[name]) if said[name] else None for name in ("span", "box")}
        found[pk].append(FindingRecord(right=right, **said))
    return dict(found)


def _verdicts(client_id: int, span: Span) -> tuple[ColumnElement[bool], ...]:
    inside = (Verdict.listing_pk > span.after, Verdict.listing_pk <= span.last)
    return (Verdict.client_id == client_id, *inside)


def photos_in(session: Session, span: Span) -> dict[int, list[str]]:
    """Hashes of the photos of a batch, by listing, the main photo first."""
    question = (
        select(ListingPhoto.listing_pk, Photo.sha256)
        .join(Photo, ListingPhoto.photo_pk == Photo.id)
        .join(Listing, ListingPhoto.listing_pk == Listing.id)
        .where(span.rows)
        .order_by(ListingPhoto.listing_pk, ListingPhoto.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for pk, sha256 in session.execute(question):
        found[pk].append(sha256)
    return dict(found)


def shown_of(session: Session, listings: Sequence[int]) -> dict[int, Shown]:
    """What snapshots say of these listings: of each thing the latest that says anything."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for start in range(0, len(listings), CHUNK):
        chosen = Snapshot.listing_pk.in_(listings[start : start + CHUNK])
        question = select(Snapshot.listing_pk, Snapshot.content).where(chosen)
        for pk, content in session.execute(question.order_by(Snapshot.last_seen, Snapshot.id)):
            found[pk] |= {name: content[name] for name in ("attributes", "price_tiers") if content.get(name)}
    return {pk: Shown(each.get("attributes") or {}, _tiers(each.get("price_tiers"))) for pk, each in found.items()}


def _tiers(stored: Any) -> tuple[tuple[int, Decimal], ...]:
    try:
        return tuple((int(quantity), Decimal(price)) for quantity, price in (stored or [])[:MAX_TIERS])
    except (TypeError, ValueError, InvalidOperation):
        return ()


def write_batch(session: Session, job: Rescoring, client_id: int, asked: Asked, at: datetime) -> None:
    """Write what changed, the candidates that come of it, and how far the rescoring has come."""
    changed = _not_newer(session, client_id, asked)
    states = _states(session, client_id, [each.listing_pk for each in changed])
    noted = [each for each in changed if _contradicts(each, states.get(each.listing_pk, (0, ""))[1])]
    sightings = [_sighting(each, at) for each in changed]
    keys = {each.key: each.listing_pk for each in changed}
    write_verdicts(session, sightings, keys, None, found=FOUND)
    entries = [_note(*states[each.listing_pk], each) for each in noted]
    append_events(session, client_id, entries, actor=SYSTEM.name, role="system", at=at)
    job.last_listing, job.updated_at = asked.span.last, at
    job.asked += asked.listings
    job.changed += len(changed)
    job.fresh += sum(each.verdict.flagged and each.listing_pk not in states for each in changed)
    job.noted += len(noted)


def _not_newer(session: Session, client_id: int, asked: Asked) -> list[Changed]:
    """Without what a crawl has judged anew since the batch was read."""
    newer = select(Verdict.listing_pk).where(*_verdicts(client_id, asked.span), Verdict.scored_at > asked.at)
    seen = set(session.scalars(newer)) if asked.changed else set()
    return [each for each in asked.changed if each.listing_pk not in seen]


def _states(session: Session, client_id: int, listings: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Candidates of these listings: (id, state) by listing."""
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(listings), CHUNK):
        question = select(Candidate.listing_pk, Candidate.id, Candidate.state).where(
            Candidate.client_id == client_id, Candidate.listing_pk.in_(listings[start : start + CHUNK])
        )
        found |= {pk: (key, state) for pk, key, state in session.execute(question)}
    return found


def _contradicts(each: Changed, state: str) -> bool:
    """Whether a verdict turned against what a person decided; what the system decided follows it."""
    if state in SYSTEM_STATES or each.verdict.flagged == each.before:
        return False
    return state in (DISMISSED if each.verdict.flagged else CONFIRMED)


def _note(key: int, state: str, each: Changed) -> Entry:
    said = "would flag it now" if each.verdict.flagged else "would not flag it any more"
    given = {"score": each.verdict.score, "model": each.verdict.model, "band": each.verdict.band}
    return Entry("candidate", key, state, state, f"noted: the verdict of a rescoring {said}", given)


def _sighting(each: Changed, at: datetime) -> SightingRecord:
    space, item_id = each.key
    listing = ListingRecord(
        id_space=space, item_id=item_id, marketplace=each.marketplace, url="", seen_at=at, source=FOUND
    )
    return SightingRecord(listing=listing, verdicts=(each.verdict,))


def spans(session: Session, job: Rescoring, size: int) -> Iterator[Span]:
    """The batches that are still to be asked."""
    after = job.last_listing
    while True:
        ids = select(Listing.id).where(Span(after, job.until_listing, job.since).rows).order_by(Listing.id).limit(size)
        last = session.scalar(select(func.max(ids.subquery().c.id)))
        if last is None:
            return
        yield Span(after, last, job.since)
        after = last


def unfinished(session: Session, client_id: int, digest: str) -> Rescoring | None:
    """The latest rescoring of a client, where it was interrupted and asked with the same."""
    latest = select(Rescoring).where(Rescoring.client_id == client_id).order_by(Rescoring.id.desc()).limit(1)
    found = session.scalar(latest)
    return found if found is not None and found.finished_at is None and found.digest == digest else None


def pictures_last_looked_at(session: Session, client_id: int, since: datetime | None) -> str | None:
    """What the pictures of all that was seen since then were compared with when they were last looked at."""
    question = select(Rescoring.pictures, Rescoring.since).where(
        Rescoring.client_id == client_id, Rescoring.looked, Rescoring.finished_at.is_not(None)
    )
    latest = session.execute(question.order_by(Rescoring.id.desc()).limit(1)).first()
    if latest is None:
        return None
    pictures, covered = latest
    return pictures if covered is None or (since is not None and since >= covered) else None


def begin(session: Session, client_id: int, at: datetime, since: datetime | None, **said: Any) -> Rescoring:
    """A new rescoring, of all that is stored now."""
    last = session.scalar(select(func.max(Listing.id))) or 0
    rows = Span(0, last, since).rows
    total = session.scalar(select(func.count()).select_from(Listing).where(rows)) or 0
    job = Rescoring(
        client_id=client_id, since=since, until_listing=last, total=total, started_at=at, updated_at=at, **said
    )
    job.last_listing = job.asked = job.changed = job.fresh = job.noted = 0
    session.add(job)
    session.flush()
    return job
