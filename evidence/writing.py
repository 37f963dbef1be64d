"""From what was seen to a sealed bundle, and what in it must be there for it to be evidence."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.items import Listing
from crawler.marketplaces import SITES, image_key
from crawler.redaction import Redactor
from evidence import layout
from evidence.drafts import Draft, Sealed
from evidence.photos import ENDINGS, Delivered, delivered, facts, words
from evidence.seen import Drawn, Seen
from evidence.strips import is_blank, stamped
from evidence.surroundings import environment
from evidence.wacz import Opened, wacz

TOOL = f"bazaarwatch {__version__}"
_TAG = re.compile(r"<[^<>]{0,300}>")


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where bundles go, and what is known of the machine that makes them.

    transport : live or sandbox; profile : whether the operator's own login was used; by : who captures
    words : whether text in pictures is read
    """

    root: Path
    transport: str
    fonts: list[str]
    profile: bool = False
    by: str = "operator"
    words: bool = True
    max_pixels: int = 50_000_000


def write(seen: Seen, room: Room) -> Sealed:
    """Seal what was seen, complete or not. Raises EvidenceError. Slow: for a thread."""
    target, redactor = seen.target, Redactor()
    place = layout.listing_folder(target.marketplace, target.item_id)
    with Draft(room.root, place, seen.at, TOOL) as draft:
        return _filled(draft, seen, room, redactor)


def _filled(draft: Draft, seen: Seen, room: Room, redactor: Redactor) -> Sealed:
    browser = seen.browser.get("product") or "browser"
    pictures = delivered(seen.listing, seen.exchanges) if seen.listing else []
    title = (seen.listing.title if seen.listing else None) or seen.target.item_id
    draft.add(layout.WACZ, wacz(seen.exchanges, Opened(seen.url, title, seen.at), redactor))
    draft.add(layout.PAGE, redactor.body(seen.html.encode("utf-8", "replace")), tool=browser)
    _screens(draft, seen, redactor.url(seen.url), browser)
    _pictures(draft, pictures, room)
    _seller(draft, seen, redactor, browser)
    missing = lacking(seen, pictures)
    texts = {
        layout.HEADERS: _headers(seen, redactor),
        layout.TLS: {"as_the_browser_reports": dict(seen.hosts)},
        layout.ENVIRONMENT: environment(seen.browser, room.transport, profile=room.profile, fonts=room.fonts),
        layout.PARSED: asdict(seen.listing) if seen.listing else {"state": "gone", "proof": seen.reading.signal},
    }
    for name, value in texts.items():
        draft.add(name, redactor.body(as_json(value)))
    draft.add(layout.ACTIONS, redactor.body("".join(f"{each}\n" for each in seen.log.lines).encode("utf-8", "replace")))
    return draft.seal(_about(seen, room, pictures, redactor), missing)


def _screens(draft: Draft, seen: Seen, url: str, browser: str) -> None:
    draft.add(layout.FOLD, seen.fold, tool=browser)
    draft.add(layout.FOLD_STAMPED, stamped(seen.fold, url, seen.at), made_from=[layout.FOLD])
    for number, part in enumerate(seen.full, 1):
        more = "" if number == 1 else f"_{number}"
        raw = layout.FULL.replace(".png", f"{more}.png")
        draft.add(raw, part, tool=browser)
        draft.add(
            layout.FULL_STAMPED.replace("_stamped", f"{more}_stamped"),
            stamped(part, url, seen.at, jpeg=True),
            made_from=[raw],
        )


def _pictures(draft: Draft, pictures: list[Delivered], room: Room) -> None:
    for each in pictures:
        path = f"{layout.IMAGES}/{each.name}"
        draft.add(f"{path}.{ENDINGS.get(each.kind or '', 'bin')}", each.data, tool="as delivered")
        draft.add(f"{path}.json", as_json(facts(each, room.max_pixels)))
    read = list(words(pictures, room.max_pixels)) if room.words else []
    draft.add(layout.OCR, as_json({"read": room.words, "pictures": read}))


def _seller(draft: Draft, seen: Seen, redactor: Redactor, browser: str) -> None:
    if seen.seller:
        draft.add(layout.SELLER_PAGE, redactor.body(seen.seller.html.encode("utf-8", "replace")), tool=browser)
        draft.add(layout.SELLER_SCREEN, seen.seller.screen, tool=browser)


def _headers(seen: Seen, redactor: Redactor) -> list[dict[str, Any]]:
    return [
        {
            "url": redactor.url(each.url),
            "method": each.method,
            "status": each.status,
            "sent": redactor.headers(each.request or ()),
            "received": redactor.headers(each.headers),
        }
        for each in seen.exchanges
        if not each.derived
    ]


def _about(seen: Seen, room: Room, pictures: list[Delivered], redactor: Redactor) -> dict[str, Any]:
    target, listing = seen.target, seen.listing
    return {
        "marketplace": listing.marketplace if listing else target.marketplace,
        "id_space": SITES[target.marketplace].id_space,
        "item_id": target.item_id,
        "url": target.url,
        "shown_at": redactor.url(seen.url),
        "moment": target.moment,
        "title": listing.title if listing else None,
        "state": listing.state if listing else "gone",
        "seller_id": listing.seller_id if listing else None,
        "pictures": {"listed": len(listing.image_urls) if listing else 0, "kept": len(pictures)},
        "transport": room.transport,
        "captured_by": room.by,
    }


def lacking(seen: Seen, pictures: list[Delivered]) -> list[str]:
    """What a reader of the bundle would miss: what was parsed must be what the page shows."""
    missing = list(seen.odd)
    if seen.moved:
        missing.append("address: the page was elsewhere, or went on while it was captured")
    if is_blank(seen.fold):
        missing.append("screen: it is blank")
    if seen.listing:
        missing += _not_shown(seen.listing, seen.drawn, pictures)
    return missing


def _not_shown(listing: Listing, drawn: Drawn, pictures: list[Delivered]) -> list[str]:
    missing = []
    if not listing.title or bare(listing.title) not in bare(drawn.text):
        missing.append("title: the page does not show it")
    main = image_key(listing.image_urls[0]) if listing.image_urls else None
    if main is not None:
        if not any(each.key == main for each in pictures):
            missing.append("main picture: it was not delivered")
        elif not any(each.drawn and image_key(each.url) == main for each in drawn.images):
            missing.append("main picture: the page does not show it")
    return missing


def bare(text: str) -> str:
    """Text to compare: without mark-up, spaces and what nobody sees, in one form of letters.

    A title is parsed as plain text, and a site may show its mark-up as it stands.
    """
    folded = unicodedata.normalize("NFKC", html.unescape(_TAG.sub("", html.unescape(text)))).casefold()
    return "".join(char for char in folded if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))


def as_json(value: object) -> bytes:
    """Plain text for people and programs: times as ISO 8601, amounts as text."""
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n").encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes) else str(value)
