"""What crosses the border into the store, as frozen dataclasses: the store knows neither spiders nor matchers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerRecord:
    """A shop as a listing shows it."""

    seller_id: str
    shop_name: str | None = None
    url: str | None = None
    location: str | None = None
    licence_name: str | None = None
    licence_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRecord:
    """A listing as an answer showed it. An unknown (None) never overwrites what is known."""

    id_space: str
    item_id: str
    marketplace: str
    url: str
    seen_at: datetime
    source: str
    state: str = "live"
    title: str | None = None
    brand: str | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    currency: str | None = None
    sold: int | None = None
    stock: int | None = None
    moq: int | None = None
    location: str | None = None
    shop_name: str | None = None
    query: str | None = None
    position: int | None = None
    is_ad: bool | None = None
    is_recommended: bool | None = None
    seller: SellerRecord | None = None
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """(id space, item id)."""
        return self.id_space, self.item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRecord:
    """A photo that was fetched: where it was shown, and what it is. `key`: the picture's identity on its site.

    pdq : its perceptual hash (64 hex digits), where it was made
    """

    sha256: str
    url: str
    key: str
    bytes: int
    width: int
    height: int
    format: str
    position: int
    pdq: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """One piece of evidence; `right` is the file's right_id."""

    signal: str
    right: str | None
    score: float
    code: str
    surface: str
    en: str
    zh: str
    span: tuple[int, int] | None = None
    box: tuple[int, int, int, int] | None = None
    photo: str | None = None
    matched: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRecord:
    """The findings of one listing for one client. `reasons` and `against` are (code, en, zh), strongest first.

    band, evidence, model : as in `matchers.types.Verdict`
    """

    client: str
    right: str | None
    score: float
    matched: bool
    flagged: bool
    authorised: bool
    rights: Mapping[str, float] = field(default_factory=dict)
    findings: tuple[FindingRecord, ...] = ()
    reasons: tuple[tuple[str, str, str], ...] = ()
    band: str = "ignore"
    against: tuple[tuple[str, str, str], ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingRecord:
    """One listing, seen once: with its photos and a verdict a client. `details` as in `crawler.items.Listing`."""

    listing: ListingRecord
    photos: tuple[PhotoRecord, ...] = ()
    verdicts: tuple[VerdictRecord, ...] = ()
    details: str | None = None


_FINDING = tuple(each.name for each in fields(FindingRecord))
_VERDICT = tuple(each.name for each in fields(VerdictRecord))


def plain_finding(finding: FindingRecord) -> dict[str, Any]:
    """Its fields by name. (`dataclasses.asdict` copies all that lies in them too, which takes ten times as long.)"""
    return {name: getattr(finding, name) for name in _FINDING}


def verdict_digest(verdict: VerdictRecord) -> str:
    """A hash of all that a verdict says."""
    said = {name: getattr(verdict, name) for name in _VERDICT}
    return digest(said | {"findings": [plain_finding(each) for each in verdict.findings]})


def digest(value: object) -> str:
    """A hash of plain values by which sameness is told; the order of keys does not matter."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
