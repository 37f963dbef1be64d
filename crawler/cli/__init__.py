"""The console command `bazaarwatch`."""

from __future__ import annotations

import sys

import typer

from crawler import __version__
from crawler.cli import (
    cooldowns,
    crawling,
    demo,
    exporting,
    history,
    importing,
    logging_in,
    probing,
    reading,
    rights,
    sandboxed,
    scheduling,
)
from crawler.cli.shared import USER_ERRORS
from crawler.progress import tell

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for part in (demo, crawling, importing, logging_in, probing, scheduling, reading, exporting, sandboxed):
    part.add_to(app)
for name, part in {"rights": rights, "schedule": scheduling, "cooldown": cooldowns, "runs": history}.items():
    app.add_typer(part.app, name=name)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bazaarwatch {__version__}")
        raise typer.Exit


@app.callback()
def bazaarwatch(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Find suspected counterfeit listings on marketplaces, with reasons, for the owners of registered marks."""


def main() -> None:
    """Entry point of the console script: a mistake of the user is one line and exit code 2, never a traceback."""
    try:
        app()
    except USER_ERRORS as error:
        for line in str(error).splitlines() or [type(error).__name__]:
            tell(f"error: {line}")
        sys.exit(2)
    except BrokenPipeError:  # `bazaarwatch parse ... | head`
        sys.stderr.close()
        sys.exit(0)
