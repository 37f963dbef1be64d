"""The console command `bazaarwatch`."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def bazaarwatch() -> None:
    """Find suspected counterfeit listings on marketplaces, with reasons, for the owners of registered marks."""


def main() -> None:
    """Entry point of the console script."""
    app()
