"""Pictures: how well copies, marks and words are found, what they cost, and how plain hashes do on the same.

python -m bench.images [--dir DIR] [--tasks copy,rivals,logo,text,cascade] [--growth] [--json | --markdown]

DIR holds the labelled pictures, which are kept outside of the repository. Every measurement is a process of its own on
one thread, and counts CPU time. Decisions are those of the shipped thresholds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.image_metric import Quality, Query, Score, quality
from bench.report import Figure, arguments, as_table, report

ROOT = Path(__file__).parents[1]
LABELLED = ROOT.parent / "shared" / "bench" / "images"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
RIVALS = {"phash": "imagehash", "pdq": "pdqhash"}
ALIKE = "lookalike"
MARKS = (300, 3000)
PHOTOS = (1000, 10_000, 100_000)


@dataclass(frozen=True)
class Measured:
    """What one way to ask gave. seconds : of CPU time, of each picture; firsts : of the first reading of each"""

    quality: Quality
    seconds: Sequence[float]
    firsts: Sequence[float]


def ran(module: str, *words: str) -> Any:
    """What a measurement prints, in a process of its own on one thread."""
    command = [sys.executable, "-m", f"bench.{module}", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def measured(way: str, folder: Path) -> Measured:
    """One way to ask about all labelled pictures."""
    found = ran("image_asked", way, str(folder))
    queries = [Query(**one) for one in found["queries"]]
    took = found["took"]
    return Measured(
        quality(queries, [Score(**one) for one in found["scores"]]),
        [one["seconds"] for one in took],
        [one["first"] for one in took if one["first"] is not None],
    )


def copy(folder: Path) -> Iterator[Figure]:
    """Photos that were made from the client's."""
    found = measured("copy", folder)
    yield at_least("copy: recall at precision .95", 0.985, found.quality.recall)
    yield at_least("copy: recall with no negative firing", 0.97, found.quality.quiet)
    worst = min(found.quality.attacks, key=lambda name: ranked(found.quality, name))
    yield at_least(f"copy: worst attack ({worst})", 0.90, ranked(found.quality, worst))
    yield from shipped("copy", found.quality, 0.98, 0.96)
    same, of = found.quality.same_article
    yield at_most("copy: same article reported as copy", 0.10, same / max(1, of), "{:.1%}")
    yield from cost("copy", found.seconds, 120)
    yield from attacks("copy", found.quality)


def logo(folder: Path) -> Iterator[Figure]:
    """Registered marks."""
    found = measured("logo", folder)
    yield at_least("logo: recall at precision .95", 0.60, found.quality.recall)
    yield at_least("logo: the likeliest mark is right", 0.75, found.quality.top)
    yield at_least("logo: recall with no negative firing", 0.45, found.quality.quiet)
    yield from shipped("logo", found.quality, 0.95, 0.50)
    yield from cost("logo", found.seconds, 400)
    yield from attacks("logo", found.quality)


def text(folder: Path) -> Iterator[Figure]:
    """Words."""
    found = measured("text", folder)
    yield at_least("text: recall at precision .95", 0.96, found.quality.recall)
    yield at_least("text: look-alikes at that threshold", 0.85, ranked(found.quality, ALIKE))
    yield told("text: at the shipped threshold", both(found.quality))
    first, p95 = median(found.firsts) * 1000, at_share(found.seconds, 0.95) * 1000
    yield at_most("text: CPU of the first reading, median, ms", 350, first, "{:.0f}")
    yield at_most("text: CPU a picture, 95th percentile, ms", 700, p95, "{:.0f}")
    yield from attacks("text", found.quality)


def rivals(folder: Path) -> Iterator[Figure]:
    """The copies, by plain hashes."""
    for way, package in RIVALS.items():
        found = measured(way, folder)
        name = {"phash": "pHash", "pdq": "PDQ"}[way]
        worst = min(found.quality.attacks, key=lambda attack: ranked(found.quality, attack))
        yield told(
            f"the copies by {package} {version(package)} ({name})",
            f"recall {found.quality.recall:.3f}, with no negative firing {found.quality.quiet:.3f}, "
            f"worst attack {worst} {ranked(found.quality, worst):.2f}, {median(found.seconds) * 1000:.1f} ms",
        )


def cascade(folder: Path) -> Iterator[Figure]:
    """One client's photos, marks and words, asked of whole pictures."""
    found = ran("image_cascade", str(folder))
    first, again = found["first"], found["again"]
    named = f"whole cascade, {len(first)} pictures of 600 px and more"
    yield at_most(f"{named}: CPU at the median, s", 0.8, median(first), "{:.2f}")
    yield at_most(f"{named}: CPU at the 95th percentile, s", 1.5, at_share(first, 0.95), "{:.2f}")
    yield at_most("a photo that was seen before, at the median, ms", 1, median(again) * 1000, "{:.2f}")


def growth(folder: Path) -> Iterator[Figure]:
    """More marks, more photos."""
    for number in MARKS:
        found = ran("image_growth", "marks", str(number), str(folder))
        took = f"{median(found['took']) * 1000:.0f} ms a picture"
        yield told(f"{number:,} marks", f"{took}, {found['memory']:,.0f} MiB, made in {found['build']:.0f} s")
    banks = {number: ran("image_growth", "photos", str(number), str(folder)) for number in PHOTOS}
    for number, found in banks.items():
        took = f"{median(found['took']) * 1000:.0f} ms a picture"
        kept = "{} of {} copies still decided".format(*found["found"])
        files = f"{found['size']:.2f} GB in files, made in {found['build']:.0f} s"
        yield told(f"{number:,} photos", f"{took}, {files}, {kept}")
    few, many = banks[min(PHOTOS)], banks[max(PHOTOS)]
    times = median(many["took"]) / median(few["took"])
    yield at_most(f"{max(PHOTOS):,} photos: time a picture, times that of {min(PHOTOS):,}", 3, times, "{:.1f}")
    yield at_most(f"{max(PHOTOS):,} photos: GB, mapped", 1.5, many["size"], "{:.2f}")
    yield at_most(f"{max(PHOTOS):,} photos: opened in seconds", 1, many["load"], "{:.2f}")


def shipped(task: str, found: Quality, precision: float, recall: float) -> Iterator[Figure]:
    """What a user gets."""
    yield at_least(f"{task}: precision at the shipped threshold", precision, found.precision)
    yield at_least(f"{task}: recall at the shipped threshold", recall, found.found)


def cost(task: str, seconds: Sequence[float], most: float) -> Iterator[Figure]:
    """CPU time a picture."""
    yield at_most(f"{task}: CPU a picture, median, ms", most, median(seconds) * 1000, "{:.0f}")
    yield told(f"{task}: CPU a picture, 95th percentile, ms", f"{at_share(seconds, 0.95) * 1000:.0f}")


def attacks(task: str, found: Quality) -> Iterator[Figure]:
    """What was found of each attack."""
    for attack, hits in found.attacks.items():
        yield told(f"  {task}, {attack}", f"{hits.ranked} of {hits.of}; {hits.decided} at the shipped threshold")


def at_least(name: str, wanted: float, measured: float) -> Figure:
    """A figure that should be high."""
    return Figure(name, f">= {wanted:g}", f"{measured:.3f}", measured >= wanted)


def at_most(name: str, wanted: float, measured: float, form: str) -> Figure:
    """A figure that should be low."""
    limit = f"{wanted:.0%}" if form.endswith("%}") else f"{wanted:g}"
    return Figure(name, f"<= {limit}", form.format(measured), measured <= wanted)


def told(name: str, measured: str) -> Figure:
    """What nothing was wanted of."""
    return Figure(name, "-", measured, good=True)


def both(found: Quality) -> str:
    """Precision and recall at the shipped threshold."""
    return f"precision {found.precision:.3f}, recall {found.found:.3f}"


def ranked(found: Quality, attack: str) -> float:
    """Recall of an attack at the threshold of that precision."""
    hits = found.attacks.get(attack)
    return hits.ranked / hits.of if hits else 0.0


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return at_share(values, 0.5)


def at_share(values: Sequence[float], share: float) -> float:
    """The one that so many do not pass."""
    return sorted(values)[int(share * (len(values) - 1))]


PARTS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "copy": copy,
    "rivals": rivals,
    "logo": logo,
    "text": text,
    "cascade": cascade,
}


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--dir", type=Path, default=LABELLED, help="the folder of labelled pictures")
    parser.add_argument("--tasks", default=",".join(PARTS), help="what is measured, with commas between")
    parser.add_argument("--growth", action="store_true", help="measure larger banks too, which takes long")
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/images.md")
    given = parser.parse_args()
    wanted = given.tasks.split(",")
    if unknown := [name for name in wanted if name not in PARTS]:
        parser.error(f"--tasks: {unknown[0]} is none of {', '.join(PARTS)}")
    if not (given.dir / "labels.tsv").exists():
        parser.error(f"--dir: no labelled pictures in {given.dir}")
    parts = [part for name, part in PARTS.items() if name in wanted] + [growth] * given.growth
    figures = [figure for part in parts for figure in part(given.dir.resolve())]
    if given.markdown:
        print(as_table(figures))
        sys.exit(0 if all(one.good for one in figures) else 1)
    report(figures, given.json)


if __name__ == "__main__":
    main()
