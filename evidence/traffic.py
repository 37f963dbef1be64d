"""All that a page asks for and gets while it is captured, read the moment it comes, bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Response

from crawler.archives.records import Exchange, header_lines, moment
from crawler.decoding import MAX_BODY
from crawler.marketplaces import image_key
from evidence.seen import Log

MOST = 2_000  # answers of one page; those of the sites make some hundred
MOST_BYTES = 128 * 2**20  # of all answers together
MAX_HOSTS = 50


class Traffic:
    """Listens to a page from before it is opened. Also what `crawler.watching` keeps its answers with.

    asked : the article's address; api : part of the address of the call that carries it, which the watcher reads
    """

    def __init__(self, page: Page, asked: str, api: str | None, log: Log) -> None:
        self.page, self.asked, self.api, self.log = page, asked, api, log
        self.exchanges: list[Exchange] = []
        self.hosts: dict[str, dict[str, Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._bytes = self._count = 0
        page.on("response", self._answered)

    def answer(  # as `crawler.recording.Recorder` takes it
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        *,
        request_headers: Mapping[str, str] | None = None,
        method: str = "GET",
        asked: str | None = None,
    ) -> None:
        """An answer, unpacked."""
        self._bytes += len(body)
        if self._bytes > MOST_BYTES:
            self.log(f"left out, for the page is too large: {url}")
            return
        sent = None if request_headers is None else header_lines(request_headers)
        self.exchanges.append(
            Exchange(
                url=url,
                body=body,
                date=moment(),
                status=status,
                headers=header_lines(headers),
                request=sent,
                method=method,
                asked=asked,
            )
        )

    def document(self, url: str, text: str, *, asked: str | None = None, frames: str = "") -> None:
        """The document as it was drawn: it was what was read."""
        body = text.encode("utf-8", "replace")
        self.exchanges.append(Exchange(url=url, body=body, date=moment(), asked=asked, derived=True, frames=frames))

    def _answered(self, response: Response) -> None:
        self._count += 1
        if self._count > MOST or not response.url.startswith(("https://", "http://")):
            return
        self._start(self._host(response))
        if not (self.api and self.api in response.url.lower()):
            self._start(self._read(response))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read(self, response: Response) -> None:
        try:
            headers = await response.all_headers()
            length = headers.get("content-length", "")
            if length.isascii() and length.isdigit() and int(length) > MAX_BODY:
                self.log(f"left out, {int(length)} bytes: {response.url}")
                return
            redirect = 300 <= response.status < 400
            body = b"" if redirect else await response.body()
            sent, method = await response.request.all_headers(), response.request.method
            mine = response.request.is_navigation_request() and response.frame == self.page.main_frame
        except PlaywrightError:  # it had no body, or the page went elsewhere
            return
        if len(body) > MAX_BODY:
            self.log(f"left out, {len(body)} bytes: {response.url}")
            return
        asked = self.asked if mine else None
        self.answer(response.url, response.status, headers, body, request_headers=sent, method=method, asked=asked)

    async def _host(self, response: Response) -> None:
        host = response.url.split("/")[2]
        if host in self.hosts or len(self.hosts) >= MAX_HOSTS:
            return
        self.hosts[host] = {}
        try:
            address, tls = await response.server_addr(), await response.security_details()
        except PlaywrightError:
            return
        self.hosts[host] = {"address": dict(address) if address else None, "tls": dict(tls) if tls else None}

    def has(self, key: str) -> bool:
        """Whether a picture with that identity has come."""
        return any(each.status == 200 and image_key(each.url) == key for each in self.exchanges)

    async def finish(self, seconds: float) -> None:
        """Wait for what is still on its way; what does not come is left out."""
        waiting = [each for each in self._tasks if not each.done()]
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=seconds)
            for each in late:
                each.cancel()
            if late:
                self.log(f"left out, for they did not end: {len(late)} answers")
