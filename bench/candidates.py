"""Candidates keep up: export of many, their groups anew, an edited file back.

python -m bench.candidates
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from bench.report import Figure, arguments, report
from complaints.reviewed import take_decisions
from complaints.rows import exported
from crawler.exports import write_csv, write_xlsx
from store.database import Store
from store.days import platform_day
from store.duplicates import regroup
from store.models import Client, Mark, MarkName, Right
from store.people import OPERATOR
from store.queries import candidates
from store.records import FindingRecord, ListingRecord, PhotoRecord, SellerRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings

COUNT = 10_000
SITES = ("taobao", "1688", "aliexpress")
BATCH = 200
AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
WORDS = [
    "跑鞋",
    "男",
    "女",
    "透气",
    "网面",
    "轻便",
    "百搭",
    "学生",
    "春季",
    "夏季",
    "复古",
    "厚底",
    "板鞋",
    "休闲",
    "情侣",
    "新款",
]
NAMED = FindingRecord(signal="title", right="R1", score=0.9, code="exact", surface="x", en="it is named", zh="出现商标")
SLANG = FindingRecord(signal="slang", right=None, score=0.9, code="strong", surface="高仿", en="a copy", zh="含高仿")
VERDICT = VerdictRecord(
    client="Velquora",
    right="R1",
    score=0.9,
    matched=True,
    flagged=True,
    authorised=False,
    findings=(NAMED, SLANG),
    reasons=(("strong", "a copy", "含高仿"), ("exact", "it is named", "出现商标")),
    band="flag",
    evidence={"strong_slang": 1.0},
)


def sighting(number: int) -> SightingRecord:
    """A flagged listing; of four in a row, two show the same goods."""
    goods = number - number % 4 % 2
    picture = f"{goods * 2_654_435_761 % 2**256:064x}"
    title = " ".join(["velquora", *(word for at, word in enumerate(WORDS) if goods >> at & 1), str(goods)])
    return SightingRecord(
        listing=ListingRecord(
            id_space=SITES[number % 3],
            item_id=str(700_000_000_000 + number),
            marketplace=SITES[number % 3],
            url=f"https://item.taobao.com/item.htm?id={700_000_000_000 + number}",
            seen_at=AT,
            source="search",
            title=title,
            price_min=Decimal(99),
            currency="CNY",
            shop_name="小店",
            seller=SellerRecord(seller_id=str(number % 500), shop_name="小店"),
        ),
        photos=(_photo(picture),),
        verdicts=(VERDICT,),
    )


def _photo(key: str) -> PhotoRecord:
    return PhotoRecord(sha256=key, url="u", key=key, bytes=1, width=9, height=9, format="JPEG", position=1)


def fill(store: Store) -> None:
    """A client with a right, and its candidates."""
    with store.writing() as session:
        client = Client(name="Velquora")
        mark = Mark(kind="word", names=[MarkName(role="name", name="VELQUORA", folded="velquora")])
        known = {"right_id": "R1", "type": "trademark", "number": "99000001", "nice_classes": [25]}
        session.add(Right(client=client, mark=mark, **known))
    for start in range(0, COUNT, BATCH):
        with store.writing() as session:
            write_sightings(session, [sighting(number) for number in range(start, start + BATCH)])


def export(session: Session, folder: Path) -> None:
    """As `bazaarwatch export`, to both kinds of file."""
    rows = [each.row for each in exported(session, candidates(session, state="queued"), platform_day(AT))]
    write_csv(folder / "flagged.csv", rows)
    write_xlsx(folder / "flagged.xlsx", rows)


def edited(folder: Path) -> Path:
    """The file with a decision in each row."""
    with (folder / "flagged.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row | {"decision": "dismissed:too_weak"} for row in csv.DictReader(file)]
    with (folder / "back.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / "back.csv"


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure() -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(f"sqlite:///{folder / 'x.sqlite'}")
        fill(store)
        with store.writing() as session:
            groups = timed(lambda: regroup(session, 1))
        with store.reading() as session:
            out = timed(lambda: export(session, folder))
        back = edited(folder)
        with store.writing() as session:
            taken = timed(lambda: take_decisions(session, back, actor=OPERATOR, at=datetime.now(UTC)))
        store.close()
    return [
        Figure(f"export of {COUNT:,} candidates as CSV and XLSX, s", "< 20", f"{out:.1f}", out < 20),
        Figure(f"groups of {COUNT:,} candidates anew, s", "< 60", f"{groups:.1f}", groups < 60),
        Figure(f"decisions of {COUNT:,} rows taken back, s", "< 120", f"{taken:.1f}", taken < 120),
    ]


def main() -> None:
    """Measure and report."""
    report(measure(), arguments(__doc__).parse_args().json)


if __name__ == "__main__":
    main()
