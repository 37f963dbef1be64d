"""`bazaarwatch candidates decide` and `fill`: what a person decides, and types for the reason text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from sqlalchemy.orm import Session

from crawler.cli.candidate_shown import found_one, verdict_of
from crawler.cli.rights_checking import one_right
from crawler.cli.shared import UsageError, acting, opened
from crawler.items import now
from store.models import Candidate
from store.moves import IllegalMove
from store.people import Actor

if TYPE_CHECKING:
    from complaints.deciding import Decision


def add_to(app: typer.Typer) -> None:
    """Hang the commands in."""
    for command in (decide, fill):
        app.command()(command)


def decide(
    ids: list[int] = typer.Argument(help="Ids, as `candidates list` shows them."),
    *,
    to: str = typer.Option(help="in_review, confirmed, dismissed, watch, need_test_buy, ask_client or authorised."),
    reason: str | None = typer.Option(None, help="Code of the complaint's reason, or why it is dismissed."),
    note: str = typer.Option("", help="Why, in your words; it goes into the log."),
    right: str | None = typer.Option(None, help="The right it infringes, where it is another than the verdict's."),
    group: bool = typer.Option(False, "--group", help="Decide all duplicates of it too."),
    difference: list[str] = typer.Option([], help="A difference from the genuine article; once for each."),
    fill: list[str] = typer.Option([], help="Another place of the reason text, as NAME=TEXT."),
    recheck_on: str | None = typer.Option(None, help="The day on which a watched listing is looked at again."),
    budget: str | None = typer.Option(None, help="For a test buy: what it may cost."),
    consent: str | None = typer.Option(None, help="For a test buy: that the client agreed."),
    report: str | None = typer.Option(None, help="After a test buy: the report."),
    answer: str | None = typer.Option(None, help="After ask_client: what the client answered."),
    evidence: str | None = typer.Option(None, help="After a refusal: the evidence that is new."),
    remember: bool = typer.Option(False, "--remember", help="Dismissed as innocent: remember the title as such."),
) -> None:
    """Record a decision: of all that are named, or of none. What waits is taken into review first.

    Example: bazaarwatch candidates decide 12 --to confirmed --reason tm_seller_admission --note "高仿 in the title"
    """
    from complaints.deciding import Decision  # noqa: PLC0415 # what few commands need

    decision = Decision(
        to=to,
        reason_code=reason,
        note=note,
        recheck_on=day(recheck_on),
        budget=budget,
        consent=consent,
        report=report,
        answer=answer,
        evidence=evidence,
        typed=places(difference, fill),
        remember=remember,
    )
    with opened() as (config, store), store.writing() as session:
        actor = acting(config, session)
        named = [found_one(session, each, actor) for each in dict.fromkeys(ids)]
        wanted, left = with_groups(session, named, to) if group else (named, [])
        decide_all(session, wanted, decision, right, actor=actor, at=now())
    for each in left:
        typer.echo(f"candidate {each.id} of the group is {each.state}: left as it is")
    typer.echo(f"{len(wanted)} candidate{'' if len(wanted) == 1 else 's'} {to}")


def decide_all(
    session: Session, wanted: Iterable[Candidate], decision: Decision, right: str | None, *, actor: Actor, at: datetime
) -> None:
    """Every one, or UsageError with a line for each that cannot be."""
    from complaints.deciding import decide as settle  # noqa: PLC0415 # what few commands need
    from complaints.typed import TypedError  # noqa: PLC0415

    wrong = []
    for each in wanted:
        chosen = one_right(session, right, each.client.name).id if right else None
        try:
            own = replace(decision, right_pk=chosen)
            settle(session, each, verdict_of(session, each), own, actor=actor, at=at)
        except (IllegalMove, TypedError) as error:
            wrong.append(str(error))
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))


def with_groups(session: Session, named: Sequence[Candidate], to: str) -> tuple[list[Candidate], list[Candidate]]:
    """Those named and their duplicates; apart, the duplicates that are decided already or cannot be."""
    from complaints.deciding import may_become  # noqa: PLC0415 # what few commands need
    from store.duplicates import members  # noqa: PLC0415

    every = {each.id: each for one in named for each in members(session, one)}
    own = {each.id for each in named}
    wanted = [each for key, each in every.items() if key in own or may_become(each, to)]
    return wanted, [each for each in every.values() if each not in wanted]


def fill(
    candidate: int = typer.Argument(help="Its id, as `candidates list` shows it."),
    difference: list[str] = typer.Option([], help="A difference from the genuine article; once for each."),
    fill: list[str] = typer.Option([], "--fill", help="Another place of the reason text, as NAME=TEXT."),
) -> None:
    """Type what the reason text needs a person for: differences, an official page, an order number.

    Example: bazaarwatch candidates fill 12 --difference "the tongue's label has no stitches"
    """
    from complaints.deciding import type_in  # noqa: PLC0415 # what few commands need
    from complaints.typed import TypedError  # noqa: PLC0415

    typed = places(difference, fill)
    if not typed:
        raise UsageError("give --difference or --fill")
    with opened() as (config, store), store.writing() as session:
        actor = acting(config, session)
        try:
            type_in(session, found_one(session, candidate, actor), typed, actor=actor, at=now())
        except (IllegalMove, TypedError) as error:
            raise UsageError(str(error)) from None
    typer.echo(f"candidate {candidate}: {', '.join(typed)} kept")


def places(differences: Sequence[str], fills: Sequence[str]) -> dict[str, Any]:
    """What was typed, by the name of the place. Raises UsageError."""
    typed: dict[str, Any] = {"differences": list(differences)} if differences else {}
    for each in fills:
        name, sign, text = each.partition("=")
        if not sign:
            raise UsageError(f"--fill {each}: write it as NAME=TEXT")
        typed[name.strip()] = text
    return typed


def day(text: str | None) -> dt.date | None:
    """A day as it is typed. Raises UsageError."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text}: write the day as 2026-12-24") from None
