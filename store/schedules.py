"""Schedules: the questions asked of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.names import fold_name
from store.operations import Schedule


def schedules(session: Session) -> list[Schedule]:
    """All of them, in the order in which they were made."""
    return list(session.scalars(select(Schedule).order_by(Schedule.id)))


def schedule(session: Session, schedule_id: int) -> Schedule | None:
    """One of them."""
    return session.get(Schedule, schedule_id)


def scheduled(session: Session, brand: str, marketplace: str) -> Schedule | None:
    """The schedule of a brand on a marketplace, however the brand is written."""
    there = session.scalars(select(Schedule).where(Schedule.marketplace == marketplace))
    return next((each for each in there if fold_name(each.brand) == fold_name(brand)), None)


def active(session: Session) -> list[Schedule]:
    """Those that are not paused, the longest due first."""
    return list(session.scalars(select(Schedule).where(~Schedule.paused).order_by(Schedule.next_at, Schedule.id)))


def due(session: Session, at: datetime) -> list[Schedule]:
    """Those whose time has come, the longest due first."""
    return [each for each in active(session) if each.next_at <= at]
