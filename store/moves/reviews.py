"""Reviews that nobody ended: back to the queue once their time is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Candidate
from store.moves import move
from store.people import CLOCK


def release_stale(session: Session, at: datetime) -> int:
    """Put every candidate whose review ran out of its time back into the queue; how many."""
    stale = select(Candidate).where(Candidate.state == "in_review", Candidate.lock_until <= at)
    found = list(session.scalars(stale.order_by(Candidate.client_id, Candidate.id)))
    for candidate in found:
        move(session, candidate, "queued", actor=CLOCK, at=at, reason="the review ran out of its time")
    return len(found)
