"""Insert-or-update in batches, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Row = Mapping[str, Any]
CHUNK = 400  # keys in one question; SQLite allows 32,766 variables


def upsert(
    session: Session,
    model: type[DeclarativeBase],
    rows: Sequence[Row],
    *,
    keys: Sequence[str],
    replace: Iterable[str] = (),
    keep_known: Iterable[str] = (),
) -> None:
    """Write `rows`, which all have the same columns; those whose `keys` stand already are updated.

    replace : columns that take the new value
    keep_known : columns that take the new value unless it is None
    """
    if not rows:
        return
    table = _table(model)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    new = statement.excluded
    change: dict[str, Any] = {name: new[name] for name in replace}
    change |= {name: func.coalesce(new[name], table.c[name]) for name in keep_known}
    if change:
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=change)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    session.execute(statement, list(rows))


def ids(session: Session, model: type[DeclarativeBase], names: Sequence[str], keys: Iterable[tuple[Any, ...]]) -> dict:  # type: ignore[type-arg]
    """Primary keys by the values of `names`: {(value, ...): id}."""
    table = _table(model)
    columns = [table.c[name] for name in names]
    wanted = sorted(set(keys))
    found: dict[tuple[Any, ...], int] = {}
    for start in range(0, len(wanted), CHUNK):
        question = select(table.c.id, *columns).where(tuple_(*columns).in_(wanted[start : start + CHUNK]))
        found |= {tuple(row[1:]): row[0] for row in session.execute(question)}
    return found


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
