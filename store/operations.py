"""The tables of the work itself: what ran and how it ended, when what is searched, how often a site may be asked."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Run(Base):
    """One execution of one spider: parameters, counts, health, how it ended.

    access_group : whose lock it held; None for stored answers, which ask nobody
    schedule_id : the schedule that asked for it; no foreign key, for a run outlives its schedule
    outcome : None while it goes on; `killed` where the process ended without a word, and `finished_at` stays unknown
    counts : answers by kind (`pages.page`, `pages.blocked` ...), requests, listings, flagged ...
    health : ok | poor | failed, and the reason in words
    archive, screenshot : file names, relative to the data folder
    """

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    spider: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    transport: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(40))
    signal: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    access_group: Mapped[str | None] = mapped_column(String(100))
    schedule_id: Mapped[int | None] = mapped_column(index=True)
    exit_code: Mapped[int | None]
    health: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    archive: Mapped[str | None] = mapped_column(Text)
    screenshot: Mapped[str | None] = mapped_column(Text)


class AccessGroup(Base):
    """The sites that share a login: how often they were asked today, when the next page may be opened.

    day : the platforms' own (UTC+8); never goes back, so that a clock that was set back gives no fresh budget
    next_page_at : reckoned at `reserved_at`; a wait is never longer than from one to the other, whatever the clock says
    cooled_until : left alone until then, because of `cooled_by` (an outcome) and its signal
    """

    __tablename__ = "access_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    day: Mapped[dt.date | None]
    pages_today: Mapped[int] = mapped_column(default=0)
    requests_today: Mapped[int] = mapped_column(default=0)
    reserved_at: Mapped[datetime | None]
    next_page_at: Mapped[datetime | None]
    cooled_until: Mapped[datetime | None]
    cooled_by: Mapped[str | None] = mapped_column(String(40))
    signal: Mapped[str | None] = mapped_column(Text)


class Schedule(Base):
    """When which brand is searched where, and how it went the last time. An id is never used again."""

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("brand", "marketplace"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    brand: Mapped[str] = mapped_column(String(400))
    marketplace: Mapped[str] = mapped_column(String(40))
    cron: Mapped[str] = mapped_column(String(100))
    pages: Mapped[int]
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    last_run_at: Mapped[datetime | None]
    last_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    last_exit: Mapped[int | None]
    last_outcome: Mapped[str | None] = mapped_column(String(40))
