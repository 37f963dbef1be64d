"""`bazaarwatch parse`: one saved answer, read."""

from __future__ import annotations

from pathlib import Path

import typer

from crawler.marketplaces import SITES
from spiders.parsing import exit_code, line, listing_to_json, parse_file


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(parse)


def parse(
    marketplace: str = typer.Argument(help=f"{', '.join(SITES)}; taobao and tmall read alike."),
    file: Path = typer.Argument(help="A saved page or JSON(P) answer; known by its content, not its name."),
    url: str | None = typer.Option(None, help="Where it came from, if the file does not say."),
) -> None:
    """Read one saved answer: listings as JSON lines, or what it is instead.

    Exit codes: 0 read (or proven empty), 2 no such file, 3 a wall, 4 unknown layout or an API's error.
    Example: bazaarwatch parse taobao saved-search.html
    """
    reading = parse_file(marketplace, file, url)
    for listing in reading.page.listings if reading.page else ():
        typer.echo(listing_to_json(listing))
    if said := line(reading):
        typer.echo(said, err=True)
    raise typer.Exit(exit_code(reading))
