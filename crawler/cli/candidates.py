"""`bazaarwatch candidates`: what was flagged, why, and what a person decides."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer
from sqlalchemy import select

from crawler.cli import candidate_decided
from crawler.cli.candidate_shown import facts_shown, found_one, listed, told
from crawler.cli.shared import UsageError, acting, client_shown, opened
from crawler.cli.tables import print_rows
from crawler.items import now
from store.models import Client
from store.moves import CANDIDATE
from store.queries import candidates, verdicts_of
from store.register.rows import MARKETPLACES

SHOWN = 50  # rows of a list unless told
BANDS = ("flag", "watch", "ignore")
COLUMNS = ("id", "client", "score", "band", "state", "site", "item", "right", "reason", "group", "price", "title")

app = typer.Typer(no_args_is_help=True, help="What was flagged, and what people decide.")


@app.command("list")
def list_candidates(
    *,
    client: str | None = typer.Option(None, help="Only this client's."),
    state: str | None = typer.Option(None, help="Only in this state, such as queued or confirmed."),
    band: str | None = typer.Option(None, help="Only of this band as last scored: flag, watch or ignore."),
    marketplace: str | None = typer.Option(None, help="Only of this marketplace."),
    right: str | None = typer.Option(None, help="Only of this right: its right_id or number."),
    limit: int = typer.Option(SHOWN, min=1, help="At most so many, the surest first."),
    as_json: bool = typer.Option(False, "--json", help="As a JSON list on stdout."),
) -> None:
    """List the candidates, the surest first.

    Example: bazaarwatch candidates list --client "Oriva AG" --state queued
    """
    one_of(state, sorted(CANDIDATE.states), "state")
    one_of(band, BANDS, "band")
    one_of(marketplace, MARKETPLACES, "marketplace")
    with opened() as (config, store), store.reading() as session:
        owner = client_shown(config, session, client)
        found = candidates(
            session, client=owner, state=state, band=band, marketplace=marketplace, right=right, limit=limit
        )
        verdicts = verdicts_of(session, [(each.listing_pk, each.client_id) for each in found])
        rows = [listed(each, verdicts.get((each.listing_pk, each.client_id))) for each in found]
    if as_json:
        typer.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False, default=str))
    else:
        print_rows(COLUMNS, rows, "no candidates")


def one_of(value: str | None, names: Sequence[str], what: str) -> None:
    """Raises UsageError where a word is none of those that there are."""
    if value is not None and value not in names:
        raise UsageError(f"--{what} is one of {', '.join(names)}, not {value}")


@app.command()
def show(
    candidate: int = typer.Argument(help="Its id, as `candidates list` shows it."),
    account: str | None = typer.Option(None, help="The platform account it would be filed from."),
    as_json: bool = typer.Option(False, "--json", help="As a JSON object on stdout."),
) -> None:
    """Show all that is known of a candidate: what was found, what speaks against it, its reason text, what is missing.

    Example: bazaarwatch candidates show 12
    """
    with opened() as (config, store), store.reading() as session:
        actor = acting(config, session)
        facts = facts_shown(session, found_one(session, candidate, actor), now(), account, actor)
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, default=str))
    else:
        print_rows(("candidate", str(candidate)), list(told(facts)), "")


candidate_decided.add_to(app)


@app.command()
def regroup(client: str | None = typer.Option(None, help="Only this client's.")) -> None:
    """Find all duplicates anew: the same picture and a near-same title. Crawls do it as they go.

    Example: bazaarwatch candidates regroup
    """
    from store.duplicates import regroup as anew  # noqa: PLC0415 # what few commands need

    with opened() as (config, store), store.writing() as session:
        owner = client_shown(config, session, client)
        clients = select(Client.id).order_by(Client.id)
        clients = clients.where(Client.name == owner) if owner else clients
        changed = sum(anew(session, each) for each in list(session.scalars(clients)))
    typer.echo(f"{changed} candidates are in another group than before")
