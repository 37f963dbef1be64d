"""`bazaarwatch demo`: the whole main job on the local stand-in, compared with the truth."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import typer

from crawler.arguments import MAX_WORD
from crawler.cli.compare import Comparison, Planted, compare
from crawler.cli.exporting import flagged_links
from crawler.cli.shared import DEMO_CATALOGUE, DEMO_RIGHTS, UsageError, opened, take_rights
from crawler.cli.tables import print_flagged, print_outcome
from crawler.config import Config, load_config
from crawler.exports import write_csv
from crawler.flagged import FlaggedLink
from crawler.marketplaces import SITES
from crawler.progress import tell
from crawler.runs import DONE, INTERRUPTED, PARTLY
from crawler.supervise import run_crawl
from sandbox.catalogue import Catalogue, read_catalogue
from sandbox.server import Sandbox
from store.database import Store
from store.models import Right
from store.queries import all_rights, seen_keys

MARKER = ".bazaarwatch-demo"  # a folder without it is not ours to empty
PAGES = "100"
BRANDS_A_RUN = 50


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(demo)


def demo(
    catalogue: Path = typer.Option(DEMO_CATALOGUE, help="Goods with their truth, as JSON lines; docs/formats.md."),
    rights: Path = typer.Option(DEMO_RIGHTS, help="The registered rights that are protected."),
    output: Path = typer.Option(Path("demo-output"), "--output", "-O", help="Where database, CSV and pictures go."),
    as_json: bool = typer.Option(False, "--json", help="Counts and ids alone, as JSON on stdout."),
) -> None:
    """Find planted counterfeits: a crawl of the local stand-in in a real browser, scored, and compared.

    Example: bazaarwatch demo
    """
    started = time.monotonic()
    goods = read_catalogue(catalogue)
    for warning in goods.warnings:
        tell(f"warning: {warning}")
    _fresh(output)
    config = load_config(data=output / "data", database_url=None)
    with opened(config) as (_, store):
        take_rights(config, store, rights, partial=True)
        crawled = time.monotonic()
        with Sandbox(goods) as box:
            code = _crawl_all(store, config, box.port)
        crawled = time.monotonic() - crawled
        links = flagged_links(store)
        result = _compared(store, goods, links)
    write_csv(output / "flagged.csv", links)
    if as_json:
        typer.echo(json.dumps(result.as_json(time.monotonic() - started)))
    else:
        print_flagged(links)
        print_outcome(result, crawled, output)
    raise typer.Exit(code)


def _fresh(output: Path) -> None:
    """An empty output folder; one that holds something else is left alone."""
    try:
        if output.exists():
            if any(output.iterdir()) and not (output / MARKER).exists():
                raise UsageError(f"{output}: holds other things; give another folder with --output")
            shutil.rmtree(output)
        output.mkdir(parents=True)
        (output / MARKER).touch()
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from None


def _crawl_all(store: Store, config: Config, port: int) -> int:
    """One crawl for many brands at once; the worst exit code, or the first interruption."""
    env = {
        "BAZAARWATCH_DATA": str(config.data),
        "BAZAARWATCH_DATABASE_URL": config.database,
        "BAZAARWATCH_TRANSPORT": f"sandbox:{port}",
        "BAZAARWATCH_ACCESS__TAOBAO__DELAY": "0",  # the stand-in is ours; a site's own pace is in its configuration
        "BAZAARWATCH_ACCESS__TAOBAO__PAGES_PER_RUN": "100000",
        "BAZAARWATCH_ACCESS__TAOBAO__PAGES_PER_DAY": "100000",
        "BAZAARWATCH_ACCESS__TAOBAO__REQUESTS_PER_DAY": "10000000",
    }
    with store.reading() as session:
        brands = _brands(all_rights(session))
    worst = DONE
    for start in range(0, len(brands), BRANDS_A_RUN):
        some = brands[start : start + BRANDS_A_RUN]
        tell(f"searching taobao for {', '.join(some)}")
        code = run_crawl(["taobao", "-a", f"brand={'|'.join(some)}", "-a", f"pages={PAGES}"], env)
        if code == INTERRUPTED:
            return code
        worst = code if code not in (DONE, PARTLY) else worst
    return worst


def _brands(rights: list[Right]) -> list[str]:
    """A word for each trademark; one word serves all rights that bear it."""
    covered: set[str] = set()
    words = []
    for right in rights:
        if right.mark is None:
            continue
        folded = {name.folded for name in right.mark.names}
        if not covered & folded:
            usable = (word for word in _words(right) if len(word) <= MAX_WORD and "|" not in word)
            words += [word for word in [next(usable, None)] if word]
        covered |= folded
    return words


def _words(right: Right) -> list[str]:
    assert right.mark is not None
    return [*(name.name for name in right.mark.names), right.right_id]


def _compared(store: Store, goods: Catalogue, links: list[FlaggedLink]) -> Comparison:
    with store.reading() as session:
        owners = {right.right_id: right.client.name for right in all_rights(session)}
        seen = seen_keys(session)
    flagged: dict[tuple[str, str], set[str]] = {}
    for link in links:
        flagged.setdefault((SITES[link.platform].id_space, link.item_id), set()).add(link.client)
    planted = [
        Planted((each.id_space, each.item_id), owners.get(each.truth.mark) if each.truth.mark else None)
        for each in goods.goods
        if each.truth and each.truth.label == "counterfeit"
    ]
    return compare(planted, seen, flagged)
