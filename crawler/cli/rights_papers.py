"""`bazaarwatch rights pack | registered | move`: papers to the portal, its answer, and what a senior decides."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from crawler.cli.rights_checking import one_account, one_right
from crawler.cli.shared import UsageError, acting, client_shown, opened
from crawler.items import now
from store.blobs import Blobs
from store.days import platform_day
from store.moves import IllegalMove, move


def add_to(app: typer.Typer) -> None:
    """Hang the commands in."""
    for command in (pack, registered):
        app.command()(command)
    app.command("move")(move_right)


def pack(
    right: str = typer.Argument(help="Its right_id, or its number."),
    account: str = typer.Option(..., help="The platform account on which it is to be verified."),
    out: Path = typer.Option(..., help="The .zip to be written."),
    client: str | None = typer.Option(None, help="Whose, where several clients have one of that name."),
) -> None:
    """Write the papers that the portal asks for as one zip, with a checklist and a draft power of attorney.

    Example: bazaarwatch rights pack ORIVA-CN-25 --account agency --out oriva.zip
    """
    from store.register.pack import PackError, write_pack  # noqa: PLC0415 # templates, which few commands need

    if out.suffix.lower() != ".zip":
        raise UsageError(f"{out}: give a .zip file")
    with opened() as (config, store), store.reading() as session:
        found, on = one_right(session, right, client_shown(config, session, client)), one_account(session, account)
        try:
            missing = write_pack(session, Blobs(config.data / "blobs"), found, on, out, on=platform_day(now()))
        except PackError as error:
            raise UsageError(str(error)) from None
        except OSError as error:
            raise UsageError(f"{out}: {(error.strerror or str(error)).lower()}") from None
    typer.echo(f"{out} written" + (f"; missing: {', '.join(missing)}" if missing else "; nothing is missing"))


def registered(  # noqa: PLR0917 # options of a command
    right: str = typer.Argument(help="Its right_id, or its number."),
    account: str = typer.Option(..., help="The platform account."),
    status: str = typer.Option(..., help="submitted, verified or refused."),
    reason: str = typer.Option("", help="What the portal said; a refusal needs it."),
    on: datetime | None = typer.Option(None, formats=["%Y-%m-%d"], help="The day of the answer; else today."),
    client: str | None = typer.Option(None, help="Whose, where several clients have one of that name."),
) -> None:
    """Enter that a right was submitted to the portal, or what the portal answered.

    Example: bazaarwatch rights registered ORIVA-CN-25 --account agency --status verified
    """
    from store.register.registering import register  # noqa: PLC0415 # what few commands need

    with opened() as (config, store), store.writing() as session:
        actor, shown = acting(config, session), client_shown(config, session, client)
        found, where = one_right(session, right, shown), one_account(session, account)
        day = on.date() if on else None
        try:
            register(session, found, where, status, actor=actor, at=now(), reason=reason, on=day)
        except IllegalMove as error:
            raise UsageError(str(error)) from None
    typer.echo(f"{found.right_id} on {where.name}: {status}")


def move_right(
    right: str = typer.Argument(help="Its right_id, or its number."),
    to: str = typer.Argument(help="complete, suspended, verified or revoked; docs/rights.md has who may."),
    reason: str = typer.Option("", help="Why."),
    document: str | None = typer.Option(None, help="The role of the paper that shows it."),
    client: str | None = typer.Option(None, help="Whose, where several clients have one of that name."),
) -> None:
    """Move a right to another state: suspend it, take it up again, withdraw it.

    Example: bazaarwatch rights move ORIVA-CN-25 suspended --reason "its cancellation was asked for"
    """
    with opened() as (config, store), store.writing() as session:
        actor, shown = acting(config, session), client_shown(config, session, client)
        found = one_right(session, right, shown)
        try:
            move(session, found, to, actor=actor, at=now(), reason=reason, given={"document": document})
        except IllegalMove as error:
            raise UsageError(str(error)) from None
    typer.echo(f"{found.right_id}: {found.state}")
