"""What a reason text may say: the record of the right, what the site showed, what was found, what a person typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.days import PLATFORM_TIME
from store.models import Candidate, Finding, ListingPhoto, Right, Verdict

SURE = 0.5  # score from which a finding counts
# What is seen on the listing itself can be said to a platform; what is known of its seller or goods is for us.
STATED = ("title", "disguise", "brand_attribute", "slang", "price", "photo_copy", "mark_in_photo", "word_in_photo")
PICTURED = ("photo_copy", "mark_in_photo", "word_in_photo", "same_article")
MAX_SHOWN = 200  # characters of what a seller wrote


@dataclass(frozen=True)
class Facts:
    """All that a reason text is made of.

    found : (English, Chinese) of what was found on the listing, strongest first
    names : terms, signals and traits that were found: what a suggestion asks for
    words : what the seller says of a copy; pictures : which of the listing's pictures show it, from 1
    agent : the complaint is made for another; typed : by the name of the place in a template
    """

    right: Right | None
    url: str
    item_id: str
    shop: str | None = None
    shop_url: str | None = None
    seen_at: datetime | None = None
    found: tuple[tuple[str, str], ...] = ()
    names: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()
    agent: bool = True
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> dt.date | None:
        """The platforms' day on which it was seen."""
        return self.seen_at.astimezone(PLATFORM_TIME).date() if self.seen_at else None


def facts_of(candidate: Candidate, verdict: Verdict | None, right: Right | None = None, *, agent: bool = True) -> Facts:
    """The facts of a candidate; `right`: another than the one that the verdict names."""
    right, listing = right or candidate.right, candidate.listing
    findings = [
        each
        for each in (verdict.findings if verdict else ())
        if each.score >= SURE and each.right_pk in (None, right.id if right else None)
    ]
    same = right is None or verdict is None or verdict.right_pk in (None, right.id)
    return Facts(
        right=right,
        url=listing.url,
        item_id=listing.item_id,
        shop=one_line(listing.shop_name),
        shop_url=listing.seller.url if listing.seller else None,
        seen_at=candidate.last_flagged,
        found=tuple(_stated(candidate.reasons, findings)),
        names=frozenset(each.signal for each in findings)
        | frozenset(verdict.evidence if verdict and same else ())
        | frozenset(filter(None, [right.patent_kind if right else None])),
        words=tuple(dict.fromkeys(one_line(each.surface) or "" for each in findings if each.signal == "slang")),
        pictures=tuple(_pictures(findings, listing.photos)),
        agent=agent,
        typed=candidate.typed or {},
    )


def _stated(reasons: Iterable[Any], findings: Iterable[Finding]) -> Iterable[tuple[str, str]]:
    """The sentences of the findings that may be said, in the order of the verdict's reasons, then the others."""
    said = {each.en: each.zh for each in findings if each.signal in STATED}
    ordered = dict.fromkeys([*(en for _, en, _ in reasons if en in said), *said])
    return [(_bare(en), _bare(said[en])) for en in ordered]


def _pictures(findings: Iterable[Finding], photos: Iterable[ListingPhoto]) -> list[int]:
    shown = {each.photo for each in findings if each.signal in PICTURED}
    return sorted({each.position for each in photos if each.photo.sha256 in shown})


def _bare(sentence: str) -> str:
    return (one_line(sentence) or "").rstrip(".。;；")


def one_line(text: str | None) -> str | None:
    """What somebody else wrote, as one line of bounded length without control or format characters."""
    shown = "".join(char if char.isprintable() else " " for char in text or "")
    return " ".join(shown.split())[:MAX_SHOWN] or None
