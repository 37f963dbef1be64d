"""Asking again about all that was seen: listings a second of one core, memory, and the page of a seller.

python -m bench.rescoring                       # 200,000 made-up listings, 100 marks
python -m bench.rescoring --listings 1000000    # as many as wanted; some 900 MB of disk for a million

Only titles count here. First 100 marks are new, and what names one gets its verdict; then nothing has changed. Each
measurement is a process of its own; speed is of its CPU time, memory its highest.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert, select

from bench.report import Figure, arguments, report
from bench.title_goods import SEED, made_up_title, marks
from crawler.config import Config
from crawler.jobs.rescoring import rescore
from crawler.jobs.wishes import Wish
from store.database import Store
from store.models import Client, Listing, Mark, MarkName, Right, Seller, Snapshot
from store.names import fold_name
from store.records import digest

LISTINGS = 200_000
MARKS = 100
NAMED = 0.3  # of the titles name a mark (bench/title_goods)
PER_SELLER = 20
CHUNK = 10_000
RATE, MEMORY = 2000, 1024  # listings a second of a core; MiB with a million listings
AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def fill(store: Store, listings: int) -> None:
    """A client with marks, and so many listings."""
    known = marks(MARKS, None)
    with store.writing() as session:
        client = Client(name="Velquora AG")
        for mark in known:
            names = [MarkName(role="name", name=name, folded=fold_name(name)) for name in mark.names]
            session.add(
                Right(
                    client=client, right_id=mark.right_id, type="trademark", nice_classes=[25], mark=Mark(names=names)
                )
            )
    draw = random.Random(SEED)
    for first in range(1, listings + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, listings + 1))
        with store.writing() as session:
            sellers = {number // PER_SELLER + 1 for number in numbers if number % PER_SELLER == 0 or number == first}
            known_sellers = set(session.scalars(select(Seller.id).where(Seller.id.in_(sellers))))
            session.execute(insert(Seller.__table__), [_seller(number) for number in sorted(sellers - known_sellers)])
            session.execute(
                insert(Listing.__table__), [_listing(number, made_up_title(draw, known)) for number in numbers]
            )
            session.execute(insert(Snapshot.__table__), [_snapshot(number) for number in numbers])


def _seller(number: int) -> dict[str, object]:
    seen = {"first_seen": AT, "last_seen": AT}
    return {"id": number, "id_space": "taobao", "seller_id": str(number), "shop_name": f"小店{number}", **seen}


def _listing(number: int, title: str) -> dict[str, object]:
    return {
        "id": number,
        "id_space": "taobao",
        "item_id": str(700_000_000_000 + number),
        "marketplace": "taobao",
        "url": f"https://item.taobao.com/item.htm?id={700_000_000_000 + number}",
        "title": title,
        "brand": f"品牌{number % 500}" if number % 3 == 0 else None,
        "price_min": Decimal(99),
        "price_max": Decimal(99),
        "currency": "CNY",
        "location": "浙江 杭州",
        "seller_pk": number // PER_SELLER + 1,
        "state": "live",
        "first_seen": AT,
        "last_seen": AT,
    }


def _snapshot(number: int) -> dict[str, object]:
    content = {"attributes": {"货号": f"A{number}", "材质": "棉"}, "image_urls": [], "price_tiers": []}
    seen = {"first_seen": AT, "last_seen": AT}
    return {"listing_pk": number, "source": "search", "digest": digest(number), "content": content, **seen}


def asked(folder: Path) -> dict[str, float]:
    """Ask again about all, in this process: CPU seconds, seconds, MiB at most, and what came of it."""
    config = Config(data=folder)
    store = Store(config.database)
    cpu, clock = time.process_time(), time.monotonic()
    job = rescore(store, config, Wish(1, titles_only=True))
    return {
        "cpu": time.process_time() - cpu,
        "seconds": time.monotonic() - clock,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "asked": job.asked,
        "changed": job.changed,
        "fresh": job.fresh,
    }


def measured(folder: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.rescoring", "--asked", str(folder)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BAZAARWATCH_")}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def figures(listings: int) -> Iterator[Figure]:
    """A first time, and once more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(Config(data=folder).database)
        fill(store, listings)
        store.close()
        first, again = measured(folder), measured(folder)
    for what, one in ((f"{MARKS} new marks", first), ("nothing is new", again)):
        rate = one["asked"] / one["cpu"]
        name = f"{what}: listings a second of one core ({one['changed']:,.0f} of {one['asked']:,.0f} verdicts changed)"
        yield Figure(name, f">= {RATE}", f"{rate:.0f}", rate >= RATE)
    most = max(first["memory"], again["memory"])
    yield Figure(f"memory at most, {listings:,} listings, MiB", f"<= {MEMORY}", f"{most:.0f}", most <= MEMORY)


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--listings", type=int, default=LISTINGS)
    parser.add_argument("--asked", type=Path, help="measure one rescoring of the data folder; prints JSON")
    given = parser.parse_args()
    if given.asked:
        print(json.dumps(asked(given.asked)))
        return
    report(list(figures(given.listings)), given.json)


if __name__ == "__main__":
    main()
