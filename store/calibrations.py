"""A client's own weights: proposed, accepted, undone; each of it an event in the client's chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.events import Entry, append_events, lock_chain
from store.models import Calibration, Candidate, Verdict
from store.people import Actor
from store.selling import CONFIRMED, DISMISSED, TOO_WEAK

PROPOSED, ACCEPTED, UNDONE = "proposed", "accepted", "undone"
ENTITY = "calibration"


def in_use(session: Session, client_id: int) -> Calibration | None:
    """The weights that judge for a client; None for those that come with the product."""
    return _latest(session, client_id, ACCEPTED)


def proposed(session: Session, client_id: int) -> Calibration | None:
    """The weights that wait for an answer: the newest, unless they or newer ones were answered."""
    newest = session.scalar(
        select(Calibration).where(Calibration.client_id == client_id).order_by(Calibration.id.desc()).limit(1)
    )
    return newest if newest is not None and newest.state == PROPOSED else None


def all_of(session: Session, client_id: int) -> list[Calibration]:
    """Every version of a client, the newest first."""
    question = select(Calibration).where(Calibration.client_id == client_id).order_by(Calibration.id.desc())
    return list(session.scalars(question))


def _latest(session: Session, client_id: int, state: str) -> Calibration | None:
    question = select(Calibration).where(Calibration.client_id == client_id, Calibration.state == state)
    return session.scalar(question.order_by(Calibration.decided_at.desc(), Calibration.id.desc()).limit(1))


def propose(
    session: Session,
    client_id: int,
    weights: Mapping[str, Any],
    figures: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> Calibration:
    """Keep weights that were learnt; they judge nothing until they are accepted. Raises ClockError."""
    lock_chain(session, client_id)
    row = Calibration(
        client_id=client_id,
        version=weights["version"],
        weights=dict(weights),
        figures=dict(figures),
        state=PROPOSED,
        made_at=at,
        made_by=actor.name,
    )
    session.add(row)
    session.flush()
    _event(session, row, None, actor, at)
    return row


def settle(session: Session, row: Calibration, to: str, *, actor: Actor, at: datetime) -> None:
    """Accept what was proposed, or undo what was accepted. Raises ClockError."""
    lock_chain(session, row.client_id)
    before, row.state = row.state, to
    if to == ACCEPTED:
        row.decided_at, row.decided_by = at, actor.name
    session.flush()
    _event(session, row, before, actor, at)


def _event(session: Session, row: Calibration, before: str | None, actor: Actor, at: datetime) -> None:
    entry = Entry(ENTITY, row.id, before, row.state, payload={"version": row.version, "weights": row.weights})
    role = next((role for role in ("analyst", "senior") if role in actor.acts_as), "analyst")
    append_events(session, row.client_id, [entry], actor=actor.name, role=role, at=at)


def decisions(session: Session, client_id: int) -> list[tuple[dict[str, float], bool]]:
    """What persons decided of a client's candidates: (the terms that held for the right, whether it infringes).

    Left out: what was dismissed because nothing could be shown, and what was decided for another right than the
    verdict speaks of.
    """
    question = (
        select(Verdict.evidence, Candidate.state)
        .join(Verdict, (Verdict.listing_pk == Candidate.listing_pk) & (Verdict.client_id == Candidate.client_id))
        .where(Candidate.client_id == client_id, Candidate.state.in_((*CONFIRMED, *DISMISSED)))
        .where(Candidate.right_pk == Verdict.right_pk)
        .where((Candidate.reason_code != TOO_WEAK) | Candidate.reason_code.is_(None))
        .order_by(Candidate.id)
    )
    return [(dict(evidence), state in CONFIRMED) for evidence, state in session.execute(question) if evidence]
