"""The articles that a file names: links or ids, as people paste them."""

from __future__ import annotations

from pathlib import Path

from crawler.items import Listing
from crawler.marketplaces import ItemRef, Site, canonical_id, canonical_url, identify, site
from crawler.progress import tell

MAX_LINES = 1_000_000


def listed(path: Path, home: Site) -> list[Listing]:
    """One article a line, each once; a line that names none of this site is told and passed over."""
    found: dict[str, Listing] = {}
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in zip(range(1, MAX_LINES + 1), lines, strict=False):
            ref = _named(line.strip(), home)
            if ref is None or site(ref.marketplace).access_group != home.access_group:
                if line.strip():
                    tell(f"line {number}: no article of {home.name} in it")
                continue
            url = canonical_url(*ref)
            found.setdefault(
                ref.item_id, Listing(marketplace=ref.marketplace, item_id=ref.item_id, url=url, source="detail")
            )
    return list(found.values())


def _named(line: str, home: Site) -> ItemRef | None:
    if line.isascii() and line.isdigit():
        return ItemRef(home.name, canonical_id(home.name, line)) if len(line) <= 20 else None
    return identify(line)
