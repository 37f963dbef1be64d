"""`bazaarwatch rights`: the register of rights."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from crawler.cli.shared import opened, take_rights
from store.queries import all_rights

app = typer.Typer(no_args_is_help=True, help="The register of rights.")


@app.command("import")
def import_file(
    file: Path = typer.Argument(help="CSV, XLSX or YAML; docs/formats.md has the columns."),
    partial: bool = typer.Option(False, help="Import the good rows of a file that has bad ones."),
) -> None:
    """Import a rights file: all rows, or none when one is wrong.

    Example: bazaarwatch rights import rights.csv
    """
    with opened() as (config, store):
        done = take_rights(config, store, file, partial=partial)
    typer.echo(f"{done.added} rights added, {done.updated} brought up to date")


@app.command("list")
def list_rights() -> None:
    """List the registered rights.

    Example: bazaarwatch rights list
    """
    table = Table(box=None, header_style="bold")
    for column in ("client", "right", "type", "mark", "number", "status", "expires"):
        table.add_column(column, overflow="fold")
    with opened() as (_, store), store.reading() as session:
        for right in all_rights(session):
            names = [name.name for name in right.mark.names if name.role == "name"] if right.mark else []
            cells = (right.client.name, right.right_id, right.type, " / ".join(names) or "(picture)", right.number)
            table.add_row(*(cell or "-" for cell in cells), right.status or "-", str(right.expires_on or "-"))
    Console(highlight=False, markup=False).print(table if table.row_count else "no rights are registered")
