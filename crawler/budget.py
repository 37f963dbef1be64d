"""How often a site may be asked: arithmetic on the row of its access group, without clock, database or waiting.

A day is the platforms' own (UTC+8), wherever the operator sits: it is their traffic that is counted.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone, tzinfo

from crawler.config import Access, Config
from crawler.marketplaces import SITES
from store.operations import AccessGroup

BUDGET, COOL_DOWN = "budget", "cool-down"
PLATFORM_TIME = timezone(timedelta(hours=8))  # China has had no summer time since 1991
ZERO = timedelta(0)


class NoTurnError(Exception):
    """No page may be opened now: `outcome` (budget or cool-down), and why in words for the operator."""

    def __init__(self, outcome: str, words: str) -> None:
        super().__init__(words)
        self.outcome = outcome


def limits_of(config: Config, group: str) -> Access:
    """The limits of an access group: the strictest that is written for any of its sites."""
    return config.limits_of(site.name for site in SITES.values() if site.access_group == group)


def used_today(group: AccessGroup, at: datetime) -> tuple[int, int]:
    """Pages and requests of the platforms' day.

    A day that was reached is never left backwards: a clock that is set back gives no fresh budget.
    """
    today = at.astimezone(PLATFORM_TIME).date()
    if group.day is None or today > group.day:
        return 0, 0
    return group.pages_today, group.requests_today


def count(group: AccessGroup, at: datetime, pages: int, requests: int) -> None:
    """Add to the day's tally."""
    pages_before, requests_before = used_today(group, at)
    today = at.astimezone(PLATFORM_TIME).date()
    group.day = today if group.day is None else max(group.day, today)
    group.pages_today, group.requests_today = pages_before + pages, requests_before + requests


def refusal(group: AccessGroup, at: datetime, limits: Access, zone: tzinfo) -> NoTurnError | None:
    """Why no page may be opened at that moment; None when one may. Times are told in `zone`."""
    if group.cooled_until is not None and at < group.cooled_until:
        until = clock(group.cooled_until, zone)
        why = f"{group.cooled_by}: {group.signal}" if group.signal else group.cooled_by
        return NoTurnError(COOL_DOWN, f"{group.name} is left alone until {until}, after {why}")
    pages, requests = used_today(group, at)
    spent = [
        f"{setting} ({limit}) of {group.name} is spent until {clock(_renewed(group), zone)}"
        for setting, limit, used in (
            ("pages_per_day", limits.pages_per_day, pages),
            ("requests_per_day", limits.requests_per_day, requests),
        )
        if used >= limit
    ]
    return NoTurnError(BUDGET, spent[0]) if spent else None


def reserve(group: AccessGroup, at: datetime, pause: float) -> float:
    """Take the next turn of the group, and leave `pause` seconds after it; seconds to wait for it.

    No wait is longer than it was reckoned to be, whatever the clock says by now.
    """
    count(group, at, pages=1, requests=0)
    wait = ZERO
    if group.next_page_at is not None and group.reserved_at is not None:
        wait = max(ZERO, min(group.next_page_at - at, group.next_page_at - group.reserved_at))
    group.reserved_at = at
    group.next_page_at = at + wait + timedelta(seconds=pause)
    return wait.total_seconds()


def clock(moment: datetime, zone: tzinfo) -> str:
    """A moment as the operator reads it: 2026-11-24 03:00+08:00."""
    return moment.astimezone(zone).isoformat(sep=" ", timespec="minutes")


def _renewed(group: AccessGroup) -> datetime:
    assert group.day is not None
    return datetime.combine(group.day + timedelta(days=1), time(), PLATFORM_TIME)
