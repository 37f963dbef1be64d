"""Rows that belong to a right, made what a file says: what stands already is left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Session

from store.upsert import CHUNK

Rows = Sequence[Mapping[str, Any]]


def lock_register(session: Session) -> None:
    """One import at a time. On SQLite the transaction itself sees to that."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('bazaarwatch:register'))"))


def chunks(keys: Collection[int]) -> Iterator[list[int]]:
    """Keys in pieces that fit into one question."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def sync(
    session: Session,
    model: type[DeclarativeBase],
    parent: str,
    *,
    wanted: Mapping[int, Rows],
    names: Sequence[str],
    more: Mapping[str, Any] | None = None,
) -> set[int]:
    """Make the rows of each parent those that are wanted, in their order; the parents whose rows were other.

    parent : the column that points to it
    names : the columns by which rows are compared; `more` is written with each new row besides
    """
    columns: Any = model.__table__.c
    changed: set[int] = set()
    for keys in chunks(wanted.keys()):
        standing: dict[int, list[tuple[Any, ...]]] = {key: [] for key in keys}
        question = select(columns[parent], *(columns[name] for name in names)).where(columns[parent].in_(keys))
        for row in session.execute(question.order_by(columns.id)):
            standing[row[0]].append(tuple(row[1:]))
        other = {key for key in keys if standing[key] != [tuple(row[name] for name in names) for row in wanted[key]]}
        gone = [key for key in other if standing[key]]
        if gone:
            session.execute(delete(model).where(columns[parent].in_(gone)))
        changed |= other
    new = [{**(more or {}), **row, parent: key} for key in sorted(changed) for row in wanted[key]]
    if new:
        session.execute(insert(model), new)
    return changed
