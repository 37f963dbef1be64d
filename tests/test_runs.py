"""How a run ended is told in one line and an exit code that a script can trust."""

import pytest

from crawler.reading import Outcome, Reading
from crawler.runs import BUDGET, BUSY, COOL_DOWN, REFUSED, RunLog, advice, begin, finish
from store.database import Store
from store.runs import latest, name_dead


def log(*readings, ending="finished", **counts):
    run = RunLog("taobao", ending=ending, started=True)
    for reading in readings:
        run.note(reading)
    run.counts.update(counts)
    return run


PAGE = Reading(Outcome.PAGE, "mtop-items")
EMPTY = Reading(Outcome.EMPTY, "totalResults 0")
CAPTCHA = Reading(Outcome.BLOCKED, "ret RGV587_ERROR")
LOGIN = Reading(Outcome.LOGIN_REQUIRED, "address login.taobao.com")


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (log(PAGE), 0),
        (log(EMPTY), 0),
        (log(CAPTCHA), 3),
        (log(LOGIN), 3),
        (log(Reading(Outcome.RATE_LIMITED)), 3),
        (log(Reading(Outcome.HANDSHAKE)), 3),
        (log(Reading(Outcome.UNKNOWN)), 4),
        (log(Reading(Outcome.ERROR, "HTTP 500")), 1),
        (log(PAGE, CAPTCHA), 6),
        (log(PAGE, Reading(Outcome.UNKNOWN)), 6),
        (log(PAGE, errors=1), 1),
        (log(PAGE, ending="shutdown"), 130),
        (log(ending="shutdown"), 130),
    ],
)
def test_the_exit_code_says_how_it_ended(run, code):
    assert run.exit_code == code


@pytest.mark.parametrize(("outcome", "code"), [(REFUSED, 5), (BUDGET, 5), (COOL_DOWN, 5), (Outcome.ERROR, 1)])
def test_what_is_refused_everywhere_does_not_look_like_success(outcome, code):
    run = log()
    run.trouble(outcome, "")
    assert run.exit_code == code


def test_a_run_that_could_not_start_is_no_success():
    assert RunLog("taobao", ending="shutdown").exit_code == 1
    assert log(ending="start_error").exit_code == 1


def test_a_wall_stops_the_work_on_the_site():
    assert log(PAGE, CAPTCHA).stopped == CAPTCHA


def test_a_wall_among_stored_answers_stops_nothing():
    run = RunLog("taobao")
    run.note(CAPTCHA, stops=False)
    assert run.stopped is None


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (log(LOGIN), "Run: bazaarwatch login taobao"),
        (
            log(PAGE, CAPTCHA, listings=48, flagged=6),
            "1 pages read, then blocked: ret RGV587_ERROR: 48 listings kept, 6",
        ),
        (log(PAGE, listings=48), "done: 1 pages read, 48 listings kept, 0 flagged"),
        (log(PAGE, ending="shutdown"), "interrupted: 1 pages read"),
    ],
)
def test_the_line_says_what_happened_and_what_to_do(run, words):
    assert words in run.line()
    assert "\n" not in run.line()


def test_a_refusal_names_the_two_settings_to_write():
    run = log()
    run.trouble(REFUSED, "robots.txt does not allow this page")
    assert "access.taobao.basis" in run.line()
    assert "access.taobao.since" in run.line()


@pytest.mark.parametrize(
    ("run", "health"),
    [
        (log(PAGE), "ok"),
        (log(EMPTY), "ok"),
        (log(PAGE, CAPTCHA), "poor"),
        (log(PAGE, ending="shutdown"), "poor"),
        (log(CAPTCHA), "failed"),
        (log(PAGE, errors=1), "failed"),
    ],
)
def test_health_says_whether_the_run_saw_what_it_was_to_see(run, health):
    assert run.health == health


def test_a_trouble_is_said_once():
    run = log()
    run.trouble(BUDGET, "pages_per_day (1) is spent")
    run.trouble(BUDGET, "pages_per_day (1) is spent")
    assert len(run.troubles) == 1


@pytest.mark.parametrize("outcome", [BUDGET, BUSY, COOL_DOWN])
def test_what_is_not_permitted_names_the_one_thing_to_do(outcome):
    assert advice(outcome, "taobao") != advice("anything else", "taobao")


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'watch.sqlite'}")
    yield store
    store.close()


def begun(store, run, **more):
    begin(store, run, spider="taobao", arguments={"brand": "oriva"}, transport="live", basis=None, **more)
    return run


def only(store):
    with store.reading() as session:
        (row,) = latest(session, 5)
        return row


def test_a_run_leaves_its_record(store):
    run = begun(store, log(PAGE, CAPTCHA, listings=48), group="taobao", schedule=3)
    run.archive, run.screenshot = "runs/1.warc.gz", "runs/1.png"
    finish(store, run)
    row = only(store)
    assert (row.access_group, row.schedule_id, row.outcome, row.exit_code) == ("taobao", 3, "blocked", 6)
    assert (row.health, row.reason) == ("poor", run.line())
    assert row.counts == {"pages.page": 1, "pages.blocked": 1, "listings": 48}
    assert (row.archive, row.screenshot) == ("runs/1.warc.gz", "runs/1.png")


def test_who_holds_the_lock_knows_that_a_run_without_an_end_was_killed(store):
    begun(store, log(), group="taobao")
    with store.writing() as session:
        name_dead(session, "1688")
    assert only(store).outcome is None
    with store.writing() as session:
        name_dead(session, "taobao")
    assert (only(store).outcome, only(store).health, only(store).finished_at) == ("killed", "failed", None)
