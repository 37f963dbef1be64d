"""The weights of `odds.resemblance_odds`: `fit.py BENCH`, a folder with labels.tsv as in bench/images.

All places that are judged in a query are pairs; those of its own mark are right. Prints weights, and what they would
reach in five parts, each judged by the weights of the other four.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cv2
import numpy as np

from matchers.image import learned
from matchers.image.artwork import artwork
from matchers.image.cells import levels_of
from matchers.image.decode import decode
from matchers.image.geometry import halves
from matchers.image.odds import resemblance_terms

SEEN_AT = 1024
HOLD = 10.0  # of the ridge


def main(bench: Path) -> None:
    cv2.setNumThreads(1)
    terms, right, query = pairs(bench)
    print("weights", np.round(fitted(terms, right), 3).tolist())
    part = np.unique(query, return_inverse=True)[1] % 5
    odds = np.concatenate([terms[part == n] @ fitted(terms[part != n], right[part != n]) for n in range(5)])
    truth = np.concatenate([right[part == n] for n in range(5)])
    for threshold in (0.5, 0.7, 0.8, 0.9, 0.95):
        fires = 1 / (1 + np.exp(-odds)) >= threshold
        print(threshold, int((fires & truth).sum()), "right", int((fires & ~truth).sum()), "wrong")


def pairs(bench: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with (bench / "labels.tsv").open() as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["task"] == "logo"]
    marks = [row for row in rows if row["role"] == "gallery"]
    drawings = [(row["id"], artwork((bench / row["path"]).read_bytes())) for row in marks]
    names = [name for name, drawing in drawings if drawing is not None]
    bank = learned.bank_of([drawing for _, drawing in drawings if drawing is not None], names)
    terms, right, query = [], [], []
    for row in rows:
        if row["role"] == "query":
            levels = halves(decode((bench / row["path"]).read_bytes(), side=SEEN_AT))
            for sighting, resemblance in learned.candidates(bank, levels, levels_of(levels)):
                terms.append(resemblance_terms(sighting.evidence, resemblance))
                right.append(bank.owners[sighting.mark] == row["target"])
                query.append(row["id"])
    return np.array(terms), np.array(right), np.array(query)


def fitted(terms: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic, with a ridge on the standardised terms; Newton's way."""
    middle, spread = terms[:, 1:].mean(0), terms[:, 1:].std(0) + 1e-6
    standard = np.concatenate([np.ones((len(terms), 1)), (terms[:, 1:] - middle) / spread], 1)
    weights, hold = np.zeros(standard.shape[1]), np.diag([1e-9, *[HOLD] * (standard.shape[1] - 1)])
    for _ in range(60):
        odds = 1 / (1 + np.exp(-standard @ weights))
        curve = (standard * (odds * (1 - odds))[:, None]).T @ standard + hold
        weights += np.linalg.solve(curve, standard.T @ (right - odds) - hold @ weights)
    scaled = weights[1:] / spread
    return np.array([weights[0] - (scaled * middle).sum(), *scaled])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
