"""The rows of `flagged_links` with all that is known by now: the reason's text, who may complain, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from complaints.deciding import decision_of
from complaints.reasons import complaint_type, label_zh, reason_of
from complaints.standing import Standing, Standings
from crawler.flagged import FlaggedLink, from_candidate, moment
from store.custody import evidence_of
from store.links import clusters
from store.models import Candidate, Evidence, PlatformAccount, Verdict
from store.queries import claimed_by, moved_at, verdicts_of

BATCH = 500  # candidates whose findings are in memory at once


@dataclass(frozen=True)
class Exported:
    """A row, and what decides whether its link may be pasted."""

    row: FlaggedLink
    client_code: str
    usable: bool
    decided: str | None


def exported(
    session: Session,
    found: Sequence[Candidate],
    on: dt.date,
    account: PlatformAccount | None = None,
    *,
    alone: bool = False,
) -> Iterator[Exported]:
    """The rows of candidates as of a day, filed from one account or whichever serves.

    alone : they are for a client's eyes, who is told of no other client
    """
    standings, cluster = Standings(session, on, account), clusters(session)
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        verdicts = verdicts_of(session, [(each.listing_pk, each.client_id) for each in batch])
        moved = moved_at(session, "candidate", [each.id for each in batch])
        evidence = evidence_of(session, [(each.id, each.listing_pk) for each in batch])
        claimed = {} if alone else claimed_by(session, [each.listing_pk for each in batch])
        for each in batch:
            verdict, standing = verdicts.get((each.listing_pk, each.client_id)), standings.of(each)
            row = _row(each, verdict, standing, on)
            if each.id in moved:
                row = replace(row, status_at=moment(moved[each.id]))
            seller = each.listing.seller_pk
            row = captured(
                replace(row, seller_cluster=cluster.get(seller) if seller else None), evidence.get(each.id, ())
            )
            row = replace(row, also_for=others(claimed.get(each.listing_pk, {}), each.client_id))
            decided = row.reason_code if each.reason_code == row.reason_code else None
            yield Exported(row, each.client.code or str(each.client_id), not standing.obstacles, decided)


def others(claimed: Mapping[int, str], client: int) -> str | None:
    """The other clients for whom the listing is a candidate too: two complaints of it would contradict each other."""
    return ";".join(name for pk, name in claimed.items() if pk != client) or None


def captured(row: FlaggedLink, bundles: Sequence[Evidence]) -> FlaggedLink:
    """The row with its evidence: numbers, hashes of the manifests and folders, in one order."""
    if not bundles:
        return row
    return replace(
        row,
        evidence_ids=";".join(str(one.id) for one in bundles),
        evidence_sha256=";".join(one.manifest_sha256 for one in bundles),
        evidence_path=";".join(one.place for one in bundles),
    )


def _row(candidate: Candidate, verdict: Verdict | None, standing: Standing, on: dt.date) -> FlaggedLink:
    row = from_candidate(candidate, verdict)
    _, text = reason_of(candidate, verdict, on, agent=standing.agent)
    if text:
        row = replace(
            row,
            reason_code=text.code,
            reason_label_zh=label_zh(text.code, on),
            reason_text_zh=text.zh,
            reason_text_en=text.en,
            template=text.template,
            missing=text.missing_words or None,
        )
    if candidate.state == "dismissed":
        row = replace(row, reason_code=candidate.reason_code, reason_label_zh=None)
    poa = standing.poa
    return replace(
        row,
        poa_id=poa.poa_id if poa else None,
        poa_expiry=poa.valid_to.isoformat() if poa and poa.valid_to else None,
        complaint_type=complaint_type(row.reason_code),
        test_order_no=(candidate.typed or {}).get("order_no"),
        decision=decision_of(candidate),
        obstacles="; ".join(f"{each.code}: {each.en}" for each in standing.obstacles) or None,
    )
