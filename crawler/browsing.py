"""Opening a marketplace's pages in the browser, and turning them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from playwright.async_api import BrowserContext
from playwright.async_api import Page as BrowserPage
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from crawler.reading import Outcome, Reading
from crawler.watching import SETTLED, Ask, Watcher, refusal

T = TypeVar("T")
OUTER = 3  # times the seconds that an answer is waited for: a page, its document and its call, one after another
BUTTON_SECONDS = 2  # the page draws its pager when its goods have come

_watchers: WeakKeyDictionary[BrowserPage, Watcher] = WeakKeyDictionary()
_known: WeakSet[BrowserContext] = WeakSet()


def open_page(request: Request, ask: Ask, group: str) -> Request:
    """`request`, to be opened in the browser and read. Its page is kept: for the next button, and the next request."""
    visit_page(request, replace(ask, asked=request.url), group)
    request.meta["playwright_page_goto_kwargs"] = {"wait_until": "commit"}
    request.meta["playwright_page_methods"] = [PageMethod(first_reading)]
    return request


def visit_page(request: Request, ask: Ask, group: str) -> Request:
    """`request`, to be opened in the browser, as the operator whose session it is, and not read."""
    request.meta.update(
        ask=ask,
        playwright=True,
        playwright_context=group,
        playwright_page_init_callback=watch,
        playwright_page_goto_kwargs={"wait_until": "domcontentloaded"},
        playwright_include_page=True,  # `crawler.pages` has it back
        dont_retry=True,  # a retried request with its page included leaks the page
    )
    return request


async def watch(page: BrowserPage, request: Request) -> None:
    """scrapy-playwright's page-init callback: look before the page is opened, for the first time or once more."""
    ask = request.meta["ask"]
    if page.context not in _known:
        _known.add(page.context)
        await _meet(page.context, ask)
    if page in _watchers:
        _watchers[page].begin(ask)
    else:
        _watchers[page] = Watcher(page, ask)


async def _meet(context: BrowserContext, ask: Ask) -> None:
    """A browser that has just been started: it is given the operator's cookies back, and its end is noticed at once."""
    if died := ask.died:
        context.on("close", lambda _: died())
    if ask.cookies:
        await context.add_cookies([dict(each) for each in ask.cookies])  # type: ignore[misc]


async def first_reading(page: BrowserPage) -> Reading:
    """What the page that was opened shows: at once in its document, else by its own call."""
    return await _bounded(_first(page), _watchers[page].ask)


async def _first(page: BrowserPage) -> Reading:
    watcher = _watchers[page]
    shown = await watcher.document()
    return shown if shown.outcome in SETTLED else await watcher.settled()


async def _bounded(work: Coroutine[Any, Any, T], ask: Ask) -> T | Reading:
    """An outer limit: a browser that hangs answers no call at all, and Playwright waits for some of them for ever."""
    seconds = OUTER * ask.seconds
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        return Reading(Outcome.ERROR, f"the browser did not answer in {seconds:.0f} s")


def opened_reading(response: Response) -> Reading:
    """What the page of an `open_page` request showed. Its own answer may be a refusal, whatever stands in it."""
    reading: Reading = response.meta["playwright_page_methods"][0].result
    if response.status >= 400 and reading.outcome not in SETTLED:
        return refusal(response.status)
    return reading


async def next_reading(page: BrowserPage, ask: Ask) -> Reading | None:
    """Press the site's own next button and read what comes; None when there is no further page."""
    return await _bounded(_next(page, ask), ask)


async def _next(page: BrowserPage, ask: Ask) -> Reading | None:
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
        await button.click(timeout=ask.seconds * 1000)
    except PlaywrightTimeout:  # something lies over it: a wall, or a layout nobody knows
        return await watcher.document()
    return await watcher.settled()
