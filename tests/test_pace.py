"""Pages wait for their turn and are counted, whatever run or process asks."""

import asyncio
import json
import subprocess
import sys
import time
from datetime import UTC, timedelta

import pytest
from sqlalchemy import text

from crawler import cooling
from crawler.budget import BUDGET, COOL_DOWN, NoTurnError, used_today
from crawler.config import Access
from crawler.items import now
from crawler.pace import Pace
from crawler.reading import Outcome, Reading
from store import access
from store.database import Store
from tests.crawling import environment

CAPTCHA = Reading(Outcome.BLOCKED, "ret RGV587_ERROR")
LOGIN = Reading(Outcome.LOGIN_REQUIRED, "address login.taobao.com")


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'watch.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def pace(store):
    """A pace as each run makes its own; without a delay unless one is given."""
    return lambda at=now, **limits: Pace(store, "taobao", Access(**{"delay": 0} | limits), UTC, at)


def used(store):
    with store.reading() as session:
        return used_today(access.group(session, "taobao"), now())


async def refused(pace):
    with pytest.raises(NoTurnError) as error:
        await pace.turn()
    return error.value.outcome


async def test_pages_asked_for_at_once_are_opened_one_after_another(pace):
    slow = pace(delay=0.05)
    started = time.monotonic()
    await asyncio.gather(*(slow.turn() for _ in range(4)))
    assert time.monotonic() - started >= 3 * 0.05 * 0.5  # three pauses, each at least half of the delay


async def test_the_first_page_does_not_wait(pace):
    started = time.monotonic()
    await pace(delay=60).turn()
    assert time.monotonic() - started < 5


async def test_the_next_run_waits_for_the_pause_of_the_one_before(pace):
    await pace(delay=0.4).turn()
    started = time.monotonic()
    await pace(delay=0.4).turn()
    assert time.monotonic() - started >= 0.1  # half of the delay, less the time that a loaded machine took


async def test_no_page_is_opened_beyond_the_budget_of_a_run(pace):
    run = pace(pages_per_run=2)
    await run.turn()
    await run.turn()
    assert await refused(run) == BUDGET
    await pace(pages_per_run=2).turn()  # another run has its own


async def test_the_budget_of_a_day_holds_across_runs(pace, store):
    for _ in range(3):
        await pace(pages_per_day=3).turn()
    assert await refused(pace(pages_per_day=3)) == BUDGET
    assert used(store) == (3, 0)


async def test_a_clock_set_back_gives_neither_a_fresh_budget_nor_a_long_wait(pace):
    await pace(delay=0.2, pages_per_day=2).turn()
    started = time.monotonic()
    await pace(lambda: now() - timedelta(days=1), delay=0.2, pages_per_day=2).turn()
    assert time.monotonic() - started < 10
    assert await refused(pace(lambda: now() - timedelta(days=1), pages_per_day=2)) == BUDGET


async def test_what_the_browser_asks_beside_is_counted_at_the_next_turn(pace, store):
    run = pace(requests_per_day=10)
    await run.turn()
    run.count(4)
    run.count()
    await run.turn()
    assert used(store) == (2, 5)


async def test_and_is_counted_at_the_end(pace, store):
    run = pace()
    run.count(7)
    run.close()
    assert used(store) == (0, 7)


async def test_and_is_counted_in_between(pace, store, monkeypatch):
    monkeypatch.setattr("crawler.pace.COUNT_SECONDS", 0.01)
    run = pace()
    run.count(7)
    await asyncio.wait_for(run._counting, 30)
    assert used(store) == (0, 7)


async def test_no_page_is_opened_when_the_requests_of_the_day_are_spent(pace, store):
    run = pace(requests_per_day=10)
    await run.turn()
    run.count(10)
    assert await refused(run) == BUDGET
    assert used(store) == (1, 10)


async def test_after_a_wall_the_next_run_is_refused_until_it_has_cooled_down(pace):
    await pace().cool_down(CAPTCHA)
    assert await refused(pace()) == COOL_DOWN
    await pace(lambda: now() + timedelta(hours=13)).turn()


async def test_a_login_wall_needs_no_pause(pace):
    await pace().cool_down(LOGIN)
    await pace().turn()


async def test_a_shorter_pause_does_not_end_a_longer_one(pace, store):
    await pace(cool_down_hours={"blocked": 20}).cool_down(CAPTCHA)
    await pace(cool_down_hours={"blocked": 1}).cool_down(CAPTCHA)
    with store.reading() as session:
        assert access.group(session, "taobao").cooled_until > now() + timedelta(hours=19)


@pytest.mark.parametrize(("outcome", "lifted"), [(Outcome.BLOCKED, True), (Outcome.RATE_LIMITED, False)])
async def test_a_login_ends_what_a_person_can_end(pace, store, outcome, lifted):
    await pace().cool_down(Reading(outcome, "x"))
    assert cooling.lift(store, "taobao", cooling.BY_LOGIN) is lifted


async def test_lifting_sets_right_what_a_wrong_clock_had_counted_ahead(pace, store):
    ahead = lambda: now() + timedelta(days=300)  # noqa: E731 # a clock is a function
    await pace(ahead, pages_per_day=1).turn()
    assert await refused(pace(pages_per_day=1)) == BUDGET
    assert not cooling.lift(store, "taobao")
    assert used(store) == (1, 0)
    assert await refused(pace(pages_per_day=1)) == BUDGET
    await pace(lambda: now() + timedelta(days=1), pages_per_day=1).turn()


async def test_a_page_that_cannot_be_counted_is_not_opened(pace, store):
    with store.writing() as session:
        session.execute(text("DROP TABLE access_group"))
    assert await refused(pace()) == Outcome.ERROR


TAKE_TURNS = """
import asyncio, json, sys, time
from datetime import UTC
from crawler.budget import NoTurnError
from crawler.config import Access
from crawler.pace import Pace
from store.database import Store

async def main():
    pace, opened = Pace(Store(sys.argv[1]), "taobao", Access(delay=0.06, pages_per_day=20), UTC), []
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        while True:
            await pace.turn()
            opened.append(time.time())
            pace.count(3)
    except NoTurnError as refused:
        pace.close()
        print(json.dumps([str(refused), opened]))

asyncio.run(main())
"""


def test_three_processes_at_once_never_exceed_budget_or_pace(store, tmp_path):
    command = [sys.executable, "-c", TAKE_TURNS, str(store.engine.url)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, env=environment(tmp_path), **pipes) for _ in range(3)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    said = [json.loads(worker.communicate("go\n", timeout=60)[0]) for worker in workers]
    opened = sorted(moment for _, each in said for moment in each)
    assert len(opened) == 20
    assert {words.partition(" ")[0] for words, _ in said} == {"pages_per_day"}
    assert opened[-1] - opened[0] >= 19 * 0.03 - 0.1  # half of the delay each; a late sleeper shortens the next pause
    assert used(store) == (20, 60)
