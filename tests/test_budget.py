"""How often a site may be asked: arithmetic that no clock can cheat."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.budget import BUDGET, COOL_DOWN, PLATFORM_TIME, count, limits_of, refusal, reserve, used_today
from crawler.config import Access, Config
from store.operations import AccessGroup

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LIMITS = Access(pages_per_day=5, requests_per_day=40)
PAUSES = st.floats(0, 3600)
MOVES = st.integers(-400 * 86_400, 400 * 86_400)  # seconds by which somebody sets the clock


def group(**known):
    return AccessGroup(name="taobao", **{"pages_today": 0, "requests_today": 0} | known)


def refused(row, at=AT, limits=LIMITS):
    found = refusal(row, at, limits, PLATFORM_TIME)
    return found and (found.outcome, str(found))


def test_the_first_page_waits_for_nobody():
    assert reserve(group(), AT, 5) == 0


@given(st.lists(st.tuples(PAUSES, st.floats(0, 4000)), max_size=30))
def test_between_two_pages_lies_the_pause_of_the_first(steps):
    row, at, opened = group(), AT, []
    for pause, later in steps:
        opened.append((at + timedelta(seconds=reserve(row, at, pause)), pause))
        at = opened[-1][0] + timedelta(seconds=later)
    for (first, pause), (second, _) in pairwise(opened):
        assert second - first >= timedelta(seconds=pause) - timedelta(milliseconds=1)


@given(PAUSES, PAUSES, MOVES)
def test_no_wait_is_longer_than_it_was_reckoned_to_be_whatever_the_clock_says(first, second, moved):
    row = group()
    reserve(row, AT, first)
    assert 0 <= reserve(row, AT + timedelta(seconds=moved), second) <= first + 0.001


@given(st.lists(MOVES, max_size=40))
def test_a_clock_that_is_set_back_gives_no_fresh_budget(moves):
    row, last, opened = group(), date.min, {}
    for moved in moves:
        at = AT + timedelta(seconds=moved)
        last = max(last, at.astimezone(PLATFORM_TIME).date())
        if refusal(row, at, LIMITS, PLATFORM_TIME) is None:
            reserve(row, at, 0)
            opened[last] = opened.get(last, 0) + 1
    assert all(pages <= LIMITS.pages_per_day for pages in opened.values())


@given(st.lists(st.integers(0, 20), max_size=20))
def test_requests_are_added_up_and_end_the_day_when_they_are_spent(several):
    row = group()
    for requests in several:
        count(row, AT, pages=0, requests=requests)
    assert used_today(row, AT) == (0, sum(several))
    assert (refused(row) is not None) is (sum(several) >= LIMITS.requests_per_day)


def test_a_day_is_the_platforms_own():
    row = group()
    before_midnight = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    count(row, before_midnight, pages=5, requests=0)
    assert refused(row, before_midnight)[0] == BUDGET
    assert refused(row, before_midnight + timedelta(minutes=1)) is None


def test_a_spent_budget_names_its_setting_and_when_it_is_renewed():
    row = group()
    count(row, AT, pages=5, requests=0)
    assert refused(row) == (BUDGET, "pages_per_day (5) of taobao is spent until 2026-11-25 00:00+08:00")


def test_a_group_that_cools_down_says_until_when_and_why():
    row = group(cooled_until=AT + timedelta(hours=2), cooled_by="blocked", signal="ret RGV587_ERROR")
    words = "taobao is left alone until 2026-11-24 13:00+08:00, after blocked: ret RGV587_ERROR"
    assert refused(row) == (COOL_DOWN, words)
    assert refused(row, AT + timedelta(hours=2)) is None


def limits(**access):
    return limits_of(Config(access=access), "taobao")


@pytest.mark.parametrize(
    ("access", "delay", "pages"),
    [
        ({}, 5, 1000),
        ({"taobao": {"delay": 0}}, 0, 1000),
        ({"taobao": {"delay": 2}, "tmall": {"delay": 9, "pages_per_day": 50}}, 9, 50),
        ({"taobao": {"delay": 2, "pages_per_day": 70}, "tmall": {"basis": "agreement, file 17"}}, 2, 70),
        ({"1688": {"delay": 60, "pages_per_day": 1}}, 5, 1000),
    ],
)
def test_sites_of_a_group_share_the_strictest_limits_that_are_written(access, delay, pages):
    assert (limits(**access).delay, limits(**access).pages_per_day) == (delay, pages)


def test_the_longest_cool_down_that_is_written_holds():
    hours = limits(
        taobao={"cool_down_hours": {"blocked": 1}}, tmall={"cool_down_hours": {"blocked": 3}}
    ).cool_down_hours
    assert (hours.blocked, hours.login_required) == (3, 0)
