"""Powers of attorney into the store: idempotent; what is withdrawn is revoked, and stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.events import Entry, append_events
from store.models import PoaRight, PowerOfAttorney, Right
from store.moves import move
from store.people import Actor
from store.register.more import MoreError, Scans, clients_of
from store.register.other_rows import PoaRow
from store.register.sync import lock_register, sync

_AS_TOLD = (
    *("grantor", "grantee", "all_rights", "valid_from", "valid_to", "sub_delegation", "signatory"),
    *("signatory_title", "seal", "language", "revoked_on"),
)
_LISTS = ("platforms", "actions", "territory")


def import_poas(session: Session, lines: Sequence[tuple[int, PoaRow, Scans]], *, actor: Actor, at: datetime) -> int:
    """Write powers of attorney; how many. Raises MoreError, IllegalMove (who may not revoke one)."""
    lock_register(session)
    clients = clients_of(session, ((line, row.client) for line, row, _ in lines))
    problems: list[tuple[int, str]] = []
    named = {line: _rights(session, clients[row.client], line, row, problems) for line, row, _ in lines}
    if problems:
        raise MoreError(problems)
    for number, row, scans in lines:
        _write(session, clients[row.client], (row, scans, named[number]), actor, at)
    return len(lines)


def _rights(session: Session, client_id: int, line: int, row: PoaRow, problems: list[tuple[int, str]]) -> list[int]:
    """Ids of the rights that a row names by right_id or number; one that nobody knows is a problem."""
    if row.all_rights:
        return []
    columns = (Right.id, Right.right_id, Right.number)
    rights = session.execute(select(*columns).where(Right.client_id == client_id)).all()
    by_name: dict[str, list[int]] = {}
    for pk, right_id, number in rights:
        for name in filter(None, {right_id, number}):
            by_name.setdefault(name, []).append(pk)
    problems += [
        (line, f"rights: {name!r} is no right_id and no number of {row.client!r}")
        for name in row.rights
        if name not in by_name
    ]
    return sorted({pk for name in row.rights for pk in by_name.get(name, ())})


def _write(session: Session, client_id: int, told: tuple[PoaRow, Scans, list[int]], actor: Actor, at: datetime) -> None:
    row, scans, rights = told
    question = select(PowerOfAttorney).where(
        PowerOfAttorney.client_id == client_id, PowerOfAttorney.poa_id == row.poa_id
    )
    poa, values = session.scalar(question), _values(row, scans)
    if poa is None:
        poa = PowerOfAttorney(client_id=client_id, poa_id=row.poa_id, state="draft", **values)
        session.add(poa)
        session.flush()
        entry = Entry("poa", poa.id, None, "draft", "imported")
    else:
        changed = {name: [getattr(poa, name), value] for name, value in values.items() if getattr(poa, name) != value}
        for name, value in values.items():
            setattr(poa, name, value)
        session.flush()
        entry = Entry("poa", poa.id, poa.state, poa.state, "changed by an import", changed)
    other = sync(session, PoaRight, "poa_pk", wanted={poa.id: [{"right_pk": pk} for pk in rights]}, names=("right_pk",))
    if entry.from_state is None or entry.payload or other:
        append_events(session, client_id, [entry], actor=actor.name, role="analyst", at=at)
    if row.revoked_on and poa.state != "revoked":
        move(session, poa, "revoked", actor=actor, at=at, reason=f"revoked on {row.revoked_on}")


def _values(row: PoaRow, scans: Scans) -> Mapping[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in _AS_TOLD}
    values |= {name: list(getattr(row, name)) for name in _LISTS}
    for name, kept in (("scan", scans.scan), ("translation", scans.translation)):
        values[f"{name}_name"], values[name] = kept or (None, None)
    return values
