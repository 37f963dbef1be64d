"""Fits the weights by which rows of hanzi are judged (scores.HANZI_WEIGHTS) on labelled titles outside the repository.

    python -m bench.title_weights FOLDER

FOLDER has titles.tsv, marks.tsv and labels.tsv. Innocent rows are taken with the marks' names and, so that the weights
hold for other marks too, with proper names of the Chinese word list, which together count as much as the marks. Printed:
the weights, and what every cut finds and takes wrongly when each mark is judged by weights fitted without it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matchers.title import sounds
from matchers.title.names import Name, names_of
from matchers.title.sounds import HIDING, Sounded, candidates, hanzi_stream, resembling, sounded
from matchers.title.text import fold_title
from matchers.title.words import chinese, proper
from matchers.types import Mark

Values = np.ndarray[Any, np.dtype[np.float64]]
OTHERS = {2: 220, 3: 220, 4: 100}  # proper names taken, by their hanzi: about the mixture of registered marks
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
    shown: str


def table(path: Path) -> list[list[str]]:
    """The rows of a table without its head."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def marks(folder: Path) -> list[Mark]:
    """The marks of the labelled titles."""
    return [
        Mark(right_id=row[0], names=(row[1], *filter(None, row[2].split("|"))), aliases=tuple(filter(None, row[3].split("|"))))
        for row in table(folder / "marks.tsv")
    ]


def other_names(taken: set[str]) -> list[Name]:
    """Proper names that are none of the marks'."""
    known = sorted(word for word in proper() if word not in taken)
    random.seed(1)
    words = [word for size, count in OTHERS.items() for word in random.sample([w for w in known if len(w) == size], count)]
    return [name for number, word in enumerate(words) for name in names_of(Mark(right_id=f"other{number}", names=(word,)))]


def seen(index: Sounded, title: str) -> Iterator[tuple[Name, tuple[int, int], dict[str, float]]]:
    """Each row of hanzi of a title that is worth to weigh."""
    text = fold_title(title)
    stream = hanzi_stream(text)
    done = set()
    for name, start in candidates(index, stream):
        end = start + len(name.key)
        if start < 0 or end > len(stream.text) or (id(name), start) in done:
            continue
        done.add((id(name), start))
        window = stream.text[start:end]
        if window == name.key or " " in window or "*" in window or not HIDING.isdisjoint(window):
            continue
        if found := resembling(name, text, stream, start):
            yield name, text.span(stream.first[start], stream.last[end - 1]), found


def collect(folder: Path) -> list[Row]:
    """All rows."""
    labels: dict[tuple[str, str], list[str]] = {(row[0], row[1]): row for row in table(folder / "labels.tsv")}
    by_title: dict[str, list[list[str]]] = {}
    for row in table(folder / "labels.tsv"):
        by_title.setdefault(row[0], []).append(row)
    own = [name for mark in marks(folder) for name in names_of(mark)]
    others = other_names({name.key for name in own})
    index, beside = sounded(own), sounded(others)
    hanzi = sum(name.script == "hanzi" for name in own)
    rows = []
    for title_id, title in table(folder / "titles.tsv"):
        spans = [(int(row[4]), int(row[5])) for row in by_title.get(title_id, ()) if row[4]]
        for name, (start, end), found in seen(index, title):
            label = labels.get((title_id, name.right))
            overlap = min(end, int(label[5])) - max(start, int(label[4])) if label else 0
            exact = bool(label) and overlap * 2 > max(end - start, int(label[5]) - int(label[4]))
            if overlap > 0 and (not exact or label[2] != "mention" or "split" in label[3]):
                continue
            if overlap <= 0 and any(start < last and first < end for first, last in spans):
                continue
            kind = label[3] if exact else ""
            rows.append(Row(found, exact, 1.0, int(name.right.strip("DM") or 0) % FOLDS if name.right.strip("DM").isdigit() else hash(name.right) % FOLDS, kind, f"{name.text} | {title[start:end]} | {title}"))
        for name, (start, end), found in seen(beside, title):
            if any(start < last and first < end for first, last in spans):
                continue
            rows.append(Row(found, False, 1.0 * hanzi / len(others), int(name.right[5:]) % FOLDS, "other", f"{name.text} | {title[start:end]} | {title}"))
    return rows


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
    rows = collect(Path(sys.argv[1]))
    names = list(rows[0].features)
    values = np.array([[float(row.features[name]) for name in names] for row in rows])
    named = np.array([float(row.named) for row in rows])
    weight = np.array([row.weight for row in rows])
    folds = np.array([row.fold for row in rows])
    spread = np.maximum(values.std(axis=0), 1e-3)
    spread[0] = 1
    values /= spread
    judged = np.zeros(len(rows))
    for fold in range(FOLDS):
        judged[folds == fold] = values[folds == fold] @ fit(values[folds != fold], named[folds != fold], weight[folds != fold])
    judged = 1 / (1 + np.exp(-judged))
    report(rows, judged)
    dump(rows, judged)
    for name, value in zip(names, fit(values, named, weight) / spread, strict=True):
        print(f'    "{name}": {value:.3f},')


def report(rows: Sequence[Row], judged: Values) -> None:
    """What each cut finds, by class, and takes wrongly."""
    kinds = sorted({row.kind for row in rows if row.named})
    for cut in (0.3, 0.5, 0.7, 0.8, 0.9):
        wrong = sum(1 for row, score in zip(rows, judged, strict=True) if score >= cut and row.kind == "")
        other = sum(row.weight for row, score in zip(rows, judged, strict=True) if score >= cut and row.kind == "other")
        found = {kind: [score >= cut for row, score in zip(rows, judged, strict=True) if row.kind == kind and row.named] for kind in kinds}
        print(cut, f"wrong {wrong}, with other names {other:.1f}", {kind: f"{sum(some)}/{len(some)}" for kind, some in found.items()})


def dump(rows, judged):
    with open("/tmp/zhw/err.txt","w") as f:
        for row, score in sorted(zip(rows, judged), key=lambda x: -x[1]):
            if (not row.named and score >= .3) or (row.named and score<.75): print(f"{score:.2f} {row.kind or 'FP'} {row.weight:.2f} | {row.shown[:70]} | ", {k: round(v,1) for k,v in row.features.items() if v}, file=f)


if __name__ == "__main__":
    main()
