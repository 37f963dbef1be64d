"""A browser that hangs ends a page's work, not the run's."""

import asyncio

import pytest

from crawler import browsing
from crawler.reading import Outcome, Reading
from crawler.watching import Ask

ASK = Ask("api", (), (), "button", 0.05)


async def never():
    await asyncio.Event().wait()


async def at_once():
    return Reading(Outcome.PAGE)


async def test_work_that_never_ends_is_an_error_in_words():
    found = await browsing._bounded(never(), ASK)
    assert (found.outcome, "did not answer" in found.signal) == (Outcome.ERROR, True)


@pytest.mark.parametrize("work", [at_once])
async def test_work_that_ends_gives_what_it_found(work):
    assert (await browsing._bounded(work(), ASK)).outcome is Outcome.PAGE
