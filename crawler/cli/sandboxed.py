"""`bazaarwatch sandbox`: the stand-in marketplaces alone."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import typer

from crawler.cli.shared import DEMO_CATALOGUE
from crawler.progress import tell
from sandbox.catalogue import read_catalogue
from sandbox.walls import Site, Wall


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(sandbox)


def sandbox(
    catalogue: Path = typer.Option(DEMO_CATALOGUE, help="The goods, as JSON lines; docs/formats.md."),
    port: int = typer.Option(0, min=0, max=65535, help="0 takes a free one."),
    wall: Wall | None = typer.Option(None, help="What stands in the way, after so many answers."),
    wall_site: Site | None = typer.Option(None, help="The only marketplace where it stands; all of them otherwise."),
    after: int = typer.Option(0, min=0, help="Answers that come before the wall."),
) -> None:
    """Serve the stand-in marketplaces on this machine until Ctrl-C.

    Example: bazaarwatch sandbox --port 8443, then BAZAARWATCH_TRANSPORT=sandbox:8443 scrapy crawl taobao -a brand=...
    """
    goods = read_catalogue(catalogue)
    for warning in goods.warnings:
        tell(f"warning: {warning}")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    from sandbox.server import Sandbox  # noqa: PLC0415 # a web server, which no other command needs

    with Sandbox(goods, port=port, wall=wall, wall_site=wall_site, after=after) as box:
        typer.echo(
            f"{len(goods.goods)} goods on https://127.0.0.1:{box.port} (BAZAARWATCH_TRANSPORT=sandbox:{box.port})"
        )
        try:
            stop.wait()
        except KeyboardInterrupt:
            tell("stopped")
