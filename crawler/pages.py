"""The browser's pages, used again and again: opening one costs a quarter of a second of the browser's own time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from scrapy import Request

TAKEN = "page_taken"
USES = 50  # of one page; what a tab has gathered goes with it: over 500 pages one tab grew by a quarter


class PagePool:
    """So many pages, and no more: a request takes one (or leave to open one) and gives it back when it has been read.

    Waiting happens here and not in the download handler, whose own limit knows nothing of pages that are kept open.
    """

    def __init__(self, pages: int) -> None:
        self._free: asyncio.Queue[BrowserPage | None] = asyncio.Queue()
        self._uses: WeakKeyDictionary[BrowserPage, int] = WeakKeyDictionary()
        for _ in range(pages):
            self._free.put_nowait(None)

    async def take(self, request: Request) -> None:
        """Wait for a page; scrapy-playwright opens one where there is none to use again."""
        page = await self._free.get()
        request.meta[TAKEN] = True
        if page is not None and not page.is_closed():
            request.meta["playwright_page"] = page

    async def give_back(self, request: Request, *, spoilt: bool = False) -> None:
        """The page of a request that is done, in the one place where pages are closed: spoilt and old ones are."""
        if not request.meta.pop(TAKEN, False):
            return
        page: BrowserPage | None = request.meta.pop("playwright_page", None)
        if page is not None and (spoilt or self._is_old(page)):
            with suppress(PlaywrightError):
                await page.close()
        self._free.put_nowait(None if page is None or page.is_closed() else page)

    def _is_old(self, page: BrowserPage) -> bool:
        self._uses[page] = self._uses.get(page, 0) + 1
        return self._uses[page] >= USES
