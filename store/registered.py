"""The tables of the register: clients, their rights, what belongs to a right (COMPLAINTS 2.1)."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.base import Base
from store.names import client_code
from store.papers import PoaRight, RightDocument, RightRegistration


def _code(context: DefaultExecutionContext) -> str:
    return client_code(context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Client(Base):
    """A rights owner. `distribution: closed` means that only authorised sellers may sell the goods at all.

    code : the name as a file or folder may be called, whatever stands in the name
    """

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    code: Mapped[str | None] = mapped_column(String(60), default=_code)
    distribution: Mapped[str] = mapped_column(String(10), default="open")
    rights: Mapped[list[Right]] = relationship(back_populates="client", order_by="Right.id")
    authorised_sellers: Mapped[list[AuthorisedSeller]] = relationship(order_by="AuthorisedSeller.id", viewonly=True)
    authorised_items: Mapped[list[AuthorisedItem]] = relationship(order_by="AuthorisedItem.id", viewonly=True)
    negative_titles: Mapped[list[NegativeTitle]] = relationship(order_by="NegativeTitle.id", viewonly=True)


class Right(Base):
    """A trademark, copyright, patent or design. Only client, right_id and type are always known.

    status : what the office's register says; `state` : how far it has come with us and the platform (COMPLAINTS 10.1)
    route : `national` or `madrid`; then `designated` are the countries it was extended to
    registrant_seen_on : the day on which the office's site showed the registrant so
    patent_kind : `invention` or `utility`; fees_paid_until : the annual fee
    author, work_name, work_type, completed_on, published_on : of a work
    official_page : where the owner's own picture or work stands
    """

    __tablename__ = "right"
    __table_args__ = (UniqueConstraint("client_id", "right_id"), Index(None, "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    right_id: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(20))
    number: Mapped[str | None] = mapped_column(String(100))
    jurisdiction: Mapped[str | None] = mapped_column(String(100))
    registrant: Mapped[str | None] = mapped_column(String(300))
    registrant_seen_on: Mapped[dt.date | None]
    nice_classes: Mapped[list[int]] = mapped_column(default=list)
    subclasses: Mapped[list[str] | None]
    goods: Mapped[list[str]] = mapped_column(default=list)
    filed_on: Mapped[dt.date | None]
    registered_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]
    status: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="draft", server_default="draft")
    route: Mapped[str | None] = mapped_column(String(10))
    designated: Mapped[list[str] | None]
    description: Mapped[str | None] = mapped_column(Text)
    patent_kind: Mapped[str | None] = mapped_column(String(10))
    claims: Mapped[str | None] = mapped_column(Text)
    fees_paid_until: Mapped[dt.date | None]
    work_name: Mapped[str | None] = mapped_column(String(300))
    work_type: Mapped[str | None] = mapped_column(String(40))
    author: Mapped[str | None] = mapped_column(String(300))
    completed_on: Mapped[dt.date | None]
    published_on: Mapped[dt.date | None]
    official_page: Mapped[str | None] = mapped_column(Text)
    reference_prices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    client: Mapped[Client] = relationship(back_populates="rights")
    mark: Mapped[Mark | None] = relationship(back_populates="right", cascade="all, delete-orphan")
    pictures: Mapped[list[ReferencePicture]] = relationship(
        cascade="all, delete-orphan", order_by="ReferencePicture.id"
    )
    authorised_sellers: Mapped[list[AuthorisedSeller]] = relationship(order_by="AuthorisedSeller.id", viewonly=True)
    authorised_items: Mapped[list[AuthorisedItem]] = relationship(order_by="AuthorisedItem.id", viewonly=True)
    documents: Mapped[list[RightDocument]] = relationship(cascade="all, delete-orphan", order_by="RightDocument.id")
    registrations: Mapped[list[RightRegistration]] = relationship(order_by="RightRegistration.id")
    powers: Mapped[list[PoaRight]] = relationship()
    prices: Mapped[list[ReferencePrice]] = relationship(order_by="ReferencePrice.id", viewonly=True)


class Mark(Base):
    """The sign of a trademark right."""

    __tablename__ = "mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="word")
    right: Mapped[Right] = relationship(back_populates="mark")
    names: Mapped[list[MarkName]] = relationship(cascade="all, delete-orphan", order_by="MarkName.id")


class MarkName(Base):
    """A name of a mark: the sign in words or a registered name (`name`), or a known short name (`alias`)."""

    __tablename__ = "mark_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark_id: Mapped[int] = mapped_column(ForeignKey("mark.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400), index=True)


class ReferencePicture(Base):
    """A picture of the client's own: of the mark, of the goods (`photo`), or judged innocent (`negative`)."""

    __tablename__ = "reference_picture"
    __table_args__ = (UniqueConstraint("right_pk", "role", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"))
    role: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))


class AuthorisedSeller(Base):
    """A seller that the client allows to sell its goods on a marketplace.

    right_pk : the right whose row says so; None where the sellers' own file does, for all the client's goods
    valid_from, valid_to : both days included; None is without end
    """

    __tablename__ = "authorised_seller"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"), index=True)
    marketplace: Mapped[str] = mapped_column(String(20))
    seller_id: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(Text)

    def holds(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class AuthorisedItem(Base):
    """One article that the client allows, whoever sells it; as `AuthorisedSeller`."""

    __tablename__ = "authorised_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"), index=True)
    marketplace: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(Text)

    def holds(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class ReferencePrice(Base):
    """What a genuine article of one model costs: `amount` of `currency` for one `unit` (piece, pair, box ...)."""

    __tablename__ = "reference_price"
    __table_args__ = (UniqueConstraint("right_pk", "model", "unit", "currency"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"))
    model: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(40), default="piece")
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))


class NegativeTitle(Base):
    """A title that was judged innocent; with the negative pictures, the client's negative bank.

    right_pk : the right whose row in the rights file names it; None where a decision on a candidate did
    """

    __tablename__ = "negative_title"
    __table_args__ = (Index(None, "client_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    right_pk: Mapped[int | None] = mapped_column(ForeignKey("right.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime]
