"""What is due is done once, one after another, and recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler import cooling
from crawler.config import Access, Config
from crawler.items import now
from crawler.jobs import crawls
from crawler.jobs.due import run_due, worst
from crawler.locks import held
from crawler.reading import Outcome, Reading
from store import runs, schedules
from store.database import Store
from store.models import Run, Schedule

DAILY = "0 3 * * *"


@pytest.fixture
def config(tmp_path):
    return Config(data=tmp_path, database_url=None, timezone="UTC")


@pytest.fixture
def store(config):
    store = Store(config.database)
    yield store
    store.close()


@pytest.fixture
def planned(store):
    """Writes a schedule that has been due since then; its id."""

    def plan(brand="oriva", marketplace="taobao", since=timedelta(days=10), **more):
        at = now()
        row = Schedule(brand=brand, marketplace=marketplace, pages=5, created_at=at, next_at=at - since)
        for name, value in ({"cron": DAILY} | more).items():
            setattr(row, name, value)
        with store.writing() as session:
            session.add(row)
        return row.id

    return plan


@pytest.fixture
def crawled(store, monkeypatch):
    """Crawls that end as they are told to; what was run, in order."""
    ran = []

    def run_crawl(arguments, silence):
        ran.append(arguments)
        code, outcome = run_crawl.ends
        if outcome is not Ellipsis:
            schedule = int(arguments[-1].partition("=")[2])
            with store.writing() as session:
                session.add(
                    Run(spider=arguments[0], transport="live", started_at=now(), schedule_id=schedule, outcome=outcome)
                )
        return code

    run_crawl.ends = (0, "finished")
    run_crawl.ran = ran
    monkeypatch.setattr(crawls, "run_crawl", run_crawl)
    return run_crawl


def state(store, number):
    with store.reading() as session:
        return schedules.schedule(session, number)


def test_a_time_that_was_missed_ten_times_is_made_up_once(store, config, planned, crawled):
    number = planned(since=timedelta(days=10))
    assert run_due(store, config, now()) == 0
    assert run_due(store, config, now()) == 0
    assert crawled.ran == [["taobao", "-a", "brand=oriva", "-a", "pages=5", "-s", f"BAZAARWATCH_SCHEDULE={number}"]]
    assert now() < state(store, number).next_at <= now() + timedelta(days=1)


def test_what_is_due_longest_goes_first(store, config, planned, crawled):
    planned("late", since=timedelta(hours=1))
    planned("later", since=timedelta(hours=2))
    run_due(store, config, now())
    assert [arguments[2] for arguments in crawled.ran] == ["brand=later", "brand=late"]


def test_what_is_not_due_or_paused_rests(store, config, planned, crawled):
    planned("early", since=timedelta(hours=-1), cron="* * * * *", paused=True)
    planned("paused", paused=True)
    assert run_due(store, config, now()) == 0
    assert crawled.ran == []


def test_run_exit_and_outcome_are_recorded(store, config, planned, crawled):
    number = planned()
    crawled.ends = (6, "blocked")
    assert run_due(store, config, now()) == 6
    row = state(store, number)
    assert (row.last_exit, row.last_outcome, row.last_run_id) == (6, "blocked", 1)


def test_a_crawl_that_was_killed_is_recorded_as_killed(store, config, planned, crawled):
    number = planned()
    crawled.ends = (1, None)
    assert run_due(store, config, now()) == 1
    assert state(store, number).last_outcome == "killed"
    with store.reading() as session:
        assert (runs.latest(session, 1)[0].health, runs.latest(session, 1)[0].exit_code) == ("failed", 1)


def test_a_group_that_cools_down_is_passed_over_and_made_up_after(store, config, planned, crawled, capsys):
    tmall, other = planned(marketplace="tmall"), planned(marketplace="1688")
    cooling.cool_down(store, "taobao", Access(), Reading(Outcome.BLOCKED, "ret RGV587_ERROR"))
    assert run_due(store, config, now()) == 0
    assert [arguments[0] for arguments in crawled.ran] == ["1688"]
    assert (
        "oriva on tmall: passed over, to be made up: cool-down: taobao is left alone until" in capsys.readouterr().err
    )
    cooling.lift(store, "taobao")
    run_due(store, config, now())
    assert [arguments[0] for arguments in crawled.ran] == ["1688", "tmall"]
    assert state(store, tmall).last_exit == state(store, other).last_exit == 0


@pytest.mark.parametrize("ends", [(5, ...), (5, "budget"), (5, "cool-down")])
def test_a_crawl_that_may_not_begin_is_made_up_after(store, config, planned, crawled, ends):
    number = planned()
    crawled.ends = ends
    assert run_due(store, config, now()) == 0
    assert state(store, number).last_exit is None
    crawled.ends = (0, "finished")
    run_due(store, config, now())
    assert (len(crawled.ran), state(store, number).last_exit) == (2, 0)


def test_a_site_whose_robots_txt_refuses_is_not_asked_again_at_once(store, config, planned, crawled):
    planned()
    crawled.ends = (5, "refused")
    assert run_due(store, config, now()) == 5
    run_due(store, config, now())
    assert len(crawled.ran) == 1


def test_an_interruption_ends_the_work(store, config, planned, crawled):
    planned("one")
    planned("two")
    crawled.ends = (130, "shutdown")
    assert run_due(store, config, now()) == 130
    assert len(crawled.ran) == 1


def test_a_schedule_that_was_removed_meanwhile_is_not_run(store, config, planned, crawled, monkeypatch):
    planned("one", since=timedelta(days=20))
    number = planned("two")

    def remove(arguments, silence):
        with store.writing() as session:
            session.delete(schedules.schedule(session, number))
        return crawled(arguments, silence)

    monkeypatch.setattr(crawls, "run_crawl", remove)
    run_due(store, config, now())
    assert [arguments[2] for arguments in crawled.ran] == ["brand=one"]


def test_a_time_that_a_wrong_clock_put_years_ahead_is_brought_back(store, config, planned, crawled):
    number = planned(since=timedelta(days=-900))
    run_due(store, config, now())
    assert state(store, number).next_at <= now() + timedelta(days=1)


def test_a_second_one_meanwhile_says_so_and_leaves(store, config, planned, crawled, capsys):
    planned()
    with held(config, "due"):
        assert run_due(store, config, now()) == 0
    assert (crawled.ran, capsys.readouterr().err) == ([], "another `bazaarwatch due` is at work: nothing done here\n")


@pytest.mark.parametrize(
    ("codes", "code"), [([], 0), ([0, 5], 5), ([5, 6, 0], 6), ([6, 3], 3), ([3, 4], 4), ([4, 1], 1), ([-9, 2], 1)]
)
def test_the_worst_exit_code_is_told(codes, code):
    assert worst(codes) == code


def test_times_are_meant_in_the_operators_zone(store, tmp_path, planned, crawled):
    number = planned()
    run_due(store, Config(data=tmp_path, timezone="America/New_York"), datetime(2026, 11, 24, 3, tzinfo=UTC))
    assert state(store, number).next_at.hour in (7, 8)  # 03:00 there, in summer and in winter
