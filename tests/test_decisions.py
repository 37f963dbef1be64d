"""The edited export comes back row by row: shown first, then all of it or nothing."""

import contextlib
import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.returned import ReturnedError
from complaints.reviewed import take_decisions
from crawler.items import now
from store.events import events_of, verify_chain
from store.models import Candidate
from store.people import OPERATOR, add_user
from tests.flagging import AT, flag, sighting

pytest_plugins = ["tests.commanding"]


def exported(run, name="x.csv"):
    assert run("export", name, "--state", "all")[0] == 0
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def edited(rows, name="back.csv", encoding="utf-8-sig", delimiter=","):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    Path(name).write_bytes(text.getvalue().encode(encoding))
    return name


def take(run, name="back.csv", *words):
    return run("import", "--decisions", name, *words)


def states(store):
    with store.reading() as session:
        return [each.state for each in session.query(Candidate).order_by(Candidate.id)]


def one(store, pk=1):
    with store.reading() as session:
        return session.get(Candidate, pk)


def test_a_file_that_nobody_edited_changes_nothing(run, store):
    flag(store, sighting(1, title="=1+1"), sighting(2))
    run("candidates", "decide", 2, "--to", "dismissed", "--reason", "genuine", "--note", "-ours")
    for name in ("x.csv", "x.xlsx"):
        run("export", name, "--state", "all")
        assert take(run, name) == (0, "0 rows would change something, 2 change nothing\n", "")


def test_what_would_change_is_shown_and_written_when_it_is_said_so(run, store):
    flag(store, sighting(1), sighting(2), sighting(3))
    rows = exported(run)
    rows[0] |= {"decision": "confirmed", "note": "高仿"}
    rows[1] |= {"decision": "Dismissed：compatible"}
    edited(rows)
    code, out, _ = take(run)
    assert (code, states(store)) == (0, ["queued"] * 3)
    assert out.splitlines() == [
        "line\tcandidate\titem\tchange",
        "2\t1\ttaobao:736546459001\tqueued -> confirmed (tm_seller_admission)",
        "3\t2\ttaobao:736546459002\tqueued -> dismissed (compatible)",
        "2 rows would change something, 1 change nothing; --apply writes it",
    ]
    assert take(run, "back.csv", "--apply")[1].endswith("2 rows change something, 1 change nothing\n")
    assert states(store) == ["confirmed", "dismissed", "queued"]
    assert (one(store).note, one(store).template) == ("高仿", "tm_seller_admission.v1")
    with store.reading() as session:
        assert [each.to_state for each in events_of(session, "candidate", 1)] == ["queued", "in_review", "confirmed"]
        assert verify_chain(session, 1).problems == ()
    assert take(run, "back.csv", "--apply")[1] == "0 rows change something, 3 change nothing\n"


def test_one_wrong_row_and_nothing_is_done(run, store):
    flag(store, sighting(1), sighting(2))
    rows = exported(run)
    rows[0] |= {"decision": "confirmed"}
    rows[1] |= {"decision": "dismissed:no_idea"}
    code, _, said = take(run, edited(rows), "--apply")
    assert (code, states(store)) == (2, ["queued", "queued"])
    assert said.splitlines()[0].startswith("line 3: candidate 2 cannot become dismissed: the reason is one of genuine")
    assert said.splitlines()[-1] == "nothing was changed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"candidate_id": "99"}, "line 2: candidate_id: there is no candidate 99"),
        ({"candidate_id": "x"}, "line 2: candidate_id: there is no candidate x"),
        ({"candidate_id": "9" * 30}, "line 2: candidate_id: there is no candidate 9"),
        ({"item_id": "7.36546E+11"}, "line 2: item_id: 7.36546E+11 is not that of candidate 1, which is 736546459001"),
        ({"client": "Norvane"}, "line 2: client: Norvane is not that of candidate 1"),
        ({"platform": "1688"}, "line 2: platform: 1688 is not that of candidate 1"),
        ({"candidate_id": "", "item_id": "5"}, "line 2: no candidate of Oriva is taobao 5"),
        ({"candidate_id": "", "client": ""}, "line 2: client: is missing, and so is candidate_id"),
        ({"decision": "maybe"}, "line 2: decision: is one of confirmed, dismissed, watch"),
        ({"decision": "in_complaint"}, "line 2: decision: is one of"),
        ({"decision": "watch"}, "line 2: decision: write the day of the next look as watch:2026-12-24"),
        ({"decision": "watch:2020-01-01"}, "line 2: candidate 1 cannot become watch: the day of the next look"),
        ({"decision": "need_test_buy"}, "line 2: candidate 1 cannot become need_test_buy: the budget is missing"),
        ({"decision": "authorised"}, "line 2: candidate 1 is queued and cannot become authorised"),
        ({"decision": "dismissed"}, "line 2: candidate 1 cannot become dismissed: the reason is one of genuine"),
        ({"decision": "x" * 61}, "line 2: decision: is longer than 60 characters"),
        ({"note": "x" * 4001}, "line 2: note: is longer than 4000 characters"),
        ({"client_decision": "yes"}, "line 2: client_decision: is one of confirmed, dismissed, authorised, not yes"),
    ],
)
def test_what_is_wrong_with_a_row_is_one_line(run, store, change, said):
    flag(store, sighting(1))
    code, _, told = take(run, edited([exported(run)[0] | change]), "--apply")
    assert (code, told.count("\n")) == (2, 1)
    assert told.startswith(said)
    assert (states(store), one(store).note) == (["queued"], None)


def test_a_row_that_stands_there_twice_is_told(run, store):
    flag(store, sighting(1))
    (row,) = exported(run)
    assert take(run, edited([row, row | {"candidate_id": ""}]))[2].startswith(
        "line 3: candidate 1 stands in line 2 already"
    )


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("gb18030", ","), ("utf-8", ";"), ("utf-16", "\t"), ("utf-8-sig", ",")]
)
def test_a_file_is_read_as_any_spreadsheet_writes_it(run, store, encoding, delimiter):
    flag(store, sighting(1))
    rows = [exported(run)[0] | {"decision": "confirmed", "note": "标题写明高仿"}]
    assert take(run, edited(rows, encoding=encoding, delimiter=delimiter), "--apply")[0] == 0
    assert one(store).note == "标题写明高仿"


def workbook(rows, name="back.xlsx", **cells):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    for place, value in cells.items():
        book.active[place] = value
    book.save(name)
    return name


def test_a_workbook_comes_back_too_and_its_numbers_are_ids(run, store):
    flag(store, sighting(1))
    (row,) = exported(run)
    rows = [row | {"decision": "confirmed", "candidate_id": 1, "item_id": 736546459001}]
    assert take(run, workbook(rows), "--apply")[0] == 0
    assert states(store) == ["confirmed"]


def test_a_formula_that_nobody_calculated_is_told_where_it_is_read_and_harmless_elsewhere(run, store):
    flag(store, sighting(1))
    rows = [{"candidate_id": 1, "decision": "=A1", "price_min": "=1+1"}]
    assert "line 2: decision: is a formula that was never calculated" in take(run, workbook(rows))[2]
    assert take(run, workbook([rows[0] | {"decision": "ask_client"}]), "--apply")[0] == 0
    assert states(store) == ["ask_client"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.pdf", b"%PDF", "x.pdf: give the .csv or .xlsx"),
        ("x.csv", b"", "x.csv: no rows in it"),
        ("x.csv", b"candidate_id,price\n1,2\n", "x.csv: has none of the columns decision, note"),
        ("x.csv", b"decision\nconfirmed\n", "x.csv: has neither the column candidate_id nor client, platform, item_id"),
        ("x.csv", b"\xff\xfe\xff", "x.csv: "),
        ("x.csv", b'candidate_id,decision\n1,"confirmed\n', "x.csv: line "),
        ("x.xlsx", b"PK\x03\x04nothing", "x.xlsx: is no Excel workbook"),
        ("none.csv", None, "none.csv: no such file"),
    ],
)
def test_a_file_that_is_none_is_one_line(run, store, name, data, said):
    if data is not None:
        Path(name).write_bytes(data)
    code, _, told = take(run, name)
    assert (code, told.count("\n")) == (2, 1)
    assert told.startswith(said)


def test_a_note_alone_is_kept_with_an_event(run, store):
    flag(store, sighting(1))
    assert take(run, edited([exported(run)[0] | {"note": "ask Ana"}]), "--apply")[0] == 0
    with store.reading() as session:
        assert (session.get(Candidate, 1).note, session.get(Candidate, 1).state) == ("ask Ana", "queued")
        assert events_of(session, "candidate", 1)[-1].payload == {"note": "ask Ana"}


def test_a_clients_answer_decides_what_was_asked_and_is_kept_beside_all_else(run, store):
    flag(store, sighting(1), sighting(2))
    run("candidates", "decide", 1, "--to", "ask_client")
    rows = [row | {"client_decision": "authorised", "client_note": "our outlet"} for row in exported(run)]
    assert take(run, edited(rows), "--apply")[0] == 0
    assert states(store) == ["authorised", "queued"]
    assert [one(store, pk).client_decision for pk in (1, 2)] == ["authorised", "authorised"]
    with store.reading() as session:
        moved = next(each for each in events_of(session, "candidate", 1) if each.to_state == "authorised")
        assert (moved.actor_role, moved.payload["answer"]) == ("client", "our outlet")


def test_an_analyst_and_a_client_who_say_two_things_are_told(run, store):
    flag(store, sighting(1))
    run("candidates", "decide", 1, "--to", "ask_client")
    rows = [exported(run)[0] | {"decision": "confirmed", "client_decision": "authorised"}]
    assert take(run, edited(rows))[2].startswith("line 2: decision: says confirmed, and the client says authorised")


def test_a_clients_user_fills_its_own_columns_alone(run, store, monkeypatch):
    flag(store, sighting(1))
    rows = exported(run)
    with store.writing() as session:
        add_user(session, "ana", ["client"], "Oriva", AT)
        add_user(session, "otto", ["client"], "Norvane", AT)
    monkeypatch.setenv("BAZAARWATCH_USER", "ana")
    assert "not for ana" in take(run, edited([rows[0] | {"decision": "ask_client"}]))[2]
    assert "note: is not for ana to change" in take(run, edited([rows[0] | {"note": "x"}]))[2]
    assert take(run, edited([rows[0] | {"client_note": "ours"}]), "--apply")[0] == 0
    monkeypatch.setenv("BAZAARWATCH_USER", "otto")
    assert take(run, edited([rows[0] | {"client_note": "mine"}]))[2].startswith("line 2: is about no candidate")


def test_an_illegal_move_is_one_line(run, store):
    flag(store, sighting(1))
    run("candidates", "decide", 1, "--to", "confirmed", "--reason", "tm_seller_admission")
    rows = [exported(run)[0] | {"decision": "dismissed:genuine"}]
    assert take(run, edited(rows))[2].startswith("line 2: candidate 1 is confirmed and cannot become dismissed")


@pytest.mark.parametrize("words", [["a.har"], ["--brand", "x"], ["-O", "x.csv"]])
def test_decisions_go_with_nothing_else(run, store, words):
    assert run("import", "--decisions", "x.csv", *words)[2] == "--decisions goes with --apply alone"
    assert run("import")[2] == "give FILES and --brand, or --decisions FILE"


WORDS = ("", "confirmed", "confirmed:tm_misuse_title", "dismissed:genuine", "watch:2099-01-01", "'=1", "ask_client")
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
NAMES = ("candidate_id", "client", "decision", "note", "client_decision", "client_note")
KEYS = st.sampled_from([("1", "Oriva"), ("2", ""), ("2", "Oriva"), ("3", "Oriva"), ("1", "Norvane")])
ROWS = st.tuples(KEYS, CELLS, CELLS, CELLS, CELLS).map(lambda row: (*row[0], *row[1:]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_whatever_stands_in_a_file_it_is_taken_whole_or_refused_in_lines(run, store, rows):
    if states(store) == []:
        flag(store, sighting(1), sighting(2))
    name = edited([dict(zip(NAMES, row, strict=True)) for row in rows], encoding="utf-16")
    before = states(store)
    with store.writing() as session:
        with contextlib.suppress(ReturnedError):
            take_decisions(session, Path(name), actor=OPERATOR, at=now())
        session.rollback()
    assert states(store) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["h.csv", "h.xlsx"]))
def test_no_bytes_raise_anything_else(run, store, data, name):
    Path(name).write_bytes(data)
    with store.writing() as session:
        with contextlib.suppress(ReturnedError):
            take_decisions(session, Path(name), actor=OPERATOR, at=now())
        session.rollback()
