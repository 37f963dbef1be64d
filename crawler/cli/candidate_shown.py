"""What `bazaarwatch candidates` shows of a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from crawler.cli.rights_checking import one_account
from crawler.cli.shared import UsageError
from crawler.flagged import moment
from store.days import platform_day
from store.events import events_of
from store.models import Candidate, Finding, Listing, Right, Verdict
from store.people import Actor
from store.queries import claimed_by, verdicts_of


def found_one(session: Session, pk: int, actor: Actor) -> Candidate:
    """The candidate of that id. Raises UsageError: none, or another client's."""
    found = session.get(Candidate, pk) if 0 < pk < 2**31 else None
    if found is None or (actor.client_id is not None and actor.client_id != found.client_id):
        raise UsageError(f"no candidate has the id {pk}; bazaarwatch candidates list shows them")
    return found


def verdict_of(session: Session, candidate: Candidate) -> Verdict | None:
    """Its verdict as last scored."""
    pair = candidate.listing_pk, candidate.client_id
    return verdicts_of(session, [pair]).get(pair)


def listed(candidate: Candidate, verdict: Verdict | None) -> tuple[object, ...]:
    """A row of the list."""
    listing = candidate.listing
    return (
        candidate.id,
        candidate.client.name,
        round(candidate.score, 4),
        verdict.band if verdict else None,
        candidate.state,
        listing.marketplace,
        listing.item_id,
        candidate.right.right_id if candidate.right else None,
        candidate.reason_code,
        candidate.group_id,
        _price(listing),
        listing.title,
    )


def _price(listing: Listing) -> str | None:
    return None if listing.price_min is None else f"{listing.price_min} {listing.currency or ''}".strip()


def facts_shown(
    session: Session, candidate: Candidate, at: datetime, account: str | None, actor: Actor
) -> dict[str, Any]:
    """All that is known of a candidate, as plain values. Raises UsageError: no such account."""
    from complaints.standing import Standings  # noqa: PLC0415 # what few commands need

    day = platform_day(at)
    verdict = verdict_of(session, candidate)
    standing = Standings(session, day, one_account(session, account) if account else None).of(candidate)
    return {
        **_listing(candidate),
        "also_for": _also_for(session, candidate) if actor.client_id is None else None,
        "verdict": _verdict(candidate, verdict),
        "findings": [_finding(each) for each in verdict.findings] if verdict else [],
        "for": [en for _, en, _ in candidate.reasons],
        "against": [en for _, en, _ in verdict.against] if verdict else [],
        "right": _right(candidate.right),
        "obstacles": [{"code": each.code, "en": each.en, "zh": each.zh} for each in standing.obstacles],
        "poa": standing.poa.poa_id if standing.poa else None,
        **_text(candidate, verdict, at, agent=standing.agent),
        "duplicates": _duplicates(session, candidate),
        "events": [
            f"{moment(each.at_utc)} {each.from_state or '-'} -> {each.to_state}: {each.reason} ({each.actor})"
            for each in events_of(session, "candidate", candidate.id)
        ],
    }


def _text(candidate: Candidate, verdict: Verdict | None, at: datetime, *, agent: bool) -> dict[str, Any]:
    from complaints.reasons import reason_of  # noqa: PLC0415 # what few commands need

    proposed, text = reason_of(candidate, verdict, platform_day(at), agent=agent)
    return {
        "suggested_reason": proposed,
        "reason": text.code if text else None,
        "reason_text_zh": text.zh if text else None,
        "reason_text_en": text.en if text else None,
        "template": text.template if text else None,
        "missing": text.missing_words if text else None,
    }


def _duplicates(session: Session, candidate: Candidate) -> list[dict[str, Any]]:
    from store.duplicates import explained  # noqa: PLC0415 # what few commands need

    return [
        {"id": other.id, "item": _item(other), "state": other.state, "why": why.en if why else None}
        for other, why in explained(session, candidate)
    ]


def _also_for(session: Session, candidate: Candidate) -> str | None:
    from complaints.rows import others  # noqa: PLC0415 # what few commands need

    claimed = claimed_by(session, [candidate.listing_pk])
    return others(claimed.get(candidate.listing_pk, {}), candidate.client_id)


def _item(candidate: Candidate) -> str:
    return f"{candidate.listing.marketplace}:{candidate.listing.item_id}"


def _listing(candidate: Candidate) -> dict[str, Any]:
    listing, seller = candidate.listing, candidate.listing.seller
    return {
        "client": candidate.client.name,
        "state": candidate.state,
        "assignee": candidate.assignee,
        "item": _item(candidate),
        "url": listing.url,
        "title": listing.title,
        "site_shows": listing.state,
        "price": _price(listing),
        "sold": listing.sold,
        "shop": listing.shop_name,
        "seller": seller.seller_id if seller else None,
        "shop_url": seller.url if seller else None,
        "licence": seller.licence_name if seller else None,
        "location": listing.location,
        "first_seen": moment(listing.first_seen),
        "last_seen": moment(listing.last_seen),
        "found": candidate.found,
        "decided_by": candidate.decided_by,
        "decided_for": candidate.reason_code,
        "note": candidate.note,
        "recheck_on": candidate.recheck_on,
        "client_decision": candidate.client_decision,
        "client_note": candidate.client_note,
        "typed": candidate.typed,
        "group": candidate.group_id,
    }


def _verdict(candidate: Candidate, verdict: Verdict | None) -> dict[str, Any]:
    if verdict is None:
        return {"score": candidate.score}
    return {"score": verdict.score, "band": verdict.band, "model": verdict.model, "evidence": verdict.evidence}


def _finding(each: Finding) -> dict[str, Any]:
    return {"signal": each.signal, "score": round(each.score, 4), "en": each.en, "zh": each.zh, "photo": each.photo}


def _right(right: Right | None) -> dict[str, Any] | None:
    if right is None:
        return None
    return {"right_id": right.right_id, "number": right.number, "registrant": right.registrant, "type": right.type}


def told(facts: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The facts as lines: name and what it says."""
    for name, value in facts.items():
        if name == "findings":
            yield from (("finding", f"{each['signal']} {each['score']:.2f}: {each['en']}") for each in value)
        elif name == "obstacles":
            yield from (("obstacle", f"{each['code']}: {each['en']}") for each in value)
            if not value:
                yield "obstacle", "none: the right may be used there today"
        elif name == "duplicates":
            yield from (("duplicate", f"{each['id']} {each['item']} {each['state']}: {each['why']}") for each in value)
        elif name in ("for", "against", "events"):
            yield from ((name.removesuffix("s"), each) for each in value)
        elif isinstance(value, dict):
            yield from [(name, plain)] if (plain := _plain(value)) else []
        elif value not in (None, "", []):
            yield name, value


def _plain(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_plain(each) if isinstance(each, dict) else each}" for name, each in values.items())
