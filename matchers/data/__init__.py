"""Tables of the matchers: word lists, parts and look-alikes of hanzi, the lexicon of copy slang. Sources: README.md."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of a table of this folder, without their ends."""
    return (files(__name__) / name).read_text(encoding="utf-8").splitlines()


def rows(name: str) -> list[list[str]]:
    """The cells of a tab-separated table of this folder; empty lines and lines that start with # are left out."""
    return [line.split("\t") for line in lines(name) if line and not line.startswith("#")]
