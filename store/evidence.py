"""The table of bundles of evidence. The files lie in the data folder; their hash stands here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Evidence(Base):
    """A bundle of a listing: a capture, or a comparison sheet made from one.

    candidate_id : for whom it was made; None: for every client whose candidate the listing is
    moment : discovery | confirmation | filing | removal, when the capture was made
    kind : capture | comparison
    place : its folder below the evidence folder; manifest_sha256 : of its manifest.json, which lists every other hash
    state : sealed (with the timestamps of all authorities) | timestamp_pending | incomplete (never evidence) | purged
    reason : why timestamps are pending, or what is missing
    stamps : how many timestamps it has
    retry_at : when the authorities are asked again
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("place"), Index(None, "state", "retry_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_pk: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    moment: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(300))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    stamps: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    captured_by: Mapped[str] = mapped_column(String(100))
    captured_at: Mapped[datetime]
    purged_at: Mapped[datetime | None]
