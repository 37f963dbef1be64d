"""One row of a rights file, checked (DESIGN of the file: docs/formats.md)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from store.names import fold_name

MARKETPLACES = ("taobao", "tmall", "tmall_hk", "1688", "alibaba", "aliexpress")
CURRENCY = re.compile(r"[A-Z]{3}")
# Year first, since 3/2/2015 is a day in February to some and in March to others. A spreadsheet may add midnight.
DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))(?:[ T]00:00(?::00)?)?", re.ASCII
)


def _values(cell: Any) -> list[str]:
    """The values of a cell: `|` separates several; YAML may give a list."""
    parts = cell if isinstance(cell, list) else (_text(cell) or "").split("|")
    return [text for part in parts if (text := _text(part))]


def _text(cell: Any) -> str | None:
    """Plain text of a cell; a spreadsheet's 12345.0 is the number 12345, its True is shown as TRUE."""
    if cell is None:
        return None
    if isinstance(cell, list | dict | tuple | set):  # YAML can nest, and name one thing a million times over
        raise ValueError("must be one value, or a list of values where several may stand")
    if isinstance(cell, bool):
        cell = str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


def _day(cell: Any) -> dt.date | None:
    """2031-05-01, 2031/5/1, 2031.5.1, 2031年5月1日 or 20310501."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = _text(cell)
    if text is None:
        return None
    try:
        found = DATE.fullmatch(text)
        parts = [int(part) for part in (found.group(1, 3, 4, 5, 6, 7, 8) if found else ()) if part]
        return dt.date(*parts)
    except (TypeError, ValueError):
        raise ValueError("must be a date such as 2031-05-01") from None


def _lower(cell: Any) -> str | None:
    text = _text(cell)
    return text.lower() if text else None


Name = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Values = Annotated[tuple[Name, ...], BeforeValidator(lambda cell: tuple(_values(cell)))]
Classes = Annotated[tuple[Annotated[int, Field(ge=1, le=45)], ...], BeforeValidator(lambda cell: tuple(_values(cell)))]
Required = Annotated[Name, BeforeValidator(lambda cell: _text(cell) or "")]
Optional = Annotated[Name | None, BeforeValidator(_text)]
Day = Annotated[dt.date | None, BeforeValidator(_day)]


class RightRow(BaseModel):
    """A right as the file gives it. Only client, right_id, type and one of mark or images are required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: Required
    right_id: Required
    type: Annotated[Literal["trademark", "copyright", "design", "patent"], BeforeValidator(_lower)]
    kind: Annotated[Literal["word", "figurative", "combined"] | None, BeforeValidator(_lower)] = None
    mark: Optional = None
    names: Values = ()
    aliases: Values = ()
    number: Optional = None
    jurisdiction: Optional = None
    registrant: Annotated[str | None, BeforeValidator(_text), StringConstraints(max_length=300)] = None
    nice_classes: Classes = ()
    goods: Values = ()
    filed_on: Day = None
    registered_on: Day = None
    expires_on: Day = None
    status: Annotated[
        Literal["registered", "pending", "expired", "cancelled", "opposed"] | None, BeforeValidator(_lower)
    ] = None
    images: Values = ()
    photos: Values = ()
    reference_price: Values = ()
    currency: Values = ()
    distribution: Annotated[Literal["open", "closed"] | None, BeforeValidator(_lower)] = None
    authorised_sellers: Values = ()
    negative_photos: Values = ()

    @model_validator(mode="after")
    def _whole(self) -> RightRow:
        if not self.mark and not self.images:
            raise ValueError("one of mark or images is needed")
        self.reference_prices()
        self.sellers()
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
        amounts, codes = [_amount(text) for text in self.reference_price], [_code(text) for text in self.currency]
        return dict(zip(codes, amounts, strict=True)) if len(amounts) == len(codes) else {}

    def oddities(self) -> tuple[str, ...]:
        """What is left out of the row, a line each."""
        amounts, codes = len(self.reference_price), len(self.currency)
        if not amounts or amounts == codes:
            return ()
        if not codes:
            return ("reference_price: is left out: currency is missing",)
        return (f"reference_price: is left out: {amounts} amounts do not go with {codes} of currency",)

    def sellers(self) -> list[tuple[str, str]]:
        """(marketplace, seller_id) of the authorised sellers."""
        pairs = []
        for entry in self.authorised_sellers:
            marketplace, colon, seller_id = entry.partition(":")
            if not colon or marketplace not in MARKETPLACES or not seller_id.strip():
                raise ValueError(f"authorised_sellers: {entry!r} is not marketplace:seller_id")
            pairs.append((marketplace, seller_id.strip()))
        return pairs


def _code(text: str) -> str:
    code = text.upper()
    if not CURRENCY.fullmatch(code):
        raise ValueError(f"currency: {text!r} is no ISO 4217 code")
    return code


def _amount(text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount < 10**9:
        raise ValueError(f"reference_price: {text!r} is no amount; write it as 2380 or 2380.00")
    return format(amount, "f")
