"""What was flagged is listed and shown with all that is known of it, and a person's decision is kept with an event."""

import json

import pytest

from store.events import events_of, verify_chain
from store.models import Candidate, NegativeTitle, Right
from store.people import add_user
from tests.flagging import AT, flag, sighting
from tests.registering import right

pytest_plugins = ["tests.commanding"]

SAME = "f" * 64


def decide(run, *words):
    return run("candidates", "decide", *words)


def states(store):
    with store.reading() as session:
        return [each.state for each in session.query(Candidate).order_by(Candidate.id)]


def one(store, pk=1):
    with store.reading() as session:
        return session.get(Candidate, pk)


def test_candidates_are_listed_the_surest_first(run, store):
    flag(store, sighting(1), sighting(2, marketplace="1688", title="=ORIVA\t跑鞋"))
    code, out, _ = run("candidates", "list")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["id", "1", "2"]
    assert run("candidates", "list", "--marketplace", "1688", "--json")[1].count('"id"') == 1
    assert json.loads(run("candidates", "list", "--limit", 1, "--json")[1])[0]["item"] == "736546459001"


@pytest.mark.parametrize(
    "words",
    [
        *(["--state", "confirmed"], ["--band", "watch"], ["--marketplace", "tmall"], ["--right", "R9"]),
        ["--client", "Norvane"],
    ],
)
def test_a_list_may_be_narrowed_to_nothing(run, store, words):
    flag(store, sighting(1))
    assert run("candidates", "list", *words) == (0, "no candidates\n", "")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["list", "--state", "gone-ish"], "--state is one of archived, "),
        (["list", "--band", "x"], "--band is one of flag, watch, ignore, not x"),
        (["list", "--client", "x"], "no client is called x"),
        (["show", "9"], "no candidate has the id 9; bazaarwatch candidates list shows them"),
        (["show", "99999999999999999999"], "no candidate has the id"),
        (["show", "1", "--account", "x"], "no platform account is called x"),
        (["decide", "1", "--to", "watch", "--recheck-on", "soon"], "soon: write the day as 2026-12-24"),
        (["decide", "1", "--to", "confirmed", "--fill", "x"], "--fill x: write it as NAME=TEXT"),
        (["decide", "1", "--to", "confirmed", "--right", "R9"], "no right is called R9"),
        (["fill", "1"], "give --difference or --fill"),
    ],
)
def test_a_wrong_word_is_one_line(run, store, words, line):
    flag(store, sighting(1))
    code, _, said = run("candidates", *words)
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(line)


def test_a_candidate_is_shown_with_all_that_speaks_for_and_against_it(run, store):
    flag(store, sighting(1, photo=SAME), sighting(2, photo=SAME))
    shown = json.loads(run("candidates", "show", 1, "--json")[1])
    assert [each["signal"] for each in shown["findings"]] == ["title", "slang"]
    assert shown["against"] == ["the price is that of a genuine article"]
    assert (shown["verdict"]["band"], shown["verdict"]["model"]) == ("flag", "2026-11-25.1")
    assert (shown["suggested_reason"], shown["template"]) == ("tm_seller_admission", "tm_seller_admission.v1")
    assert "第99000001号“ORIVA”" in shown["reason_text_zh"]
    assert (shown["obstacles"], shown["poa"], shown["missing"]) == ([], "P1", "")
    assert shown["duplicates"][0]["id"] == 2
    assert "title 100 % alike" in shown["duplicates"][0]["why"]
    assert shown["seller"] == "77"


def test_what_is_shown_as_lines_has_one_for_each_thing(run, store):
    flag(store, sighting(1))
    code, out, _ = run("candidates", "show", 1)
    lines = dict(line.split("\t", 1) for line in out.splitlines())
    assert code == 0
    assert lines["against"] == "the price is that of a genuine article"
    assert lines["obstacle"] == "none: the right may be used there today"


def test_the_obstacles_of_the_right_on_that_site_are_named(run, store):
    flag(store, sighting(1))
    with store.writing() as session:
        session.get(Right, 1).status = "cancelled"
    assert "status_cancelled: the office's register says that it was cancelled" in run("candidates", "show", 1)[1]


def test_a_decision_is_kept_with_who_why_and_the_template(run, store):
    flag(store, sighting(1))
    assert decide(run, 1, "--to", "confirmed", "--reason", "tm_seller_admission", "--note", "高仿")[0] == 0
    kept = one(store)
    assert (kept.state, kept.reason_code, kept.note) == ("confirmed", "tm_seller_admission", "高仿")
    assert (kept.decided_by, kept.template, kept.assignee) == ("operator", "tm_seller_admission.v1", None)
    with store.reading() as session:
        events = events_of(session, "candidate", 1)
        assert [each.to_state for each in events] == ["queued", "in_review", "confirmed"]
        assert events[-1].payload["template"] == "tm_seller_admission.v1"
        assert verify_chain(session, 1).problems == ()


def test_a_reason_that_is_none_is_refused_and_nothing_is_kept(run, store):
    flag(store, sighting(1), sighting(2))
    code, _, said = decide(run, 1, 2, "--to", "confirmed", "--reason", "cr_work")
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith("candidate 1 cannot become confirmed: the reason is one of other_unfair, tm_counterfeit")
    assert states(store) == ["queued", "queued"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["--to", "in_complaint"],
            "candidate 1 is queued and cannot become in_complaint, only ask_client, confirmed, ",
        ),
        (["--to", "watch"], "candidate 1 cannot become watch: the day of the next look is missing or past"),
        (["--to", "need_test_buy"], "candidate 1 cannot become need_test_buy: the budget is missing"),
        (["--to", "dismissed"], "candidate 1 cannot become dismissed: the reason is one of genuine, compatible"),
        (["--to", "authorised"], "candidate 1 is queued and cannot become authorised"),
        (["--to", "ask_client", "--remember"], "candidate 1: only a title that is dismissed as innocent"),
        (["--to", "confirmed", "--fill", "number=1"], "'number' is nothing that can be typed"),
    ],
)
def test_a_decision_that_cannot_be_is_one_line_and_nothing_is_done(run, store, words, line):
    flag(store, sighting(1))
    code, _, said = decide(run, 1, *words)
    assert (code, said.count("\n")) == (2, 0)
    assert said.startswith(line)
    assert states(store) == ["queued"]


def test_all_decisions_of_people_can_be_recorded(run, store):
    flag(store, *(sighting(number, title=f"ORIVA 高仿 {number}") for number in range(1, 6)))
    assert decide(run, 1, "--to", "watch", "--recheck-on", "2099-12-24")[0] == 0
    assert decide(run, 2, "--to", "need_test_buy", "--budget", "300 CNY", "--consent", "mail of Ana")[0] == 0
    assert decide(run, 3, "--to", "ask_client")[0] == 0
    assert decide(run, 3, "--to", "authorised", "--answer", "our own shop")[0] == 0
    assert decide(run, 4, "--to", "dismissed", "--reason", "compatible", "--remember")[0] == 0
    assert decide(run, 2, "--to", "confirmed", "--reason", "tm_test_buy", "--report", "r.pdf")[0] == 0
    assert decide(run, 5, "--to", "in_review") == (0, "1 candidate in_review\n", "")
    assert states(store) == ["watch", "confirmed", "authorised", "dismissed", "in_review"]
    with store.reading() as session:
        assert session.query(NegativeTitle).one().title == "ORIVA 高仿 4"


def test_one_decision_serves_a_whole_group_with_an_event_each(run, store):
    flag(store, *(sighting(number, photo=SAME) for number in (1, 2, 3)), sighting(4))
    assert decide(run, 3, "--to", "dismissed", "--reason", "genuine")[0] == 0
    words = ["--to", "confirmed", "--reason", "tm_seller_admission", "--group"]
    code, out, _ = decide(run, 2, *words)
    assert (code, out) == (0, "candidate 3 of the group is dismissed: left as it is\n2 candidates confirmed\n")
    assert states(store) == ["confirmed", "confirmed", "dismissed", "queued"]
    with store.reading() as session:
        assert [events_of(session, "candidate", pk)[-1].to_state for pk in (1, 2)] == ["confirmed"] * 2


def test_a_group_is_decided_whole_or_not_at_all(run, store, monkeypatch):
    flag(store, sighting(1, photo=SAME), sighting(2, photo=SAME))
    with store.writing() as session:
        add_user(session, "mei", ["analyst"], None, AT)
    monkeypatch.setenv("BAZAARWATCH_USER", "mei")
    assert decide(run, 2, "--to", "in_review")[0] == 0
    monkeypatch.delenv("BAZAARWATCH_USER")
    code, _, said = decide(run, 1, "--to", "confirmed", "--reason", "tm_seller_admission", "--group")
    assert (code, states(store)) == (2, ["queued", "in_review"])
    assert said.startswith("candidate 2 cannot become in_review: mei reviews it until")


def test_another_right_of_the_client_may_be_chosen(run, store):
    with store.writing() as session:
        session.add(right(id=2, client_id=1, right_id="R2", number="99000002"))
    flag(store, sighting(1))
    assert decide(run, 1, "--to", "confirmed", "--reason", "tm_misuse_title", "--right", "99000002")[0] == 0
    assert one(store).right_pk == 2
    assert "第99000002号" in run("candidates", "show", 1)[1]


def test_the_differences_are_typed_before_or_with_the_decision(run, store):
    flag(store, sighting(1))
    assert run("candidates", "fill", 1, "--difference", "鞋舌标签缺线", "--fill", "order_no=123")[0] == 0
    words = ["--to", "confirmed", "--reason", "tm_counterfeit_features", "--fill", "model=X9"]
    assert decide(run, 1, *words)[0] == 0
    assert one(store).typed == {"differences": ["鞋舌标签缺线"], "order_no": "123", "model": "X9"}
    assert "1）鞋舌标签缺线。" in run("candidates", "show", 1)[1]
    with store.reading() as session:
        assert [each.to_state for each in events_of(session, "candidate", 1)][1] == "queued"


def test_what_was_typed_wrong_is_not_kept(run, store):
    flag(store, sighting(1))
    code, _, said = run("candidates", "fill", 1, "--difference", "侵犯第12345678号商标")
    assert (code, said) == (2, "differences: names the number 12345678, the record of the right says 99000001")
    assert one(store).typed == {}


def test_a_clients_user_sees_and_decides_nothing_of_another_client(run, store, monkeypatch):
    flag(store, sighting(1))
    with store.writing() as session:
        add_user(session, "otto", ["client"], "Norvane", AT)
        add_user(session, "ana", ["client"], "Oriva", AT)
    monkeypatch.setenv("BAZAARWATCH_USER", "otto")
    assert run("candidates", "list")[1] == "no candidates\n"
    assert run("candidates", "show", 1)[2].startswith("no candidate has the id 1")
    assert decide(run, 1, "--to", "dismissed", "--reason", "genuine")[2].startswith("no candidate has the id 1")
    monkeypatch.setenv("BAZAARWATCH_USER", "ana")
    assert "not for ana" in decide(run, 1, "--to", "dismissed", "--reason", "genuine")[2]
    assert "may not type" in run("candidates", "fill", 1, "--difference", "x")[2]
    monkeypatch.setenv("BAZAARWATCH_USER", "nobody")
    assert run("candidates", "show", 1)[2].startswith("there is no user nobody")


def test_groups_are_made_anew_by_a_command(run, store):
    flag(store, sighting(1, photo=SAME), sighting(2, photo=SAME))
    with store.writing() as session:
        session.get(Candidate, 2).group_id = None
    assert run("candidates", "regroup") == (0, "1 candidates are in another group than before\n", "")
    assert one(store, 2).group_id == 1
