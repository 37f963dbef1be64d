"""The articles that a file names: links or ids, as people paste them."""

from __future__ import annotations

from pathlib import Path

from crawler.items import Listing
from crawler.marketplaces import ItemRef, Site, canonical_id, canonical_url, identify_all, site
from crawler.progress import tell

MAX_LINES = 1_000_000
MAX_ID = 20  # digits


def listed(path: Path, home: Site) -> list[Listing]:
    """The articles of a file, each once; a line that names none of this site is told and passed over."""
    found: dict[str, Listing] = {}
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in zip(range(1, MAX_LINES + 1), lines, strict=False):
            refs = [
                ref for ref in _named(line.strip(), home) if site(ref.marketplace).access_group == home.access_group
            ]
            if line.strip() and not refs:
                tell(f"line {number}: no article of {home.name} in it")
            for ref in refs:
                found.setdefault(ref.item_id, _article(ref))
    return list(found.values())


def _named(line: str, home: Site) -> tuple[ItemRef, ...]:
    """An id by itself, or the links in a line as people paste them from a chat."""
    if line.isascii() and line.isdigit():
        return (ItemRef(home.name, canonical_id(home.name, line)),) if len(line) <= MAX_ID else ()
    return identify_all(line)


def _article(ref: ItemRef) -> Listing:
    return Listing(marketplace=ref.marketplace, item_id=ref.item_id, url=canonical_url(*ref), source="detail")
