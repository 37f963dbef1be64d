"""A look into a hostile page through the browser's own tools, where no script of the page can answer instead."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

from playwright.async_api import CDPSession, Page

from evidence.seen import Drawn, Shown

PART = 10_000  # px of one screenshot; Chromium draws no more than 16,384 at once
MAX_PARTS = 6
MAX_WIDTH = 3_000  # px
MAX_TEXT = 500_000  # characters
STEPS = 60  # screens that are scrolled through, so that pictures load that wait for it
STEP_MS = 30
PICTURES_MS = 4_000  # for pictures to come once the page was scrolled through
WIDTH, HEIGHT = 1280, 900  # px of the first screen

_SCROLL = f"""(async () => {{
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let n = 0, y = 0; n < {STEPS} && y < document.documentElement.scrollHeight; n++, y += innerHeight) {{
    scrollTo(0, y);
    await pause({STEP_MS});
  }}
  scrollTo(0, 0);
  const open = [...document.images].slice(0, 2000).filter((image) => !image.complete);
  const ended = open.map((image) => new Promise((done) => {{
    image.addEventListener("load", done); image.addEventListener("error", done);
  }}));
  await Promise.race([Promise.all(ended), pause({PICTURES_MS})]);
  return open.filter((image) => !image.complete).length;
}})()"""
_LOOK = f"""(() => {{
  const root = document.documentElement;
  const images = [...document.images].slice(0, 2000).map((image) => {{
    const box = image.getBoundingClientRect();
    const drawn = image.complete && image.naturalWidth > 0 && box.width >= 40 && box.height >= 40;
    return [String(image.currentSrc || image.src).slice(0, 2000), drawn];
  }});
  const text = (document.body ? document.body.innerText : "").slice(0, {MAX_TEXT});
  return JSON.stringify({{ text, images, width: root.scrollWidth, height: root.scrollHeight }});
}})()"""


class Look:
    """A page's document, from a world of its own: the page's scripts share its nodes and nothing else."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session

    @classmethod
    async def into(cls, page: Page) -> Look:
        """Raises PlaywrightError."""
        return cls(await page.context.new_cdp_session(page))

    async def _said(self, expression: str, seconds: float) -> Any:
        tree = await self.session.send("Page.getFrameTree")
        world = await self.session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "evidence"}
        )
        asked = {
            "expression": expression,
            "contextId": world["executionContextId"],
            "awaitPromise": True,
            "returnByValue": True,
        }
        async with asyncio.timeout(seconds):
            said = await self.session.send("Runtime.evaluate", asked)
        return said.get("result", {}).get("value")

    async def scroll(self, seconds: float) -> int:
        """Show the page all of itself; how many pictures did not come. Raises TimeoutError, PlaywrightError."""
        missing = await self._said(_SCROLL, seconds)
        return missing if isinstance(missing, int) else 0

    async def drawn(self, seconds: float) -> Drawn:
        """What stands there now. Raises TimeoutError, PlaywrightError."""
        plain = json.loads(await self._said(_LOOK, seconds) or "{}")
        images = tuple(Shown(str(url), bool(drawn)) for url, drawn in plain.get("images", ()))
        return Drawn(plain.get("text", ""), images, plain.get("width") or WIDTH, plain.get("height") or HEIGHT)

    async def screen(self, top: int = 0, width: int = WIDTH, height: int = HEIGHT) -> bytes:
        """A part of the page as PNG. Raises PlaywrightError."""
        clip = {"x": 0, "y": top, "width": min(width, MAX_WIDTH), "height": height, "scale": 1}
        asked = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        return base64.b64decode((await self.session.send("Page.captureScreenshot", asked))["data"])

    async def whole(self, drawn: Drawn) -> list[bytes]:
        """The whole page, part by part. Raises PlaywrightError."""
        end = min(max(drawn.height, 1), PART * MAX_PARTS)
        tops = range(0, end, PART)
        return [await self.screen(top, max(drawn.width, 1), min(PART, end - top)) for top in tops]

    async def browser(self) -> dict[str, str]:
        """Which browser it is. Raises PlaywrightError."""
        said = await self.session.send("Browser.getVersion")
        return {name: str(said.get(name, "")) for name in ("product", "revision", "userAgent", "jsVersion")}
