"""One listing, looked at in the browser: opened, read, scrolled through, photographed. Nothing is written here.

A page that hangs, asks, leads away, starts downloads or opens windows is told of in the log; it never holds us up for
longer than the time that was set.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from playwright.async_api import BrowserContext, Dialog, Download, Page
from playwright.async_api import Error as PlaywrightError

from crawler.answers import WALLS, Answer, Outcome, Reading
from crawler.items import Listing, now
from crawler.marketplaces import SITES, identify, marketplace_of
from crawler.recording import Recorder
from crawler.redaction import Redactor
from crawler.walls import classify, suspect
from crawler.watching import SETTLED, Ask, Watcher
from evidence.document import Look
from evidence.errors import EvidenceError, NotEvidenceError
from evidence.seen import Log, Seen, SellerPage, Target
from evidence.traffic import Traffic

ANSWER_SECONDS = 30.0  # for the page to show its article
CALM_SECONDS = 3.0  # for the page to come to rest; many never do
SHORT_SECONDS = 10.0  # for anything asked of the browser itself
LATE_SECONDS = 2.0  # for answers that are on their way when all has been photographed


@dataclass(frozen=True)
class Patience:
    """seconds : for one listing, all in all; seller : whether its seller's page is looked at"""

    seconds: float = 60.0
    seller: bool = True


async def look(context: BrowserContext, target: Target, patience: Patience) -> Seen:
    """Look at a listing. Raises EvidenceError, NotEvidenceError, `crawler.budget.NoTurnError`."""
    await target.turn()
    try:
        async with asyncio.timeout(patience.seconds), _page(context) as (page, log):
            seen = await _listing(page, target, log)
            if patience.seller and seen.listing and seen.listing.seller_url:
                seen.seller = await _seller(context, target, seen.listing.seller_url, log)
            return seen
    except TimeoutError:
        raise EvidenceError(f"{target.url}: the page was not done in {patience.seconds:.0f} s") from None
    except PlaywrightError as error:
        said = error.message.strip().splitlines()
        raise EvidenceError(f"{target.url}: the browser failed: {said[0][:150] if said else 'no reason'}") from None


@asynccontextmanager
async def _page(context: BrowserContext) -> AsyncIterator[tuple[Page, Log]]:
    """A page of its own, closed at the end, whatever it is doing."""
    log = Log()
    page = await context.new_page()
    _refuse_tricks(page, log)
    try:
        yield page, log
    finally:
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(SHORT_SECONDS):
                await page.close()


def _refuse_tricks(page: Page, log: Log) -> None:
    async def dismiss(dialog: Dialog) -> None:
        log(f"a dialog ({dialog.type}) was dismissed: {dialog.message[:200]}")
        with suppress(PlaywrightError):
            await dialog.dismiss()

    async def cancel(download: Download) -> None:
        log(f"a download was refused: {download.suggested_filename[:100]}")
        with suppress(PlaywrightError):
            await download.cancel()

    async def close(window: Page) -> None:
        log("a window that the page opened was closed")
        with suppress(PlaywrightError):
            await window.close()

    page.on("dialog", dismiss)
    page.on("download", cancel)
    page.on("popup", close)


async def _listing(page: Page, target: Target, log: Log) -> Seen:
    at, redact = now(), Redactor().url
    traffic = Traffic(page, target.url, target.api, log)
    ask = Ask(
        target.api,
        target.readers,
        target.saved_readers,
        "",
        ANSWER_SECONDS,
        target.item_id,
        record=cast(Recorder, traffic),
        asked=target.url,
    )
    watcher = Watcher(page, ask)
    log(f"opened {redact(target.url)}")
    with suppress(PlaywrightError):  # a page that leads on at once; what came of it is read next
        await page.goto(target.url, wait_until="commit", timeout=ANSWER_SECONDS * 1000)
    reading = await _read(watcher)
    log(f"read: {reading.outcome} {reading.signal}")
    listing = _meant(reading, target)
    return await _photographed(page, watcher, traffic, Known(target, at, reading, listing, log))


@dataclass(frozen=True)
class Known:
    """What is known before anything is photographed."""

    target: Target
    at: datetime
    reading: Reading
    listing: Listing | None
    log: Log


async def _read(watcher: Watcher) -> Reading:
    shown = await watcher.document()
    return shown if shown.outcome in SETTLED else await watcher.settled()


def _meant(reading: Reading, target: Target) -> Listing | None:
    """The listing that the page is of. Raises NotEvidenceError: a wall, nothing, another article, or gone too soon."""
    if reading.outcome is Outcome.GONE and target.moment == "removal":
        return None
    shown = reading.page.listings if reading.page else ()
    listing = next((each for each in shown if each.item_id == target.item_id), None)
    if reading.outcome is Outcome.PAGE and listing is not None:
        return listing
    outcome = Outcome.UNKNOWN if reading.outcome is Outcome.PAGE else reading.outcome
    said = reading.signal or (reading.page.gone if reading.page else None) or "no such article on it"
    raise NotEvidenceError(outcome, f"{target.url}: this page is no evidence: {outcome}: {said}")


async def _photographed(page: Page, watcher: Watcher, traffic: Traffic, known: Known) -> Seen:
    log = known.log
    with suppress(PlaywrightError):  # what the page asks for by itself once its article is there
        await page.wait_for_load_state("networkidle", timeout=CALM_SECONDS * 1000)
    view = await Look.into(page)
    late = await view.scroll(SHORT_SECONDS)
    log(f"scrolled through; {late} pictures did not come" if late else "scrolled through")
    address, moves = page.url, watcher.moves
    drawn = await view.drawn(SHORT_SECONDS)
    fold, full = await view.screen(), await view.whole(drawn)
    log(f"photographed {drawn.width} x {drawn.height} px in {len(full)} parts")
    html = await page.content()
    moved = page.url != address or watcher.moves != moves
    if moved:
        log(f"the page went on to {Redactor().url(page.url)}")
    odd = _checked(html, page.url, known)
    browser = await view.browser()
    await traffic.finish(LATE_SECONDS)
    return Seen(
        target=known.target,
        at=known.at,
        url=address,
        reading=known.reading,
        listing=known.listing,
        html=html,
        drawn=drawn,
        full=full,
        fold=fold,
        exchanges=traffic.exchanges,
        hosts=traffic.hosts,
        browser=browser,
        log=log,
        moved=moved or not _is_there(address, known),
        odd=odd,
    )


def _is_there(address: str, known: Known) -> bool:
    """Whether the address is the article's own, or where a site leads whose article is gone."""
    named, target = identify(address), known.target
    if known.listing is None:
        return marketplace_of(address) is not None
    space = SITES[target.marketplace].id_space
    return named is not None and (SITES[named.marketplace].id_space, named.item_id) == (space, target.item_id)


def _checked(html: str, url: str, known: Known) -> tuple[str, ...]:
    """Traces of a wall in the page as it was photographed. Raises NotEvidenceError: it is one by now."""
    answer = Answer(html.encode("utf-8", "replace"), url, 200, {"content-type": "text/html; charset=utf-8"})
    wall = classify(answer)
    if wall.outcome in WALLS:
        raise NotEvidenceError(wall.outcome, f"{known.target.url}: this page is no evidence: {wall.signal}")
    trace = suspect(answer)
    return (f"nothing in front of it ({trace.signal})",) if trace else ()


async def _seller(context: BrowserContext, target: Target, url: str, log: Log) -> SellerPage | None:
    """The seller's page as any visitor sees it; None where it cannot be had, which the log tells."""
    home = marketplace_of(url)
    if home is None or SITES[home].access_group != SITES[target.marketplace].access_group:
        log("the seller's page is on another site, and was not opened")
        return None
    if not await target.may(url):
        log("robots.txt does not allow the seller's page, which was not opened")
        return None
    await target.turn()
    try:
        async with asyncio.timeout(2 * SHORT_SECONDS), _page(context) as (page, _):
            await page.goto(url, wait_until="load", timeout=SHORT_SECONDS * 1000)
            screen = await (await Look.into(page)).screen()
            html = await page.content()
            wall = classify(Answer(html.encode("utf-8", "replace"), page.url))
            log(f"the seller's page: {wall.outcome} {Redactor().url(page.url)}")
            return None if wall.outcome in WALLS else SellerPage(page.url, html, screen)
    except (TimeoutError, PlaywrightError):
        log("the seller's page did not open")
        return None
