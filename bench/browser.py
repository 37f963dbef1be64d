"""The browser: pages a second against scrapy-playwright's plain way, side by side; its memory over many pages.

python -m bench.browser             # ratio of pages a second, and memory over 500 pages
The plain way, as its documentation has it: a page opened and closed for each request, all that it asks for loaded,
its heading waited for. Whole processes are timed, start and end included; ours also judges and stores each article.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.crawl import surroundings
from bench.goods import BRAND, catalogue_of
from bench.report import Figure, arguments, report
from crawler.config import load_config
from crawler.marketplaces import canonical_url
from crawler.supervise import run_crawl
from crawler.transports.browser import launch_for
from sandbox.catalogue import Catalogue, read_catalogue
from sandbox.server import Sandbox
from tests.crawling import environment

PAGES, ROUNDS = 150, 3
LONG = 500
PLAIN = """
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy_playwright.page import PageMethod

class Plain(Spider):
    name = "plain"
    seen = 0

    async def start(self):
        for url in URLS:
            wait = PageMethod("wait_for_selector", "h1")
            yield Request(url, meta={"playwright": True, "playwright_page_methods": [wait]}, callback=self.parse)

    def parse(self, response):
        Plain.seen += 1

process = CrawlerProcess(SETTINGS)
process.crawl(Plain)
process.start()
print(Plain.seen)
"""


def shop(folder: Path, count: int) -> tuple[Catalogue, list[str]]:
    """Goods with a picture each, and the addresses of their pages."""
    goods = read_catalogue(catalogue_of(folder, "taobao", count))
    return goods, [canonical_url("taobao", each.item_id) for each in goods.goods]


def plain_rate(port: int, urls: list[str]) -> float:
    """Pages a second of the plain way, with the same number of pages at once."""
    settings = {
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"https": "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"},
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_for(load_config(), f"sandbox:{port}"),
        "PLAYWRIGHT_CONTEXTS": {"default": {"ignore_https_errors": True}},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": load_config().browser.pages,
        "CONCURRENT_REQUESTS": 16,
        "DOWNLOAD_DELAY": 0,
    }
    started = time.monotonic()
    script = f"URLS = {urls!r}\nSETTINGS = {settings!r}\n{PLAIN}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(urls), done.stderr
    return len(urls) / (time.monotonic() - started)


def our_rate(port: int, folder: Path, urls: list[str]) -> float:
    """Pages a second of our crawl: each article read, judged and stored as well."""
    (folder / "items.txt").write_text("\n".join(urls))
    with tempfile.TemporaryDirectory() as data:
        started = time.monotonic()
        command = ["taobao", "-a", f"brand={BRAND}", "-a", f"items={folder / 'items.txt'}"]
        code = run_crawl(command, environment(Path(data)) | surroundings(data, port))
        seconds = time.monotonic() - started
    assert code == 0
    return len(urls) / seconds


def ratio(folder: Path) -> Figure:
    """Interleaved rounds in one run; the medians' ratio."""
    goods, urls = shop(folder, PAGES)
    ours, plain = [], []
    with Sandbox(goods) as box:
        for _ in range(ROUNDS):
            plain.append(plain_rate(box.port, urls))
            ours.append(our_rate(box.port, folder, urls))
    found = statistics.median(ours) / statistics.median(plain)
    told = f"{found:.2f} ({statistics.median(ours):.2f} against {statistics.median(plain):.2f} a second)"
    return Figure("pages a second, ours to the plain way", ">= 1.5", told, found >= 1.5)


class Memory(threading.Thread):
    """Proportional memory of all Chromium processes below this one, looked at every other second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[int] = []
        self.ended = threading.Event()

    def run(self) -> None:
        """Until `ended`."""
        while not self.ended.wait(2):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    total += process.memory_full_info().pss if "chrom" in process.name() else 0
                except psutil.Error:
                    continue
            if total:
                self.seen.append(total)


def memory(folder: Path) -> Figure:
    """The last fifth of a long crawl against its second fifth."""
    goods, urls = shop(folder, LONG)
    watch = Memory()
    with Sandbox(goods) as box:
        watch.start()
        our_rate(box.port, folder, urls)
        watch.ended.set()
    fifth = len(watch.seen) // 5
    early, late = (statistics.median(part) / 2**20 for part in (watch.seen[fifth : 2 * fifth], watch.seen[-fifth:]))
    told = f"{early:.0f} MiB, then {late:.0f} MiB"
    return Figure(f"memory of the browser over {LONG} pages", "flat (within 15 %)", told, late <= 1.15 * early)


def figures() -> Iterator[Figure]:
    """Speed, then memory."""
    with tempfile.TemporaryDirectory() as name:
        yield ratio(Path(name))
        yield memory(Path(name))


def main() -> None:
    """Measure and report."""
    report(list(figures()), arguments(__doc__).parse_args().json)


if __name__ == "__main__":
    main()
