"""One offer's page of 1688: `window.context` (2024-26), `window.__INIT_DATA` (2021-26, mobile too)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, literal_value
from crawler.marketplaces import identify
from spiders.readers.ali1688.models import article, models_of, number_of, off_shelf


@reader(layout="window-context", seen="2024..2026", kinds={"detail"})
def window_context(answer: Answer) -> Page | None:
    """The second argument of the call that makes `window.context`: an object literal with unquoted numbers as keys."""
    return _offer("window-context", answer, "window.contextPath,")


@reader(layout="init-data", seen="2021..2026", kinds={"detail"})
def init_data(answer: Answer) -> Page | None:
    """`window.__INIT_DATA = {data, globalData}`."""
    return _offer("init-data", answer, "__INIT_DATA")


def _offer(layout: str, answer: Answer, marker: str) -> Page | None:
    for tree in _trees(answer, marker):
        models = models_of(tree)
        asked = identify(answer.url or "")
        number = number_of(models) or (asked.item_id if asked and "tempModel" in models else None)
        if number:
            listings = (article(number, models, answer.text),)
            return Page(layout=layout, kind="detail", listings=listings, gone=off_shelf(models))
    return None


def _trees(answer: Answer, marker: str) -> Iterator[Any]:
    if answer.json is None and marker in answer.text:
        yield from (literal_value(literal) for literal in embedded_objects(answer.text, marker))
