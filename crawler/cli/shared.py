"""What the commands share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import sandbox
from crawler.archives import ArchiveError
from crawler.arguments import ArgumentsError
from crawler.config import Config, ConfigError, load_config
from crawler.items import now
from crawler.marketplaces import UnknownMarketplaceError
from crawler.progress import tell
from evidence.errors import EvidenceError
from matchers.types import PictureError
from sandbox import SandboxError
from sandbox.catalogue import CatalogueError
from spiders.parsing import UnreadableError
from store.blobs import Blobs
from store.database import Store, StoreError
from store.events import ClockError
from store.models import Client
from store.people import OPERATOR, Actor, PeopleError, actor_named, may_import
from store.register import Imported, import_rights, prepare, read_rights

DEMO_CATALOGUE = Path(sandbox.__file__).parent / "demo" / "catalogue.jsonl"
DEMO_RIGHTS = DEMO_CATALOGUE.with_name("rights.csv")


class UsageError(Exception):
    """What the user gave cannot be used; the message is for the user, a line for each mistake."""


USER_ERRORS = (
    ArchiveError,
    ArgumentsError,
    CatalogueError,
    ClockError,
    ConfigError,
    EvidenceError,
    PeopleError,
    PictureError,
    SandboxError,
    StoreError,
    UnknownMarketplaceError,
    UnreadableError,
    UsageError,
)


def refuse_same(out: Path, read: Iterable[Path]) -> None:
    """No file is written over one that is read. Raises UsageError."""
    if out.is_file() and any(path.is_file() and out.samefile(path) for path in read):
        raise UsageError(f"{out}: is read too; give another file with --out")


@contextmanager
def opened(config: Config | None = None) -> Iterator[tuple[Config, Store]]:
    """Configuration and store; the store is closed at the end."""
    config = config or load_config()
    store = Store(config.database)
    try:
        yield config, store
    finally:
        store.close()


def acting(config: Config, session: Session) -> Actor:
    """Who acts on the command line: the user that BAZAARWATCH_USER names, else whoever operates the machine.

    Raises PeopleError: there is no such user.
    """
    return actor_named(session, config.user) if config.user else OPERATOR


def client_shown(config: Config, session: Session, wanted: str | None) -> str | None:
    """The client whose things are shown: the one that is wanted, and to a client's user that client's alone.

    Raises UsageError: no such client, or another's. PeopleError: no such user
    """
    actor = acting(config, session)
    own = session.scalar(select(Client.name).where(Client.id == actor.client_id)) if actor.client_id else None
    if own is not None and wanted not in (None, own):
        raise UsageError(f"{actor.name} sees {own} alone")
    if wanted is not None and session.scalar(select(Client.id).where(Client.name == wanted)) is None:
        raise UsageError(f"no client is called {wanted}")
    return own or wanted


def take_rights(config: Config, store: Store, path: Path, *, partial: bool, dry_run: bool = False) -> Imported:
    """Import a rights file: all of it or nothing, unless `partial`. Raises UsageError with a line for each mistake.

    dry_run : say what would be done, and keep nothing
    """
    file = read_rights(path)
    for warning in file.warnings:
        tell(f"warning: {warning}")
    if file.errors and not (partial and file.rows):
        raise UsageError("\n".join(file.errors))
    blobs = HashedOnly() if dry_run else Blobs(config.data / "blobs")
    try:
        found = [(line, prepare(row, file.folder, blobs, _check_picture, _odd_mark)) for line, row in file.rows]
    except OSError as error:
        raise StoreError(f"the data folder cannot be written: {error.strerror}: {config.data}") from None
    problems = [f"line {line}: {problem}" for line, each in found for problem in each.problems]
    if problems and not partial:
        raise UsageError("\n".join(problems))
    for line in (*(f"line {line}: {odd}" for line, each in found for odd in each.oddities),):
        tell(f"warning: {line}")
    for problem in (*file.errors, *problems):
        tell(f"warning: left out: {problem}")
    with kept_or_not(store, dry_run) as session:
        actor = acting(config, session)
        may_import(session, actor, (each.row.client for _, each in found))
        return import_rights(session, [each for _, each in found], file.columns, actor=actor, at=now())


@contextmanager
def kept_or_not(store: Store, dry_run: bool) -> Iterator[Session]:
    """A session that writes; what it wrote is undone at the end of a dry run."""
    with store.writing() as session:
        yield session
        session.flush()
        if dry_run:
            session.rollback()


class HashedOnly:
    """Takes bytes as `Blobs` does, and keeps nothing."""

    def put(self, data: bytes) -> str:
        """The sha256 under which they would be kept."""
        return hashlib.sha256(data).hexdigest()


def _check_picture(data: bytes) -> None:
    from matchers.image.decode import decode  # noqa: PLC0415 # numpy and OpenCV, which few commands need
    from matchers.image.vector import is_vector, rasterised  # noqa: PLC0415

    if is_vector(data):  # only a mark may be one; among photos it is left out when they are read
        rasterised(data, 64)
    else:
        decode(data)


def _odd_mark(data: bytes) -> str | None:
    """What is odd about the picture of a mark."""
    from matchers.image.page import looks_like_page  # noqa: PLC0415 # numpy and OpenCV, which few commands need

    if looks_like_page(data):
        return "looks like a page of text, such as a certificate; the picture of a mark shows the mark alone"
    return None
