"""What all search spiders share: queries, pages, details, pace, walls. A marketplace adds data and two methods."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
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
from crawler.browsing import open_page, reading_of, readings
from crawler.budget import NoTurnError
from crawler.config import Config
from crawler.items import Details, Listing
from crawler.marketplaces import Site, canonical_url, identify
from crawler.pace import Pace, pace_of
from crawler.pages import PagePool
from crawler.progress import tell
from crawler.reading import Outcome, Reader, Reading
from crawler.runs import RunLog
from crawler.transports import transport_of
from crawler.watching import Ask
from store.blobs import Blobs
from store.database import Store


@dataclass(frozen=True)
class Query:
    """One search: the words, and what narrows it."""

    text: str
    sort: str = "default"
    price: tuple[Any, Any] | None = None


class SearchSpider(Spider):
    """A marketplace is data plus `search_url`; fetching, paging, walls and pace live here.

    site : hosts, id space, access group
    readers : layouts it may answer in, newest first; saved_readers also those of a drawn page, its last resort
    search_api, detail_api : parts of the addresses of the calls that carry goods
    next_button : CSS of the site's own button
    """

    site: ClassVar[Site]
    readers: ClassVar[Sequence[Reader]]
    saved_readers: ClassVar[Sequence[Reader]]
    search_api: ClassVar[str]
    detail_api: ClassVar[str]
    next_button: ClassVar[str]

    arguments: SearchArguments
    config: Config
    store: Store
    blobs: Blobs
    brand: Brand
    archived: bool
    pace: Pace
    pages: PagePool
    run: RunLog

    def search_url(self, query: Query) -> str:
        """Address of the first result page."""
        raise NotImplementedError

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """robots.txt is obeyed unless the operator has recorded on what basis it may not be."""
        super().update_settings(settings)
        config: Config = settings["BAZAARWATCH_CONFIG"]
        settings.set("BAZAARWATCH_ACCESS_GROUP", cls.site.access_group, "spider")
        settings.set("ROBOTSTXT_OBEY", not config.access_of(cls.site.name).permits, "spider")

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
        spider.archived = transport_of(crawler.settings).kind == "archive"
        spider.pace = pace_of(spider.store, config, cls.site.access_group)
        spider.pages = PagePool(config.browser.pages)
        spider.run = RunLog(cls.site.name)
        runs.begin(
            spider.store,
            spider.run,
            spider=cls.name,
            arguments=dict(kwargs),
            transport=transport_of(crawler.settings).kind,
            basis=access.basis if access.permits else None,
            group=None if spider.archived else cls.site.access_group,
            schedule=crawler.settings.getint("BAZAARWATCH_SCHEDULE") or None,
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
        runs.finish(self.store, self.run)
        self.store.close()

    async def start(self) -> AsyncIterator[Any]:
        """The queries, or just the articles of `items`."""
        self.run.started = True
        if self.arguments.items:
            for listing in self._listed():
                yield self.detail_request(listing)
            return
        for text in self.arguments.keywords or self.brand.queries:
            yield self._search_request(Query(text, self.arguments.sort, self.arguments.price))

    def _listed(self) -> list[Listing]:
        """The articles of the `items` file, one a line, each once; what names none is told and passed over."""
        assert self.arguments.items is not None
        found: dict[str, Listing] = {}
        for number, line in enumerate(self.arguments.items.read_text("utf-8-sig", "replace").splitlines(), 1):
            ref = identify(line) if not line.strip().isdigit() else None
            item_id = ref.item_id if ref else line.strip()
            if ref is None and not item_id.isdigit():
                if item_id:
                    tell(f"line {number}: no article of {self.site.name} in it")
                continue
            marketplace = ref.marketplace if ref else self.site.name
            url = canonical_url(marketplace, item_id)
            found.setdefault(item_id, Listing(marketplace=marketplace, item_id=item_id, url=url, source="detail"))
        return list(found.values())

    def _ask(self, api: str, item_id: str | None = None) -> Ask:
        readers, saved = tuple(self.readers), tuple(self.saved_readers)
        return Ask(api, readers, saved, self.next_button, self.config.browser.timeout, item_id)

    def _search_request(self, query: Query) -> Request:
        request = Request(
            self.search_url(query),
            callback=self.parse_search,
            errback=self.search_failed,
            cb_kwargs={"query": query},
            dont_filter=True,
        )
        return open_page(request, self._ask(self.search_api), self.site.access_group)

    def detail_request(self, card: Listing) -> Request:
        """The detail page of a listing; its answer is yielded once more with `details` set."""
        request = Request(
            canonical_url(card.marketplace, card.item_id),
            callback=self.parse_detail,
            errback=self.detail_failed,
            cb_kwargs={"card": card},
            dont_filter=True,
            priority=1,  # what is flagged first, before further searches
        )
        return open_page(request, self._ask(self.detail_api, card.item_id), self.site.access_group)

    async def parse_search(self, response: Response, query: Query) -> AsyncIterator[Any]:
        """Listings of page after page, until there are no more, or as many as were asked for."""
        assert response.request is not None
        number = position = 0
        spoilt = True
        try:
            async with aclosing(readings(response, self._turns)) as pages:
                async for reading in pages:
                    number += 1
                    if not await self._note(reading):
                        tell(f"{query.text}: page {number}: {reading.outcome}: {reading.signal}")
                        if not self.archived:
                            return
                        continue
                    listings = reading.page.listings if reading.page else ()
                    found = f"{len(listings)} listings" if listings else f"{reading.outcome}: {reading.signal}"
                    tell(f"{query.text}: page {number}: {found}")
                    for listing in listings:
                        position += 1
                        details: Details | None = "seen" if listing.source == "detail" else None
                        yield replace(listing, query=query.text, position=position, details=details)
                    if self._last(reading, number):
                        break
            spoilt = False
        except PlaywrightError as error:
            self._browser_trouble(error, f"in page {number + 1} of {query.text!r}")
        finally:
            await self.pages.give_back(response.request, spoilt=spoilt)

    async def _note(self, reading: Reading) -> bool:
        """Count an answer; whether there is something in it to go on with. After a wall the site is left alone."""
        good = self.run.note(reading, stops=not self.archived)
        if self.run.stopped is reading:
            await self.pace.cool_down(reading)
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

    def _last(self, reading: Reading, number: int) -> bool:
        pages = reading.page.pages if reading.page else None
        if self.archived:
            return False
        loosened = reading.page is not None and reading.page.empty is not None
        return loosened or reading.outcome is not Outcome.PAGE or (pages is not None and number >= pages)

    async def parse_detail(self, response: Response, card: Listing) -> AsyncIterator[Listing]:
        """The card with what its own page says of it."""
        assert response.request is not None
        await self.pages.give_back(response.request)
        if self.archived and response.status == 404:
            yield replace(card, details="missing")
            return
        reading = reading_of(response)
        good = await self._note(reading)
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


def merge(card: Listing, detail: Listing) -> Listing:
    """A card with what its detail page adds; where both know, the detail page is right."""
    known = {
        name: value
        for name in Listing.__dataclass_fields__
        if (value := getattr(detail, name)) not in (None, "", (), {})
    }
    for name in ("query", "position", "is_ad", "is_recommended", "sold", "sold_text"):
        if getattr(card, name) is not None:
            known.pop(name, None)
    return replace(card, **known, details="seen")
