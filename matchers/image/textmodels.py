"""The two networks that read text, PP-OCRv6 small (Apache-2.0): one finds lines, one reads them.

They lie in the wheel of `rapidocr`; only its files are used, none of its code. Each is loaded once a process, when the
first picture asks for it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import onnxruntime

from matchers.image.arrays import Floats
from matchers.image.geometry import as_floats

FINDER = "PP-OCRv6_det_small.onnx"
READER = "PP-OCRv6_rec_small.onnx"
BLANK = ""  # what the reader says between two letters


def found(batch: Floats) -> Floats:
    """How likely each pixel lies on text: (n, 3, height, width), BGR in -1..1 -> (n, height, width); sides of 32."""
    return _run(FINDER, batch)[:, 0]


def spelled(batch: Floats) -> Floats:
    """How likely each of `alphabet()` stands at each step: (n, 3, 48, width), BGR in -1..1 -> (n, steps, letters)."""
    return _run(READER, batch)


@cache
def alphabet() -> tuple[str, ...]:
    """What the reader can say, in the order of its answers."""
    listed: str = _session(READER).get_modelmeta().custom_metadata_map["character"]
    return (BLANK, *listed.splitlines(), " ")


def _run(name: str, batch: Floats) -> Floats:
    return as_floats(_session(name).run(None, {"x": batch})[0])


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the callers bring the threads
    options.log_severity_level = 3
    # Every picture has another shape: an arena would keep the largest of each for good.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(_folder() / name), options, providers=["CPUExecutionProvider"])


def _folder() -> Path:
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        raise FileNotFoundError("the models that read text are not installed (package rapidocr)")
    return Path(package.origin).parent / "models"
