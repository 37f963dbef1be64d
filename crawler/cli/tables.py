"""Tables for a terminal; hostile text is data here too."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.compare import Comparison
from crawler.flagged import FlaggedLink

SHOWN = 15
PLAIN_WIDTH = 150  # where no terminal says how wide it is


def console() -> Console:
    """A console that is wide enough in a pipe as well."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(width=width, highlight=False, markup=False)


def safe(text: object) -> Text:
    """Text without mark-up, control characters or turns of direction."""
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Cf") else char for char in str(text))
    return Text(kept)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], nothing: str) -> None:
    """A table on a terminal; elsewhere lines of cells with tabs between them. `nothing` is said of no rows."""
    cells = [[safe("-" if cell is None else cell) for cell in row] for row in rows]
    if not cells:
        console().print(nothing)
    elif sys.stdout.isatty():
        table = Table(*columns, header_style="bold", box=None, pad_edge=False)
        for row in cells:
            table.add_row(*row)
        console().print(table)
    else:
        for line in ([*columns], *([cell.plain for cell in row] for row in cells)):
            sys.stdout.write("\t".join(line) + "\n")


def print_flagged(links: Sequence[FlaggedLink], shown: int = SHOWN) -> None:
    """Score, link, title and the strongest reason of each flagged link."""
    out = console()
    table = Table(header_style="bold", box=None, pad_edge=False)
    widths = {"score": 5, "item": 20, "mark": 14, "title": 34}
    for name, width in widths.items():
        table.add_column(name, width=width, no_wrap=True, overflow="ellipsis")
    why = max(20, out.width - sum(widths.values()) - 2 * len(widths))
    table.add_column("why", width=why)
    for link in links[:shown]:
        item = f"{link.platform}:{link.item_id}"
        reason = safe(link.reason_text_en)
        reason.truncate(2 * why - 8, overflow="ellipsis")  # two lines, some of which a word's end may leave free
        table.add_row(f"{link.score:.2f}", *map(safe, (item, link.right_name, link.title)), reason)
    out.print(table)
    if len(links) > shown:
        out.print(f"... and {len(links) - shown} more in the CSV")


def print_outcome(result: Comparison, seconds: float, output: Path) -> None:
    """What was planted, found, missed and wrongly flagged, and where the files lie."""
    out = console()
    out.print()
    unreachable = result.planted - result.reachable
    out.print(
        f"planted          {result.planted:5}" + (f"   ({unreachable} of them in no answer)" if unreachable else "")
    )
    share = f"   ({result.found / result.reachable:.1%} of those an answer showed)" if result.reachable else ""
    out.print(f"found            {result.found:5}{share}")
    out.print(f"missed           {result.missed:5}   {_few(result.missed_ids)}")
    out.print(f"wrongly flagged  {result.wrong:5}   {_few(result.wrong_ids)}")
    out.print(f"crawl and score  {seconds:5.0f} s")
    out.print()
    out.print(f"flagged links    {output / 'flagged.csv'}")
    out.print(f"pictures         {output / 'data' / 'blobs'} (by sha256, column matched_image names the client's)")
    out.print(f"database         {output / 'data' / 'bazaarwatch.sqlite'}")


def _few(ids: Sequence[str]) -> str:
    return " ".join(ids[:6]) + (" ..." if len(ids) > 6 else "")
