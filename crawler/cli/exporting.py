"""`bazaarwatch export`: flagged links as files for people, and lists of links for the portal's paste box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crawler.cli.rights_checking import one_account
from crawler.cli.shared import UsageError, acting, client_shown, opened
from crawler.exports import write_csv, write_lines, write_links, write_xlsx
from crawler.flagged import FlaggedLink, from_candidate
from crawler.items import now
from crawler.progress import tell
from store.database import Store
from store.days import platform_day
from store.queries import candidates, verdicts_of

if TYPE_CHECKING:
    from complaints.rows import Exported

WRITERS = {".csv": write_csv, ".xlsx": write_xlsx, ".txt": write_links}


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(export)


def export(
    file: Path | None = typer.Argument(
        None, help="A .csv or .xlsx with all columns; any .txt name gets the links alone, one a line."
    ),
    *,
    links: Path | None = typer.Option(None, help="A new folder for lists of links, one for each complaint."),
    client: str | None = typer.Option(None, help="Only this client's."),
    state: str | None = typer.Option(
        None, help="Only candidates in this state, `all` for every one; queued, or with --links confirmed, unless told."
    ),
    band: str | None = typer.Option(None, help="Only of this band as last scored: flag, watch or ignore."),
    marketplace: str | None = typer.Option(None, help="Only of this marketplace."),
    right: str | None = typer.Option(None, help="Only of this right: its right_id or number."),
    account: str | None = typer.Option(None, help="The platform account it is to be filed from."),
) -> None:
    """Write the flagged links that are stored; a folder that is not there is made.

    With --links, a list for each client, site, right and reason, no longer than the portal takes at once, with its
    sha256. Links whose right may not be used there stay out of it; the column `obstacles` of the file says why.

    Example: bazaarwatch export flagged.csv --client "Oriva AG"
    """
    from complaints.rows import exported  # noqa: PLC0415 # what few commands need

    _check(file, links)
    state = state or ("confirmed" if links else "queued")
    on = platform_day(now())
    with opened() as (config, store), store.reading() as session:
        owner = client_shown(config, session, client)
        chosen = one_account(session, account) if account else None
        wanted = None if state == "all" else state
        found = candidates(session, client=owner, state=wanted, band=band, marketplace=marketplace, right=right)
        alone = acting(config, session).client_id is not None
        rows = list(exported(session, found, on, chosen, alone=alone))
    if file:
        _written(file, [each.row for each in rows])
        typer.echo(f"{len(rows)} flagged links written to {file}")
        if file.suffix == ".txt" and (barred := sum(not each.usable for each in rows)):
            tell(f"warning: {barred} of them may not be complained of today: --links leaves them out")
    if links:
        _paste(links, rows, account, state)


def _check(file: Path | None, links: Path | None) -> None:
    if file is None and links is None:
        raise UsageError("give a .csv, .xlsx or .txt file, or --links FOLDER")
    if file is not None and file.suffix not in WRITERS:
        raise UsageError(f"{file}: give a .csv, .xlsx or .txt file")
    if links is not None and links.exists() and (not links.is_dir() or any(links.iterdir())):
        raise UsageError(f"{links}: is there already; give a new folder, so that no old list is pasted by mistake")


def _written(file: Path, rows: Sequence[FlaggedLink]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)  # as a crawl's -O does
        file.open("ab").close()  # what cannot be written is told alike for all kinds
        WRITERS[file.suffix](file, rows)
    except OSError as error:
        raise UsageError(f"{file}: {(error.strerror or str(error)).lower()}") from None


def _paste(folder: Path, rows: Sequence[Exported], account: str | None, state: str) -> None:
    """Write the lists, and say what stayed out."""
    from complaints.links import pastes, stays_out  # noqa: PLC0415 # what few commands need
    from store.rules import limit  # noqa: PLC0415

    found = pastes(rows, limit("links_per_complaint", platform_day(now())), account)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in found:
            write_lines(folder / each.name, each.links)
    except OSError as error:
        raise UsageError(f"{folder}: {(error.strerror or str(error)).lower()}") from None
    for each in found:
        typer.echo(f"{len(each.links)} links written to {folder / each.name}")
    barred = [(each, why) for each in rows if (why := stays_out(each))]
    counts = Counter(f"{each.row.right_id or 'no right'} on {each.row.platform}: {why}" for each, why in barred)
    for why, count in counts.items():
        typer.echo(f"{count} links stay out: {why}")
    if not rows:
        undecided = "; --state queued takes those that nobody has decided on yet" if state == "confirmed" else ""
        typer.echo(f"no candidate is {state}{undecided}")


def flagged_links(store: Store, *, client: str | None = None, state: str | None = "queued") -> list[FlaggedLink]:
    """Rows of the stored candidates as a crawl writes them, the surest first."""
    with store.reading() as session:
        found = candidates(session, client=client, state=state)
        verdicts = verdicts_of(session, [(each.listing_pk, each.client_id) for each in found])
        return [from_candidate(each, verdicts.get((each.listing_pk, each.client_id))) for each in found]
