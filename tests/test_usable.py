"""A right is used where, when and by whom it may be, and else the obstacle has a name."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Store
from store.models import PoaRight
from store.register.mandates import PoaFacts, of_powers
from store.register.obstacles import AccountFacts, RightFacts, grace_ends, of_right
from store.register.usable import usable, usable_rights
from tests.registering import ON, account, fill, power, right


@pytest.fixture
def session(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        yield session
    store.close()


def codes(session, right_, site="taobao", on=ON, *, accounts=None, powers=None, registered="verified", name=None):
    accounts = [account()] if accounts is None else accounts
    fill(session, right_, accounts, [power()] if powers is None else powers, registered)
    return [each.code for each in usable(session, 1, site, on, name)]


def test_a_right_that_is_whole_may_be_used(session):
    assert codes(session, right()) == []


DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires_on": ON - DAY}, "grace"),
        ({"expires_on": dt.date(2026, 4, 30)}, "expired"),
        ({"registered_on": ON + DAY}, "not_yet"),
        ({"status": "pending"}, "status_pending"),
        ({"status": "cancelled"}, "status_cancelled"),
        ({"status": "opposed"}, "status_opposed"),
        ({"status": None}, "no_status"),
        ({"number": None}, "no_number"),
        ({"expires_on": None}, "no_expiry"),
        ({"jurisdiction": "Germany"}, "country"),
        ({"jurisdiction": "WO", "designated": ["DE", "US"]}, "country"),
        ({"jurisdiction": None}, "no_country"),
        ({"jurisdiction": "Atlantis"}, "no_country"),
        ({"state": "suspended"}, "suspended"),
        ({"state": "revoked"}, "revoked"),
    ],
)
def test_what_is_wrong_with_a_right_has_a_name(session, changes, code):
    assert codes(session, right(**changes)) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_on": ON},
        {"registered_on": ON},
        {"jurisdiction": "中国"},
        {"jurisdiction": "WO", "designated": ["DE", "China"]},
        {"status": "under_attack"},
        {"type": "copyright", "jurisdiction": "FR", "status": None, "number": None, "expires_on": None},
    ],
)
def test_what_is_enough_is_enough(session, changes):
    assert codes(session, right(**changes)) == []


def test_a_german_mark_serves_on_the_sites_across_the_border_alone(session):
    assert codes(session, right(jurisdiction="DE"), "aliexpress") == []
    assert [each.code for each in usable(session, 1, "1688", ON)] == ["country"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"all_rights": False}, "poa_right"),
        ({"grantor": "Oriva A.G."}, "poa_grantor"),
        ({"grantee": "Lantern Ltd."}, "poa_grantee"),
        ({"platforms": ["tmall"]}, "poa_platform"),
        ({"actions": ["respond"]}, "poa_action"),
        ({"territory": ["DE"]}, "poa_territory"),
        ({"valid_to": ON - DAY}, "poa_expired"),
        ({"valid_from": ON + DAY}, "poa_not_yet"),
        ({"valid_to": None}, "poa_dates"),
        ({"revoked_on": ON}, "poa_revoked"),
        ({"state": "suspended"}, "poa_held"),
    ],
)
def test_what_is_wrong_with_a_power_of_attorney_has_a_name(session, changes, code):
    assert codes(session, right(), powers=[power(**changes)]) == [code]


def test_a_power_of_attorney_that_ends_tomorrow_still_holds_today(session):
    assert codes(session, right(), powers=[power(valid_to=ON + DAY)]) == []
    assert [each.code for each in usable(session, 1, "taobao", ON + 2 * DAY)] == ["poa_expired"]


def test_a_power_of_attorney_covers_the_rights_it_names(session):
    poa = power(all_rights=False)
    fill(session, right(), [account()], [poa])
    session.add(PoaRight(poa_pk=poa.id, right_pk=1))
    session.flush()
    assert usable(session, 1, "taobao", ON) == []


def test_of_several_powers_the_best_is_taken(session):
    assert codes(session, right(), powers=[power(valid_to=ON - DAY), power(poa_id="P2")]) == []


def test_an_owner_needs_no_power_of_attorney(session):
    own = account(role="owner", holder="Oriva AG", client_id=1)
    assert codes(session, right(), accounts=[own], powers=[]) == []


@pytest.mark.parametrize(
    ("accounts", "registered", "expected"),
    [
        ([], None, ["no_account"]),
        ([account()], None, ["not_submitted"]),
        ([account()], "submitted", ["not_verified"]),
        ([account()], "refused", ["refused"]),
        ([account(verified_on=None)], "verified", ["account"]),
        ([account(verified_on=ON + DAY)], "verified", ["account"]),
        ([account(portal="other")], "verified", ["portal"]),
    ],
)
def test_what_is_wrong_with_an_account_has_a_name(session, accounts, registered, expected):
    assert codes(session, right(), accounts=accounts, registered=registered) == expected


def test_another_clients_account_is_none(session):
    fill(session, right(), [account(client_id=2, holder="Norvane")], [])
    assert "other_client" in [each.code for each in usable(session, 1, "taobao", ON, "A")]
    assert [each.code for each in usable(session, 1, "taobao", ON)] == ["no_account"]


def test_what_is_not_there_is_no_obstacle_but_a_mistake(session):
    fill(session, right(), [account()], [power()])
    with pytest.raises(LookupError, match="no platform account is called B"):
        usable(session, 1, "taobao", ON, "B")
    with pytest.raises(LookupError, match="no right"):
        usable(session, 7, "taobao", ON)


def test_all_rights_of_a_client_at_once_say_the_same(session):
    fill(session, right(), [account()], [power()])
    session.add(right(right_id="R2", client_id=1, jurisdiction="DE"))
    session.flush()
    found = usable_rights(session, 1, "taobao", ON)
    assert {pk: [each.code for each in obstacles] for pk, obstacles in found.items()} == {
        1: [],
        2: ["country", "not_submitted"],
    }
    assert usable_rights(session, 2, "taobao", ON) == {}


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        (dt.date(2026, 4, 30), dt.date(2026, 10, 30)),
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2026, 6, 30), dt.date(2026, 12, 30)),
        (dt.date(2026, 7, 15), dt.date(2027, 1, 15)),
    ],
)
def test_a_chinese_mark_may_be_renewed_for_six_months_after_its_end(last, ends):
    assert grace_ends("trademark", "CN", last, ON) == ends
    assert grace_ends("trademark", "DE", last, ON) is None


DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
WORDS = st.none() | st.text(max_size=6) | st.sampled_from(["CN", "WO", "Oriva AG", "registered", "pending"])
TYPES = st.sampled_from(["trademark", "copyright", "design", "patent"])
RIGHTS = st.builds(
    RightFacts,
    pk=st.just(1),
    client_id=st.just(1),
    type=TYPES,
    number=WORDS,
    registrant=WORDS,
    jurisdiction=WORDS,
    designated=st.none() | st.lists(st.text(max_size=4), max_size=3),
    status=WORDS,
    state=st.sampled_from(["draft", "verified", "suspended", "revoked"]),
    registered_on=DATES,
    expires_on=DATES,
    fees_paid_until=DATES,
)
ACCOUNT = AccountFacts(1, "A", "ipp", "Lantern Ltd", None, None)
POAS = st.builds(PoaFacts, valid_from=DATES, valid_to=DATES, revoked_on=DATES, grantor=st.just("Oriva AG"))


@settings(deadline=None)
@given(RIGHTS, st.lists(POAS, max_size=3), st.dates(dt.date(2016, 1, 1), dt.date(2060, 1, 1)))
def test_every_obstacle_is_said_in_both_languages(facts, powers, on):
    found = [*of_right(facts, "taobao", on), *of_powers(facts, ACCOUNT, powers, "taobao", on)]
    assert all(each.code and each.en and each.zh for each in found)


@settings(deadline=None)
@given(RIGHTS, st.dates(dt.date(2016, 1, 1), dt.date(2060, 1, 1)))
def test_an_expired_right_is_never_usable(facts, on):
    if facts.expires_on and facts.expires_on < on:
        assert {"expired", "grace"} & {each.code for each in of_right(facts, "taobao", on)}
