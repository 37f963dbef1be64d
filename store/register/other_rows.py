"""Rows of the other files of the register: accounts, powers of attorney, authorised sellers and items, prices."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from store.register.cells import (
    Day,
    Holder,
    Long,
    Lower,
    Optional,
    Prose,
    Required,
    Values,
    Words,
    YesNo,
    amount_of,
    currency_code,
)
from store.register.rows import MARKETPLACES, Row

ACTIONS = ("file", "respond", "withdraw", "settle")


def in_order(begins: dt.date | None, ends: dt.date | None) -> None:
    """Raises ValueError for a time that ends before it begins."""
    if begins and ends and ends < begins:
        raise ValueError(f"valid_to: {ends} is before valid_from, {begins}")


class AccountRow(Row):
    """An account on a platform's portal."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("account", "portal", "role", "holder")

    account: Required
    portal: Annotated[Literal["ipp"], Lower]
    role: Annotated[Literal["owner", "agent"], Lower]
    holder: Holder
    client: Optional = None
    verified_on: Day = None
    note: Prose = None

    @model_validator(mode="after")
    def _whole(self) -> AccountRow:
        if self.role == "owner" and not self.client:
            raise ValueError("client: an owner's account says whose it is")
        return self


class PoaRow(Row):
    """A power of attorney."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("client", "poa_id", "grantor", "grantee", "rights")

    client: Required
    poa_id: Required
    grantor: Holder
    grantee: Holder
    rights: Values
    platforms: Words = ()
    actions: Words = ()
    territory: Values = ()
    valid_from: Day = None
    valid_to: Day = None
    sub_delegation: YesNo = None
    signatory: Long = None
    signatory_title: Long = None
    seal: YesNo = None
    language: Optional = None
    scan: Optional = None
    translation: Optional = None
    revoked_on: Day = None

    @model_validator(mode="after")
    def _whole(self) -> PoaRow:
        if not self.rights:
            raise ValueError("rights: is missing; write all, or the right_ids or numbers it names")
        in_order(self.valid_from, self.valid_to)
        for column, given, known in (("platforms", self.platforms, MARKETPLACES), ("actions", self.actions, ACTIONS)):
            for word in given:
                if word not in known:
                    raise ValueError(f"{column}: {word!r} is none of {', '.join(known)}")
        return self

    @property
    def all_rights(self) -> bool:
        """Whether it names no single rights."""
        return any(name.lower() in ("all", "全部") for name in self.rights)


class SellerRow(Row):
    """A seller, or one article, that the client allows."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("client", "marketplace")

    client: Required
    marketplace: Annotated[Literal["taobao", "tmall", "tmall_hk", "1688", "alibaba", "aliexpress"], Lower]
    seller_id: Optional = None
    item_id: Optional = None
    valid_from: Day = None
    valid_to: Day = None
    note: Prose = None

    @model_validator(mode="after")
    def _whole(self) -> SellerRow:
        if bool(self.seller_id) == bool(self.item_id):
            raise ValueError("one of seller_id and item_id is needed")
        in_order(self.valid_from, self.valid_to)
        return self


class PriceRow(Row):
    """What a genuine article of one model costs."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("client", "right_id", "model", "price", "currency")

    client: Required
    right_id: Required
    model: Required
    unit: Optional = None
    price: Required
    currency: Required

    @model_validator(mode="after")
    def _whole(self) -> PriceRow:
        amount_of(self.price, "price")
        currency_code(self.currency)
        return self
