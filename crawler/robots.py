"""robots.txt, obeyed also where it cannot be read: then nothing is allowed (RFC 9309, 2.3.1.4).

Scrapy's own middleware takes every answer for a robots.txt, and goes on where there is none.
"""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

NOT_ALLOWED = "robots.txt does not allow this page"
UNREADABLE = "robots.txt could not be read, which counts as a no"
NO_FILE = frozenset({404, 410})  # there are no rules


class UnreadableError(Exception):
    """The site did not give its robots.txt."""


class Unreadable(RobotParser):
    """Stands for a robots.txt that could not be read."""

    @classmethod
    def from_crawler(cls, crawler: object, robotstxt_body: bytes) -> Self:
        """Never made by Scrapy."""
        return cls()

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Nothing is."""
        return False


class RobotsMiddleware(RobotsTxtMiddleware):
    """Refuses with one of the two reasons above."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raises IgnoreRequest with the reason."""
        if isinstance(rp, Unreadable):
            raise IgnoreRequest(UNREADABLE)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise IgnoreRequest(NOT_ALLOWED) from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status // 100 != 2 and response.status not in NO_FILE:
            raise UnreadableError(f"HTTP {response.status}")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        waiting, self._parsers[netloc] = self._parsers[netloc], Unreadable()
        waiting.callback(self._parsers[netloc])  # type: ignore[union-attr,arg-type]
