"""How far long work is, on a terminal; elsewhere a plain line now and then, where that is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from crawler.progress import tell


@contextmanager
def counting(of: str, *, total: int | None = None, every: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told how many are done, one after another.

    of : what is counted; total : how many there will be; every : after how many a line is told where no terminal is
    """
    if not sys.stderr.isatty():
        yield lambda done: _line(done, of, total, every)
        return
    from rich.console import Console  # noqa: PLC0415 # seldom needed
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    number = "{task.completed:,} " + (f"of {total:,} " if total is not None else "") + of
    columns = SpinnerColumn(), TextColumn(number), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(of, total=total)
        yield lambda done: shown.update(task, completed=done)


def _line(done: int, of: str, total: int | None, every: int | None) -> None:
    if every and done % every == 0:
        tell(f"{done:,} " + (f"of {total:,} " if total is not None else "") + of)
