"""`bazaarwatch probe`: does this version still read a site? For an operator, who may ask it; nobody else here can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from crawler.archives import Stored, stored_answers
from crawler.arguments import parse_arguments
from crawler.cli.crawling import spider_arguments
from crawler.cli.shared import opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from crawler.items import Listing
from crawler.marketplaces import site
from crawler.progress import tell
from crawler.reading import Outcome, Reading, read
from crawler.runs import DONE, EXIT_CODES
from crawler.supervise import run_crawl
from spiders.parsing import READERS
from store import runs
from store.database import Store

WORDS = {"zh": "手机壳", "en": "phone case"}  # goods that every general marketplace has thousands of
LOOKED_AT = (
    "title",
    "price_min",
    "currency",
    "sold",
    "shop_name",
    "seller_id",
    "seller_url",
    "location",
    "image_urls",
    "brand",
    "attributes",
    "moq",
    "stock",
    "is_ad",
)
COLUMNS = ("answer", "outcome", "layout", "listings", "always empty", "sometimes empty")


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(probe)


def probe(
    marketplace: str = typer.Argument(help="Which site."),
    query: str | None = typer.Option(None, "--query", "-q", help="What to search for."),
) -> None:
    """Ask a site for one search and one detail page, under the usual pace, and say what could be read of them.

    Ends as a crawl does: 0 read, 3 a wall, 4 a layout that nobody knows. What was seen is kept, without credentials.
    Example: bazaarwatch probe taobao -q 帆布包
    """
    home = site(marketplace)
    word = query or WORDS[home.languages[0]]
    given = {"brand": word, "keywords": word, "pages": "1", "details": "first"}
    parse_arguments(given)
    with opened() as (config, store):
        before = _newest(store)
        code = run_crawl([home.name, *spider_arguments(given)])
        archive = _archive(config, store, before)
    if archive is None:
        tell("nothing was asked, and nothing is kept")
        raise typer.Exit(code)
    seen = [(each, read(each.answer, READERS[home.name])) for each in stored_answers(archive) if each.kind == "page"]
    print_rows(COLUMNS, [_row(stored, reading) for stored, reading in seen], "no answer came")
    typer.echo(f"kept, without credentials: {archive}")
    raise typer.Exit(code if code != DONE else max(_codes(seen), default=DONE))


def _newest(store: Store) -> int:
    with store.reading() as session:
        return max((run.id for run in runs.latest(session, 1)), default=0)


def _archive(config: Config, store: Store, before: int) -> Path | None:
    with store.reading() as session:
        names = [run.archive for run in runs.latest(session, 1) if run.id > before and run.archive]
    return config.data / names[0] if names else None


def _codes(seen: Sequence[tuple[Stored, Reading]]) -> Iterator[int]:
    """An answer that nobody knows counts when no other of the run could be read either."""
    if not any(reading.outcome is Outcome.PAGE for _, reading in seen):
        yield from (EXIT_CODES.get(reading.outcome, DONE) for _, reading in seen)


def _row(stored: Stored, reading: Reading) -> tuple[object, ...]:
    listings = reading.page.listings if reading.page else ()
    always, sometimes = _empty(listings)
    layout = reading.page.layout if reading.page else reading.signal
    address = (stored.answer.url or stored.name).partition("?")[0]
    return address, reading.outcome, layout, len(listings), ", ".join(always), ", ".join(sometimes)


def _empty(listings: Sequence[Listing]) -> tuple[list[str], list[str]]:
    """The fields that no listing has, and those that some lack."""
    missing = Counter(name for each in listings for name in LOOKED_AT if getattr(each, name) in (None, "", (), {}))
    always = [name for name in LOOKED_AT if missing[name] == len(listings) and listings]
    return always, [name for name in LOOKED_AT if 0 < missing[name] < len(listings)]
