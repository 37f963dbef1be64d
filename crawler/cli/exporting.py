"""`bazaarwatch export`: flagged links as files for people."""

from __future__ import annotations

from pathlib import Path

import typer

from crawler.cli.shared import UsageError, opened
from crawler.exports import write_csv, write_links, write_xlsx
from crawler.flagged import FlaggedLink, from_candidate
from store.database import Store
from store.queries import candidates, verdicts_of


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(export)


def export(
    file: Path = typer.Argument(
        help="A .csv or .xlsx with all columns; any .txt name gets the links alone, for the portal's paste box."
    ),
    client: str | None = typer.Option(None, help="Only this client's."),
    state: str = typer.Option("queued", help="Only candidates in this state; `all` for every one."),
) -> None:
    """Write the flagged links that are stored; a folder that is not there is made.

    Example: bazaarwatch export flagged.csv --client "Oriva AG"
    """
    writers = {".csv": write_csv, ".xlsx": write_xlsx, ".txt": write_links}
    if file.suffix not in writers:
        raise UsageError(f"{file}: give a .csv, .xlsx or .txt file")
    with opened() as (_, store):
        rows = flagged_links(store, client=client, state=None if state == "all" else state)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)  # as a crawl's -O does
        file.open("ab").close()  # what cannot be written is told alike for all kinds
        writers[file.suffix](file, rows)
    except OSError as error:
        raise UsageError(f"{file}: {(error.strerror or str(error)).lower()}") from None
    typer.echo(f"{len(rows)} flagged links written to {file}")


def flagged_links(store: Store, *, client: str | None = None, state: str | None = "queued") -> list[FlaggedLink]:
    """Rows of the stored candidates, the surest first."""
    with store.reading() as session:
        found = candidates(session, client=client, state=state)
        verdicts = verdicts_of(session, [(each.listing_pk, each.client_id) for each in found])
        return [from_candidate(each, verdicts.get((each.listing_pk, each.client_id))) for each in found]
