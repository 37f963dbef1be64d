"""The tables of what a platform asks for: documents, accounts, powers of attorney (COMPLAINTS 1, 2)."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.base import Base


class RightDocument(Base):
    """A scan that proves a right, kept in the data folder under its hash. `role`: see `store/rules/papers.yaml`."""

    __tablename__ = "right_document"
    __table_args__ = (UniqueConstraint("right_pk", "role", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"))
    role: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]


class PlatformAccount(Base):
    """An account on a platform's portal.

    name : our own short name of it
    role : `owner`, or `agent` of owners
    holder : the company or person it is registered to
    client_id : the owner it belongs to; None for an agency's, which serves many
    verified_on : the day from which the portal takes its identity as proven
    """

    __tablename__ = "platform_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    portal: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(10))
    holder: Mapped[str] = mapped_column(String(300))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    verified_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(Text)


class RightRegistration(Base):
    """A right on an account: a platform verifies it for each account anew. `status`: submitted, verified, refused."""

    __tablename__ = "right_registration"
    __table_args__ = (UniqueConstraint("right_pk", "account_pk"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"))
    account_pk: Mapped[int] = mapped_column(ForeignKey("platform_account.id"))
    status: Mapped[str] = mapped_column(String(10))
    verified_on: Mapped[dt.date | None]
    rejection_reason: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime]
    account: Mapped[PlatformAccount] = relationship()


class PowerOfAttorney(Base):
    """A power of attorney (COMPLAINTS 2.2): `grantor` is the registrant, letter by letter; `grantee` holds the account.

    all_rights : it names no single rights (else `rights` does)
    platforms, territory : what it covers; an empty list is no limit
    actions : what it says may be done; a portal wants to see that complaints may be filed
    valid_from, valid_to, revoked_on : the first day it holds, the last, and the day from which it no longer does
    """

    __tablename__ = "power_of_attorney"
    __table_args__ = (UniqueConstraint("client_id", "poa_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    poa_id: Mapped[str] = mapped_column(String(200))
    grantor: Mapped[str] = mapped_column(String(300))
    grantee: Mapped[str] = mapped_column(String(300))
    all_rights: Mapped[bool] = mapped_column(default=False, server_default=false())
    platforms: Mapped[list[str]] = mapped_column(default=list)
    actions: Mapped[list[str]] = mapped_column(default=list)
    territory: Mapped[list[str]] = mapped_column(default=list)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    sub_delegation: Mapped[bool | None]
    signatory: Mapped[str | None] = mapped_column(String(300))
    signatory_title: Mapped[str | None] = mapped_column(String(300))
    seal: Mapped[bool | None]
    language: Mapped[str | None] = mapped_column(String(40))
    scan_name: Mapped[str | None] = mapped_column(String(300))
    scan: Mapped[str | None] = mapped_column(String(64))
    translation_name: Mapped[str | None] = mapped_column(String(300))
    translation: Mapped[str | None] = mapped_column(String(64))
    revoked_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(20), default="draft", server_default="draft")
    rights: Mapped[list[PoaRight]] = relationship(cascade="all, delete-orphan", order_by="PoaRight.id")


class PoaRight(Base):
    """A right that a power of attorney names."""

    __tablename__ = "poa_right"
    __table_args__ = (UniqueConstraint("right_pk", "poa_pk"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poa_pk: Mapped[int] = mapped_column(ForeignKey("power_of_attorney.id"), index=True)
    right_pk: Mapped[int] = mapped_column(ForeignKey("right.id"))
