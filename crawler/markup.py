"""Texts of a parsed page, each in one pass and with an end: pages nest thousands of elements when they mean harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

MAX_NODES = 1_000  # elements in one card or row

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def words(element: Any, limit: int) -> str | None:
    """All text in an element; None when it is longer than `limit`, or spread over too many elements."""
    pieces = []
    length = 0
    for number, piece in enumerate(_pieces(element)):
        length += len(piece)
        if length > limit or number > 2 * MAX_NODES:
            return None
        pieces.append(piece)
    return "".join(pieces)


def _pieces(element: Any) -> Iterator[str]:
    for node in element.iter():
        yield (node.text or "") if isinstance(node.tag, str) else ""  # a comment's text is none
        if node is not element:
            yield node.tail or ""


def texts(root: Any, *, without: Callable[[Any], bool]) -> Iterator[str]:
    """Each text of a tree, except inside of elements that `without` names."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if without(element):
                walk.skip_subtree()
            elif element.text:
                yield element.text
        elif element.tail:
            yield element.tail


def is_hidden(element: Any) -> bool:
    """By its own style or attribute; what style sheets say is not looked at."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
