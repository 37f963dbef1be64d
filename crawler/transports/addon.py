"""The Scrapy add-on that puts a transport under a spider."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from scrapy.settings import BaseSettings

from crawler.config import Config
from crawler.sessions import profile_folder
from crawler.transports.browser import launch_for, trust_for

PRIORITY = "addon"
LIVE = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
SANDBOX = "crawler.transports.sandbox.SandboxDownloadHandler"
SANDBOX_PLAIN = "crawler.transports.sandbox.SandboxPlainHandler"


class Transport(NamedTuple):
    """Which one, and its port or file."""

    kind: str
    where: str


def transport_of(settings: BaseSettings) -> Transport:
    """The transport that these settings ask for."""
    kind, _, where = str(settings.get("BAZAARWATCH_TRANSPORT", "live")).partition(":")
    return Transport(kind, where)


class Transports:
    """Sets download handlers and browser for the spider that is about to run."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Scrapy calls this once a crawl."""
        transport = transport_of(settings)
        if transport.kind == "archive":
            _set(settings, **_archive())
            return
        if settings["LOG_LEVEL"] not in ("DEBUG", "INFO"):
            # What could not be opened is told by the spider, in one line; these add a traceback.
            logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # calls to a browser that ended meanwhile
            logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        config: Config = settings["BAZAARWATCH_CONFIG"]
        group = settings.get("BAZAARWATCH_ACCESS_GROUP", "default")
        sandbox = transport.kind == "sandbox"
        if sandbox:  # its certificate names the sites, not 127.0.0.1; Scrapy warns of it at every connection
            logging.getLogger("scrapy.core.downloader.tls").setLevel(logging.ERROR)
        if not settings.getbool("BAZAARWATCH_BROWSER", True):  # its driver would start though no page needs it
            _set(settings, **(_handlers(SANDBOX_PLAIN) if sandbox else {}))
            return
        _set(
            settings,
            **_browser(config),
            **_handlers(SANDBOX if sandbox else LIVE),
            PLAYWRIGHT_LAUNCH_OPTIONS=launch_for(config, settings["BAZAARWATCH_TRANSPORT"]),
            PLAYWRIGHT_CONTEXTS={group: _context(settings, config, group)},
        )


def _browser(config: Config) -> dict[str, Any]:
    return {
        "PLAYWRIGHT_ABORT_REQUEST": "crawler.transports.browser.not_needed",
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": config.browser.timeout * 1000,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": config.browser.pages,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,  # the browser speaks for itself; Scrapy adds no name of its own
    }


def _handlers(path: str) -> dict[str, Any]:
    """For https alone: each scheme gets a handler of its own, and a second one would start a second browser."""
    return {"DOWNLOAD_HANDLERS": {"https": path}}


def _context(settings: BaseSettings, config: Config, group: str) -> dict[str, Any]:
    """The operator's own profile, once there is one (`bazaarwatch login`); else a fresh context for this run."""
    transport = settings["BAZAARWATCH_TRANSPORT"]
    profile = profile_folder(config, group)
    if profile.is_dir():  # persistent contexts launch themselves
        return {"user_data_dir": str(profile), **launch_for(config, transport), **trust_for(transport)}
    cookies = settings.get("BAZAARWATCH_COOKIES")
    state = {"storage_state": {"cookies": cookies, "origins": []}} if cookies else {}
    return {**state, **trust_for(transport)}


def _archive() -> dict[str, Any]:
    path = "crawler.transports.archive.ArchiveDownloadHandler"
    return {"DOWNLOAD_HANDLERS": {"http": path, "https": path}, "ROBOTSTXT_OBEY": False}  # no socket at all


def _set(settings: BaseSettings, **values: Any) -> None:
    for name, value in values.items():
        settings.set(name, value, PRIORITY)
