"""Requests to the affiliate API, signed as they leave; above this, a request has no key in it and is a plain GET."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from crawler.affiliate import GATEWAY, form, is_call, keys
from crawler.transports.sandbox import SandboxPlainHandler

LIVE = "crawler.transports.signed.SignedHandler"
SANDBOX = "crawler.transports.signed.SignedSandboxHandler"


class SignedHandler(HTTP11DownloadHandler):
    """To the API itself."""

    async def download_request(self, request: Request) -> Response:
        """What comes back belongs to the request as it was made, without the keys."""
        response: Response = await super().download_request(signed(request))
        return response.replace(url=request.url, request=request)


class SignedSandboxHandler(SandboxPlainHandler):
    """To its stand-in on loopback."""

    async def download_request(self, request: Request) -> Response:
        """As above."""
        response: Response = await super().download_request(signed(request))
        return response.replace(url=request.url, request=request)


def signed(request: Request) -> Request:
    """The POST request that is sent for a call of the API; all others as they are."""
    if not is_call(request.url):
        return request
    headers = {**request.headers, "Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
    return request.replace(url=GATEWAY, method="POST", headers=headers, body=form(request.url, keys()))
