"""One line of a catalogue as it stands in the file, checked (docs/formats.md, section Catalogue).

`python -m sandbox.rows` prints the JSON Schema that docs/catalogue.schema.json holds.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sandbox.mistakes import mistake

# No site shows a dearer article; a price beyond it is a slip of the keyboard.
MAX_PRICE = Decimal(10**9)
_PLAIN_NUMBER = re.compile(r"\d{1,10}(\.\d{1,6})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _writable(text: str) -> str:
    """Half a surrogate pair is legal in JSON, but no answer could ever carry it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("text", "holds half a surrogate pair, which is no character") from None
    return text


def _number(value: object) -> Decimal:
    """A price as people write it: 199, 199.5, "199.00". No sign, no exponent, no currency."""
    text = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    if not _PLAIN_NUMBER.fullmatch(text):
        raise PydanticCustomError("price", 'must be a plain number such as 199, 199.5 or "199.00"')
    return Decimal(text)


def _day(value: object) -> dt.date:
    try:
        if not (isinstance(value, str) and _DATE.fullmatch(value)):
            raise ValueError
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "must be a date such as 2026-03-31") from None


def _as_text(value: object) -> str:
    """An attribute's value: text, a number, or a list of these, as the site's own pages show it."""
    return ",".join(map(_scalar, value)) if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise PydanticCustomError("text", "must be text, a number or a list of these")


def _id_text(value: object) -> object:
    """Whoever numbers his rights 101, 102, ... writes a number here."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[StrictStr, AfterValidator(_writable)]
Filled = Annotated[Text, StringConstraints(pattern=r"\S")]
Scalar = {"anyOf": [{"type": "string"}, {"type": "number"}]}
AttributeText = Annotated[
    Text,
    BeforeValidator(_as_text),
    WithJsonSchema({"anyOf": [*Scalar["anyOf"], {"type": "array", "items": Scalar}]}),
]
Price = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(le=int(MAX_PRICE)),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": int(MAX_PRICE)},
                {"type": "string", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,6})?$"},
            ]
        }
    ),
]
RightId = Annotated[
    Text, BeforeValidator(_id_text), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})
]
Day = Annotated[dt.date, BeforeValidator(_day)]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]


class TruthRow(BaseModel):
    """What the listing really is; known to the catalogue's author and to nobody who crawls it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    label: Literal["counterfeit", "genuine", "compatible", "second_hand", "other"]
    mark: RightId | None = None
    why: Text = ""


class Row(BaseModel):
    """The columns of a line. Either `price`, or `price_min` with `price_max`."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        title="A line of a catalogue: one article for sale",
        json_schema_extra={"anyOf": [{"required": ["price"]}, {"required": ["price_min", "price_max"]}]},
    )

    marketplace: Literal["taobao", "tmall", "1688", "alibaba", "aliexpress"]
    item_id: Annotated[StrictStr, StringConstraints(pattern=r"^[0-9]{1,20}$")]
    title: Filled
    price: Price | None = None
    price_min: Price | None = None
    price_max: Price | None = None
    currency: Annotated[StrictStr, StringConstraints(pattern=r"^[A-Z]{3}$")]
    sold: Count | None
    shop_name: Filled
    seller_id: Filled
    location: Text | None
    images: tuple[Filled, ...]
    description_images: tuple[Filled, ...] = ()
    attributes: dict[Text, AttributeText] = {}
    brand: Text | None = None
    is_ad: StrictBool = False
    moq: Annotated[StrictInt, Field(ge=1, le=10**9)] | None = None
    listed_at: Day | None = None
    keywords: tuple[Text, ...] = ()
    state: Literal["on_sale", "sold_out", "removed"] = "on_sale"
    truth: TruthRow | None = None

    @property
    def lowest(self) -> Decimal:
        """The price, or the lower end of its range."""
        low = self.price if self.price is not None else self.price_min
        assert low is not None
        return low

    @property
    def highest(self) -> Decimal:
        """The price, or the upper end of its range."""
        high = self.price if self.price is not None else self.price_max
        assert high is not None
        return high

    @model_validator(mode="after")
    def _one_price(self) -> Row:
        if self.price is not None:
            if self.price_min is not None or self.price_max is not None:
                raise PydanticCustomError("price", "price: stands beside price_min and price_max; give one form")
        elif self.price_min is None or self.price_max is None:
            raise PydanticCustomError("price", "price: is missing (or give both price_min and price_max)")
        elif self.price_min > self.price_max:
            raise PydanticCustomError("price", "price_min: is above price_max")
        return self


class RowError(ValueError):
    """A line that cannot be used. problems : one short text each, without the line's number."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def parse_row(line: bytes) -> tuple[Row, tuple[str, ...]]:
    """The row of a line, and the names of its columns that nobody knows. Raises RowError."""
    value = _json_object(line)
    try:
        # A null in a column that need not be there says what its absence says.
        row = Row.model_validate({k: v for k, v in value.items() if v is not None or k in _REQUIRED})
    except ValidationError as error:
        raise RowError(*(_problem(one) for one in error.errors())) from None
    return row, _unknown(value)


def shown(text: str, limit: int = 60) -> str:
    """A name out of a file as one safe, short piece of a line: no control character reaches a terminal."""
    short = text if len(text) <= limit else text[:limit] + "…"
    return "".join(c if c.isprintable() else "�" for c in short)


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        value = _JSON.decode(line.decode())
    except RowError:
        raise
    except UnicodeDecodeError:
        raise RowError("no UTF-8") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise RowError("no JSON") from None
    if not isinstance(value, dict):
        raise RowError("no JSON object")
    return value


def _no_constant(name: str) -> None:
    raise RowError(f"no JSON: {name}")


def _no_twin(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RowError(f"{shown(name)}: stands twice")
        found[name] = value
    return found


_JSON = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_twin)
_COLUMNS = frozenset(Row.model_fields)
_REQUIRED = frozenset(name for name, column in Row.model_fields.items() if column.is_required())
_TRUTH_COLUMNS = frozenset(TruthRow.model_fields)


def _problem(error: Mapping[str, Any]) -> str:
    where = ".".join(shown(str(part)) for part in error["loc"])
    what = mistake(error)
    return f"{where}: {what}" if where else what


def _unknown(value: Mapping[str, Any]) -> tuple[str, ...]:
    truth = value.get("truth")
    inner = truth.keys() - _TRUTH_COLUMNS if isinstance(truth, dict) else ()
    return (*sorted(value.keys() - _COLUMNS), *(f"truth.{name}" for name in sorted(inner)))


def catalogue_schema() -> dict[str, Any]:
    """JSON Schema of one line."""
    schema = Row.model_json_schema()
    for name in _COLUMNS - _REQUIRED:
        schema["properties"][name] = _or_null(schema["properties"][name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _or_null(column: dict[str, Any]) -> dict[str, Any]:
    """The schema of a column that may also be null; `parse_row` takes a null there for absence."""
    kinds = column.get("anyOf", [column])
    return column if {"type": "null"} in kinds else {"anyOf": [*kinds, {"type": "null"}]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(catalogue_schema(), indent=2, ensure_ascii=False) + "\n")
