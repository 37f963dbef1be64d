"""What photos without marks look like to the network: `background.py MATERIAL OUT SEED`, run with the product's code.

Of each photo are kept those places that some mark of the collection is likest to: what a new mark is most likely to be
taken for. Written as int8, (photos, places, numbers).
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from matchers.image.artwork import artwork
from matchers.image.geometry import halves
from matchers.image.spots import planes_of, view_of
from matchers.types import PictureError

PHOTOS, PLACES, MARKS = 120, 32, 400
ENLARGED = 1.6  # the photos are small; those of listings are sharper


def main(material: Path, out: Path, seed: int) -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    bank = views_of(sorted((material / "marks").glob("*.svg")), rng)
    files = sorted((material / "photos").iterdir())
    kept = [likest(files[i], bank) for i in rng.choice(len(files), PHOTOS, replace=False)]
    np.save(out, np.round(127 * np.stack(kept)).astype(np.int8))


def views_of(files: list[Path], rng: np.random.Generator) -> np.ndarray:
    views = []
    for index in rng.permutation(len(files)):
        try:
            drawing = artwork(files[index].read_bytes())
        except PictureError:
            continue
        if drawing is not None:
            views.append(view_of(drawing).views)
        if len(views) == MARKS:
            break
    return np.concatenate(views)


def likest(file: Path, bank: np.ndarray) -> np.ndarray:
    photo = cv2.imread(str(file))[..., ::-1].copy()
    photo = cv2.resize(photo, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    found = np.concatenate([plane.found.reshape(-1, plane.found.shape[-1]) for plane in planes_of(halves(photo))])
    alike = bank @ found.T
    places = np.unique(alike.argmax(1))
    order = places[np.argsort(-alike[:, places].max(0))]
    return found[np.resize(order, PLACES)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
