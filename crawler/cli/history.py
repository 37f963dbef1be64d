"""`bazaarwatch runs`: what ran, and how it ended."""

from __future__ import annotations

from datetime import datetime

import typer

from crawler.budget import clock
from crawler.cli.shared import UsageError, opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from store import runs
from store.models import Run
from store.queries import run as run_of

COLUMNS = ("id", "started", "spider", "brand", "transport", "listings", "flagged", "health", "outcome", "exit")
MAX_SHOWN = 1000

app = typer.Typer(no_args_is_help=True, help="What ran, and how it ended.")


@app.command("list")
def list_runs(limit: int = typer.Option(20, min=1, max=MAX_SHOWN, help="So many of the newest.")) -> None:
    """Show the newest runs, newest first.

    Example: bazaarwatch runs list --limit 50
    """
    with opened() as (config, store), store.reading() as session:
        rows = [_row(each, config) for each in runs.latest(session, limit)]
    print_rows(COLUMNS, rows, "nothing ran yet")


def _row(run: Run, config: Config) -> tuple[object, ...]:
    started, brand = clock(run.started_at, config.zone), run.arguments.get("brand")
    found = (run.counts.get("listings", 0), run.counts.get("flagged", 0))
    return (run.id, started, run.spider, brand, run.transport, *found, run.health, _outcome(run), run.exit_code)


def _outcome(run: Run) -> str:
    return run.outcome or "not ended"  # it goes on, or was killed and nobody has crawled that site since


@app.command()
def show(number: int = typer.Argument(metavar="ID", help="As `runs list` shows it.")) -> None:
    """Show the record of a run: arguments, counts of each kind of answer, health and its reason, archive.

    Example: bazaarwatch runs show 12
    """
    with opened() as (config, store), store.reading() as session:
        run = run_of(session, number)
        if run is None:
            raise UsageError(f"no run has the id {number}; bazaarwatch runs list shows them")
        rows = [*_record(run, config), *sorted(run.counts.items())]
    print_rows(("run", str(number)), [row for row in rows if row[1] is not None], "")


def _record(run: Run, config: Config) -> list[tuple[str, object]]:
    def when(moment: datetime | None) -> str | None:
        return clock(moment, config.zone) if moment else None

    return [
        ("spider", run.spider),
        *((f"argument {name}", value) for name, value in run.arguments.items()),
        ("schedule", run.schedule_id),
        ("transport", run.transport),
        ("basis", run.basis),
        ("started", when(run.started_at)),
        ("finished", when(run.finished_at)),
        ("outcome", _outcome(run)),
        ("signal", run.signal),
        ("exit code", run.exit_code),
        ("health", run.health),
        ("reason", run.reason),
        ("archive", run.archive),
        ("screenshot", run.screenshot),
    ]
