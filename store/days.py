"""Days as the platforms count them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

PLATFORM_TIME = timezone(timedelta(hours=8))  # China has had no summer time since 1991


def platform_day(at: datetime) -> date:
    """The day of a moment where the platforms sit; what a right or a power of attorney is judged by."""
    return at.astimezone(PLATFORM_TIME).date()
