"""May a right be used on a site, on a day, from an account? What exports and complaints ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from store.papers import PlatformAccount, PoaRight, PowerOfAttorney, RightRegistration
from store.register.mandates import PoaFacts, of_powers
from store.register.obstacles import AccountFacts, Obstacle, Registered, RightFacts, of_account, of_right
from store.registered import Right

NO_ACCOUNT = Obstacle("no_account", "there is no platform account to file it from", "没有可用于投诉的平台账号")
_RIGHT: tuple[Any, ...] = (
    Right.id,
    Right.client_id,
    Right.type,
    Right.number,
    Right.registrant,
    Right.jurisdiction,
    Right.designated,
)
_RIGHT_TOO: tuple[Any, ...] = (Right.status, Right.state, Right.registered_on, Right.expires_on, Right.fees_paid_until)


def usable(
    session: Session, right_pk: int, marketplace: str, on: dt.date, account: str | None = None
) -> list[Obstacle]:
    """What keeps a right from being used there on that day; nothing when it may be.

    on : a day as the platforms count it (`store.days.platform_day`)
    account : its name; else the account from which the least stands in the way. An unknown one raises LookupError
    """
    rows = session.execute(select(*_RIGHT, *_RIGHT_TOO).where(Right.id == right_pk)).all()
    if not rows:
        raise LookupError(f"no right has the id {right_pk}")
    return _judged(session, [RightFacts(*rows[0])], marketplace, on, account)[right_pk]


def usable_rights(
    session: Session, client_id: int, marketplace: str, on: dt.date, account: str | None = None
) -> dict[int, list[Obstacle]]:
    """The same of every right of a client: obstacles by the right's id, none where it may be used."""
    rows = session.execute(select(*_RIGHT, *_RIGHT_TOO).where(Right.client_id == client_id).order_by(Right.id))
    return _judged(session, [RightFacts(*row) for row in rows], marketplace, on, account)


def _judged(
    session: Session, rights: Sequence[RightFacts], marketplace: str, on: dt.date, account: str | None
) -> dict[int, list[Obstacle]]:
    if not rights:
        return {}
    client_id = rights[0].client_id
    one = rights[0].pk if len(rights) == 1 else None
    accounts = _accounts(session, client_id, account)
    registered = _registered(session, client_id, one, [each.pk for each in accounts])
    powers, named = _powers(session, client_id), _named(session, client_id, one)
    found = {}
    for right in rights:
        own = [poa_facts(row, right.pk, named) for row in powers]
        each_account = [
            [
                *of_account(right, each, registered.get((right.pk, each.pk)), marketplace, on),
                *of_powers(right, each, own, marketplace, on),
            ]
            for each in accounts
        ]
        found[right.pk] = [*of_right(right, marketplace, on), *min(each_account, key=len, default=[NO_ACCOUNT])]
    return found


def _accounts(session: Session, client_id: int, name: str | None) -> list[AccountFacts]:
    table = PlatformAccount
    question = select(table.id, table.name, table.portal, table.holder, table.client_id, table.verified_on)
    if name is not None:
        rows = session.execute(question.where(table.name == name)).all()
        if not rows:
            raise LookupError(f"no platform account is called {name}")
    else:
        rows = session.execute(question.where(or_(table.client_id.is_(None), table.client_id == client_id))).all()
    return [AccountFacts(*row) for row in rows]


def _registered(
    session: Session, client_id: int, right_pk: int | None, accounts: Iterable[int]
) -> dict[tuple[int, int], Registered]:
    table = RightRegistration
    every: Select[*tuple[Any, ...]] = select(table.right_pk, table.account_pk, table.status, table.verified_on)
    question = _of(every.where(table.account_pk.in_(list(accounts))), table.right_pk, client_id, right_pk)
    return {(row[0], row[1]): Registered(row[2], row[3]) for row in session.execute(question)}


def _powers(session: Session, client_id: int) -> list[Any]:
    return list(session.execute(select(PowerOfAttorney.__table__).where(PowerOfAttorney.client_id == client_id)))


def _named(session: Session, client_id: int, right_pk: int | None) -> set[tuple[int, int]]:
    """(power, right) of those that are named."""
    every: Select[*tuple[Any, ...]] = select(PoaRight.poa_pk, PoaRight.right_pk)
    question = _of(every, PoaRight.right_pk, client_id, right_pk)
    return {(poa, right) for poa, right in session.execute(question)}


def _of(
    question: Select[*tuple[Any, ...]], column: Any, client_id: int, right_pk: int | None
) -> Select[*tuple[Any, ...]]:
    """Of one right, or of all that the client has."""
    if right_pk is not None:
        return question.where(column == right_pk)
    return question.join(Right, Right.id == column).where(Right.client_id == client_id)


def poa_facts(row: Any, right_pk: int, named: set[tuple[int, int]]) -> PoaFacts:
    """A power of attorney (a row or the thing itself) as the obstacles see it; `named`: (power, right) pairs."""
    return PoaFacts(
        poa_id=row.poa_id,
        grantor=row.grantor,
        grantee=row.grantee,
        covers=row.all_rights or (row.id, right_pk) in named,
        platforms=row.platforms,
        actions=row.actions,
        territory=row.territory,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_on=row.revoked_on,
        state=row.state,
    )
