"""What must be done about the register is said, each thing in one line."""

import datetime as dt

import pytest

from store.database import Store
from store.events import verify_chain
from store.models import Mark, Right
from store.moves import IllegalMove
from store.people import OPERATOR, Actor
from store.register.check import check
from store.register.clock import pass_time
from store.register.registering import register
from store.register.similar import nearly_same, side_by_side
from store.register.usable import usable
from tests.registering import AT, ON, account, fill, power, right

DAY = dt.timedelta(days=1)


@pytest.fixture
def session(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        yield session
    store.close()


def todos(session, right_=None, *, accounts=None, powers=None, registered="verified", on=ON):
    accounts = [account()] if accounts is None else accounts
    fill(session, right_ or right(), accounts, [power()] if powers is None else powers, registered)
    return check(session, on)


def told(session, *args, **how):
    return [(each.code, each.must) for each in todos(session, *args, **how)]


def test_of_a_register_that_is_whole_nothing_is_to_be_done(session):
    assert todos(session) == []


@pytest.mark.parametrize(
    ("left", "code"),
    [
        (181, None),
        (180, "expiring_180"),
        (91, "expiring_180"),
        (90, "expiring_90"),
        (30, "expiring_30"),
        (0, "expiring_30"),
    ],
)
def test_a_right_is_warned_of_in_three_windows_before_its_end(session, left, code):
    assert [each for each, _ in told(session, right(expires_on=ON + left * DAY))] == [code] * bool(code)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"expires_on": ON - DAY}, ("grace", True)),
        ({"expires_on": ON - 200 * DAY}, ("expired", True)),
        ({"status": "under_attack"}, ("under_attack", False)),
        ({"status": "cancelled"}, ("status_cancelled", True)),
        ({"documents": []}, ("missing", True)),
        ({"nice_classes": []}, ("missing", True)),
        ({"mark": Mark(kind="figurative")}, ("missing", True)),
        ({"expires_on": dt.date(2031, 4, 30), "registered_on": dt.date(2011, 5, 1)}, ("missing", True)),
    ],
)
def test_what_is_to_do_about_a_right(session, changes, expected):
    assert told(session, right(**changes)) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"valid_to": ON + DAY}, [("poa_expiring_30", True)]),
        ({"valid_to": ON - DAY}, [("poa_expired", True), ("poa_expired", True)]),
        ({"scan": None}, [("poa_missing", True)]),
        ({"seal": False}, [("poa_missing", True)]),
        ({"language": "fr"}, [("poa_missing", True)]),
        ({"platforms": ["taobao"]}, [("poa_platform", False)] * 5),
        ({"platforms": ["lazada"]}, [("poa_platform", True)] * 6),
    ],
)
def test_what_is_to_do_about_a_power_of_attorney(session, changes, expected):
    assert told(session, powers=[power(**changes)]) == expected


def test_a_power_of_attorney_that_ends_tomorrow_is_told_so(session):
    (todo,) = todos(session, powers=[power(valid_to=ON + DAY)])
    assert todo.said == "the power of attorney ends tomorrow, on 2026-11-02"


def test_a_grantor_who_is_one_letter_off_is_shown_beside_the_registrant(session):
    said = {each.code: each.said for each in todos(session, powers=[power(grantor="Orіva AG")])}
    assert "registrant 'Oriva AG' and grantor 'Orіva AG' of P1 differ at character 3" in said["poa_name"]
    assert "U+0069" in said["poa_name"]
    assert "U+0456 CYRILLIC" in said["poa_name"]
    assert "poa_grantor" in said


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Oriva AG", "Oriva AG", False),
        ("甲公司（上海）", "甲公司(上海)", True),
        ("Oriva AG", "Norvane AG", False),
        ("", "x", True),
    ],
)
def test_a_slip_is_told_from_another_name(one, other, near):
    assert nearly_same(one, other) == near
    assert side_by_side(one, other).startswith("character ")


def test_two_rights_with_one_number_are_worth_a_look(session):
    fill(session, right(), [account()], [power()])
    session.add(right(right_id="R2", client_id=1))
    session.flush()
    assert [(each.what, each.must) for each in check(session, ON) if each.code == "twice"] == [
        ("R1", False),
        ("R2", False),
    ]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"registered": None}, [("not_submitted", True)]),
        ({"registered": "submitted"}, [("waiting", False)]),
        ({"registered": "refused"}, [("refused", True)]),
        ({"powers": []}, [("no_poa", True)]),
        ({"accounts": []}, [("no_account", True)]),
        ({"accounts": [account(verified_on=None)]}, [("account", True)]),
    ],
)
def test_what_stands_between_a_right_and_its_use(session, how, expected):
    assert told(session, **how) == expected


def test_only_what_is_asked_for_is_checked(session):
    fill(session, right(documents=[]), [account()], [power()])
    assert check(session, ON, 2) == []
    assert [each.code for each in check(session, ON, 1)] == ["missing"]


def test_time_alone_brings_rights_and_powers_to_their_end(session):
    fill(session, right(expires_on=ON + DAY), [account()], [power(state="verified", valid_to=ON - DAY)])
    assert pass_time(session, AT) == 2
    assert session.get(Right, 1).state == "expiring"
    assert pass_time(session, AT) == 0
    assert pass_time(session, AT + 3 * DAY) == 1
    assert session.get(Right, 1).state == "expired"
    assert verify_chain(session, 1).problems == ()


def enter(session, status, actor=OPERATOR, **how):
    register(
        session,
        session.get(Right, 1),
        session.get(Right, 1).client and how.pop("on_account"),
        status,
        actor=actor,
        at=AT,
        **how,
    )


def test_the_portals_answer_makes_a_right_usable(session):
    own = account()
    fill(session, right(state="draft"), [own], [power()], None)
    enter(session, "submitted", on_account=own)
    assert [each.code for each in usable(session, 1, "taobao", ON)] == ["not_verified"]
    enter(session, "verified", on_account=own)
    assert usable(session, 1, "taobao", ON) == []
    assert session.get(Right, 1).state == "verified"
    assert verify_chain(session, 1).events == 5  # complete, submitted, on the account; verified, on the account


def test_a_right_is_verified_on_each_account_anew(session):
    first, second = account(), account(name="B")
    fill(session, right(state="draft"), [first, second], [power()], None)
    enter(session, "verified", on_account=first)
    enter(session, "refused", on_account=second, reason="the class page is missing")
    assert session.get(Right, 1).state == "verified"
    assert [each.code for each in usable(session, 1, "taobao", ON, "B")] == ["refused"]
    assert usable(session, 1, "taobao", ON) == []


@pytest.mark.parametrize(
    ("changes", "how", "sentence"),
    [
        ({"documents": []}, {}, "missing: certificate"),
        ({}, {"status": "refused"}, "a refusal has a reason"),
        ({}, {"status": "lost"}, "a status is one of"),
        ({}, {"on": ON + DAY}, "of a day to come"),
        ({"state": "suspended"}, {}, "right R1 is suspended and cannot become verified"),
        ({}, {"actor": Actor("ana", frozenset({"client"}), 1)}, "is not ana's to enter"),
        ({}, {"actor": Actor("mei", frozenset({"analyst"}), 2)}, "is not mei's to enter"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(session, changes, how, sentence):
    own = account()
    fill(session, right(**{"state": "draft"} | changes), [own], [power()], None)
    with pytest.raises(IllegalMove, match=sentence):
        enter(session, how.pop("status", "verified"), on_account=own, **how)
