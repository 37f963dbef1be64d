"""What a person sees while it runs: plain lines on stderr, on a terminal and elsewhere alike."""

from __future__ import annotations

import sys
import unicodedata


def tell(line: str) -> None:
    """One line; control characters of hostile text never reach the terminal."""
    safe = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in line)
    print(safe, file=sys.stderr, flush=True)  # noqa: T201 # this is the one place that prints progress
