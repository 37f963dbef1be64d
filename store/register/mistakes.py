"""What is wrong with a row of a rights file, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError


def mistakes(error: ValidationError, required: Collection[str]) -> Iterator[str]:
    """One line for each mistake, as `column: what is wrong with it (not 'what was given')`."""
    for problem in error.errors():
        column = str(problem["loc"][0]) if problem["loc"] else ""
        given = problem["input"]
        if column in required and not given:
            yield f"{column}: is missing"
        else:
            shown = f" (not {str(given)[:40]!r})" if column and isinstance(given, str | float) and given != "" else ""
            yield f"{column + ': ' if column else ''}{_words(problem)}{shown}"


def _words(problem: Mapping[str, Any]) -> str:
    context = problem.get("ctx") or {}
    plain = {
        "literal_error": f"must be {str(context.get('expected')).replace(chr(39), '')}",
        "string_too_long": f"is longer than {context.get('max_length')} characters",
        "string_pattern_mismatch": "holds a control character",
        "int_parsing": "must be a whole number",
        "int_parsing_size": "must be a whole number",
        "int_from_float": "must be a whole number",
        "greater_than_equal": f"must be {context.get('ge')} or more",
        "less_than_equal": f"must be {context.get('le')} or less",
    }
    message: str = problem["msg"]
    return plain.get(problem["type"], message.removeprefix("Value error, "))
