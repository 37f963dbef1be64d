"""What is wrong with a line of a catalogue, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PATTERNS = {"item_id": "must be 1 to 20 digits", "currency": "must be three capital letters, such as CNY"}


def mistake(error: Mapping[str, Any]) -> str:
    """What one error of pydantic's says of its column."""
    context = error.get("ctx") or {}
    column = error["loc"][0] if error["loc"] else ""
    plain = {
        "missing": "is missing",
        "string_type": 'must be text, such as "700000000001"' if column == "item_id" else "must be text",
        "string_pattern_mismatch": _PATTERNS.get(str(column), "is empty"),
        "tuple_type": 'must be a list, such as ["one", "two"]',
        "int_type": "must be a whole number",
        "bool_type": "must be true or false",
        "dict_type": "must be an object",
        "model_type": "must be an object",
        "literal_error": f"must be {str(context.get('expected')).replace(chr(39), '')}",
        "greater_than_equal": f"must be {context.get('ge')} or more",
        "less_than_equal": f"must be {context.get('le')} or less",
    }
    message: str = error["msg"]
    return plain.get(error["type"], message)
