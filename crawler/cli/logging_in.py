"""`bazaarwatch login`: the operator's own session on a marketplace."""

from __future__ import annotations

from pathlib import Path

import typer

from crawler.answers import Outcome
from crawler.cli.shared import UsageError, opened
from crawler.cooling import BY_LOGIN, lift
from crawler.marketplaces import site
from crawler.progress import tell

WALL = 3


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(login)


def login(
    marketplace: str = typer.Argument(help="Whose login; Taobao and Tmall share one."),
    check: bool = typer.Option(False, "--check", help="Only say whether the session is alive (exit 0) or not (3)."),
    file: Path | None = typer.Option(
        None, "--import", help="Cookies of your own browser: storage_state.json, a JSON export, or cookies.txt."
    ),
) -> None:
    """Open a browser window on the marketplace's login page; the profile is kept for the crawls.

    You log in by hand and close the window. Nothing is typed, solved or stored by this program but the profile.
    Example: bazaarwatch login taobao, then bazaarwatch login --check taobao
    """
    from crawler.login import check_login, import_login, log_in  # noqa: PLC0415 # Playwright, for this alone

    home = site(marketplace)
    if check and file:
        raise UsageError("give either --check or --import")
    with opened() as (config, store):
        if check:
            found = check_login(config, home)
            if found.outcome is not Outcome.PAGE:
                tell(f"{found.outcome}: {found.signal}. Run: bazaarwatch login {home.name}")
                raise typer.Exit(WALL)
            typer.echo(found.signal)
        else:
            typer.echo(import_login(config, home, file) if file else log_in(config, home))
            lift(store, home.access_group, BY_LOGIN)  # what a person has just ended by hand
