"""The operator's own login: a headed browser on a profile that is kept. Nothing here types, solves or hides."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from crawler.answers import Answer, Outcome, Reading
from crawler.config import Config, ConfigError
from crawler.cookie_exports import exported_cookies
from crawler.marketplaces import Site
from crawler.sessions import Cookie, is_in_use, keep_cookies, make_private, profile_folder, session_cookies
from crawler.transports.browser import launch_for, trust_for
from crawler.walls import classify

LOOK_SECONDS = (
    1.0  # how often the cookies are looked at while the window is open: nothing is left to ask once it closed
)
SETTLE_SECONDS = 3.0  # a page that sends a visitor to its login does so by script


def log_in(config: Config, site: Site) -> str:
    """Open the login page and wait until the window is closed; one line to say what to do next."""
    with _profile(config, site, headless=False) as context:
        _go(_page(context), site.login_url)
        cookies: Sequence[Cookie] = ()
        with suppress(PlaywrightError):  # the operator has closed the window
            while context.pages:
                cookies = [dict(each) for each in context.cookies()]
                context.pages[0].wait_for_timeout(LOOK_SECONDS * 1000)
    _keep(config, site, cookies)
    return f"the login is kept; next: bazaarwatch login --check {site.name}"


def import_login(config: Config, site: Site, path: Path) -> str:
    """Put the cookies of an export into the profile; one line to say what to do next."""
    cookies = exported_cookies(path, site.access_group)
    with _profile(config, site, headless=True) as context:
        context.add_cookies([dict(each) for each in cookies])  # type: ignore[misc]
    _keep(config, site, cookies)
    return f"{len(cookies)} cookies are kept; next: bazaarwatch login --check {site.name}"


def check_login(config: Config, site: Site) -> Reading:
    """Open a page that only a logged-in visitor gets to see; PAGE when the session is alive."""
    if not profile_folder(config, site.access_group).is_dir():
        return Reading(Outcome.LOGIN_REQUIRED, "no login is kept")
    with _profile(config, site, headless=not config.browser.headed) as context:
        context.add_cookies([dict(each) for each in session_cookies(config, site.access_group)])  # type: ignore[misc]
        page = _page(context)
        _go(page, site.account_url)
        ends = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < ends:
            found = classify(
                Answer(page.content().encode(), page.url, 200, {"content-type": "text/html; charset=utf-8"})
            )
            if found.outcome is not Outcome.PAGE:
                return found
            page.wait_for_timeout(LOOK_SECONDS * 500)
    return Reading(Outcome.PAGE, f"the session of {site.access_group} is alive")


def _page(context: BrowserContext) -> Page:
    return context.pages[0] if context.pages else context.new_page()


def _go(page: Page, url: str) -> None:
    page.goto(url, wait_until="domcontentloaded")


def _keep(config: Config, site: Site, cookies: Sequence[Cookie]) -> None:
    try:
        keep_cookies(config, site.access_group, cookies)
    except OSError as error:
        raise ConfigError(f"the login could not be kept: {error.strerror}: {config.data}") from None


@contextmanager
def _profile(config: Config, site: Site, *, headless: bool) -> Iterator[BrowserContext]:
    """The browser on the profile of the site's access group. Raises ConfigError, one line."""
    folder = profile_folder(config, site.access_group)
    if is_in_use(folder):
        raise ConfigError(f"the profile of {site.access_group} is open in another browser: close that one first")
    before = os.umask(0o077)
    try:
        make_private(folder)
        with sync_playwright() as playwright:
            options = launch_for(config, config.transport) | trust_for(config.transport) | {"headless": headless}
            context = playwright.chromium.launch_persistent_context(str(folder), **options)
            yield context
            with suppress(PlaywrightError):  # closed already
                context.close()
    except PlaywrightError as error:
        raise ConfigError(_told(error, site)) from None
    except OSError as error:
        raise ConfigError(f"the profile cannot be written: {error.strerror}: {folder.parent}") from None
    finally:
        os.umask(before)


def _told(error: PlaywrightError, site: Site) -> str:
    lines = error.message.splitlines()
    if any("DISPLAY" in line or "headed browser" in line or "X server" in line for line in lines):
        return (
            "a login needs a screen, and this machine has none: log in with your own browser elsewhere, export its "
            f"cookies, and run: bazaarwatch login {site.name} --import FILE"
        )
    return f"the browser failed: {lines[0][:150] if lines else 'no reason given'}"
