"""The photos of a listing: fetched once, bounded, from the marketplace's own picture hosts only."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from matchers.image.decode import PictureError, checked_kind, decode
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from crawler.base import SearchSpider
from crawler.items import Listing, Sighting
from crawler.marketplaces import is_image_host
from matchers.types import Picture
from store.queries import known_photos
from store.records import PhotoRecord


@dataclass(frozen=True)
class _Fetched:
    photo: PhotoRecord
    picture: Picture


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
        """Fetch what is not here yet, each address once a run."""
        limit = self.spider.config.photos.per_listing if item.source == "detail" or item.details else 1
        urls = [url for url in item.image_urls if self._allowed(item, url)][:limit]
        known = await asyncio.to_thread(self._known, urls)
        found = await asyncio.gather(*(self._one(url, known.get(url)) for url in urls))
        got = [(position, url, each) for position, (url, each) in enumerate(zip(urls, found, strict=True), 1) if each]
        return Sighting(
            listing=item,
            photos=tuple(_shown(each.photo, url, position) for position, url, each in got),
            pictures=tuple(each.picture for _, _, each in got),
        )

    def _allowed(self, item: Listing, url: str) -> bool:
        if is_image_host(item.marketplace, url):
            return True
        self.spider.run.counts["photos.foreign_host"] += 1
        return False

    def _known(self, urls: list[str]) -> dict[str, _Fetched]:
        """Photos of earlier runs, from the data folder."""
        fresh = [url for url in urls if url not in self.fetching]
        with self.spider.store.reading() as session:
            rows = known_photos(session, fresh) if fresh else {}
        found = {}
        for url, row in rows.items():
            data = self.spider.blobs.get(row.sha256)
            if data is not None:
                photo = PhotoRecord(
                    sha256=row.sha256,
                    url=url,
                    bytes=row.bytes,
                    width=row.width,
                    height=row.height,
                    format=row.format,
                    position=1,
                )
                found[url] = _Fetched(photo, Picture(key=row.sha256, data=data))
        return found

    async def _one(self, url: str, known: _Fetched | None) -> _Fetched | None:
        if known:
            return known
        if url not in self.fetching:
            self.fetching[url] = asyncio.create_task(self._fetch(url))
        return await asyncio.shield(self.fetching[url])

    async def _fetch(self, url: str) -> _Fetched | None:
        counts = self.spider.run.counts
        try:
            request = Request(url, callback=NO_CALLBACK)
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # refused, timed out, too large: the listing is scored without it
            counts[f"photos.{type(error).__name__}"] += 1
            return None
        if response.status != 200:
            counts[f"photos.http_{response.status}"] += 1
            return None
        try:
            return await asyncio.to_thread(self._keep, url, response.body)
        except PictureError as error:
            counts[f"photos.{error}"] += 1
            return None

    def _keep(self, url: str, data: bytes) -> _Fetched:
        height, width = decode(data, max_pixels=self.spider.config.photos.max_pixels).shape[:2]
        sha256 = self.spider.blobs.put(data)
        photo = PhotoRecord(
            sha256=sha256,
            url=url,
            bytes=len(data),
            width=width,
            height=height,
            format=checked_kind(data),
            position=1,
        )
        return _Fetched(photo, Picture(key=sha256, data=data))


def _shown(photo: PhotoRecord, url: str, position: int) -> PhotoRecord:
    return PhotoRecord(
        sha256=photo.sha256,
        url=url,
        bytes=photo.bytes,
        width=photo.width,
        height=photo.height,
        format=photo.format,
        position=position,
    )
