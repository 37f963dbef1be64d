"""Requests of the crawl to the local stand-in: the browser's by its resolver rule, plain ones by this handler."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.transports.addon import transport_of


class SandboxPlainHandler(HTTP11DownloadHandler):
    """Plain requests keep their address and Host, and connect to the port on loopback."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.port = transport_of(crawler.settings).where

    async def download_request(self, request: Request) -> Response:
        """Through the port."""
        response: Response = await super().download_request(local(request, self.port))
        return response.replace(url=request.url, request=request)


class SandboxDownloadHandler(ScrapyPlaywrightDownloadHandler):
    """Browser requests as they are, by the browser's resolver rule; plain ones through the port."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.port = transport_of(crawler.settings).where

    async def download_request(self, request: Request) -> Response:
        """Of either kind."""
        if request.meta.get("playwright"):
            done: Response = await super().download_request(request)
            return done
        response: Response = await super().download_request(local(request, self.port))
        return response.replace(url=request.url, request=request)


def local(request: Request, port: str) -> Request:
    """The same request, to the port on loopback."""
    address = urlsplit(request.url)
    there = request.replace(url=urlunsplit(("https", f"127.0.0.1:{port}", address.path, address.query, "")))
    there.headers.setdefault("Host", address.netloc)
    return there
