"""Draws the scenes to train on: `draw.py MATERIAL OUT CHUNKS SEED`.

A chunk is 2,048 scenes and 768 windows without a mark, or with one that is not where the window looks."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from material import FONTS, collection, lettered
from scenes import Array, Astray, Loose, empty, registered, scene

SCENES, EMPTY, ASTRAY, LETTERED = 2048, 448, 320, 700
TURNS = (-20.0, 0.0, 20.0)  # degrees; the views that a mark is looked for by
LOOSE = Loose(
    shift=5.0, scale=0.16, turn=13.0
)  # half a step of the network's grid, of its sizes, of the views, and some


def main(material: Path, out: Path, chunks: int, seed: int) -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    photos = [cv2.imread(str(file))[..., ::-1].copy() for file in sorted((material / "photos").iterdir())]
    fonts = sorted(str(file) for file in Path(FONTS).rglob("*.tt[fc]"))
    letters = (lettered(fonts, rng) for _ in range(LETTERED))
    marks = collection(material / "marks") + [mark for mark in letters if mark is not None]
    views = np.stack([[registered(mark, turn) for turn in TURNS] for mark in marks])
    np.save(out / "views.npy", views)
    for number in range(chunks):
        np.savez(out / f"part{number:03}.npz", **chunk(marks, photos, rng))


def chunk(marks: list[Array], photos: list[Array], rng: np.random.Generator) -> dict[str, Array]:
    order = np.concatenate([rng.permutation(len(marks)) for _ in range(1 + SCENES // len(marks))])[:SCENES]
    turns = rng.integers(len(TURNS), size=SCENES)
    scenes = [scene(marks[m], photos, LOOSE, TURNS[t], rng) for m, t in zip(order, turns, strict=True)]
    return {
        "mark": order,
        "turn": turns,
        "scene": np.stack(scenes),
        "empty": np.stack([empty(photos, rng) for _ in range(EMPTY)] + astray(marks, photos, rng)),
    }


def astray(marks: list[Array], photos: list[Array], rng: np.random.Generator) -> list[Array]:
    chosen = rng.integers(len(marks), size=ASTRAY)
    return [scene(marks[m], photos, Astray(), TURNS[rng.integers(len(TURNS))], rng) for m in chosen]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
