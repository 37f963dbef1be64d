"""Fits the weights of ambiguous names (scores.MEANT) on labelled titles: which of a title's words mean the mark?

    python -m bench.title_ambiguity DIR

DIR holds titles.tsv, marks.tsv and labels.tsv of a title benchmark, tab separated, one header line.
Weights are drawn towards the values that are shipped now. Leaves out each mark in turn and tells the loss on it, then
prints the weights fitted on all. Only numbers are taken from the titles.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from matchers.title import TitleMatcher, scores
from matchers.title.ambiguity import evidence
from matchers.title.text import fold_title
from matchers.types import Mark

DRAW = 1.5  # how strongly a weight is drawn to its present value, in cases
STEPS, RATE = 400, 0.02

Case = tuple[str, frozenset[str], bool]  # right, evidence, whether the mark is meant


def table(path: Path) -> list[list[str]]:
    """The cells of a tab-separated file with a header."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def marks(folder: Path) -> list[Mark]:
    """The marks of a benchmark."""
    return [
        Mark(
            right_id=row[0],
            names=(row[1], *filter(None, row[2].split("|"))),
            aliases=tuple(filter(None, row[3].split("|"))),
            nice_classes=tuple(int(number) for number in row[4].split(",") if number),
        )
        for row in table(folder / "marks.tsv")
    ]


def cases(folder: Path) -> list[Case]:
    """Every plain sighting of an ambiguous name, with its evidence and its label; contexts and open cases left out."""
    labels = {(row[0], row[1]): row[2] for row in table(folder / "labels.tsv")}
    matcher = TitleMatcher(marks(folder))
    found = []
    for title_id, title in table(folder / "titles.tsv"):
        text = fold_title(title)
        for one in matcher._sightings(text):
            label = labels.get((title_id, one.name.right), "")
            if one.plain and one.name.ambiguous and label in {"", "mention"}:
                found.append((one.name.right, evidence(text, one), label == "mention"))
    return [case for case in found if "sibling" not in case[1]]


def chance(weights: Mapping[str, float], found: frozenset[str]) -> float:
    """The probability that the mark is meant."""
    return 1 / (1 + math.exp(-sum(weights[feature] for feature in found)))


def fit(rows: Sequence[Case]) -> dict[str, float]:
    """Weights that make the labels likely, by gradient descent."""
    weights = dict(scores.MEANT)
    for _ in range(STEPS):
        pull = {feature: DRAW * (scores.MEANT[feature] - weight) for feature, weight in weights.items()}
        for _, found, label in rows:
            miss = label - chance(weights, found)
            for feature in found:
                pull[feature] += miss
        weights = {feature: weight + RATE * pull[feature] for feature, weight in weights.items()}
    return weights


def loss(weights: Mapping[str, float], rows: Sequence[Case]) -> float:
    """The sum of surprises at the labels, in nats."""
    chances = [(chance(weights, found), label) for _, found, label in rows]
    return sum(-math.log(max(one if label else 1 - one, 1e-9)) for one, label in chances)


def main() -> None:
    """Fit, test with marks left out, print."""
    rows = cases(Path(sys.argv[1]))
    left_out = sum(
        loss(fit([row for row in rows if row[0] != right]), [row for row in rows if row[0] == right])
        for right in sorted({row[0] for row in rows})
    )
    fitted = fit(rows)
    print(f"{len(rows)} sightings, {sum(row[2] for row in rows)} of marks")
    now = loss(scores.MEANT, rows) / len(rows)
    print(f"loss a sighting: shipped {now:.3f}, fitted with its mark left out {left_out / len(rows):.3f}")
    for feature, weight in fitted.items():
        seen = [label for _, found, label in rows if feature in found]
        print(f"{feature:14} {scores.MEANT[feature]:6.2f} {weight:6.2f}   {sum(seen)} of {len(seen)}")


if __name__ == "__main__":
    main()
