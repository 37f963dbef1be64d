"""How well titles are matched: the command's own findings, and those of plain libraries, by the benchmark's scorer."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ahocorasick_rs

from bench.report import Figure
from bench.title_goods import labelled_marks, labelled_titles
from bench.title_speed import folded, names_of, partial_ratios
from matchers.title.scores import STRICT, USUAL

MANY = 30  # cases from which a class counts as the worst
NICKNAMES = "open_nickname"
Row = Mapping[str, Any]


def quality(folder: Path, work: Path) -> Iterator[Figure]:
    """The figures at both thresholds."""
    usual, strict = (scored(folder, matched(folder, work, name), least) for name, least in THRESHOLDS.items())
    yield at_least("usual: F1", 0.98, usual["f1"])
    yield at_least("usual: precision", 0.97, usual["precision"])
    yield from false_alarms("usual", usual, 15, 0.15)
    yield at_least("strict: recall", 0.92, strict["recall"])
    yield at_least("strict: precision", 0.985, strict["precision"])
    yield from false_alarms("strict", strict, 6, 0.08)
    yield from classes(usual)
    yield from context(usual)
    yield at_least("overlap of spans", 0.98, usual["span_iou"] or 0.0)
    yield sentences(work / "usual.tsv")


THRESHOLDS = {"usual": USUAL, "strict": STRICT}


def matched(folder: Path, work: Path, threshold: str) -> Path:
    """The findings of `bazaarwatch match titles`."""
    out = work / f"{threshold}.tsv"
    files = [f"--{name}={folder / name}.tsv" for name in ("marks", "titles")]
    words = ["match", "titles", *files, f"--out={out}", f"--threshold={threshold}"]
    subprocess.run([sys.executable, "-m", "crawler.cli", *words], stderr=subprocess.DEVNULL, check=True)
    return out


def scored(folder: Path, predictions: Path, threshold: float) -> Row:
    """What the benchmark's own scorer says of predictions."""
    command = [sys.executable, str(folder / "score.py"), str(predictions), "--threshold", str(threshold), "--json"]
    found: Row = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def at_least(name: str, wanted: float, measured: float) -> Figure:
    """A figure that should be high."""
    return Figure(name, f">= {wanted:g}", f"{measured:.3f}", measured >= wanted)


def false_alarms(threshold: str, found: Row, clean: float, hard: float) -> Iterator[Figure]:
    """Titles without a mark in which one was seen."""
    alarms, hit = found["fp_per_10k_clean"], found["hard_negative_fp_rate"]
    yield Figure(f"{threshold}: false alarms per 10k clean titles", f"<= {clean:g}", f"{alarms:.1f}", alarms <= clean)
    yield Figure(f"{threshold}: hard negatives hit", f"<= {hard:.0%}", f"{hit:.1%}", hit <= hard)


def classes(found: Row) -> Iterator[Figure]:
    """Recall by kind of disguise, at the usual threshold."""
    counted = {
        name: (hit, all_of)
        for name, (hit, all_of) in found["recall_by_class"].items()
        if name != "context" and not name.startswith("open_")
    }
    yield at_least("recall averaged over classes", 0.96, found["macro_class_recall"])
    worst = min((name for name in counted if counted[name][1] >= MANY), key=lambda name: share([counted[name]]))
    yield at_least(f"worst class of {MANY} or more cases ({worst})", 0.75, share([counted[worst]]))
    yield at_least("the hard_ classes together", 0.70, share([counted[n] for n in counted if n.startswith("hard_")]))
    yield at_least("natural", 0.97, share([counted["natural"]]))
    yield at_least("nicknames not in the mark's own list", 0.60, share([found["recall_by_class"][NICKNAMES]]))


def share(hits: Sequence[tuple[int, int]]) -> float:
    """Of all cases, those that were hit."""
    return sum(hit for hit, _ in hits) / max(sum(all_of for _, all_of in hits), 1)


def context(found: Row) -> Iterator[Figure]:
    """Titles of goods that are for a mark."""
    accused, flagged = (found[f"context_{name}"] / max(found["context_pairs"], 1) for name in ("accused", "flagged"))
    yield Figure("context accused", "<= 2%", f"{accused:.1%}", accused <= 0.02)
    yield Figure("context flagged as context", ">= 97%", f"{flagged:.1%}", flagged >= 0.97)


def sentences(predictions: Path) -> Figure:
    """Findings that say why, in both languages."""
    with predictions.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    said = sum(bool(row["reason"] and row["reason_zh"]) for row in rows)
    return Figure("findings with a sentence", "all", f"{said} of {len(rows)}", said == len(rows))


def rivals(folder: Path, work: Path) -> Iterator[Figure]:
    """The same titles, by plain libraries."""
    for name, found in {
        "Aho-Corasick": by_ahocorasick(folder),
        "rapidfuzz partial_ratio": by_rapidfuzz(folder),
    }.items():
        out = work / "rival.tsv"
        out.write_text("".join("\t".join(row) + "\n" for row in found), encoding="utf-8")
        best = scored(folder, out, 0.0)["best_f1_threshold"]
        result = scored(folder, out, best)
        alarms = result["fp_per_10k_clean"]
        told = f"F1 {result['f1']:.3f}, precision {result['precision']:.3f}, {alarms:.0f} false alarms per 10k"
        yield Figure(f"the same by plain {name}, at its best threshold", "-", told, good=True)


def by_ahocorasick(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Pairs whose name stands in the folded title."""
    names = names_of(labelled_marks(folder))
    machine = ahocorasick_rs.AhoCorasick([name for name, _ in names])
    for one in labelled_titles(folder):
        seen = machine.find_matches_as_indexes(folded(one.title), overlapping=True)
        for mark in {names[place][1] for place, *_ in seen}:
            yield one.title_id, mark, "1"


def by_rapidfuzz(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Pairs whose name is nearly in the folded title."""
    names, asked = names_of(labelled_marks(folder)), labelled_titles(folder)
    ratios = partial_ratios([name for name, _ in names], [one.title for one in asked])
    for row, place in zip(*ratios.nonzero(), strict=True):
        yield asked[row].title_id, names[place][1], f"{ratios[row, place] / 100:.4f}"
