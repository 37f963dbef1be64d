"""Reading a marketplace through a browser page: the page's own JavaScript asks, we read the answers it gets.

Bodies are read the moment an answer comes, by tasks that end before the page is closed: an event handler that reads
later loses what the browser has dropped by then. The wait for an answer is bounded; a page is closed in one place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Response as PlaywrightResponse
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from crawler.reading import WALLS, Answer, Outcome, Reader, Reading, read

READABLE = frozenset({Outcome.PAGE, Outcome.EMPTY, Outcome.GONE})
SETTLED = READABLE | WALLS
BUTTON_SECONDS = 2  # the page draws its pager when its goods have come


@dataclass(frozen=True)
class Ask:
    """What a request is for.

    api : part of the address of the call that carries the goods
    item_id : None for a search
    """

    api: str
    readers: tuple[Reader, ...]
    next_button: str
    timeout: float
    item_id: str | None = None


class Watcher:
    """The answers that a page's own calls get, read as they come."""

    def __init__(self, page: BrowserPage, api: str) -> None:
        self.api = api
        self.answers: asyncio.Queue[Answer] = asyncio.Queue()
        self.tasks: set[asyncio.Task[None]] = set()
        page.on("response", self._seen)

    def _seen(self, response: PlaywrightResponse) -> None:
        if self.api in response.url:
            task = asyncio.create_task(self._read(response))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _read(self, response: PlaywrightResponse) -> None:
        try:
            body, headers = await response.body(), await response.all_headers()
        except PlaywrightError:
            return  # the page was closed, or the answer had no body (a redirect)
        await self.answers.put(Answer(body, response.url, response.status, headers))

    def forget(self) -> None:
        """Drop what came so far: it belongs to the page before."""
        while not self.answers.empty():
            self.answers.get_nowait()

    async def settled(self, readers: tuple[Reader, ...], seconds: float) -> Reading | None:
        """The first answer that is a page of goods or a wall; handshakes and other calls are passed over."""
        odd: Reading | None = None
        try:
            async with asyncio.timeout(seconds):
                while True:
                    reading = read(await self.answers.get(), readers)
                    if reading.outcome in SETTLED:
                        return reading
                    odd = odd if reading.outcome is Outcome.HANDSHAKE else reading
        except TimeoutError:
            return odd


_watchers: WeakKeyDictionary[BrowserPage, Watcher] = WeakKeyDictionary()


async def watch(page: BrowserPage, request: Request) -> None:
    """scrapy-playwright's page-init callback: look before the page is opened."""
    _watchers[page] = Watcher(page, request.meta["ask"].api)


async def first_reading(page: BrowserPage, ask: Ask) -> Reading:
    """What the page that was opened shows: by its own call, else by its document. Walls are named first."""
    shown = await _document(page, ask)
    if shown.outcome in SETTLED:
        return shown
    answered = await _watchers[page].settled(ask.readers, ask.timeout)
    if answered and answered.outcome in SETTLED:
        return answered
    later = await _document(page, ask)  # it may have gone to a wall, or drawn its goods, meanwhile
    return later if later.outcome in SETTLED else answered or later


async def _document(page: BrowserPage, ask: Ask) -> Reading:
    try:
        text = await page.content()
    except PlaywrightError:  # it is on its way to another address
        await page.wait_for_load_state(timeout=ask.timeout * 1000)
        text = await page.content()
    frames = tuple(frame.url for frame in page.frames[1:])
    headers = {"content-type": "text/html; charset=utf-8"}  # the browser has decoded it
    return read(Answer(text.encode("utf-8", "replace"), page.url, 200, headers, frames), ask.readers)


def open_page(request: Request, ask: Ask, group: str) -> Request:
    """`request`, to be opened in the browser and read. A search keeps its page, for the next button."""
    request.meta.update(
        ask=ask,
        playwright=True,
        playwright_context=group,
        playwright_page_init_callback=watch,
        playwright_page_goto_kwargs={"wait_until": "commit"},
        playwright_page_methods=[PageMethod(first_reading, ask)],
        playwright_include_page=ask.item_id is None,
        dont_retry=True,  # a retried request with its page included leaks the page
    )
    return request


async def readings(response: Response, turn: Callable[[], AsyncIterator[None]]) -> AsyncGenerator[Reading, None]:
    """Every page of a search, one after another; closes the browser's page at the end, whatever happens.

    turn : waits for the pace before each next page; ends when no more may be opened
    """
    assert response.request is not None
    stored: Iterator[Reading] | None = response.meta.get("readings")
    if stored is not None:
        for reading in stored:
            yield reading
        return
    ask: Ask = response.meta["ask"]
    page: BrowserPage = response.meta["playwright_page"]
    try:
        yield reading_of(response)
        async for _ in turn():
            following = await _next_reading(page, ask)
            if following is None:
                return
            yield following
    finally:
        await close_page(response.request)


def reading_of(response: Response) -> Reading:
    """What the answer to an `open_page` request (or its stored twin) turned out to be."""
    if response.status >= 400:
        return Reading(Outcome.ERROR, f"HTTP {response.status}")
    stored: Iterator[Reading] | None = response.meta.get("readings")
    if stored is not None:
        return next(stored)
    reading: Reading = response.meta["playwright_page_methods"][0].result
    return reading


async def _next_reading(page: BrowserPage, ask: Ask) -> Reading | None:
    """Press the site's own next button and read what comes; None when there is no further page."""
    button = page.locator(ask.next_button).first
    try:
        await button.wait_for(state="visible", timeout=BUTTON_SECONDS * 1000)
    except PlaywrightTimeout:
        return None
    if not await button.is_enabled():
        return None
    watcher = _watchers[page]
    watcher.forget()
    try:
        await button.click(timeout=ask.timeout * 1000)
    except PlaywrightTimeout:  # something lies over it: a wall, or a layout nobody knows
        return await _document(page, ask)
    return await watcher.settled(ask.readers, ask.timeout) or await _document(page, ask)


async def close_page(request: Request) -> None:
    """Close the browser's page of a request, if it has one. The one place that does."""
    page: BrowserPage | None = request.meta.get("playwright_page")
    if page is not None and not page.is_closed():
        with suppress(PlaywrightError):
            await page.close()
