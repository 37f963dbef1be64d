"""Clients by name, made where a file names a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.registered import Client


def clients_named(
    session: Session, names: Iterable[str], distribution: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Ids of the clients of these names; `distribution` (open | closed) is set where it is told."""
    standing = {client.name: client for client in session.scalars(select(Client))}
    found = {}
    for name in dict.fromkeys(names):
        client = standing.get(name)
        if client is None:
            client = Client(name=name, distribution="open")
            session.add(client)
        client.distribution = (distribution or {}).get(name) or client.distribution
        found[name] = client
    session.flush()
    return {name: client.id for name, client in found.items()}


def known_clients(session: Session) -> dict[str, int]:
    """Ids of all clients by name."""
    return dict(session.execute(select(Client.name, Client.id)).all())
