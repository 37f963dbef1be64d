"""`bazaarwatch import --decisions`: the edited export comes back."""

from __future__ import annotations

from pathlib import Path

import typer

from crawler.cli.shared import UsageError, acting, kept_or_not, opened
from crawler.cli.tables import print_rows
from crawler.items import now


def take(file: Path, *, apply: bool) -> None:
    """Say what the file changes, and with `apply` write it. Raises UsageError with a line for each wrong row."""
    from complaints.returned import ReturnedError  # noqa: PLC0415 # what few commands need
    from complaints.reviewed import take_decisions  # noqa: PLC0415

    try:
        with opened() as (config, store), kept_or_not(store, dry_run=not apply) as session:
            told, same = take_decisions(session, file, actor=acting(config, session), at=now())
    except ReturnedError as error:
        raise UsageError(f"{error}\nnothing was changed") from None
    if told:
        rows = [(each.line, each.candidate, each.item, each.said) for each in told]
        print_rows(("line", "candidate", "item", "change"), rows, "")
    would = "" if apply else "would "
    more = "" if apply or not told else "; --apply writes it"
    typer.echo(f"{len(told)} rows {would}change something, {same} change nothing{more}")
