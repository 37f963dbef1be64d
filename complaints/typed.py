"""What a person types for a reason text: the differences, a page, an order. Never what the record says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from store.models import Right

MAX_TEXT = 300  # characters of one thing that is typed; the portal takes some 500 for the whole text
MAX_DIFFERENCES = 10
# The places of the templates that a person fills; the record's own (number, registrant, classes, expiry) are not here.
PLACES: dict[str, tuple[str, str]] = {
    "differences": ("the differences from the genuine article", "与正品的不同之处"),
    "model": ("the model, colour or pack that was never made", "从未生产的型号、颜色或包装"),
    "order_no": ("the order number of the test buy", "购买订单号"),
    "bought_on": ("the day of the test buy", "购买日期"),
    "official_page": ("the address of the official page", "官方页面网址"),
    "pictures": ("the numbers of the pictures", "图片序号"),
    "words": ("the words by which the seller says that it is a copy", "卖家自认仿制的用语"),
    "price": ("the price of it and of a genuine article", "该商品与正品的价格"),
    "features": ("the features that are the same", "相同或近似的特征"),
    "explanation": ("the explanation", "具体说明"),
}
_NUMBER = re.compile(r"第\s*([0-9A-Za-z.]{5,})\s*号|(?:no\.?|number|#)\s*([0-9A-Za-z.]{5,})", re.IGNORECASE)
_CLASS = re.compile(r"第\s*(\d{1,2})\s*类|class(?:es)?\s+(\d{1,2})\b", re.IGNORECASE)
_REGISTRANT = re.compile(r"注册人|registrant|有效期至|valid to", re.IGNORECASE)
_REFERENCES = ("order_no", "official_page")  # places that are numbers and addresses themselves


class TypedError(ValueError):
    """Something typed that a reason text may not hold; the message is one sentence."""


def checked(values: Mapping[str, str | Sequence[str]], right: Right | None) -> dict[str, Any]:
    """What was typed, as it is kept. Raises TypedError.

    A text never names a number, registrant or class that differs from the record (COMPLAINTS 11, number 16).
    """
    kept: dict[str, Any] = {}
    for name, given in values.items():
        if name not in PLACES:
            raise TypedError(f"{name!r} is nothing that can be typed; it is one of {', '.join(PLACES)}")
        texts = [given] if isinstance(given, str) else list(given)
        clean = [text for each in texts if (text := _clean(name, each, right))]
        if len(clean) > (MAX_DIFFERENCES if name == "differences" else 1):
            raise TypedError(f"{name}: is given {len(clean)} times")
        if clean:
            kept[name] = clean if name == "differences" else clean[0]
    return kept


def _clean(name: str, text: str, right: Right | None) -> str:
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(text) > MAX_TEXT:
        raise TypedError(f"{name}: is longer than {MAX_TEXT} characters")
    if name == "bought_on" and text:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise TypedError("bought_on: must be a date such as 2026-11-01") from None
    if name == "official_page" and text and not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise TypedError("official_page: must be an address such as https://www.example.com/shoes")
    if name not in _REFERENCES and (wrong := contradiction(text, right)):
        raise TypedError(f"{name}: {wrong}")
    return text


def contradiction(text: str, right: Right | None) -> str | None:
    """What a text says of the right that the record says otherwise, or that only the record may say."""
    number = right.number if right else None
    for found in _NUMBER.finditer(text):
        if (said := found[1] or found[2]).strip(".") != number and any(char.isdigit() for char in said):
            return f"names the number {said}, the record of the right says {number or 'none'}"
    classes = {str(each) for each in right.nice_classes} if right else set()
    for found in _CLASS.finditer(text):
        if (said := found[1] or found[2]).lstrip("0") not in classes:
            return f"names class {said}, which the right does not have"
    if _REGISTRANT.search(text):
        return "registrant and term are written by the record alone"
    return None
