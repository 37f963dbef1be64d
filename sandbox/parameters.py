"""Parameters of a search as scripts and addresses give them: checked, bounded."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sandbox.mtop import BadRequestError


def words(value: object) -> str:
    """Text that can be written again: half a surrogate pair becomes a question mark."""
    return str(value).encode(errors="replace").decode()


def bound(value: object) -> Decimal | None:
    """A bound for prices; None where none is set. Raises BadRequestError."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise BadRequestError from None
    if not number.is_finite():
        raise BadRequestError
    return number


def loose_bound(value: str) -> Decimal | None:
    """A bound in the address of a page: one that means nothing bounds nothing."""
    try:
        return bound(value)
    except BadRequestError:
        return None


def loose_page(value: str) -> int:
    """A page in the address of a page: what is none is the first."""
    try:
        return page_number(value)
    except BadRequestError:
        return 1


def page_number(value: object) -> int:
    """A page, from 1. Raises BadRequestError."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 6 and int(text) >= 1):
        raise BadRequestError
    return int(text)
