"""One at a time, whatever process starts it: a lock held by the process itself, and released by its death.

On SQLite a file in the data folder is locked; on PostgreSQL an advisory lock is held by a connection of its own, for
every machine that shares the database.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from crawler.config import Config
from store.database import StoreError

# A machine that lost its power says no goodbye: the server asks after a minute, and lets go a minute later.
ALIVE = "-c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=6"


class HeldError(Exception):
    """Another process holds the lock; the message is its name."""


@contextmanager
def held(config: Config, name: str) -> Iterator[None]:
    """Hold the lock of that name until the end. Raises HeldError at once when another does; StoreError."""
    if make_url(config.database).get_backend_name() == "postgresql":
        release = _advisory(config.database, name)
    else:
        release = _file(config.data.resolve() / "locks" / f"{name}.lock", name)
    try:
        yield
    finally:
        release()


def _file(path: Path, name: str) -> Callable[[], None]:
    """The lock is of the open file, which no child inherits: a browser that outlives a crawl does not hold it.

    The file itself stays: taking it away would let two hold a lock of the same name.
    """
    handle = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if handle is not None:
            os.close(handle)
        if isinstance(error, BlockingIOError):
            raise HeldError(name) from None
        raise StoreError(f"the lock cannot be made: {error.strerror}: {path}") from None
    return lambda: os.close(handle)


def _advisory(url: str, name: str) -> Callable[[], None]:
    """A lock of the connection's session; it has no transaction open, which would keep the database from tidying."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"options": ALIVE})
    try:
        connection = engine.connect()
        mine = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(name)})
    except DBAPIError as error:
        raise StoreError(f"the database cannot be used: {str(error.orig).splitlines()[0]}") from None
    if not mine:
        connection.close()
        raise HeldError(name)
    return connection.close


def _key(name: str) -> int:
    """64 bits, signed, as PostgreSQL wants them."""
    return int.from_bytes(hashlib.sha256(f"bazaarwatch:{name}".encode()).digest()[:8], signed=True)
