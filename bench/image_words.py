"""Words in pictures: which of a list of brand words stands in each photo, how surely, and at what cost.

python -m bench.image_words --root DIR    # manifest.tsv, labels.tsv and the photos; kept outside of the repository
"""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import Figure, arguments, report
from matchers.image.decode import decode
from matchers.image.readings import READ_AT, Reading
from matchers.image.words import SEEN, WordMatcher
from matchers.types import Mark, PictureError

PRECISION = 0.95


@dataclass(frozen=True)
class Score:
    """One word in one photo. decision : it counts as seen at the shipped threshold; seconds : CPU time of the photo"""

    query: str
    gallery: str | None
    score: float
    decision: bool
    seconds: float
    first: float


def match_words(gallery: Mapping[str, str], pictures: Iterable[tuple[str, bytes]]) -> Iterator[Score]:
    """Scores of words in photos; a photo with none gives one row without a word.

    gallery : word by its id; pictures : (id, bytes)
    """
    matcher = WordMatcher([Mark(right_id=key, names=(word,)) for key, word in gallery.items()])
    for key, data in pictures:
        started = time.thread_time()
        try:
            reading = Reading(decode(data, side=READ_AT))
        except PictureError:
            yield Score(key, None, 0.0, False, time.thread_time() - started, 0.0)
            continue
        matcher.named(reading.first)
        first = time.thread_time() - started
        seen = matcher.see(reading)
        seconds = time.thread_time() - started
        for one in seen:
            yield Score(key, one.right, one.score, one.score >= SEEN, seconds, first)
        if not seen:
            yield Score(key, None, 0.0, False, seconds, first)


def recall_at(rows: Sequence[Score], target: Mapping[str, str], precision: float) -> float:
    """The most of the photos with a word that are found at any threshold with this precision; ties taken together."""
    wanted = sum(word != "-" for word in target.values())
    best = 0.0
    for threshold in {row.score for row in rows if row.gallery}:
        above = [row for row in rows if row.gallery and row.score >= threshold]
        right = sum(target[row.query] == row.gallery for row in above)
        if right >= precision * len(above):
            best = max(best, right / wanted)
    return best


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--root", type=Path, required=True, help="folder with labels.tsv")
    given = parser.parse_args()
    with (given.root / "labels.tsv").open(encoding="utf-8") as file:
        labels = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["task"] == "text"]
    gallery = {row["id"]: row["path"] for row in labels if row["role"] == "gallery"}
    queries = [row for row in labels if row["role"] == "query"]
    rows = list(match_words(gallery, ((row["id"], (given.root / row["path"]).read_bytes()) for row in queries)))
    report(figures(rows, queries), given.json)


def figures(rows: Sequence[Score], queries: Sequence[Mapping[str, str]]) -> list[Figure]:
    target = {row["id"]: row["target"] for row in queries}
    alike = {row["id"] for row in queries if row["attack"] == "lookalike"}
    recall = recall_at(rows, target, PRECISION)
    found = {row.query for row in rows if row.decision and target[row.query] == row.gallery}
    decided = [row for row in rows if row.decision]
    precision = sum(target[row.query] == row.gallery for row in decided) / max(1, len(decided))
    took = sorted({row.query: row.seconds for row in rows}.values())
    first = statistics.median({row.query: row.first for row in rows}.values())
    p95 = took[int(0.95 * (len(took) - 1))]
    of_alike = len(alike & found) / max(1, len(alike))
    return [
        Figure("recall at precision 0.95", ">= 0.96", f"{recall:.3f}", recall >= 0.96),
        Figure("look-alikes at the shipped threshold", ">= 0.85", f"{of_alike:.3f}", of_alike >= 0.85),
        Figure("precision at the shipped threshold", ">= 0.95", f"{precision:.3f}", precision >= PRECISION),
        Figure("CPU of the first look, median", "<= 350 ms", f"{first * 1000:.0f} ms", first <= 0.35),
        Figure("CPU of a photo, p95", "<= 700 ms", f"{p95 * 1000:.0f} ms", p95 <= 0.7),
    ]


if __name__ == "__main__":
    main()
