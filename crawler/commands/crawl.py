"""`scrapy crawl`, with arguments checked before anything starts and an exit code that a script can trust.

Scrapy's own ends 0 even when every request was refused.
"""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from sqlalchemy.exc import DBAPIError

from crawler.archives import ArchiveError, check
from crawler.arguments import ArgumentsError, SearchArguments, parse_arguments
from crawler.base import SearchSpider
from crawler.brands import unsearchable
from crawler.config import Config, ConfigError
from crawler.permits import NotPermittedError, permitted
from crawler.progress import tell
from crawler.runs import FAILED, NOT_PERMITTED, RunLog
from crawler.sessions import is_in_use, profile_folder
from crawler.transports import transport_of
from crawler.transports.browser import check_chromium, find_chromium
from store.database import Store, StoreError

USAGE = 2


class Command(ScrapyCrawl):
    """Exit codes: 0 done, 1 unforeseen error, 2 wrong usage, 3 blocked, 4 unknown layout, 5 not permitted, 6 partly."""

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Search a marketplace for a brand: scrapy crawl taobao -a brand=NAME [-O flagged.csv]"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check, crawl, tell how it ended."""
        try:
            self._check(args, opts.spargs)
            with self._permitted(args[0]):
                self.exitcode = self._crawled(args[0], opts.spargs)
        except NotPermittedError as refused:
            tell(str(refused))
            self.exitcode = NOT_PERMITTED
        except (ArgumentsError, ArchiveError, ConfigError, StoreError) as error:
            tell(f"error: {error}")
            self.exitcode = USAGE
        except DBAPIError as error:
            tell(f"error: the database cannot be used: {str(error.orig).splitlines()[0]}")
            self.exitcode = FAILED

    def _crawled(self, name: str, given: dict[str, str]) -> int:
        assert self.crawler_process is not None
        crawler = self._create_crawler(name)
        self.crawler_process.crawl(crawler, **given)
        self.crawler_process.start()
        return _told(crawler)

    def _permitted(self, name: str) -> AbstractContextManager[None]:
        """Leave to crawl the spider's access group, alone. Stored answers ask nobody, and need none."""
        assert self.settings is not None and self.crawler_process is not None
        if transport_of(self.settings).kind == "archive":
            return nullcontext()
        spider: Any = self.crawler_process.spider_loader.load(name)
        return permitted(self.settings["BAZAARWATCH_CONFIG"], spider.site)

    def _check(self, args: list[str], given: dict[str, str]) -> None:
        assert self.settings is not None and self.crawler_process is not None
        names = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in names:
            raise ArgumentsError(f"give one marketplace: {', '.join(names)}")
        arguments = parse_arguments(given)
        if arguments.archive:
            self.settings.set("BAZAARWATCH_TRANSPORT", f"archive:{arguments.archive}", "cmdline")
        spider = self.crawler_process.spider_loader.load(args[0])
        assert issubclass(spider, SearchSpider)
        spider.check(arguments, live=transport_of(self.settings).kind != "archive")
        self._check_surroundings(spider, arguments)
        for target in self.settings.getdict("FEEDS"):
            check_feed(str(target))

    def _check_surroundings(self, spider: type[SearchSpider], arguments: SearchArguments) -> None:
        """What would only fail later, and less clearly: the archive, the browser, the data folder."""
        assert self.settings is not None
        config: Config = self.settings["BAZAARWATCH_CONFIG"]
        transport = transport_of(self.settings)
        if transport.kind == "archive":
            check(Path(transport.where))
        elif spider.needs_browser():
            check_chromium(find_chromium(config.browser))
            if is_in_use(profile_folder(config, spider.site.access_group)):
                raise ConfigError(
                    f"the profile of {spider.site.access_group} is open in another browser: close it first"
                )
        store = Store(config.database)
        try:
            _check_words(store, arguments)
        finally:
            store.close()


def _check_words(store: Store, arguments: SearchArguments) -> None:
    """Something to search for. Raises ArgumentsError where there is nothing at all."""
    if arguments.keywords or arguments.items or arguments.shop or arguments.archive:
        return
    if lost := unsearchable(store, arguments.brand):
        why = f"nothing can be searched for {', '.join(lost)}: no mark in words, names, aliases or goods"
        if len(lost) == len(set(arguments.brand)):
            raise ArgumentsError(f"brand: {why}; give -a keywords=WORDS")
        tell(f"warning: {why}")


def check_feed(target: str) -> None:
    """Whether the file of `-O` can be written: after the crawl it is too late to find out. Raises ArgumentsError."""
    if "://" in target and not target.startswith("file://"):
        return
    path = Path(target.removeprefix("file://"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise ArgumentsError(f"{path}: cannot be written: {error.strerror}") from None


def _told(crawler: Crawler) -> int:
    log: RunLog | None = getattr(crawler.spider, "run", None)
    if log is None or log.ending is None:
        return FAILED  # the crawl never began; Scrapy has logged why
    tell(log.line())
    return log.exit_code
