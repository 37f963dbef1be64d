"""Fits the weights by which rows of hanzi are judged (scores.HANZI_WEIGHTS) on labelled titles outside the repository.

    python -m bench.title_weights FOLDER [BRANDS]

FOLDER has titles.tsv, marks.tsv and labels.tsv, BRANDS one brand a line that is none of the marks'. Innocent rows are
taken with the marks' names and, so that the weights hold for other marks too, with these brands and with proper names
of the Chinese word list, which together count as much as the marks. Printed: the weights, and what every cut finds and
takes wrongly when each mark is judged by weights fitted without it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matchers.title.doubt import resemblance
from matchers.title.index import Index
from matchers.title.names import Name, names_of
from matchers.title.sounded import sounded
from matchers.title.sounds import HIDING, Window, hanzi_streams, resembling
from matchers.title.text import fold_title
from matchers.title.words import proper
from matchers.types import Mark

Values = np.ndarray[Any, np.dtype[np.float64]]
OTHERS = {2: 80, 3: 80, 4: 40}  # proper names taken, by their hanzi: about the mixture of registered marks
CUTS = (0.3, 0.5, 0.7, 0.8, 0.9)
FOLDS = 5
CALM = 0.3  # how far weights are drawn to zero (features are taken by their spread)


@dataclass(frozen=True)
class Row:
    """A row of hanzi beside a name: what is weighed, whether it is the name, how much the row counts, its fold."""

    features: dict[str, float]
    named: bool
    weight: float
    fold: int
    kind: str


@dataclass(frozen=True)
class Label:
    """What a labelled title says of a mark."""

    right: str
    label: str
    kind: str
    start: int
    end: int


def table(path: Path) -> list[list[str]]:
    """The rows of a table without its head."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def marks(folder: Path) -> list[Mark]:
    """The marks of the labelled titles."""
    return [
        Mark(
            right_id=row[0],
            names=(row[1], *filter(None, row[2].split("|"))),
            aliases=tuple(filter(None, row[3].split("|"))),
        )
        for row in table(folder / "marks.tsv")
    ]


def other_marks(taken: set[str], brands: Sequence[str]) -> list[Mark]:
    """Proper names and brands that are none of the marks', as marks."""
    known = sorted(word for word in proper() if word not in taken)
    random.seed(1)
    words = [brand for brand in brands if brand not in taken]
    for size, count in OTHERS.items():
        words += random.sample([word for word in known if len(word) == size], count)
    return [Mark(right_id=f"other {number}", names=(word,)) for number, word in enumerate(dict.fromkeys(words))]


def seen(index: Index, title: str) -> Iterator[tuple[Name, tuple[int, int], dict[str, float]]]:
    """Each row of hanzi of a title that is worth to weigh."""
    text = fold_title(title)
    streams = [(text, stream) for stream in hanzi_streams(text)]
    for place in sounded(index.find, index.lengths.sounded, streams):
        window = Window(text, streams[place.row][1], place.start, place.start + place.length)
        name = index.register.name(place.name)
        if window.hanzi == name.key or "*" in window.hanzi or not HIDING.isdisjoint(window.hanzi):
            continue
        if window.askable and (alike := resembling(window, name.key)):
            yield name, text.span(*window.cells), window.standing | resemblance(window.hanzi, alike)


def collect(folder: Path, brands: Sequence[str]) -> list[Row]:
    """All rows; those that a label explains otherwise (a context, parts of hanzi, another mark) are left out."""
    labels: dict[str, list[Label]] = {}
    for row in table(folder / "labels.tsv"):
        labels.setdefault(row[0], []).append(Label(row[1], row[2], row[3], int(row[4]), int(row[5])))
    own = [name for mark in marks(folder) for name in names_of(mark)]
    others = other_marks({name.key for name in own}, brands)
    share = sum(name.script == "hanzi" for name in own) / len(others)
    index, beside = Index.of(marks(folder)), Index.of(others)
    fold = {right: place % FOLDS for place, right in enumerate(dict.fromkeys(rights(own, others)))}
    rows = []
    for title_id, title in table(folder / "titles.tsv"):
        known = labels.get(title_id, [])
        for name, span, found in seen(index, title):
            here = [label for label in known if label.start < span[1] and span[0] < label.end]
            if not here:
                rows.append(Row(found, False, 1.0, fold[name.right], "wrong"))
            elif here[0].right == name.right and is_one(here[0], span):
                rows.append(Row(found, True, 1.0, fold[name.right], here[0].kind))
        for name, span, found in seen(beside, title):
            if not any(label.start < span[1] and span[0] < label.end for label in known):
                rows.append(Row(found, False, share, fold[name.right], "other"))
    return rows


def rights(own: Sequence[Name], others: Sequence[Mark]) -> Iterator[str]:
    """The rights of names and of marks."""
    yield from (name.right for name in own)
    yield from (mark.right_id for mark in others)


def is_one(label: Label, span: tuple[int, int]) -> bool:
    """Whether a row of hanzi is what a label calls the mark."""
    overlap = min(span[1], label.end) - max(span[0], label.start)
    whole = overlap * 2 > max(span[1] - span[0], label.end - label.start)
    return whole and label.label == "mention" and "split" not in label.kind


def fit(values: Values, named: Values, weight: Values) -> Values:
    """Weights of a logistic formula (Newton's method)."""
    found = np.zeros(values.shape[1])
    calm = np.full(len(found), CALM)
    calm[0] = 1e-6
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(values @ found, -30, 30)))
        slope = values.T @ (weight * (named - chance)) - calm * found
        curve = (values * (weight * chance * (1 - chance))[:, None]).T @ values + np.diag(calm)
        found = found + np.linalg.solve(curve, slope)
    return found


def main() -> None:
    """Fit, and say how good it is on marks that were left out."""
    brands = Path(sys.argv[2]).read_text(encoding="utf-8").split() if len(sys.argv) > 2 else []
    rows = collect(Path(sys.argv[1]), brands)
    names = list(dict.fromkeys(name for row in rows for name in row.features))
    values = np.array([[float(row.features.get(name, 0.0)) for name in names] for row in rows])
    named = np.array([float(row.named) for row in rows])
    weight = np.array([row.weight for row in rows])
    folds = np.array([row.fold for row in rows])
    spread = np.maximum(values.std(axis=0), 1e-3)
    spread[0] = 1
    values /= spread
    judged = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = folds == fold
        judged[out] = values[out] @ fit(values[~out], named[~out], weight[~out])
    judged = 1 / (1 + np.exp(-judged))
    report(rows, judged)
    for name, value in zip(names, fit(values, named, weight) / spread, strict=True):
        print(f'    "{name}": {value:.3f},')


def report(rows: Sequence[Row], judged: Values) -> None:
    """What each cut finds, by class, and takes wrongly."""
    for cut in CUTS:
        above = [row for row, score in zip(rows, judged, strict=True) if score >= cut]
        wrong = sum(row.kind == "wrong" for row in above)
        other = sum(row.weight for row in above if row.kind == "other")
        print(f"{cut}: {wrong} wrong, {other:.1f} with as many other names")
        for kind in sorted({row.kind for row in rows if row.named}):
            print(f"  {kind} {sum(row.kind == kind for row in above)}/{sum(row.kind == kind for row in rows)}")


if __name__ == "__main__":
    main()
