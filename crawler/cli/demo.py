"""`bazaarwatch demo`: the whole main job on the local stand-in, compared with the truth."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import typer

from crawler.cli.compare import Comparison, Planted, compare
from crawler.cli.demo_crawls import crawl_all, spiders_for
from crawler.cli.exporting import flagged_links
from crawler.cli.shared import DEMO_CATALOGUE, DEMO_RIGHTS, UsageError, opened, take_rights
from crawler.cli.tables import print_flagged, print_outcome
from crawler.config import load_config
from crawler.exports import write_csv
from crawler.flagged import FlaggedLink
from crawler.marketplaces import SITES
from crawler.progress import tell
from crawler.runs import DONE, INTERRUPTED
from sandbox.catalogue import Catalogue, read_catalogue
from store.database import Store
from store.queries import all_rights, seen_keys

MARKER = ".bazaarwatch-demo"  # a folder without it is not ours to empty
SHOWN_MARKS = 5


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(demo)


def demo(
    catalogue: Path | None = typer.Option(None, help="Goods with their truth, as JSON lines; docs/formats.md."),
    rights: Path | None = typer.Option(None, help="The registered rights that are protected; goes with --catalogue."),
    output: Path = typer.Option(Path("demo-output"), "--output", "-O", help="Where database, CSV and pictures go."),
    as_json: bool = typer.Option(False, "--json", help="Counts and ids alone, as JSON on stdout."),
) -> None:
    """Find planted counterfeits: a crawl of the local stand-in in a real browser, scored, and compared.

    Without files of your own it takes the catalogue and the rights that come with it. Every marketplace that the
    catalogue has goods of is searched. What is wrong in the rights file is left out with a warning, where
    `rights import` refuses the whole file.
    Example: bazaarwatch demo
    """
    from sandbox.server import Sandbox  # noqa: PLC0415 # a web server, which no other command needs

    started = time.monotonic()
    goods, rights = _files(catalogue, rights)
    _fresh(output)
    config = load_config(data=output / "data", database_url=None)
    with opened(config) as (_, store):
        take_rights(config, store, rights, partial=True)
        planted = _planted(store, goods)
        crawled = time.monotonic()
        with Sandbox(goods) as box:
            code = crawl_all(store, config, box.port, spiders_for(goods.goods))
        crawled = time.monotonic() - crawled
        links = flagged_links(store)
        result = _compared(store, planted, links)
    if code != DONE:
        how = "was interrupted" if code == INTERRUPTED else f"did not finish (exit code {code})"
        tell(f"the demo {how}: what follows is what was found until then")
    write_csv(output / "flagged.csv", links)
    if as_json:
        typer.echo(json.dumps(result.as_json(time.monotonic() - started)))
    else:
        print_flagged(links)
        print_outcome(result, crawled, output)
    raise typer.Exit(code)


def _files(catalogue: Path | None, rights: Path | None) -> tuple[Catalogue, Path]:
    """The goods, and where the rights are. Raises UsageError, CatalogueError."""
    if (catalogue is None) != (rights is None):
        raise UsageError("give --catalogue and --rights together: the truth of the one names rights of the other")
    goods = read_catalogue(catalogue or DEMO_CATALOGUE)
    for warning in goods.warnings:
        tell(f"warning: {warning}")
    return goods, rights or DEMO_RIGHTS


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


def _planted(store: Store, goods: Catalogue) -> list[Planted]:
    """The counterfeits of a catalogue; says when there are none, and when some infringe what nobody registered."""
    with store.reading() as session:
        owners: dict[str, frozenset[str]] = {}
        for right in all_rights(session):
            owners[right.right_id] = owners.get(right.right_id, frozenset()) | {right.client.name}
    fakes = [each for each in goods.goods if each.truth and each.truth.label == "counterfeit"]
    if not fakes:
        tell("warning: nothing was planted: the catalogue has no article whose truth is counterfeit")
    marks = {(each.id_space, each.item_id): each.truth.mark for each in fakes if each.truth}
    unknown = sorted({mark for mark in marks.values() if mark and mark not in owners})
    if unknown:
        few = ", ".join(unknown[:SHOWN_MARKS]) + (", ..." if len(unknown) > SHOWN_MARKS else "")
        tell(f"warning: no right is registered for the truth.mark {few}: what infringes it counts as missed")
    return [Planted(key, owners.get(mark, frozenset()) if mark else None) for key, mark in marks.items()]


def _compared(store: Store, planted: list[Planted], links: list[FlaggedLink]) -> Comparison:
    with store.reading() as session:
        seen = seen_keys(session)
    flagged: dict[tuple[str, str], set[str]] = {}
    for link in links:
        flagged.setdefault((SITES[link.platform].id_space, link.item_id), set()).add(link.client)
    return compare(planted, seen, flagged)
