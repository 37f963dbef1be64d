"""Between the bundles on the disk and the store: written down, stamped, found again after a kill, purged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from crawler.config import Config
from crawler.items import now
from evidence.authorities import Asked, Authority, stamp
from evidence.capture import root_of
from evidence.drafts import Sealed, recover, remove, write_whole
from evidence.errors import EvidenceError
from evidence.layout import MANIFEST
from evidence.manifest import Manifest, ManifestError, from_bytes, sha256
from evidence.verify import verify_bundle
from store.custody import EvidenceRecord, keep, known_places, log, stamped
from store.database import Store
from store.models import Evidence
from store.people import SYSTEM, Actor
from store.records import ListingRecord, SightingRecord
from store.sightings import write_sightings

CERTIFICATES = "evidence-purged"  # in the data folder: a file for each bundle that went


def record_of(place: str, manifest: Manifest, digest: str) -> EvidenceRecord:
    """A bundle as the store takes it. Raises EvidenceError: it does not say of what it is."""
    about = manifest.about
    try:
        return EvidenceRecord(
            id_space=str(about["id_space"]),
            item_id=str(about["item_id"]),
            moment=str(about.get("moment", "discovery")),
            kind=manifest.kind,
            place=place,
            manifest_sha256=digest,
            captured_by=str(about.get("captured_by", "unknown")),
            captured_at=datetime.fromisoformat(manifest.captured_at),
            missing=manifest.missing,
            candidate_id=about.get("candidate"),
        )
    except (KeyError, ValueError, TypeError):
        raise EvidenceError(f"{place}: its manifest does not say of what it is") from None


def write_down(store: Store, place: str, manifest: Manifest, digest: str, actor: Actor) -> Evidence:
    """A sealed bundle into the store, and into the log; its listing too, where nothing else has stored it."""
    record = record_of(place, manifest, digest)
    with store.writing() as session:
        found = keep(session, record, actor, now())
        if found is None:
            write_sightings(session, [_sighting(record, manifest)])
            found = keep(session, record, actor, now())
        assert found is not None
        return found


def _sighting(record: EvidenceRecord, manifest: Manifest) -> SightingRecord:
    about = manifest.about
    listing = ListingRecord(
        id_space=record.id_space,
        item_id=record.item_id,
        marketplace=str(about.get("marketplace", "")),
        url=str(about.get("url", "")),
        seen_at=record.captured_at,
        source="detail",
        title=about.get("title"),
        state=str(about.get("state", "live")),
    )
    return SightingRecord(listing=listing, photos=(), verdicts=(), details="seen")


def write_sealed(store: Store, sealed: Sealed, actor: Actor) -> Evidence:
    """The same, of one that was just sealed."""
    return write_down(store, sealed.place, sealed.manifest, sealed.sha256, actor)


def authorities_of(config: Config) -> list[Authority]:
    """As they are set."""
    return [Authority(each.name, each.url, each.chain) for each in config.evidence.timestamp_authorities]


def ask_for_stamps(config: Config, store: Store, evidence_id: int) -> Asked | None:
    """Ask the authorities for what a bundle lacks, and write down how it went; None where it asks for none.

    Nothing is raised: what went wrong is the reason why it is pending.
    """
    with store.reading() as session:
        row = session.get(Evidence, evidence_id)
    if row is None or row.state != "timestamp_pending":
        return None
    try:
        asked = stamp(root_of(config) / row.place, authorities_of(config), config.evidence.timestamp_seconds)
    except EvidenceError as error:
        asked = Asked(row.stamps, str(error))
    with store.writing() as session:
        again = session.get(Evidence, evidence_id)
        if again is not None and again.state == "timestamp_pending":
            stamped(again, asked.stamps, asked.pending, now())
            if asked.pending is None:
                log(session, [again], "stamped", SYSTEM, now())
    return asked


def found_again(config: Config, store: Store) -> list[str]:
    """What an earlier kill left: halves are finished or removed, and what was sealed and not written down is. Lines."""
    root = root_of(config)
    if not root.is_dir():
        return []
    finished, gone = recover(root)
    lines = [f"finished, for it was whole: {each.relative_to(root)}" for each in finished]
    lines += [f"removed, for it was half: {each.relative_to(root)}" for each in gone]
    with store.reading() as session:
        known = known_places(session)
    for place in _sealed(root):
        if place not in known:
            lines.append(_adopted(store, root, place))
    return lines


def _sealed(root: Path) -> Iterator[str]:
    for path in sorted(root.glob(f"*/*/[!.]*/{MANIFEST}")):
        yield path.parent.relative_to(root).as_posix()


def _adopted(store: Store, root: Path, place: str) -> str:
    try:
        data = (root / place / MANIFEST).read_bytes()
        write_down(store, place, from_bytes(data), sha256(data), SYSTEM)
    except (OSError, ManifestError, EvidenceError) as error:
        return f"warning: {place}: not written down: {error}"
    return f"written down: {place}"


def whole(config: Config, row: Evidence) -> list[str]:
    """What is wrong with a bundle, also measured by the hash that the store has of it; nothing where it is whole."""
    folder = root_of(config) / row.place
    if not folder.is_dir():
        return [f"{row.place}: is missing"]
    try:
        checked = verify_bundle(folder)
    except OSError as error:
        return [f"{row.place}: cannot be read: {error.strerror}"]
    problems = [f"{row.place}/{each}" for each in checked.problems]
    if checked.sha256 != row.manifest_sha256:
        problems.append(f"{row.place}/{MANIFEST}: is not the one that was written down")
    return problems


def purge(config: Config, session: Session, rows: Sequence[Evidence], actor: Actor, rule: str) -> list[Path]:
    """Say that bundles go for good: what went, with its hashes, is kept as a certificate and in the log.

    The folders go with `take_away`, once that is written. Raises EvidenceError, ClockError.
    """
    certificates = []
    for row in rows:
        certificates.append(_certificate(config, row, actor, rule))
        row.state, row.purged_at, row.reason, row.retry_at = "purged", now(), rule, None
        log(session, [row], "purged", actor, now(), reason=rule, payload={"certificate": certificates[-1].name})
    session.flush()
    return certificates


def take_away(config: Config, rows: Sequence[Evidence]) -> None:
    """Remove the folders of bundles that were purged, also those that an earlier purge could not."""
    for row in rows:
        if row.state == "purged":
            remove(root_of(config) / row.place)


def _certificate(config: Config, row: Evidence, actor: Actor, rule: str) -> Path:
    try:
        manifest = from_bytes((root_of(config) / row.place / MANIFEST).read_bytes())
        files: object = [asdict(each) for each in manifest.files]
    except (OSError, ManifestError):
        files = None  # it was gone or damaged before
    said = {
        "evidence": row.id,
        "place": row.place,
        "manifest_sha256": row.manifest_sha256,
        "captured_at": row.captured_at.isoformat(),
        "purged_at": now().isoformat(),
        "purged_by": actor.name,
        "rule": rule,
        "files": files,
    }
    folder = config.data.resolve() / CERTIFICATES
    target = folder / f"{row.id:06d}-{row.manifest_sha256[:12]}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():  # of a purge that was killed
            write_whole(target, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise EvidenceError(f"the certificate cannot be written: {error.strerror}: {folder}") from None
    return target
