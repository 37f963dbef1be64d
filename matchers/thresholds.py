"""The thresholds of a client's weights, from decisions that were left out of the fit: `thresholds(outcomes, start)`.

What was never flagged was seldom looked at, so decisions say little of a lower threshold: one moves only for a plain
gain, and never far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matchers.weights import Weights

Outcome = tuple[float, bool]  # what was said, 0..1, and whether it was true
TRIED = tuple(step / 100 for step in range(30, 81, 5))
GAIN = 0.01  # of the F1 score: less is chance
WATCHED = 0.98  # of the counterfeits lie at or above the threshold from which a listing is watched
LOWEST = 0.02


def thresholds(outcomes: Sequence[Outcome], start: Weights) -> Weights:
    """The weights with the thresholds that these outcomes speak for."""
    best = max(TRIED, key=lambda flag: (f1(outcomes, flag), -abs(flag - start.flag)))
    flag = best if f1(outcomes, best) >= f1(outcomes, start.flag) + GAIN else start.flag
    copies = sorted(said for said, true in outcomes if true)
    lowest = copies[int(len(copies) * (1 - WATCHED))] if copies else start.watch
    return replace(start, flag=flag, watch=min(flag, start.watch, max(LOWEST, round(lowest, 2))))


def f1(outcomes: Sequence[Outcome], flag: float) -> float:
    """The harmonic mean of precision and recall of what is said with at least `flag`."""
    flagged = [true for said, true in outcomes if said >= flag]
    every = len(flagged) + sum(true for _, true in outcomes)
    return 2 * sum(flagged) / every if every else 1.0
