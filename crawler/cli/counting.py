"""How far long work is, on a terminal; elsewhere nothing is shown until the line at its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counting(of: str) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told how many are done. of : what is counted"""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console  # noqa: PLC0415 # seldom needed
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = SpinnerColumn(), TextColumn("{task.completed:,} " + of), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(of, total=None)
        yield lambda done: shown.update(task, completed=done)
