"""`calibrate`: weights are learnt of decisions, proposed, accepted, and can be undone."""

import json
import random

import pytest
from typer.testing import CliRunner

from crawler.cli import app
from crawler.config import load_config
from matchers.thresholds import thresholds
from matchers.weights import shipped
from pipelines.weights import weights_of
from store.database import Store
from store.events import verify_chain
from store.models import Candidate, Event, Listing, Verdict
from tests.registering import AT, fill, right


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BAZAARWATCH_DATA", str(tmp_path))
    store = Store(load_config().database)
    with store.writing() as session:
        fill(session, right())
    yield store
    store.close()


def decided(store, confirmed, dismissed, **changes):
    rng = random.Random(1)
    with store.writing() as session:
        for number, state in enumerate(["confirmed"] * confirmed + ["dismissed"] * dismissed, 1):
            true = state == "confirmed"
            terms = {name: 1.0 for name in ("disguise", "rule") if rng.random() < (0.8 if true else 0.1)}
            terms |= {"second_hand": 1.0} if rng.random() < (0.05 if true else 0.7) else {}
            terms |= {"innocent_photo": 1.0} if not true else {}
            seen = {"first_seen": AT, "last_seen": AT}
            session.add(
                Listing(id=number, id_space="taobao", item_id=str(number), marketplace="taobao", url="u", **seen)
            )
            session.flush()
            where = {"listing_pk": number, "client_id": 1, "right_pk": 1, "score": 0.5}
            session.add(Verdict(**where, evidence={"goods_class": 1.0} | terms, digest="x", scored_at=AT))
            row = {"state": state, "first_flagged": AT, "last_flagged": AT} | where | changes
            session.add(Candidate(**row))


def run(*arguments):
    return CliRunner().invoke(app, ["calibrate", "--client", "Oriva", *arguments])


def test_too_few_decisions_are_one_line_and_exit_1(store):
    decided(store, 49, 80)
    result = run()
    assert result.exit_code == 1
    assert "50 decisions of each kind are needed: 49 are confirmed, 80 dismissed" in result.output


def test_what_was_learnt_judges_only_once_it_is_accepted_and_can_be_undone(store):
    decided(store, 80, 80)

    def version():
        with store.reading() as session:
            return weights_of(session, "Oriva").version

    assert run().exit_code == 0
    assert version() == shipped().version
    assert run("--accept").exit_code == 0
    assert version().startswith("own-")
    assert run("--undo").exit_code == 0
    assert version() == shipped().version


def test_what_was_learnt_says_how_well_it_judges(store):
    decided(store, 80, 80)
    out = run().output
    assert "brier" in out
    assert "second_hand" in out


def test_a_term_that_decisions_make_is_not_learnt_from(store):
    decided(store, 80, 80)
    run()
    run("--accept")
    with store.reading() as session:
        assert weights_of(session, "Oriva").of("innocent_photo") == shipped().of("innocent_photo")


def test_what_was_dismissed_as_too_weak_teaches_nothing(store):
    decided(store, 0, 80, reason_code="too_weak")
    assert "0 are confirmed, 0 dismissed" in run().output


def test_what_was_decided_for_another_right_than_the_verdicts_teaches_nothing(store):
    decided(store, 80, 0, right_pk=None)
    assert "0 are confirmed, 0 dismissed" in run().output


def test_every_step_is_an_event_of_the_clients_chain(store):
    decided(store, 60, 60)
    for step in ((), ("--accept",), ("--undo",)):
        run(*step)
    with store.reading() as session:
        states = [event.to_state for event in session.query(Event).order_by(Event.seq)]
        assert not verify_chain(session, 1).problems
    assert states == ["proposed", "accepted", "undone"]


@pytest.mark.parametrize("step", ["--accept", "--undo"])
def test_where_nothing_waits_there_is_nothing_to_answer(store, step):
    result = run(step)
    assert result.exit_code != 0


def test_the_versions_are_shown(store):
    decided(store, 60, 60)
    run()
    out = run("--show").output
    assert "proposed" in out
    assert shipped().version in out


def test_a_threshold_moves_for_a_plain_gain_alone():
    good = [(0.9, True)] * 50 + [(0.1, False)] * 50
    assert thresholds(good, shipped()).flag == shipped().flag
    assert thresholds([*good, *[(0.55, False)] * 20], shipped()).flag == pytest.approx(0.6)


def test_the_weights_are_plain_values():
    assert json.loads(json.dumps(shipped().as_dict())) == shipped().as_dict()
