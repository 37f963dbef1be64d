"""`bazaarwatch match images`: pictures against client photos, marks and words, without a crawl."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crawler.cli.counting import counting
from crawler.cli.image_files import Manifest, counted, read_manifest, shown
from crawler.cli.shared import refuse_same
from crawler.cli.title_files import STANDARD, few
from crawler.progress import tell
from crawler.runs import FAILED, INTERRUPTED

if TYPE_CHECKING:
    from crawler.cli.image_batches import Answered

MOST_JOBS = 64
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
EVERY = 200  # pictures after which a line is told where there is no terminal


def match_images(
    *,
    manifest: Path = typer.Option(help="What is asked, tab separated: task, role, id, path_or_text."),
    root: Path = typer.Option(help="The folder of the pictures that the manifest names."),
    out: Path = typer.Option(help="Where the scores go, tab separated; `-` for stdout."),
    jobs: int = typer.Option(1, min=1, max=MOST_JOBS, help="How many processes look."),
    explain: Path | None = typer.Option(None, help="A folder for pictures of what was decided, side by side."),
) -> None:
    """Say which client photo, mark or word each picture shows; docs/formats.md has the files' form.

    Exit codes: 0 done, 2 a file that cannot be used, 130 interrupted; the file is there once all is written.
    Example: bazaarwatch match images --manifest manifest.tsv --root pictures --out scores.tsv --jobs 2
    """
    _one_thread()
    asked = read_manifest(manifest, root)
    refuse_same(out, (manifest, *asked.paths))
    try:
        _check(asked, explain)
        started = time.monotonic()
        count = _write(out, asked, _answered(asked, jobs, explain))
    except KeyboardInterrupt:
        tell("interrupted" + ("" if out == STANDARD else f": {out.name} was not written"))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # `--out - | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    for odd in few(count.odd, asked.name):
        tell(f"warning: {odd}")
    tell(count.told(time.monotonic() - started))


def _one_thread() -> None:
    """Processes are what is counted, and sums come out alike whatever their number; numpy reads this as it begins."""
    for name in ONE_THREAD:
        os.environ[name] = "1"


def _check(asked: Manifest, explain: Path | None) -> None:
    """Tell what is odd in the galleries. Raises UsageError."""
    from crawler.cli.image_explain import ready  # noqa: PLC0415 # numpy and OpenCV, which few commands need
    from crawler.cli.image_tasks import checked  # noqa: PLC0415

    for warning in (*asked.warnings, *checked(asked), *(ready(explain) if explain else ())):
        tell(f"warning: {warning}")
    tell(f"{counted(asked.queries) or 'no'} pictures to look at")


def _answered(asked: Manifest, jobs: int, explain: Path | None) -> Iterable[Answered]:
    from crawler.cli.image_batches import in_one, in_several  # noqa: PLC0415

    return in_one(asked, explain) if jobs == 1 else in_several(jobs, asked, explain)


@dataclass
class Count:
    """How much was done. decided : pairs that count; odd : a line for each picture without rows"""

    pictures: int = 0
    decided: int = 0
    odd: list[str] = field(default_factory=list)

    def told(self, seconds: float) -> str:
        """The line at the end."""
        rate = self.pictures / max(seconds, 0.001)
        told = f"{self.pictures:,} pictures in {seconds:.1f} s ({rate:,.1f} a second): {self.decided:,} decided"
        return told + (f", {len(self.odd):,} without rows" if self.odd else "")


def _write(out: Path, asked: Manifest, answers: Iterable[Answered]) -> Count:
    """Write what was found; how much it was. Raises UsageError when it cannot be written."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 # seldom needed

    from crawler.cli.image_batches import COLUMNS  # noqa: PLC0415
    from crawler.cli.title_rows import line, written  # noqa: PLC0415

    count = Count()
    try:
        with counting("pictures", total=len(asked.queries), every=EVERY) as show, written(out) as target:
            target.write(line(COLUMNS))
            for query, answer in zip(asked.queries, answers, strict=True):
                target.write(answer.lines)
                count.pictures += 1
                count.decided += answer.decided
                if answer.odd:
                    count.odd.append(f"line {query.line}: {shown(query.id)} {answer.odd}")
                show(count.pictures)
    except BrokenProcessPool:
        tell("error: a process that looks was ended from outside; give fewer --jobs if memory is short")
        raise typer.Exit(FAILED) from None
    return count
