"""The photos of a listing: fetched once, bounded, from the marketplace's own picture hosts only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from crawler.base import SearchSpider
from crawler.items import Listing, Sighting
from crawler.marketplaces import SAVED_PICTURES, image_key, is_image_host
from matchers.image.decode import checked_kind, decode
from matchers.image.fingerprints import hex_hash
from matchers.types import Picture, PictureError
from store.queries import known_photos
from store.records import PhotoRecord


@dataclass(frozen=True)
class _Fetched:
    """A photo that lies in the data folder; not yet where it was shown. Holds no bytes: a long run has many."""

    sha256: str
    bytes: int
    width: int
    height: int
    format: str
    pdq: str | None = None

    def shown(self, url: str, position: int) -> PhotoRecord:
        """The photo at its place in a listing."""
        return PhotoRecord(
            sha256=self.sha256,
            url=url,
            key=_key(url),
            bytes=self.bytes,
            width=self.width,
            height=self.height,
            format=self.format,
            pdq=self.pdq,
            position=position,
        )


def _key(url: str) -> str:
    return (image_key(url) or url)[:400]


class PhotosPipeline:
    """Listing -> Sighting with photos and their bytes. A photo that cannot be had is counted, never an error.

    A card gives its main photo; a detail page up to `photos.per_listing`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.fetching: dict[str, asyncio.Task[_Fetched | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PhotosPipeline:
        """Scrapy makes it so."""
        return cls(crawler)

    @property
    def spider(self) -> SearchSpider:
        """The spider that runs, with its store and limits."""
        assert isinstance(self.crawler.spider, SearchSpider)
        return self.crawler.spider

    async def process_item(self, item: Listing) -> Sighting:
        """Fetch what is not here yet, each picture once a run, whatever host serves it."""
        limit = self.spider.config.photos.per_listing if item.source == "detail" or item.details else 1
        urls = [url for url in item.image_urls if self._allowed(item, url)][:limit]
        known = await asyncio.to_thread(self._known, urls)
        found = await asyncio.gather(*(self._one(url, known) for url in urls))
        got = [(url, each) for url, each in zip(urls, found, strict=True) if each]
        return Sighting(
            listing=item,
            photos=tuple(each.shown(url, position) for position, (url, each) in enumerate(got, 1)),
            pictures=await asyncio.to_thread(self._pictures, [each.sha256 for _, each in got]),
        )

    def _pictures(self, hashes: list[str]) -> tuple[Picture, ...]:
        found = ((sha256, self.spider.blobs.get(sha256)) for sha256 in hashes)
        return tuple(Picture(key=sha256, data=data) for sha256, data in found if data is not None)

    def _allowed(self, item: Listing, url: str) -> bool:
        if is_image_host(item.marketplace, url) or (self.spider.archived and url.startswith(SAVED_PICTURES)):
            return True
        self.spider.run.counts["photos.foreign_host"] += 1
        return False

    def _known(self, urls: list[str]) -> dict[str, _Fetched]:
        """Photos of earlier runs, from the data folder."""
        fresh = [key for url in urls if (key := _key(url)) not in self.fetching]
        if not fresh:
            return {}
        with self.spider.store.reading() as session:
            rows = known_photos(session, fresh)
        here = {key: row for key, row in rows.items() if self.spider.blobs.path(row.sha256).exists()}
        return {
            key: _Fetched(row.sha256, row.bytes, row.width, row.height, row.format, row.pdq)
            for key, row in here.items()
        }

    async def _one(self, url: str, known: dict[str, _Fetched]) -> _Fetched | None:
        key = _key(url)
        if key in known:
            return known[key]
        if key not in self.fetching:
            self.fetching[key] = asyncio.create_task(self._fetch(url))
        return await asyncio.shield(self.fetching[key])

    async def _fetch(self, url: str) -> _Fetched | None:
        counts = self.spider.run.counts
        try:
            request = Request(url, callback=NO_CALLBACK)
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # refused, timed out, too large: the listing is scored without it
            counts[f"photos.{type(error).__name__}"] += 1
            return None
        if self.spider.recorder:
            self.spider.recorder.response(response)
        if response.status != 200:
            counts[f"photos.http_{response.status}"] += 1
            return None
        try:
            return await asyncio.to_thread(self._keep, response.body)
        except PictureError as error:
            counts[f"photos.{error}"] += 1
            return None

    def _keep(self, data: bytes) -> _Fetched:
        image = decode(data, max_pixels=self.spider.config.photos.max_pixels)
        height, width = image.shape[:2]
        return _Fetched(self.spider.blobs.put(data), len(data), width, height, checked_kind(data), hex_hash(image))
