"""Everything that was seen, asked again for a client: new marks, names, photos, weights.

`rescore(store, config, client_id, ...)`. One at a time a client. An interrupted one goes on where it was when it is
asked for again with the same; where marks, photos, weights or options changed meanwhile, it begins anew.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context

from crawler.config import Config
from crawler.items import now
from crawler.jobs.wishes import Wish
from crawler.locks import held
from crawler.progress import tell
from pipelines.rescoring import Asker
from store.database import Store
from store.models import Rescoring
from store.rescoring import Asked, Span, begin, pictures_last_looked_at, spans, unfinished, write_batch

TITLES = 2_000  # listings a batch where only titles count: some 5 MB, a second of work
PICTURES = 200  # where pictures are looked at, which takes a thousand times as long
SECONDS = 5.0  # between two lines of progress
AHEAD = 2  # batches that wait for each process


def rescore(store: Store, config: Config, wish: Wish) -> Rescoring:
    """Ask again; how it went. Raises HeldError where another is at work for the client, LookupError without rights."""
    with held(config, f"rescore-{wish.client_id}"):
        with store.reading() as session:
            asker = Asker(session, config, wish.client_id)
        job = _begin(store, asker, wish)
        _ask_all(store, config, asker, job, wish)
        with store.writing() as session:
            done = session.get_one(Rescoring, job.id)
            done.finished_at = done.updated_at = now()
            session.flush()
        return done


def _begin(store: Store, asker: Asker, wish: Wish) -> Rescoring:
    """The rescoring that goes on, or a new one."""
    with store.reading() as session:
        seen_with = pictures_last_looked_at(session, wish.client_id, wish.since)
    looked = not wish.titles_only and seen_with != asker.pictures and asker.look()
    asked_with = asker.digest(wish.since, looked=looked)
    name = asker.portfolio.client
    with store.writing() as session:
        job = unfinished(session, wish.client_id, asked_with)
        if job is not None:
            tell(f"{name}: goes on after {job.asked:,} of {job.total:,} listings")
            return job
        said = {"digest": asked_with, "pictures": asker.pictures, "looked": looked}
        job = begin(session, wish.client_id, now(), wish.since, **said)
    pictures = "titles and pictures" if looked else "titles, with what was found in pictures before"
    tell(f"{name}: {job.total:,} listings are asked again: {pictures}; {asker.weights.version}")
    return job


def _ask_all(store: Store, config: Config, asker: Asker, job: Rescoring, wish: Wish) -> None:
    progress = _Progress(asker.portfolio.client, job)
    for asked in _answers(store, config, asker, job, wish.processes):
        with store.writing() as session:
            row = session.get_one(Rescoring, job.id)
            write_batch(session, row, wish.client_id, asked, now())
        progress.tell(row)


def _batches(store: Store, job: Rescoring, size: int) -> Iterator[Span]:
    """The batches that are still to be asked; each question is a transaction of its own."""
    with store.reading() as session:
        for span in spans(session, job, size):
            session.rollback()  # no reader stands in the way of the database's tidying
            yield span


def _answers(store: Store, config: Config, asker: Asker, job: Rescoring, processes: int) -> Iterator[Asked]:
    """The batches in their order, asked here or by several processes."""
    batches = _batches(store, job, PICTURES if job.looked else TITLES)
    if processes == 1:
        for span in batches:
            with store.reading() as session:
                yield asker.ask(session, span)
        return
    started = (config, asker.client_id, job.looked)
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, started) as pool:
        yield from _in_order(pool, _ask, batches, AHEAD * processes)


def _in_order(pool: Executor, ask: Callable[[Span], Asked], batches: Iterator[Span], ahead: int) -> Iterator[Asked]:
    """Answers in the order of the batches; few wait, so that memory stays bounded."""
    waiting: deque[Future[Asked]] = deque()
    try:
        for span in batches:
            waiting.append(pool.submit(ask, span))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


_HERE: list[tuple[Store, Asker]] = []  # of a process of the pool


def _start(config: Config, client_id: int, looked: bool) -> None:
    """Make a process of the pool ready."""
    store = Store(config.database)
    with store.reading() as session:
        asker = Asker(session, config, client_id)
    if looked:
        asker.look()
    _HERE.append((store, asker))


def _ask(span: Span) -> Asked:
    store, asker = _HERE[0]
    with store.reading() as session:
        return asker.ask(session, span)


class _Progress:
    """A line every few seconds."""

    def __init__(self, client: str, job: Rescoring) -> None:
        self.client = client
        self.began = self.told = time.monotonic()
        self.before = job.asked

    def tell(self, job: Rescoring) -> None:
        """Say how far it is, now and then."""
        at = time.monotonic()
        if at - self.told < SECONDS:
            return
        self.told = at
        rate = (job.asked - self.before) / (at - self.began)
        tell(
            f"{self.client}: {job.asked:,} of {job.total:,} asked, {rate:,.0f} a second;"
            f" {job.changed:,} verdicts changed, {job.fresh:,} new candidates"
        )
