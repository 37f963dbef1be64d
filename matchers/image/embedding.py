"""The trained network: 64 numbers for every eighth pixel of a picture, near to those of the mark that stands there.

How it was trained, on what, and what it does not do: `training/marks/README.md`.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import onnxruntime

from matchers.data import HERE
from matchers.image.arrays import Floats, Pixels
from matchers.image.geometry import as_floats

EMBEDDING, PAIR = "marks.onnx", "marks_pair.onnx"
WINDOW = 79  # px that one place sees
STRIDE = 8  # px from one place to the next
SIZE = 64
AROUND = 31  # px; colours are taken from the mean around, in units of the spread around
QUIET = 6.0  # levels of spread under which a place is plain


@cache
def session(weights: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the callers bring the threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession((HERE / weights).read_bytes(), options, providers=["CPUExecutionProvider"])


def levelled(image: Pixels) -> Floats:
    """Colours as they stand out from what is around."""
    away = as_floats(image)
    away = away - as_floats(cv2.blur(away, (AROUND, AROUND)))
    spread = cv2.blur(cv2.transform(away * away, np.full((1, 3), 1 / 3, np.float32)), (AROUND, AROUND))
    return as_floats(away / (np.sqrt(np.maximum(spread, 0))[..., None] + QUIET))


def embedded(image: Floats) -> Floats:
    """(rows, columns, SIZE) of a levelled image (height, width, 3), not smaller than `WINDOW`; length 1 each."""
    (found,) = session(EMBEDDING).run(["places"], {"image": planes(image[None])})
    return np.asarray(found[0], np.float32).transpose(1, 2, 0)


def windows_embedded(windows: Floats) -> tuple[Floats, Floats]:
    """(n, SIZE), and the cells that they were made from, of levelled windows of `WINDOW` or one more pixels."""
    found, cells = session(EMBEDDING).run(["places", "cells"], {"image": planes(windows)})
    return np.asarray(found[:, :, 0, 0], np.float32), np.asarray(cells, np.float32)


def paired(cells: Floats, own: Floats) -> Floats:
    """The second look: for each window and the mark's own, a logit that they show one mark."""
    (logits,) = session(PAIR).run(None, {"one": cells, "other": own})
    return np.asarray(logits, np.float32)


def planes(images: Floats) -> Floats:
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))
