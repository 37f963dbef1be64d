"""Evidence of what was flagged, captured while it is crawled (setting `evidence.during_crawl`).

It stands before the store: what it sealed is written down when all listings of the run have been. A kill in between
loses nothing, for sealed bundles are found again by `bazaarwatch evidence`.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import BrowserContext
from scrapy.crawler import Crawler

from crawler.base import SearchSpider
from crawler.budget import NoTurnError
from crawler.config import Config, ConfigError
from crawler.items import Listing, Sighting
from crawler.marketplaces import canonical_url
from crawler.progress import tell
from crawler.reading import WALLS, Outcome, Reading
from evidence.capture import browser, capture, patience_of, room_of
from evidence.drafts import Sealed
from evidence.errors import EvidenceError, NotEvidenceError
from evidence.keeping import ask_for_stamps, write_sealed
from evidence.looking import Patience
from evidence.seen import Target
from evidence.writing import Room
from store.people import SYSTEM


class EvidencePipeline:
    """Captures each flagged listing once its details were seen; one at a time, under the pace of the run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.sealed: list[Sealed] = []
        self.done: set[str] = set()
        self.over: str | None = None
        self.room: Room | None = None
        self.lock = asyncio.Lock()
        self.closing = AsyncExitStack()
        self.own: BrowserContext | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EvidencePipeline:
        """Scrapy makes it so."""
        return cls(crawler)

    @property
    def spider(self) -> SearchSpider:
        """The spider that runs."""
        assert isinstance(self.crawler.spider, SearchSpider)
        return self.crawler.spider

    @property
    def config(self) -> Config:
        """As the run has it."""
        return self.spider.config

    async def process_item(self, item: Sighting) -> Sighting:
        """Look at it once more, as a person would; the crawl goes on whatever comes of it."""
        listing = item.listing
        flagged = any(verdict.flagged for verdict in item.verdicts)
        if flagged and listing.details == "seen" and listing.item_id not in self.done and self._wanted():
            self.done.add(listing.item_id)
            async with self.lock:
                await self._capture(listing)
        return item

    def _wanted(self) -> bool:
        return self.config.evidence.during_crawl and not self.spider.archived and self.over is None

    async def _capture(self, listing: Listing) -> None:
        counts = self.spider.run.counts
        try:
            self.room = self.room or room_of(self.config, self.spider.site.access_group, SYSTEM.name)
            context = self._shared() or await self._opened()
            sealed = await capture(context, self._target(listing), self.room, self._patience())
        except NotEvidenceError as error:
            counts["evidence.refused"] += 1
            if error.outcome in WALLS:
                self.over = error.outcome
                await self.spider.pace.cool_down(Reading(Outcome(error.outcome), str(error)))
            tell(str(error))
        except NoTurnError as error:
            self.over = str(error)
            tell(f"no more evidence in this run: {error}")
        except (EvidenceError, ConfigError) as error:
            counts["evidence.failed"] += 1
            tell(f"error: {error}")
        else:
            self.sealed.append(sealed)
            counts["evidence.incomplete" if sealed.manifest.missing else "evidence.sealed"] += 1

    def _patience(self) -> Patience:
        """The seller's page only where the operator has recorded a basis: robots.txt was asked for articles alone."""
        patience = patience_of(self.config)
        permits = self.config.access_of(self.spider.site.name).permits
        return Patience(patience.seconds, patience.seller and permits)

    def _target(self, listing: Listing) -> Target:
        spider = self.spider
        return Target(
            marketplace=listing.marketplace,
            item_id=listing.item_id,
            url=canonical_url(listing.marketplace, listing.item_id),
            api=spider.detail_api,
            readers=tuple(spider.readers),
            saved_readers=tuple(spider.saved_readers),
            turn=spider.pace.turn,
        )

    def _shared(self) -> BrowserContext | None:
        """The crawl's own browser, which has the profile open."""
        handlers: Any = getattr(getattr(self.crawler.engine, "downloader", None), "handlers", None)
        handler = getattr(handlers, "_handlers", {}).get("https")
        wrapper = getattr(handler, "context_wrappers", {}).get(self.spider.site.access_group)
        return None if wrapper is None else wrapper.context

    async def _opened(self) -> BrowserContext:
        """One of our own, where the crawl needs none. Raises EvidenceError, ConfigError."""
        if self.own is None:
            self.own = await self.closing.enter_async_context(browser(self.config, self.spider.site.access_group))
        return self.own

    async def close_spider(self) -> None:
        """Write down what was sealed, and ask for its timestamps."""
        await self.closing.aclose()
        for sealed in self.sealed:
            await asyncio.to_thread(self._keep, sealed)

    def _keep(self, sealed: Sealed) -> None:
        row = write_sealed(self.spider.store, sealed, SYSTEM)
        ask_for_stamps(self.config, self.spider.store, row.id)
