"""What a wall looked like: one picture a run, for the operator who has to end it by hand."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage

from crawler.sessions import PRIVATE_FILE

SECONDS = 10


async def keep_screen(page: BrowserPage, data: Path, run_id: int | None) -> str | None:
    """Take the picture; its name in the data folder, None where it could not be had. Never raises."""
    name = f"screens/{run_id}.png"
    try:
        picture = await page.screenshot(timeout=SECONDS * 1000)
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).touch(PRIVATE_FILE)  # the page may show who is logged in
        (data / name).write_bytes(picture)
    except (PlaywrightError, OSError):
        return None
    return name
