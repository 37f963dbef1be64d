"""Who captured, saw, handed out and purged evidence, and when: written into the log of every client it concerns.

A listing that is no candidate yet concerns no client: then the bundle's own row says who captured it, and when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.events import Entry, append_events
from store.models import Candidate, Event, Evidence, Listing
from store.moves.candidates import CLOSED
from store.people import Actor
from store.rules import limit

ENTITY = "evidence"
EVIDENCE = ("sealed", "timestamp_pending")  # what is incomplete is none
WAIT = timedelta(hours=1)  # until authorities that did not answer are asked again
DONE_WITH = (*CLOSED, "archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """A bundle that was sealed. missing : what it lacks, in words; place, manifest_sha256 : see `Evidence`"""

    id_space: str
    item_id: str
    moment: str
    kind: str
    place: str
    manifest_sha256: str
    captured_by: str
    captured_at: datetime
    missing: tuple[str, ...] = ()
    candidate_id: int | None = None


def keep(session: Session, record: EvidenceRecord, actor: Actor, at: datetime) -> Evidence | None:
    """Write a bundle down, once; None where its listing was never stored. Raises ClockError."""
    found = session.scalar(select(Evidence).where(Evidence.place == record.place))
    if found is not None:
        return found
    listing = session.scalar(
        select(Listing).where(Listing.id_space == record.id_space, Listing.item_id == record.item_id)
    )
    if listing is None:
        return None
    candidate = session.get(Candidate, record.candidate_id) if record.candidate_id is not None else None
    row = Evidence(
        listing_pk=listing.id,
        candidate_id=candidate.id if candidate is not None and candidate.listing_pk == listing.id else None,
        moment=record.moment,
        kind=record.kind,
        place=record.place,
        manifest_sha256=record.manifest_sha256,
        state="incomplete" if record.missing else "timestamp_pending",
        reason="; ".join(record.missing) or "no authority was asked yet",
        stamps=0,
        retry_at=None if record.missing else at,
        captured_by=record.captured_by[:100],
        captured_at=record.captured_at,
    )
    session.add(row)
    session.flush()
    log(session, [row], "captured", actor, at, payload={"captured_by": record.captured_by})
    return row


def log(
    session: Session,
    rows: Iterable[Evidence],
    what: str,
    actor: Actor,
    at: datetime,
    *,
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> None:
    """Say in the log of each client concerned what was done with bundles. Raises ClockError."""
    by_client: dict[int, list[Entry]] = {}
    for row in rows:
        said = {"place": row.place, "manifest_sha256": row.manifest_sha256, "state": row.state, **(payload or {})}
        for client_id in clients_of(session, row):
            by_client.setdefault(client_id, []).append(Entry(ENTITY, row.id, None, what, reason, said))
    for client_id, entries in sorted(by_client.items()):
        append_events(session, client_id, entries, actor=actor.name, role=_role(actor), at=at)


def _role(actor: Actor) -> str:
    return next((role for role in ("senior", "analyst") if role in actor.roles), min(actor.roles, default="system"))


def clients_of(session: Session, row: Evidence) -> list[int]:
    """Ids of the clients whom a bundle concerns."""
    question = select(Candidate.client_id).where(Candidate.listing_pk == row.listing_pk)
    if row.candidate_id is not None:
        question = question.where(Candidate.id == row.candidate_id)
    return sorted(set(session.scalars(question)))


def bundles(
    session: Session,
    *,
    item_id: str | None = None,
    state: str | None = None,
    candidate: int | None = None,
    client_id: int | None = None,
) -> list[tuple[Evidence, Listing]]:
    """Bundles and their listings, the newest first. client_id : those that concern this client alone"""
    question = select(Evidence, Listing).join(Listing, Listing.id == Evidence.listing_pk)
    if item_id is not None:
        question = question.where(Listing.item_id == item_id)
    if state is not None:
        question = question.where(Evidence.state == state)
    if candidate is not None:
        listings = select(Candidate.listing_pk).where(Candidate.id == candidate)
        question = question.where(Evidence.listing_pk.in_(listings))
    if client_id is not None:
        question = question.where(
            Evidence.listing_pk.in_(select(Candidate.listing_pk).where(Candidate.client_id == client_id)),
            Evidence.candidate_id.is_(None)
            | Evidence.candidate_id.in_(select(Candidate.id).where(Candidate.client_id == client_id)),
        )
    rows = session.execute(question.order_by(Evidence.captured_at.desc(), Evidence.id.desc()))
    return [(row[0], row[1]) for row in rows]


def known_places(session: Session) -> set[str]:
    """Where every bundle that was written down lies, or lay."""
    return set(session.scalars(select(Evidence.place)))


def waiting(session: Session, at: datetime) -> Sequence[Evidence]:
    """Bundles whose timestamps are to be asked for now, the oldest first."""
    question = select(Evidence).where(Evidence.state == "timestamp_pending", Evidence.retry_at <= at)
    return session.scalars(question.order_by(Evidence.captured_at)).all()


def stamped(row: Evidence, stamps: int, pending: str | None, at: datetime) -> None:
    """How asking the authorities went. pending : why some have not answered well; None: all have"""
    row.stamps, row.reason = stamps, pending
    row.state, row.retry_at = ("sealed", None) if pending is None else ("timestamp_pending", at + WAIT)


def may_go(session: Session, row: Evidence, at: datetime) -> bool:
    """Whether the rule of retention lets a bundle go: long enough after the last thing that was done about it.

    A bundle whose listing is still somebody's open case is kept, however old.
    """
    cases = session.execute(select(Candidate.id, Candidate.state).where(Candidate.listing_pk == row.listing_pk)).all()
    if any(state not in DONE_WITH for _, state in cases):
        return False
    done = select(func.max(Event.at_utc)).where(
        Event.entity == "candidate", Event.entity_id.in_([key for key, _ in cases])
    )
    last = max(filter(None, (row.captured_at, session.scalar(done))))
    return last + timedelta(days=limit("retention_days", at.date())) <= at


def evidence_of(session: Session, pairs: Collection[tuple[int, int]]) -> dict[int, list[Evidence]]:
    """The bundles that may be handed out, for each of (candidate, its listing): the listing's, or its own; by time."""
    listings: dict[int, list[int]] = defaultdict(list)
    for candidate, listing in pairs:
        listings[listing].append(candidate)
    question = (
        select(Evidence)
        .where(Evidence.listing_pk.in_(listings), Evidence.state.in_(EVIDENCE))
        .order_by(Evidence.captured_at, Evidence.id)
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in session.scalars(question):
        for candidate in listings[row.listing_pk]:
            if row.candidate_id in (None, candidate):
                found[candidate].append(row)
    return found
