"""The other files of the register into the store: accounts, powers of attorney, the authorised, prices.

Each is idempotent: the same file again changes nothing. Of the authorised and of prices a file is the whole list for
each client, or right, that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.events import Entry, append_events
from store.models import AuthorisedItem, AuthorisedSeller, PlatformAccount, ReferencePrice, Right
from store.people import OPERATOR, Actor
from store.register.cells import amount_of, currency_code
from store.register.clients import known_clients
from store.register.nearby import read_paper
from store.register.other_rows import AccountRow, PoaRow, PriceRow, SellerRow
from store.register.prepare import Keeps
from store.register.sync import lock_register, sync
from store.upsert import ids, upsert

Lines = Sequence[tuple[int, Any]]


class MoreError(Exception):
    """Rows that go with nothing in the register: a sentence for each, with the number of its line."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"line {line}: {problem}" for line, problem in problems))
        self.lines = frozenset(line for line, _ in problems)


@dataclass(frozen=True)
class Scans:
    """The papers of a power of attorney, kept: (name, sha256) of the scan and of its translation."""

    scan: tuple[str, str] | None = None
    translation: tuple[str, str] | None = None


def keep_scans(row: PoaRow, folder: Path, blobs: Keeps) -> Scans:
    """Copy the papers that a row names into the data folder. Raises PictureError."""
    kept = {
        name: (Path(entry).name[-300:], blobs.put(read_paper(folder, entry)))
        for name in ("scan", "translation")
        if (entry := getattr(row, name))
    }
    return Scans(**kept)


def import_accounts(session: Session, lines: Lines) -> int:
    """Write accounts; how many. Raises MoreError: a client that is not in the register."""
    lock_register(session)
    rows: list[tuple[int, AccountRow]] = list(lines)
    clients = clients_of(session, ((line, row.client) for line, row in rows if row.client))
    values = [
        {
            "name": row.account,
            "client_id": clients[row.client] if row.client else None,
            **{name: getattr(row, name) for name in ("portal", "role", "holder", "verified_on", "note")},
        }
        for _, row in rows
    ]
    names = ("portal", "role", "holder", "client_id", "verified_on", "note")
    upsert(session, PlatformAccount, values, keys=["name"], replace=names)
    return len(values)


def import_sellers(session: Session, lines: Lines, *, actor: Actor = OPERATOR, at: datetime | None = None) -> int:
    """Write who and what is authorised for all that a client has; how many. Raises MoreError."""
    lock_register(session)
    rows: list[tuple[int, SellerRow]] = list(lines)
    clients = clients_of(session, ((line, row.client) for line, row in rows))
    names = ("marketplace", "valid_from", "valid_to", "note")
    for client, client_id in clients.items():
        own = [row for _, row in rows if row.client == client]
        before = _allowed(session, client_id)
        for model, column in ((AuthorisedSeller, "seller_id"), (AuthorisedItem, "item_id")):
            session.execute(delete(model).where(model.client_id == client_id, model.right_pk.is_(None)))
            new = [
                {"client_id": client_id, column: getattr(row, column), **{name: getattr(row, name) for name in names}}
                for row in own
                if getattr(row, column)
            ]
            if new:
                session.execute(insert(model), new)
        payload = _difference(before, _allowed(session, client_id))
        if payload:
            entry = Entry("client", client_id, "authorised", "authorised", "changed by an import", payload)
            append_events(session, client_id, [entry], actor=actor.name, role="analyst", at=at or datetime.now(UTC))
    return len(rows)


def _allowed(session: Session, client_id: int) -> set[str]:
    """What the sellers' file says of a client, a line each."""
    seller, item = AuthorisedSeller, AuthorisedItem
    found = [
        *session.execute(
            select(seller.marketplace, seller.seller_id, seller.valid_from, seller.valid_to).where(
                seller.client_id == client_id, seller.right_pk.is_(None)
            )
        ),
        *session.execute(
            select(item.marketplace, "item " + item.item_id, item.valid_from, item.valid_to).where(
                item.client_id == client_id, item.right_pk.is_(None)
            )
        ),
    ]
    return {f"{row[0]}:{row[1]} {row[2] or ''}..{row[3] or ''}" for row in found}


def _difference(before: set[str], after: set[str]) -> dict[str, list[str]]:
    changed = {"added": sorted(after - before), "removed": sorted(before - after)}
    return {name: lines for name, lines in changed.items() if lines}


def import_prices(session: Session, lines: Lines) -> int:
    """Write reference prices of models; how many. Raises MoreError: a right that is not in the register."""
    lock_register(session)
    rows: list[tuple[int, PriceRow]] = list(lines)
    clients = clients_of(session, ((line, row.client) for line, row in rows))
    rights = ids(session, Right, ("client_id", "right_id"), {(clients[row.client], row.right_id) for _, row in rows})
    _all_known((line, row.right_id, (clients[row.client], row.right_id) in rights) for line, row in rows)
    wanted: dict[int, dict[tuple[str, str, str], dict[str, Any]]] = {}
    for _, row in rows:
        unit, currency = row.unit or "piece", currency_code(row.currency)
        price = {
            "model": row.model,
            "unit": unit,
            "currency": currency,
            "amount": Decimal(amount_of(row.price, "price")),
        }
        wanted.setdefault(rights[clients[row.client], row.right_id], {})[row.model, unit, currency] = price
    lists = {pk: list(prices.values()) for pk, prices in wanted.items()}
    sync(session, ReferencePrice, "right_pk", wanted=lists, names=("model", "unit", "currency", "amount"))
    return len(rows)


def clients_of(session: Session, named: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Ids of clients that the register has. Raises MoreError with a line for each that it has not."""
    rows, known = list(named), known_clients(session)
    problems = [(line, f"client: {name!r} is not in the register") for line, name in rows if name not in known]
    if problems:
        raise MoreError(problems)
    return {name: known[name] for _, name in rows}


def _all_known(named: Iterable[tuple[int, str, bool]]) -> None:
    problems = [(line, f"right_id: {name!r} is not in the register") for line, name, there in named if not there]
    if problems:
        raise MoreError(problems)
