"""Requests of the crawl to the local stand-in: the browser's by its resolver rule, plain ones by this handler."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.transports.addon import transport_of

# The stand-in's certificate names the sites, not 127.0.0.1; Scrapy warns of it at every connection.
logging.getLogger("scrapy.core.downloader.tls").setLevel(logging.ERROR)


class SandboxDownloadHandler(ScrapyPlaywrightDownloadHandler):
    """Plain requests keep their address and Host, and connect to the port on loopback."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.netloc = f"127.0.0.1:{transport_of(crawler.settings).where}"

    async def download_request(self, request: Request) -> Response:
        """Browser requests as they are; plain ones through the port."""
        if request.meta.get("playwright"):
            done: Response = await super().download_request(request)
            return done
        address = urlsplit(request.url)
        local = request.replace(url=urlunsplit(("https", self.netloc, address.path, address.query, "")))
        local.headers.setdefault("Host", address.netloc)
        response: Response = await super().download_request(local)
        return response.replace(url=request.url, request=request)
