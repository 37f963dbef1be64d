"""What was done to the things of a client: one append-only chain of events each, whose hashes show any tampering.

The hash of an event covers all that it says, its number and the hash of the event before; the first follows from the
client. The chain's head is locked in the transaction that appends, so numbers have no gaps. Whoever can write to the
database can make a whole new chain: note the head elsewhere (`bazaarwatch events verify` prints it) to tell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from store.models import Event, EventChain
from store.upsert import upsert

CLOCK_SLACK = timedelta(seconds=2)  # two machines that keep time differ by less; such an event takes the head's time
MAX_REASON = 4_000  # characters
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_STREAMED = 5_000  # rows in memory at once while a chain is verified
_HASHED = (
    *("client_id", "seq", "entity", "entity_id", "from_state", "to_state"),
    *("actor", "actor_role", "at_utc", "reason", "payload_hash", "prev_hash"),
)


class ClockError(Exception):
    """The clock stands before the last event; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One move to be written. `payload` holds plain values: what was given with the move."""

    entity: str
    entity_id: int
    from_state: str | None
    to_state: str
    reason: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


class ChainReport(NamedTuple):
    """How many events a chain has, the hash of the last, and a sentence for each thing that is wrong (the first 20)."""

    events: int
    head: str
    problems: tuple[str, ...]


def lock_chain(session: Session, client_id: int) -> EventChain:
    """The head of a client's chain, which nobody else moves until the transaction ends.

    On SQLite the transaction itself sees to that (`Store.writing`), on PostgreSQL the row's lock.
    """
    question = select(EventChain).where(EventChain.client_id == client_id).with_for_update()
    question = question.execution_options(populate_existing=True)
    found = session.scalar(question)
    if found is None:
        upsert(
            session, EventChain, [{"client_id": client_id, "seq": 0, "head": genesis(client_id)}], keys=["client_id"]
        )
        found = session.scalars(question).one()
    return found


def append_events(
    session: Session, client_id: int, entries: Iterable[Entry], *, actor: str, role: str, at: datetime
) -> None:
    """Append events, many in one go, in the session's transaction. Raises ClockError, ValueError (a naive time)."""
    found = list(entries)
    if not found:
        return
    chain = lock_chain(session, client_id)
    at = _not_before(at.astimezone(UTC) if at.tzinfo else at, chain.at_utc)
    rows, prev = [], chain.head
    for seq, entry in enumerate(found, start=chain.seq + 1):
        row = _row(entry, {"actor": _text(actor), "actor_role": role, "at_utc": at}, client_id, seq, prev)
        prev = row["hash"]
        rows.append(row)
    session.execute(insert(Event), rows)
    chain.seq, chain.head, chain.at_utc = chain.seq + len(rows), prev, at
    session.flush()


def _not_before(at: datetime, last: datetime | None) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place in the store")
    if last is None or at >= last:
        return at
    if last - at > CLOCK_SLACK:
        raise ClockError(f"the clock says {at:%Y-%m-%d %H:%M:%S} UTC, before the last event ({last:%Y-%m-%d %H:%M:%S})")
    return last


def _row(entry: Entry, who: dict[str, Any], client_id: int, seq: int, prev: str) -> dict[str, Any]:
    payload = _plain(entry.payload)
    row = {
        "client_id": client_id,
        "seq": seq,
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "from_state": entry.from_state,
        "to_state": entry.to_state,
        **who,
        "reason": _text(entry.reason)[:MAX_REASON],
        "payload": payload,
        "payload_hash": _sha256(payload),
        "prev_hash": prev,
    }
    return row | {"hash": _hash(row)}


def genesis(client_id: int) -> str:
    """What the first event of a client follows."""
    return _sha256(["bazaarwatch events", 1, client_id])


def _hash(row: Mapping[str, Any]) -> str:
    values = [row[name] for name in _HASHED]
    values[_HASHED.index("at_utc")] = row["at_utc"].isoformat(timespec="microseconds")
    return _sha256(values)


def _sha256(value: object) -> str:
    return hashlib.sha256(_CANONICAL.encode(value).encode("utf-8", "surrogatepass")).hexdigest()


def _text(text: str) -> str:
    """Text that every database keeps as it is: PostgreSQL takes neither NUL nor half a surrogate pair."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as the database will give it back."""
    text = json.dumps(dict(payload), ensure_ascii=False, allow_nan=False, default=str)
    plain: dict[str, Any] = json.loads(_text(text).replace("\\u0000", " "))
    return plain


def verify_chain(session: Session, client_id: int) -> ChainReport:
    """Recompute a chain from its first event on; rows are streamed, whatever their number."""
    columns = (*(getattr(Event, name) for name in _HASHED), Event.payload, Event.hash)
    question = select(*columns).where(Event.client_id == client_id).order_by(Event.seq)
    rows = session.execute(question.execution_options(yield_per=_STREAMED))
    problems: list[str] = []
    count, head, last = 0, genesis(client_id), None
    for row in rows:
        problems += _wrong(row, count, head, last)
        count, head, last = row.seq, row.hash, row.at_utc
    chain = session.scalar(select(EventChain).where(EventChain.client_id == client_id))
    if (chain.seq, chain.head) != (count, head) if chain else count > 0:
        problems.append(f"the chain ends with event {count}, which is not where its head says that it ends")
    return ChainReport(count, head, tuple(problems[:20]))


def _wrong(row: Row[Any], before: int, head: str, last: datetime | None) -> Iterator[str]:
    if row.seq != before + 1:
        yield (
            f"event {before + 1} is missing"
            if row.seq == before + 2
            else (f"events {before + 1} to {row.seq - 1} are missing")
        )
    elif row.prev_hash != head:
        yield f"event {row.seq} does not follow from the event before it"
    if row.payload_hash != _sha256(row.payload):
        yield f"event {row.seq}: what was given with it was changed"
    if row.hash != _hash(row._asdict()):
        yield f"event {row.seq} was changed"
    if last is not None and row.at_utc < last:
        yield f"event {row.seq} is earlier than the event before it"


def events_of(session: Session, entity: str, entity_id: int) -> list[Event]:
    """All that was done to one thing, the oldest first."""
    question = select(Event).where(Event.entity == entity, Event.entity_id == entity_id).order_by(Event.id)
    return list(session.scalars(question))
