"""A flagged link as it leaves the tool: one row of `flagged_links` (docs/formats.md has the table of columns)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from crawler.items import Listing
from matchers.types import Verdict
from store.models import Candidate, Right
from store.models import Verdict as VerdictRow

SCHEMA_VERSION = 1
SHANGHAI = timezone(timedelta(hours=8))  # the platforms' own time; China has had no summer time since 1991
PICTURE_SIGNALS = ("photo_copy", "mark_in_photo")


@dataclass(frozen=True, kw_only=True)
class FlaggedLink:
    """One flagged listing of one client; field order is column order, an unknown is None."""

    schema_version: int = SCHEMA_VERSION
    client: str
    platform: str
    item_id: str
    url: str
    title: str | None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    currency: str | None = None
    unit_or_moq: int | None = None
    reference_price: Decimal | None = None
    price_ratio: Decimal | None = None
    sold_count: int | None = None
    stock: int | None = None
    seller_id: str | None = None
    shop_name: str | None = None
    shop_url: str | None = None
    licence_name: str | None = None
    licence_no: str | None = None
    location: str | None = None
    seller_cluster: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    captured_at: str | None = None
    right_type: str | None = None
    right_no: str | None = None
    right_name: str | None = None
    registrant: str | None = None
    jurisdiction: str | None = None
    classes: str | None = None
    right_expiry: str | None = None
    poa_id: str | None = None
    poa_expiry: str | None = None
    complaint_type: str | None = None
    reason_code: str | None = None
    reason_label_zh: str | None = None
    reason_text_zh: str = ""
    reason_text_en: str = ""
    score: float = 0.0
    signals: str = ""
    matched_image: str | None = None
    evidence_ids: str | None = None
    evidence_sha256: str | None = None
    evidence_path: str | None = None
    test_order_no: str | None = None
    analyst: str | None = None
    decision: str | None = None
    decision_at: str | None = None
    status: str = "queued"
    status_at: str | None = None
    client_decision: str | None = None
    client_note: str | None = None
    note: str | None = None
    candidate_id: str | None = None
    group_id: str | None = None
    right_id: str | None = None
    band: str | None = None
    against: str | None = None
    template: str | None = None
    missing: str | None = None
    obstacles: str | None = None
    found: str | None = None
    also_for: str | None = None


def from_sighting(listing: Listing, verdict: Verdict, right: Right | None) -> FlaggedLink:
    """The row of a listing that a crawl just flagged."""
    seen = moment(listing.seen_at)
    return FlaggedLink(
        client=verdict.client,
        platform=listing.marketplace,
        item_id=listing.item_id,
        url=listing.url,
        title=listing.title,
        price_min=listing.price_min,
        price_max=listing.price_max,
        currency=listing.currency,
        unit_or_moq=listing.moq,
        sold_count=listing.sold,
        stock=listing.stock,
        seller_id=listing.seller_id,
        shop_name=listing.shop_name,
        shop_url=listing.seller_url,
        licence_name=listing.licence_name,
        licence_no=listing.licence_no,
        location=listing.location,
        captured_at=seen,
        last_seen=seen,
        score=round(verdict.score, 4),
        signals=signals((finding.signal, finding.score) for finding in verdict.findings),
        matched_image=_picture((finding.signal, finding.matched) for finding in verdict.findings),
        band=verdict.band.value,
        against=sentences([reason.en for reason in verdict.against]),
        found="crawl",
        **reasons([(reason.code, reason.en, reason.zh) for reason in verdict.reasons]),
        **_right(right, listing.price_min, listing.currency),
    )


def from_candidate(candidate: Candidate, verdict: VerdictRow | None) -> FlaggedLink:
    """The row of a stored candidate."""
    listing, seller = candidate.listing, candidate.listing.seller
    findings = verdict.findings if verdict else []
    return FlaggedLink(
        client=candidate.client.name,
        platform=listing.marketplace,
        item_id=listing.item_id,
        url=listing.url,
        title=listing.title,
        price_min=listing.price_min,
        price_max=listing.price_max,
        currency=listing.currency,
        unit_or_moq=listing.moq,
        sold_count=listing.sold,
        stock=listing.stock,
        seller_id=seller.seller_id if seller else None,
        shop_name=listing.shop_name,
        shop_url=seller.url if seller else None,
        licence_name=seller.licence_name if seller else None,
        licence_no=seller.licence_no if seller else None,
        location=listing.location,
        first_seen=moment(listing.first_seen),
        last_seen=moment(listing.last_seen),
        captured_at=moment(candidate.last_flagged),
        score=round(candidate.score, 4),
        signals=signals((finding.signal, finding.score) for finding in findings),
        matched_image=_picture((finding.signal, finding.matched) for finding in findings),
        status=candidate.state,
        analyst=candidate.decided_by,
        decision_at=moment(candidate.decided_at) if candidate.decided_at else None,
        client_decision=candidate.client_decision,
        client_note=candidate.client_note,
        note=candidate.note,
        candidate_id=str(candidate.id),
        group_id=str(candidate.group_id) if candidate.group_id else None,
        band=verdict.band if verdict else None,
        against=sentences([en for _, en, _ in verdict.against]) if verdict else None,
        found=candidate.found,
        **reasons([tuple(reason) for reason in candidate.reasons]),
        **_right(candidate.right, listing.price_min, listing.currency),
    )


def moment(at: datetime) -> str:
    """ISO 8601 with +08:00, to the second."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def signals(found: Iterable[tuple[str, float]]) -> str:
    """`signal=score` joined by `;`, the surest of each signal, surest first."""
    best: dict[str, float] = {}
    for signal, score in found:
        best[str(signal)] = max(score, best.get(str(signal), 0.0))
    return ";".join(f"{name}={score:.2f}" for name, score in sorted(best.items(), key=lambda pair: -pair[1]))


def reasons(found: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    """The reason texts: all sentences, strongest first."""
    return {
        "reason_text_en": sentences([en for _, en, _ in found]) or "",
        "reason_text_zh": "".join(_sentence(zh, "。") for _, _, zh in found),
    }


def sentences(found: Sequence[str]) -> str | None:
    """English sentences as one text; None where there are none."""
    return " ".join(_sentence(en, ".") for en in found) or None


def _sentence(text: str, stop: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((stop, "!", "?", "！", "？")) else stop)


def _picture(found: Iterable[tuple[str, str | None]]) -> str | None:
    return next((matched for signal, matched in found if signal in PICTURE_SIGNALS), None)


def _right(right: Right | None, price: Decimal | None, currency: str | None) -> dict[str, Any]:
    if right is None:
        return {}
    names = [name.name for name in right.mark.names if name.role == "name"] if right.mark else []
    reference = Decimal(amount) if (amount := right.reference_prices.get(currency or "")) else None
    return {
        "right_id": right.right_id,
        "right_type": right.type,
        "right_no": right.number,
        "right_name": names[0] if names else right.right_id,
        "registrant": right.registrant,
        "jurisdiction": right.jurisdiction,
        "classes": " ".join(str(number) for number in right.nice_classes) or None,
        "right_expiry": right.expires_on.isoformat() if right.expires_on else None,
        "reference_price": reference,
        "price_ratio": round(price / reference, 3) if price is not None and reference else None,
    }
