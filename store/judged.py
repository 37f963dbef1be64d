"""The tables of what comes after the verdicts: weights learnt of decisions, rescorings, what sellers have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Calibration(Base):
    """Weights learnt of a client's decisions. In use is the latest that was accepted and not undone.

    version : names them in every verdict; state : proposed | accepted | undone
    weights : as `matchers.weights.Weights.as_dict` writes them; figures : how well they judge, as they were shown
    decided_at, decided_by : of the acceptance
    """

    __tablename__ = "calibration"
    __table_args__ = (UniqueConstraint("client_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    version: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    weights: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(100))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))


class Rescoring(Base):
    """One time that all that was seen was asked again for a client, and how far it has come.

    digest : of all that is asked with (marks, photos, weights, which listings); another one is another rescoring
    pictures : digest of what pictures are compared with; looked : whether they were looked at
    last_listing, until_listing : id of the last listing that was asked, and of the last that will be
    total : listings to ask; asked, changed, fresh, noted : asked so far, verdicts that changed, candidates that are
        new, decisions of a person that the new verdict contradicts
    """

    __tablename__ = "rescoring"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    pictures: Mapped[str] = mapped_column(String(64))
    looked: Mapped[bool]
    since: Mapped[datetime | None]
    last_listing: Mapped[int] = mapped_column(default=0)
    until_listing: Mapped[int]
    total: Mapped[int]
    asked: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    fresh: Mapped[int] = mapped_column(default=0)
    noted: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class SellerTrait(Base):
    """Something of a seller by which others are known to be the same, or to be near (`store.traits`)."""

    __tablename__ = "seller_trait"
    __table_args__ = (UniqueConstraint("seller_pk", "kind", "value"), Index(None, "kind", "value"))

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_pk: Mapped[int] = mapped_column(ForeignKey("seller.id"))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(Text)
