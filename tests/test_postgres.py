"""The same on PostgreSQL: tables, budget, locks.

Runs where BAZAARWATCH_TEST_POSTGRES names a server (postgresql+psycopg://postgres@127.0.0.1:5432/postgres) and psycopg
is installed; each test makes a database of its own on it, and drops it.
"""

import json
import os
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, inspect, make_url, select

from crawler.budget import used_today
from crawler.config import Config
from crawler.items import now
from crawler.jobs import crawls
from crawler.locks import HeldError, held
from store import access
from store.blobs import Blobs
from store.database import Store
from store.days import platform_day
from store.events import verify_chain
from store.models import Base, Client, Right, Schedule
from store.moves import move
from store.people import OPERATOR
from store.register import import_rights, prepare, read_rights
from store.register.check import check
from store.register.usable import usable
from tests.crawling import RIGHTS, ROOT, environment
from tests.test_locks import HOLD
from tests.test_pace import TAKE_TURNS

SERVER = os.environ.get("BAZAARWATCH_TEST_POSTGRES")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not SERVER, reason="BAZAARWATCH_TEST_POSTGRES names no server"),
]


@pytest.fixture
def env(tmp_path):
    """Surroundings of other processes; the driver may lie anywhere."""
    return environment(tmp_path, PYTHONPATH=os.pathsep.join(filter(None, [str(ROOT), *sys.path])))


@pytest.fixture
def url():
    """Address of an empty database."""
    pytest.importorskip("psycopg")
    name = f"bazaarwatch_test_{uuid.uuid4().hex[:12]}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def store(url):
    store = Store(url)
    yield store
    store.close()


def test_the_migrations_make_the_tables_that_the_models_say(store):
    with store.engine.connect() as connection:
        tables = inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert {c["name"] for c in tables.get_columns(table.name)} == {c.name for c in table.columns}


def test_three_processes_at_once_never_exceed_the_budget(store, url, env):
    command = [sys.executable, "-c", TAKE_TURNS, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, env=env, **pipes) for _ in range(3)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    said = [json.loads(worker.communicate("go\n", timeout=60)[0]) for worker in workers]
    assert sum(len(opened) for _, opened in said) == 20
    with store.reading() as session:
        assert used_today(access.group(session, "taobao"), now()) == (20, 60)


def test_three_processes_may_make_the_same_new_database(url, env):
    command = [sys.executable, "-c", f"from store.database import Store; Store({url!r})"]
    makers = [subprocess.Popen(command, env=env) for _ in range(3)]
    assert [maker.wait(60) for maker in makers] == [0, 0, 0]


def test_a_killed_holder_lets_go(store, url, env, tmp_path):
    config = Config(data=tmp_path, database_url=url)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    process = subprocess.Popen(command, env=env | {"BAZAARWATCH_DATABASE_URL": url}, **pipes)
    process.stdout.readline()
    with pytest.raises(HeldError), held(config, "taobao"):
        raise AssertionError
    process.kill()
    process.communicate()
    with held(config, "1688"), held(config, "due"):
        pass
    end = time.monotonic() + 30
    while time.monotonic() < end:  # the server sees the broken connection a moment later
        with suppress(HeldError), held(config, "taobao"):
            return
    raise AssertionError


def test_what_is_due_is_found(store, url, tmp_path):
    at = now()
    with store.writing() as session:
        row = {"marketplace": "taobao", "cron": "0 3 * * *", "pages": 5, "created_at": at}
        session.add(Schedule(brand="oriva", next_at=at - timedelta(days=3), **row))
        session.add(Schedule(brand="velquora", next_at=at + timedelta(minutes=1), **row | {"cron": "* * * * *"}))
    assert [job.title for job in crawls.due(store, Config(data=tmp_path, database_url=url), at)] == ["oriva on taobao"]


def test_a_register_is_imported_used_and_logged(store, tmp_path):
    (tmp_path / "rights.csv").write_text(RIGHTS.format(distribution="open"), encoding="utf-8")
    file = read_rights(tmp_path / "rights.csv")
    for wanted in (file.rows[0][1].right_id, file.rows[0][1].right_id):
        with store.writing() as session:
            prepared = [prepare(row, file.folder, Blobs(tmp_path), lambda data: None) for _, row in file.rows]
            import_rights(session, prepared, file.columns)
            assert session.scalars(select(Right.right_id)).first() == wanted
    with store.writing() as session:
        right = session.scalars(select(Right)).first()
        move(session, right, "revoked", actor=OPERATOR, at=now(), reason="withdrawn")
        assert "revoked" in [each.code for each in usable(session, right.id, "taobao", platform_day(now()))]
        assert check(session, platform_day(now()))
        report = verify_chain(session, right.client_id)
    assert (report.events, report.problems) == (len(file.rows) + 1, ())


APPEND = """
import sys
from datetime import UTC, datetime
from store.database import Store
from store.events import Entry, append_events
store = Store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(50):
    with store.writing() as session:
        now = datetime.now(UTC)
        append_events(session, 1, [Entry("candidate", number, None, "queued")], actor="mei", role="analyst", at=now)
"""


def test_a_chain_has_no_gaps_whoever_appends(store, url, env):
    with store.writing() as session:
        session.add(Client(id=1, name="Oriva"))
    command = [sys.executable, "-c", APPEND, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, env=env, **pipes) for _ in range(3)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    with store.reading() as session:
        assert verify_chain(session, 1)[::2] == (150, ())
