"""What was done with evidence stands in the log of the client it concerns."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store.custody import EvidenceRecord, bundles, keep, log, may_go, stamped, waiting
from store.database import Store
from store.events import events_of, verify_chain
from store.models import Candidate, Client, Listing
from store.people import OPERATOR
from tests.evidencing import AT

RECORD = EvidenceRecord(
    id_space="taobao",
    item_id="1",
    moment="discovery",
    kind="capture",
    place="taobao/1/20261103T093012.123456Z",
    manifest_sha256="a" * 64,
    captured_by="me",
    captured_at=AT,
)


@pytest.fixture
def session(tmp_path):
    """A store with two listings, one of which is a candidate of a client."""
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    seen = {"id_space": "taobao", "marketplace": "taobao", "url": "x", "first_seen": AT, "last_seen": AT}
    with store.writing() as session:
        session.add_all([Client(id=1, name="Velquora", code="VELQ"), *(Listing(item_id=n, **seen) for n in "12")])
        session.flush()
        session.add(Candidate(listing_pk=1, client_id=1, score=0.9, first_flagged=AT, last_flagged=AT))
        session.flush()
        yield session
    store.close()


def test_a_capture_stands_in_the_log_of_its_client_with_the_hash_of_its_manifest(session):
    row = keep(session, RECORD, OPERATOR, AT)
    (event,) = events_of(session, "evidence", row.id)
    assert (event.to_state, event.actor, event.payload["manifest_sha256"]) == ("captured", "operator", "a" * 64)
    assert verify_chain(session, 1).problems == ()


def test_a_bundle_is_written_down_once(session):
    assert keep(session, RECORD, OPERATOR, AT) is keep(session, RECORD, OPERATOR, AT)
    assert len(bundles(session)) == 1


def test_a_listing_that_is_nobodys_candidate_is_in_nobodys_log(session):
    row = keep(session, replace(RECORD, item_id="2", place="taobao/2/x"), OPERATOR, AT)
    assert events_of(session, "evidence", row.id) == []


def test_a_listing_that_was_never_stored_has_no_evidence(session):
    assert keep(session, replace(RECORD, item_id="3"), OPERATOR, AT) is None


def test_what_lacks_something_is_incomplete_and_is_not_stamped(session):
    row = keep(session, replace(RECORD, missing=("title",)), OPERATOR, AT)
    assert (row.state, row.reason) == ("incomplete", "title")
    assert waiting(session, AT) == []


def test_a_bundle_waits_for_its_timestamps_until_all_have_come(session):
    row = keep(session, RECORD, OPERATOR, AT)
    assert waiting(session, AT) == [row]
    stamped(row, 1, "other: offline", AT)
    assert (row.state, waiting(session, AT)) == ("timestamp_pending", [])
    assert waiting(session, AT + timedelta(hours=2)) == [row]
    stamped(row, 2, None, AT)
    assert (row.state, waiting(session, AT + timedelta(hours=2))) == ("sealed", [])


def test_looking_and_handing_out_are_logged(session):
    row = keep(session, RECORD, OPERATOR, AT)
    for what in ("viewed", "exported"):
        log(session, [row], what, OPERATOR, AT)
    assert [each.to_state for each in events_of(session, "evidence", row.id)] == ["captured", "viewed", "exported"]


@pytest.mark.parametrize(
    ("state", "days", "may"), [("dismissed", 1_095, False), ("dismissed", 1_096, True), ("confirmed", 9_999, False)]
)
def test_the_rule_of_retention_keeps_open_cases_and_three_years(session, state, days, may):
    row = keep(session, RECORD, OPERATOR, AT)
    session.get(Candidate, 1).state = state
    assert may_go(session, row, AT + timedelta(days=days)) is may


def test_another_clients_evidence_is_not_listed(session):
    keep(session, RECORD, OPERATOR, AT)
    assert len(bundles(session, client_id=1)) == 1
    assert bundles(session, client_id=2) == []
