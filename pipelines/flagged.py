"""What goes on to the feed: each flagged listing once, after its detail page was asked for."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.base import SearchSpider
from crawler.flagged import FlaggedLink, from_sighting
from crawler.items import Sighting
from crawler.marketplaces import SITES
from store.models import Right
from store.queries import rights_to_match

Key = tuple[str, str]


class FlaggedPipeline:
    """Sighting -> FlaggedLink, or dropped (it is stored already): not_flagged, awaiting_details, duplicate."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rights: dict[tuple[str, str], Right] = {}
        self.listings: set[Key] = set()
        self.matched: set[Key] = set()
        self.awaiting: set[Key] = set()
        self.done: set[Key] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FlaggedPipeline:
        """Scrapy makes it so."""
        return cls(crawler)

    @property
    def spider(self) -> SearchSpider:
        """The spider that runs."""
        assert isinstance(self.crawler.spider, SearchSpider)
        return self.crawler.spider

    async def open_spider(self) -> None:
        """The rights that rows are made of."""
        self.rights = await asyncio.to_thread(self._rights)

    def _rights(self) -> dict[tuple[str, str], Right]:
        with self.spider.store.reading() as session:
            rights = rights_to_match(session, self.spider.brand.clients, self.spider.brand.unregistered)
        return {(right.client.name, right.right_id): right for right in rights}

    async def process_item(self, item: Sighting) -> FlaggedLink:
        """Hand a flagged card back to the spider for its details; let a whole one pass, once."""
        key = SITES[item.listing.marketplace].id_space, item.listing.item_id
        self._count(item, key)
        flagged = [verdict for verdict in item.verdicts if verdict.flagged]
        if self._wants_details(item, bool(flagged), key):
            self.awaiting.add(key)
            self.crawler.engine.crawl(self.spider.detail_request(item.listing))
            raise DropItem("awaiting_details")
        if not flagged:
            raise DropItem("not_flagged")
        if key in self.done or (item.listing.details is None and key in self.awaiting):
            raise DropItem("duplicate")
        self.done.add(key)
        self.spider.run.counts["flagged"] = len(self.done)
        best = max(flagged, key=lambda verdict: verdict.score)
        return from_sighting(item.listing, best, self.rights.get((best.client, best.right or "")))

    def _count(self, item: Sighting, key: Key) -> None:
        self.listings.add(key)
        if any(verdict.matched for verdict in item.verdicts):
            self.matched.add(key)
        self.spider.run.counts["listings"] = len(self.listings)
        self.spider.run.counts["matched"] = len(self.matched)

    def _wants_details(self, item: Sighting, flagged: bool, key: Key) -> bool:
        wanted = self.spider.arguments.details
        return (
            item.listing.details is None
            and key not in self.awaiting | self.done
            and (wanted == "all" or (wanted == "flagged" and flagged) or (wanted == "first" and not self.awaiting))
        )
