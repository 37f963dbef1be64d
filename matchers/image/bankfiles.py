"""Banks of photos in files: a folder of segments, each a folder of columns that are mapped when they are needed.

A segment is written beside its place and moved there whole, so that a bank is never half there. Who adds at the same
time adds a segment of their own; a photo that stands in two is the same photo twice, which costs room and no answer.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from errno import EEXIST, ENOTEMPTY
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import faiss
import numpy as np

from matchers.image.bank import Bank, Measured, Segment, kept_of, measured, segment_of
from matchers.image.codes import CODE_BYTES, code_index
from matchers.image.decode import decode
from matchers.types import Picture, PictureError

log = logging.getLogger(__name__)

VERSION = 1  # of what is measured and how it lies; a bank of another version is measured anew
COLUMNS = ("shapes", "sheets", "starts", "bits", "boxes", "viewed", "points", "owned")
LARGEST = 5_000  # photos measured before they are written: some 100 MB
SMALL = 16  # segments; beyond, they are made one


def opened(folder: Path) -> Bank:
    """The bank of a folder, mapped; empty where there is none. A segment that cannot be read is left out."""
    found = (_read(part) for part in sorted(folder.glob("*.segment")))
    return Bank(tuple(segment for segment in found if segment is not None))


def bank_of_pictures(
    folder: Path | None, pictures: Iterable[Picture], *, side: int, left_out: Callable[[PictureError], None]
) -> Bank:
    """A bank with these pictures in it; only those that do not lie in the folder yet are measured.

    folder : where it is kept; None for memory alone. A folder that cannot be written is done without.
    side : px of the longer side that pictures are decoded to; left_out : told of each picture that cannot be decoded
    """
    bank = opened(folder) if folder else Bank()
    photos = _measured(_fresh(pictures, set(bank.keys())), len(bank), side, left_out)
    while some := list(islice(photos, LARGEST)):
        bank = _with_segment(bank, folder, segment_of(some))
    return (joined(folder) if folder else None) or bank


def _fresh(pictures: Iterable[Picture], known: set[str]) -> Iterator[Picture]:
    """Each picture that is not known, once; one is in memory at a time."""
    for picture in pictures:
        if picture.key not in known:
            known.add(picture.key)
            yield picture


def _with_segment(bank: Bank, folder: Path | None, segment: Segment) -> Bank:
    """The bank and one segment more; from its file, where there is one, so that it need not stay in memory."""
    if folder:
        try:
            segment = _read(write(folder, segment)) or segment
        except OSError as error:
            log.warning("photos that were measured are not kept: %s", error)
    return Bank((*bank.segments, segment))


def _measured(
    pictures: Iterable[Picture], before: int, side: int, left_out: Callable[[PictureError], None]
) -> Iterator[Measured]:
    """before : photos of the bank that these come after"""
    place = before
    for picture in pictures:
        try:
            yield measured(picture.key, decode(picture.data, side=side), kept=kept_of(place))
            place += 1
        except PictureError as error:
            left_out(error)


def write(folder: Path, segment: Segment) -> Path:
    """Add a segment to a folder: where it lies. Raises OSError"""
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=".making-", dir=folder))
    try:
        for name in COLUMNS:
            np.save(made / f"{name}.npy", getattr(segment, name), allow_pickle=False)
        faiss.write_index_binary(segment.codes, str(made / "codes.faiss"))
        (made / "keys.json").write_text(json.dumps({"version": VERSION, "keys": segment.keys}), "utf-8")
        return _placed(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _placed(made: Path, folder: Path) -> Path:
    """Give a segment its name; another process may take the same one a moment before."""
    for _ in range(100):
        try:
            return made.rename(_free(folder))
        except OSError as error:
            if error.errno not in (ENOTEMPTY, EEXIST):
                raise
    raise FileExistsError(EEXIST, "no free name for a segment", str(folder))


def _free(folder: Path) -> Path:
    """The name after the last one."""
    last = max((int(part.stem) for part in folder.glob("*.segment") if part.stem.isdecimal()), default=0)
    return folder / f"{last + 1:06d}.segment"


def _read(part: Path) -> Segment | None:
    try:
        told = json.loads((part / "keys.json").read_text("utf-8"))
        if told["version"] != VERSION:
            return None
        columns: dict[str, Any] = {
            name: np.load(part / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in COLUMNS
        }
        codes: faiss.IndexBinaryIVF = faiss.read_index_binary(  # type: ignore[assignment] # what was written
            str(part / "codes.faiss"), faiss.IO_FLAG_MMAP
        )
        segment = Segment(keys=tuple(told["keys"]), codes=codes, **columns)
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
    ):  # torn, of another version, or no segment at all
        return None
    return segment if _whole(segment) else None


def _whole(segment: Segment) -> bool:
    """Whether all columns speak of the same photos."""
    photos, codes = len(segment.keys), segment.codes.ntotal
    lengths = (len(segment.shapes), len(segment.starts) - 1, len(segment.owned) - 1)
    same = lengths == (photos,) * 3 and len(segment.points) == codes and len(segment.bits) == len(segment.viewed)
    return bool(same and segment.owned[-1] == codes and segment.starts[-1] == len(segment.sheets))


def joined(folder: Path) -> Bank | None:
    """All segments made one where there are too many: each costs a search of its own. None where there are not."""
    parts = sorted(folder.glob("*.segment"))
    if len(parts) <= SMALL:
        return None
    try:
        write(folder, together(opened(folder).segments))
    except OSError as error:
        log.warning("a bank of photos stays in %d parts: %s", len(parts), error)
        return None
    for part in parts:
        shutil.rmtree(part, ignore_errors=True)
    return opened(folder)


def together(segments: Sequence[Segment]) -> Segment:
    """Several segments as one."""
    first = np.cumsum([0, *(len(segment.keys) for segment in segments)])
    codes = np.concatenate([np.zeros((0, CODE_BYTES), np.uint8), *(codes_of(segment) for segment in segments)])
    column = {name: np.concatenate([getattr(one, name) for one in segments]) for name in ("shapes", "sheets", "bits")}
    column |= {name: np.concatenate([getattr(one, name) for one in segments]) for name in ("boxes", "points")}
    return Segment(
        keys=tuple(key for segment in segments for key in segment.keys),
        starts=_chained([segment.starts for segment in segments]),
        owned=_chained([segment.owned for segment in segments]),
        viewed=np.concatenate([one.viewed + start for one, start in zip(segments, first, strict=False)]),
        codes=code_index(codes),
        **column,
    )


def codes_of(segment: Segment) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The codes of an index in the order in which they were added."""
    codes = np.zeros((segment.codes.ntotal, CODE_BYTES), np.uint8)
    lists = segment.codes.invlists
    for word in range(lists.nlist):
        size = lists.list_size(word)
        if size:
            places = faiss.rev_swig_ptr(lists.get_ids(word), size)
            codes[places] = faiss.rev_swig_ptr(lists.get_codes(word), size * CODE_BYTES).reshape(-1, CODE_BYTES)
    return codes


def _chained(starts: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Where things begin, counted through all."""
    lengths = np.concatenate([np.diff(each) for each in starts])
    return np.cumsum(np.concatenate([[0], lengths]))
