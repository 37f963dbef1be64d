"""One saved answer to listings: what `bazaarwatch parse MARKETPLACE FILE` does. Files are known by content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from crawler.decoding import MAX_BODY
from crawler.items import Listing
from crawler.marketplaces import site
from crawler.reading import Answer, Outcome, Page, Reader, Reading, read
from crawler.walls import one_line
from spiders.readers import ali1688, alibaba, aliexpress, taobao

READERS: Mapping[str, tuple[Reader, ...]] = {
    "taobao": taobao.SAVED_READERS,
    "tmall": taobao.SAVED_READERS,
    "1688": ali1688.SAVED_READERS,
    "alibaba": alibaba.SAVED_READERS,
    "aliexpress": aliexpress.SAVED_READERS,
}

_EXIT_CODES = {
    **dict.fromkeys((Outcome.PAGE, Outcome.EMPTY, Outcome.GONE), 0),
    **dict.fromkeys((Outcome.BLOCKED, Outcome.LOGIN_REQUIRED, Outcome.RATE_LIMITED, Outcome.HANDSHAKE), 3),
    **dict.fromkeys((Outcome.ERROR, Outcome.UNKNOWN), 4),
}
# What would break a line or turn a terminal's text around; JSON can say it in ASCII.
_NOT_IN_A_LINE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class UnreadableError(Exception):
    """The file cannot be read; the message is one line for the user."""


def parse_file(marketplace: str, path: Path, url: str | None = None) -> Reading:
    """Read a saved answer with the layouts of a marketplace; `url` is where it came from, if that is known.

    Raises `UnreadableError`, `crawler.marketplaces.UnknownMarketplaceError`.
    """
    known = site(marketplace)
    return read(Answer(_bytes(path), url), READERS.get(known.name, ()))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BODY + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "not a file name"
        raise UnreadableError(one_line(f"{path}: {reason}")) from None
    if len(body) > MAX_BODY:
        raise UnreadableError(one_line(f"{path}: larger than {MAX_BODY >> 20} MB, no page of a marketplace"))
    return body


def exit_code(reading: Reading) -> int:
    """0 read, empty or gone with proof; 3 a wall; 4 an API's error or no known layout."""
    return _EXIT_CODES[reading.outcome]


def line(reading: Reading) -> str | None:
    """What is to be said beside the listings, one line; None when nothing is."""
    if reading.outcome is Outcome.PAGE:
        return _beside_listings(reading.page) if reading.page else None
    if reading.outcome is Outcome.ERROR:
        return reading.signal
    return f"{'unknown layout' if reading.outcome is Outcome.UNKNOWN else reading.outcome}: {reading.signal}"


def _beside_listings(page: Page) -> str | None:
    if page.empty:
        return f"empty: {page.empty}; what follows are recommendations"
    return one_line(f"warning: {'; '.join(page.warnings)}") if page.warnings else None


def listing_to_json(listing: Listing) -> str:
    """A listing as one line of JSON: prices as text, times as ISO 8601, nothing that breaks the line."""
    written = json.dumps(asdict(listing), ensure_ascii=False, default=_plain)
    return _NOT_IN_A_LINE.sub(lambda odd: f"\\u{ord(odd.group()):04x}", written)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else str(value)
