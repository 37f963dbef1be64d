"""When a schedule comes next: in the operator's zone, after that moment, whatever summer time does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.jobs.cron import CronError, checked, next_time

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ZONES = [
    ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MINUTES, HOURS = st.integers(0, 59), st.integers(0, 23)
CRONS = st.one_of(
    st.builds("{} {} * * *".format, MINUTES, HOURS),
    st.builds("*/{} {}-23 * * *".format, st.integers(1, 59), HOURS),
    st.builds("{} {} {} * {}".format, MINUTES, HOURS, st.integers(1, 28), st.integers(0, 7)),
    st.just("* * * * *"),
)


@given(CRONS, MOMENTS, st.sampled_from(ZONES))
def test_the_next_time_lies_ahead_and_on_a_full_minute(cron, after, zone):
    found = next_time(cron, after, zone)
    assert found > after
    assert (found.second, found.microsecond) == (0, 0)


@given(CRONS, MOMENTS, st.sampled_from(ZONES))
def test_no_time_lies_between_a_moment_and_the_next(cron, after, zone):
    found = next_time(cron, after, zone)
    between = after + (found - after) / 2
    assert next_time(cron, between, zone) == found


@given(MINUTES, HOURS, MOMENTS)
def test_a_daily_time_comes_once_a_day_in_the_operators_zone(minute, hour, after):
    zone = ZONES[0]
    first = next_time(f"{minute} {hour} * * *", after, zone)
    local = first.astimezone(zone)
    assert (local.hour, local.minute) == (hour, minute)
    assert next_time(f"{minute} {hour} * * *", first, zone) == first + timedelta(days=1)


def test_an_hour_that_comes_twice_does_not_run_a_schedule_again_and_again():
    berlin = ZoneInfo("Europe/Berlin")
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert next_time("45 2 * * *", second_half_past_two, berlin) == datetime(2026, 10, 26, 1, 45, tzinfo=UTC)


@given(CRONS)
def test_a_good_expression_stays_what_it_is(cron):
    assert checked(f"  {cron.replace(' ', '   ')} ") == cron


@pytest.mark.parametrize(
    "cron",
    ["", "0 3 * *", "0 0 3 * * *", "61 * * * *", "0 3 31 2 *", "0 3 * * 8", "@daily", "0 3 * * ²L", "0 3 * * *" * 99],
)
def test_a_wrong_expression_is_one_line(cron):
    with pytest.raises(CronError) as error:
        checked(cron)
    assert "such as 0 3 * * *" in str(error.value)
    assert "\n" not in str(error.value)


@given(st.one_of(st.text(max_size=120), st.text("0123456789*/-,L# ²", max_size=40)))
def test_whatever_is_written_is_an_expression_or_refused(text):
    try:
        tidy = checked(text)
    except CronError:
        return
    assert next_time(tidy, AT, UTC) > AT
