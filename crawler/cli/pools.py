"""Work in several processes, its results in order; they end with this one, and leave Ctrl-C to it."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

AHEAD = 3  # parts for each process that are under way or wait

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_order(
    jobs: int,
    begin: Callable[..., None],
    given: tuple[object, ...],
    work: Callable[[Part], Result],
    parts: Iterable[Part],
) -> Iterator[Result]:
    """What `work` makes of each part, few parts at any moment, in processes that did `begin(*given)` first.

    Ends the processes when it is left, whatever for.
    """
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (begin, given))
    waiting: deque[Future[Result]] = deque()
    try:
        for part in parts:
            with _uninterrupted():
                waiting.append(pool.submit(work, part))
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the end: a process that is half begun would complain of its parent.

    A process that begins meanwhile never hears Ctrl-C, since it begins with this thread's mask: its parent ends it.
    The mask alone does not keep it from the parent, whose other threads hear it too.
    """
    heard: list[int] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _begin(begin: Callable[..., None], given: tuple[object, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(*given)


def _end_with_parent() -> None:
    """A process of the pool would wait for ever for a parent that was killed."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
