"""What a run saw, kept as a WARC, so that a parser that broke can be mended and run again without asking the site.

Writing is done in a thread. Each exchange is written whole and flushed: a kill loses those that waited, mostly none.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from crawler.archives.records import Exchange, header_lines, moment, write_exchange, write_information
from crawler.progress import tell
from crawler.redaction import Redactor

if TYPE_CHECKING:
    from scrapy.http import Response

WAITING = 256  # exchanges; a run has a handful a second
WAITING_BYTES = 128 * 2**20
CLOSING_SECONDS = 60.0  # to write what waits

log = logging.getLogger(__name__)


class Recorder:
    """Writes `path`, for its owner alone (mode 0600), from the first answer on; may be called from any thread.

    info : what the warcinfo record says of the run, by field name
    A disk that is full, or a folder that cannot be written, is one line; the run goes on without a recording.
    """

    def __init__(self, path: Path, info: Mapping[str, str | None]) -> None:
        self.path = path
        self.info = info
        self.written = 0
        self.lost = 0
        self._redactor = Redactor()
        self._waiting: queue.Queue[Exchange | None] = queue.Queue(WAITING)
        self._bytes = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = False

    def answer(
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        *,
        request_headers: Mapping[str, str] | None = None,
        method: str = "GET",
        asked: str | None = None,
    ) -> None:
        """An answer as the page got it: body unpacked, headers as they came (several of one name: lines).

        asked : the address of the search (its first page) or of the article that it belongs to
        """
        exchange = Exchange(
            url=url,
            body=body,
            date=moment(),
            status=status,
            headers=header_lines(headers),
            request=None if request_headers is None else header_lines(request_headers),
            method=method,
            asked=asked,
        )
        self._take(exchange)

    def document(self, url: str, text: str, *, asked: str | None = None, frames: str = "") -> None:
        """A page's document as the browser had drawn it. frames : addresses of those that the user saw in it"""
        body = text.encode("utf-8", "replace")
        self._take(Exchange(url=url, body=body, date=moment(), asked=asked, derived=True, frames=frames))

    def response(self, response: Response, *, asked: str | None = None) -> None:
        """An answer that Scrapy itself fetched; its body is unpacked by then."""
        sent = _text(response.request.headers) if response.request else None
        headers = _text(response.headers)
        self.answer(response.url, response.status, headers, response.body, request_headers=sent, asked=asked)

    def close(self) -> str | None:
        """Write what waits; the name of the file, None where nothing was written."""
        with self._lock:
            self._ended = True
            thread = self._thread
        if thread is not None:
            with suppress(queue.Full):
                self._waiting.put(None, timeout=CLOSING_SECONDS)
            thread.join(CLOSING_SECONDS)
        if self.lost:
            tell(f"warning: {self.lost} answers are missing in {self.path.name}: they could not be written in time")
        return self.path.name if self.written else None

    def _take(self, exchange: Exchange) -> None:
        """Never waits: this is called from the event loop."""
        with self._lock:
            if self._ended:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="recorder", daemon=True)
                self._thread.start()
            if self._bytes and self._bytes + len(exchange.body) > WAITING_BYTES:
                self.lost += 1
                return
            try:
                self._waiting.put_nowait(exchange)
                self._bytes += len(exchange.body)
            except queue.Full:
                self.lost += 1

    def _write_all(self) -> None:
        try:
            with self._open() as file:
                self._put(file, partial(write_information, name=self.path.name, info=self.info))
                while (exchange := self._waiting.get()) is not None:
                    if self._put(file, partial(write_exchange, exchange=exchange, redactor=self._redactor)):
                        self.written += 1
                    with self._lock:
                        self._bytes -= len(exchange.body)
        except OSError as error:
            self._give_up(error)

    def _put(self, file: IO[bytes], write: Callable[[Any], None]) -> bool:
        """Records are made in memory first, so that none is ever half in the file. Raises OSError."""
        made = BytesIO()
        try:
            write(WARCWriter(made, gzip=True, warc_version="1.1"))
        except Exception:  # a fault in one record must not lose the recording
            log.exception("an answer could not be recorded")
            self.lost += 1
            return False
        file.write(made.getvalue())
        file.flush()
        return True

    def _give_up(self, error: OSError) -> None:
        tell(f"warning: the run is not recorded any further: {error.strerror or error}: {self.path}")
        with self._lock:
            self._ended = True
        with suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()

    def _open(self) -> IO[bytes]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            try:
                return os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            except FileExistsError:  # of another database, whose runs have the same numbers
                self.path = _next_name(self.path)


def _next_name(path: Path) -> Path:
    stem, _, number = path.name.removesuffix(".warc.gz").partition("+")
    return path.with_name(f"{stem}+{int(number or 1) + 1}.warc.gz")


def _text(headers: Any) -> dict[str, str]:
    """Scrapy's headers, several of one name as lines."""
    return {
        name.decode("latin-1"): "\n".join(value.decode("latin-1") for value in values)
        for name, values in headers.items()
    }
