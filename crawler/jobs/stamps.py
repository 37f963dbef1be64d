"""Timestamps that evidence still lacks: the authorities are asked again, until each has answered well."""

from __future__ import annotations

from datetime import datetime

from crawler.config import Config
from crawler.items import now
from crawler.jobs.kinds import Job
from crawler.progress import tell
from crawler.runs import DONE, PARTLY
from store.custody import waiting
from store.database import Store

BUNDLES = 0  # the one job's id: it is of all bundles that wait


def due(store: Store, config: Config, at: datetime) -> list[Job]:
    """One job for all that wait; none where no authority is set."""
    if not config.evidence.timestamp_authorities:
        return []
    with store.reading() as session:
        found = waiting(session, at)
    return [Job(BUNDLES, f"timestamps of {len(found)} bundles of evidence", found[0].captured_at)] if found else []


def run(store: Store, config: Config, job: Job) -> int | None:
    """Ask for each; partly done where some still wait. The first reason is told, the rest stand with the bundles."""
    from evidence.keeping import ask_for_stamps  # noqa: PLC0415 # the browser's libraries, for who has evidence

    with store.reading() as session:
        found = [each.id for each in waiting(session, now())]
    pending = [asked.pending for each in found if (asked := ask_for_stamps(config, store, each)) and asked.pending]
    if pending:
        tell(f"{job.title}: {len(pending)} still wait: {pending[0]}")
    return PARTLY if pending else DONE
