"""Capturing listings: a browser of one's own, one listing after another, each sealed before the next is opened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, async_playwright
from playwright.async_api import Error as PlaywrightError

from crawler.config import Config
from crawler.sessions import is_in_use, profile_folder, session_cookies
from crawler.transports.browser import launch_for, trust_for
from evidence.document import HEIGHT, WIDTH
from evidence.drafts import Sealed
from evidence.errors import EvidenceError
from evidence.looking import Patience, look
from evidence.seen import Target
from evidence.surroundings import chinese_fonts
from evidence.writing import Room, write

CLOSING_SECONDS = 20.0
SCREEN = {"viewport": {"width": WIDTH, "height": HEIGHT}, "accept_downloads": False}


def root_of(config: Config) -> Path:
    """Where the bundles lie."""
    return config.data.resolve() / "evidence"


def room_of(config: Config, group: str, by: str) -> Room:
    """What is known of this machine. Raises EvidenceError: no Chinese font, or a transport without a browser."""
    if config.transport.startswith("archive:"):
        raise EvidenceError("stored answers are no evidence: capture asks the site itself (setting `transport`)")
    return Room(
        root=root_of(config),
        transport=config.transport.partition(":")[0],
        fonts=chinese_fonts(),
        profile=profile_folder(config, group).is_dir(),
        by=by,
        words=config.evidence.words,
        max_pixels=config.photos.max_pixels,
    )


def patience_of(config: Config) -> Patience:
    """As it is set."""
    return Patience(config.evidence.seconds, config.evidence.seller_page)


async def capture(context: BrowserContext, target: Target, room: Room, patience: Patience) -> Sealed:
    """Look at a listing and seal what was seen. Raises EvidenceError, NotEvidenceError, NoTurnError."""
    seen = await look(context, target, patience)
    return await asyncio.to_thread(write, seen, room)


@asynccontextmanager
async def browser(config: Config, group: str) -> AsyncIterator[BrowserContext]:
    """A browser on the operator's own profile where there is one. Raises EvidenceError, ConfigError."""
    profile = profile_folder(config, group)
    if is_in_use(profile):
        raise EvidenceError(f"the profile of {group} is open in another browser: close that one first")
    options = launch_for(config, config.transport)
    here: dict[str, Any] = {**SCREEN, **trust_for(config.transport)}
    async with async_playwright() as playwright:
        try:
            if profile.is_dir():
                context = await playwright.chromium.launch_persistent_context(str(profile), **options, **here)
                await context.add_cookies([dict(each) for each in session_cookies(config, group)])  # type: ignore[misc]
            else:
                context = await (await playwright.chromium.launch(**options)).new_context(**here)
        except PlaywrightError as error:
            said = error.message.strip().splitlines()
            raise EvidenceError(f"the browser did not start: {said[0][:150] if said else 'no reason'}") from None
        try:
            yield context
        finally:
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await (context.browser.close() if context.browser else context.close())


@asynccontextmanager
async def sheet_browser(config: Config) -> AsyncIterator[BrowserContext]:
    """The same Chromium for our own sheets: no profile, no network, no scripts. Raises EvidenceError, ConfigError."""
    chinese_fonts()
    async with async_playwright() as playwright:
        try:
            made = await playwright.chromium.launch(**launch_for(config, "live") | {"headless": True})
        except PlaywrightError as error:
            raise EvidenceError(f"the browser did not start: {error.message.splitlines()[0][:150]}") from None
        try:
            yield await made.new_context(java_script_enabled=False, offline=True)
        finally:
            await made.close()
