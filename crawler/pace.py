"""How often a page of a site is opened: one pace and one budget an access group, whoever asks."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

JITTER = 0.5  # half of the delay, either way: Scrapy's own default (DOWNLOAD_DELAY_JITTER)


class BudgetSpentError(Exception):
    """No more pages may be opened in this run."""


class Pace:
    """A page is opened when `turn` returns.

    delay : seconds between two pages, with jitter
    budget : pages that may be opened at all
    """

    def __init__(self, delay: float, budget: int) -> None:
        self.delay = delay
        self.budget = budget
        self._lock = asyncio.Lock()
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn. Raises BudgetSpentError."""
        async with self._lock:
            if self.budget <= 0:
                raise BudgetSpentError
            self.budget -= 1
            await asyncio.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + self.delay * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311


class PaceMiddleware:
    """Requests that open a page wait for a page and for their turn; none is made once the run has stopped."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """Scrapy makes it so."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Photos and robots.txt are not pages; `ask` marks what is."""
        if "ask" not in request.meta:
            return
        spider: Any = self.crawler.spider
        if request.meta.get("playwright"):
            await spider.pages.take(request)  # given back by the callback or the errback
        if spider.run.stopped:
            raise IgnoreRequest("the run has stopped")
        try:
            await spider.pace.turn()
        except BudgetSpentError:
            raise IgnoreRequest("budget") from None
        if spider.run.stopped:  # while this request waited for its turn
            raise IgnoreRequest("the run has stopped")
