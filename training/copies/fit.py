"""The weights of `odds.copy_odds`: `fit.py MATERIAL BENCH`. Prints them, and what they reach in five parts."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image

from bench.attacks import ATTACKS, attacked
from matchers.image.bank import Bank, bank_of
from matchers.image.copies import copies
from matchers.image.decode import decode
from matchers.image.guesses import asked
from matchers.image.odds import RECOLOURED, copy_terms

SIDE, SEED = 1024, 5
GALLERY, OTHERS, COPIES = 400, 600, 900
HOPELESS = 0.3  # structure, under which no weights make a copy
RIDGE = 3.0
FIRST = np.array([-2.0, 5.0, 1.5, -2.5, 1.5, -3.09, -0.88, 1.5, -1.5, 1.0, -RECOLOURED])
HELD = np.array([0.02, *[1.0] * 9, 1e6])  # the last is not fitted
AGREE = 0.9  # of a drawn picture with a photo: it is that photo, with a dealer who may show it
DEMO = Path("sandbox/demo")

Pair = tuple[str, tuple[float, ...], bool]  # where it is from, terms, whether it is a copy


def looked_up(source: str, bank: Bank, pictures: Iterable[tuple[bytes, str | None]]) -> Iterator[Pair]:
    """All pairs of pictures (bytes, key of the photo they are made from) and photos that are worth a judgement."""
    keys = list(bank.keys())
    for data, key in pictures:
        for copy in copies(bank, asked(decode(data, side=SIDE)))[:4]:
            if copy.likeness.structure >= HOPELESS:
                terms = copy_terms(copy.likeness, copy.plane, copy.matrix, copy.distance, copy.points)
                yield source, terms, keys[copy.photo] == key


def own(material: Path) -> Iterator[Pair]:
    """Photos of the material, attacked."""
    dice = Random(SEED)
    photos = sorted((material / "photos").iterdir())
    dice.shuffle(photos)
    known, others, rest = photos[:GALLERY], photos[GALLERY : GALLERY + OTHERS], photos[GALLERY + OTHERS :]
    names = list(ATTACKS)

    def shown(file: Path) -> Image.Image:
        return Image.open(BytesIO(file.read_bytes())).convert("RGB")

    def made() -> Iterator[tuple[bytes, str | None]]:
        for place in range(COPIES):
            file = dice.choice(known)
            yield (
                attacked(names[place % len(names)], shown(file), dice, lambda: shown(dice.choice(rest))).data,
                file.name,
            )
        for place, file in enumerate(others):
            yield attacked(names[place % len(names)], shown(file), dice, lambda: shown(dice.choice(rest))).data, None

    bank = bank_of([(file.name, decode(file.read_bytes(), side=SIDE)) for file in known])
    return looked_up("own", bank, made())


def labelled(bench: Path) -> Iterator[Pair]:
    """The labelled pictures."""
    with (bench / "labels.tsv").open() as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["task"] == "copy"]
    gallery = [row for row in rows if row["role"] == "gallery"]
    bank = bank_of([(row["id"], decode((bench / row["path"]).read_bytes(), side=SIDE)) for row in gallery])
    queries = [row for row in rows if row["role"] == "query"]
    same = "amb:"  # another photo of the article
    return looked_up(
        "bench",
        bank,
        (((bench / q["path"]).read_bytes(), None if q["attack"].startswith(same) else q["target"]) for q in queries),
    )


def drawn() -> Iterator[Pair]:
    """The goods of the demo, and those that are copies of the clients' photos, as their truth says."""
    files = [file for folder in ("photos", "negatives") for file in sorted((DEMO / folder).rglob("*.jpg"))]
    names = [str(file.relative_to(DEMO)) for file in files]
    bank = bank_of([(n, decode(file.read_bytes(), side=SIDE)) for n, file in zip(names, files, strict=True)])
    shown: dict[str, str] = {}
    for line in (DEMO / "catalogue.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for image in row["images"]:
            shown.setdefault(image, row["truth"].get("why") or "")
    for image, why in shown.items():
        told = next((name for name in names if name in why), None)
        for source, terms, right in looked_up("drawn", bank, [((DEMO / image).read_bytes(), told)]):
            yield source, terms, right or terms[1] > AGREE


def fitted(terms: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic, held to first values; Newton's way, in steps that do not overshoot."""
    weights, strain = FIRST.copy(), np.inf
    while True:
        odds = 1 / (1 + np.exp(-terms @ weights))
        slope = terms.T @ (odds - right) + RIDGE * (weights - FIRST) * HELD
        bend = (terms * (odds * (1 - odds))[:, None]).T @ terms + RIDGE * np.diag(HELD)
        step = np.linalg.solve(bend, slope)
        step *= min(1.0, 1.0 / np.abs(step).max())
        weights, before = weights - step, strain
        strain = loss(terms, right, weights)
        if before - strain < 1e-6:
            return weights


def loss(terms: np.ndarray, right: np.ndarray, weights: np.ndarray) -> float:
    """What is minimised."""
    held = float((RIDGE * HELD * (weights - FIRST) ** 2).sum() / 2)
    return float(np.logaddexp(0, np.where(right > 0, -1, 1) * (terms @ weights)).sum()) + held


def main(material: Path, bench: Path) -> None:
    """Look up, fit, tell."""
    cv2.setNumThreads(1)
    pairs = [*own(material), *labelled(bench), *drawn()]
    source = np.array([pair[0] for pair in pairs])
    terms, right = np.array([pair[1] for pair in pairs]), np.array([pair[2] for pair in pairs], float)
    print("weights", np.round(fitted(terms, right), 2).tolist())
    part = np.random.default_rng(0).integers(0, 5, len(pairs))
    odds = np.zeros(len(pairs))
    for one in range(5):
        odds[part == one] = 1 / (1 + np.exp(-terms[part == one] @ fitted(terms[part != one], right[part != one])))
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        for name in ("own", "bench", "drawn"):
            fires = (source == name) & (odds >= threshold)
            print(threshold, name, int(right[fires].sum()), "right", int((1 - right[fires]).sum()), "wrong")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
