"""One saved page: HTML as the browser's own "save as" and SingleFile write it, JSON and JSONP as they came.

Pictures that were saved with it get an address under `saved.invalid` (no such host can be, RFC 2606) where their own
is not known, so that a listing can name them.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from crawler.answers import Answer
from crawler.archives.stored import ArchiveError, Kind, Stored, is_picture
from crawler.decoding import MAX_BODY
from crawler.pictures import SAVED_PICTURES

HEAD = 64 * 2**10  # bytes in which a page says where it was saved from
SMALLEST = 1_000  # bytes of a picture; smaller ones hold the place of those that come later
MAX_PICTURES = 2_000  # of one page

_SAVED_FROM = re.compile(
    rb"<!--\s{0,20}(?:Page saved with|Archive processed by) SingleFile\s{1,20}url:\s{0,20}(https?://[!-~]{1,8000})"
    rb"|<!--\s{0,20}saved from url=\(\d{1,6}\)(https?://[!-~]{1,8000})"
)
_IMAGE = re.compile(rb"<img\b[^<>]*>", re.I)
_DATA = re.compile(rb"(\ssrc\s*=\s*)([\"']?)data:image/[a-z]{3,5};base64,([A-Za-z0-9+/=\s]*+)\2", re.I)
# SingleFile's own, where it was told to keep them, and what pages use for pictures that come when they are seen.
_ITS_ADDRESS = re.compile(
    rb"\sdata-(?:sf-original-src|src|ks-lazyload|lazy-src|lazyload-src|lazy)\s*=\s*[\"']?((?:https?:)?//[^\s\"'>]{1,2000})",
    re.I,
)
_BESIDE = re.compile(
    rb"([\"'(])(?:\./)?([^\"'()<>/\s][^\"'()<>/]{0,300}(?:_files|\.files))/([^\"'()<>/?#]{1,300})", re.I
)


def page_answers(data: bytes, name: str, kind: Kind = "page", beside: str | None = None) -> Iterator[Stored]:
    """A page, and the pictures inside it. Raises ArchiveError where it is too large.

    beside : name of the folder that the browser made for its pictures, if there is one
    """
    address = _SAVED_FROM.search(data[:HEAD])
    pictures: dict[str, bytes] = {}
    if address:
        data = _IMAGE.sub(lambda tag: _taken_out(tag.group(), pictures), data)
    if beside:
        data = _BESIDE.sub(lambda found: _renamed(found, beside), data)
    if len(data) > MAX_BODY:
        raise ArchiveError(f"{name}: larger than {MAX_BODY >> 20} MB, no page of a marketplace")
    url = (address.group(1) or address.group(2)).decode("ascii", "replace") if address else None
    yield Stored(answer=Answer(data, url), name=name, kind=kind)
    for number, (where, body) in enumerate(pictures.items(), 1):
        yield Stored(answer=Answer(body, where), name=f"{name}, picture {number}", kind="photo")


def companion_address(folder: str, file: str) -> str:
    """The address of a picture in the folder that a browser keeps beside a page."""
    return SAVED_PICTURES + quote(folder, safe="", errors="replace") + "/" + quote(file, safe="!", errors="replace")


def _renamed(found: re.Match[bytes], beside: str) -> bytes:
    folder, file = (unquote(found.group(number).decode("utf-8", "replace")) for number in (2, 3))
    return found.group(1) + companion_address(folder, file).encode() if folder == beside else found.group()


def _taken_out(tag: bytes, pictures: dict[str, bytes]) -> bytes:
    """An image element that names its picture instead of holding it."""
    data = _DATA.search(tag)
    if data is None or len(data.group(3)) < SMALLEST or len(pictures) >= MAX_PICTURES:
        return tag
    try:
        body = binascii.a2b_base64(data.group(3))
    except ValueError:
        return tag
    if not is_picture(body):
        return tag
    known = _ITS_ADDRESS.search(tag)
    if known:
        url = re.sub(r"^//", "https://", known.group(1).decode("ascii", "replace"))
    else:
        url = f"{SAVED_PICTURES}{hashlib.sha256(body).hexdigest()}.jpg"
    pictures.setdefault(url, body)
    return tag[: data.start()] + data.group(1) + b'"' + url.encode() + b'"' + tag[data.end() :]
