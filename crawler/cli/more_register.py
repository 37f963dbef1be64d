"""The other files of the register, read and imported: accounts, powers of attorney, the authorised, prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crawler.cli.shared import HashedOnly, UsageError, acting, kept_or_not
from crawler.config import Config
from crawler.items import now
from crawler.progress import tell
from store.blobs import Blobs
from store.database import Store, StoreError
from store.people import Actor, may_import
from store.register.kinds import KINDS
from store.register.more import MoreError, Scans, import_accounts, import_prices, import_sellers, keep_scans
from store.register.nearby import PictureError
from store.register.powers import import_poas
from store.register.prepare import Keeps
from store.register.read import read_file

Lines = Sequence[tuple[int, Any]]


def take_more(config: Config, store: Store, path: Path, what: str, *, partial: bool, dry_run: bool) -> int:
    """Import a file that is not of rights; how many rows. Raises UsageError with a line for each mistake."""
    if what not in KINDS:
        raise UsageError(f"--what is one of {', '.join(KINDS)}")
    kind = KINDS[what]
    file = read_file(path, kind.row, kind.across, things=kind.things)
    for warning in file.warnings:
        tell(f"warning: {warning}")
    problems, rows = list(file.errors), list(file.rows)
    scans: dict[int, Scans] = {}
    if what == "poas":
        blobs: Keeps = HashedOnly() if dry_run else Blobs(config.data / "blobs")
        scans, lost = _scans(rows, file.folder, blobs)
        problems += lost
        rows = [(line, row) for line, row in rows if line in scans]
    if problems and not (partial and rows):
        raise UsageError("\n".join(problems))
    for problem in problems:
        tell(f"warning: left out: {problem}")
    return _written(config, store, _importer(what, scans), rows, partial=partial, dry_run=dry_run)


def _written(
    config: Config,
    store: Store,
    write: Callable[[Session, Lines, Actor], int],
    rows: Lines,
    *,
    partial: bool,
    dry_run: bool,
) -> int:
    """Write the rows; those that go with nothing in the register are left out where that is wanted."""
    try:
        with kept_or_not(store, dry_run) as session:
            actor = acting(config, session)
            may_import(session, actor, (row.client for _, row in rows))
            return write(session, rows, actor)
    except MoreError as error:
        good = [(line, row) for line, row in rows if line not in error.lines]
        if not (partial and good):
            raise UsageError(str(error)) from None
        for problem in str(error).splitlines():
            tell(f"warning: left out: {problem}")
        return _written(config, store, write, good, partial=partial, dry_run=dry_run)


def _importer(what: str, scans: dict[int, Scans]) -> Callable[[Session, Lines, Actor], int]:
    def poas(session: Session, rows: Lines, actor: Actor) -> int:
        return import_poas(session, [(line, row, scans[line]) for line, row in rows], actor=actor, at=now())

    known: dict[str, Callable[[Session, Lines, Actor], int]] = {
        "accounts": lambda session, rows, actor: import_accounts(session, rows),
        "sellers": lambda session, rows, actor: import_sellers(session, rows, actor=actor, at=now()),
        "prices": lambda session, rows, actor: import_prices(session, rows),
        "poas": poas,
    }
    return known[what]


def _scans(rows: Lines, folder: Path, blobs: Keeps) -> tuple[dict[int, Scans], list[str]]:
    """The papers of each row, kept, by line; a line for each row whose papers cannot be used."""
    kept, problems = {}, []
    for line, row in rows:
        try:
            kept[line] = keep_scans(row, folder, blobs)
        except PictureError as error:
            problems.append(f"line {line}: {row.poa_id}: {error}")
        except OSError as error:
            raise StoreError(f"the data folder cannot be written: {error.strerror}") from None
    return kept, problems
