"""All that is due, one after another; one runner at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.budget import clock
from crawler.config import Config
from crawler.jobs import crawls, stamps
from crawler.jobs.kinds import Job, Kind
from crawler.locks import HeldError, held
from crawler.progress import tell
from crawler.runs import DONE, FAILED, INTERRUPTED, NOT_PERMITTED, PARTLY
from store import schedules
from store.database import Store

KINDS = (Kind(stamps.due, stamps.run), Kind(crawls.due, crawls.run))  # in this order; what has a deadline goes first
WALL, UNKNOWN_LAYOUT, WRONG_USAGE = 3, 4, 2
WORSE = (DONE, NOT_PERMITTED, PARTLY, WALL, UNKNOWN_LAYOUT, WRONG_USAGE, FAILED, INTERRUPTED)  # from good to bad


def run_due(store: Store, config: Config, at: datetime) -> int:
    """Do what is due at that moment; the worst exit code of what ran. A second runner leaves at once."""
    try:
        with held(config, "due"):
            return _run_all(store, config, at)
    except HeldError:
        tell("another `bazaarwatch due` is at work: nothing done here")
        return DONE


def _run_all(store: Store, config: Config, at: datetime) -> int:
    codes = []
    for kind, job in _jobs(store, config, at):
        tell(f"{job.title}: due since {clock(job.since, config.zone)}")
        code = kind.run(store, config, job)
        codes += [] if code is None else [code]
        if code == INTERRUPTED:
            break
    tell(_summary(store, config, at, len(codes)))
    return worst(codes)


def _jobs(store: Store, config: Config, at: datetime) -> list[tuple[Kind, Job]]:
    return [(kind, job) for kind in KINDS for job in kind.due(store, config, at)]


def worst(codes: Iterable[int]) -> int:
    """The exit code that says most of what went wrong; a code that nobody knows is a failure."""
    known = [code if code in WORSE else FAILED for code in codes]
    return max(known, key=WORSE.index, default=DONE)


def _summary(store: Store, config: Config, at: datetime, ran: int) -> str:
    with store.reading() as session:
        coming = next((each for each in schedules.active(session) if each.next_at > at), None)
    done = f"{ran} done" if ran else "nothing done"
    if coming is None:
        return f"{done}; nothing else is scheduled"
    return f"{done}; next: {crawls.title(coming)}, {clock(coming.next_at, config.zone)}"
