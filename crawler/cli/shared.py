"""What the commands share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sandbox
from crawler.archives import ArchiveError
from crawler.arguments import ArgumentsError
from crawler.config import Config, ConfigError, load_config
from crawler.marketplaces import UnknownMarketplaceError
from crawler.progress import tell
from matchers.types import PictureError
from sandbox import SandboxError
from sandbox.catalogue import CatalogueError
from spiders.parsing import UnreadableError
from store.blobs import Blobs
from store.database import Store, StoreError
from store.register import Imported, import_rights, prepare, read_rights

DEMO_CATALOGUE = Path(sandbox.__file__).parent / "demo" / "catalogue.jsonl"
DEMO_RIGHTS = DEMO_CATALOGUE.with_name("rights.csv")


class UsageError(Exception):
    """What the user gave cannot be used; the message is for the user, a line for each mistake."""


USER_ERRORS = (
    ArchiveError,
    ArgumentsError,
    CatalogueError,
    ConfigError,
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


def take_rights(config: Config, store: Store, path: Path, *, partial: bool) -> Imported:
    """Import a rights file: all of it or nothing, unless `partial`. Raises UsageError with a line for each mistake."""
    file = read_rights(path)
    for warning in file.warnings:
        tell(f"warning: {warning}")
    if file.errors and not (partial and file.rows):
        raise UsageError("\n".join(file.errors))
    blobs = Blobs(config.data / "blobs")
    try:
        found = [(line, prepare(row, file.folder, blobs, _check_picture)) for line, row in file.rows]
    except OSError as error:
        raise StoreError(f"the data folder cannot be written: {error.strerror}: {config.data}") from None
    problems = [f"line {line}: {problem}" for line, each in found for problem in each.problems]
    if problems and not partial:
        raise UsageError("\n".join(problems))
    for problem in (*file.errors, *problems):
        tell(f"warning: left out: {problem}")
    with store.writing() as session:
        return import_rights(session, [each for _, each in found])


def _check_picture(data: bytes) -> None:
    from matchers.image.decode import decode  # noqa: PLC0415 # numpy and OpenCV, which few commands need
    from matchers.image.vector import is_vector, rasterised  # noqa: PLC0415

    if is_vector(data):  # only a mark may be one; among photos it is left out when they are read
        rasterised(data, 64)
    else:
        decode(data)
