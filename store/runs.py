"""Records of runs: the questions asked of them."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.operations import Run

KILLED = "killed"
NO_WORD = "the process ended without a word; what it had stored is kept"


def latest(session: Session, limit: int) -> list[Run]:
    """The newest runs, newest first."""
    return list(session.scalars(select(Run).order_by(Run.id.desc()).limit(limit)))


def of_schedule(session: Session, schedule_id: int) -> Run | None:
    """The newest run that a schedule asked for."""
    return session.scalar(select(Run).where(Run.schedule_id == schedule_id).order_by(Run.id.desc()).limit(1))


def going_on(session: Session, group: str) -> Run | None:
    """The newest run of an access group that has not said how it ended."""
    unfinished = select(Run).where(Run.access_group == group, Run.outcome.is_(None))
    return session.scalar(unfinished.order_by(Run.id.desc()).limit(1))


def name_dead(session: Session, group: str) -> None:
    """Runs of a group that did not say how they ended were killed. Only for who holds the group's lock."""
    dead = update(Run).where(Run.access_group == group, Run.outcome.is_(None))
    session.execute(dead.values(outcome=KILLED, health="failed", reason=NO_WORD))


def name_killed(run: Run, exit_code: int) -> None:
    """Write on a run, whose process is known to be dead, that it did not say how it ended."""
    run.outcome, run.health, run.reason, run.exit_code = KILLED, "failed", NO_WORD, exit_code
