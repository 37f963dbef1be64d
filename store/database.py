"""The database: how it is opened, how a transaction begins.

SQLite runs in WAL mode with a busy timeout, and every transaction that will write begins with BEGIN IMMEDIATE: a read
that turns into a write would otherwise fail at once with "database is locked", however long the timeout.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 30_000
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(Exception):
    """The store cannot be used; the message is one line for the user."""


class Store:
    """An opened database with the schema of this version.

    >>> with Store("sqlite:///x.sqlite").writing() as session: ...
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        try:
            _migrate(self.engine)
        except DBAPIError as error:
            self.engine.dispose()
            raise StoreError(f"the database cannot be used: {str(error.orig).splitlines()[0]}") from None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that writes: one transaction, committed at the end, rolled back on an error."""
        with (
            self.engine.connect().execution_options(begin="IMMEDIATE") as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("database_url is no address of a database") from None
    if parsed.get_backend_name() != "sqlite":
        return _engine_of_server(parsed)
    _make_folder(parsed.database)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _engine_of_server(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(f"the database needs its driver: install {error.name}") from None


def _make_folder(database: str | None) -> None:
    if not database or database == ":memory:":
        return
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the data folder cannot be made: {error.strerror}: {Path(database).parent}") from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    how = connection.get_execution_options().get("begin", "")
    connection.exec_driver_sql(f"BEGIN {how}".rstrip())


def _migrate(engine: Engine) -> None:
    """Bring the schema to this version; a second process waits for the first and finds nothing left to do."""
    with engine.connect() as connection, connection.begin():
        if _revision(connection) == _head():
            return
    from store.migrating import upgrade  # noqa: PLC0415 # alembic takes a second to load, and is seldom needed

    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # whose transactions do not wait for each other by themselves
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('bazaarwatch:migrations'))")
        upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


@cache
def _head() -> str:
    """The newest migration: their files begin with their numbers (a test holds alembic to the same)."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
