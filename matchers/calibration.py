"""Weights learnt from what people decided: `fit(decisions)`; and how far probabilities can be believed.

A logistic regression of the terms of the verdict's model, drawn to the shipped weights (not to nothing: fifty decisions
of each kind tell little of a term that was seen twice), each weight bound to its term's sign. What comes out is read as
the shipped weights are. Measured on decisions that were left out (cross-validation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchers.terms import TERMS
from matchers.thresholds import Outcome, thresholds
from matchers.weights import Weights, shipped

Floats = NDArray[np.float64]
FEWEST = 50  # decisions of each kind
FOLDS = 5
DRAWN = 2.0  # how far weights are drawn to those they start from: the spring's strength, in decisions
BINS = 10
HIGHEST = 8.0  # log-odds of one term: none proves a thing alone
STEPS = 400


class CalibrationError(ValueError):
    """Why no weights can be learnt, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided of a listing. values : `Verdict.evidence` of the right it was decided for"""

    values: Mapping[str, float]
    infringes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A row of a reliability table: of `number` listings of which low..high was said, on average `said`, so many were
    true.
    """

    low: float
    high: float
    number: int
    said: float
    true: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """weights : learnt from all decisions; the figures are of decisions that were left out.

    brier, before : Brier score with the learnt weights, and with those it started from
    precision, recall : of what would be flagged; precision_before, recall_before : with those it started from
    table, table_before : how far the probabilities can be believed
    """

    weights: Weights
    decisions: int
    brier: float
    before: float
    precision: float
    recall: float
    precision_before: float
    recall_before: float
    table: tuple[Bin, ...]
    table_before: tuple[Bin, ...]


def fit(
    decisions: Sequence[Decision],
    start: Weights | None = None,
    *,
    version: str,
    source: str = "",
    with_thresholds: bool = False,
) -> Calibration:
    """Learn weights from decisions, and thresholds where wanted. Raises CalibrationError for too few.

    start : None for the shipped ones
    """
    start = start or shipped()
    yes = sum(one.infringes for one in decisions)
    if min(yes, len(decisions) - yes) < FEWEST:
        raise CalibrationError(
            f"{FEWEST} decisions of each kind are needed: {yes} are confirmed, {len(decisions) - yes} dismissed"
        )
    names = sorted(TERMS)
    values = np.array([[one.values.get(name, 0.0) for name in names] for one in decisions])
    truth = np.array([float(one.infringes) for one in decisions])
    folds = fold_numbers(truth)
    said = np.zeros(len(truth))
    for fold in range(FOLDS):
        out = folds == fold
        said[out] = chances(values[out], learnt(values[~out], truth[~out], names, start))
    found = learnt(values, truth, names, start)
    terms = {
        name: round(float(weight), 2) + 0.0
        for name, weight in zip(names, found[1:], strict=True)
        if abs(weight) >= 0.005
    }
    weights = replace(start, version=version, source=source, intercept=round(float(found[0]), 2), terms=terms)
    outcomes = [(float(chance), bool(true)) for chance, true in zip(said, truth, strict=True)]
    known = chances(values, np.array([start.intercept, *(start.of(name) for name in names)]))
    before = [(float(chance), bool(true)) for chance, true in zip(known, truth, strict=True)]
    if with_thresholds:
        weights = thresholds(outcomes, weights)
    was = rates(before, start.flag)
    return Calibration(
        weights=weights,
        decisions=len(decisions),
        brier=brier(outcomes),
        before=brier(before),
        precision_before=was["precision"],
        recall_before=was["recall"],
        table=reliability(outcomes),
        table_before=reliability(before),
        **rates(outcomes, weights.flag),
    )


def fold_numbers(truth: Floats) -> NDArray[Any]:
    """A fold for each decision: both kinds dealt out in turn, so that each fold has its share of both."""
    folds = np.zeros(len(truth), dtype=int)
    for kind in (0.0, 1.0):
        places = np.flatnonzero(truth == kind)
        folds[places] = np.arange(len(places)) % FOLDS
    return folds


def chances(values: Floats, weights: Floats) -> Floats:
    """Probabilities; `weights` begin with the intercept."""
    found: Floats = 1 / (1 + np.exp(-np.clip(weights[0] + values @ weights[1:], -60, 60)))
    return found


def learnt(values: Floats, truth: Floats, names: Sequence[str], start: Weights) -> Floats:
    """The weights that say best what is true, near those they start from, each with its sign.

    Projected gradient steps with Nesterov's momentum: the problem is convex, and small.
    """
    first = np.array([start.intercept, *(start.of(name) for name in names)])
    signs = np.array([TERMS[name].sign for name in names])
    low = np.concatenate([[-HIGHEST], np.where(signs > 0, 0.0, -HIGHEST)])
    high = np.concatenate([[HIGHEST], np.where(signs > 0, HIGHEST, 0.0)])
    all_values = np.hstack([np.ones((len(values), 1)), values])
    spring = np.full(len(first), DRAWN)
    step = 1.0 / (0.25 * np.linalg.eigvalsh(all_values.T @ all_values)[-1] + DRAWN)
    now, ahead = first, first
    for turn in range(1, STEPS + 1):
        slope = all_values.T @ (chances(values, ahead) - truth) + spring * (ahead - first)
        after = np.clip(ahead - step * slope, low, high)
        ahead = after + (turn - 1) / (turn + 2) * (after - now)
        now = after
    return now


def brier(outcomes: Sequence[Outcome]) -> float:
    """Mean square of what was said against what was true; 0 is best."""
    return sum((said - true) ** 2 for said, true in outcomes) / len(outcomes) if outcomes else 0.0


def rates(outcomes: Sequence[Outcome], threshold: float) -> dict[str, float]:
    """Precision and recall of what is said with at least `threshold`."""
    flagged = [true for said, true in outcomes if said >= threshold]
    all_true = sum(true for _, true in outcomes)
    precision = sum(flagged) / len(flagged) if flagged else 1.0
    return {"precision": precision, "recall": sum(flagged) / all_true if all_true else 1.0}


def reliability(outcomes: Sequence[Outcome]) -> tuple[Bin, ...]:
    """What was said and what was true, in tenths; tenths of which nothing was said are left out."""
    found = []
    for place in range(BINS):
        inside = [one for one in outcomes if min(BINS - 1, int(one[0] * BINS)) == place]
        if inside:
            said, true = (sum(one[side] for one in inside) / len(inside) for side in (0, 1))
            found.append(
                Bin(
                    low=place / BINS,
                    high=(place + 1) / BINS,
                    number=len(inside),
                    said=round(said, 4),
                    true=round(true, 4),
                )
            )
    return tuple(found)
