"""The operator's own login: a headed browser on a profile that is kept. Nothing here types, solves or hides."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from crawler.config import Config, ConfigError
from crawler.marketplaces import Site
from crawler.transports.browser import launch_options

LOGIN_PAGES = {"taobao": "https://login.taobao.com/"}


def profile_folder(config: Config, group: str) -> Path:
    """Where the browser profile of an access group lies; a credential, readable by its owner alone."""
    return config.data.resolve() / "profiles" / group


def log_in(config: Config, site: Site) -> str:
    """Open the login page and wait until the window is closed; one line to say what to do next."""
    address = LOGIN_PAGES.get(site.access_group)
    if address is None:
        raise ConfigError(f"{site.name}: this version knows no login page of it")
    folder = profile_folder(config, site.access_group)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    options = launch_options(config.browser) | {"headless": False}
    try:
        with sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(str(folder), **options)
            page = context.pages[0] if context.pages else context.new_page()
            page.goto(address)
            context.wait_for_event("close", timeout=0)
    except PlaywrightError as error:
        lines = error.message.splitlines()
        if any("DISPLAY" in line or "headed browser" in line for line in lines):
            raise ConfigError("a login needs a screen: run this on a machine with a display") from None
        raise ConfigError(
            f"the browser could not be opened: {lines[0][:150] if lines else 'no reason given'}"
        ) from None
    return f"the profile is kept; next: scrapy crawl {site.name} -a brand=NAME"
