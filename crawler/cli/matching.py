"""`bazaarwatch match`: files of titles or pictures against marks, without a crawl."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crawler.cli.counting import counting
from crawler.cli.image_matching import match_images
from crawler.cli.photo_matching import match_photo
from crawler.cli.shared import UsageError, refuse_same
from crawler.cli.title_files import STANDARD, Titles, opened_file, read_marks
from crawler.progress import tell
from crawler.runs import FAILED, INTERRUPTED

if TYPE_CHECKING:
    from crawler.cli.title_batches import Scored
    from matchers.title import TitleMatcher

MOST_JOBS = 64

app = typer.Typer(no_args_is_help=True, help="Match files against marks, without a crawl.")


@app.callback()
def match() -> None:
    """Match files against marks, without a crawl."""


app.command("images")(match_images)
app.command("photo")(match_photo)


@app.command("titles")
def match_titles(
    *,
    marks: Path = typer.Option(help="Marks, tab separated: mark_id, word_mark, names, aliases, nice_classes."),
    titles: Path = typer.Option(help="Titles, tab separated: title_id, title; `-` for stdin."),
    out: Path = typer.Option(help="Where the findings go, tab separated; `-` for stdout."),
    threshold: str = typer.Option("usual", help="usual, strict, or a probability from 0 to 1."),
    jobs: int = typer.Option(1, min=1, max=MOST_JOBS, help="How many processes score."),
    index: Path | None = typer.Option(None, help="Keeps what is made of the marks, for the next time."),
    nicknames: Path | None = typer.Option(None, help="More of what people call brands; docs/titles.md has the form."),
) -> None:
    """Say which marks each title names, plainly or in disguise, and why; docs/formats.md has the files' form.

    Exit codes: 0 done, 2 a file that cannot be used, 130 interrupted; the file is there once all is written.
    Example: bazaarwatch match titles --marks marks.tsv --titles titles.tsv --out findings.tsv
    """
    least = threshold_of(threshold)
    refuse_same(out, (marks, titles))
    try:
        with ExitStack() as stack:
            file = sys.stdin.buffer if titles == STANDARD else stack.enter_context(opened_file(titles))
            asked = Titles(file, "stdin" if titles == STANDARD else titles.name)
            matcher = _matcher(marks, index, nicknames)
            started = time.monotonic()
            count = _write(out, _scored(stack, matcher, asked, least, jobs=jobs, index=index))
    except KeyboardInterrupt:
        tell("interrupted" + ("" if out == STANDARD else f": {out.name} was not written"))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # `--out - | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    for warning in asked.warnings:
        tell(f"warning: {warning}")
    tell(count.told(time.monotonic() - started))


def threshold_of(given: str) -> float:
    """The probability that a threshold stands for. Raises UsageError."""
    from matchers.title.scores import STRICT, USUAL  # noqa: PLC0415 # the matcher's tables come with it

    named = {"usual": USUAL, "strict": STRICT}
    try:
        number = named[given] if given in named else float(given)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise UsageError("threshold: give usual, strict, or a number from 0 to 1")
    return number


def _matcher(marks: Path, index: Path | None, nicknames: Path | None) -> TitleMatcher:
    """The matcher of a file of marks; what is odd in it is told. Raises UsageError."""
    from crawler.cli.title_index import called, matcher_of, warn_of_literals  # noqa: PLC0415 # numpy: half a second

    with opened_file(marks) as file:
        data = file.read()
    known, warnings = read_marks(data, marks.name)
    for warning in warnings:
        tell(f"warning: {warning}")
    warn_of_literals(known)
    if nicknames:
        with opened_file(nicknames) as file:
            data += file.read()
        known = called(known, nicknames)
    return matcher_of(known, data, index)


def _scored(
    stack: ExitStack, matcher: TitleMatcher, asked: Titles, least: float, *, jobs: int, index: Path | None
) -> Iterator[Scored]:
    """The titles scored, in their order. Processes read the index from a file."""
    from crawler.cli.title_batches import in_one, in_several, settled  # noqa: PLC0415 # with the matcher

    settled()
    if jobs == 1:
        return in_one(matcher, least, asked)
    if index is None:
        index = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "marks.index"
        matcher.save(index)
    return in_several(jobs, index, least, asked)


@dataclass
class Count:
    """How much was done so far. found_in : titles that name a mark"""

    titles: int = 0
    findings: int = 0
    found_in: int = 0

    def told(self, seconds: float) -> str:
        """The line at the end."""
        rate = self.titles / max(seconds, 0.001)
        return (
            f"{self.titles:,} titles in {seconds:.1f} s ({rate:,.0f} a second): "
            f"{self.findings:,} findings in {self.found_in:,} titles"
        )


def _write(out: Path, scored: Iterable[Scored]) -> Count:
    """Write what was found; how much it was. Raises UsageError when it cannot be written."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 # seldom needed

    from crawler.cli.title_rows import COLUMNS, line, written  # noqa: PLC0415 # with the matcher

    count = Count()
    try:
        with counting("titles") as show, written(out) as target:
            target.write(line(COLUMNS))
            for batch in scored:
                target.write(batch.lines)
                count.titles += batch.titles
                count.findings += batch.findings
                count.found_in += batch.found_in
                show(count.titles)
    except BrokenProcessPool:
        tell("error: a process that scores was ended from outside; give fewer --jobs if memory is short")
        raise typer.Exit(FAILED) from None
    return count
