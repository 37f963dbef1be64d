"""A database of an earlier version keeps all that is in it."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from store import runs
from store.access import locked_group
from store.database import Store
from store.events import verify_chain
from store.migrating import _config, upgrade
from store.models import AuthorisedSeller, Base, Candidate, Right, Snapshot, Verdict
from store.names import client_code

ROWS = """
INSERT INTO client (id, name, distribution) VALUES (1, 'Oriva', 'open');
INSERT INTO run (id, spider, arguments, transport, started_at, counts)
    VALUES (7, 'taobao', '{"brand": "oriva"}', 'live', '2026-11-01 03:00:00', '{"listings": 48}');
INSERT INTO listing (id, id_space, item_id, marketplace, url, state, first_seen, last_seen)
    VALUES (3, 'taobao', '1', 'taobao', 'https://item.taobao.com/item.htm?id=1', 'live', '2026-11-01', '2026-11-01');
INSERT INTO snapshot (id, listing_pk, run_id, source, digest, content, first_seen, last_seen)
    VALUES (4, 3, 7, 'search', 'x', '{}', '2026-11-01', '2026-11-01');
INSERT INTO "right" (id, client_id, right_id, type, nice_classes, goods, reference_prices)
    VALUES (6, 1, 'R1', 'trademark', '[25]', '[]', '{}');
INSERT INTO authorised_seller (id, right_pk, marketplace, seller_id) VALUES (8, 6, 'taobao', '77');
INSERT INTO verdict (id, listing_pk, client_id, score, matched, flagged, authorised, rights, digest, scored_at)
    VALUES (9, 3, 1, 0.9, 1, 1, 0, '{}', 'x', '2026-11-01');
INSERT INTO candidate (id, listing_pk, client_id, score, state, reasons, run_id, first_flagged, last_flagged)
    VALUES (5, 3, 1, 0.9, 'confirmed', '[]', 7, '2026-11-01', '2026-11-01');
"""


@pytest.fixture
def old(tmp_path):
    """Address of a database of the first version, with a run that a snapshot and a candidate point to."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, "0001")
        for row in ROWS.split(";"):
            connection.exec_driver_sql(row)
    engine.dispose()
    return url


def test_what_was_kept_is_kept(old):
    store = Store(old)
    with store.reading() as session:
        run = runs.latest(session, 5)[0]
        assert (run.id, run.arguments, run.counts, run.health) == (7, {"brand": "oriva"}, {"listings": 48}, None)
        assert session.get(Snapshot, 4).run_id == 7
        assert (session.get(Candidate, 5).state, session.get(Candidate, 5).run_id) == ("confirmed", 7)
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()


def test_what_is_new_works(old):
    store = Store(old)
    with store.writing() as session:
        assert locked_group(session, "taobao").pages_today == 0
        runs.name_dead(session, "taobao")
    with store.reading() as session:
        assert runs.latest(session, 5)[0].outcome is None  # of no group: nobody can tell
    store.close()


def test_a_register_of_before_is_one_of_now(old):
    store = Store(old)
    with store.reading() as session:
        right, seller = session.get(Right, 6), session.get(AuthorisedSeller, 8)
        assert (right.state, right.nice_classes, right.route) == ("draft", [25], None)
        assert right.client.code == client_code("Oriva")
        assert (seller.client_id, seller.right_pk, seller.valid_to) == (1, 6, None)
        assert (session.get(Candidate, 5).found, session.get(Candidate, 5).assignee) == ("crawl", None)
        assert verify_chain(session, 1).problems == ()
    store.close()


def test_a_verdict_of_before_has_a_band(old):
    store = Store(old)
    with store.reading() as session:
        verdict, candidate = session.get(Verdict, 9), session.get(Candidate, 5)
        assert (verdict.band, verdict.against, verdict.evidence, verdict.model) == ("flag", [], {}, "")
        assert (candidate.typed, candidate.template, candidate.client_decision) == ({}, None, None)
    store.close()


def test_what_is_made_is_what_the_models_say(old):
    store = Store(old)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    store.close()


def test_one_can_go_back(old):
    store = Store(old)
    with store.engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        assert connection.exec_driver_sql("SELECT seller_id FROM authorised_seller").scalar() == "77"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()
