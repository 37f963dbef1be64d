"""What a site searched for, and whether it is what was asked.

1688 reads the keyword in an address as GBK; a keyword sent as UTF-8 turns into other characters, and the site shows
unrelated goods without a word (FACTS 3). What it says it searched for is the only sign.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

from spiders.readers.fields import text

MAX_KEYWORD = 200  # characters
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_HAN = re.compile("[\u4e00-\u9fff]")
_RUNS = re.compile(r"(?P<before>[\ufffd?]*)(?P<whole>[^\ufffd?]+)(?=(?P<after>[\ufffd?]?))")  # between lost bytes


def keyword_in(url: str | None, *names: str) -> str | None:
    """The keyword in an address: UTF-8 where its bytes are UTF-8, else GBK. None when there is none."""
    try:
        query = parse_qs(urlsplit((url or "")[:8000]).query, encoding="latin-1", max_num_fields=200)
    except ValueError:
        return None
    value = next((query[name][0] for name in names if query.get(name)), "")[:MAX_KEYWORD]
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:  # it stands there as it is
        return value.strip()
    try:
        return raw.decode("utf-8").strip() or None
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace").strip() or None


def as_gbk(keyword: Any, charset: Any = None) -> str | None:
    """A keyword that a page hands on in percent signs: the site reads its bytes as GBK, unless another is named."""
    if not isinstance(keyword, str) or not _ESCAPED.search(keyword[:2000]) or not keyword.isascii():
        return text(keyword, limit=MAX_KEYWORD)
    named = isinstance(charset, str) and charset.lower() in ("utf8", "utf-8")
    return text(unquote_to_bytes(keyword[:2000]).decode("utf-8" if named else "gb18030", errors="replace"))


def meant(keyword: str) -> str | None:
    """What was meant by a keyword whose UTF-8 bytes were read as GBK; None for one that is not garbled.

    Beside a byte that was lost, a character may be cut.
    """
    decoded = ""
    for run in _RUNS.finditer(keyword[:MAX_KEYWORD]):
        piece = run.group("whole").encode("gb18030", errors="replace").decode("utf-8", errors="replace")
        piece = piece.lstrip("\ufffd") if run.group("before") else piece
        piece = piece.rstrip("\ufffd") if run.group("after") else piece
        if "\ufffd" in piece:
            return None
        decoded += piece
    return decoded if decoded != keyword and _HAN.search(decoded) else None


def doubts(asked: str | None, searched: str | None) -> list[str]:
    """Why a page may show other goods than those that were asked for, in words; nothing when all is well.

    asked : the keyword in the page's own address
    searched : the keyword that the page says it searched for
    """
    if searched and (right := meant(searched)):
        return [f"the site searched for the garbled {searched!r}, meant was {right!r}"]
    if asked and searched and _folded(asked) != _folded(searched):
        return [f"the site searched for {searched!r}, asked was {asked!r}"]
    return []


def _folded(keyword: str) -> str:
    return "".join(keyword.lower().split())
