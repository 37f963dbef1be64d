"""The log of events is append-only: what is changed in it, taken out of it or moved about is found."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from store.database import Store
from store.events import ClockError, Entry, append_events, events_of, verify_chain
from store.models import Client
from tests.crawling import command

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        session.execute(insert(Client), [{"name": "Oriva"}, {"name": "Norvane"}])
    yield store
    store.close()


def append(store, count=1, at=AT, client=1, **payload):
    with store.writing() as session:
        entries = [Entry("candidate", number, "queued", "in_review", "why", payload) for number in range(count)]
        append_events(session, client, entries, actor="mei", role="analyst", at=at)


def report(store, client=1):
    with store.reading() as session:
        return verify_chain(session, client)


def tamper(store, statement):
    with store.writing() as session:
        session.execute(text(statement))


def test_an_untouched_chain_is_whole(store):
    append(store, 3)
    append(store, 2, AT + timedelta(hours=1))
    assert (report(store).events, report(store).problems) == (5, ())


def test_a_client_without_events_has_a_whole_chain(store):
    assert report(store).problems == ()


def test_each_client_has_a_chain_of_its_own(store):
    append(store, 2)
    append(store, 3, client=2)
    assert [report(store, client).events for client in (1, 2)] == [2, 3]
    assert report(store, 1).head != report(store, 2).head


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("entity_id", "77"),
        ("to_state", "'confirmed'"),
        ("from_state", "null"),
        ("actor", "'eve'"),
        ("actor_role", "'senior'"),
        ("reason", "'another'"),
        ("at_utc", "'2026-11-01 03:00:00.000001'"),
        ("payload", "'{\"a\": 2}'"),
        ("payload_hash", "'0'"),
        ("hash", "'0'"),
        ("prev_hash", "'0'"),
    ],
)
def test_a_changed_value_is_found(store, column, value):
    append(store, 5, a=1)
    tamper(store, f"UPDATE event SET {column} = {value} WHERE seq = 3")
    assert any("event 3" in problem or "event 4" in problem for problem in report(store).problems)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM event WHERE seq = 3", "event 3 is missing"),
        ("DELETE FROM event WHERE seq IN (2, 3)", "events 2 to 3 are missing"),
        ("DELETE FROM event WHERE seq = 5", "the chain ends with event 4"),
        ("DELETE FROM event_chain", "the chain ends with event 5"),
        ("UPDATE event SET client_id = 2 WHERE seq = 5", "the chain ends with event 4"),
    ],
)
def test_a_missing_event_is_found(store, statement, problem):
    append(store, 5)
    tamper(store, statement)
    assert report(store).problems[0].startswith(problem)


def test_events_in_another_order_are_found(store):
    append(store, 5)
    for seq, to in ((2, 99), (3, 2), (99, 3)):
        tamper(store, f"UPDATE event SET seq = {to} WHERE seq = {seq}")
    assert "event 2 was changed" in report(store).problems


def test_one_altered_event_of_twenty_thousand_is_found(store):
    append(store, 20_000)
    tamper(store, "UPDATE event SET reason = 'another' WHERE seq = 12345")
    assert report(store).problems == ("event 12345 was changed",)


def test_a_clock_that_goes_backwards_is_refused(store):
    append(store)
    with pytest.raises(ClockError, match="before the last event"):
        append(store, at=AT - timedelta(seconds=3))
    assert report(store).events == 1


def test_two_clocks_that_differ_by_a_moment_are_one(store):
    append(store)
    append(store, at=AT - timedelta(milliseconds=300))
    assert report(store).problems == ()


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(ValueError, match="naive"):
        append(store, at=AT.replace(tzinfo=None))


def test_a_transaction_that_fails_leaves_no_event(store):
    def fail():
        with store.writing() as session:
            append_events(session, 1, [Entry("right", 1, None, "draft")], actor="mei", role="analyst", at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert report(store).events == 0


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=30),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.floats(allow_nan=False, allow_infinity=False)),
)
def test_whatever_is_given_with_an_event_the_chain_verifies(tmp_path_factory, reason, payload):
    store = Store(f"sqlite:///{tmp_path_factory.getbasetemp() / 'events.sqlite'}")
    with store.writing() as session:
        session.merge(Client(id=1, name="Oriva"))
        session.flush()
        append_events(session, 1, [Entry("right", 7, None, "draft", reason, payload)], actor="mei", role="x", at=AT)
    assert report(store).problems == ()
    with store.reading() as session:
        assert events_of(session, "right", 7)[-1].to_state == "draft"
    store.close()


def test_verifying_ends_1_when_a_chain_is_not_whole(tmp_path):
    command("rights", "list", folder=tmp_path)  # makes the database
    (file,) = tmp_path.rglob("bazaarwatch.sqlite")
    store = Store(f"sqlite:///{file}")
    with store.writing() as session:
        session.add(Client(name="Oriva"))
    append(store, 3)
    assert command("events", "verify", folder=tmp_path).returncode == 0
    tamper(store, "DELETE FROM event WHERE seq = 2")
    store.close()
    done = command("events", "verify", folder=tmp_path)
    assert done.returncode == 1
    assert "event 2 is missing" in done.stdout
