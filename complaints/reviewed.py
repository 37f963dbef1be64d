"""What the rows of an edited export change: decisions of people and of the client, notes. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from complaints.deciding import Decision, decide, decision_of, write_down
from complaints.returned import ReturnedError, Row, day_of, matched, read_rows
from complaints.typed import TypedError
from store.models import Candidate
from store.moves import IllegalMove
from store.moves.candidates import DECIDED
from store.people import Actor
from store.queries import verdicts_of
from store.upsert import CHUNK

ANSWERS = ("confirmed", "dismissed", "authorised")  # what a client may say
MAX_WRONG = 100  # lines that are told


@dataclass(frozen=True)
class Change:
    """What a row changes. decision : a move; written : columns that take another value; said : in words"""

    line: int
    candidate: Candidate
    decision: Decision | None = None
    written: dict[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What changes, in a few words."""
        parts = []
        if self.decision:
            code = self.decision.reason_code or self.decision.recheck_on
            parts.append(f"{self.candidate.state} -> {self.decision.to}" + (f" ({code})" if code else ""))
        parts += [f"{name}: {value}" for name, value in self.written.items()]
        return ", ".join(parts)


@dataclass(frozen=True)
class Told:
    """A change that was made, or would be."""

    line: int
    candidate: int
    item: str
    said: str


def take_decisions(session: Session, path: Path, *, actor: Actor, at: datetime) -> tuple[list[Told], int]:
    """Write what an edited export says; the changes, and how many rows change nothing.

    Raises ReturnedError with a line for each row that is wrong: roll back what was done. ClockError
    """
    rows, wrong = read_rows(path)
    found = matched(session, rows)
    wrong += found.wrong
    changes = []
    for row, candidate in found.rows:
        if actor.client_id is not None and actor.client_id != candidate.client_id:
            wrong.append((row.line, "is about no candidate"))  # another client's: not even that it is there is told
            continue
        try:
            changes += [each for each in [_change(row, candidate, actor)] if each.decision or each.written]
        except ValueError as error:
            wrong.append((row.line, str(error)))
    told, illegal = _made(session, changes, actor=actor, at=at)
    wrong += illegal
    if wrong:
        lines = [f"line {line}: {said}" for line, said in sorted(wrong)]
        more = [f"and {len(lines) - MAX_WRONG} more"] if len(lines) > MAX_WRONG else []
        raise ReturnedError("\n".join([*lines[:MAX_WRONG], *more]))
    return told, len(found.rows) - len(changes)


def _made(
    session: Session, changes: Sequence[Change], *, actor: Actor, at: datetime
) -> tuple[list[Told], list[tuple[int, str]]]:
    told, wrong = [], []
    for start in range(0, len(changes), CHUNK):
        batch = changes[start : start + CHUNK]
        verdicts = verdicts_of(session, [(each.candidate.listing_pk, each.candidate.client_id) for each in batch])
        for each in batch:
            candidate, listing = each.candidate, each.candidate.listing
            told.append(Told(each.line, candidate.id, f"{listing.marketplace}:{listing.item_id}", each.said))
            try:
                with session.begin_nested():
                    if each.decision:
                        verdict = verdicts.get((candidate.listing_pk, candidate.client_id))
                        decide(session, candidate, verdict, each.decision, actor=actor, at=at)
                    if each.written:
                        write_down(session, candidate, each.written, actor=actor, at=at)
            except (IllegalMove, TypedError) as error:
                wrong.append((each.line, str(error)))
    return told, wrong


def _change(row: Row, candidate: Candidate, actor: Actor) -> Change:
    """What a row changes. Raises ValueError."""
    decision = _decision(row, candidate)
    answered = _answer(row, candidate)
    if decision and answered and decision.to != answered.to:
        raise ValueError(f"decision: says {decision.to}, and the client says {answered.to}")
    written = dict(_written(row, candidate, decided=decision is not None))
    if "note" in written and "analyst" not in actor.acts_as:
        raise ValueError(f"note: is not for {actor.name} to change")
    return Change(row.line, candidate, answered or decision, written)


def _decision(row: Row, candidate: Candidate) -> Decision | None:
    """The decision of a person, where it is another than the last."""
    said = row["decision"]
    if said is None:
        return None
    word, code = _split(said)
    if word not in DECIDED:
        raise ValueError(f"decision: is one of {', '.join(DECIDED)}, not {word}")
    if word == decision_of(candidate) and code in (None, candidate.reason_code, str(candidate.recheck_on)):
        return None
    note = row["note"] or ""
    if word == "watch":
        day = day_of(code or "")
        if day is None:
            raise ValueError("decision: write the day of the next look as watch:2026-12-24")
        return Decision(to=word, recheck_on=day, note=note)
    needs = word in ("confirmed", "dismissed")
    return Decision(to=word, reason_code=(code or row["reason_code"]) if needs else None, note=note)


def _answer(row: Row, candidate: Candidate) -> Decision | None:
    """The client's answer to a question, where it is one."""
    said = row["client_decision"]
    if said is None or said == candidate.client_decision:
        return None
    word, code = _split(said)
    if word not in ANSWERS:
        raise ValueError(f"client_decision: is one of {', '.join(ANSWERS)}, not {word}")
    if candidate.state != "ask_client":
        return None
    answer = row["client_note"] or said
    reason = None if word == "authorised" else code or row["reason_code"]
    return Decision(to=word, reason_code=reason, answer=answer, note=row["note"] or answer)


def _split(said: str) -> tuple[str, str | None]:
    word, _, code = said.replace("\uff1a", ":").partition(":")  # a Chinese keyboard types the wide colon
    return word.strip().lower().replace(" ", "_"), code.strip() or None


def _written(row: Row, candidate: Candidate, *, decided: bool) -> Iterator[tuple[str, Any]]:
    """Columns that take another value; an empty cell changes nothing."""
    for name in ("note", "client_decision", "client_note"):
        said = row[name]
        if said is not None and said != (getattr(candidate, name) or "").strip() and not (name == "note" and decided):
            yield name, said
