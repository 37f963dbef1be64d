"""What must be done about the register: what ended or ends soon, what is missing, what does not fit together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from store.missing import lacks, missing_of_poa
from store.papers import PlatformAccount, PowerOfAttorney
from store.queries import UNREGISTERED
from store.register.gaps import Gap, power_gaps, standing_gaps
from store.register.obstacles import grace_ends
from store.register.similar import nearly_same, side_by_side
from store.registered import Client, Mark, Right
from store.rules import windows


@dataclass(frozen=True)
class Todo:
    """One line of the check. `must`: something has to be done; else it is worth a look."""

    client: str
    what: str
    code: str
    said: str
    must: bool = True


def check(session: Session, on: dt.date, client_id: int | None = None) -> list[Todo]:
    """All there is to do on that day, for one client or all."""
    rights = _rights(session, client_id)
    powers = list(session.scalars(_of(select(PowerOfAttorney), PowerOfAttorney.client_id, client_id)))
    owners = {client.id: client.name for client in session.scalars(select(Client))}
    found = [todo for right in rights for todo in of_right(right, on)]
    found += [todo for poa in powers for todo in of_poa(poa, owners[poa.client_id], on)]
    found += [todo for right in rights for todo in _slips(right, powers)]
    found += [_gap(gap) for gap in (*standing_gaps(session, rights), *power_gaps(session, rights, on))]
    return [*found, *_twice(session, client_id), *_accounts(session, on, client_id)]


def _gap(gap: Gap) -> Todo:
    right, code, said, must = gap
    return Todo(right.client.name, right.right_id, code, said, must)


def _rights(session: Session, client_id: int | None) -> Sequence[Right]:
    question = _of(select(Right).join(Client).where(Client.name != UNREGISTERED), Right.client_id, client_id)
    loaded = question.options(
        joinedload(Right.client), joinedload(Right.mark).lazyload(Mark.names), selectinload(Right.documents)
    )
    return session.scalars(loaded.order_by(Client.name, Right.id)).all()


def _of(question: Any, column: Any, client_id: int | None) -> Any:
    return question if client_id is None else question.where(column == client_id)


def of_right(right: Right, on: dt.date) -> Iterator[Todo]:
    """What is to do about a right itself."""
    client, name = right.client.name, right.right_id
    if right.state == "revoked":
        return
    if right.expires_on:
        for code, said in _ending(
            right.expires_on, on, grace_ends(right.type, right.jurisdiction, right.expires_on, on)
        ):
            yield Todo(client, name, code, said)
    if right.fees_paid_until and right.fees_paid_until < on:
        yield Todo(client, name, "fees", f"the annual fee is paid until {right.fees_paid_until} alone")
    if right.status in ("cancelled", "expired", "opposed", "pending"):
        yield Todo(client, name, f"status_{right.status}", f"the office's register says {right.status}")
    if right.status == "under_attack":
        yield Todo(client, name, "under_attack", "somebody asks the office for its end", must=False)
    for each in lacks(right, on):
        said = f"{each.en} is missing" if each.must else f"{each.en} would help, and is missing"
        yield Todo(client, name, "missing", said, each.must)


def _ending(last: dt.date, on: dt.date, grace: dt.date | None = None) -> Iterator[tuple[str, str]]:
    """Ended, or within one of the windows of its end."""
    if last < on:
        if grace and on <= grace:
            yield "grace", f"ended on {last}; it can be renewed until {grace}, and serves no new complaint till then"
        else:
            yield "expired", f"ended on {last}"
        return
    left = (last - on).days
    reached = [days for days in windows(on) if left <= days]
    if reached:
        when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
        yield f"expiring_{min(reached)}", f"ends {when}, on {last}"


def of_poa(poa: PowerOfAttorney, client: str, on: dt.date) -> Iterator[Todo]:
    """What is to do about a power of attorney."""
    if poa.state == "revoked" or (poa.revoked_on and poa.revoked_on <= on):
        return
    if poa.valid_to:
        for code, said in _ending(poa.valid_to, on):
            yield Todo(client, poa.poa_id, f"poa_{code}", f"the power of attorney {said}")
    for each in missing_of_poa(poa):
        yield Todo(client, poa.poa_id, "poa_missing", f"{each.en} is missing")


def _slips(right: Right, powers: Iterable[PowerOfAttorney]) -> Iterator[Todo]:
    """A registrant and a grantor who are one, but for a letter."""
    for poa in powers:
        if poa.client_id == right.client_id and right.registrant and nearly_same(right.registrant, poa.grantor):
            where = side_by_side(right.registrant, poa.grantor)
            said = f"registrant {right.registrant!r} and grantor {poa.grantor!r} of {poa.poa_id} differ at {where}"
            yield Todo(right.client.name, right.right_id, "poa_name", said)


def _twice(session: Session, client_id: int | None) -> Iterator[Todo]:
    """Numbers that several rights have; one registration in several classes may be kept as several."""
    key = (Right.type, Right.jurisdiction, Right.number)
    often = select(*key).where(Right.number.is_not(None)).group_by(*key).having(func.count() > 1).subquery()
    same = (Right.type == often.c.type) & (Right.number == often.c.number)
    place = or_(
        Right.jurisdiction == often.c.jurisdiction, Right.jurisdiction.is_(None) & often.c.jurisdiction.is_(None)
    )
    question = select(Client.name, Right.right_id, Right.number).join(Right.client).join(often, same & place)
    for client, right_id, number in session.execute(_of(question.order_by(Right.number), Right.client_id, client_id)):
        yield Todo(client, right_id, "twice", f"number {number} is that of another right too", must=False)


def _accounts(session: Session, on: dt.date, client_id: int | None) -> Iterator[Todo]:
    accounts = list(session.scalars(select(PlatformAccount).order_by(PlatformAccount.name)))
    own = [each for each in accounts if client_id is None or each.client_id in (None, client_id)]
    for each in own:
        if each.verified_on is None or each.verified_on > on:
            yield Todo("-", each.name, "account", "the account is not verified on its portal")
    if not own and session.scalar(select(Right.id).limit(1)) is not None:
        yield Todo("-", "-", "no_account", "there is no platform account to file from")
