"""What the tables do not have cannot be done; what is done is in the log."""

import datetime as dt
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from store.database import Store
from store.events import events_of, verify_chain
from store.models import (
    AuthorisedSeller,
    Candidate,
    Client,
    Event,
    Listing,
    PlatformAccount,
    Right,
    RightDocument,
    Seller,
)
from store.moves import CANDIDATE, POA, RIGHT, IllegalMove, can_move, move, record_moves
from store.moves.candidates import LOCK
from store.moves.reviews import release_stale
from store.people import CLOCK, SYSTEM, Actor

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
MEI = Actor("mei", frozenset({"analyst"}))
JUN = Actor("jun", frozenset({"analyst"}))
SUN = Actor("sun", frozenset({"senior"}))
ANA = Actor("ana", frozenset({"client"}), client_id=1)
OTHER = Actor("otto", frozenset({"client"}), client_id=2)
WHY = {"reason_code": "tm_misuse_title", "right_pk": 1}


def fill(session, state="queued"):
    """A candidate of Oriva, in a state, and a right."""
    session.add_all([Client(id=1, name="Oriva"), Client(id=2, name="Norvane")])
    session.flush()
    session.add(Right(id=1, client_id=1, right_id="R1", type="trademark", expires_on=dt.date(2027, 1, 1)))
    session.add(Seller(id=1, id_space="taobao", seller_id="77", first_seen=AT, last_seen=AT))
    listing = {"id_space": "taobao", "item_id": "1", "marketplace": "taobao", "url": "https://item.taobao.com/1"}
    session.add(Listing(id=1, **listing, seller_pk=1, first_seen=AT, last_seen=AT))
    session.flush()
    session.add(Candidate(id=1, listing_pk=1, client_id=1, score=0.9, state=state, first_flagged=AT, last_flagged=AT))
    session.flush()


@pytest.fixture
def session(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        fill(session)
        yield session
    store.close()


@pytest.fixture
def candidate(session):
    return session.get(Candidate, 1)


def go(session, thing, to, actor=MEI, at=AT, **how):
    move(session, thing, to, actor=actor, at=at, **how)


def refused(session, thing, to, actor=MEI, at=AT, **how):
    with pytest.raises(IllegalMove) as caught:
        go(session, thing, to, actor, at, **how)
    return str(caught.value)


def put(session, candidate, state):
    candidate.state = state
    session.flush()


@pytest.mark.parametrize("machine", [CANDIDATE, RIGHT, POA])
def test_every_guard_that_a_table_names_is_there(machine):
    assert {name for each in machine.moves for name in each.guards} <= set(machine.guards)


def test_a_candidate_is_confirmed_and_the_log_says_by_whom_and_why(session, candidate):
    go(session, candidate, "in_review")
    go(session, candidate, "confirmed", reason="logo on the shoe", given=WHY)
    assert (candidate.state, candidate.decided_by, candidate.reason_code) == ("confirmed", "mei", "tm_misuse_title")
    assert (candidate.assignee, candidate.right_pk) == (None, 1)
    told = [(event.from_state, event.to_state, event.actor_role) for event in events_of(session, "candidate", 1)]
    assert told == [("queued", "in_review", "analyst"), ("in_review", "confirmed", "analyst")]
    assert verify_chain(session, 1).problems == ()


def test_a_move_that_the_table_does_not_have_is_one_sentence(session, candidate):
    said = refused(session, candidate, "down_verified")
    assert (
        said
        == "candidate 1 is queued and cannot become down_verified, only authorised, gone, ignored, in_review, queued"
    )


def test_a_move_of_another_role_is_refused(session, candidate):
    assert refused(session, candidate, "ignored") == "candidate 1: from queued to ignored is for system, not for mei"
    assert refused(session, candidate, "in_review", SYSTEM) == (
        "candidate 1: from queued to in_review is for analyst, not for system"
    )


def test_another_clients_user_touches_nothing(session, candidate):
    put(session, candidate, "ask_client")
    assert "belongs to another client" in refused(session, candidate, "dismissed", OTHER, given={"answer": "no"})


def test_two_analysts_do_not_review_the_same_candidate(session, candidate):
    go(session, candidate, "in_review")
    assert "mei reviews it until 03:30 UTC" in refused(session, candidate, "in_review", JUN)
    assert "mei reviews it, not jun" in refused(session, candidate, "confirmed", JUN, given=WHY)


def test_a_review_that_ran_out_of_time_is_taken_over_or_goes_back(session, candidate):
    go(session, candidate, "in_review")
    assert "mei reviews it" in refused(session, candidate, "queued", CLOCK)
    go(session, candidate, "in_review", JUN, AT + LOCK)
    assert candidate.assignee == "jun"
    go(session, candidate, "queued", CLOCK, AT + 2 * LOCK)
    assert (candidate.state, candidate.assignee) == ("queued", None)


def test_stale_reviews_go_back_to_the_queue_and_fresh_ones_stay(session, candidate):
    go(session, candidate, "in_review")
    assert release_stale(session, AT + LOCK / 2) == 0
    assert release_stale(session, AT + LOCK) == 1
    assert (candidate.state, candidate.assignee) == ("queued", None)


@pytest.mark.parametrize(
    ("to", "given", "sentence"),
    [
        ("confirmed", {}, "the right that it infringes is not chosen"),
        ("confirmed", {"right_pk": 1}, "the reason is one of other_unfair, tm_counterfeit_features"),
        ("confirmed", {"right_pk": 1, "reason_code": "pt_design"}, "not pt_design"),
        ("dismissed", {"reason_code": "boring"}, "the reason is one of genuine, compatible"),
        ("watch", {}, "the day of the next look is missing or past"),
        ("watch", {"recheck_on": dt.date(2026, 11, 1)}, "the day of the next look is missing or past"),
        ("need_test_buy", {"budget": "600 CNY"}, "the client's consent is missing"),
    ],
)
def test_a_decision_needs_what_the_table_asks(session, candidate, to, given, sentence):
    go(session, candidate, "in_review")
    assert sentence in refused(session, candidate, to, given=given)
    assert len(events_of(session, "candidate", 1)) == 1


def test_what_the_client_answered_may_be_entered_by_an_analyst_but_not_invented(session, candidate):
    put(session, candidate, "ask_client")
    assert "the client's answer is missing" in refused(session, candidate, "authorised")
    go(session, candidate, "authorised", given={"answer": "mail of 1 November"})
    assert events_of(session, "candidate", 1)[-1].actor_role == "client"


LOOK = {"state": "gone", "clean": True}


@pytest.mark.parametrize(
    ("looks", "down"),
    [
        ([(1, LOOK), (25, LOOK)], True),
        ([(1, LOOK)], False),
        ([(1, LOOK), (24, LOOK)], False),
        ([(-30, LOOK), (1, LOOK)], False),
        ([(1, LOOK), (25, LOOK | {"clean": False})], False),
        ([(1, LOOK), (25, LOOK | {"state": "unknown"})], False),
        ([(1, LOOK), (20, LOOK | {"state": "login_wall"}), (25, LOOK)], True),
        ([(1, LOOK), (25, LOOK), (30, LOOK | {"state": "live"})], False),
        ([(1, LOOK | {"state": "live"}), (25, LOOK), (50, LOOK)], True),
        ([(1, {"state": "gone"}), (25, LOOK)], False),
    ],
)
def test_down_is_what_two_clean_looks_a_day_apart_saw(session, candidate, looks, down):
    put(session, candidate, "in_complaint")
    go(session, candidate, "down_claimed")
    seen = [look | {"at": (AT + timedelta(hours=hours)).isoformat()} for hours, look in looks]
    at = AT + timedelta(hours=60)
    assert (can_move(session, candidate, "down_verified", actor=SYSTEM, at=at, given={"looks": seen}) is None) == down


@pytest.mark.parametrize("looks", [None, "gone", [None], [{"at": "yesterday"}], [{"at": "2026-11-02T00:00:00"}]])
def test_looks_that_are_none_are_no_looks(session, candidate, looks):
    put(session, candidate, "down_claimed")
    assert "two looks" in refused(session, candidate, "down_verified", SYSTEM, given={"looks": looks})


def test_still_up_is_what_was_seen_live_two_days_after_the_claim(session, candidate):
    put(session, candidate, "in_complaint")
    go(session, candidate, "down_claimed")
    later = AT + timedelta(hours=49)
    assert "48 hours" in refused(session, candidate, "still_up", SYSTEM, later)
    candidate.listing.last_seen = later
    go(session, candidate, "still_up", SYSTEM, later)


def test_after_a_lost_complaint_only_the_list_of_the_authorised_authorises(session, candidate):
    put(session, candidate, "survived")
    assert "list of authorised ones" in refused(session, candidate, "authorised")
    day = dt.date(2026, 11, 1)
    session.add(AuthorisedSeller(client_id=1, marketplace="tmall", seller_id="77", valid_to=day))
    session.flush()
    assert can_move(session, candidate, "authorised", actor=MEI, at=AT + timedelta(days=1)) is not None
    go(session, candidate, "authorised")


def test_what_is_closed_is_archived_after_its_time_alone(session, candidate):
    go(session, candidate, "in_review")
    go(session, candidate, "dismissed", given={"reason_code": "genuine"})
    assert "kept for 1096 days" in refused(session, candidate, "archived", CLOCK, AT + timedelta(days=1000))
    go(session, candidate, "archived", CLOCK, AT + timedelta(days=1096))


def test_many_moves_at_once_are_many_events_and_bound_to_the_table(session):
    record_moves(session, 1, [(1, "queued", "ignored"), (2, "ignored", "queued")], at=AT, reason="the verdict")
    assert session.scalar(select(func.count()).select_from(Event)) == 2
    with pytest.raises(IllegalMove, match="cannot become"):
        record_moves(session, 1, [(1, "confirmed", "ignored")], at=AT, reason="the verdict")


def test_a_right_is_complete_when_its_papers_are(session):
    right = session.get(Right, 1)
    assert refused(session, right, "complete").startswith(
        "right R1 cannot become complete: missing: number, registrant"
    )
    for name, value in {"number": "9", "registrant": "Oriva AG", "jurisdiction": "CN", "nice_classes": [25]}.items():
        setattr(right, name, value)
    right.registered_on, right.status = dt.date(2017, 1, 1), "registered"
    right.documents.append(RightDocument(role="certificate", name="c.pdf", sha256="0" * 64, bytes=1))
    session.flush()
    go(session, right, "complete")
    session.add(PlatformAccount(id=1, name="A", portal="ipp", role="agent", holder="Agency"))
    session.flush()
    assert "the platform account is not named" in refused(session, right, "submitted")
    assert "the account A is not verified itself" in refused(session, right, "submitted", given={"account_pk": 1})
    session.get(PlatformAccount, 1).verified_on = dt.date(2026, 1, 1)
    go(session, right, "submitted", given={"account_pk": 1})
    assert "the reason is missing" in refused(session, right, "refused")
    go(session, right, "refused", reason="the class page is missing")
    assert "nothing was changed" in refused(session, right, "complete")


def test_the_clock_ends_a_right_and_nobody_else(session):
    right = session.get(Right, 1)
    right.state = "verified"
    session.flush()
    assert "is for clock, not for mei" in refused(session, right, "expired")
    go(session, right, "expiring", CLOCK)
    assert "its last day is not over" in refused(session, right, "expired", CLOCK, datetime(2027, 1, 1, tzinfo=UTC))
    go(session, right, "expired", CLOCK, datetime(2027, 1, 2, tzinfo=UTC))


def test_a_suspension_is_a_seniors_and_has_a_reason(session):
    right = session.get(Right, 1)
    right.state = "verified"
    session.flush()
    assert "is for senior" in refused(session, right, "suspended", reason="invalidation")
    assert "the reason is missing" in refused(session, right, "suspended", SUN)
    go(session, right, "suspended", SUN, reason="invalidation was filed")
    assert "the document" in refused(session, right, "verified", SUN)


ACTORS = st.sampled_from([MEI, JUN, SUN, ANA, OTHER, SYSTEM, CLOCK])
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "right_pk": st.just(1),
        "reason_code": st.sampled_from(["tm_misuse_title", "genuine", "pt_design"]),
        "recheck_on": st.just(dt.date(2030, 1, 1)),
        "answer": st.just("yes"),
        "budget": st.just("1"),
        "consent": st.just("yes"),
        "report": st.just("r"),
        "batch": st.just(3),
        "evidence": st.just("e"),
    },
)


class Histories(RuleBasedStateMachine):
    """Whatever anybody asks for, in whatever order."""

    @initialize(state=st.sampled_from(sorted(CANDIDATE.states)))
    def begin(self, state):
        self.store = Store("sqlite://")
        self.writing = self.store.writing()
        self.session = self.writing.__enter__()
        fill(self.session, state)
        self.candidate, self.at, self.moved = self.session.get(Candidate, 1), AT, 0

    @rule(hours=st.integers(1, 2_000))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    @rule(state=st.sampled_from(["live", "gone", "unknown"]))
    def see(self, state):
        self.candidate.listing.state, self.candidate.listing.last_seen = state, self.at
        self.session.flush()

    @rule(to=st.sampled_from(sorted(CANDIDATE.states)), actor=ACTORS, reason=st.sampled_from(["", "x"]), given=GIVEN)
    def ask(self, to, actor, reason, given):
        before = self.candidate.state
        try:
            go(self.session, self.candidate, to, actor, self.at, reason=reason, given=given)
        except IllegalMove as error:
            assert "\n" not in str(error)
            assert self.candidate.state == before
        else:
            self.moved += 1
            assert to in CANDIDATE.onward(before)
            assert actor is not OTHER

    @rule(data=st.data(), actor=ACTORS, given=GIVEN)
    def ask_for_what_is_next(self, data, actor, given):
        onward = CANDIDATE.onward(self.candidate.state)
        if onward:
            self.ask(data.draw(st.sampled_from(onward)), actor, "x", given)

    @invariant()
    def every_move_is_an_event_and_the_chain_is_whole(self):
        if hasattr(self, "session"):
            report = verify_chain(self.session, 1)
            assert (report.events, report.problems) == (self.moved, ())
            last = events_of(self.session, "candidate", 1)[-1:]
            assert not last or last[0].to_state == self.candidate.state

    def teardown(self):
        if hasattr(self, "session"):
            self.writing.__exit__(None, None, None)
            self.store.close()


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
