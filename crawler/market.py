"""What every run of a spider has: settings, store, pace, pages, its record. How it searches: `crawler.base`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from playwright.async_api import Error as PlaywrightError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import runs
from crawler.arguments import SearchArguments, parse_arguments
from crawler.brands import Brand, look_up
from crawler.config import Config
from crawler.marketplaces import Site
from crawler.pace import Pace, pace_of
from crawler.pages import PagePool
from crawler.reading import Outcome, Reading
from crawler.recording import Recorder
from crawler.runs import RunLog
from crawler.sessions import Cookie, session_cookies
from crawler.shops import shop_address
from crawler.transports import transport_of
from store.blobs import Blobs
from store.database import Store


class MarketSpider(Spider):
    """A spider on one marketplace, with all that a run needs; begun and ended here.

    site : hosts, id space, access group
    browser_cookies : what a browser without a profile begins with
    """

    site: ClassVar[Site]
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

    @classmethod
    def needs_browser(cls) -> bool:
        """Whether any of its pages is opened in the browser."""
        raise NotImplementedError

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
        if arguments.shop:
            shop_address(arguments.shop, cls.site)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: str) -> Any:
        """Check the arguments and open the store. Raises ArgumentsError, StoreError."""
        arguments = parse_arguments(kwargs)
        spider = super().from_crawler(crawler, *args)
        config: Config = crawler.settings["BAZAARWATCH_CONFIG"]
        access = config.access_of(cls.site.name)
        spider.arguments, spider.config = arguments, config
        spider.store, spider.blobs = Store(config.database), Blobs(config.data / "blobs")
        spider.brand = look_up(spider.store, arguments.brand, arguments.variants)
        spider.cookies = session_cookies(config, cls.site.access_group)
        spider.archived = transport_of(crawler.settings).kind == "archive"
        spider.pace = pace_of(spider.store, config, cls.site.access_group)
        spider.pages = PagePool(config.browser.pages)
        spider.run = RunLog(cls.site.name, stored=spider.archived)
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

    def note_failure(self, failure: Failure) -> None:
        """Why a page could not be opened, told with the run."""
        error = failure.value
        if isinstance(error, IgnoreRequest):
            if "robots.txt" in str(error):
                self.run.trouble(runs.REFUSED, str(error))
        elif isinstance(error, PlaywrightError):
            self.browser_trouble(error, "while a page was opened")
        else:
            self.run.trouble(Outcome.ERROR, f"{type(error).__name__}: {error}"[:200])

    def browser_died(self) -> None:
        """The run ends with it: the one that would be started in its place has no profile and no login."""
        if self.run.ending is None and self.run.stopped is None and self.crawler.crawling:
            self.run.stopped = Reading(Outcome.ERROR, "the browser has died")
            self.run.trouble(Outcome.ERROR, "the browser has died")

    def browser_trouble(self, error: PlaywrightError, when: str) -> None:
        """What the browser said, its first line."""
        first = error.message.strip().splitlines()[0][:150] if error.message.strip() else type(error).__name__
        self.run.trouble(Outcome.ERROR, f"the browser failed {when}: {first}")
