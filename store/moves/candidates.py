"""The states of a candidate (COMPLAINTS 10.2). Three rows are not written there and follow from what it says:

- `scored`, `queued`, `ignored`, `authorised` follow each new verdict ("re-scored on change");
- a review that ran out of its time ("lock with timeout") can be taken over, and goes back to the queue.
"""

from __future__ import annotations

from datetime import timedelta

from store.moves.candidate_guards import GUARDS
from store.moves.table import Asked, Machine, Move, all_but, row

LOCK = timedelta(minutes=30)  # a review that is not ended by then may be taken over by another
OPEN = ("discovered", "scored", "queued", "in_review", "confirmed", "watch", "need_test_buy", "ask_client", "relisted")
SCORED = "scored queued ignored authorised"
COMPLAINED = ("in_complaint", "down_claimed", "still_up", "down_verified")  # what vanishes here did so because of us
CLOSED = ("ignored", "authorised", "dismissed", "down_verified", "survived", "gone")
STATES = tuple(dict.fromkeys((*OPEN, *CLOSED, *COMPLAINED, "archived")))
DECIDED = ("confirmed", "dismissed", "watch", "need_test_buy", "ask_client", "authorised")

MOVES: tuple[Move, ...] = (
    row("discovered", "scored", "system"),
    *(row(SCORED, to, "system") for to in ("queued", "ignored", "authorised")),
    row("queued in_review", "in_review", "analyst", "lock_free"),
    row("in_review", "queued", "clock", "lock_over"),
    row("in_review", "confirmed", "analyst", "holds_lock right_and_reason"),
    row("in_review", "dismissed", "analyst", "holds_lock why_dismissed"),
    row("in_review", "watch", "analyst", "holds_lock recheck_day"),
    row("in_review", "need_test_buy", "analyst", "holds_lock budget_and_consent"),
    row("need_test_buy", "confirmed", "analyst", "report right_and_reason"),
    row("need_test_buy", "dismissed", "analyst", "report why_dismissed"),
    row("in_review", "ask_client", "analyst", "holds_lock"),
    row("watch", "ask_client", "analyst"),
    row("ask_client", "confirmed", "client", "answer right_and_reason", "analyst"),
    row("ask_client", "dismissed", "client", "answer why_dismissed", "analyst"),
    row("ask_client", "authorised", "client", "answer", "analyst"),
    row("confirmed", "in_complaint", "system", "batch"),
    row("in_complaint", "down_claimed", "platform", "", "analyst system"),
    row("down_claimed", "down_verified", "system", "two_looks"),
    row("down_claimed", "still_up", "system", "two_days_live"),
    row("down_verified", "relisted", "system", "live_again"),
    row("relisted", "queued", "system"),
    row("still_up", "down_claimed", "platform", "", "analyst system"),
    row("in_complaint", "survived", "platform", "reason", "analyst system"),
    row("down_claimed down_verified", "survived", "platform client", "reason", "analyst"),
    row("survived", "confirmed", "analyst", "new_evidence right_and_reason"),
    row("survived", "authorised", "analyst", "whitelisted"),
    row("survived", "dismissed", "analyst", "why_dismissed"),
    row("in_complaint", "dismissed", "analyst", "reason why_dismissed"),
    row(all_but(STATES, *COMPLAINED, "gone", "archived"), "gone", "system", "vanished"),
    row(" ".join(CLOSED), "archived", "clock", "retention"),
)


def _settle(asked: Asked) -> None:
    """What a move changes besides the state: who holds it, and what was decided by whom."""
    candidate, given = asked.thing, asked.given
    reviewed = asked.to == "in_review"
    candidate.assignee, candidate.lock_until = (asked.actor.name, asked.at + LOCK) if reviewed else (None, None)
    if asked.to in DECIDED and asked.role != "system":
        candidate.decided_by, candidate.decided_at = asked.actor.name, asked.at
        candidate.reason_code, candidate.note = given.get("reason_code"), asked.reason or None
        candidate.recheck_on = given.get("recheck_on")
        candidate.right_pk = given.get("right_pk") or candidate.right_pk
        candidate.template = given.get("template")


CANDIDATE = Machine("candidate", MOVES, GUARDS, _settle)
