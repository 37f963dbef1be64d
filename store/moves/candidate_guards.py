"""What must hold before a candidate moves (COMPLAINTS 10.2). Each says what stands in the way, or nothing.

What a move is given, by name: `right_pk`, `reason_code`, `recheck_on`, `budget`, `consent`, `report`, `answer`,
`evidence`, `batch`, `looks`. Whether the evidence is whole is asked where the complaint is made, not here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from store.actors import Event
from store.moves.table import Asked, Guard
from store.registered import Right
from store.rules import dismissals, limit, reason_codes
from store.whitelist import is_authorised

BETWEEN_LOOKS = timedelta(hours=24)  # COMPLAINTS 10.2: two checks at least so far apart
STILL_UP_AFTER = timedelta(hours=48)  # after the platform said that it is down


def _lock_free(asked: Asked) -> str | None:
    held = asked.thing
    if held.lock_until is None or held.lock_until <= asked.at or held.assignee == asked.actor.name:
        return None
    return f"{held.assignee} reviews it until {held.lock_until:%H:%M} UTC"


def _lock_over(asked: Asked) -> str | None:
    held = asked.thing
    return None if held.lock_until is None or held.lock_until <= asked.at else f"{held.assignee} reviews it"


def _holds_lock(asked: Asked) -> str | None:
    holder = asked.thing.assignee
    return None if holder == asked.actor.name else f"{holder or 'nobody'} reviews it, not {asked.actor.name}"


def _right_and_reason(asked: Asked) -> str | None:
    right = asked.session.get(Right, asked.given.get("right_pk") or asked.thing.right_pk or 0)
    if right is None or right.client_id != asked.thing.client_id:
        return "the right that it infringes is not chosen"
    known = {each.code for each in reason_codes(right.type, asked.day)}
    code = asked.given.get("reason_code")
    return None if code in known else f"the reason is one of {', '.join(sorted(known))}, not {code or 'nothing'}"


def _why_dismissed(asked: Asked) -> str | None:
    code, known = asked.given.get("reason_code"), dismissals(asked.day)
    return None if code in known else f"the reason is one of {', '.join(known)}, not {code or 'nothing'}"


def _recheck_day(asked: Asked) -> str | None:
    day = asked.given.get("recheck_on")
    return None if isinstance(day, dt.date) and day > asked.day else "the day of the next look is missing or past"


def _budget_and_consent(asked: Asked) -> str | None:
    return _given(asked, "budget", "the budget") or _given(asked, "consent", "the client's consent")


def _given(asked: Asked, name: str, words: str) -> str | None:
    return None if asked.given.get(name) else f"{words} is missing"


def _reason(asked: Asked) -> str | None:
    return None if asked.reason.strip() else "the reason is missing"


def _whitelisted(asked: Asked) -> str | None:
    listing = asked.thing.listing
    allowed = is_authorised(asked.session, asked.thing.client_id, listing, asked.day)
    return None if allowed else "neither its seller nor the item is on the client's list of authorised ones today"


def _two_looks(asked: Asked) -> str | None:
    """Down is what two looks from a clean session saw, a day apart, after the claim; a wall is no look at all."""
    claimed, looks = last_move(asked, "down_claimed"), asked.given.get("looks") or []
    seen = sorted(
        (look for look in map(_look, looks) if look and (not claimed or look[0] >= claimed)), key=lambda x: x[0]
    )
    if any(state == "live" for _, state in seen[-2:]):
        return "it was live at one of the last two looks"
    gone = [at for at, state in seen if state == "gone"]
    if any(later - at >= BETWEEN_LOOKS for at, later in pairwise(gone)) or (
        len(gone) > 1 and gone[-1] - gone[0] >= BETWEEN_LOOKS
    ):
        return None
    return "two looks from a clean session, 24 hours apart, have not both found it gone"


def _look(look: object) -> tuple[datetime, str] | None:
    """(when, state) of a look that counts: with a time and a zone, from a clean session, live or gone."""
    if not isinstance(look, Mapping) or look.get("clean") is not True or look.get("state") not in ("live", "gone"):
        return None
    try:
        at = datetime.fromisoformat(str(look.get("at")))
    except ValueError:
        return None
    return (at, str(look["state"])) if at.tzinfo else None


def _two_days_live(asked: Asked) -> str | None:
    claimed, listing = last_move(asked, "down_claimed"), asked.thing.listing
    if listing.state == "live" and claimed and listing.last_seen - claimed >= STILL_UP_AFTER:
        return None
    return "it was not seen live 48 hours after the platform said that it is down"


def _live_again(asked: Asked) -> str | None:
    again = asked.thing.listing.state == "live" or asked.given.get("relisted_as")
    return None if again else "neither it nor another listing in its place is live"


def _vanished(asked: Asked) -> str | None:
    state = asked.thing.listing.state
    return None if state == "gone" else f"the listing is {state}, not gone"


def _retention(asked: Asked) -> str | None:
    last, days = last_move(asked), limit("retention_days", asked.day)
    return None if last and asked.at - last >= timedelta(days=days) else f"it is kept for {days} days"


def last_move(asked: Asked, to: str | None = None) -> datetime | None:
    """When the candidate last moved (to that state)."""
    question = select(func.max(Event.at_utc)).where(Event.entity == "candidate", Event.entity_id == asked.thing.id)
    return asked.session.scalar(question.where(Event.to_state == to) if to else question)


GUARDS: dict[str, Guard] = {
    "lock_free": _lock_free,
    "lock_over": _lock_over,
    "holds_lock": _holds_lock,
    "right_and_reason": _right_and_reason,
    "why_dismissed": _why_dismissed,
    "recheck_day": _recheck_day,
    "budget_and_consent": _budget_and_consent,
    "report": lambda asked: _given(asked, "report", "the report"),
    "answer": lambda asked: _given(asked, "answer", "the client's answer"),
    "batch": lambda asked: _given(asked, "batch", "the batch"),
    "new_evidence": lambda asked: _given(asked, "evidence", "new evidence"),
    "reason": _reason,
    "whitelisted": _whitelisted,
    "two_looks": _two_looks,
    "two_days_live": _two_days_live,
    "live_again": _live_again,
    "vanished": _vanished,
    "retention": _retention,
}
