"""Titles scored in batches, in this process or in several, in their order; few batches are held at any moment."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawler.cli.pools import in_order
from crawler.cli.title_files import Title
from crawler.cli.title_rows import row
from matchers.mentions import mentions
from matchers.title import TitleMatcher

BATCH = 1000  # titles
BATCH_CHARACTERS = 4 << 20  # of titles together: a thousand titles of a megabyte are not held at once


@dataclass(frozen=True)
class Scored:
    """A batch that was scored.

    titles : how many it had; findings : how many lines; found_in : titles with at least one
    lines : what is to be written
    """

    titles: int
    findings: int
    found_in: int
    lines: bytes


def batches(titles: Iterable[Title]) -> Iterator[list[Title]]:
    """The titles in batches, bounded in number and in characters."""
    batch: list[Title] = []
    characters = 0
    for title in titles:
        batch.append(title)
        characters += len(title.title)
        if len(batch) == BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def score(matcher: TitleMatcher, threshold: float, batch: Sequence[Title]) -> Scored:
    """Lines for the marks that a batch names with at least this probability."""
    found = mentions(matcher, [one.title for one in batch])
    kept = [[one for one in row if one.score >= threshold] for row in found]
    lines = [row(title.title_id, one) for title, some in zip(batch, kept, strict=True) for one in some]
    return Scored(len(batch), len(lines), sum(map(bool, kept)), b"".join(lines))


def settled() -> None:
    """What is there now stays to the end: the collector of cycles need not look through a large index again."""
    gc.collect()
    gc.freeze()


def in_one(matcher: TitleMatcher, threshold: float, titles: Iterable[Title]) -> Iterator[Scored]:
    """Score in this process."""
    return map(partial(score, matcher, threshold), batches(titles))


def in_several(jobs: int, index: Path, threshold: float, titles: Iterable[Title]) -> Iterator[Scored]:
    """Score in `jobs` processes, each of which loads the index once. Ends them when it is left, whatever for."""
    return in_order(jobs, _begin, (index, threshold), _score, batches(titles))


class _Own:
    """What a process of the pool has."""

    matcher: TitleMatcher
    threshold: float


def _begin(index: Path, threshold: float) -> None:
    _Own.matcher, _Own.threshold = TitleMatcher.load(index), threshold
    settled()


def _score(batch: Sequence[Title]) -> Scored:
    return score(_Own.matcher, _Own.threshold, batch)
