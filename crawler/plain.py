"""Pages over plain HTTP, where a site gives its goods without a browser: a hundred times cheaper than one (FACTS 4, 5).

Redirects are followed here, on the site's own hosts only: an address that is a wall is named and never asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.answers import Answer, Outcome, Reading
from crawler.marketplaces import Site, marketplace_of, site
from crawler.reading import read
from crawler.walls import wall_address
from crawler.watching import Ask

MAX_HOPS = 5
MAX_SIGNAL = 200  # characters
MOVED = frozenset({301, 302, 303, 307, 308})

Download = Callable[[Request], Awaitable[Response]]


def plain_page(request: Request, ask: Ask) -> Request:
    """`request`, to be fetched and read as it comes."""
    request.meta.update(ask=replace(ask, asked=request.url), dont_retry=True)
    return request


async def plain_further(request: Request, ask: Ask, home: Site, download: Download) -> Reading:
    """A further page of a search that goes on. Never raises."""
    response = await guarded(request, download)
    return response if isinstance(response, Reading) else await plain_reading(response, ask, home, download)


async def plain_reading(response: Response, ask: Ask, home: Site, download: Download) -> Reading:
    """What a plain answer turned out to be, after the site's own redirects. Never raises.

    download : fetches one more address
    """
    hops: list[str] = []
    record(response, ask)
    while response.status in MOVED:
        target = urljoin(response.url, (response.headers.get("Location") or b"").decode("latin-1"))
        if wall := wall_address(target):
            return wall
        if len(hops) == MAX_HOPS or not _is_at_home(target, home):
            return Reading(Outcome.UNKNOWN, "it leads elsewhere, again and again" if hops else "it leads elsewhere")
        hops.append(response.url)
        assert response.request is not None
        following = await guarded(response.request.replace(url=target, meta={"dont_retry": True}), download)
        if isinstance(following, Reading):
            return following
        response = following
        record(response, ask)
    return read(answer_of(response, hops), ask.saved_readers)


async def guarded(request: Request, download: Download) -> Response | Reading:
    """A further answer, or what became of it: refused, timed out, cut off, whatever Scrapy's downloader raises."""
    try:
        return await download(request)
    except Exception as error:
        return Reading(Outcome.ERROR, f"{type(error).__name__}: {error}"[:MAX_SIGNAL])


def record(response: Response, ask: Ask) -> None:
    """Keep an answer in the run's recording, if one is made."""
    if ask.record:
        ask.record.response(response, asked=ask.asked)


def answer_of(response: Response, hops: list[str]) -> Answer:
    """A response of Scrapy as an `Answer`; of a header that came twice the last value counts."""
    known = response.headers.items()
    headers = {name.decode("latin-1").lower(): values[-1].decode("latin-1") for name, values in known if values}
    return Answer(response.body, response.url, response.status, headers, tuple(hops))


def _is_at_home(url: str, home: Site) -> bool:
    name = marketplace_of(url)
    return url.startswith("https://") and name is not None and site(name).access_group == home.access_group
