"""Rights into the store: idempotent, all rows or none, in batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from store.events import Entry, append_events
from store.models import Right
from store.people import OPERATOR, Actor
from store.register.belongings import Key, write_belongings
from store.register.clients import clients_named
from store.register.prepare import Prepared
from store.register.rows import RightRow
from store.register.sync import lock_register
from store.upsert import ids

_AS_TOLD = (
    *("type", "number", "jurisdiction", "registrant", "registrant_seen_on", "filed_on", "registered_on", "expires_on"),
    *("status", "route", "description", "patent_kind", "claims", "fees_paid_until", "work_name", "work_type", "author"),
    *("completed_on", "published_on", "official_page"),
)
_LISTS = ("nice_classes", "subclasses", "goods", "designated")
_COLUMNS = (*_AS_TOLD, *_LISTS, "reference_prices")
_TOLD_BY = {"reference_prices": "reference_price"}  # the file's column, where it has another name


@dataclass(frozen=True)
class Imported:
    """How many rights are new, how many stood already, and how many of these say something else than before."""

    added: int
    updated: int
    changed: int = 0


@dataclass(frozen=True)
class _Standing:
    """A right as it stood before the import."""

    pk: int
    state: str
    values: Mapping[str, Any]


def import_rights(
    session: Session,
    prepared: Iterable[Prepared],
    columns: Collection[str] | None = None,
    *,
    actor: Actor = OPERATOR,
    at: datetime | None = None,
) -> Imported:
    """Write rights; one that stands already (client, right_id) takes the file's values.

    columns : those of the file; what it has no column for stays. None: it has all
    """
    found, at = list(prepared), at or datetime.now(UTC)
    lock_register(session)
    distribution = {each.row.client: each.row.distribution for each in found if each.row.distribution}
    clients = clients_named(session, (each.row.client for each in found), distribution)
    rows = {(clients[each.row.client], each.row.right_id): each for each in found}
    told = frozenset(columns if columns is not None else RightRow.model_fields)
    before = _standing(session, set(clients.values()))
    changed = _write(session, rows, told, before)
    keys = {key: each.pk for key, each in before.items()}
    keys |= ids(session, Right, ("client_id", "right_id"), rows.keys() - before.keys())
    owned = {keys[key]: (key, each) for key, each in rows.items()}
    other = write_belongings(session, owned, told, {"added_by": actor.name, "added_at": at})
    for pk, what in other.items():
        changed.setdefault(owned[pk][0], {})["other"] = what
    _tell(session, {key: keys[key] for key in rows}, before, changed, {"actor": actor.name, "at": at})
    old = rows.keys() & before.keys()
    return Imported(len(rows) - len(old), len(old), len(changed.keys() & old))


def _standing(session: Session, clients: set[int]) -> dict[Key, _Standing]:
    """The rights that these clients have."""
    columns = [getattr(Right, name) for name in _COLUMNS]
    question = select(Right.client_id, Right.right_id, Right.id, Right.state, *columns)
    rows = session.execute(question.where(Right.client_id.in_(clients)))
    return {(row[0], row[1]): _Standing(row[2], row[3], dict(zip(_COLUMNS, row[4:], strict=True))) for row in rows}


def _values(row: RightRow) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in _AS_TOLD}
    values |= {name: list(getattr(row, name)) for name in _LISTS}
    return values | {"reference_prices": row.reference_prices()}


def _write(
    session: Session, rows: Mapping[Key, Prepared], told: frozenset[str], before: Mapping[Key, _Standing]
) -> dict[Key, dict[str, Any]]:
    """Write the rights' own columns; what is other in those that stood already: {column: [before, now]}."""
    known = [name for name in _COLUMNS if name == "type" or _TOLD_BY.get(name, name) in told]
    new, updates, changed = [], [], {}
    for key, each in rows.items():
        values = _values(each.row)
        if key not in before:
            new.append({"client_id": key[0], "right_id": key[1], "state": "draft", **values})
            continue
        standing = before[key].values
        other = {name: [standing[name], values[name]] for name in known if _other(standing[name], values[name])}
        if other:
            updates.append({"pk": before[key].pk} | {name: values[name] for name in known})
            changed[key] = other
    if new:
        session.execute(insert(Right), new)
    if updates:
        _update(session, updates, known)
    return changed


def _other(before: Any, now: Any) -> bool:
    """Whether a value changed; a list that is not there is an empty one."""
    return bool(before or now) and before != now


def _update(session: Session, rows: list[dict[str, Any]], names: Sequence[str]) -> None:
    table: Any = Right.__table__
    statement = update(table).where(table.c.id == bindparam("pk"))
    session.connection().execute(statement.values({name: bindparam(name) for name in names}), rows)


def _tell(
    session: Session,
    keys: Mapping[Key, int],
    before: Mapping[Key, _Standing],
    changed: Mapping[Key, dict[str, Any]],
    who: dict[str, Any],
) -> None:
    """An event for each right that is new, and for each that says something else than before."""
    events: dict[int, list[Entry]] = {}
    for key, pk in keys.items():
        if key not in before:
            events.setdefault(key[0], []).append(Entry("right", pk, None, "draft", "imported"))
        elif key in changed:
            state = before[key].state
            entry = Entry("right", pk, state, state, "changed by an import", changed[key])
            events.setdefault(key[0], []).append(entry)
    for client_id in sorted(events):
        append_events(session, client_id, events[client_id], role="analyst", **who)
