"""The register keeps up: 10,000 rights imported, questions asked of them, an altered event found among 100,000.

python -m bench.register
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text

from bench.report import Figure, arguments, report
from store.blobs import Blobs
from store.database import Store
from store.events import Entry, append_events, verify_chain
from store.models import Client, PlatformAccount, PowerOfAttorney, Right, RightRegistration
from store.queries import rights_of_brand
from store.register import import_rights, prepare, read_rights
from store.register.usable import usable, usable_rights

RIGHTS, CLIENTS, EVENTS = 10_000, 100, 100_000
ASKED = 200
ON = dt.date(2026, 11, 1)
AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
HEADER = "client right_id type kind mark names aliases number jurisdiction registrant nice_classes goods filed_on"
HEADER += " registered_on expires_on status reference_price currency distribution authorised_sellers"


def row(number: int) -> list[str]:
    """An invented right; each client has as many as any other."""
    client = number % CLIENTS
    names = [
        f"Client {client} AG",
        f"R{number}",
        "trademark",
        "word",
        f"VELQUORA{number}",
        f"维阔{number}",
        f"vq{number}",
    ]
    office = [str(90_000_000 + number), "CN", f"Client {client} AG", "18|25", "shoes|鞋", "2016-01-05", "2017-03-02"]
    return [*names, *office, "2027-03-01", "registered", "699", "CNY", "open", f"taobao:{number}|1688:b2b-{number}"]


def imported(store: Store, path: Path) -> float:
    """Seconds from file to register."""
    begun = time.perf_counter()
    file = read_rights(path)
    blobs = Blobs(path.parent / "blobs")
    prepared = [prepare(each, file.folder, blobs, lambda data: None) for _, each in file.rows]
    with store.writing() as session:
        import_rights(session, prepared, file.columns, at=AT)
    return time.perf_counter() - begun


def stands_whole(store: Store) -> None:
    """An agency's account on which each right is verified, with a power of attorney of each client."""
    with store.writing() as session:
        account = PlatformAccount(name="A", portal="ipp", role="agent", holder="Agency", verified_on=ON)
        session.add(account)
        session.flush()
        for pk in session.scalars(select(Right.id)):
            session.add(RightRegistration(right_pk=pk, account_pk=account.id, status="verified", changed_at=AT))
        for client in session.scalars(select(Client)):
            days = {"valid_from": ON, "valid_to": dt.date(2028, 1, 1)}
            covers = {"grantor": client.name, "grantee": "Agency", "all_rights": True, "actions": ["file"]}
            session.add(PowerOfAttorney(client_id=client.id, poa_id="P1", **covers, **days))


def milliseconds(ask: Callable[[int], object]) -> float:
    """The median of many questions."""
    spent = []
    for number in range(ASKED):
        begun = time.perf_counter()
        ask(number)
        spent.append(1000 * (time.perf_counter() - begun))
    return sorted(spent)[ASKED // 2]


def questions(store: Store) -> Iterator[Figure]:
    """Each in a session of its own, as a command would."""

    def of_one(number: int) -> object:
        with store.reading() as session:
            found = usable(session, 1 + number * 37 % RIGHTS, "taobao", ON, "A")
            assert not found, found
            return found

    def of_client(number: int) -> object:
        with store.reading() as session:
            found = usable_rights(session, 1 + number % CLIENTS, "taobao", ON, "A")
            assert len(found) == RIGHTS // CLIENTS
            return found

    def of_brand(number: int) -> object:
        with store.reading() as session:
            return rights_of_brand(session, f"velquora{number}")

    asked: dict[str, Callable[[int], object]] = {
        "may this right be used there": of_one,
        "which of a client's 100 rights may": of_client,
        "rights of a brand": of_brand,
    }
    for name, ask in asked.items():
        took = milliseconds(ask)
        yield Figure(f"{name}, ms", "<= 5", f"{took:.1f}", took <= 5)


def altered(store: Store) -> Iterator[Figure]:
    """One changed event of a hundred thousand."""
    with store.writing() as session:
        entries = [Entry("candidate", number, "queued", "in_review", "x") for number in range(EVENTS)]
        append_events(session, 1, entries, actor="mei", role="analyst", at=AT)
        session.execute(text("UPDATE event SET reason = 'y' WHERE client_id = 1 AND seq = 54321"))
    begun = time.perf_counter()
    with store.reading() as session:
        problems = verify_chain(session, 1).problems
    took = time.perf_counter() - begun
    yield Figure("altered event of 100,000 found, s", "<= 10", f"{took:.1f}", took <= 10 and len(problems) == 1)


def figures() -> Iterator[Figure]:
    """A first import, the same again, the questions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rights.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER.split(), *(row(number) for number in range(RIGHTS))])
        store = Store(f"sqlite:///{folder}/watch.sqlite")
        for name in ("10,000 rights imported, s", "the same file again, s"):
            took = imported(store, path)
            yield Figure(name, "<= 30", f"{took:.1f}", took <= 30)
        stands_whole(store)
        yield from questions(store)
        yield from altered(store)
        store.close()


def main() -> None:
    """Measure and report."""
    report(list(figures()), arguments(__doc__).parse_args().json)


if __name__ == "__main__":
    main()
