"""Scheduled crawls: which are due, and how one is run and recorded.

A time counts as used when its crawl begins: a crawl that takes the machine down is not run again at once. One that may
not begin (its site is left alone, its budget spent, another crawl goes on) keeps its time and is made up later. However
many times were missed, one crawl makes up for them.
"""

from __future__ import annotations

from datetime import datetime

from crawler import cooling
from crawler.budget import BUDGET, COOL_DOWN, NoTurnError, limits_of
from crawler.config import Config
from crawler.items import now
from crawler.jobs.cron import next_time
from crawler.jobs.kinds import Job
from crawler.marketplaces import site
from crawler.progress import tell
from crawler.runs import NOT_PERMITTED
from crawler.supervise import SILENCE_SECONDS, run_crawl
from store import runs, schedules
from store.database import Store
from store.models import Run, Schedule


def due(store: Store, config: Config, at: datetime) -> list[Job]:
    """The crawls whose time has come, the longest due first."""
    with store.writing() as session:
        _bring_back(schedules.active(session), config, at)
        session.flush()
        return [Job(each.id, title(each), each.next_at) for each in schedules.due(session, at)]


def title(schedule: Schedule) -> str:
    """What is searched where, in words."""
    return f"{schedule.brand} on {schedule.marketplace}"


def _bring_back(all_active: list[Schedule], config: Config, at: datetime) -> None:
    """A time further ahead than the next one was reckoned by a wrong clock, or in another time zone."""
    for schedule in all_active:
        schedule.next_at = min(schedule.next_at, next_time(schedule.cron, at, config.zone))


def run(store: Store, config: Config, job: Job) -> int | None:
    """Crawl, supervised; its exit code, None when it was passed over."""
    schedule = _still_due(store, job)
    if schedule is None:
        return None
    group = site(schedule.marketplace).access_group
    try:
        if not config.transport.startswith("archive:"):
            cooling.check(store, config, group)
    except NoTurnError as refused:
        tell(f"{job.title}: passed over, to be made up: {refused.outcome}: {refused}")
        return None
    before = _begin(store, config, schedule)
    patience = max(SILENCE_SECONDS, 4 * limits_of(config, group).delay)
    code = run_crawl(_arguments(schedule), silence=patience)
    return code if _record(store, job, before, code) else None


def _still_due(store: Store, job: Job) -> Schedule | None:
    """The schedule, unless somebody paused, removed or changed it while other crawls ran."""
    with store.reading() as session:
        found = schedules.schedule(session, job.id)
    return found if found and not found.paused and found.next_at <= job.since else None


def _arguments(schedule: Schedule) -> list[str]:
    mine = ["-a", f"brand={schedule.brand}", "-a", f"pages={schedule.pages}"]
    return [schedule.marketplace, *mine, "-s", f"BAZAARWATCH_SCHEDULE={schedule.id}"]


def _begin(store: Store, config: Config, schedule: Schedule) -> int | None:
    """Use up the time; id of the newest run so far."""
    with store.writing() as session:
        row, newest = schedules.schedule(session, schedule.id), runs.of_schedule(session, schedule.id)
        if row is not None:
            row.next_at = next_time(row.cron, now(), config.zone)
        return newest.id if newest else None


def _record(store: Store, job: Job, before: int | None, code: int) -> bool:
    """Write how it went; False when it could not begin, and is to be made up."""
    with store.writing() as session:
        newest = runs.of_schedule(session, job.id)
        made = newest if newest and newest.id != before else None
        began = code != NOT_PERMITTED or (made is not None and made.outcome not in (BUDGET, COOL_DOWN))
        if made is not None and made.outcome is None:
            runs.name_killed(made, code)
        row = schedules.schedule(session, job.id)
        if row is not None and began:
            _write(row, made, code)
        elif row is not None:
            row.next_at = job.since
    return began


def _write(row: Schedule, made: Run | None, code: int) -> None:
    row.last_exit = code
    row.last_run_at = made.started_at if made else now()
    row.last_run_id, row.last_outcome = (made.id, made.outcome) if made else (None, None)
