"""Five marketplaces end to end on their stand-ins: 200 listings each, all found, none twice, none invented.

python -m bench.markets
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.crawl import surroundings
from bench.goods import BRAND, catalogue_of
from bench.report import Figure, arguments, report
from crawler.marketplaces import SITES
from crawler.supervise import run_crawl
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from store.database import Store
from store.queries import seen_keys

COUNT = 200


def market(name: str) -> Figure:
    """One marketplace: what was planted against what the store holds, by (id space, item id)."""
    with tempfile.TemporaryDirectory() as folder:
        goods = read_catalogue(catalogue_of(Path(folder), name, COUNT))
        planted = {(each.id_space, each.item_id) for each in goods.goods}
        started = time.monotonic()
        with Sandbox(goods) as box:
            arguments = [name, "-a", f"brand={BRAND}", "-a", "pages=100", "-a", "details=none"]
            code = run_crawl(arguments, surroundings(folder, box.port))
        seconds = time.monotonic() - started
        store = Store(f"sqlite:///{folder}/bazaarwatch.sqlite")
        with store.reading() as session:
            seen = seen_keys(session)
        store.close()
    good = code == 0 and seen == planted
    told = f"{len(seen & planted)} found, {len(seen - planted)} invented, {seconds:.0f} s, exit {code}"
    return Figure(f"{name}, {COUNT} listings", f"{COUNT} found, 0 invented", told, good)


def figures() -> Iterator[Figure]:
    """All five."""
    yield from map(market, SITES)


def main() -> None:
    """Measure and report."""
    report(list(figures()), arguments(__doc__).parse_args().json)


if __name__ == "__main__":
    main()
