"""The questions asked of the store, by name, so that commands, pipelines and pages ask the same one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.models import (
    Candidate,
    Client,
    Event,
    Listing,
    ListingPhoto,
    Mark,
    MarkName,
    Photo,
    Right,
    Run,
    Verdict,
)
from store.names import fold_name
from store.upsert import CHUNK

DONE_WITH = ("ignored", "authorised", "dismissed", "archived")  # of which nothing more will come
UNREGISTERED = "(unregistered)"  # the client that stands in for brands nobody has registered; never in a complaint


def rights_of_brand(session: Session, brand: str) -> list[Right]:
    """Registered rights that the word names: by a name or alias of the mark, or by the right's own id."""
    named = select(Mark.right_pk).join(MarkName).where(MarkName.folded == fold_name(brand))
    question = (
        select(Right)
        .join(Client)
        .where(or_(Right.id.in_(named), Right.right_id == brand.strip()), Client.name != UNREGISTERED)
        .options(joinedload(Right.client), joinedload(Right.mark).selectinload(Mark.names))
        .order_by(Right.id)
    )
    return list(session.scalars(question))


def rights_to_match(session: Session, clients: Iterable[int], others: Iterable[int] = ()) -> list[Right]:
    """All rights of these clients, and single `others` by id, with all that a portfolio is made of loaded."""
    question = (
        select(Right)
        .where(or_(Right.client_id.in_(list(clients)), Right.id.in_(list(others))))
        .options(
            joinedload(Right.client).selectinload(Client.authorised_sellers),
            joinedload(Right.client).selectinload(Client.authorised_items),
            joinedload(Right.client).selectinload(Client.negative_titles),
            joinedload(Right.mark).selectinload(Mark.names),
            selectinload(Right.pictures),
            selectinload(Right.prices),
        )
        .order_by(Right.id)
    )
    return list(session.scalars(question))


def client_named(session: Session, name: str) -> Client | None:
    """The client of that name, or of that code."""
    return session.scalar(select(Client).where(or_(Client.name == name, Client.code == name)).limit(1))


def all_rights(session: Session, client: str | None = None) -> list[Right]:
    """Every registered right (of one client), by client."""
    question = (
        select(Right)
        .join(Client)
        .where(Client.name != UNREGISTERED)
        .options(joinedload(Right.client), joinedload(Right.mark).selectinload(Mark.names))
        .order_by(Client.name, Right.id)
    )
    if client is not None:
        question = question.where(Client.name == client)
    return list(session.scalars(question))


def right_named(session: Session, name: str, client: str | None = None) -> list[Right]:
    """Rights of that right_id or number, of one client or any; more than one where clients use the same."""
    named = or_(Right.right_id == name, Right.number == name)
    question = select(Right).join(Client).where(named, Client.name != UNREGISTERED).order_by(Right.id)
    return list(session.scalars(question if client is None else question.where(Client.name == client)))


def seen_keys(session: Session) -> set[tuple[str, str]]:
    """(id space, item id) of every listing that any answer showed."""
    return {(space, item_id) for space, item_id in session.execute(select(Listing.id_space, Listing.item_id))}


def known_photos(session: Session, keys: Sequence[str]) -> dict[str, Photo]:
    """Photos that were fetched before, by the picture's identity on its site."""
    question = select(ListingPhoto.key, Photo).join(Photo).where(ListingPhoto.key.in_(list(keys)))
    return dict(session.execute(question).all())


def claimed_by(session: Session, listings: Sequence[int]) -> dict[int, dict[int, str]]:
    """Of each listing, the clients (id, name) for whom it is a live candidate, where it is one for several."""
    found: dict[int, dict[int, str]] = {}
    for start in range(0, len(listings), CHUNK):
        question = (
            select(Candidate.listing_pk, Client.id, Client.name)
            .join(Client)
            .where(Candidate.listing_pk.in_(listings[start : start + CHUNK]), Candidate.state.not_in(DONE_WITH))
            .order_by(Client.name)
        )
        for listing, client, name in session.execute(question):
            found.setdefault(listing, {})[client] = name
    return {listing: clients for listing, clients in found.items() if len(clients) > 1}


def photo_hashes(session: Session) -> Sequence[str]:
    """The sha256 of every photo, in the order in which they came."""
    return session.scalars(select(Photo.sha256).order_by(Photo.id)).all()


def listings_showing(session: Session, hashes: Sequence[str]) -> dict[str, list[Listing]]:
    """The listings that show each photo (by sha256), first seen first."""
    found: dict[str, list[Listing]] = {}
    for start in range(0, len(hashes), CHUNK):
        question = (
            select(Photo.sha256, Listing)
            .join(ListingPhoto, ListingPhoto.photo_pk == Photo.id)
            .join(Listing, Listing.id == ListingPhoto.listing_pk)
            .where(Photo.sha256.in_(hashes[start : start + CHUNK]))
            .order_by(Listing.id)
        )
        for sha256, listing in session.execute(question):
            found.setdefault(sha256, []).append(listing)
    return found


def candidates(
    session: Session,
    *,
    client: str | None = None,
    state: str | None = None,
    run_id: int | None = None,
    band: str | None = None,
    marketplace: str | None = None,
    right: str | None = None,
    limit: int | None = None,
) -> list[Candidate]:
    """Flagged pairs, the surest first, with all that a row of the export needs. `right`: its right_id or number."""
    question = (
        select(Candidate)
        .join(Client)
        .options(
            joinedload(Candidate.listing).joinedload(Listing.seller),
            joinedload(Candidate.listing).selectinload(Listing.photos).joinedload(ListingPhoto.photo),
            joinedload(Candidate.client),
            joinedload(Candidate.right).joinedload(Right.mark).selectinload(Mark.names),
        )
        .order_by(Candidate.score.desc(), Candidate.id)
    )
    if client is not None:
        question = question.where(Client.name == client)
    if state is not None:
        question = question.where(Candidate.state == state)
    if run_id is not None:
        question = question.where(Candidate.run_id == run_id)
    if band is not None:
        same = (Verdict.listing_pk == Candidate.listing_pk, Verdict.client_id == Candidate.client_id)
        question = question.where(exists().where(*same, Verdict.band == band))
    if marketplace is not None:
        question = question.where(Candidate.listing.has(Listing.marketplace == marketplace))
    if right is not None:
        question = question.where(Candidate.right.has(or_(Right.right_id == right, Right.number == right)))
    return list(session.scalars(question.limit(limit)))


def verdicts_of(session: Session, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Verdict]:
    """Verdicts with their findings, by (listing, client)."""
    listings = sorted({listing_pk for listing_pk, _ in pairs})
    found: dict[tuple[int, int], Verdict] = {}
    for start in range(0, len(listings), CHUNK):
        wanted = Verdict.listing_pk.in_(listings[start : start + CHUNK])
        question = select(Verdict).where(wanted).options(selectinload(Verdict.findings))
        found |= {(verdict.listing_pk, verdict.client_id): verdict for verdict in session.scalars(question)}
    return found


def moved_at(session: Session, entity: str, keys: Sequence[int]) -> dict[int, datetime]:
    """When each of these things moved last, by its id."""
    found: dict[int, datetime] = {}
    for start in range(0, len(keys), CHUNK):
        question = select(Event.entity_id, func.max(Event.at_utc)).group_by(Event.entity_id)
        question = question.where(Event.entity == entity, Event.entity_id.in_(keys[start : start + CHUNK]))
        found |= dict(session.execute(question).all())
    return found


def run(session: Session, run_id: int) -> Run | None:
    """The record of one run."""
    return session.get(Run, run_id)
