"""How marks cost as there are more of them, in a process of its own.

python -m bench.image_growth NUMBER DIR    # prints JSON: seconds of CPU time, MiB

The labelled marks come first. The others are made of them: mirrored, turned by quarters, inverted. They are other marks
to the matcher, and cost what those cost.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from itertools import islice, product
from pathlib import Path

import cv2
import psutil
from PIL import Image, ImageOps

from bench.image_asked import Labelled, labelled
from matchers.image.tasks import logo_asker

ASKED = 40  # pictures
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


def main(number: int, folder: Path) -> None:
    """Measure."""
    cv2.setNumThreads(1)
    given = labelled(folder, "logo")
    few = [(folder / given.paths[query.id]).read_bytes() for query in given.queries[:: len(given.queries) // ASKED]]
    logo_asker(list(marks(given))[:60])(few[0])  # the network is loaded
    before, started = memory(), time.process_time()
    ask = logo_asker(islice(marks(given), number))
    built = time.process_time() - started
    took = []
    for data in few:
        started = time.process_time()
        ask(data)
        took.append(time.process_time() - started)
    print(json.dumps({"build": built, "memory": memory() - before, "took": took}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
