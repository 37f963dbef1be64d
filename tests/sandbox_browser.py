"""A real Chromium for which every host is the sandbox."""

import shutil
from contextlib import asynccontextmanager

from playwright.async_api import async_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def chromium(box):
    """The machine's Chromium, else the one that Playwright installed."""
    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{box.port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, rules])
        yield browser
        await browser.close()


@asynccontextmanager
async def new_page(browser):
    """A page of a browser that was never here before."""
    context = await browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(20_000)
    yield await context.new_page()
    await context.close()
