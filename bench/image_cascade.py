"""A client with photos, marks and words asks about whole pictures: what one takes at first, and when it comes again.

python -m bench.image_cascade DIR    # prints JSON: seconds of CPU time
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from bench.image_asked import labelled
from matchers.image import ImageMatcher
from matchers.types import Mark, Picture, Portfolio

SIDE = 600  # px of the longer side, at the least
ASKED = 160  # pictures
OTHERS = ("logo", "text")  # tasks whose pictures are no copies, and so go through all of it


def client(folder: Path) -> Portfolio:
    """All that is looked for in the labelled pictures, as one client's."""
    marks = [
        Mark(right_id=id_, kind="figurative", images=(picture(data),)) for id_, data in labelled(folder, "logo").data()
    ]
    words = [Mark(right_id=id_, names=(word,)) for id_, word in labelled(folder, "text").gallery]
    photos = tuple(picture(data) for _, data in labelled(folder, "copy").data())
    return Portfolio(client="C", marks=(*marks, *words), photos={"P": photos})


def picture(data: bytes) -> Picture:
    """Known by its content, as those of a listing are."""
    return Picture(key=sha256(data).hexdigest(), data=data)


def large(folder: Path) -> Iterator[bytes]:
    """Pictures of at least `SIDE`, those of the tasks mixed."""
    for task in OTHERS:
        given = labelled(folder, task)
        every = [(folder / given.paths[query.id]).read_bytes() for query in given.queries]
        kept = [data for data in every if longer_side(data) >= SIDE]
        yield from kept[:: max(1, len(kept) * len(OTHERS) // ASKED)]


def longer_side(data: bytes) -> int:
    """Pixels."""
    with Image.open(BytesIO(data)) as image:
        return max(image.size)


def seconds(matcher: ImageMatcher, data: bytes) -> float:
    """CPU time from the bytes to the findings."""
    started = time.process_time()
    matcher.match([picture(data)])
    return time.process_time() - started


def main(folder: Path) -> None:
    """Measure."""
    matcher = ImageMatcher(client(folder))
    warm, *pictures = large(folder)
    seconds(matcher, warm)  # the networks are loaded with the first picture
    first = [seconds(matcher, data) for data in pictures]
    again = [seconds(matcher, data) for data in pictures]
    print(json.dumps({"first": first, "again": again}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
