"""Bytes to text to values. Every answer is hostile: nothing here raises but `Truncated`, all of it in linear time."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import chompjs

MAX_BODY = 32 * 2**20  # bytes of one answer that are looked at; the largest page seen has 0.8 MB
MAX_OBJECTS = 20  # objects after one marker that are looked at
MAX_DEPTH = 60  # levels that `find_key` goes down; real answers have about 15
MAX_NODES = 1_000_000  # values that it looks at
MAX_DIGITS = 30  # of an integer; longer ones are no id, price or count
META_WINDOW = 512 * 2**10  # bytes in which a charset is looked for; a saved page had it at 155 kB

# What a page calls its charset, and what it is read as: gb18030 holds all of gbk and gb2312 and what pages really use.
_CHARSETS = {
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **{name: name for name in ("windows-1252", "windows-1251", "euc-kr", "shift_jis", "euc-jp")},
}
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.A | re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)

_JSON_START = re.compile(
    r"[\s\ufeff;]*(?:/\*.{0,100}?\*/\s*)?(?:[\w$.]{1,100}\s*&&\s*)?(?:[\w$.]{1,100}\s*\(\s*)?(?=[\[{])", re.A
)
_JSON_END = re.compile(r"[\s;)]*")
_LONGEST_TOKEN = 10  # characters, of those that json reports at their start when they are cut
_BEGUN = re.compile(r"\.|[eE][+-]?|\\?u[0-9a-fA-F]{0,3}|\\")  # of a fraction, an exponent, an escape

_STRING = r"{0}[^{0}\\]*+(?:\\.[^{0}\\]*+)*+{0}?"
_TOKEN = re.compile(
    "|".join([*(_STRING.format(quote) for quote in "\"'`"), r"//[^\n]*+", r"/\*.*?(?:\*/|\Z)", r"[{}]"]), re.S
)
_OPENING = re.compile(r"[\"']?\s*(?:=|:|\()?\s*(?=\{)")


class Truncated(Exception):  # noqa: N818 (what happened to the answer, not a fault of ours)
    """The answer ends in the middle of what it began; the message says of what."""


def decode(body: bytes, content_type: str = "") -> str:
    """Text of an answer. Never raises.

    In this order: the byte order mark; UTF-8 where the bytes are UTF-8 (a browser saves gbk pages as UTF-8 and keeps
    their meta tag); the charset of the header, of the page's meta tag; gb18030.
    """
    body = body[:MAX_BODY]
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, errors="replace")
    declared = _declared_charset(body, content_type)
    text = body.decode("utf-8", errors="replace")
    if _is_utf8(text, body, declared):
        return text
    return body.decode(declared or "gb18030", errors="replace")


def _declared_charset(body: bytes, content_type: str) -> str | None:
    names = _HEADER_CHARSET.findall(content_type[:500])
    names += [name.decode("ascii", errors="replace") for name in _META_CHARSET.findall(body[:META_WINDOW])[:5]]
    return next((_CHARSETS[name.lower()] for name in names if name.lower() in _CHARSETS), None)


def _is_utf8(text: str, body: bytes, declared: str | None) -> bool:
    """A tenth of broken characters is a damaged page, more is another charset."""
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    broken = text.count("\ufffd") - body.count("\ufffd".encode())
    if broken:
        return broken * 10 <= foreign
    # Two-byte sequences alone may be gbk characters by chance; three in a row that fit are Chinese in UTF-8.
    return declared in (None, "utf-8") or not foreign or max(text) >= "\u0800"


def from_json(text: str) -> Any:
    """The object or list of a JSON or JSONP text; None when it is neither. NaN and huge numbers become None.

    Raises `Truncated` when the text ends in the middle of it.
    """
    start = _JSON_START.match(text)
    found = json_at(text, start.end()) if start else None
    return found[0] if found and _JSON_END.fullmatch(text, found[1]) else None


def json_at(text: str, start: int) -> tuple[Any, int] | None:
    """The JSON value that begins at a place in a text, and where it ends; None when none does.

    For a large object in a page: its braces are matched by the decoder itself, in one pass. Raises `Truncated`.
    """
    try:
        return _decoder.raw_decode(text, start)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated string") or _is_begun(text[error.pos :][:_LONGEST_TOKEN].rstrip()):
            raise Truncated("JSON that is cut in the middle") from None
        return None
    except RecursionError:  # about a thousand levels: no answer of a marketplace
        return None


def _is_begun(rest: str) -> bool:
    """Nothing is left of the text, or the beginning of a word, number or escape."""
    words = ("true", "false", "null", "NaN", "-Infinity", "Infinity")
    return any(word.startswith(rest) for word in words) or _BEGUN.fullmatch(rest) is not None


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= MAX_DIGITS else None


def _fraction(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


_decoder = json.JSONDecoder(parse_int=_integer, parse_float=_fraction, parse_constant=lambda _: None, strict=False)


def embedded_objects(text: str, marker: str) -> Iterator[str]:
    """Source text of the object literals that follow a marker: `marker = {`, `marker: {`, `"marker":{`, `marker({`.

    Braces are matched outside of strings and comments; strings may hold braces, quotes and escapes. At most 20 are
    looked at. Raises `Truncated` when the text ends before the literal does.
    """
    position = 0
    for _ in range(MAX_OBJECTS):
        opening = None
        while opening is None:
            found = text.find(marker, position)
            if found < 0:
                return
            position = found + len(marker)
            opening = _OPENING.match(text, position)
        position = opening.end() + 1
        yield text[opening.end() : _closing(text, opening.end(), marker)]


def embedded_object(text: str, marker: str) -> str | None:
    """The first of `embedded_objects`; None when there is none."""
    return next(embedded_objects(text, marker), None)


def _closing(text: str, start: int, marker: str) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token.group() == "{":
            depth += 1
        elif token.group() == "}":
            depth -= 1
            if not depth:
                return token.end()
    raise Truncated(f"{marker.strip()} that is cut in the middle")


def literal_value(literal: str) -> Any:
    """The value of an object literal: JSON, or what JavaScript allows beyond it; None when it holds expressions."""
    try:
        value = from_json(literal)
        return chompjs.parse_js_object(literal) if value is None else value
    except (Truncated, ValueError, RecursionError):  # Truncated: it ends where its braces say, and still is not whole
        return None


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, the nearest to the root first; bounded in depth and number."""
    queue: deque[tuple[Any, int]] = deque([(value, 0)] if isinstance(value, (dict, list)) else ())
    for _ in range(MAX_NODES):
        if not queue:
            return
        node, depth = queue.popleft()
        if isinstance(node, dict):
            yield node
            children: Any = node.values()
        else:
            children = node
        if depth < MAX_DEPTH:
            queue.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def find_all(value: Any, key: str) -> Iterator[Any]:
    """What stands under a key anywhere in a JSON value, the nearest to the root first."""
    return (node[key] for node in objects(value) if key in node)


def find_key(value: Any, key: str) -> Any:
    """The first of `find_all`; None when the key is nowhere."""
    return next(find_all(value, key), None)
