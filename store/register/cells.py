"""What stands in a cell, as a value: text, several values, a day, yes or no."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

CURRENCY = re.compile(r"[A-Z]{3}")
# Year first, since 3/2/2015 is a day in February to some and in March to others. A spreadsheet may add midnight.
DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))(?:[ T]00:00(?::00)?)?", re.ASCII
)
YEARS = range(1850, 2101)  # no right that lives was filed before, none is known to end after
BUDDHIST = 543  # years by which the Buddhist calendar is ahead
ERAS = re.compile(r"民国|民國|中華民國|昭和|平成|令和|佛历|佛曆|พ\.ศ\.|[HSR]\d")


@dataclass(frozen=True)
class BadCell:
    """A cell of a workbook that holds no value of its own; `why` says what it is."""

    why: str


def values_of(cell: Any) -> list[str]:
    """The values of a cell: `|` separates several; YAML may give a list."""
    parts = cell if isinstance(cell, list) else (text_of(cell) or "").split("|")
    return [text for part in parts if (text := text_of(part))]


def text_of(cell: Any) -> str | None:
    """Plain text of a cell; a spreadsheet's 12345.0 is the number 12345, its True is shown as TRUE."""
    if cell is None:
        return None
    if isinstance(cell, BadCell):
        raise ValueError(cell.why)
    if isinstance(cell, list | dict | tuple | set):  # YAML can nest, and name one thing a million times over
        raise ValueError("must be one value, or a list of values where several may stand")
    if isinstance(cell, bool):
        cell = str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


def day_of(cell: Any) -> dt.date | None:
    """2031-05-01, 2031/5/1, 2031.5.1, 2031年5月1日 or 20310501, of the Gregorian calendar."""
    if isinstance(cell, dt.datetime):
        return _plausible(cell.date())
    if isinstance(cell, dt.date):
        return _plausible(cell)
    text = text_of(cell)
    if text is None:
        return None
    if ERAS.search(text):
        raise ValueError("is of another calendar; write the day as 2031-05-01")
    try:
        found = DATE.fullmatch(text)
        parts = [int(part) for part in (found.group(1, 3, 4, 5, 6, 7, 8) if found else ()) if part]
        day = dt.date(*parts)
    except (TypeError, ValueError):
        raise ValueError("must be a date such as 2031-05-01") from None
    return _plausible(day)


def _plausible(day: dt.date) -> dt.date:
    if day.year in YEARS:
        return day
    if day.year - BUDDHIST in YEARS:
        raise ValueError(f"the year {day.year} is of another calendar; is {day.year - BUDDHIST} meant?")
    raise ValueError(f"the year {day.year} is of another calendar, or a slip; write the day as 2031-05-01")


def lower_of(cell: Any) -> str | None:
    """Text in lower case."""
    text = text_of(cell)
    return text.lower() if text else None


def yes_or_no(cell: Any) -> bool | None:
    """yes, no, true, false, 1, 0, 是, 否; nothing is not known."""
    text = lower_of(cell)
    if text is None:
        return None
    if text in ("yes", "y", "true", "1", "是", "有"):
        return True
    if text in ("no", "n", "false", "0", "否", "无"):
        return False
    raise ValueError("must be yes or no")


def currency_code(text: str, column: str = "currency") -> str:
    """An ISO 4217 code. Raises ValueError."""
    code = text.upper()
    if not CURRENCY.fullmatch(code):
        raise ValueError(f"{column}: {text!r} is no ISO 4217 code")
    return code


def amount_of(text: str, column: str = "reference_price") -> str:
    """An amount in plain digits. Raises ValueError."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount < 10**9:
        raise ValueError(f"{column}: {text!r} is no amount; write it as 2380 or 2380.00")
    return format(amount, "f")


_PRINTABLE = r"^[^\x00-\x1f\x7f]+$"
Name = Annotated[str, StringConstraints(max_length=200, pattern=_PRINTABLE)]
Title = Annotated[str, StringConstraints(max_length=500, pattern=_PRINTABLE)]
Values = Annotated[tuple[Name, ...], BeforeValidator(lambda cell: tuple(values_of(cell)))]
Titles = Annotated[tuple[Title, ...], BeforeValidator(lambda cell: tuple(values_of(cell)))]
Words = Annotated[tuple[Name, ...], BeforeValidator(lambda cell: tuple(text.lower() for text in values_of(cell)))]
Classes = Annotated[
    tuple[Annotated[int, Field(ge=1, le=45)], ...], BeforeValidator(lambda cell: tuple(values_of(cell)))
]
Required = Annotated[Name, BeforeValidator(lambda cell: text_of(cell) or "")]
Holder = Annotated[
    str, BeforeValidator(lambda cell: text_of(cell) or ""), StringConstraints(max_length=300, pattern=_PRINTABLE)
]
Optional = Annotated[Name | None, BeforeValidator(text_of)]
Long = Annotated[str | None, BeforeValidator(text_of), StringConstraints(max_length=300)]
Prose = Annotated[str | None, BeforeValidator(text_of), StringConstraints(max_length=4_000)]
Day = Annotated[dt.date | None, BeforeValidator(day_of)]
Lower = BeforeValidator(lower_of)
YesNo = Annotated[bool | None, BeforeValidator(yes_or_no)]
