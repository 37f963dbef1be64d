"""Stored answers in place of a site: no browser and no socket.

In this form: a folder of saved pages and JSON(P) answers, or one such file. Files seldom tell their address, so they
are placed by what the spider's readers see in them: a search gets every search page (and every detail page, as an
analyst may have saved only those), a detail request the pages that show its article.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from crawler.reading import Answer, Reading, read
from crawler.transports.addon import transport_of

MAX_BYTES = 50 * 2**20  # one saved page; the largest seen is 0.8 MB
MAX_FILES = 100_000


class ArchiveError(Exception):
    """The archive cannot be read; the message is one line for the user."""


def stored_files(path: Path) -> list[Path]:
    """The files of an archive, in the order of their names. Raises ArchiveError."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise ArchiveError(f"{path}: no such file or folder")
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    if not files:
        raise ArchiveError(f"{path}: no files in this folder")
    return files[:MAX_FILES]


def stored_answer(file: Path) -> Answer:
    """A file as an answer. Raises ArchiveError."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ArchiveError(f"{file.name}: larger than {MAX_BYTES >> 20} MB")
        return Answer(file.read_bytes())
    except OSError as error:
        raise ArchiveError(f"{file.name}: {error.strerror}") from None


class ArchiveDownloadHandler:
    """Answers a request of `crawler.browsing` with what is stored: readings in its meta, 404 where there is none."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self.path = Path(transport_of(crawler.settings).where)
        self.given: set[Path] = set()
        self.details: dict[str, Reading] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveDownloadHandler:
        """Scrapy makes it so."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Never opens a socket."""
        ask = request.meta.get("ask")
        if ask is None:
            return Response(request.url, status=404, request=request)
        if ask.item_id is None:
            request.meta["readings"] = self._search(ask.saved_readers)
            return TextResponse(request.url, request=request)
        reading = self.details.get(ask.item_id)
        request.meta["readings"] = iter([reading] if reading else [])
        return TextResponse(request.url, status=200 if reading else 404, request=request)

    def _search(self, readers: tuple) -> Iterator[Reading]:  # type: ignore[type-arg]
        """Each stored file once a run, read one at a time: an archive may be larger than the memory."""
        for file in stored_files(self.path):
            if file in self.given:
                continue
            self.given.add(file)
            reading = read(stored_answer(file), readers)
            if reading.page and reading.page.kind == "detail":
                for listing in reading.page.listings:
                    self.details[listing.item_id] = reading
            yield reading

    async def close(self) -> None:
        """Nothing is open."""
