"""`bazaarwatch calibrate`: a client's own weights, learnt from what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer
from sqlalchemy.orm import Session

from crawler.cli.shared import UsageError, acting, opened
from crawler.cli.tables import print_rows
from crawler.items import now
from crawler.progress import tell
from pipelines.weights import weights_of
from store.calibrations import ACCEPTED, UNDONE, all_of, in_use, propose, proposed, settle
from store.models import Calibration, Client
from store.people import Actor
from store.queries import client_named

TOO_FEW = 1
COLUMNS = ("version", "state", "decisions", "brier", "before", "made", "by")


def add_to(app: typer.Typer) -> None:
    """Hang the command in."""
    app.command()(calibrate)


def calibrate(
    client: str = typer.Option(..., help="Whose weights."),
    accept: bool = typer.Option(False, "--accept", help="Judge by the weights that were learnt last."),
    undo: bool = typer.Option(False, "--undo", help="Go back to the weights before those in use."),
    show: bool = typer.Option(False, "--show", help="The versions there are, and the weights in use."),
) -> None:
    """Learn the weights and thresholds of the verdict from what people decided, and say how well they judge.

    At least 50 confirmed and 50 dismissed candidates are needed, else the exit code is 1. What was learnt judges
    nothing until it is accepted; afterwards `bazaarwatch rescore` asks about all that was seen before.
    Example: bazaarwatch calibrate --client "Oriva AG"
    """
    if accept + undo + show > 1:
        raise UsageError("give one of --accept, --undo and --show")
    with opened() as (config, store), store.writing() as session:
        actor = acting(config, session)
        own = _client(session, client, actor, shown=show)
        if show:
            _show(session, own)
        elif accept or undo:
            typer.echo(_accept(session, own, actor) if accept else _undo(session, own, actor))
        else:
            _learn(session, own, actor)


def _client(session: Session, name: str, actor: Actor, *, shown: bool) -> Client:
    found = client_named(session, name)
    if found is None:
        raise UsageError(f"no client is called {name}")
    if actor.client_id not in (None, found.id):
        raise UsageError(f"{actor.name} sees another client's things alone")
    if not shown and "analyst" not in actor.acts_as:
        raise UsageError(f"{actor.name} may not calibrate; that is for an analyst or a senior")
    return found


def _learn(session: Session, client: Client, actor: Actor) -> None:
    from matchers.calibration import CalibrationError  # noqa: PLC0415 # numpy, which few commands need
    from pipelines.calibrating import figures_of, learnt  # noqa: PLC0415

    at = now()
    try:
        found = learnt(session, client.id, weights_of(session, client.name), at)
    except CalibrationError as error:
        tell(f"nothing is learnt for {client.name}: {error}")
        raise typer.Exit(TOO_FEW) from None
    row = propose(session, client.id, found.weights.as_dict(), figures_of(found), actor=actor, at=at)
    _figures(row.figures, found.weights.as_dict(), weights_of(session, client.name).as_dict())
    typer.echo(f"{row.version} was learnt; `bazaarwatch calibrate --client ... --accept` puts it to use")


def _accept(session: Session, client: Client, actor: Actor) -> str:
    row = proposed(session, client.id)
    if row is None:
        raise UsageError("nothing waits to be accepted; run calibrate without --accept first")
    settle(session, row, ACCEPTED, actor=actor, at=now())
    return f"{row.version} judges for {client.name} from now on; `bazaarwatch rescore` asks about what was seen before"


def _undo(session: Session, client: Client, actor: Actor) -> str:
    row = in_use(session, client.id)
    if row is None:
        raise UsageError(f"{client.name} is judged by the weights that come with the product: nothing to undo")
    settle(session, row, UNDONE, actor=actor, at=now())
    return f"{row.version} is undone; {weights_of(session, client.name).version} judges for {client.name} again"


def _show(session: Session, client: Client) -> None:
    weights = weights_of(session, client.name).as_dict()
    print_rows(COLUMNS, [_version(row) for row in all_of(session, client.id)], "nothing was learnt yet")
    typer.echo(f"in use: {weights['version']} ({weights['source']})")
    print_rows(("term", "weight"), _weights(weights).items(), "")


def _version(row: Calibration) -> tuple[object, ...]:
    said = row.figures
    scores = (f"{said[name]:.4f}" if name in said else None for name in ("brier", "before"))
    return row.version, row.state, said.get("decisions"), *scores, f"{row.made_at:%Y-%m-%d %H:%M}", row.made_by


def _figures(said: Mapping[str, Any], weights: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """The figures, of decisions that were left out of the fit; and what changed."""
    pairs = (("brier", "before"), ("precision", "precision_before"), ("recall", "recall_before"))
    rows = [(new, f"{said[old]:.4f}", f"{said[new]:.4f}") for new, old in pairs]
    print_rows(("figure", "before", "learnt"), [("decisions", said["decisions"], said["decisions"]), *rows], "")
    for name, table in (("before", "table_before"), ("learnt", "table")):
        bins = [
            (
                name,
                f"{each['low']:.1f}-{each['high']:.1f}",
                each["number"],
                f"{each['said']:.2f}",
                f"{each['true']:.2f}",
            )
            for each in said[table]
        ]
        print_rows(("weights", "said", "listings", "on average", "true"), bins, "")
    old, new = _weights(before), _weights(weights)
    changed = [(term, old.get(term, 0.0), new.get(term, 0.0)) for term in {**old, **new}]
    print_rows(("term", "before", "learnt"), [row for row in changed if row[1] != row[2]], "no weight changed")


def _weights(values: Mapping[str, Any]) -> dict[str, float]:
    """Intercept, thresholds and terms as one table."""
    return {name: values[name] for name in ("intercept", "flag", "watch")} | dict(sorted(values["terms"].items()))
