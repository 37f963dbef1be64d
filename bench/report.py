"""What every benchmark prints: the machine, a row a figure, and an exit code."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One thing that is claimed. good : whether it was reached"""

    name: str
    wanted: str
    measured: str
    good: bool


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit.stdout.strip() or "no checkout",
        "machine": f"{os.cpu_count()} cores, {_processor()}, {memory:.0f} GiB, {platform.system()}",
        "python": platform.python_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in ("scrapy", "scrapy-playwright", "playwright")),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def arguments(about: str | None) -> argparse.ArgumentParser:
    """The parser that all benchmarks begin with."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    return parser


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as a table for the docs."""
    about = machine()
    lines = [f"{about['date']}, commit {about['commit']}, {about['machine']}, Python {about['python']}", ""]
    lines += ["| figure | wanted | measured |", "| --- | --- | --- |"]
    lines += [
        f"| {one.name.strip()} | {one.wanted} | {one.measured}{'' if one.good else ' (short)'} |" for one in figures
    ]
    return "\n".join(lines)


def report(figures: Sequence[Figure], as_json: bool) -> None:
    """Print, and end with 1 while a figure falls short."""
    if as_json:
        print(json.dumps({"machine": machine(), "figures": [asdict(figure) for figure in figures]}, indent=2))
    else:
        for name, value in machine().items():
            print(f"{name:10} {value}")
        width = max(len(figure.name) for figure in figures)
        wanted = max(len(figure.wanted) for figure in figures)
        print(f"\n{'figure':{width}}  {'wanted':{wanted}}  measured")
        for figure in figures:
            print(
                f"{figure.name:{width}}  {figure.wanted:{wanted}}  {figure.measured}{'' if figure.good else '   SHORT'}"
            )
    sys.exit(0 if all(figure.good for figure in figures) else 1)
