"""AliExpress's affiliate API: what is asked, how it is signed, and what its refusals mean (FACTS 6).

The keys come from the environment alone. A request is known by its public parameters everywhere in a crawl; it is
signed at the moment it is sent (`crawler.transports.signed`), so that no log, archive or database sees a key, and the
timestamp is that of the sending.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.answers import Answer, Outcome, Reader, Reading
from crawler.config import ConfigError
from crawler.queries import Query
from crawler.reading import read
from crawler.walls import one_line

GATEWAY = "https://api-sg.aliexpress.com/sync"
METHOD = "aliexpress.affiliate.product.query"
PAGE_SIZE = 50  # the most that the API gives
ENVIRONMENT = "BAZAARWATCH_ALIEXPRESS_"
REQUIRED, TRACKING = ("APP_KEY", "APP_SECRET"), "TRACKING_ID"
_SORTS = {"sale-desc": "LAST_VOLUME_DESC", "price-asc": "SALE_PRICE_ASC", "price-desc": "SALE_PRICE_DESC"}

# Codes of the gateway by name, and by number where it speaks as the Taobao Open Platform does.
_LIMITS = frozenset({"AppApiCallLimit", "ApiCallLimit", "AppCallLimit", "7"})
_CLOCK = frozenset({"IllegalTimestamp", "InvalidTimestamp", "MissingTimestamp", "30", "31"})
_SIGNATURE = frozenset({"IncompleteSignature", "InvalidSignature", "MissingSignature", "24", "25"})
_KEY = frozenset({"InvalidAppKey", "MissingAppKey", "28", "29"})
_RIGHTS = frozenset({"InsufficientPermission", "InsufficientIsvPermission", "11"})
_ADVICE = (
    (_SIGNATURE, f"the signature was not accepted: is {ENVIRONMENT}APP_SECRET the secret of that key?"),
    (_KEY, f"the key is not known: check {ENVIRONMENT}APP_KEY"),
    (_RIGHTS, f"this key has no permission for {METHOD}: ask for it in the console of the app"),
)


@dataclass(frozen=True)
class Keys:
    """The operator's credentials; never shown."""

    app_key: str = field(repr=False)
    app_secret: str = field(repr=False)
    tracking_id: str | None = field(default=None, repr=False)


def keys(environment: Mapping[str, str] = os.environ) -> Keys:
    """The keys of the environment. Raises ConfigError with the names of those that are missing or cannot be keys."""
    found = {name: environment.get(f"{ENVIRONMENT}{name}", "").strip() for name in (*REQUIRED, TRACKING)}
    missing = [f"{ENVIRONMENT}{name}" for name in REQUIRED if not found[name]]
    if missing:
        raise ConfigError(f"the affiliate API asks for keys: set {' and '.join(missing)} in the environment")
    odd = [f"{ENVIRONMENT}{name}" for name, value in found.items() if not value.isascii()]
    if odd:
        raise ConfigError(f"{' and '.join(odd)}: not a key, it holds other characters than keys have")
    return Keys(found["APP_KEY"], found["APP_SECRET"], found[TRACKING] or None)


def parameters(query: Query, page: int) -> dict[str, str]:
    """What is asked, without keys: a search for words, 50 a page; prices in hundredths of a US dollar."""
    wanted = {
        "method": METHOD,
        "keywords": query.text,
        "page_no": str(page),
        "page_size": str(PAGE_SIZE),
        "target_currency": "USD",
        "target_language": "EN",
    }
    if query.sort in _SORTS:
        wanted["sort"] = _SORTS[query.sort]
    if query.price:
        low, high = query.price
        wanted |= {"min_sale_price": str(int(low * 100)), "max_sale_price": str(int(high * 100))}
    return wanted


def address(query: Query, page: int) -> str:
    """The request by its public parameters; `form` makes of it what is sent."""
    return f"{GATEWAY}?{urlencode(parameters(query, page))}"


def sign(wanted: Mapping[str, str], secret: str) -> str:
    """Upper-case hex of HMAC-SHA256 over all names and values, sorted by name, without separators."""
    text = "".join(f"{name}{value}" for name, value in sorted(wanted.items()) if name != "sign" and value)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest().upper()


def is_call(url: str) -> bool:
    """Whether a request is one to the API: pictures are fetched by the same crawl."""
    return url.partition("?")[0] == GATEWAY


def form(url: str, known: Keys, now: float | None = None) -> bytes:
    """The body of the POST request: public parameters, key, time (milliseconds) and signature."""
    wanted = dict(parse_qsl(urlsplit(url).query)) | {
        "app_key": known.app_key,
        "sign_method": "sha256",
        "format": "json",
        "timestamp": str(int((time.time() if now is None else now) * 1000)),
    }
    if known.tracking_id:
        wanted["tracking_id"] = known.tracking_id
    return urlencode(wanted | {"sign": sign(wanted, known.app_secret)}).encode()


def veiled(body: bytes, known: Keys) -> bytes:
    """An answer without the keys, which a refusal may repeat. Goods keep theirs: an id may hold the digits of a key."""
    body = body.replace(known.app_secret.encode(), b"***")
    if b'"product_id"' in body:
        return body
    for each in (known.tracking_id, known.app_key):
        body = body.replace(each.encode(), b"***") if each else body
    return body


def outcome(answer: Answer, readers: Sequence[Reader]) -> Reading:
    """What the API answered: goods, none with proof, or a refusal in words that tell what to do. Never raises."""
    error = _error(answer.json)
    if error is not None:
        return _refusal(error, answer)
    reading = read(answer, readers)
    page = reading.page
    if page and reading.outcome is Outcome.UNKNOWN and page.warnings:
        return Reading(Outcome.ERROR, page.warnings[0], page)
    if page is None or page.pages is not None or not page.total:
        return reading
    return replace(reading, page=replace(page, pages=-(-page.total // PAGE_SIZE)))


def is_final(answer: Answer) -> bool:
    """Whether the next call would be refused for the same reason: keys, rights, clock."""
    return _code(_error(answer.json) or {}) in _CLOCK.union(*(codes for codes, _ in _ADVICE))


def _refusal(error: Mapping[str, Any], answer: Answer) -> Reading:
    said = (_code(error), error.get("msg") or error.get("message"), error.get("sub_code"), error.get("sub_msg"))
    told = one_line(" ".join(str(each) for each in said if each))
    if said[0] in _LIMITS:
        return Reading(Outcome.RATE_LIMITED, told)
    if said[0] in _CLOCK:
        return Reading(Outcome.ERROR, one_line(f"{_clock(answer)}; set the clock and run again ({told})"))
    advice = next((words for codes, words in _ADVICE if said[0] in codes), None)
    return Reading(Outcome.ERROR, one_line(f"{advice} ({told})") if advice else told)


def _code(error: Mapping[str, Any]) -> str:
    return str(error.get("code", ""))[:60]


def _error(value: Any) -> Mapping[str, Any] | None:
    """The gateway's error, in an envelope or bare."""
    if not isinstance(value, dict):
        return None
    error = value.get("error_response")
    if isinstance(error, dict):
        return error
    return value if value.get("type") in ("ISV", "ISP", "SYSTEM") and "code" in value else None


def _clock(answer: Answer) -> str:
    """How wrong the clock is, by the time that the answer carries."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        minutes = round((datetime.now(UTC) - theirs).total_seconds() / 60)
    except (ValueError, TypeError, OverflowError):
        return "the clock of this machine is wrong"
    if not minutes:
        return "the time that was sent was not accepted"
    return f"the clock of this machine is {abs(minutes)} minutes {'fast' if minutes > 0 else 'slow'}"
