"""What a browser page gets to see, read the moment it comes.

The page's own JavaScript asks; we read the answers. An event handler that reads a body later loses what the browser has
dropped by then, so reading begins with the event, in tasks that end before the page is closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Response as PlaywrightResponse

from crawler.reading import WALLS, Answer, Outcome, Reader, Reading, read
from crawler.recording import Recorder

SETTLED = WALLS | {Outcome.PAGE, Outcome.EMPTY, Outcome.GONE}


@dataclass(frozen=True)
class Ask:
    """What a request is for.

    api : part of the address of the call that carries the goods; None where plain HTTP brings them with the page
    readers : the layouts of its answer; `saved_readers` those of a document that is all there is
    seconds : how long its answer is waited for
    item_id : None for a search
    cookies : those of the operator's session that a browser forgets when it closes
    record : keeps what is seen; asked : under this address, that of the search or article
    died : called when the browser ends, in whatever way
    """

    api: str | None
    readers: tuple[Reader, ...]
    saved_readers: tuple[Reader, ...]
    next_button: str
    seconds: float
    item_id: str | None = None
    cookies: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    record: Recorder | None = None
    asked: str | None = None
    died: Callable[[], None] | None = None


def refusal(status: int) -> Reading:
    """What a page that was refused is called, whatever stands in it."""
    named = read(Answer(b"", status=status), ())
    return named if named.outcome in WALLS else Reading(Outcome.ERROR, f"HTTP {status}")


class Watcher:
    """The readings of a page's own calls, and of its document where it goes somewhere else (a wall, mostly)."""

    def __init__(self, page: BrowserPage, ask: Ask) -> None:
        self.page = page
        self.tasks: set[asyncio.Task[None]] = set()
        self.begin(ask)
        page.on("response", self._answered)
        page.on("framenavigated", self._moved)
        page.on("domcontentloaded", self._loaded)

    def begin(self, ask: Ask) -> None:
        """Look anew, for another request on the same page."""
        self.ask = ask
        self.seen: asyncio.Queue[tuple[Reading, Answer | None]] = asyncio.Queue()  # and the document it was read from
        self.refused: Reading | None = None
        self.moves = 0

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _answered(self, response: PlaywrightResponse) -> None:
        if self.ask.api and self.ask.api in response.url.lower():
            self._start(self._read(response))
        elif response.status >= 400 and response.request.is_navigation_request():
            self.refused = refusal(response.status)
            self.seen.put_nowait((self.refused, None))
            self._start(self._refused(response))

    async def _read(self, response: PlaywrightResponse) -> None:
        seen = self.seen  # of the request that it belongs to: the page may be at its next one by the end
        with suppress(PlaywrightError):  # the page went elsewhere, or the answer had no body (a redirect)
            answer = await self._received(response, self.ask)
            seen.put_nowait((read(answer, self.ask.readers), None))

    async def _refused(self, response: PlaywrightResponse) -> None:
        with suppress(PlaywrightError):
            await self._received(response, self.ask)

    async def _received(self, response: PlaywrightResponse, ask: Ask) -> Answer:
        """The answer, recorded. Raises PlaywrightError."""
        body, headers = await response.body(), await response.all_headers()
        if ask.record:
            sent, method = await response.request.all_headers(), response.request.method
            ask.record.answer(
                response.url, response.status, headers, body, request_headers=sent, method=method, asked=ask.asked
            )
        return Answer(body, response.url, response.status, headers)

    def _moved(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self.moves += 1
            if self.moves > 1:  # the first is the page that was asked for
                self._start(self._look())

    def _loaded(self, _page: BrowserPage) -> None:
        if self.ask.item_id is not None:  # an article's data may stand in its page; a search's comes by its call
            self._start(self._look())

    async def _look(self) -> None:
        seen = self.seen
        with suppress(PlaywrightError):
            seen.put_nowait(await self._drawn())

    async def document(self, *, whole: bool = False) -> Reading:
        """What the page's document says, as the browser has drawn it so far; `whole`: no more is to come."""
        reading, answer = await self._drawn(whole=whole)
        if whole or reading.outcome in SETTLED:
            self._keep(answer)
        return reading

    def _keep(self, document: Answer | None) -> None:
        """Record a document: it was the thing that was read."""
        if document and document.url and self.ask.record:
            frames = " ".join(document.hops)
            self.ask.record.document(document.url, document.text, asked=self.ask.asked, frames=frames)

    async def _drawn(self, *, whole: bool = False) -> tuple[Reading, Answer]:
        try:
            text = await self.page.content()
        except PlaywrightError:  # it is on its way to another address
            await self.page.wait_for_load_state(timeout=self.ask.seconds * 1000)
            text = await self.page.content()
        frames = tuple([frame.url for frame in self.page.frames[1:] if await _visible(frame)])
        headers = {"content-type": "text/html; charset=utf-8"}  # the browser has decoded it
        readers = self.ask.saved_readers if whole else self.ask.readers
        answer = Answer(text.encode("utf-8", "replace"), self.page.url, 200, headers, frames)
        return read(answer, readers), answer

    def forget(self) -> None:
        """Drop what came so far: it belongs to the page before."""
        while not self.seen.empty():
            self.seen.get_nowait()

    def _meant(self, reading: Reading) -> bool:
        """Not an answer about another article, which the page was showing before."""
        shown = reading.page.listings if reading.page else ()
        return self.ask.item_id is None or not shown or any(each.item_id == self.ask.item_id for each in shown)

    async def settled(self) -> Reading:
        """The first reading that is goods, proof that there are none, or a wall; else the document, when time is up.

        Handshakes and other calls of the page are passed over.
        """
        odd: Reading | None = None
        with suppress(TimeoutError):
            async with asyncio.timeout(self.ask.seconds):
                while True:
                    reading, document = await self.seen.get()
                    if not self._meant(reading):
                        continue
                    if reading.outcome in SETTLED or reading is self.refused:
                        self._keep(document)
                        return reading
                    odd = odd if reading.outcome is Outcome.HANDSHAKE else reading
        shown = await self.document(whole=True)
        return shown if shown.outcome in SETTLED else odd or shown


async def _visible(frame: Frame) -> bool:
    """Whether the user sees it: good pages hold hidden frames of the guard, and only a shown one is a wall."""
    with suppress(PlaywrightError):
        return await (await frame.frame_element()).is_visible()
    return False
