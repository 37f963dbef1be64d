"""The tables of who acts and what they did: users, and one chain of events a client."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class User(Base):
    """A person who works with the tool. `client_id`: sees and touches that client's things alone."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    roles: Mapped[list[str]]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]


class EventChain(Base):
    """Where the chain of a client ends: `seq` events so far, the hash and time of the last. Locked by who appends."""

    __tablename__ = "event_chain"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), unique=True)
    seq: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64))
    at_utc: Mapped[datetime | None]


class Event(Base):
    """One move of one thing: who, in which role, when, why. Never changed, never deleted (`store.events`).

    hash : of all the columns before it and of `prev_hash`, the hash of the event before (the first: of the client)
    """

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("client_id", "seq"), Index(None, "entity", "entity_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    seq: Mapped[int]
    entity: Mapped[str] = mapped_column(String(20))
    entity_id: Mapped[int]
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(100))
    actor_role: Mapped[str] = mapped_column(String(20))
    at_utc: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    payload_hash: Mapped[str] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
