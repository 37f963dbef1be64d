"""How a name is looked up, and what a file may be called after it."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def fold_name(name: str) -> str:
    """NFKC, caseless, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def client_code(name: str) -> str:
    """A name as a file or folder may be called: its Latin words and six digits of its hash, which keep it apart.

    >>> client_code("Oriva / Süd AG")
    'oriva-sud-ag-73b724'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
    return f"{words or 'client'}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
