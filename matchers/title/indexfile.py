"""An index as a file: numpy's own form (npz, not compressed, no pickles), so that loading is reading."""

from __future__ import annotations

import hashlib
import os
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from matchers.data import HERE
from matchers.title.index import Index, Lengths, Literal, Part, together
from matchers.title.keytable import KeyTable
from matchers.title.register import Packed

FORM = 2  # grows when keys are made in another way
ARRAYS = {
    "keys": np.uint64, "key_names": np.uint32, "bits": np.uint8, "data": np.uint8, "ends": np.int64, "names": np.int64,
    "forms": np.uint8, "spelled": np.int64, "sounded": np.int64, "literal_names": np.int64,
    "literal_keys": np.uint32,
}  # fmt: skip


@cache
def made_with() -> str:
    """What keys are made with: their form and the tables of this project; an index of another is of no use."""
    digest = hashlib.sha256(str(FORM).encode())
    for path in sorted(HERE.glob("*.t?v")) + sorted(HERE.glob("*.txt")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def save(index: Index, path: Path, source: str = "") -> None:
    """Write an index; its parts become one. A file that is there is replaced once all is written.

    source : what the marks came from, as the caller knows it (a hash of a file); `load` gives it back
    """
    part = index.parts[0] if len(index.parts) == 1 else together(index.parts)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            np.savez(file, made_with=np.array(made_with()), source=np.array(source), **arrays(part))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def arrays(part: Part) -> dict[str, Any]:
    """A part as arrays."""
    found = (
        part.table.keys, part.table.names, part.table.bits, part.marks.data, part.marks.ends, part.marks.names,
        part.marks.forms, part.lengths.spelled, part.lengths.sounded,
        [one.name for one in part.literals], [ord(one.key) for one in part.literals],
    )  # fmt: skip
    return {name: np.asarray(row, kind) for (name, kind), row in zip(ARRAYS.items(), found, strict=True)}


def load(path: Path) -> tuple[Index, str]:
    """An index and its source. ValueError, with one sentence, when the file is none or was made with other tables."""
    try:
        with np.load(path, allow_pickle=False) as file:
            made, source = str(file["made_with"]), str(file["source"])
            found = {name: file[name] for name in ARRAYS}
    except (KeyError, EOFError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path.name} is no index of marks") from error
    if made != made_with():
        raise ValueError(f"{path.name} was made by another version; make it again from the marks")
    if any(found[name].dtype != kind or found[name].ndim != 1 for name, kind in ARRAYS.items()):
        raise ValueError(f"{path.name} is no index of marks")
    return Index((part_from(found),)), source


def part_from(found: dict[str, Any]) -> Part:
    """A part from its arrays."""
    return Part(
        Packed(*(found[name] for name in ("data", "ends", "names", "forms"))),
        KeyTable(found["keys"], found["key_names"], found["bits"]),
        Lengths(tuple(found["spelled"].tolist()), tuple(found["sounded"].tolist())),
        tuple(
            Literal(name, chr(key))
            for name, key in zip(found["literal_names"].tolist(), found["literal_keys"].tolist(), strict=True)
        ),
    )
