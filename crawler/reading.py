"""How an answer of a marketplace becomes listings: pure functions from text, one for each known layout.

An `Answer` is classified first (`crawler.walls.classify`): a wall never gets to a reader. What is left is offered to
the spider's readers in order; the first whose layout it is gives a `Page`. No layout matches: *unknown*, never *empty*.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from crawler.answers import WALLS, Answer, Kind, Outcome, Page, Reader, Reading, reader
from crawler.decoding import Truncated
from crawler.walls import classify, one_line, suspect

__all__ = ["WALLS", "Answer", "Kind", "Outcome", "Page", "Reader", "Reading", "read", "reader"]

log = logging.getLogger(__name__)


def read(answer: Answer, readers: Sequence[Reader]) -> Reading:
    """Read an answer. Never raises.

    A wall is named and not read. Traces of a wall that a good page may hold too count only when no layout matched.
    """
    wall = classify(answer)
    if wall.outcome is not Outcome.PAGE:
        return wall
    troubles = [answer.cut] if answer.cut else []
    for each in readers:
        page, trouble = _try(each, answer)
        if page is not None:
            return _reading(page)
        if trouble:
            troubles.append(trouble)
    return suspect(answer) or Reading(Outcome.UNKNOWN, one_line("; ".join(troubles)) or "no known layout")


def _try(each: Reader, answer: Answer) -> tuple[Page | None, str | None]:
    try:
        return each(answer), None
    except Truncated as cut:
        return None, f"{each.layout}: {cut}"
    except Exception as error:  # a bug in one layout must not lose the run
        log.exception("reader %s failed", each.layout)
        return None, f"reader {each.layout} failed: {type(error).__name__}"


def _reading(page: Page) -> Reading:
    if page.gone:
        return Reading(Outcome.GONE, page.gone, page)
    if page.listings:
        return Reading(Outcome.PAGE, page.layout, page)
    if page.empty:
        return Reading(Outcome.EMPTY, page.empty, page)
    return Reading(Outcome.UNKNOWN, f"{page.layout} without listings, and without proof that there are none", page)
