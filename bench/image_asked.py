"""One question asked of all labelled pictures, in a process of its own, on one thread; CPU time is what counts.

python -m bench.image_asked copy|logo|text|phash|pdq DIR [EVERY]    # prints JSON; EVERY : only each so many pictures
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import cv2
import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from bench.image_metric import Query, Score
from matchers.image.tasks import Asker, Hit, copy_asker, logo_asker, reading_of, text_asker, word_matcher
from matchers.types import PictureError

KEPT = 5  # ids that are written for a picture, as by the command
RIVALS = ("phash", "pdq")  # plain hashes, asked for copies


@dataclass(frozen=True)
class Took:
    """Seconds of CPU time. first : of a first reading alone, where words are looked for"""

    query: str
    seconds: float
    first: float | None = None


@dataclass(frozen=True)
class Labelled:
    """The labelled pictures of a task. gallery : id and path, or id and word"""

    folder: Path
    gallery: list[tuple[str, str]]
    queries: list[Query]
    paths: dict[str, str]

    def data(self) -> Iterator[tuple[str, bytes]]:
        """The pictures that are looked for."""
        return ((id_, (self.folder / path).read_bytes()) for id_, path in self.gallery)


def labelled(folder: Path, task: str, every: int = 1) -> Labelled:
    """What DIR/labels.tsv says of a task."""
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["task"] == task]
    asked = [row for row in rows if row["role"] == "query"][::every]
    return Labelled(
        folder,
        [(row["id"], row["path"]) for row in rows if row["role"] == "gallery"],
        [Query(row["id"], None if row["target"] == "-" else row["target"], row["attack"]) for row in asked],
        {row["id"]: row["path"] for row in asked},
    )


def asked(given: Labelled, ask: Callable[[bytes], Iterable[Score | Hit]]) -> tuple[list[Score], list[Took]]:
    """All scores, and what each picture took."""
    scores, took = [], []
    for query in given.queries:
        data = (given.folder / given.paths[query.id]).read_bytes()
        started = time.process_time()
        found = list(ask(data))
        took.append(Took(query.id, time.process_time() - started))
        scores += [Score(query.id, one.gallery, one.score, one.decided) for one in found]
    return scores, took


def by_matchers(asker: Asker) -> Callable[[bytes], list[Hit]]:
    """Ours; what cannot be decoded has no rows."""

    def ask(data: bytes) -> list[Hit]:
        try:
            return asker(data)[:KEPT]
        except PictureError:
            return []

    return ask


def by_words(given: Labelled) -> tuple[list[Score], list[Took]]:
    """Words, with the first reading timed alone and the second after it."""
    matcher = word_matcher(given.gallery)
    asker = text_asker(given.gallery)
    firsts: dict[str, float] = {}
    for query in given.queries:
        data = (given.folder / given.paths[query.id]).read_bytes()
        started = time.process_time()
        matcher.named(reading_of(data).first)
        firsts[query.id] = time.process_time() - started
    scores, took = asked(given, by_matchers(asker))
    return scores, [Took(one.query, one.seconds, firsts[one.query]) for one in took]


Bits = NDArray[np.bool_]


def phash(data: bytes) -> Bits:
    """imagehash's pHash, 64 bits."""
    with Image.open(BytesIO(data)) as image:
        return np.asarray(imagehash.phash(image.convert("RGB")).hash, np.bool_).ravel()


def pdq(data: bytes) -> Bits:
    """pdqhash's PDQ, 256 bits."""
    with Image.open(BytesIO(data)) as image:
        return np.asarray(pdqhash.compute(np.asarray(image.convert("RGB")))[0], np.bool_)


def by_hash(given: Labelled, made: Callable[[bytes], Bits]) -> Callable[[bytes], list[Score]]:
    """A plain hash: the share of bits that agree is the score."""
    ids = [id_ for id_, _ in given.gallery]
    known = np.stack([made(data) for _, data in given.data()])

    def ask(data: bytes) -> list[Score]:
        alike = (known == made(data)).mean(1)
        return [Score("", ids[place], float(alike[place]), False) for place in np.argsort(-alike, kind="stable")[:KEPT]]

    return ask


def measured(way: str, given: Labelled) -> tuple[list[Score], list[Took]]:
    """Scores and times of one way to ask."""
    if way == "text":
        return by_words(given)
    if way in RIVALS:
        return asked(given, by_hash(given, phash if way == "phash" else pdq))
    return asked(given, by_matchers(copy_asker(given.data()) if way == "copy" else logo_asker(given.data())))


def main(words: Sequence[str]) -> None:
    """Measure one way."""
    cv2.setNumThreads(1)
    way, folder, *every = words
    given = labelled(Path(folder), "copy" if way in RIVALS else way, int(every[0]) if every else 1)
    scores, took = measured(way, given)
    print(json.dumps({"queries": plain(given.queries), "scores": plain(scores), "took": plain(took)}))


def plain(rows: Iterable[Query | Score | Took]) -> list[dict[str, object]]:
    """As JSON takes them."""
    return [asdict(row) for row in rows]


if __name__ == "__main__":
    main(sys.argv[1:])
