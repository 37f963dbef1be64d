"""`bazaarwatch rights template | show | check`: what a file looks like, what stands in the register, what is to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.cli.shared import UsageError, client_shown, opened
from crawler.cli.tables import print_rows
from crawler.items import now
from store.days import platform_day
from store.events import events_of
from store.models import Client, PlatformAccount, Right
from store.queries import right_named
from store.register.kinds import KINDS
from store.register.rows import MARKETPLACES

_SHOWN = (
    *("type", "number", "jurisdiction", "designated", "registrant", "registrant_seen_on", "nice_classes", "subclasses"),
    *("goods", "filed_on", "registered_on", "expires_on", "status", "state", "route", "description", "patent_kind"),
    *("claims", "fees_paid_until", "work_name", "work_type", "author", "completed_on", "published_on", "official_page"),
)


def add_to(app: typer.Typer) -> None:
    """Hang the commands in."""
    for command in (template, show, check):
        app.command()(command)


def template(
    file: Path = typer.Argument(help="A .csv, .xlsx or .yaml to be written."),
    what: str = typer.Option("rights", help="rights, accounts, poas, sellers or prices."),
) -> None:
    """Write a file with all columns and an invented row, to be filled and imported.

    Example: bazaarwatch rights template rights.xlsx
    """
    from store.register.blanks import TemplateError, write_template  # noqa: PLC0415 # what few commands need

    if what not in KINDS:
        raise UsageError(f"--what is one of {', '.join(KINDS)}")
    if file.exists():
        raise UsageError(f"{file} is there already; give another name")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_template(file, KINDS[what])
    except TemplateError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{file}: {(error.strerror or str(error)).lower()}") from None
    typer.echo(
        f"{file}: fill it, and run bazaarwatch rights import {file}" + (f" --what {what}" if what != "rights" else "")
    )


def one_right(session: Session, name: str, client: str | None) -> Right:
    """The right of that right_id or number. Raises UsageError: none, or several."""
    found = right_named(session, name, client)
    if not found:
        raise UsageError(f"no right is called {name}; bazaarwatch rights list shows them")
    if len(found) > 1:
        owners = ", ".join(sorted({right.client.name for right in found}))
        raise UsageError(f"{len(found)} rights are called {name} ({owners}); give --client, or the right_id")
    return found[0]


def show(
    right: str = typer.Argument(help="Its right_id, or its number."),
    client: str | None = typer.Option(None, help="Whose, where several clients have one of that name."),
) -> None:
    """Show all that stands in the register of a right, where it may be used today, and what was done to it.

    Example: bazaarwatch rights show ORIVA-CN-25
    """
    with opened() as (config, store), store.reading() as session:
        found = one_right(session, right, client_shown(config, session, client))
        rows = [(name, value) for name, value in _rows(session, found) if value not in (None, "", [], {})]
    print_rows(("right", found.right_id), rows, "")


def _rows(session: Session, right: Right) -> Iterator[tuple[str, object]]:
    yield "client", right.client.name
    if right.mark:
        yield "kind", right.mark.kind
        yield "names", " / ".join(name.name for name in right.mark.names)
    for name in _SHOWN:
        value = getattr(right, name)
        yield name, ", ".join(map(str, value)) if isinstance(value, list) else value
    yield "reference prices", ", ".join(f"{amount} {code}" for code, amount in right.reference_prices.items())
    yield "pictures", ", ".join(f"{picture.role} {picture.name}" for picture in right.pictures)
    for paper in right.documents:
        yield f"paper {paper.role}", f"{paper.name} ({paper.sha256[:12]}, {paper.bytes} bytes)"
    for each in right.registrations:
        yield (
            f"on {each.account.name}",
            " ".join(filter(None, (each.status, str(each.verified_on or ""), each.rejection_reason))),
        )
    yield from _use(session, right)
    for event in events_of(session, "right", right.id):
        yield (
            f"{event.at_utc:%Y-%m-%d %H:%M}",
            f"{event.from_state or '-'} -> {event.to_state}: {event.reason} ({event.actor})",
        )


def _use(session: Session, right: Right) -> Iterator[tuple[str, object]]:
    """May it be used today, site by site?"""
    from store.register.usable import usable  # noqa: PLC0415 # what few commands need

    for site in MARKETPLACES:
        obstacles = usable(session, right.id, site, platform_day(now()))
        yield f"use on {site}", "; ".join(each.en for each in obstacles) or "yes"


def check(client: str | None = typer.Option(None, help="Only this client's rights.")) -> None:
    """Say what must be done about the register; exit code 1 when something must be.

    Rights and powers of attorney that ended or end in 180, 90 or 30 days, missing papers, gaps and slips.
    Example: bazaarwatch rights check --client "Oriva AG"
    """
    from store.register.check import check as look  # noqa: PLC0415 # what few commands need
    from store.register.clock import pass_time  # noqa: PLC0415

    at = now()
    with opened() as (config, store):
        with store.writing() as session:
            pass_time(session, at)
        with store.reading() as session:
            shown = client_shown(config, session, client)
            owner = session.scalar(select(Client.id).where(Client.name == shown)) if shown else None
            todos = look(session, platform_day(at), owner)
    rows = [(each.client, each.what, each.code, "must" if each.must else "look", each.said) for each in todos]
    print_rows(("client", "what", "code", "how", "said"), rows, "nothing is to be done")
    if any(each.must for each in todos):
        raise typer.Exit(1)


def one_account(session: Session, name: str) -> PlatformAccount:
    """The account of that name. Raises UsageError."""
    found = session.scalar(select(PlatformAccount).where(PlatformAccount.name == name))
    if found is None:
        raise UsageError(
            f"no platform account is called {name}; bazaarwatch rights import FILE --what accounts makes one"
        )
    return found
