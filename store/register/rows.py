"""A row of a rights file, checked (DESIGN of the file: docs/formats.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from store.names import fold_name
from store.register.cells import (
    Classes,
    Day,
    Long,
    Lower,
    Optional,
    Prose,
    Required,
    Titles,
    Values,
    amount_of,
    currency_code,
)
from store.rules import document_roles

MARKETPLACES = ("taobao", "tmall", "tmall_hk", "1688", "alibaba", "aliexpress")
ROLES = document_roles()
STATUS = Literal["registered", "pending", "expired", "cancelled", "opposed", "under_attack"]


class Row(BaseModel):
    """What all rows have: columns that must be filled, and things that are odd but no mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    REQUIRED: ClassVar[tuple[str, ...]] = ()

    def oddities(self) -> tuple[str, ...]:
        """What is odd about the row, a line each."""
        return ()


class RightRow(Row):
    """A right as the file gives it. Only client, right_id, type and one of mark or images are required."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("client", "right_id", "type")

    client: Required
    right_id: Required
    type: Annotated[Literal["trademark", "copyright", "design", "patent"], Lower]
    kind: Annotated[Literal["word", "figurative", "combined"] | None, Lower] = None
    mark: Optional = None
    names: Values = ()
    aliases: Values = ()
    number: Optional = None
    jurisdiction: Optional = None
    registrant: Long = None
    registrant_seen_on: Day = None
    nice_classes: Classes = ()
    subclasses: Values = ()
    goods: Values = ()
    filed_on: Day = None
    registered_on: Day = None
    expires_on: Day = None
    status: Annotated[STATUS | None, Lower] = None
    route: Annotated[Literal["national", "madrid"] | None, Lower] = None
    designated: Values = ()
    description: Prose = None
    patent_kind: Annotated[Literal["invention", "utility"] | None, Lower] = None
    claims: Prose = None
    fees_paid_until: Day = None
    work_name: Long = None
    work_type: Optional = None
    author: Long = None
    completed_on: Day = None
    published_on: Day = None
    official_page: Prose = None
    images: Values = ()
    photos: Values = ()
    reference_price: Values = ()
    currency: Values = ()
    distribution: Annotated[Literal["open", "closed"] | None, Lower] = None
    authorised_sellers: Values = ()
    authorised_items: Values = ()
    negative_photos: Values = ()
    negative_titles: Titles = ()
    documents: Values = ()

    @model_validator(mode="after")
    def _whole(self) -> RightRow:
        if not self.mark and not self.images:
            raise ValueError("one of mark or images is needed")
        if self.registered_on and self.expires_on and self.expires_on < self.registered_on:
            raise ValueError(f"expires_on: {self.expires_on} is before registered_on, {self.registered_on}")
        self.reference_prices()
        self.sellers()
        self.items()
        self.papers()
        return self

    @property
    def sign_kind(self) -> str:
        """The kind as given, else as what is there suggests."""
        return self.kind or ("word" if not self.images else "combined" if self.mark else "figurative")

    def all_names(self) -> list[tuple[str, str]]:
        """(role, name), the sign itself first, each folded form once."""
        found: dict[str, tuple[str, str]] = {}
        for role, name in [
            ("name", self.mark),
            *(("name", n) for n in self.names),
            *(("alias", a) for a in self.aliases),
        ]:
            if name:
                found.setdefault(fold_name(name), (role, name))
        return list(found.values())

    def reference_prices(self) -> dict[str, str]:
        """Amounts by currency: the two columns hold parallel lists; nothing where they do not match (`oddities`)."""
        amounts = [amount_of(text) for text in self.reference_price]
        codes = [currency_code(text) for text in self.currency]
        return dict(zip(codes, amounts, strict=True)) if len(amounts) == len(codes) else {}

    def oddities(self) -> tuple[str, ...]:
        """What is left out of the row, and what cannot well be, a line each."""
        odd = []
        if self.filed_on and self.registered_on and self.registered_on < self.filed_on:
            odd.append(f"registered_on: {self.registered_on} is before filed_on, {self.filed_on}")
        amounts, codes = len(self.reference_price), len(self.currency)
        if amounts and not codes:
            odd.append("reference_price: is left out: currency is missing")
        elif amounts and amounts != codes:
            odd.append(f"reference_price: is left out: {amounts} amounts do not go with {codes} of currency")
        return tuple(odd)

    def sellers(self) -> list[tuple[str, str]]:
        """(marketplace, seller_id) of the authorised sellers."""
        return _pairs(self.authorised_sellers, "authorised_sellers", "marketplace:seller_id", MARKETPLACES)

    def items(self) -> list[tuple[str, str]]:
        """(marketplace, item_id) of the authorised articles."""
        return _pairs(self.authorised_items, "authorised_items", "marketplace:item_id", MARKETPLACES)

    def papers(self) -> list[tuple[str, str]]:
        """(role, path) of the documents."""
        return _pairs(self.documents, "documents", "role:file", ROLES)


def _pairs(entries: Sequence[str], column: str, form: str, known: Sequence[str]) -> list[tuple[str, str]]:
    """Entries with a colon, split at the first. Raises ValueError."""
    pairs = []
    for entry in entries:
        first, colon, rest = entry.partition(":")
        if not colon or first not in known or not rest.strip():
            raise ValueError(f"{column}: {entry!r} is not {form}")
        pairs.append((first, rest.strip()))
    return list(dict.fromkeys(pairs))
