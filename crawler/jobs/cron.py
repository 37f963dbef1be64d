"""When: cron expressions of five fields, in the operator's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from cronsim import CronSim, CronSimError

MAX_CRON = 100  # characters; the column is as wide
EXAMPLE = "give minute, hour, day, month and weekday, such as 0 3 * * *"


class CronError(ValueError):
    """The expression names no time; the message is one line for the user."""


def checked(cron: str) -> str:
    """The expression with single spaces. Raises CronError."""
    fields = cron[: MAX_CRON + 1].split()
    tidy = " ".join(fields)
    if len(fields) != 5 or len(tidy) > MAX_CRON:
        raise CronError(EXAMPLE)
    try:
        next_time(tidy, datetime(2026, 1, 1, tzinfo=UTC), UTC)
    except CronSimError as error:
        raise CronError(f"{str(error).lower()}; {EXAMPLE}") from None
    except StopIteration:
        raise CronError(f"it names no day that comes in the next fifty years; {EXAMPLE}") from None
    return tidy


def next_time(cron: str, after: datetime, zone: tzinfo) -> datetime:
    """The first time of a checked expression after that moment, in UTC; as Debian's cron has it, summer time too."""
    times = CronSim(cron, after.astimezone(zone))
    found = next(times).astimezone(UTC)
    while found <= after:  # an hour that comes twice in autumn is named by its first coming, which may have passed
        found = next(times).astimezone(UTC)
    return found
