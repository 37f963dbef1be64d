"""HTML that a face writes itself: every text is escaped but what was made here."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from sandbox.mtop import script_safe

_VOID = frozenset({"img", "input", "link", "meta"})


class Safe(str):
    """HTML that may stand in a page as it is."""

    __slots__ = ()


def el(name: str, /, *children: str, **attributes: str | None) -> Safe:
    """An element. A child that is not Safe is a text; `class_` is class, `data_pl` data-pl; None leaves one out."""
    named = (f' {_attribute(key)}="{html.escape(value)}"' for key, value in attributes.items() if value is not None)
    start = f"<{name}{''.join(named)}>"
    return Safe(start) if name in _VOID else Safe(f"{start}{joined(*children)}</{name}>")


def joined(*pieces: str) -> Safe:
    """Pieces one after another, those escaped that are not Safe."""
    return Safe("".join(piece if isinstance(piece, Safe) else html.escape(piece) for piece in pieces))


def pager(address: Callable[[int], str], page: int, pages: int) -> Safe:
    """Links to the pages before and after this one; nothing where there is but one. address : of a page"""
    if pages < 2:
        return Safe()
    before = [el("a", "Previous", href=address(page - 1), class_="pager-prev")] if page > 1 else []
    after = [el("a", "Next", href=address(page + 1), class_="pager-next")] if page < pages else []
    return el("nav", *before, el("span", f"{page} / {pages}"), *after, class_="pager")


def in_script(value: Any) -> Safe:
    """A value as JSON within a script: nothing in it can end that script."""
    return Safe(script_safe(value))


def escaped(**pieces: str) -> dict[str, Safe]:
    """Pieces of a page by name, those escaped that are not Safe."""
    return {name: joined(piece) for name, piece in pieces.items()}


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
