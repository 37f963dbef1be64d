"""`bazaarwatch rights`: the register of rights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crawler.brands import word_mark
from crawler.cli import rights_checking, rights_papers
from crawler.cli.more_register import take_more
from crawler.cli.shared import UsageError, client_shown, opened, take_rights
from crawler.cli.tables import print_rows
from matchers.types import Mark
from store.models import Right
from store.queries import all_rights, rights_of_brand
from store.register.kinds import KINDS

if TYPE_CHECKING:
    from matchers.title import TitleMatcher
    from matchers.title.variants import Variant

MAX_NAME = 64  # characters; longer names are not looked for
LIST_COLUMNS = ("client", "right", "type", "mark", "number", "status", "state", "expires")
VARIANT_COLUMNS = ("name", "kind", "spelling", "score", "what a finding says")

app = typer.Typer(no_args_is_help=True, help="The register of rights.")
for part in (rights_checking, rights_papers):
    part.add_to(app)


@app.command("import")
def import_file(
    file: Path = typer.Argument(help="CSV, XLSX or YAML; docs/formats.md has the columns."),
    what: str = typer.Option("rights", help="What the file holds: rights, accounts, poas, sellers or prices."),
    partial: bool = typer.Option(False, help="Import the good rows of a file that has bad ones."),
    dry_run: bool = typer.Option(False, help="Say what would be done, and change nothing."),
) -> None:
    """Import a file of the register: all rows, or none when one is wrong.

    Example: bazaarwatch rights import rights.csv
    """
    would = "would be " if dry_run else ""
    with opened() as (config, store):
        if what != "rights":
            count = take_more(config, store, file, what, partial=partial, dry_run=dry_run)
            typer.echo(f"{count} {KINDS[what].things} {would}brought up to date")
            return
        done = take_rights(config, store, file, partial=partial, dry_run=dry_run)
    typer.echo(f"{done.added} rights {would}added, {done.updated} {would}brought up to date")


@app.command("list")
def list_rights(client: str | None = typer.Option(None, help="Only this client's.")) -> None:
    """List the registered rights.

    Example: bazaarwatch rights list
    """
    with opened() as (config, store), store.reading() as session:
        rows = [_listed(right) for right in all_rights(session, client_shown(config, session, client))]
    print_rows(LIST_COLUMNS, rows, "no rights are registered")


def _listed(right: Right) -> tuple[object, ...]:
    names = [name.name for name in right.mark.names if name.role == "name"] if right.mark else []
    sign = " / ".join(names) or right.work_name or "(picture)"
    told = (right.number, right.status, right.state, right.expires_on)
    return (right.client.name, right.right_id, right.type, sign, *told)


@app.command("variants")
def list_variants(
    name: str = typer.Argument(help="A registered name, alias or right; or any word."),
    limit: int = typer.Option(3, min=1, help="Spellings shown of each kind; there may be more."),
) -> None:
    """List the spellings of a mark that are looked for in titles, by kind, with what a finding of each says.

    Score: how likely the mark is meant where the title holds nothing else; what would not be reported is left out.
    Example: bazaarwatch rights variants ORIVA
    """
    if not name.strip() or len(name) > MAX_NAME:
        raise UsageError(f"name: give 1 to {MAX_NAME} characters")
    from crawler.cli.title_index import called  # noqa: PLC0415 # numpy and tables: half a second

    with opened() as (config, store), store.reading() as session:
        marks = [word_mark(right.mark.names) for right in rights_of_brand(session, name) if right.mark]
    marks = marks or [Mark(right_id="", names=(name,))]
    marks = called(marks, config.nicknames) if config.nicknames else marks
    rows = [row for mark in marks for row in _variant_rows(mark, limit)]
    print_rows(VARIANT_COLUMNS, rows, "no name that can be looked for in titles")


def _variant_rows(mark: Mark, limit: int) -> Iterator[tuple[object, ...]]:
    """A row for each spelling that the matcher reports, at most `limit` of a kind of a name."""
    from matchers.title import TitleMatcher  # noqa: PLC0415 # numpy and tables: half a second
    from matchers.title.scores import USUAL  # noqa: PLC0415
    from matchers.title.variants import variants  # noqa: PLC0415

    found = list(variants(mark))
    shown: dict[tuple[str, str], int] = {}
    for one, score in zip(found, _scores(TitleMatcher([mark]), found), strict=True):
        kind = one.name, one.code or ("nickname" if one.nickname else "plain")
        if shown.get(kind, 0) < limit and (score >= USUAL or not one.code):
            shown[kind] = shown.get(kind, 0) + 1
            yield *kind, one.text, f"{score:.2f}", one.en


def _scores(matcher: TitleMatcher, found: Sequence[Variant]) -> list[float]:
    """How likely the mark is meant by each spelling, alone."""
    return [max((one.score for one in row), default=0.0) for row in matcher.match([one.text for one in found])]
