"""`bazaarwatch schedule`: when which brand is searched where; `bazaarwatch due`: do what is due."""

from __future__ import annotations

import typer
from sqlalchemy.orm import Session

from crawler.arguments import parse_arguments
from crawler.budget import clock
from crawler.cli.shared import UsageError, opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from crawler.items import now
from crawler.jobs.crawls import title
from crawler.jobs.cron import CronError, checked, next_time
from crawler.jobs.due import run_due
from crawler.marketplaces import site
from store import schedules
from store.models import Schedule

MAX_BRAND = 400  # characters, `|` between several; the column is as wide
COLUMNS = ("id", "brand", "marketplace", "cron", "pages", "next", "last", "ended", "exit", "run")

app = typer.Typer(no_args_is_help=True, help="When which brand is searched where.")


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(due)


def due() -> None:
    """Do all that is due, one after another; what cron or a systemd timer calls (docs/scheduling.md).

    A missed time is made up once. A second one meanwhile says so and leaves. Exit code: the worst of what ran.
    Example: bazaarwatch due
    """
    with opened() as (config, store):
        code = run_due(store, config, now())
    raise typer.Exit(code)


@app.command()
def add(
    brand: str = typer.Option(help="A registered name, alias or right."),
    marketplace: str = typer.Option("taobao", help="Where to search."),
    cron: str = typer.Option(help="Minute, hour, day, month, weekday, in your time zone (setting `timezone`)."),
    pages: int = typer.Option(5, help="Result pages of each query, 1 to 100."),
) -> None:
    """Search a brand on a marketplace regularly.

    Example: bazaarwatch schedule add --brand ORIVA --marketplace taobao --cron "0 3 * * *" --pages 5
    """
    parse_arguments({"brand": brand, "pages": str(pages)})
    brand, where, times = brand.strip(), site(marketplace).name, _checked(cron)
    if len(brand) > MAX_BRAND:
        raise UsageError(f"brand: is longer than {MAX_BRAND} characters")
    with opened() as (config, store), store.writing() as session:
        _refuse_twice(session, brand, where)
        at = now()
        next_at = next_time(times, at, config.zone)
        row = Schedule(brand=brand, marketplace=where, cron=times, pages=pages, created_at=at, next_at=next_at)
        session.add(row)
        session.flush()
        said = f"schedule {row.id}: {title(row)}, next {clock(next_at, config.zone)}"
    typer.echo(said)


def _checked(cron: str) -> str:
    try:
        return checked(cron)
    except CronError as error:
        raise UsageError(f"cron: {error}") from None


def _refuse_twice(session: Session, brand: str, marketplace: str) -> None:
    if there := schedules.scheduled(session, brand, marketplace):
        raise UsageError(f"{title(there)} is scheduled already: remove schedule {there.id} first")


@app.command("list")
def list_schedules() -> None:
    """Show the schedules, when each runs next, and how it went the last time.

    Example: bazaarwatch schedule list
    """
    with opened() as (config, store), store.reading() as session:
        rows = [_row(each, config) for each in schedules.schedules(session)]
    print_rows(COLUMNS, rows, "no schedules; add one with: bazaarwatch schedule add")


def _row(each: Schedule, config: Config) -> tuple[object, ...]:
    coming = "paused" if each.paused else clock(each.next_at, config.zone)
    last = clock(each.last_run_at, config.zone) if each.last_run_at else None
    plan = (each.id, each.brand, each.marketplace, each.cron, each.pages, coming)
    return (*plan, last, each.last_outcome, each.last_exit, each.last_run_id)


@app.command()
def pause(number: int = typer.Argument(metavar="ID", help="As `schedule list` shows it.")) -> None:
    """Let a schedule rest.

    Example: bazaarwatch schedule pause 3
    """
    with opened() as (_, store), store.writing() as session:
        row = _one(session, number)
        row.paused = True
        said = f"schedule {number}: {title(row)} is paused"
    typer.echo(said)


@app.command()
def resume(number: int = typer.Argument(metavar="ID", help="As `schedule list` shows it.")) -> None:
    """Go on with a schedule that was paused; what was missed meanwhile is not made up.

    Example: bazaarwatch schedule resume 3
    """
    with opened() as (config, store), store.writing() as session:
        row = _one(session, number)
        row.paused, row.next_at = False, next_time(row.cron, now(), config.zone)
        said = f"schedule {number}: {title(row)}, next {clock(row.next_at, config.zone)}"
    typer.echo(said)


@app.command()
def remove(number: int = typer.Argument(metavar="ID", help="As `schedule list` shows it.")) -> None:
    """Take a schedule away; the records of its runs stay.

    Example: bazaarwatch schedule remove 3
    """
    with opened() as (_, store), store.writing() as session:
        row = _one(session, number)
        session.delete(row)
        said = f"schedule {number}: {title(row)} is removed"
    typer.echo(said)


def _one(session: Session, number: int) -> Schedule:
    row = schedules.schedule(session, number)
    if row is None:
        raise UsageError(f"no schedule has the id {number}; bazaarwatch schedule list shows them")
    return row
