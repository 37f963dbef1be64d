"""`bazaarwatch user`: who works with the tool."""

from __future__ import annotations

import typer
from sqlalchemy import select

from crawler.cli.shared import opened
from crawler.cli.tables import print_rows
from crawler.items import now
from store.models import Client
from store.people import ROLES, add_user, retire_user, users

app = typer.Typer(no_args_is_help=True, help="Who works with the tool.")


@app.command()
def add(
    name: str = typer.Argument(help="Given as BAZAARWATCH_USER where the user acts."),
    role: list[str] = typer.Option(..., help=f"One of {', '.join(ROLES)}; may be given more than once."),
    client: str | None = typer.Option(None, help="The user sees and touches this client's things alone."),
) -> None:
    """Add a user.

    Example: bazaarwatch user add mei --role analyst
    """
    with opened() as (_, store), store.writing() as session:
        user = add_user(session, name, role, client, now())
    typer.echo(f"user {user.name} added: {', '.join(user.roles)}")


@app.command("list")
def list_users() -> None:
    """List the users.

    Example: bazaarwatch user list
    """
    with opened() as (_, store), store.reading() as session:
        clients = dict(session.execute(select(Client.id, Client.name)).all())
        rows = [
            (user.name, ", ".join(user.roles), clients.get(user.client_id or 0), None if user.active else "retired")
            for user in users(session)
        ]
    print_rows(("name", "roles", "client", "state"), rows, "there are no users yet")


@app.command()
def retire(name: str = typer.Argument(help="As `user list` shows it.")) -> None:
    """Retire a user, who then acts no more. What was done under the name stays.

    Example: bazaarwatch user retire mei
    """
    with opened() as (_, store), store.writing() as session:
        retire_user(session, name)
    typer.echo(f"user {name} retired")
