"""`bazaarwatch rescore`: everything that was seen before, asked again."""

from __future__ import annotations

from datetime import UTC, datetime

import typer
from sqlalchemy import select

from crawler.cli.shared import UsageError, acting, opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from crawler.jobs.wishes import Wish
from crawler.locks import HeldError
from crawler.progress import tell
from store.database import Store
from store.models import Client, Rescoring, Right
from store.queries import UNREGISTERED, client_named

INTERRUPTED, AT_WORK = 130, 1
COLUMNS = ("client", "listings", "verdicts changed", "new candidates", "decisions contradicted", "pictures")
MOST_PROCESSES = 64


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(rescore)


def rescore(
    client: str | None = typer.Option(None, help="Only for this client; else for each in turn."),
    since: datetime | None = typer.Option(None, formats=["%Y-%m-%d"], help="Only listings seen since that day (UTC)."),
    titles_only: bool = typer.Option(
        False, "--titles-only", help="Look at no picture again; what was found in them is used as it is stored."
    ),
    processes: int = typer.Option(1, min=1, max=MOST_PROCESSES, help="How many work at it; one a core."),
) -> None:
    """Ask about everything that was seen before, once marks, names, photos or weights are new.

    New candidates say `found: rescoring`. What a person decided stays as it is; where the verdict turned against it,
    that is noted in the candidate's log. Interrupted, the same command goes on where it was.
    Example: bazaarwatch rescore --client "Oriva AG" --since 2026-06-01
    """
    with opened() as (config, store):
        wanted = _clients(config, store, client)
        day = since.replace(tzinfo=UTC) if since else None
        rows, failed = [], False
        for key, name in wanted:
            job = _one(store, config, name, Wish(key, day, titles_only, processes))
            failed |= job is None
            rows += [_row(name, job)] if job is not None else []
        print_rows(COLUMNS, rows, "nothing was asked")
    if failed:
        raise typer.Exit(AT_WORK)


def _one(store: Store, config: Config, name: str, wish: Wish) -> Rescoring | None:
    """One client's; None where another process is at it."""
    from crawler.jobs.rescoring import rescore  # noqa: PLC0415 # the matchers' tables, which few commands need

    try:
        return rescore(store, config, wish)
    except HeldError:
        tell(f"{name}: another rescoring is at work")
    except LookupError:
        raise UsageError(f"{name} has no rights that could be matched") from None
    except KeyboardInterrupt:
        tell("interrupted; the same command goes on where it was")
        raise typer.Exit(INTERRUPTED) from None
    return None


def _clients(config: Config, store: Store, wanted: str | None) -> list[tuple[int, str]]:
    """Those who have rights, or the one that is wanted. Raises UsageError."""
    with store.reading() as session:
        actor = acting(config, session)
        if "analyst" not in actor.acts_as:
            raise UsageError(f"{actor.name} may not rescore; that is for an analyst or a senior")
        question = select(Client.id, Client.name).where(
            Client.name != UNREGISTERED, Client.id.in_(select(Right.client_id))
        )
        if wanted is not None:
            found = client_named(session, wanted)
            if found is None:
                raise UsageError(f"no client is called {wanted}")
            question = select(Client.id, Client.name).where(Client.id == found.id)
        rows = [(key, name) for key, name in session.execute(question.order_by(Client.name))]
    if actor.client_id is not None and any(key != actor.client_id for key, _ in rows):
        raise UsageError(f"{actor.name} works for one client alone; give it with --client")
    return rows


def _row(name: str, job: Rescoring) -> tuple[object, ...]:
    looked = "looked at again" if job.looked else "as found before"
    return name, job.asked, job.changed, job.fresh, job.noted, looked
