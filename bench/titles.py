"""Word marks in titles: how well they are matched, how fast, and how both compare with plain libraries.

python -m bench.titles [--dir DIR] [--json | --markdown]

DIR holds the labelled titles and their scorer, which are kept outside of the repository; without it the quality is left
out, and speed is measured on made-up titles. Marks beyond the labelled ones are made up. Every measurement of speed is
a process of its own, and counts one core's CPU time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.report import Figure, arguments, as_table, report
from bench.title_scoring import quality, rivals

ROOT = Path(__file__).parents[1]
LABELLED = ROOT.parent / "shared" / "bench" / "titles"
RATES = {100: 3000, 10_000: 2000, 100_000: 1000}  # marks: titles a second that are wanted
MOST_MARKS = max(RATES)
MEMORY, BUILD, LOAD = 500, 10, 1  # MiB, seconds, seconds: wanted with the most marks


def measured(way: str, number: int, index: Path, folder: Path | None) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.title_speed", way, str(number), str(index), *([str(folder)] * bool(folder))]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def speed(work: Path, folder: Path | None) -> Iterator[Figure]:
    """Titles a second as the number of marks grows, ours and the others'; then what the largest index takes."""
    built, loaded = {}, {}
    for number, wanted in RATES.items():
        index = work / f"{number}.index"
        built[number] = measured("build", number, index, folder)
        loaded[number] = measured("load", number, index, folder)
        rate = loaded[number]["rate"]
        yield Figure(f"titles a second, {number:,} marks", f">= {wanted:,}", f"{rate:,.0f}", rate >= wanted)
        for way, name in {"ahocorasick": "Aho-Corasick", "rapidfuzz": "rapidfuzz cdist partial_ratio"}.items():
            other = measured(way, number, index, folder)
            told = f"{other['rate']:,.{0 if other['rate'] >= 10 else 1}f} (of {other['titles']:,.0f} titles)"
            yield Figure(f"  plain {name}", "-", told, good=True)
    yield from size(built[MOST_MARKS], loaded[MOST_MARKS])


def size(built: dict[str, float], loaded: dict[str, float]) -> Iterator[Figure]:
    """Memory and seconds of the largest index."""
    with_marks = f"index of {MOST_MARKS:,} marks"
    added = max(built["memory"], loaded["memory"])
    told = f"{built['memory']:.0f} MiB built, {loaded['memory']:.0f} MiB loaded and used"
    yield Figure(f"{with_marks}, memory", f"<= {MEMORY} MiB", told, added <= MEMORY)
    yield Figure(f"{with_marks}, build", f"<= {BUILD} s", f"{built['build']:.1f} s", built["build"] <= BUILD)
    yield Figure(f"{with_marks}, load", f"<= {LOAD} s", f"{loaded['load']:.2f} s", loaded["load"] <= LOAD)


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--dir", type=Path, default=LABELLED, help="the folder of labelled titles and their scorer")
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/titles.md")
    given = parser.parse_args()
    folder = given.dir.resolve() if (given.dir / "score.py").exists() else None
    if folder is None:
        print(f"no labelled titles in {given.dir}: their figures are left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        figures = [*(quality(folder, work) if folder else ()), *(rivals(folder, work) if folder else ())]
        figures += speed(work, folder)
    if given.markdown:
        print(as_table(figures))
        sys.exit(0 if all(one.good for one in figures) else 1)
    report(figures, given.json)


if __name__ == "__main__":
    main()
