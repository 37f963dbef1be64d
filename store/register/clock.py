"""What time alone does to rights and powers of attorney: they come near their end, and end."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.days import platform_day
from store.moves import move
from store.papers import PowerOfAttorney
from store.people import CLOCK
from store.registered import Right
from store.rules import limit


def pass_time(session: Session, at: datetime) -> int:
    """Move what is verified to `expiring` and `expired`; how many moved."""
    today = platform_day(at)
    soon = today + dt.timedelta(days=limit("expiring_days", today))
    near = ("verified", "expiring")
    rights = select(Right).where(Right.state.in_(near), Right.expires_on <= soon).order_by(Right.id)
    powers = select(PowerOfAttorney).where(PowerOfAttorney.state.in_(near), PowerOfAttorney.valid_to <= soon)
    things: list[tuple[Right | PowerOfAttorney, dt.date | None]]
    things = [(right, right.expires_on) for right in session.scalars(rights)]
    things += [(poa, poa.valid_to) for poa in session.scalars(powers.order_by(PowerOfAttorney.id))]
    moved = 0
    for thing, last in things:
        to = "expired" if last and last < today else "expiring"
        if to != thing.state:
            move(session, thing, to, actor=CLOCK, at=at)
            moved += 1
    return moved
