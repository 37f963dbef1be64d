"""Scoring, off the event loop: every client's marks against every listing."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from scrapy.crawler import Crawler

from crawler.base import SearchSpider
from crawler.items import Listing, Sighting
from crawler.marketplaces import SITES
from matchers.scorer import Scorer, full_scorer
from matchers.types import Goods, Picture, Verdict
from pipelines.facts import facts_of
from pipelines.portfolios import portfolios
from pipelines.weights import weights_of
from store.queries import rights_to_match

THREADS = 2  # OpenCV lets go of the interpreter while it works; more threads than cores gain nothing


class ScorePipeline:
    """Sighting -> the same with a verdict for each client of the brand."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.scorers: list[Scorer] = []
        self.executor = ThreadPoolExecutor(THREADS, thread_name_prefix="score")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ScorePipeline:
        """Scrapy makes it so."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Load marks, weights and what is known of sellers, and build the matchers: once a run."""
        spider = self.crawler.spider
        assert isinstance(spider, SearchSpider)
        await asyncio.get_running_loop().run_in_executor(self.executor, self._build, spider)

    def _build(self, spider: SearchSpider) -> None:
        brand = spider.brand
        with spider.store.reading() as session:
            rights = rights_to_match(session, brand.clients, brand.unregistered)
            names = dict.fromkeys(right.client.name for right in rights)
            weights = {name: weights_of(session, name) for name in names}
            facts = {name: facts_of(session, name) for name in names}
        config = spider.config
        clients = portfolios(rights, spider.blobs, config.nicknames)
        read = config.photos
        self.scorers = [
            full_scorer(
                client,
                config.cny_per,
                words=read.words,
                twice=read.words_twice,
                folder=bank_folder(config.data, client.client),
                weights=weights[client.client],
                facts=facts[client.client],
            )
            for client in clients
        ]

    async def process_item(self, item: Sighting) -> Sighting:
        """Score in a thread; the pictures' bytes are let go."""
        loop = asyncio.get_running_loop()
        verdicts = await loop.run_in_executor(self.executor, self._score, goods(item.listing, item.pictures))
        return replace(item, verdicts=tuple(verdicts), pictures=())

    def _score(self, one: Goods) -> list[Verdict]:
        return [scorer.score([one])[0] for scorer in self.scorers]

    async def close_spider(self) -> None:
        """Let the threads go."""
        self.executor.shutdown(wait=False)


def bank_folder(data: Path, client: str) -> Path:
    """Where what is measured of a client's photos lies; a client may be called anything."""
    return data / "banks" / sha256(client.encode()).hexdigest()[:16]


def goods(listing: Listing, pictures: tuple[Picture, ...]) -> Goods:
    """A listing as the matchers see it."""
    return Goods(
        marketplace=listing.marketplace,
        item_id=listing.item_id,
        id_space=SITES[listing.marketplace].id_space,
        title=listing.title or "",
        brand=listing.brand,
        attributes=listing.attributes,
        price=listing.price_min,
        price_high=listing.price_max,
        price_tiers=tuple((tier.quantity, tier.price) for tier in listing.price_tiers),
        currency=listing.currency,
        seller_id=listing.seller_id,
        shop_name=listing.shop_name,
        location=listing.location,
        pictures=pictures,
    )
