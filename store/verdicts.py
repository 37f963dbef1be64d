"""Writing what was judged: verdicts, their findings, and the candidates that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from store.duplicates import group_pairs
from store.events import lock_chain
from store.models import Candidate, Client, Finding, Right, Verdict
from store.moves import record_moves
from store.records import FindingRecord, SightingRecord, VerdictRecord, plain_finding, verdict_digest
from store.upsert import ids, upsert

CRAWL = "crawl"
SYSTEM_STATES = ("queued", "ignored", "authorised")  # what the system may still change; beyond is a person's decision


def write_verdicts(
    session: Session,
    sightings: Sequence[SightingRecord],
    listings: dict[tuple[str, str], int],
    run_id: int | None,
    found: str = CRAWL,
) -> None:
    """Store the verdicts of one batch, the latest of a pair; `listings` gives ids by (id space, item id).

    found : how candidates that are new were found; what did not see the listing again changes no more than the verdict
    """
    latest = {
        (listings[sighting.listing.key], verdict.client): (sighting, verdict)
        for sighting in sightings
        for verdict in sighting.verdicts
    }
    if not latest:
        return
    clients = dict(session.execute(select(Client.name, Client.id)).all())
    rights = {
        (client_id, right_id): pk
        for client_id, right_id, pk in session.execute(select(Right.client_id, Right.right_id, Right.id))
    }
    rows, candidates = [], []
    for (listing_pk, client), (sighting, verdict) in latest.items():
        client_id = clients[client]
        right_pk = rights.get((client_id, verdict.right)) if verdict.right else None
        where = {"listing_pk": listing_pk, "client_id": client_id, "right_pk": right_pk}
        rows.append(where | _verdict(verdict, sighting.listing.seen_at))
        candidates.append((where, sighting, verdict))
    _replace_changed(session, rows, list(latest.values()), rights)
    _write_candidates(session, candidates, run_id, found)
    group_pairs(session, [(row["listing_pk"], row["client_id"]) for row in rows])


_COLUMNS = (
    *("score", "matched", "flagged", "authorised", "band", "model"),
    *("rights", "against", "evidence", "digest", "scored_at"),
)


def _verdict(verdict: VerdictRecord, at: datetime) -> dict[str, Any]:
    return {
        **{name: getattr(verdict, name) for name in ("score", "matched", "flagged", "authorised", "band", "model")},
        "rights": dict(verdict.rights),
        "against": [list(reason) for reason in verdict.against],
        "evidence": dict(verdict.evidence),
        "digest": verdict_digest(verdict),
        "scored_at": at,
    }


def _replace_changed(
    session: Session,
    rows: list[dict[str, Any]],
    latest: list[tuple[SightingRecord, VerdictRecord]],
    rights: dict[tuple[int, str], int],
) -> None:
    """Write the verdicts that say something new, and their findings in place of the old ones."""
    names = ("listing_pk", "client_id")
    before = ids(session, Verdict, (*names, "digest"), [(r["listing_pk"], r["client_id"], r["digest"]) for r in rows])
    changed = [
        (row, verdict)
        for row, (_, verdict) in zip(rows, latest, strict=True)
        if (row["listing_pk"], row["client_id"], row["digest"]) not in before
    ]
    upsert(session, Verdict, [row for row, _ in changed], keys=names, replace=("right_pk", *_COLUMNS))
    keys = ids(session, Verdict, names, [(row["listing_pk"], row["client_id"]) for row, _ in changed])
    if keys:
        session.execute(delete(Finding).where(Finding.verdict_id.in_(keys.values())))
    findings = [
        _finding(finding, keys[row["listing_pk"], row["client_id"]], row["client_id"], rights)
        for row, verdict in changed
        for finding in verdict.findings
    ]
    if findings:
        session.execute(insert(Finding), findings)


def _finding(
    finding: FindingRecord, verdict_id: int, client_id: int, rights: dict[tuple[int, str], int]
) -> dict[str, Any]:
    row = plain_finding(finding)
    row["right_pk"] = rights.get((client_id, row.pop("right") or ""))
    row["span"] = list(row["span"]) if row["span"] else None
    row["box"] = list(row["box"]) if row["box"] else None
    return row | {"verdict_id": verdict_id}


def _write_candidates(
    session: Session,
    judged: list[tuple[dict[str, Any], SightingRecord, VerdictRecord]],
    run_id: int | None,
    found: str,
) -> None:
    """Flagged pairs become candidates; a candidate that no person has touched follows the latest verdict."""
    for client_id in sorted({where["client_id"] for where, _, _ in judged}):
        lock_chain(session, client_id)  # before the states are read, so that nobody moves one meanwhile
    existing = {
        (listing_pk, client_id): (pk, state)
        for listing_pk, client_id, pk, state in session.execute(
            select(Candidate.listing_pk, Candidate.client_id, Candidate.id, Candidate.state).where(
                Candidate.listing_pk.in_([where["listing_pk"] for where, _, _ in judged])
            )
        )
    }
    fresh, moved = [], []
    for where, sighting, verdict in judged:
        pair = where["listing_pk"], where["client_id"]
        state = "queued" if verdict.flagged else "authorised" if verdict.authorised else "ignored"
        row = where | _candidate(verdict, sighting, run_id) | {"state": state}
        if pair not in existing:
            if verdict.flagged:
                fresh.append(row | {"first_flagged": sighting.listing.seen_at, "found": found})
        elif existing[pair][1] in SYSTEM_STATES:
            seen = row if found == CRAWL else {name: row[name] for name in row if name not in ("details", "run_id")}
            moved.append(seen | {"id": existing[pair][0]})
    if fresh:
        session.execute(insert(Candidate), fresh)
    if moved:
        _move(session, moved)
    _record(session, fresh, moved, existing)


def _record(
    session: Session,
    fresh: list[dict[str, Any]],
    moved: list[dict[str, Any]],
    existing: dict[tuple[int, int], tuple[int, str]],
) -> None:
    """An event for each candidate that is new, and for each whose state is another than before."""
    made = ids(session, Candidate, ("listing_pk", "client_id"), [(r["listing_pk"], r["client_id"]) for r in fresh])
    moves = [(r["client_id"], made[r["listing_pk"], r["client_id"]], "scored", r["state"]) for r in fresh]
    for row in moved:
        key, before = existing[row["listing_pk"], row["client_id"]]
        if before != row["state"]:
            moves.append((row["client_id"], key, before, row["state"]))
    at = datetime.now(UTC)
    for client_id in sorted({client_id for client_id, *_ in moves}):
        own = [(key, before, to) for owner, key, before, to in moves if owner == client_id]
        record_moves(session, client_id, own, at=at, reason="the verdict")


def _candidate(verdict: VerdictRecord, sighting: SightingRecord, run_id: int | None) -> dict[str, Any]:
    return {
        "score": verdict.score,
        "reasons": [list(reason) for reason in verdict.reasons],
        "details": sighting.details,
        "run_id": run_id,
        "last_flagged": sighting.listing.seen_at,
    }


def _move(session: Session, rows: list[dict[str, Any]]) -> None:
    flagged = [row for row in rows if row["state"] == "queued"]
    others = [{"pk": row["id"], "state": row["state"]} for row in rows if row["state"] != "queued"]
    if flagged:
        session.execute(update(Candidate), flagged)
    if others:
        table = Candidate.__table__
        statement = update(table).where(table.c.id == bindparam("pk")).values(state=bindparam("state"))  # type: ignore[arg-type]
        session.connection().execute(statement, [dict(row) for row in others])
