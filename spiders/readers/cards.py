"""From the cards of a result page to the page: each listing once, what could not be read told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from crawler.answers import Kind, Page
from crawler.items import Listing

MAX_CARDS = 10_000  # of one answer; the sites show 48 to 60


def page_of_cards(
    layout: str,
    cards: Iterable[Listing | None],
    *,
    kind: Kind = "search",
    total: int | None = None,
    page: int | None = None,
    pages: int | None = None,
    query: str | None = None,
    empty: str | None = None,
    warnings: Iterable[str] = (),
) -> Page:
    """A page of the cards that are listings; None stands for a card that names no article."""
    kept: dict[str, Listing] = {}
    nameless = 0
    warnings = list(warnings)
    for number, card in enumerate(cards):
        if number == MAX_CARDS:
            warnings.append(f"cards after the first {MAX_CARDS} were not read")
            break
        if card is None:
            nameless += 1
        else:
            kept[card.item_id] = merge(kept[card.item_id], card) if card.item_id in kept else card
    if nameless:
        warnings.append(f"cards without an item id: {nameless}")
    if opaque := sum(not number.isdecimal() for number in kept):
        warnings.append(f"ids that no public address is made of: {opaque}")
    listings = tuple(kept.values())
    return Page(
        layout=layout,
        kind=kind,
        listings=listings,
        total=total,
        query=query,
        page=page,
        pages=pages,
        empty=empty,
        warnings=tuple(warnings),
    )


def merge(card: Listing, twin: Listing) -> Listing:
    """An article that stands twice on a page, as an advertisement and as a result: one row, the first position."""
    unknown = {f.name: getattr(twin, f.name) for f in fields(Listing) if getattr(card, f.name) in (None, (), {})}
    changes: dict[str, Any] = {
        **unknown,
        "is_ad": _either(card.is_ad, twin.is_ad),
        "is_recommended": bool(card.is_recommended and twin.is_recommended),
    }
    if "tmall" in (card.marketplace, twin.marketplace):  # the advertisement's link does not tell
        changes["marketplace"] = "tmall"
        changes["url"] = card.url if card.marketplace == "tmall" else twin.url
    return replace(card, **changes)


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one is None and other is None:
        return None
    return bool(one or other)
