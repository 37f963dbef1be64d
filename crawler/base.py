"""What all search spiders share: queries, pages, details, pace, walls. A marketplace adds data and two methods."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

from playwright.async_api import Error as PlaywrightError
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.browsing import next_reading, open_page, opened_reading, visit_page
from crawler.budget import NoTurnError
from crawler.items import Details, Listing, Source
from crawler.listed import listed
from crawler.market import MarketSpider
from crawler.marketplaces import canonical_url
from crawler.merging import merge
from crawler.plain import plain_further, plain_page, plain_reading
from crawler.progress import tell
from crawler.queries import Query
from crawler.reading import Outcome, Reader, Reading
from crawler.screens import keep_screen
from crawler.watching import Ask


class SearchSpider(MarketSpider):
    """A marketplace is data plus `search_url`; fetching, paging, walls and pace live here.

    readers : layouts it may answer in, newest first; saved_readers also those of a drawn page, its last resort
    search_api, detail_api, shop_api : parts of the addresses of the calls that carry goods;
        None where plain HTTP brings them with the page
    next_button : CSS of the site's own button, where the browser turns the pages
    entrance : a page to open in the browser before the first search, as a visitor does
    plain_headers : sent with plain requests for pages
    """

    readers: ClassVar[Sequence[Reader]]
    saved_readers: ClassVar[Sequence[Reader]]
    search_api: ClassVar[str | None] = None
    detail_api: ClassVar[str | None] = None
    shop_api: ClassVar[str | None] = None
    next_button: ClassVar[str] = ""
    entrance: ClassVar[str | None] = None
    plain_headers: ClassVar[Mapping[str, str]] = {}

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

    async def start(self) -> AsyncIterator[Any]:
        """The queries, or just the articles of `items`."""
        self.run.started = True
        if self.arguments.items:
            for listing in listed(self.arguments.items, self.site):
                yield self.detail_request(listing)
            return
        if self.entrance and not self.archived:
            yield self._entrance_request(self.entrance)
            return
        for query in self.searches():
            yield self._search_request(query)

    def _entrance_request(self, url: str) -> Request:
        request = Request(url, callback=self.entered, errback=self.search_failed, dont_filter=True)
        return visit_page(request, self._ask(None), self.site.access_group)

    async def entered(self, response: Response) -> AsyncIterator[Request]:
        """The site's door was opened; what it shows does not matter, a wall shows itself to the first search too."""
        assert response.request is not None
        await self.pages.give_back(response.request)
        for query in self.searches():
            yield self._search_request(query)

    def searches(self) -> list[Query]:
        """What is searched for in this run, or the shop whose goods are listed."""
        if self.arguments.shop:
            return [Query("", shop=self.arguments.shop)]
        stored = self.arguments.brand if self.archived else ()  # read though nothing could be searched for
        texts = self.arguments.keywords or self.brand.queries or stored
        return [Query(text, self.arguments.sort, self.arguments.price) for text in texts]

    def _ask(self, api: str | None, item_id: str | None = None) -> Ask:
        readers, saved = tuple(self.readers), tuple(self.saved_readers)
        seconds = self.config.browser.timeout
        return Ask(
            api,
            readers,
            saved,
            self.next_button,
            seconds,
            item_id,
            cookies=self.cookies,
            record=self.recorder,
            died=self.browser_died,
        )

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
                    listings = [each for each in reading.page.listings if each.item_id] if reading.page else []
                    self._tell(query, number, reading, len(listings))
                    for listing in listings:
                        position += 1
                        shown.add(listing.item_id)
                        yield self._as_found(listing, query, position)
                    if self._last(reading, number, len(shown)):
                        break
            spoilt = False
        except PlaywrightError as error:
            self.browser_trouble(error, f"in page {number + 1} of {query.words!r}")
        finally:
            await self.pages.give_back(response.request, spoilt=spoilt)

    def _tell(self, query: Query, number: int, reading: Reading, listings: int) -> None:
        found = f"{listings} listings" if listings else f"{reading.outcome}: {reading.signal}"
        tell(f"{query.words}: page {number}: {found}")
        for warning in reading.page.warnings if reading.page else ():
            self.run.counts["warnings"] += 1
            tell(f"{query.words}: page {number}: warning: {warning}")

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
            if self.run.stopped or not self.crawler.crawling:  # a wall; Ctrl-C
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
        self.note_failure(failure)
        await self.pages.give_back(failure.request, spoilt=True)  # type: ignore[attr-defined]

    async def detail_failed(self, failure: Failure) -> AsyncIterator[Listing]:
        """A flagged card whose page could not be opened is flagged all the same."""
        self.note_failure(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        await self.pages.give_back(request, spoilt=True)
        yield replace(request.cb_kwargs["card"], details="missing")
