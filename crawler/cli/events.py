"""`bazaarwatch events`: what was done, and whether the log of it is whole."""

from __future__ import annotations

import typer
from sqlalchemy import select

from crawler.cli.shared import UsageError, opened
from crawler.cli.tables import print_rows
from store.events import ChainReport, verify_chain
from store.models import Client

app = typer.Typer(no_args_is_help=True, help="The log of what was done.")


@app.command()
def verify(client: str | None = typer.Option(None, help="Only this client's.")) -> None:
    """Recompute the chain of events of each client; exit code 1 when one is not whole.

    Note the heads elsewhere: a chain that ends with another one was written anew.
    Example: bazaarwatch events verify
    """
    with opened() as (_, store), store.reading() as session:
        question = select(Client.id, Client.name).order_by(Client.name)
        clients = session.execute(question.where(Client.name == client) if client else question).all()
        if client and not clients:
            raise UsageError(f"no client is called {client}")
        found = [(name, verify_chain(session, key)) for key, name in clients]
    print_rows(("client", "events", "head", "problem"), [_row(*each) for each in found], "there are no clients yet")
    if any(report.problems for _, report in found):
        raise typer.Exit(1)


def _row(name: str, report: ChainReport) -> tuple[object, ...]:
    return name, report.events, report.head, "; ".join(report.problems) or None
