"""How often a page of a site is opened: one pace and one budget an access group, whatever run or process asks.

The tally is kept in the store (`crawler.budget` reckons), and changed in short transactions in a thread. The browser's
own requests count too: everything that it asks of the site's own hosts, documents, scripts and calls alike, since the
site sees them all. What is not loaded (pictures, fonts) and other hosts (the pictures' among them) do not count.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import Any

from playwright.async_api import Request as BrowserRequest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from sqlalchemy.exc import SQLAlchemyError

from crawler import budget, cooling
from crawler.budget import BUDGET, NoTurnError, limits_of
from crawler.config import Access, Config
from crawler.items import now
from crawler.marketplaces import SITES, marketplace_of
from crawler.progress import tell
from crawler.reading import Outcome, Reading
from crawler.transports.browser import not_needed
from store import access
from store.database import Store

JITTER = 0.5  # half of the delay, either way: Scrapy's own default (DOWNLOAD_DELAY_JITTER)
COUNT_SECONDS = 1.0  # requests are written down this often; a kill forgets as many seconds of them
LIFE_SIGN_SECONDS = 120.0  # a supervised crawl that says nothing for long is ended; opening details is silent work


class Pace:
    """A page is opened when `turn` returns.

    limits : of the access group; `delay` in seconds, with jitter
    """

    def __init__(
        self, store: Store, group: str, limits: Access, zone: tzinfo, at: Callable[[], datetime] = now
    ) -> None:
        self.store, self.group, self.limits, self.zone, self.at = store, group, limits, zone, at
        self.opened = self.requests = 0
        self._uncounted = 0
        self._lock = asyncio.Lock()
        self._refused: NoTurnError | None = None
        self._counting: asyncio.Task[None] | None = None
        self._spoke = time.monotonic()

    async def turn(self) -> None:
        """Wait for one's turn. Raises NoTurnError, and from then on always: the run ends its work on the site."""
        async with self._lock:
            wait = await self._reserved()
            self.opened += 1
            self._give_life_sign(wait)
            await asyncio.sleep(wait)

    async def _reserved(self) -> float:
        if self._refused is None and self.opened >= self.limits.pages_per_run:
            self._refused = NoTurnError(BUDGET, f"pages_per_run ({self.limits.pages_per_run}) is spent")
        if self._refused:
            raise self._refused
        requests, self._uncounted = self._uncounted, 0
        try:
            answer = await asyncio.to_thread(self._reserve, requests)
        except SQLAlchemyError as error:  # a page that cannot be counted is not opened
            self._uncounted += requests
            answer = NoTurnError(Outcome.ERROR, f"the database cannot be used: {error.__cause__ or error}"[:200])
        if isinstance(answer, NoTurnError):
            self._refused = answer
            raise answer
        return answer

    def _reserve(self, requests: int) -> float | NoTurnError:
        """One transaction: what was asked meanwhile is counted, also when no page is left."""
        with self.store.writing() as session:
            group, at = access.locked_group(session, self.group), self.at()
            budget.count(group, at, pages=0, requests=requests)
            refused = budget.refusal(group, at, self.limits, self.zone)
            return refused or budget.reserve(group, at, self._pause())

    def _pause(self) -> float:
        return self.limits.delay * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311

    def _give_life_sign(self, wait: float) -> None:
        if wait < LIFE_SIGN_SECONDS and time.monotonic() - self._spoke < LIFE_SIGN_SECONDS:
            return
        self._spoke = time.monotonic()
        tell(f"{self.group}: {self.opened} pages opened so far" + (f"; the next in {wait:.0f} s" if wait > 60 else ""))

    def count(self, requests: int = 1) -> None:
        """Requests that were made of the site's own hosts; written down soon. Called on the event loop."""
        self.requests += requests
        self._uncounted += requests
        if self._counting is None or self._counting.done():
            self._counting = asyncio.get_running_loop().create_task(self._count_soon())

    async def _count_soon(self) -> None:
        await asyncio.sleep(COUNT_SECONDS)
        requests, self._uncounted = self._uncounted, 0
        try:
            await asyncio.to_thread(self._write, requests)
        except SQLAlchemyError:  # the next turn counts them, or says why it cannot
            self._uncounted += requests

    def _write(self, requests: int) -> None:
        if requests:
            with self.store.writing() as session:
                budget.count(access.locked_group(session, self.group), self.at(), pages=0, requests=requests)

    async def cool_down(self, wall: Reading) -> None:
        """Leave the site alone from now on. Written at once: a kill must not forget it."""
        try:
            until = await asyncio.to_thread(cooling.cool_down, self.store, self.group, self.limits, wall)
        except SQLAlchemyError as error:
            tell(f"error: the cool-down of {self.group} could not be stored: {error.__cause__ or error}"[:300])
        else:
            if until is not None:
                tell(f"{self.group} is left alone until {budget.clock(until, self.zone)}")

    def close(self) -> None:
        """Write down what is not counted yet."""
        if self._counting is not None:
            self._counting.cancel()
        requests, self._uncounted = self._uncounted, 0
        with suppress(SQLAlchemyError):  # whoever closes the run finds the database out of order too, and says so
            self._write(requests)


def pace_of(store: Store, config: Config, group: str) -> Pace:
    """The pace of an access group, as the operator has set it."""
    return Pace(store, group, limits_of(config, group), config.zone)


class PaceMiddleware:
    """Requests that open a page wait for a page and for their turn; none is made once the run has stopped."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """Scrapy makes it so."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Photos and robots.txt are not pages; `ask` marks what is. Stored answers need no pace."""
        spider: Any = self.crawler.spider
        if spider.archived:
            return
        in_browser = bool(request.meta.get("playwright"))
        if in_browser:
            await spider.pages.take(request)  # given back by the callback or the errback
        if "ask" in request.meta:
            await self._turn(spider)
        if in_browser and "playwright_page" not in request.meta:  # a page that is used again is listened to already
            request.meta["playwright_page_event_handlers"] = {"request": self._asked}
        elif not in_browser and self._is_own(request.url):
            spider.pace.count()

    async def _turn(self, spider: Any) -> None:
        if spider.run.stopped or not self.crawler.crawling:
            raise IgnoreRequest("the run has stopped")
        try:
            await spider.pace.turn()
        except NoTurnError as refused:
            spider.run.trouble(refused.outcome, str(refused))
            raise IgnoreRequest("no turn") from None
        if spider.run.stopped or not self.crawler.crawling:  # while this request waited for its turn
            raise IgnoreRequest("the run has stopped")

    def _asked(self, request: BrowserRequest) -> None:
        if not not_needed(request) and self._is_own(request.url):
            spider: Any = self.crawler.spider
            spider.pace.count()

    def _is_own(self, url: str) -> bool:
        name, spider = marketplace_of(url), self.crawler.spider
        return name is not None and SITES[name].access_group == spider.site.access_group  # type: ignore[union-attr]
