"""Storing, batched: a batch is written when it is full, when it grows old, and at the end; never an item at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Any

from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.base import SearchSpider
from crawler.items import Listing, Sighting
from crawler.marketplaces import SITES
from crawler.progress import tell
from matchers.types import Finding, Reason, Verdict
from store.records import FindingRecord, ListingRecord, SellerRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings

BATCH = 200
SECONDS = 2.0  # a kill loses at most this much, or one batch


class StorePipeline:
    """Keeps every sighting. Writing is done in a thread, one batch at a time."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waiting: list[SightingRecord] = []
        self.lock = asyncio.Lock()
        self.timer: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Scrapy makes it so."""
        return cls(crawler)

    @property
    def spider(self) -> SearchSpider:
        """The spider that runs, with its store."""
        assert isinstance(self.crawler.spider, SearchSpider)
        return self.crawler.spider

    async def open_spider(self) -> None:
        """Start the timer."""
        self.timer = asyncio.create_task(self._tick())

    async def process_item(self, item: Sighting) -> Sighting:
        """Take it into the batch."""
        self.waiting.append(record(item))
        if len(self.waiting) >= BATCH:
            await self.flush()
        return item

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            with suppress(SQLAlchemyError):  # told by flush; the batch waits for the next time
                await self.flush()

    async def flush(self) -> None:
        """Write what waits. What could not be written waits on, and the error is told."""
        async with self.lock:
            batch, self.waiting = self.waiting, []
            if not batch:
                return
            try:
                await asyncio.to_thread(self._write, batch)
            except SQLAlchemyError as error:
                self.waiting = batch + self.waiting
                self.spider.run.counts["errors"] += 1
                tell(f"error: {len(batch)} listings could not be stored: {error.__cause__ or error}"[:300])
                raise

    def _write(self, batch: Sequence[SightingRecord]) -> None:
        with self.spider.store.writing() as session:
            write_sightings(session, batch, self.spider.run.row_id)

    async def close_spider(self) -> None:
        """The last batch."""
        if self.timer:
            self.timer.cancel()
        await self.flush()


def record(item: Sighting) -> SightingRecord:
    """A sighting as the store takes it."""
    return SightingRecord(
        listing=_listing(item.listing),
        photos=item.photos,
        verdicts=tuple(verdict_record(verdict) for verdict in item.verdicts),
        details=item.listing.details,
    )


_SAME = tuple(field.name for field in fields(ListingRecord) if field.name in Listing.__dataclass_fields__)


def _listing(listing: Listing) -> ListingRecord:
    return ListingRecord(
        id_space=SITES[listing.marketplace].id_space,
        seller=_seller(listing),
        content=_content(listing),
        **{name: getattr(listing, name) for name in _SAME},
    )


def _seller(listing: Listing) -> SellerRecord | None:
    if listing.seller_id is None:
        return None
    return SellerRecord(
        seller_id=listing.seller_id,
        shop_name=listing.shop_name,
        url=listing.seller_url,
        location=listing.location,
        licence_name=listing.licence_name,
        licence_no=listing.licence_no,
    )


def _content(listing: Listing) -> dict[str, Any]:
    """What of a listing has no column of its own."""
    return {
        "attributes": dict(listing.attributes),
        "image_urls": list(listing.image_urls),
        "description_image_urls": list(listing.description_image_urls),
        "price_tiers": [[tier.quantity, str(tier.price)] for tier in listing.price_tiers],
        "sold_text": listing.sold_text,
    }


def verdict_record(verdict: Verdict) -> VerdictRecord:
    """A verdict as the store takes it."""
    return VerdictRecord(
        client=verdict.client,
        right=verdict.right,
        rights=dict(verdict.rights),
        score=verdict.score,
        matched=verdict.matched,
        flagged=verdict.flagged,
        authorised=verdict.authorised,
        findings=tuple(_finding(finding) for finding in verdict.findings),
        reasons=_sentences(verdict.reasons),
        band=verdict.band.value,
        against=_sentences(verdict.against),
        evidence=dict(verdict.evidence),
        model=verdict.model,
    )


def _sentences(reasons: Iterable[Reason]) -> tuple[tuple[str, str, str], ...]:
    return tuple((reason.code, reason.en, reason.zh) for reason in reasons)


_SHARED = ("right", "score", "span", "box", "photo", "matched")


def _finding(finding: Finding) -> FindingRecord:
    reason = finding.reason
    return FindingRecord(
        signal=finding.signal.value,
        code=reason.code,
        surface=reason.surface,
        en=reason.en,
        zh=reason.zh,
        **{name: getattr(finding, name) for name in _SHARED},
    )
