"""What a job is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crawler.config import Config
from store.database import Store


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is due. `id`: of its row; `since`: when it was to be done."""

    id: int
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: how to find those that are due, and how to do one (its exit code, None: passed over)."""

    due: Callable[[Store, Config, datetime], list[Job]]
    run: Callable[[Store, Config, Job], int | None]
