"""The words that codes of photos gather around: `words.py MATERIAL OUT.npy`."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import faiss
import numpy as np

from matchers.image.codes import CODE_BITS, CODE_BYTES
from matchers.image.decode import decode
from matchers.image.geometry import grey
from matchers.image.keypoints import keypoints

WORDS, ROUNDS, CODES, SEED = 4096, 8, 240_000, 7
KEPT = 600  # key points a photo
EVERY = 3  # photos


def main(material: Path, out: Path) -> None:
    """Gather, and write."""
    cv2.setNumThreads(1)
    photos = sorted((material / "photos").iterdir())[::EVERY]
    found = [keypoints(grey(decode(photo.read_bytes(), side=1024)), kept=KEPT).codes for photo in photos]
    codes = np.concatenate(found)
    chosen = codes[np.random.default_rng(SEED).permutation(len(codes))[:CODES]]
    words = faiss.IndexBinaryFlat(CODE_BITS)
    index = faiss.IndexBinaryIVF(words, CODE_BITS, WORDS)
    index.cp.niter = ROUNDS
    index.cp.max_points_per_centroid = 100
    index.train(chosen)
    np.save(out, faiss.vector_to_array(words.xb).reshape(-1, CODE_BYTES), allow_pickle=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
