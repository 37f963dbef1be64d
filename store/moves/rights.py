"""The states of a right and of a power of attorney (COMPLAINTS 10.1).

One row is not written there: what was renewed is verified again once the paper is here, as after a suspension.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from store.actors import Event
from store.missing import missing_of_poa, missing_of_right
from store.moves.table import Asked, Guard, Machine, Move, all_but, row
from store.papers import PlatformAccount, PowerOfAttorney
from store.rules import limit

STATES = ("draft", "complete", "submitted", "refused", "verified", "expiring", "expired", "suspended", "revoked")
LIVE = "complete submitted verified expiring"

MOVES: tuple[Move, ...] = (
    row("draft", "complete", "analyst", "papers"),
    row("complete", "submitted", "analyst", "account"),
    row("submitted", "verified", "platform", "", "analyst"),
    row("submitted", "refused", "platform", "reason", "analyst"),
    row("refused", "complete", "analyst", "changed papers"),
    row("verified", "expiring", "clock", "ends_soon"),
    row("verified expiring", "expired", "clock", "ended"),
    row("expiring expired", "verified", "senior", "document not_ended"),
    row(LIVE, "suspended", "senior", "reason"),
    row("suspended", "verified", "senior", "document"),
    row(all_but(STATES, "revoked"), "revoked", "client senior", "reason"),
)


def last_day(thing: Any) -> dt.date | None:
    """The last day on which a right or a power of attorney holds."""
    day: dt.date | None = thing.valid_to if isinstance(thing, PowerOfAttorney) else thing.expires_on
    return day


def _papers(asked: Asked) -> str | None:
    thing = asked.thing
    missing = missing_of_poa(thing) if isinstance(thing, PowerOfAttorney) else missing_of_right(thing, asked.day)
    return f"missing: {', '.join(each.en for each in missing)}" if missing else None


def _account(asked: Asked) -> str | None:
    account = asked.session.get(PlatformAccount, asked.given.get("account_pk") or 0)
    if account is None:
        return "the platform account is not named"
    known = account.verified_on is not None and account.verified_on <= asked.day
    return None if known else f"the account {account.name} is not verified itself"


def _changed(asked: Asked) -> str | None:
    """A change is an event that leaves the state as it is."""
    own = (Event.entity == _entity(asked.thing), Event.entity_id == asked.thing.id)
    refused = select(func.max(Event.seq)).where(*own, Event.to_state == "refused").scalar_subquery()
    changed = select(Event.id).where(*own, Event.from_state == Event.to_state, Event.seq > refused)
    return None if asked.session.scalar(changed.limit(1)) else "nothing was changed since it was refused"


def _entity(thing: Any) -> str:
    return "poa" if isinstance(thing, PowerOfAttorney) else "right"


def _ends_soon(asked: Asked) -> str | None:
    day, window = last_day(asked.thing), limit("expiring_days", asked.day)
    soon = day is not None and day <= asked.day + dt.timedelta(days=window)
    return None if soon else f"it does not end within {window} days"


def _ended(asked: Asked) -> str | None:
    day = last_day(asked.thing)
    return None if day is not None and day < asked.day else "its last day is not over"


def _not_ended(asked: Asked) -> str | None:
    return "its last day is over" if _ended(asked) is None else None


def _reason(asked: Asked) -> str | None:
    return None if asked.reason.strip() else "the reason is missing"


def _document(asked: Asked) -> str | None:
    """The paper that shows it, by role or hash; it is in the register already."""
    told, thing = asked.given.get("document"), asked.thing
    known = (
        {thing.scan}
        if isinstance(thing, PowerOfAttorney)
        else {name for paper in thing.documents for name in (paper.role, paper.sha256)}
    )
    if told and told in known:
        return None
    return f"the document that shows it is {'not in the register' if told else 'missing'}"


GUARDS: dict[str, Guard] = {
    "papers": _papers,
    "account": _account,
    "changed": _changed,
    "ends_soon": _ends_soon,
    "ended": _ended,
    "not_ended": _not_ended,
    "reason": _reason,
    "document": _document,
}

RIGHT = Machine("right", MOVES, GUARDS)
POA = Machine("poa", MOVES, GUARDS)
