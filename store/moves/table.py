"""How the states of a thing are written down: a table of moves, each with who may and what must hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from store.days import platform_day
from store.people import Actor


class IllegalMove(Exception):  # noqa: N818 # it is what the caller asked for, in the field's words
    """A move that the table does not have, that another role makes, or that a guard holds back: one plain sentence."""


@dataclass(frozen=True)
class Asked:
    """A move that was asked for, as guards see it. `given`: what came with it, plain values by name."""

    session: Session
    thing: Any
    to: str
    actor: Actor
    role: str
    at: datetime
    reason: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The platforms' day, by which all is judged."""
        return platform_day(self.at)


Guard = Callable[[Asked], str | None]  # what stands in the way, as the end of a sentence; None when nothing does


@dataclass(frozen=True, slots=True)
class Move:
    """One row: from where to where, in which roles, what must hold. `entered_by`: who may write down what they said."""

    origins: tuple[str, ...]
    to: str
    who: tuple[str, ...]
    guards: tuple[str, ...] = ()
    entered_by: tuple[str, ...] = ()

    def role_of(self, actor: Actor, wanted: str | None) -> str | None:
        """In which role the actor makes this move; None where it is not theirs."""
        for role in self.who:
            if wanted in (None, role) and (role in actor.acts_as or actor.acts_as & set(self.entered_by)):
                return role
        return None


@dataclass(frozen=True)
class Machine:
    """All moves of one kind of thing. `guards` by name; `settle` writes what else a move changes."""

    entity: str
    moves: tuple[Move, ...]
    guards: Mapping[str, Guard]
    settle: Callable[[Asked], None] = lambda asked: None

    @property
    def states(self) -> frozenset[str]:
        """Every state that the table names."""
        return frozenset(state for each in self.moves for state in (*each.origins, each.to))

    def between(self, state: str, to: str) -> list[Move]:
        """The rows that lead from one to the other."""
        return [each for each in self.moves if state in each.origins and each.to == to]

    def onward(self, state: str) -> list[str]:
        """Where one can get from a state."""
        return sorted({each.to for each in self.moves if state in each.origins})


def row(origins: str, to: str, who: str, guards: str = "", entered_by: str = "") -> Move:
    """A row of a table as it is written: names with spaces between them."""
    return Move(tuple(origins.split()), to, tuple(who.split()), tuple(guards.split()), tuple(entered_by.split()))


def all_but(states: Iterable[str], *left_out: str) -> str:
    """Origins of a row: every state but these."""
    return " ".join(sorted(set(states) - set(left_out)))
