"""Pages wait for their turn, whoever asks, and are counted."""

import asyncio
import time

import pytest

from crawler.pace import BudgetSpentError, Pace


async def test_pages_asked_for_at_once_are_opened_one_after_another():
    pace = Pace(0.05, 10)
    started = time.monotonic()
    await asyncio.gather(*(pace.turn() for _ in range(4)))
    assert time.monotonic() - started >= 3 * 0.05 * 0.5  # three pauses, each at least half of the delay


async def test_the_first_page_does_not_wait():
    started = time.monotonic()
    await Pace(60, 10).turn()
    assert time.monotonic() - started < 1


async def test_no_page_is_opened_beyond_the_budget():
    pace = Pace(0, 2)
    await pace.turn()
    await pace.turn()
    with pytest.raises(BudgetSpentError):
        await pace.turn()
