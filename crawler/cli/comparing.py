"""`bazaarwatch evidence compare`: a registered mark or genuine photo beside the listing's picture."""

from __future__ import annotations

import asyncio
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.cli.shared import UsageError, acting, opened
from crawler.config import Config
from store.blobs import Blobs
from store.custody import bundles
from store.models import Candidate, Evidence, Finding, Listing, ReferencePicture, Right
from store.people import Actor, PeopleError
from store.queries import verdicts_of

if TYPE_CHECKING:
    from evidence.comparison import Comparison


def compare(
    candidate: int = typer.Argument(help="Its id."),
    difference: list[str] = typer.Option(..., help="What you saw, a sentence; may be given several times."),
    picture: int | None = typer.Option(
        None, help="Number of the listing's picture; else the one something was found in."
    ),
) -> None:
    """Make a comparison sheet (PNG and PDF) from the newest complete capture of a candidate, sealed beside it.

    Differences are what you type, and nothing else.
    Example: bazaarwatch evidence compare 17 --difference "the genuine logo has three stripes, this one has four"
    """
    from evidence.capture import root_of, sheet_browser  # noqa: PLC0415 # Playwright
    from evidence.comparison import compare as compared  # noqa: PLC0415
    from evidence.keeping import ask_for_stamps, write_sealed  # noqa: PLC0415

    with opened() as (config, store):
        with store.reading() as session:
            actor = acting(config, session)
            if "analyst" not in actor.acts_as:
                raise PeopleError(f"{actor.name} may not compare; that is for an analyst or a senior")
            what, place = _comparison(config, session, actor, candidate, differences=difference, picture=picture)

        async def make() -> object:
            async with sheet_browser(config) as context:
                return await compared(context, root_of(config), place, what)

        sealed = asyncio.run(make())
        row = write_sealed(store, sealed, actor)  # type: ignore[arg-type]
        ask_for_stamps(config, store, row.id)
        typer.echo(f"sealed: evidence {row.id}: {root_of(config) / row.place / 'comparison.pdf'}")


def _comparison(
    config: Config, session: Session, actor: Actor, number: int, *, differences: list[str], picture: int | None
) -> tuple[Comparison, PurePosixPath]:
    """What is to be shown. Raises UsageError, EvidenceError."""
    from evidence.comparison import Comparison, checked  # noqa: PLC0415
    from evidence.keeping import whole  # noqa: PLC0415

    found = session.get(Candidate, number)
    if found is None or (actor.client_id not in (None, found.client_id)):
        raise UsageError(f"no candidate has the id {number}")
    row, listing = _capture(session, number)
    if problems := whole(config, row):
        raise UsageError(f"the capture is not whole: {problems[0]}")
    findings = _findings(session, found)
    source, data, finding = _picture(config, row, findings, picture)
    reference, reference_is = _reference(config, session, found.right, finding)
    right = found.right
    what = Comparison(
        heading=f"{found.client.name}: {listing.marketplace} {listing.item_id}",
        reference=reference,
        word=_word(right),
        reference_is=reference_is,
        picture=data,
        source=source,
        box=None if finding is None or not finding.box else _box(finding.box),
        differences=checked(differences),
        by=actor.name,
        about={
            "marketplace": listing.marketplace,
            "id_space": listing.id_space,
            "item_id": listing.item_id,
            "url": listing.url,
            "moment": row.moment,
            "candidate": number,
            "captured_by": actor.name,
        },
        facts=_facts(listing, row, right),
    )
    return what, PurePosixPath(row.place).parent


def _capture(session: Session, number: int) -> tuple[Evidence, Listing]:
    kept = bundles(session, candidate=number)
    good = [(row, each) for row, each in kept if row.kind == "capture" and row.state in ("sealed", "timestamp_pending")]
    if not good:
        raise UsageError(f"candidate {number} has no complete capture; make one with: bazaarwatch evidence capture URL")
    return good[0]


def _findings(session: Session, candidate: Candidate) -> list[Finding]:
    """What was found in pictures, the surest first."""
    key = candidate.listing_pk, candidate.client_id
    verdict = verdicts_of(session, [key]).get(key)
    found = [each for each in verdict.findings if each.photo] if verdict else []
    return sorted(found, key=lambda each: -each.score)


def _picture(config: Config, row: Evidence, findings: list[Finding], number: int | None) -> tuple:  # type: ignore[type-arg]
    """The listing's picture as it lies sealed, and what was found in it. Raises UsageError."""
    from evidence.capture import root_of  # noqa: PLC0415
    from evidence.manifest import Source, from_bytes  # noqa: PLC0415

    folder = root_of(config) / row.place
    manifest = from_bytes((folder / "manifest.json").read_bytes())
    pictures = {
        each.path: each for each in manifest.files if each.path.startswith("images/") and each.path[-5:] != ".json"
    }
    by_hash = {each.sha256: each for each in pictures.values()}
    shown = next((each for each in findings if each.photo in by_hash), None)
    if number is not None:
        entry = next((each for path, each in pictures.items() if path.startswith(f"images/{number:02d}.")), None)
    else:
        entry = by_hash[shown.photo or ""] if shown else next(iter(pictures.values()), None)
    if entry is None:
        raise UsageError("the capture has no such picture")
    found = next((each for each in findings if each.photo == entry.sha256), None)
    return Source(entry.path, entry.sha256, row.place), (folder / entry.path).read_bytes(), found


def _reference(
    config: Config, session: Session, right: Right | None, finding: Finding | None
) -> tuple[bytes | None, str]:
    """The client's own photo that was found, else the registered picture of the mark, else none (a word mark)."""
    blobs = Blobs(config.data / "blobs")
    matched = finding.matched if finding and finding.matched else ""
    if len(matched) == 64 and matched.isalnum() and (data := blobs.get(matched)) is not None:
        return data, "genuine photo of the client"
    if right is not None:
        asked = select(ReferencePicture).where(ReferencePicture.right_pk == right.id, ReferencePicture.role == "mark")
        for each in session.scalars(asked.order_by(ReferencePicture.id)):
            if (data := blobs.get(each.sha256)) is not None:
                return data, f"mark as it stands in the register, {right.right_id} {right.number or ''}".strip()
    return (
        None,
        f"word mark as it stands in the register, {right.right_id} {right.number or ''}".strip() if right else "mark",
    )


def _word(right: Right | None) -> str:
    names = [each.name for each in right.mark.names] if right and right.mark else []
    return next(iter(names), right.right_id if right else "")


def _box(box: list[int]) -> tuple[int, int, int, int]:
    left, top, width, height = box
    return left, top, width, height


def _facts(listing: Listing, row: Evidence, right: Right | None) -> list[tuple[str, str]]:
    registered = [("right", f"{right.right_id} {right.number or ''} {right.jurisdiction or ''}")] if right else []
    return [
        *registered,
        ("listing", listing.url),
        ("title", listing.title or ""),
        ("captured", f"{row.captured_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("bundle", json.dumps({"evidence": row.id, "place": row.place})),
        ("manifest sha256", row.manifest_sha256),
    ]
