"""Leaving a site alone after a wall: kept in the store, so that the next run waits too; ended by hand or by time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from crawler.budget import PLATFORM_TIME, limits_of, refusal
from crawler.config import Access, Config
from crawler.items import now
from crawler.reading import Outcome, Reading
from store import access
from store.database import Store

BY_LOGIN = frozenset({Outcome.BLOCKED, Outcome.LOGIN_REQUIRED})  # what a person can end in the login's browser window
MAX_SIGNAL = 200


def cool_down(store: Store, group: str, limits: Access, wall: Reading) -> datetime | None:
    """Leave a group alone from now on, as long as its wall wants; until when, None when that wall wants no pause."""
    hours: float = getattr(limits.cool_down_hours, wall.outcome, 0)
    if not hours:
        return None
    until = now() + timedelta(hours=hours)
    with store.writing() as session:
        access.cool(session, group, until, wall.outcome, wall.signal[:MAX_SIGNAL])
    return until


def lift(store: Store, group: str, outcomes: Collection[str] | None = None) -> bool:
    """End the pause of a group (one that these outcomes brought); whether there was one.

    A day that a wrong clock had counted ahead is set right, with all that was used of it.
    """
    with store.writing() as session:
        found = access.locked_group(session, group)
        today = now().astimezone(PLATFORM_TIME).date()
        if found.day is not None and found.day > today:
            found.day = today
        return access.lift(session, group, outcomes)


def check(store: Store, config: Config, group: str) -> None:
    """Raises NoTurnError when no page of the group may be opened now."""
    with store.reading() as session:
        found = access.group(session, group)
    refused = refusal(found, now(), limits_of(config, group), config.zone) if found else None
    if refused:
        raise refused
