"""What all search spiders share: queries, pages, details, pace, walls. A marketplace adds data and two methods."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

from playwright.async_api import Error as PlaywrightError
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import runs
from crawler.arguments import SearchArguments, parse_arguments
from crawler.brands import Brand, look_up
from crawler.browsing import next_reading, open_page, opened_reading
from crawler.budget import NoTurnError
from crawler.config import Config
from crawler.items import Details, Listing, Source
from crawler.listed import listed
from crawler.marketplaces import Site, canonical_url
from crawler.merging import merge
from crawler.pace import Pace, pace_of
from crawler.pages import PagePool
from crawler.plain import plain_further, plain_page, plain_reading
from crawler.progress import tell
from crawler.queries import Query
from crawler.reading import Outcome, Reader, Reading
from crawler.recording import Recorder
from crawler.runs import RunLog
from crawler.screens import keep_screen
from crawler.sessions import Cookie, session_cookies
from crawler.transports import transport_of
from crawler.watching import Ask
from store.blobs import Blobs
from store.database import Store


class SearchSpider(Spider):
    """A marketplace is data plus `search_url`; fetching, paging, walls and pace live here.

    site : hosts, id space, access group
    readers : layouts it may answer in, newest first; saved_readers also those of a drawn page, its last resort
    search_api, detail_api, shop_api : parts of the addresses of the calls that carry goods;
        None where plain HTTP brings them with the page
    next_button : CSS of the site's own button, where the browser turns the pages
    plain_headers, browser_cookies : sent with plain requests for pages; what a browser without a profile begins with
    """

    site: ClassVar[Site]
    readers: ClassVar[Sequence[Reader]]
    saved_readers: ClassVar[Sequence[Reader]]
    search_api: ClassVar[str | None] = None
    detail_api: ClassVar[str | None] = None
    shop_api: ClassVar[str | None] = None
    next_button: ClassVar[str] = ""
    plain_headers: ClassVar[Mapping[str, str]] = {}
    browser_cookies: ClassVar[Mapping[str, str]] = {}

    arguments: SearchArguments
    config: Config
    store: Store
    blobs: Blobs
    brand: Brand
    archived: bool
    cookies: tuple[Cookie, ...]
    pace: Pace
    pages: PagePool
    run: RunLog
    recorder: Recorder | None

    def search_url(self, query: Query, page: int) -> str:
        """Address of a result page; where the browser turns the pages, only the first is asked for."""
        raise NotImplementedError

    def shop_url(self, shop: str, page: int) -> str:
        """Address of a page of all goods of a seller, given by id or by the shop's address."""
        raise NotImplementedError

    @classmethod
    def needs_browser(cls) -> bool:
        """Whether any of its pages is opened in the browser."""
        return any((cls.search_api, cls.detail_api, cls.shop_api))

    @classmethod
    def _cookies(cls) -> list[dict[str, str]]:
        domains = [f".{host}" for host in cls.site.hosts]
        known = cls.browser_cookies.items()
        return [{"name": n, "value": v, "domain": domain, "path": "/"} for domain in domains for n, v in known]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """robots.txt is obeyed unless the operator has recorded on what basis it may not be."""
        super().update_settings(settings)
        config: Config = settings["BAZAARWATCH_CONFIG"]
        settings.set("BAZAARWATCH_ACCESS_GROUP", cls.site.access_group, "spider")
        settings.set("BAZAARWATCH_BROWSER", cls.needs_browser(), "spider")
        settings.set("BAZAARWATCH_COOKIES", cls._cookies(), "spider")
        settings.set("ROBOTSTXT_OBEY", not config.access_of(cls.site.name).permits, "spider")

    @classmethod
    def check(cls, arguments: SearchArguments, *, live: bool) -> None:
        """What a run needs beside its arguments; `live`: a site is asked. Raises ArgumentsError, ConfigError."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: str) -> SearchSpider:
        """Check the arguments and open the store. Raises ArgumentsError, StoreError."""
        arguments = parse_arguments(kwargs)
        spider = super().from_crawler(crawler, *args)
        config: Config = crawler.settings["BAZAARWATCH_CONFIG"]
        access = config.access_of(cls.site.name)
        spider.arguments, spider.config = arguments, config
        spider.store, spider.blobs = Store(config.database), Blobs(config.data / "blobs")
        spider.brand = look_up(spider.store, arguments.brand)
        spider.cookies = session_cookies(config, cls.site.access_group)
        spider.archived = transport_of(crawler.settings).kind == "archive"
        spider.pace = pace_of(spider.store, config, cls.site.access_group)
        spider.pages = PagePool(config.browser.pages)
        spider.run = RunLog(cls.site.name)
        basis = access.basis if access.permits else None
        runs.begin(
            spider.store,
            spider.run,
            spider=cls.name,
            arguments=dict(kwargs),
            transport=transport_of(crawler.settings).kind,
            basis=basis,
            group=None if spider.archived else cls.site.access_group,
            schedule=crawler.settings.getint("BAZAARWATCH_SCHEDULE") or None,
        )
        spider.recorder = (
            None if spider.archived else runs.recorder(config.data, spider.run, spider=cls.name, basis=basis)
        )
        crawler.signals.connect(spider._errors, signals.spider_error)
        crawler.signals.connect(spider._errors, signals.item_error)
        crawler.signals.connect(spider._finish, signals.spider_closed)
        return spider

    def _errors(self, failure: Failure) -> None:
        self.run.counts["errors"] += 1

    def _finish(self, reason: str) -> None:
        self.run.ending = reason
        self.pace.close()
        self.run.counts["requests"] = self.pace.requests
        recorded = self.recorder.close() if self.recorder else None
        self.run.archive = f"archives/{recorded}" if recorded else None
        runs.finish(self.store, self.run)
        self.store.close()

    async def start(self) -> AsyncIterator[Any]:
        """The queries, or just the articles of `items`."""
        self.run.started = True
        if self.arguments.items:
            for listing in listed(self.arguments.items, self.site):
                yield self.detail_request(listing)
            return
        if self.arguments.shop:
            yield self._search_request(Query("", shop=self.arguments.shop))
            return
        for query in self.searches():
            yield self._search_request(query)

    def searches(self) -> list[Query]:
        """What is searched for in this run."""
        texts = self.arguments.keywords or self.brand.queries
        return [Query(text, self.arguments.sort, self.arguments.price) for text in texts]

    def _ask(self, api: str | None, item_id: str | None = None) -> Ask:
        readers, saved = tuple(self.readers), tuple(self.saved_readers)
        seconds = self.config.browser.timeout
        return Ask(api, readers, saved, self.next_button, seconds, item_id, self.cookies, self.recorder)

    def _page_request(self, request: Request, api: str | None, item_id: str | None = None) -> Request:
        ask = self._ask(api, item_id)
        if api is None or self.archived:
            return plain_page(request, ask)
        return open_page(request, ask, self.site.access_group)

    def _search_request(self, query: Query) -> Request:
        request = Request(
            self.address(query, 1),
            headers=dict(self.plain_headers),
            callback=self.parse_search,
            errback=self.search_failed,
            cb_kwargs={"query": query},
            dont_filter=True,
        )
        return self._page_request(request, self.shop_api if query.shop else self.search_api)

    def address(self, query: Query, page: int) -> str:
        """Address of a result page of a search, or of a shop."""
        return self.shop_url(query.shop, page) if query.shop else self.search_url(query, page)

    def detail_request(self, card: Listing) -> Request:
        """The detail page of a listing; its answer is yielded once more with `details` set."""
        request = Request(
            canonical_url(card.marketplace, card.item_id),
            headers=dict(self.plain_headers),
            callback=self.parse_detail,
            errback=self.detail_failed,
            cb_kwargs={"card": card},
            dont_filter=True,
            priority=1,  # what is flagged first, before further searches
        )
        return self._page_request(request, self.detail_api, card.item_id)

    async def _first(self, response: Response) -> Reading | None:
        """What the answer to a page request turned out to be; None when an archive has none for it."""
        stored: Iterator[Reading] | None = response.meta.get("readings")
        if stored is not None:
            return next(stored, None)
        if response.meta.get("playwright"):
            return opened_reading(response)
        return await plain_reading(response, response.meta["ask"], self.site, self.crawler.engine.download_async)

    async def _readings(self, response: Response, query: Query) -> AsyncGenerator[Reading, None]:
        """Every page of a search, one after another: an archive's all, a site's by its own button or address."""
        first = await self._first(response)
        if first is not None:
            yield first
        if self.archived:
            for stored in response.meta["readings"]:
                yield stored
            return
        number = 1
        async for _ in self._turns():
            number += 1
            following = await self._following(response, query, number)
            if following is None:
                return
            yield following

    async def _following(self, response: Response, query: Query, number: int) -> Reading | None:
        page, ask = response.meta.get("playwright_page"), response.meta["ask"]
        if page is not None:
            return await next_reading(page, ask)
        download = self.crawler.engine.download_async
        request = Request(self.address(query, number), headers=dict(self.plain_headers), meta={"dont_retry": True})
        return await plain_further(request, ask, self.site, download)

    async def parse_search(self, response: Response, query: Query) -> AsyncIterator[Any]:
        """Listings of page after page, until there are no more, or as many as were asked for."""
        assert response.request is not None
        number = position = 0
        shown: set[str] = set()
        spoilt = True
        try:
            async with aclosing(self._readings(response, query)) as pages:
                async for reading in pages:
                    number += 1
                    if not await self._note(reading, response):
                        tell(f"{query.words}: page {number}: {reading.outcome}: {reading.signal}")
                        if not self.archived:
                            return
                        continue
                    listings = reading.page.listings if reading.page else ()
                    found = f"{len(listings)} listings" if listings else f"{reading.outcome}: {reading.signal}"
                    tell(f"{query.words}: page {number}: {found}")
                    for listing in listings:
                        position += 1
                        shown.add(listing.item_id)
                        yield self._as_found(listing, query, position)
                    if self._last(reading, number, len(shown)):
                        break
            spoilt = False
        except PlaywrightError as error:
            self._browser_trouble(error, f"in page {number + 1} of {query.words!r}")
        finally:
            await self.pages.give_back(response.request, spoilt=spoilt)

    def _as_found(self, listing: Listing, query: Query, position: int) -> Listing:
        details: Details | None = listing.details or ("seen" if listing.source == "detail" else None)
        source: Source = "shop" if query.shop and listing.source == "search" else listing.source
        return replace(listing, query=query.text or None, position=position, details=details, source=source)

    async def _note(self, reading: Reading, response: Response) -> bool:
        """Count an answer; whether there is something in it to go on with. After a wall the site is left alone."""
        good = self.run.note(reading, stops=not self.archived)
        if self.run.stopped is reading:
            await self.pace.cool_down(reading)
            if page := response.meta.get("playwright_page"):
                self.run.screenshot = await keep_screen(page, self.config.data, self.run.row_id)
        return good

    async def _turns(self) -> AsyncIterator[None]:
        """Ends when no further page may be opened."""
        for _ in range(self.arguments.pages - 1):
            if self.run.stopped:
                return
            try:
                await self.pace.turn()
            except NoTurnError as refused:
                self.run.trouble(refused.outcome, str(refused))
                return
            yield

    def _last(self, reading: Reading, number: int, shown: int) -> bool:
        """Whether none is to follow: nothing was found, or all pages, or all goods that the site counts, were seen."""
        page = reading.page
        if self.archived:
            return False
        if page is None or page.empty is not None or reading.outcome is not Outcome.PAGE:
            return True
        all_pages = page.pages is not None and number >= page.pages
        return all_pages or (page.total is not None and shown >= page.total)

    async def parse_detail(self, response: Response, card: Listing) -> AsyncIterator[Listing]:
        """The card with what its own page says of it."""
        assert response.request is not None
        try:
            reading = await self._first(response)
            good = reading is not None and await self._note(reading, response)
        finally:
            await self.pages.give_back(response.request)
        if reading is None:
            yield replace(card, details="missing")
            return
        shown = [each for each in reading.page.listings if each.item_id == card.item_id] if reading.page else []
        if good and shown:
            yield merge(card, shown[0])
        else:
            gone = reading.outcome is Outcome.GONE
            yield replace(card, details="missing", state="gone" if gone else card.state)

    async def search_failed(self, failure: Failure) -> None:
        """A search that could not be opened at all."""
        self._note_failure(failure)
        await self.pages.give_back(failure.request, spoilt=True)  # type: ignore[attr-defined]

    async def detail_failed(self, failure: Failure) -> AsyncIterator[Listing]:
        """A flagged card whose page could not be opened is flagged all the same."""
        self._note_failure(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        await self.pages.give_back(request, spoilt=True)
        yield replace(request.cb_kwargs["card"], details="missing")

    def _note_failure(self, failure: Failure) -> None:
        error = failure.value
        if isinstance(error, IgnoreRequest):
            if "robots.txt" in str(error):
                self.run.trouble(runs.REFUSED, "robots.txt does not allow this page")
        elif isinstance(error, PlaywrightError):
            self._browser_trouble(error, "while a page was opened")
        else:
            self.run.trouble(Outcome.ERROR, f"{type(error).__name__}: {error}"[:200])

    def _browser_trouble(self, error: PlaywrightError, when: str) -> None:
        first = error.message.strip().splitlines()[0][:150] if error.message.strip() else type(error).__name__
        self.run.trouble(Outcome.ERROR, f"the browser failed {when}: {first}")
