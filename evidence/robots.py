"""robots.txt, asked for by the same browser that captures; obeyed unless the operator has recorded a basis.

As in a crawl (`crawler.robots`): one that cannot be read allows nothing, and where there is none, all is allowed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError
from protego import Protego

from crawler.robots import NO_FILE, NOT_ALLOWED, UNREADABLE

NAME = "bazaarwatch"
SECONDS = 15.0
MAX_TEXT = 512 * 2**10  # characters; RFC 9309 wants half a megabyte to be read


class Robots:
    """What sites allow, each asked once."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._known: dict[str, Protego | str] = {}

    async def refusal(self, url: str) -> str | None:
        """Why a page may not be opened; None where it may."""
        host = urlsplit(url).netloc
        if host not in self._known:
            self._known[host] = await self._asked(host)
        rules = self._known[host]
        if isinstance(rules, str):
            return rules
        return None if rules.can_fetch(url, NAME) else NOT_ALLOWED

    async def may(self, url: str) -> bool:
        """The same as yes or no."""
        return await self.refusal(url) is None

    async def _asked(self, host: str) -> Protego | str:
        page = await self.context.new_page()
        try:
            answer = await page.goto(f"https://{host}/robots.txt", timeout=SECONDS * 1000)
            if answer is None or (answer.status // 100 != 2 and answer.status not in NO_FILE):
                return UNREADABLE
            return Protego.parse("" if answer.status in NO_FILE else (await answer.text())[:MAX_TEXT])
        except PlaywrightError:
            return UNREADABLE
        finally:
            await page.close()
