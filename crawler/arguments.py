"""The arguments of a spider (`-a name=value`), checked: a wrong one is one line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

MAX_WORD = 100  # characters; a search box takes fewer
MAX_BRANDS = 200  # a client with more marks is searched in several runs
MAX_VARIANTS = 20  # disguised spellings of a mark; each is a search of its own, at the same pace
MAX_PAGES = 100  # no site shows more (FACTS 1: totalPage is capped at 100)
PRICE = re.compile(r"(\d{1,9}(?:\.\d{1,2})?)-(\d{1,9}(?:\.\d{1,2})?)")
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_WORD)]


class ArgumentsError(Exception):
    """An argument cannot be used; the message is one line for the user."""


class SearchArguments(BaseModel):
    """What a search spider can be asked.

    brand : looked up among the registered marks, `|` between several; their names and aliases become the queries
    variants : so many disguised spellings of each mark are searched too, those that buyers type first; 0 to 20
    keywords : other words to search instead, `|` between several
    pages : result pages of each query, 1 to 100
    sort, price : the site's own order; MIN-MAX in its currency
    items : a file of links or ids; just these are opened
    shop : a seller's id or the address of its shop; all its goods are listed, and nothing is searched
    details : whose detail page is opened: flagged | all | none | first (of the first listing alone, for a probe)
    archive : a folder or file of saved answers to read in place of the site
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    brand: tuple[Word, ...] = Field(min_length=1, max_length=MAX_BRANDS)
    variants: int = Field(default=0, ge=0, le=MAX_VARIANTS)
    keywords: tuple[Word, ...] = ()
    pages: int = Field(default=5, ge=1, le=MAX_PAGES)
    sort: Literal["default", "sale-desc", "price-asc", "price-desc"] = "default"
    price: tuple[Decimal, Decimal] | None = None
    items: Path | None = None
    shop: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)] | None = None
    details: Literal["flagged", "all", "none", "first"] = "flagged"
    archive: Path | None = None

    @field_validator("brand", "keywords", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return tuple(value.split("|")) if isinstance(value, str) else value

    @field_validator("price", mode="before")
    @classmethod
    def _range(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = PRICE.fullmatch(value.strip())
        if not found or Decimal(found[1]) > Decimal(found[2]):
            raise ValueError("give MIN-MAX, such as 50-300")
        return Decimal(found[1]), Decimal(found[2])

    @field_validator("items", "archive")
    @classmethod
    def _there(cls, value: Path | None) -> Path | None:
        if value is not None and not _exists(value):
            raise ValueError(f"{' '.join(str(value)[:200].split())}: no such file")
        return value


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def parse_arguments(given: dict[str, str]) -> SearchArguments:
    """Check `-a` arguments. Raises ArgumentsError with the first mistake."""
    try:
        return SearchArguments.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "arguments"
        raise ArgumentsError(f"{name}: {_words(first['type'], first['msg'], first.get('ctx') or {})}") from None


def _words(kind: str, message: str, context: dict[str, object]) -> str:
    plain = {
        "missing": "is needed: -a brand=NAME",
        "extra_forbidden": "no such argument",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {context.get('max_length')} characters",
        "literal_error": f"must be {str(context.get('expected')).replace(chr(39), '')}",
        "int_parsing": "is no whole number",
        "int_parsing_size": "is no whole number",
        "too_long": f"is more than {context.get('max_length')}",
        "greater_than_equal": f"is less than {context.get('ge')}",
        "less_than_equal": f"is more than {context.get('le')}",
    }
    return plain.get(kind, message.removeprefix("Value error, "))
