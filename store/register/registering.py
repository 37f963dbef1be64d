"""What the portal said of a right on an account: entered by hand, with the moves of the right that it means."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.days import platform_day
from store.events import Entry, append_events
from store.moves import IllegalMove, move
from store.papers import PlatformAccount, RightRegistration
from store.people import Actor
from store.registered import Right

STATUSES = ("submitted", "verified", "refused")
_UNDER_WAY = {"draft": ["complete", "submitted"], "complete": ["submitted"], "refused": ["complete", "submitted"]}
_KNOWN = ("submitted", "verified", "expiring")  # states in which a right may stand on further accounts


def register(
    session: Session,
    right: Right,
    account: PlatformAccount,
    status: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    on: dt.date | None = None,
) -> None:
    """Enter that a right was submitted, verified or refused on an account.

    on : the portal's day, today unless told; a day to come raises IllegalMove
    Raises IllegalMove: a paper is missing, the account is not verified, a refusal has no reason ...
    """
    day, today = on or platform_day(at), platform_day(at)
    if "analyst" not in actor.acts_as or actor.client_id not in (None, right.client_id):
        raise IllegalMove(f"what the portal said of {right.right_id} is not {actor.name}'s to enter")
    _refuse(status, account, right, reason, later=day > today)
    given = {"account_pk": account.id, "account": account.name}
    for to in _UNDER_WAY.get(right.state, []):
        move(session, right, to, actor=actor, at=at, given=given)
    if right.state == "submitted" and status != "submitted":
        move(session, right, status, actor=actor, at=at, role="platform", reason=reason, given=given)
    elif right.state not in _KNOWN:
        raise IllegalMove(f"right {right.right_id} is {right.state} and cannot become {status}")
    _write(session, right, account, status, at=at, actor=actor, reason=reason, day=day)


def _refuse(status: str, account: PlatformAccount, right: Right, reason: str, *, later: bool) -> None:
    if status not in STATUSES:
        raise IllegalMove(f"a status is one of {', '.join(STATUSES)}, not {status}")
    if status == "refused" and not reason.strip():
        raise IllegalMove("a refusal has a reason: give what the portal said")
    if later:
        raise IllegalMove("the portal's answer is of a day to come")
    if account.client_id not in (None, right.client_id):
        raise IllegalMove(f"the account {account.name} is another client's")


def _write(
    session: Session,
    right: Right,
    account: PlatformAccount,
    status: str,
    *,
    at: datetime,
    actor: Actor,
    reason: str,
    day: dt.date,
) -> None:
    own = (RightRegistration.right_pk == right.id, RightRegistration.account_pk == account.id)
    found = session.scalar(select(RightRegistration).where(*own))
    before = found.status if found else None
    if found is None:
        found = RightRegistration(right_pk=right.id, account_pk=account.id)
        session.add(found)
    found.status, found.changed_at = status, at
    found.verified_on = day if status == "verified" else None
    found.rejection_reason = reason if status == "refused" else None
    session.flush()
    payload = {"right": right.right_id, "account": account.name, "on": day.isoformat()}
    entry = Entry("registration", found.id, before, status, reason, payload)
    append_events(session, right.client_id, [entry], actor=actor.name, role="platform", at=at)
