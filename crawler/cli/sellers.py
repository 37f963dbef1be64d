"""`bazaarwatch sellers`: who sells what was flagged, and who belongs to whom."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.cli.shared import UsageError, client_shown, opened
from crawler.cli.tables import print_rows
from store.database import Store
from store.links import names_of
from store.models import Client
from store.sellers import Ranked, SellerPage, page, sellers_named, top_sellers
from store.traits import refresh, stale_sellers

TOP = 20
COLUMNS = ("seller", "shop", "flagged", "confirmed", "dismissed", "open", "rights", "last seen", "cluster")

app = typer.Typer(invoke_without_command=True, help="Who sells what was flagged, and who belongs to whom.")


@app.callback()
def sellers(
    context: typer.Context,
    top: int = typer.Option(TOP, min=1, max=10_000, help="How many, those with most confirmed first."),
    client: str | None = typer.Option(None, help="Only what was found for this client."),
    as_json: bool = typer.Option(False, "--json", help="JSON instead of a table."),
) -> None:
    """Show the sellers with most listings that were confirmed, then flagged.

    Sellers of one cluster are one owner's, by firm links alone (`sellers show` says which).
    Example: bazaarwatch sellers --top 20 --client "Oriva AG"
    """
    if context.invoked_subcommand is not None:
        return
    with opened() as (config, store):
        with store.reading() as session:
            shown = client_shown(config, session, client)
        look_for_traits(store)
        with store.reading() as session:
            found = top_sellers(session, top, _client_id(session, shown))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, default=str))
        return
    print_rows(COLUMNS, [_row(each) for each in found], "no listing of a known seller was flagged yet")


def _row(each: Ranked) -> tuple[object, ...]:
    counts = (each.flagged, each.confirmed, each.dismissed, each.suspect, each.rights)
    return each.name, each.shop_name, *counts, f"{each.last_seen:%Y-%m-%d}", each.cluster


@app.command()
def show(
    seller: str = typer.Argument(help="As `sellers` shows it: taobao:77; its id alone, or its shop's name."),
    client: str | None = typer.Option(None, help="Only what was found for this client."),
    as_json: bool = typer.Option(False, "--json", help="JSON instead of tables."),
) -> None:
    """Show what is known of one seller: listings, what was flagged and decided, and to whom it is linked, and why.

    Example: bazaarwatch sellers show taobao:77
    """
    with opened() as (config, store):
        with store.reading() as session:
            shown = client_shown(config, session, client)
        look_for_traits(store)
        with store.reading() as session:
            found = sellers_named(session, seller)
            if len(found) != 1:
                raise UsageError(_which(seller, [f"{each.id_space}:{each.seller_id}" for each in found]))
            known = page(session, found[0], _client_id(session, shown))
            names = names_of(session, [*(link.seller_pk for link in known.links), *known.others])
    said = _said(known, names)
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, default=str))
        return
    print_rows(("fact", ""), [(name, _flat(value)) for name, value in said["facts"].items()], "")
    print_rows(("client", "right", "flagged"), said["rights"], "nothing of this seller was flagged")
    for name in ("links", "soft_links"):
        print_rows((name.replace("_", " "), "why"), said[name], f"no {name.replace('_', ' ')} to other sellers")
    columns = ("client", "listing", "state", "reason", "by", "at")
    print_rows(columns, [tuple(each.values()) for each in said["decisions"]], "no decision yet")


def look_for_traits(store: Store) -> None:
    """Look at the sellers that were seen since the last time; a transaction for each few."""
    after = 0
    while True:
        with store.writing() as session:
            stale = stale_sellers(session, after)
            if not stale:
                return
            refresh(session, stale)
            after = stale[-1]


def _client_id(session: Session, name: str | None) -> int | None:
    return None if name is None else session.scalar(select(Client.id).where(Client.name == name))


def _which(wanted: str, found: list[str]) -> str:
    return f"{wanted} may be {', '.join(found)}: give one of them" if found else f"no seller is called {wanted}"


def _said(known: SellerPage, names: dict[int, str]) -> dict[str, Any]:
    """The page as plain values."""
    seller = known.seller
    facts = {
        "seller": f"{seller.id_space}:{seller.seller_id}",
        "shop": seller.shop_name,
        "address": seller.url,
        "place": seller.location,
        "licence": " ".join(filter(None, (seller.licence_name, seller.licence_no))) or None,
        "first seen": f"{seller.first_seen:%Y-%m-%d}",
        "last seen": f"{seller.last_seen:%Y-%m-%d}",
        "listings": known.listings,
        "marketplaces": known.marketplaces,
        "candidates": known.states,
        "cluster": known.cluster,
        "same owner": [names[pk] for pk in known.others],
    }
    links = [
        [(names[link.seller_pk], link.reason) for link in known.links if link.firm is firm] for firm in (True, False)
    ]
    return {
        "facts": facts,
        "rights": [(client, right, number) for (client, right), number in known.rights.items()],
        "links": links[0],
        "soft_links": links[1],
        "decisions": [asdict(each) for each in known.decisions],
    }


def _flat(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {number}" for name, number in value.items()) or None
    return ", ".join(value) or None if isinstance(value, list) else value
