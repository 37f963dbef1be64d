"""`bazaarwatch evidence`: bundles captured, listed, checked, handed out, and taken away when their time is over."""

from __future__ import annotations

from pathlib import Path

import typer
from sqlalchemy.orm import Session

from crawler.budget import clock
from crawler.cli import comparing
from crawler.cli.capturing import capture
from crawler.cli.shared import UsageError, acting, opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from crawler.items import now
from crawler.progress import tell
from store.custody import bundles, log, may_go
from store.models import Evidence, Listing
from store.people import Actor, PeopleError
from store.rules import limit

COLUMNS = ("id", "listing", "moment", "kind", "state", "stamps", "captured", "by", "manifest sha256", "why")

app = typer.Typer(no_args_is_help=True, help="What a listing was, kept so that it holds (docs/evidence.md).")
app.command()(capture)
app.command()(comparing.compare)


@app.command("list")
def list_evidence(
    item: str | None = typer.Option(None, help="Only of the listing with this id."),
    candidate: int | None = typer.Option(None, help="Only of the listing of this candidate."),
    state: str | None = typer.Option(None, help="sealed, timestamp_pending, incomplete or purged."),
) -> None:
    """Show the bundles, the newest first; that somebody looked is logged.

    Example: bazaarwatch evidence list --state timestamp_pending
    """
    with opened() as (config, store):
        _find_again(config, store)
        with store.writing() as session:
            actor = acting(config, session)
            found = bundles(session, item_id=item, state=state, candidate=candidate, client_id=actor.client_id)
            log(session, [row for row, _ in found], "viewed", actor, now())
            rows = [_row(config, row, listing) for row, listing in found]
    print_rows(COLUMNS, rows, "no evidence; capture some with: bazaarwatch evidence capture URL")


def _row(config: Config, row: Evidence, listing: Listing) -> tuple[object, ...]:
    named = f"{listing.marketplace}:{listing.item_id}"
    made = clock(row.captured_at, config.zone)
    about = (row.id, named, row.moment, row.kind, row.state, row.stamps)
    return (*about, made, row.captured_by, row.manifest_sha256, row.reason)


def _find_again(config: Config, store: object) -> None:
    from evidence.keeping import found_again  # noqa: PLC0415 # the browser's, for who has evidence

    for line in found_again(config, store):  # type: ignore[arg-type]
        tell(line)


@app.command()
def verify(
    path: Path = typer.Argument(metavar="DIR|ZIP", help="A bundle, a folder of many, or an exported zip file."),
    trust: Path | None = typer.Option(None, help="PEM file of the roots to believe; else those in the bundles."),
) -> None:
    """Recompute every hash and check every timestamp, without database and network; exit code 1 on any mismatch.

    Example: bazaarwatch evidence verify evidence.zip --trust roots.pem
    """
    from evidence.verify import verify as checked  # noqa: PLC0415 # nothing else of evidence is needed

    try:
        roots = None if trust is None else trust.read_bytes()
        found = checked(path, roots)
    except OSError as error:
        raise UsageError(f"{error.filename or path}: {error.strerror}") from None
    for each in found:
        for problem in each.problems:
            typer.echo(f"WRONG {problem}")
        for note in each.notes:
            tell(f"note: {note}")
        if each.sha256 and not each.problems:
            stamps = "; ".join(
                f"{one.authority} {one.at:%Y-%m-%d %H:%M:%S} UTC, root {one.root}" for one in each.stamps
            )
            lacks = each.manifest.missing if each.manifest else ()
            state = "whole, but incomplete" if lacks else "whole"
            typer.echo(f"{state}: {each.place or path}: manifest {each.sha256}" + (f": {stamps}" if stamps else ""))
    wrong = sum(bool(each.problems) for each in found)
    tell(f"{len(found)} checked, {wrong} wrong")
    raise typer.Exit(1 if wrong else 0)


@app.command()
def export(
    ids: list[int] = typer.Argument(metavar="ID...", help="As `evidence list` shows them."),
    audience: str = typer.Option(..., "--for", help="platform: pictures and PDF; court: all."),
    out: Path = typer.Option(..., help="The .zip to be written."),
) -> None:
    """Write bundles as one zip file. Each is checked first: what changed, or is incomplete, is not handed out.

    Example: bazaarwatch evidence export 12 13 --for court --out case.zip
    """
    from evidence.capture import root_of  # noqa: PLC0415 # Playwright
    from evidence.exports import export as exported  # noqa: PLC0415
    from evidence.keeping import whole  # noqa: PLC0415

    if audience not in ("platform", "court") or out.suffix.lower() != ".zip":
        raise UsageError("give --for platform or --for court, and --out FILE.zip")
    with opened() as (config, store), store.writing() as session:
        actor = acting(config, session)
        rows = [_one(session, number, actor) for number in dict.fromkeys(ids)]
        if lacking := [row.id for row in rows if row.state in ("incomplete", "purged")]:
            raise UsageError(f"evidence {lacking[0]} is incomplete or purged, and is no evidence")
        if problems := [line for row in rows for line in whole(config, row)]:
            for line in problems:
                typer.echo(f"WRONG {line}")
            raise typer.Exit(1)
        about = {"for": audience, "exported_by": actor.name, "evidence": [row.id for row in rows]}
        count = exported(root_of(config), [row.place for row in rows], out, audience, about)  # type: ignore[arg-type]
        log(session, rows, "exported", actor, now(), reason=f"for a {audience}", payload={"file": out.name})
    typer.echo(f"{out}: {count} files of {len(rows)} bundles, for a {audience}")


def _one(session: Session, number: int, actor: Actor) -> Evidence:
    """A bundle that the actor may see. Raises UsageError."""
    found = session.get(Evidence, number)
    mine = found is not None and (
        actor.client_id is None or any(row.id == number for row, _ in bundles(session, client_id=actor.client_id))
    )
    if found is None or not mine:
        raise UsageError(f"no evidence has the id {number}; bazaarwatch evidence list shows them")
    return found


@app.command()
def purge(dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would go.")) -> None:
    """Take away bundles whose time of retention is over; what went is kept as a certificate, and in the log.

    A listing that is somebody's open case keeps its bundles. Only a senior may.

    Example: bazaarwatch evidence purge --dry-run
    """
    from evidence.keeping import purge as purged  # noqa: PLC0415 # Playwright
    from evidence.keeping import take_away  # noqa: PLC0415

    at = now()
    rule = f"retention_days {limit('retention_days', at.date())} (rules of {at.date()})"
    with opened() as (config, store):
        with store.writing() as session:
            actor = acting(config, session)
            if "senior" not in actor.roles:
                raise PeopleError(f"{actor.name} may not purge; that is for a senior")
            every = [row for row, _ in bundles(session)]
            going = [row for row in every if row.state != "purged" and may_go(session, row, at)]
            certificates = [] if dry_run else purged(config, session, going, actor, rule)
        if not dry_run:
            take_away(config, every)
    for number, row in enumerate(going):
        typer.echo(f"{'would go' if dry_run else certificates[number]}: evidence {row.id}: {row.place}")
    tell(f"{len(going)} {'would go' if dry_run else 'purged'}: {rule}")
