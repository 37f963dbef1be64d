"""The tables of listings and candidates, and one door to those of rights, papers, people and runs.

Names are the field's own words; see CONTRIBUTING for what each means.
"""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.actors import Event, EventChain, User
from store.base import Base
from store.evidence import Evidence
from store.judged import Calibration, Rescoring, SellerTrait
from store.operations import AccessGroup, Run, Schedule
from store.papers import PlatformAccount, PoaRight, PowerOfAttorney, RightDocument, RightRegistration
from store.registered import (
    AuthorisedItem,
    AuthorisedSeller,
    Client,
    Mark,
    MarkName,
    NegativeTitle,
    ReferencePicture,
    ReferencePrice,
    Right,
)

__all__ = [
    "AccessGroup",
    "AuthorisedItem",
    "AuthorisedSeller",
    "Base",
    "Calibration",
    "Candidate",
    "Client",
    "Event",
    "EventChain",
    "Evidence",
    "Finding",
    "GroupKey",
    "Listing",
    "ListingPhoto",
    "Mark",
    "MarkName",
    "NegativeTitle",
    "Photo",
    "PlatformAccount",
    "PoaRight",
    "PowerOfAttorney",
    "ReferencePicture",
    "ReferencePrice",
    "Rescoring",
    "Right",
    "RightDocument",
    "RightRegistration",
    "Run",
    "Schedule",
    "Seller",
    "SellerTrait",
    "Snapshot",
    "User",
    "Verdict",
]


class Seller(Base):
    """A shop, known by (id space, seller id).

    traits_at : until when what it has in common with others was looked for (`store.traits`)
    """

    __tablename__ = "seller"
    __table_args__ = (UniqueConstraint("id_space", "seller_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    id_space: Mapped[str] = mapped_column(String(20))
    seller_id: Mapped[str] = mapped_column(String(100))
    shop_name: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(Text)
    licence_name: Mapped[str | None] = mapped_column(Text)
    licence_no: Mapped[str | None] = mapped_column(Text)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    traits_at: Mapped[datetime | None]


class Listing(Base):
    """One article for sale, known by (id space, item id). `state` is what the site shows."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("id_space", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    id_space: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[str] = mapped_column(String(60))
    marketplace: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    brand: Mapped[str | None] = mapped_column(Text)
    price_min: Mapped[Decimal | None]
    price_max: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    sold: Mapped[int | None]
    stock: Mapped[int | None]
    moq: Mapped[int | None]
    location: Mapped[str | None] = mapped_column(Text)
    shop_name: Mapped[str | None] = mapped_column(Text)
    seller_pk: Mapped[int | None] = mapped_column(ForeignKey("seller.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="live")
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    seller: Mapped[Seller | None] = relationship()
    photos: Mapped[list[ListingPhoto]] = relationship(order_by="ListingPhoto.position")


class Snapshot(Base):
    """A listing as an answer showed it. Seen again unchanged, only `last_seen` and the run move."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("listing_pk", "source", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_pk: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    source: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    query: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int | None]
    is_ad: Mapped[bool | None]
    is_recommended: Mapped[bool | None]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class Photo(Base):
    """An image, known by its content; the bytes lie in the data folder under their hash.

    pdq : its perceptual hash (64 hex digits), by which near-same pictures are found; None where it was not made
    """

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    format: Mapped[str] = mapped_column(String(10))
    pdq: Mapped[str | None] = mapped_column(String(64))
    first_seen: Mapped[datetime]


class ListingPhoto(Base):
    """Where a listing showed a photo. `key` is the picture's identity on its site, whatever host serves it."""

    __tablename__ = "listing_photo"
    __table_args__ = (UniqueConstraint("listing_pk", "photo_pk"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_pk: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    photo_pk: Mapped[int] = mapped_column(ForeignKey("photo.id"))
    url: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(400), index=True)
    position: Mapped[int]
    photo: Mapped[Photo] = relationship()


class Verdict(Base):
    """The findings of one listing for one client, as last scored.

    band : flag, watch or ignore
    against : (code, en, zh) of what speaks against it, strongest first
    evidence : the terms of the model that held, and how much (0..1): what a calibration learns from
    model : version of the weights; empty where the rule alone judged
    """

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("listing_pk", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_pk: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"))
    score: Mapped[float]
    matched: Mapped[bool] = mapped_column(server_default=false())
    flagged: Mapped[bool] = mapped_column(server_default=false())
    authorised: Mapped[bool] = mapped_column(server_default=false())
    rights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    band: Mapped[str] = mapped_column(String(10), default="ignore", server_default="ignore")
    against: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    model: Mapped[str] = mapped_column(String(60), default="", server_default="")
    digest: Mapped[str] = mapped_column(String(64))
    scored_at: Mapped[datetime]
    findings: Mapped[list[Finding]] = relationship(order_by="Finding.id")


class Finding(Base):
    """One piece of evidence: what was found, where, how sure, and why in words."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id", ondelete="CASCADE"), index=True)
    signal: Mapped[str] = mapped_column(String(40))
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"))
    score: Mapped[float]
    span: Mapped[list[int] | None]
    box: Mapped[list[int] | None]
    photo: Mapped[str | None] = mapped_column(String(64))
    matched: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(60))
    surface: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    zh: Mapped[str] = mapped_column(Text)


class Candidate(Base):
    """One (listing, client) pair that was flagged, and how far it has come (COMPLAINTS 10.2, `store.moves`).

    found : `crawl`, or `rescoring` where something new was asked about a listing seen before
    assignee, lock_until : who reviews it, and until when nobody else may
    reason_code, note, decided_by, decided_at : the last decision of a person (`store/rules/reasons.yaml`)
    recheck_on : the day on which a watched listing is looked at again
    typed : what a person typed for the reason text, by the name of the place in the template
    template : the template of the reason text that was decided on, with its version
    client_decision, client_note : what the client wrote into the exported file
    group_id : candidates that show the same goods share it, so that one decision can serve many (`store.duplicates`)
    """

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("listing_pk", "client_id"), Index(None, "client_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_pk: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"))
    score: Mapped[float]
    state: Mapped[str] = mapped_column(String(20), default="queued")
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    details: Mapped[str | None] = mapped_column(String(10))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    first_flagged: Mapped[datetime]
    last_flagged: Mapped[datetime]
    found: Mapped[str] = mapped_column(String(10), default="crawl", server_default="crawl")
    assignee: Mapped[str | None] = mapped_column(String(100))
    lock_until: Mapped[datetime | None]
    reason_code: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(100))
    decided_at: Mapped[datetime | None]
    recheck_on: Mapped[dt.date | None]
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    template: Mapped[str | None] = mapped_column(String(60))
    client_decision: Mapped[str | None] = mapped_column(String(40))
    client_note: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(index=True)
    listing: Mapped[Listing] = relationship()
    client: Mapped[Client] = relationship()
    right: Mapped[Right | None] = relationship()


class GroupKey(Base):
    """Where the first of a group of candidates is found again: by a picture it shows, by a piece of its title."""

    __tablename__ = "group_key"
    __table_args__ = (Index(None, "client_id", "key", "candidate_pk"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    key: Mapped[str] = mapped_column(String(66))
    candidate_pk: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
