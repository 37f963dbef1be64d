"""How a name is looked up."""

from __future__ import annotations

import unicodedata


def fold_name(name: str) -> str:
    """NFKC, caseless, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
