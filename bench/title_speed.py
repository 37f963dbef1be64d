"""One measurement of matching titles, in a process of its own, so that nothing else is in its memory and caches.

python -m bench.title_speed build|load|ahocorasick|rapidfuzz MARKS INDEX [DIR]    # prints JSON
"""

from __future__ import annotations

import gc
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import ahocorasick_rs
import numpy as np
import psutil
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bench.title_goods import marks, titles
from crawler.cli.title_batches import settled
from matchers.mentions import mentions
from matchers.title import TitleMatcher
from matchers.types import Mark

WARM = 2000  # titles read before the clock starts: tables are read and characters met
COMPARISONS = 4_000_000  # of a name with a title that rapidfuzz is given; with more names it gets fewer titles
FEWEST = 20  # titles
CUT = 80.0  # percent from which partial_ratio may be a hit; less is not told, which is faster


def build(number: int, index: Path, folder: Path | None) -> dict[str, float]:
    """Seconds to make and keep an index, and what it adds to the memory of the process (MiB)."""
    ready()
    known = marks(number, folder)
    before = memory()
    started = time.process_time()
    matcher = TitleMatcher(known)
    seconds = time.process_time() - started
    added = memory() - before
    matcher.save(index)
    return {"build": seconds, "memory": added}


def load(number: int, index: Path, folder: Path | None) -> dict[str, float]:
    """Seconds to load an index, what it adds to memory (MiB), and titles a second of one core's time."""
    ready()
    before = memory()
    started = time.monotonic()
    matcher = TitleMatcher.load(index)
    seconds = time.monotonic() - started
    asked = titles(folder)
    mentions(matcher, asked[:WARM])
    settled()  # as the command does
    added = memory() - before
    rate = a_second(lambda some: mentions(matcher, some), asked)
    return {"load": seconds, "memory": added, "rate": rate, "titles": len(asked)}


def ready() -> None:
    """Read the tables that any matcher needs."""
    mentions(
        TitleMatcher([Mark(right_id="X", names=("NORVANE", "诺梵恩"))]),
        ["NORVANE 诺梵恩 适用于 n0rvane 糯犯恩 nuofanen"],
    )


def memory() -> float:
    """Resident memory of this process, MiB."""
    gc.collect()
    return float(psutil.Process().memory_info().rss / 2**20)


def a_second(ask: Callable[[Sequence[str]], object], asked: Sequence[str]) -> float:
    """Titles a second of one core's time."""
    started = time.process_time()
    ask(asked)
    return len(asked) / (time.process_time() - started)


def folded(text: str) -> str:
    """What a plain search would fold away: width and case."""
    return unicodedata.normalize("NFKC", text).lower()


def names_of(known: Sequence[Mark]) -> list[tuple[str, str]]:
    """Every name, folded, with its mark."""
    return [(folded(name), mark.right_id) for mark in known for name in (*mark.names, *mark.aliases)]


def ahocorasick(number: int, index: Path, folder: Path | None) -> dict[str, float]:
    """Plain Aho-Corasick over folded titles."""
    machine = ahocorasick_rs.AhoCorasick([name for name, _ in names_of(marks(number, folder))])
    asked = titles(folder)
    rate = a_second(lambda some: [machine.find_matches_as_indexes(folded(one)) for one in some], asked)
    return {"rate": rate, "titles": len(asked)}


def rapidfuzz(number: int, index: Path, folder: Path | None) -> dict[str, float]:
    """rapidfuzz's partial_ratio of every name with every title, on one core."""
    names = [name for name, _ in names_of(marks(number, folder))]
    asked = titles(folder)[: max(FEWEST, COMPARISONS // len(names))]
    rate = a_second(lambda some: partial_ratios(names, some), asked)
    return {"rate": rate, "titles": len(asked)}


def partial_ratios(names: Sequence[str], asked: Sequence[str]) -> NDArray[np.float32]:
    """Percent for each title and name."""
    return process.cdist([folded(one) for one in asked], names, scorer=fuzz.partial_ratio, score_cutoff=CUT)


WAYS = {"build": build, "load": load, "ahocorasick": ahocorasick, "rapidfuzz": rapidfuzz}


def main() -> None:
    """Measure one thing."""
    way, number, index, *folder = sys.argv[1:]
    print(json.dumps(WAYS[way](int(number), Path(index), Path(folder[0]) if folder else None)))


if __name__ == "__main__":
    main()
