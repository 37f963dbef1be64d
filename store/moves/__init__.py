"""Who may move what, from where to where, and what must hold: one table a kind of thing, one function that moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from store.events import Entry, append_events, lock_chain
from store.models import Candidate
from store.moves.candidates import CANDIDATE
from store.moves.rights import POA, RIGHT
from store.moves.table import Asked, IllegalMove, Machine, Move
from store.papers import PowerOfAttorney
from store.people import SYSTEM, Actor
from store.registered import Right

__all__ = ["CANDIDATE", "POA", "RIGHT", "IllegalMove", "Machine", "Move", "can_move", "move", "record_moves"]

Thing = Candidate | Right | PowerOfAttorney
_MACHINES: dict[type[Any], Machine] = {Candidate: CANDIDATE, Right: RIGHT, PowerOfAttorney: POA}


def move(
    session: Session,
    thing: Thing,
    to: str,
    *,
    actor: Actor,
    at: datetime,
    role: str | None = None,
    reason: str = "",
    given: Mapping[str, Any] | None = None,
) -> None:
    """Move a candidate, a right or a power of attorney, and write the event, in the session's transaction.

    role : in which the actor makes the move; else the first that both the table and the actor have
    given : what the guards of the move ask for (`candidate_guards`, `rights`), kept with the event
    Raises IllegalMove, ClockError; then nothing is changed.
    """
    machine = _MACHINES[type(thing)]
    lock_chain(session, thing.client_id)  # one mover of a client's things at a time: first the chain, then the thing
    session.refresh(thing, with_for_update=True)
    before = thing.state
    asked = _checked(session, machine, thing, to, actor=actor, at=at, role=role, reason=reason, given=given or {})
    entry = Entry(machine.entity, thing.id, before, to, reason, asked.given)
    append_events(session, thing.client_id, [entry], actor=actor.name, role=asked.role, at=at)
    machine.settle(asked)
    thing.state = to
    session.flush()


def can_move(session: Session, thing: Thing, to: str, *, actor: Actor, at: datetime, **how: Any) -> str | None:
    """Why that move would be refused, in a sentence; None when it would not."""
    how = {"role": None, "reason": "", "given": {}} | how
    try:
        _checked(session, _MACHINES[type(thing)], thing, to, actor=actor, at=at, **how)
    except IllegalMove as error:
        return str(error)
    return None


def _checked(
    session: Session, machine: Machine, thing: Thing, to: str, *, actor: Actor, role: str | None, **how: Any
) -> Asked:
    """The move as asked for, with its role. Raises IllegalMove."""
    name = f"{machine.entity} {getattr(thing, 'right_id', None) or getattr(thing, 'poa_id', None) or thing.id}"
    if actor.client_id is not None and actor.client_id != thing.client_id:
        raise IllegalMove(f"{name} is not {actor.name}'s to touch: it belongs to another client")
    rows = machine.between(thing.state, to)
    if not rows:
        onward = ", ".join(machine.onward(thing.state)) or "nothing else"
        raise IllegalMove(f"{name} is {thing.state} and cannot become {to}, only {onward}")
    may = [(each, as_role) for each in rows if (as_role := each.role_of(actor, role))]
    if not may:
        who = " or ".join(dict.fromkeys(one for each in rows for one in each.who))
        raise IllegalMove(f"{name}: from {thing.state} to {to} is for {who}, not for {actor.name}")
    found, as_role = may[0]
    asked = Asked(session, thing, to, actor, as_role, how["at"], how["reason"], how["given"])
    for guard in found.guards:
        wrong = machine.guards[guard](asked)
        if wrong:
            raise IllegalMove(f"{name} cannot become {to}: {wrong}")
    return asked


def record_moves(
    session: Session,
    client_id: int,
    moved: Iterable[tuple[int, str, str]],
    *,
    at: datetime,
    reason: str,
    actor: Actor = SYSTEM,
) -> None:
    """Write the events of many candidates that the system moves at once: (id, from, to) of each.

    The caller has locked the chain before it looked at the states, and writes the new ones. Raises IllegalMove where
    the table does not have the move.
    """
    found = list(moved)
    for before, to in {(before, to) for _, before, to in found}:
        if not any(each.role_of(actor, None) and not each.guards for each in CANDIDATE.between(before, to)):
            raise IllegalMove(f"a candidate that is {before} cannot become {to} by {actor.name}")
    entries = [Entry("candidate", key, before, to, reason) for key, before, to in found]
    append_events(session, client_id, entries, actor=actor.name, role=next(iter(actor.roles)), at=at)
