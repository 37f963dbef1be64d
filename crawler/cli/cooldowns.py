"""`bazaarwatch cooldown`: which sites are left alone, and what of their budget is used."""

from __future__ import annotations

import typer

from crawler import cooling
from crawler.budget import clock, limits_of, used_today
from crawler.cli.shared import opened
from crawler.cli.tables import print_rows
from crawler.config import Config
from crawler.items import now
from crawler.marketplaces import site
from store import access
from store.models import AccessGroup

COLUMNS = ("group", "left alone until", "after", "pages today", "requests today")

app = typer.Typer(no_args_is_help=True, help="Sites that are left alone after a wall.")


@app.command("list")
def list_groups() -> None:
    """Show each access group that was asked: until when it is left alone and why, and what is used of its day.

    Taobao and Tmall are one group. A day is the platforms' own (UTC+8).
    Example: bazaarwatch cooldown list
    """
    with opened() as (config, store), store.reading() as session:
        rows = [_row(each, config) for each in access.groups(session)]
    print_rows(COLUMNS, rows, "no marketplace was asked yet")


def _row(group: AccessGroup, config: Config) -> tuple[object, ...]:
    at, limits = now(), limits_of(config, group.name)
    pages, requests = used_today(group, at)
    used = (f"{pages} of {limits.pages_per_day}", f"{requests} of {limits.requests_per_day}")
    if group.cooled_until is None or group.cooled_until <= at:
        return (group.name, None, None, *used)
    return (group.name, clock(group.cooled_until, config.zone), f"{group.cooled_by}: {group.signal}", *used)


@app.command()
def clear(marketplace: str = typer.Argument(help="Whose access group may be asked again.")) -> None:
    """End a cool-down, once the wall is solved by hand.

    Example: bazaarwatch cooldown clear taobao
    """
    group = site(marketplace).access_group
    with opened() as (_, store):
        lifted = cooling.lift(store, group)
    typer.echo(f"{group} may be asked again" if lifted else f"{group} was not cooling down")
