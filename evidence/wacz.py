"""A page's exchanges as a WACZ 1.1.1: a zip with the WARC, an index, the list of pages, and hashes of them all.

Written here and not by the `wacz` package, whose pinned requirements clash with ours; a test has that tool check it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from crawler import __version__
from crawler.archives.records import Exchange, write_exchange, write_information
from crawler.archives.warc import DERIVED
from crawler.redaction import Redactor

WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdx"
PAGES = "pages/pages.jsonl"
SOFTWARE = f"bazaarwatch {__version__}"


@dataclass(frozen=True, slots=True)
class Opened:
    """The page that the archive is of. at : when; its document is found by address and time"""

    url: str
    title: str
    at: datetime


def wacz(exchanges: Sequence[Exchange], page: Opened, redactor: Redactor) -> bytes:
    """The whole file. Credentials are taken out; `redactor` knows them afterwards."""
    warc = _warc(exchanges, page, redactor)
    rows = sorted(_index(warc))
    files = {WARC: warc, INDEX: "".join(f"{row}\n" for row in rows).encode(), PAGES: _pages(page, redactor)}
    package = _json(_package(files, page, redactor))
    digest = _json({"path": "datapackage.json", "hash": _hash(package)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, data in {**files, "datapackage.json": package, "datapackage-digest.json": digest}.items():
            kind = zipfile.ZIP_STORED if name == WARC else zipfile.ZIP_DEFLATED  # a WARC is read in the middle
            box.writestr(zipfile.ZipInfo(name, page.at.astimezone(UTC).timetuple()[:6]), data, kind)
    return out.getvalue()


def _warc(exchanges: Sequence[Exchange], page: Opened, redactor: Redactor) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    write_information(writer, "data.warc.gz", {"description": f"one listing, {page.at.isoformat()}"})
    for exchange in exchanges:
        write_exchange(writer, exchange, redactor)
    return out.getvalue()


def _index(warc: bytes) -> Iterator[str]:
    """CDXJ, a line an answer. What was drawn and not received is not replayed in its place."""
    records = ArchiveIterator(io.BytesIO(warc))
    for record in records:
        fields = record.rec_headers
        if record.rec_type != "response" or fields.get_header(DERIVED):
            continue
        record.content_stream().read()
        url, at = fields.get_header("WARC-Target-URI"), fields.get_header("WARC-Date")
        row = {
            "url": url,
            "mime": (record.http_headers.get_header("Content-Type") or "unknown").partition(";")[0].strip(),
            "status": record.http_headers.get_statuscode(),
            "digest": fields.get_header("WARC-Payload-Digest"),
            "length": str(records.get_record_length()),
            "offset": str(records.get_record_offset()),
            "filename": "data.warc.gz",
        }
        yield f"{surt(url)} {_digits(at)} {json.dumps(row)}"


def surt(url: str) -> str:
    """An address turned so that its host sorts from the right: com,taobao,item)/item.htm?id=1."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}){parts.path or '/'}{'?' + query if query else ''}".lower()


def _digits(moment: str) -> str:
    return "".join(char for char in moment if char.isdigit())[:14]


def _pages(page: Opened, redactor: Redactor) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    row = {"id": "page1", "url": redactor.url(page.url), "ts": _moment(page.at), "title": page.title}
    return b"".join(json.dumps(each, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for each in (head, row))


def _package(files: dict[str, bytes], page: Opened, redactor: Redactor) -> dict[str, Any]:
    resources = [
        {"name": name.rpartition("/")[2], "path": name, "hash": _hash(data), "bytes": len(data)}
        for name, data in files.items()
    ]
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": page.title,
        "created": _moment(page.at),
        "software": SOFTWARE,
        "mainPageUrl": redactor.url(page.url),
        "mainPageDate": _moment(page.at),
        "resources": resources,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")
