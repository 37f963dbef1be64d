"""Which Chromium is driven and how it is started."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Request as PlaywrightRequest

from crawler.config import Browser, Config, ConfigError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_LOADED = frozenset({"image", "font", "media"})  # the crawl reads answers, not pixels
VERSION_SECONDS = 20
MISSING = "no Chromium found: install one (Debian: apt-get install chromium) or set BAZAARWATCH_BROWSER__EXECUTABLE"


def find_chromium(browser: Browser) -> Path:
    """The executable that is set, else the machine's own, else Playwright's. Raises ConfigError."""
    if browser.executable:
        if not os.access(browser.executable, os.X_OK):
            raise ConfigError(f"browser.executable: {browser.executable} cannot be run")
        return browser.executable
    for path in _candidates():
        if path.exists():
            return path
    raise ConfigError(MISSING)


def check_chromium(path: Path) -> None:
    """Start it for a moment: one that ends at once would be told in twenty lines later. Raises ConfigError."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=VERSION_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise ConfigError(f"{path}: this Chromium does not start") from None
    if done.returncode or not done.stdout.strip():
        raise ConfigError(f"{path}: this is no Chromium that starts")


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    yield from sorted(downloads.glob("chromium-*/chrome-*/chrome"), reverse=True)


def launch_options(browser: Browser, *extra: str) -> dict[str, Any]:
    """Options for Playwright's `launch`.

    The sandbox of Chromium itself is switched off for root alone, where it cannot run: the pages are hostile.
    """
    args = [*browser.args, *extra]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    return {"executable_path": str(find_chromium(browser)), "headless": not browser.headed, "args": args}


def launch_for(config: Config, transport: str) -> dict[str, Any]:
    """Options for `launch` on a transport: for the stand-in every host is this machine's port."""
    kind, _, port = transport.partition(":")
    return launch_options(
        config.browser, *([f"--host-resolver-rules=MAP * 127.0.0.1:{port}"] if kind == "sandbox" else [])
    )


def trust_for(transport: str) -> dict[str, Any]:
    """Options for a context on a transport: the stand-in's certificate is of its own making."""
    return {"ignore_https_errors": True} if transport.startswith("sandbox:") else {}


def not_needed(request: PlaywrightRequest) -> bool:
    """Whether the crawl can do without what the page asks for."""
    return request.resource_type in NOT_LOADED
