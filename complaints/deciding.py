"""A person's decision on a candidate: taken into review where it waits, moved, and written into the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from complaints.facts import facts_of
from complaints.reasons import reason_text
from complaints.typed import checked
from store.days import platform_day
from store.events import Entry, append_events, lock_chain
from store.models import Candidate, Right, Verdict
from store.moves import CANDIDATE, IllegalMove, move
from store.moves.candidates import COMPLAINED, DECIDED
from store.people import Actor
from store.register.negatives import add_negative_title
from store.rules import dismissals, reason_code

DECISIONS = ("in_review", *DECIDED)
WAITING = ("queued", "in_review")  # states from which a decision first takes the candidate into review


@dataclass(frozen=True)
class Decision:
    """What a person decided. `typed`: for the reason text, by the name of the place in the template."""

    to: str
    reason_code: str | None = None
    note: str = ""
    right_pk: int | None = None
    recheck_on: dt.date | None = None
    budget: str | None = None
    consent: str | None = None
    report: str | None = None
    answer: str | None = None
    evidence: str | None = None
    typed: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    remember: bool = False


_GIVEN = ("reason_code", "right_pk", "recheck_on", "budget", "consent", "report", "answer", "evidence")


def decide(
    session: Session, candidate: Candidate, verdict: Verdict | None, decision: Decision, *, actor: Actor, at: datetime
) -> None:
    """Move a candidate as a person decided. Raises IllegalMove, TypedError, ClockError: roll back what was done."""
    if not may_become(candidate, decision.to):
        onward = [each for each in CANDIDATE.onward(_reviewed(candidate)) if each in DECIDED]
        said = f"only {', '.join(onward)}" if onward else "nobody decides on it"
        raise IllegalMove(f"candidate {candidate.id} is {candidate.state} and cannot become {decision.to}, {said}")
    if candidate.state in WAITING and decision.to != "in_review":
        move(session, candidate, "in_review", actor=actor, at=at)
    right = session.get(Right, decision.right_pk) if decision.right_pk else candidate.right
    given: dict[str, Any] = {name: value for name in _GIVEN if (value := getattr(decision, name)) is not None}
    if decision.typed:
        given["typed"] = candidate.typed = (candidate.typed or {}) | checked(decision.typed, right)
        session.flush()  # the mover looks at the candidate anew
    given |= _template(candidate, verdict, right, decision, at)
    move(session, candidate, decision.to, actor=actor, at=at, reason=decision.note, given=given)
    if decision.remember:
        _remember(session, candidate, decision, actor, at)


def may_become(candidate: Candidate, to: str) -> bool:
    """Whether a person may decide so in its state, as far as the table of moves tells it."""
    return to in DECISIONS and bool(CANDIDATE.between(_reviewed(candidate), to))


def _reviewed(candidate: Candidate) -> str:
    return "in_review" if candidate.state in WAITING else candidate.state


def _template(
    candidate: Candidate, verdict: Verdict | None, right: Right | None, decision: Decision, at: datetime
) -> dict[str, Any]:
    """The template that the reason text is made of, by name and version, where there will be one."""
    day = platform_day(at)
    if decision.to != "confirmed" or reason_code(decision.reason_code or "", day) is None:
        return {}
    text = reason_text(decision.reason_code or "", facts_of(candidate, verdict, right), day)
    return {"template": text.template, "missing": list(text.missing)}


def _remember(session: Session, candidate: Candidate, decision: Decision, actor: Actor, at: datetime) -> None:
    """Put the title of what was dismissed as innocent into the client's negative bank."""
    known = dismissals(platform_day(at)).get(decision.reason_code or "")
    if decision.to != "dismissed" or known is None or not known.innocent:
        raise IllegalMove(f"candidate {candidate.id}: only a title that is dismissed as innocent is remembered")
    if candidate.listing.title:
        add_negative_title(session, candidate.client_id, candidate.listing.title, by=actor.name, at=at)


def write_down(
    session: Session, candidate: Candidate, changes: Mapping[str, Any], *, actor: Actor, at: datetime
) -> None:
    """Write something into a candidate that stays in its state, with an event that says what. Raises IllegalMove."""
    if actor.client_id is not None and actor.client_id != candidate.client_id:
        raise IllegalMove(f"candidate {candidate.id} is not {actor.name}'s to touch: it belongs to another client")
    lock_chain(session, candidate.client_id)
    session.refresh(candidate)
    for name, value in changes.items():
        setattr(candidate, name, value)
    entry = Entry("candidate", candidate.id, candidate.state, candidate.state, "written down", dict(changes))
    role = next(iter(sorted(actor.roles)))
    append_events(session, candidate.client_id, [entry], actor=actor.name, role=role, at=at)
    session.flush()


def type_in(
    session: Session, candidate: Candidate, typed: Mapping[str, str | Sequence[str]], *, actor: Actor, at: datetime
) -> None:
    """Keep what a person types for the reason text. Raises TypedError, IllegalMove."""
    if "analyst" not in actor.acts_as:
        raise IllegalMove(f"{actor.name} may not type a reason text; that is for an analyst or a senior")
    kept = (candidate.typed or {}) | checked(typed, candidate.right)
    write_down(session, candidate, {"typed": kept}, actor=actor, at=at)


def decision_of(candidate: Candidate) -> str | None:
    """What a person decided last, as far as the state tells it."""
    if candidate.decided_at is None:
        return None
    if candidate.state in DECIDED:
        return candidate.state
    return "confirmed" if candidate.state in (*COMPLAINED, "in_complaint", "relisted", "survived") else None
