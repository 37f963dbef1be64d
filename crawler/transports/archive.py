"""Stored answers in place of a site: no browser and no socket.

What is stored (`crawler.archives`) is read once, in a thread, with the spider's own readers. A search gets its pages in
the order in which they stand, an article's request the page of that article, a picture's request that picture.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from crawler.archives.records import asked_for
from crawler.archives.shelf import Shelf
from crawler.reading import Outcome, Reading
from crawler.transports.addon import transport_of


class ArchiveDownloadHandler:
    """Answers a request of `crawler.browsing` with what is stored: readings in its meta, 404 where there is none."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = Path(transport_of(crawler.settings).where)
        self.shelf: Shelf | None = None
        self.filling: asyncio.Task[None] | None = None
        self.told = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveDownloadHandler:
        """Scrapy makes it so."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Never opens a socket. Raises ArchiveError."""
        shelf = await self._filled()
        ask = request.meta.get("ask")
        if ask is None:
            body = shelf.picture(request.url)
            return Response(request.url, status=404 if body is None else 200, body=body or b"", request=request)
        if ask.item_id is None:
            request.meta["readings"] = self._search(shelf, request.url)
            return TextResponse(request.url, request=request)
        reading = shelf.detail(ask.item_id)
        request.meta["readings"] = iter([reading] if reading else [])
        return TextResponse(request.url, status=200 if reading else 404, request=request)

    async def _filled(self) -> Shelf:
        """The shelf, once the archive is read; whoever asks first has it read."""
        if self.filling is None or self.shelf is None:
            spider: Any = self.crawler.spider
            apis = (spider.search_api, spider.detail_api)
            self.shelf = Shelf(spider.config.data, spider.saved_readers, spider.site.access_group, apis)
            going_on = lambda: self.crawler.crawling  # noqa: E731 # Ctrl-C ends a long reading, too
            self.filling = asyncio.create_task(asyncio.to_thread(self.shelf.fill, self.path, going_on))
        await asyncio.shield(self.filling)
        return self.shelf

    def _search(self, shelf: Shelf, url: str) -> Iterator[Reading]:
        spider: Any = self.crawler.spider
        others = frozenset(asked_for(Request(spider.address(query, 1)).url) for query in spider.searches())
        if not shelf.kept and not self.told:
            self.told = True
            yield Reading(Outcome.UNKNOWN, f"no answer of {spider.site.name} in {self.path.name}")
        yield from shelf.search(asked_for(url), others)

    async def close(self) -> None:
        """The shelf's file ends."""
        if self.shelf is not None:
            self.shelf.close()
