"""The store keeps up: listings a second over all tables, and that the same input again changes nothing but times.

python -m bench.storing
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import text

from bench.report import Figure, arguments, report
from pipelines.store import BATCH
from store.database import Store
from store.models import Base, Client, Right
from store.records import FindingRecord, ListingRecord, PhotoRecord, SellerRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings

COUNT = 20_000
AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
TIMES = ("first_seen", "last_seen", "last_flagged", "scored_at")
FINDING = FindingRecord(
    signal="disguise",
    right="R1",
    score=0.97,
    code="homoglyph",
    surface="VЕLQUORA",
    en="Е only looks like E",
    zh="Е 形似 E",
    span=(0, 8),
)


def sighting(number: int) -> SightingRecord:
    """A listing with a seller, a snapshot, a photo and a verdict; one in ten is flagged."""
    key = sha256(str(number).encode()).hexdigest()
    return SightingRecord(
        listing=ListingRecord(
            id_space="taobao",
            item_id=str(700_000_000_000 + number),
            marketplace="taobao",
            url=f"https://item.taobao.com/item.htm?id={700_000_000_000 + number}",
            seen_at=AT,
            source="search",
            title=f"velquora 跑鞋 {number}",
            price_min=Decimal(99),
            price_max=Decimal(99),
            currency="CNY",
            sold=number,
            seller=SellerRecord(seller_id=str(number % 2_000), shop_name=f"小店{number % 2_000}"),
            content={"attributes": {"品牌": "velquora"}, "image_urls": [f"https://img.alicdn.com/{key}.jpg"]},
        ),
        photos=(_photo(key),),
        verdicts=(_verdict(flagged=number % 10 == 0),),
    )


def _photo(key: str) -> PhotoRecord:
    url = f"https://img.alicdn.com/{key}.jpg"
    return PhotoRecord(sha256=key, url=url, key=key, bytes=40_000, width=800, height=800, format="JPEG", position=1)


def _verdict(*, flagged: bool) -> VerdictRecord:
    return VerdictRecord(
        client="Velquora AG",
        right="R1",
        score=0.97,
        matched=True,
        flagged=flagged,
        authorised=False,
        rights={"R1": 0.97},
        findings=(FINDING,) if flagged else (),
        reasons=((FINDING.code, FINDING.en, FINDING.zh),) if flagged else (),
    )


def written(store: Store, sightings: Sequence[SightingRecord]) -> float:
    """Seconds that it takes, in the pipeline's own batches."""
    started = time.perf_counter()
    for at in range(0, len(sightings), BATCH):
        with store.writing() as session:
            write_sightings(session, sightings[at : at + BATCH])
    return time.perf_counter() - started


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without the moments at which it was seen."""
    found = {}
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            names = ", ".join(column.name for column in table.columns if column.name not in TIMES)
            found[table.name] = [
                tuple(row) for row in session.execute(text(f'select {names} from "{table.name}" order by id'))
            ]
    return found


def figures() -> Iterator[Figure]:
    """A first time, and once more an hour later."""
    sightings = [sighting(number) for number in range(COUNT)]
    later = [replace(each, listing=replace(each.listing, seen_at=AT + timedelta(hours=1))) for each in sightings]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/watch.sqlite")
        with store.writing() as session:
            client = Client(name="Velquora AG")
            session.add_all([client, Right(client=client, right_id="R1", type="trademark")])
        rate = COUNT / written(store, sightings)
        before = contents(store)
        again = COUNT / written(store, later)
        same = before == contents(store)
        store.close()
    yield Figure("new listings a second, all tables", ">= 800", f"{rate:.0f}", rate >= 800)
    yield Figure("the same listings again, a second", ">= 800", f"{again:.0f}", again >= 800)
    yield Figure("rows that this changes, times apart", "none", "none" if same else "some", same)


def main() -> None:
    """Measure and report."""
    report(list(figures()), arguments(__doc__).parse_args().json)


if __name__ == "__main__":
    main()
