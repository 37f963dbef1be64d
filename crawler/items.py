"""What a spider yields and what a crawl hands out.

Time is UTC and aware, money is `Decimal` beside a currency, ids are strings, an unknown is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from matchers.types import Picture, Verdict
from store.records import PhotoRecord

Source = Literal["search", "detail", "shop", "import"]
Details = Literal["seen", "missing"]
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_TEXTS = (
    "title",
    "sold_text",
    "shop_name",
    "seller_id",
    "seller_url",
    "location",
    "brand",
    "licence_name",
    "licence_no",
)


def now() -> datetime:
    """The present moment, UTC and aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTier:
    """A wholesale step: from `quantity` pieces on, one costs `price`."""

    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One article for sale as one answer showed it; known by (id space, item id), never by its address.

    Fields
    ------
    marketplace : taobao | tmall | 1688 | alibaba | aliexpress
    url : canonical address, rebuilt from the id
    title : plain text (no mark-up, entities resolved)
    price_min, price_max : equal when the site shows one price; in `currency` (ISO 4217)
    sold, sold_text : number of deals shown (a lower bound for "700+"), and the text it came from
    image_urls : absolute addresses of the originals, main picture first
    brand : the listing's own brand attribute
    is_ad, is_recommended : paid place; shown for a loosened query
    position : rank on the answer it came from, starting at 1
    query : the words that were searched when it was seen
    details : None until its detail page was asked for; then whether it could be seen
    state : what the site shows: live | sold_out | gone
    """

    marketplace: str
    item_id: str
    url: str
    title: str | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    currency: str | None = None
    sold: int | None = None
    sold_text: str | None = None
    shop_name: str | None = None
    seller_id: str | None = None
    seller_url: str | None = None
    location: str | None = None
    image_urls: tuple[str, ...] = ()
    brand: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    moq: int | None = None
    price_tiers: tuple[PriceTier, ...] = ()
    stock: int | None = None
    description_image_urls: tuple[str, ...] = ()
    licence_name: str | None = None
    licence_no: str | None = None
    is_ad: bool | None = None
    is_recommended: bool | None = None
    position: int | None = None
    query: str | None = None
    seen_at: datetime = field(default_factory=now)
    source: Source = "search"
    details: Details | None = None
    state: Literal["live", "sold_out", "gone"] = "live"

    def __post_init__(self) -> None:
        """Half characters and NUL, which JSON can smuggle in and no database or CSV file takes, are replaced."""
        for name in _TEXTS:
            value = getattr(self, name)
            if value is not None and _UNWRITABLE.search(value):
                object.__setattr__(self, name, _UNWRITABLE.sub("\ufffd", value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A listing on its way through the pipelines: with its photos, then with a verdict a client.

    pictures : the photos' bytes, between the photo pipeline and the score
    """

    listing: Listing
    photos: tuple[PhotoRecord, ...] = ()
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    verdicts: tuple[Verdict, ...] = ()
