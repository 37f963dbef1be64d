"""Access groups: the questions asked of them, each in one short transaction of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.operations import AccessGroup
from store.upsert import upsert


def group(session: Session, name: str) -> AccessGroup | None:
    """A group as it stands; None when it was never asked."""
    return session.scalar(select(AccessGroup).where(AccessGroup.name == name))


def groups(session: Session) -> list[AccessGroup]:
    """Every group that was ever asked."""
    return list(session.scalars(select(AccessGroup).order_by(AccessGroup.name)))


def locked_group(session: Session, name: str) -> AccessGroup:
    """A group that nobody else changes until the transaction ends; its row is made at the first question.

    On SQLite the transaction itself sees to that (`Store.writing`), on PostgreSQL the row's lock.
    """
    question = select(AccessGroup).where(AccessGroup.name == name).with_for_update()
    found = session.scalar(question)
    if found is None:
        upsert(session, AccessGroup, [{"name": name, "pages_today": 0, "requests_today": 0}], keys=["name"])
        found = session.scalars(question).one()
    return found


def cool(session: Session, name: str, until: datetime, outcome: str, signal: str) -> None:
    """Leave a group alone until then. A longer pause that was set before stands."""
    found = locked_group(session, name)
    if found.cooled_until is None or until > found.cooled_until:
        found.cooled_until, found.cooled_by, found.signal = until, outcome, signal


def lift(session: Session, name: str, outcomes: Collection[str] | None = None) -> bool:
    """End the pause of a group, if there is one (after one of these outcomes, where they are given)."""
    found = locked_group(session, name)
    if found.cooled_until is None or (outcomes is not None and found.cooled_by not in outcomes):
        return False
    found.cooled_until = found.cooled_by = found.signal = None
    return True
