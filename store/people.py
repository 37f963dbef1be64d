"""Who acts: users with roles, and those who are no users (the system, the clock)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actors import User
from store.registered import Client

ROLES = ("analyst", "senior", "client", "lawyer", "admin")
MAX_NAME = 100


class PeopleError(Exception):
    """A user that cannot be made, or is not there; the message is one sentence for the user."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and as what. A senior does what analysts do. `client_id`: touches that client's things alone."""

    name: str
    roles: frozenset[str]
    client_id: int | None = None

    @property
    def acts_as(self) -> frozenset[str]:
        """The roles, and what they include."""
        return self.roles | {"analyst"} if "senior" in self.roles else self.roles


SYSTEM = Actor("system", frozenset({"system"}))
CLOCK = Actor("clock", frozenset({"clock"}))
OPERATOR = Actor("operator", frozenset({"analyst", "senior"}))  # at the machine, without a name: docs/rights.md
_RESERVED = {each.name for each in (SYSTEM, CLOCK, OPERATOR)} | {"platform", "seller"}


def add_user(session: Session, name: str, roles: Sequence[str], client: str | None, at: datetime) -> User:
    """A new user. Raises PeopleError."""
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise PeopleError(f"a user has a name of 1 to {MAX_NAME} characters")
    if name in _RESERVED:
        raise PeopleError(f"{name} acts by itself; give the user another name")
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise PeopleError(f"a role is one of {', '.join(ROLES)}" + (f", not {unknown[0]}" if unknown else ""))
    if "client" in roles and (client is None or len(roles) > 1):
        raise PeopleError("a user of the role client has no other role, and needs --client")
    if session.scalar(select(User.id).where(User.name == name)) is not None:
        raise PeopleError(f"there is a user {name} already")
    user = User(name=name, roles=sorted(set(roles)), client_id=_client_id(session, client), created_at=at, active=True)
    session.add(user)
    session.flush()
    return user


def _client_id(session: Session, client: str | None) -> int | None:
    if client is None:
        return None
    found = session.scalar(select(Client.id).where((Client.name == client) | (Client.code == client)))
    if found is None:
        raise PeopleError(f"no client is called {client}")
    return found


def users(session: Session) -> list[User]:
    """Every user, by name."""
    return list(session.scalars(select(User).order_by(User.name)))


def retire_user(session: Session, name: str) -> None:
    """A user who acts no more; the name stays, for what was done under it. Raises PeopleError."""
    _user(session, name).active = False


def actor_named(session: Session, name: str) -> Actor:
    """The user of that name, as who acts. Raises PeopleError."""
    user = _user(session, name)
    if not user.active:
        raise PeopleError(f"the user {name} was retired")
    return Actor(user.name, frozenset(user.roles), user.client_id)


def _user(session: Session, name: str) -> User:
    found = session.scalar(select(User).where(User.name == name))
    if found is None:
        raise PeopleError(f"there is no user {name}; bazaarwatch user add {name} --role analyst makes one")
    return found


def may_import(session: Session, actor: Actor, clients: Iterable[str | None]) -> None:
    """Raises PeopleError where the actor may not bring these clients' things into the register."""
    if "analyst" not in actor.acts_as:
        raise PeopleError(f"{actor.name} may not import; that is for an analyst or a senior")
    if actor.client_id is None:
        return
    own = session.scalar(select(Client.name).where(Client.id == actor.client_id))
    others = sorted({name or "no client" for name in clients} - {own})
    if others:
        raise PeopleError(f"{actor.name} works for {own} alone, and the file is of {', '.join(others[:3])} too")
