"""What banks cost as they grow, in a process of its own.

python -m bench.image_growth marks|photos NUMBER DIR    # prints JSON: seconds of CPU time, MiB

The labelled marks and photos come first. Other marks are made of them: mirrored, turned by quarters, inverted. Other
photos are made of what is kept of real ones that are not asked about, with a quarter of the bits of each code and hash
changed: they are stored and searched as real ones are, and are like nothing that is asked.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import psutil
from PIL import Image, ImageOps

from bench.image_asked import Labelled, labelled
from bench.image_metric import SAME_ARTICLE, Query
from matchers.image.bank import Measured, kept_of, measured, segment_of
from matchers.image.bankfiles import opened, write
from matchers.image.decode import decode
from matchers.image.looks import SEEN_AT
from matchers.image.seek import FEW
from matchers.image.tasks import asker_of_bank, logo_asker

ASKED = 60  # pictures
SEGMENT = 25_000  # photos
REAL = 150  # photos that others are made of
MASKS, CHANGED, SEED = 4096, 0.25, 20261125
TURNS = (0, 90, 180, 270)


def marks(given: Labelled) -> Iterator[tuple[str, bytes]]:
    """The labelled marks, then others made of them."""
    known = list(given.data())
    for inverted, mirrored, turn in product((False, True), (False, True), TURNS):
        for id_, data in known:
            yield f"{id_}-{inverted:d}{mirrored:d}{turn}", changed(data, inverted, mirrored, turn)


def changed(data: bytes, inverted: bool, mirrored: bool, turn: int) -> bytes:
    """A mark made of another."""
    if not (inverted or mirrored or turn):
        return data
    with Image.open(BytesIO(data)) as opened:
        image = opened.convert("RGBA")
        sheet = Image.new("RGBA", image.size, "white")
        sheet.alpha_composite(image)
    drawn = sheet.convert("RGB").rotate(turn, expand=True)
    drawn = ImageOps.mirror(drawn) if mirrored else drawn
    file = BytesIO()
    (ImageOps.invert(drawn) if inverted else drawn).save(file, "PNG")
    return file.getvalue()


def memory() -> float:
    """Resident memory of this process, MiB."""
    gc.collect()
    return float(psutil.Process().memory_info().rss / 2**20)


def own(given: Labelled) -> Iterator[Measured]:
    """What is kept of the client's photos."""
    return (measured(id_, decode(data, side=SEEN_AT)) for id_, data in given.data())


def others(given: Labelled, asked: Sequence[Query]) -> list[Measured]:
    """What is kept of photos that are not the client's, and that are not asked about."""
    strange = [query for query in given.queries if query.target is None and query not in asked]
    return [measured(query.id, decode(data_of(given, query), side=SEEN_AT)) for query in strange[:REAL]]


def made_of(real: Sequence[Measured], number: int) -> Iterator[Measured]:
    """So many photos that nobody took."""
    dice = np.random.default_rng(SEED)
    masks = np.packbits(dice.random((MASKS, 256)) < CHANGED, axis=1)
    for place in range(number):
        one, kept = real[place % len(real)], kept_of(place)
        one = replace(one, codes=one.codes[:kept], points=one.points[:kept])  # the strongest come first
        codes = one.codes ^ masks[dice.integers(MASKS, size=len(one.codes))]
        bits = [np.unpackbits(masks[number]).astype(bool) for number in dice.integers(MASKS, size=len(one.views))]
        seen = tuple(replace(view, bits=view.bits ^ other) for view, other in zip(one.views, bits, strict=True))
        yield replace(one, key=f"made-{place}", codes=codes, views=seen)


def fill(folder: Path, given: Labelled, asked: Sequence[Query], number: int) -> None:
    """Files of a bank of so many photos, the client's first, made a segment after another."""
    photos = list(own(given))
    write(folder, segment_of(photos))
    made = made_of(others(given, asked), number - len(photos))
    while some := list(islice(made, SEGMENT)):
        write(folder, segment_of(some))


def data_of(given: Labelled, query: Query) -> bytes:
    """The bytes of a picture that is asked about."""
    return (given.folder / given.paths[query.id]).read_bytes()


def timed(ask: Callable[[bytes], object], few: Sequence[bytes]) -> list[float]:
    """Seconds for each picture."""
    took = []
    for data in few:
        started = time.process_time()
        ask(data)
        took.append(time.process_time() - started)
    return took


def of_marks(number: int, folder: Path) -> dict[str, object]:
    """So many marks."""
    given = labelled(folder, "logo")
    few = [data_of(given, query) for query in given.queries[:: len(given.queries) // ASKED]]
    logo_asker(islice(marks(given), FEW + 1))(few[0])  # the network is loaded
    before, started = memory(), time.process_time()
    ask = logo_asker(islice(marks(given), number))
    built = time.process_time() - started
    return {"build": built, "memory": memory() - before, "took": timed(ask, few)}


def of_photos(number: int, folder: Path) -> dict[str, object]:
    """So many photos. found : copies of the client's that are still decided, and all that are asked about"""
    given = labelled(folder, "copy")
    asked = given.queries[:: len(given.queries) // ASKED]
    with TemporaryDirectory() as kept:
        started = time.process_time()
        fill(Path(kept), given, asked, number)
        built = time.process_time() - started
        size = sum(file.stat().st_size for file in Path(kept).rglob("*") if file.is_file()) / 1e9
        return {"build": built, "size": size, **of_bank(Path(kept), given, asked)}


def of_bank(kept: Path, given: Labelled, asked: Sequence[Query]) -> dict[str, object]:
    """The bank of a folder."""
    before, started = memory(), time.perf_counter()
    bank = opened(kept)
    loaded = time.perf_counter() - started
    ask = asker_of_bank(bank)
    took = timed(ask, [data_of(given, query) for query in asked])
    copied = [query for query in asked if query.target is not None and not query.attack.startswith(SAME_ARTICLE)]
    found = sum(
        any(hit.decided and hit.gallery == query.target for hit in ask(data_of(given, query))) for query in copied
    )
    return {"load": loaded, "memory": memory() - before, "took": took, "found": [found, len(copied)]}


def main(of: str, number: int, folder: Path) -> None:
    """Measure."""
    cv2.setNumThreads(1)
    print(json.dumps((of_marks if of == "marks" else of_photos)(number, folder)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
