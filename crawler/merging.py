"""A search card and its detail page are one listing."""

from __future__ import annotations

from dataclasses import replace

from crawler.items import Listing

OF_THE_CARD = (
    "query",
    "position",
    "is_ad",
    "is_recommended",
    "sold",
    "sold_text",
)  # the detail page knows less of these


def merge(card: Listing, detail: Listing) -> Listing:
    """A card with what its detail page adds; where both know, the detail page is right."""
    known = {
        name: value
        for name in Listing.__dataclass_fields__
        if (value := getattr(detail, name)) not in (None, "", (), {})
    }
    for name in OF_THE_CARD:
        if getattr(card, name) is not None:
            known.pop(name, None)
    return replace(card, **{"details": "seen", **known})  # "missing": the page was there, and not its goods
