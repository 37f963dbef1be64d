"""The exported file as it comes back: what people wrote into it, row by row, against what stands in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from store.events import MAX_REASON
from store.models import Candidate, Client, Listing
from store.register.cells import text_of
from store.register.files import FileError, raw_rows
from store.upsert import CHUNK
from store.whitelist import SPACES

READ = ("decision", "note", "client_decision", "client_note")
KEYS = ("candidate_id", "client", "platform", "item_id")
MAX_WORD = 60  # characters of a decision: a word, and a code or a day
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # before these an export puts an apostrophe


class ReturnedError(Exception):
    """A file that cannot be taken: a line for each thing that is wrong."""


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file; what the file has no column for is None."""

    line: int
    cells: Mapping[str, str | None]

    def __getitem__(self, name: str) -> str | None:
        """The text of a cell; None where it is empty."""
        return self.cells.get(name)


@dataclass
class Found:
    """The rows of a file, each with the candidate it is about, and what is wrong with the others."""

    rows: list[tuple[Row, Candidate]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def read_rows(path: Path) -> tuple[list[Row], list[tuple[int, str]]]:
    """The rows of an edited export, and (line, what is wrong with it). Raises ReturnedError."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise ReturnedError(f"{path.name}: give the .csv or .xlsx that `bazaarwatch export` wrote")
    rows, wrong, columns = [], [], set[str]()
    try:
        for line, raw in raw_rows(path):
            columns |= set(raw)
            try:
                row = Row(line, {name: _text(name, raw.get(name)) for name in (*KEYS, *READ, "reason_code")})
            except ValueError as error:
                wrong.append((line, str(error)))
                continue
            if any(row.cells.values()):
                rows.append(row)
    except (OSError, FileError) as error:
        said = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
        raise ReturnedError(f"{path.name}: {said.replace('a rights file', 'it')}") from None
    _check_columns(path, rows, wrong, columns)
    return rows, wrong


def _check_columns(path: Path, rows: Sequence[Row], wrong: Sequence[Any], columns: set[str]) -> None:
    if not rows and not wrong:
        raise ReturnedError(f"{path.name}: no rows in it")
    if not columns & set(READ):
        raise ReturnedError(f"{path.name}: has none of the columns {', '.join(READ)}")
    if "candidate_id" not in columns and not set(KEYS[1:]) <= columns:
        raise ReturnedError(f"{path.name}: has neither the column candidate_id nor {', '.join(KEYS[1:])}")


def _text(name: str, cell: Any) -> str | None:
    """A cell as it was before the export made it safe. Raises ValueError."""
    try:
        text = text_of(cell)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    if text is None:
        return None
    text = text.replace("\0", " ").replace("\r\n", "\n")
    if text.startswith("'") and text[1:].startswith(FORMULA):
        text = text[1:]
    longest = MAX_REASON if name.endswith("note") else MAX_WORD if name.endswith("decision") else 400
    if len(text) > longest:
        raise ValueError(f"{name}: is longer than {longest} characters")
    return text.encode("utf-8", "replace").decode() or None


def matched(session: Session, rows: Sequence[Row]) -> Found:
    """Which candidate each row is about."""
    found, seen = Found(), dict[int, int]()
    by_id, by_item = _by_id(session, rows), _by_item(session, rows)
    for row in rows:
        candidate, wrong = _one(row, by_id, by_item)
        if candidate is not None and wrong is None:
            first = seen.setdefault(candidate.id, row.line)
            wrong = f"candidate {candidate.id} stands in line {first} already" if first != row.line else None
        if wrong is None and candidate is not None:
            found.rows.append((row, candidate))
        else:
            found.wrong.append((row.line, wrong or "is about no candidate"))
    return found


def _one(
    row: Row, by_id: Mapping[str, Candidate], by_item: Mapping[tuple[str, str, str], Candidate]
) -> tuple[Candidate | None, str | None]:
    pk = row["candidate_id"]
    if pk is not None:
        candidate = by_id.get(pk)
        if candidate is None:
            return None, f"candidate_id: there is no candidate {pk}"
        return candidate, _edited(row, candidate)
    missing = [name for name in KEYS[1:] if row[name] is None]
    if missing:
        return None, f"{missing[0]}: is missing, and so is candidate_id"
    candidate = by_item.get(_item_key(row))
    known = f"no candidate of {row['client']} is {row['platform']} {row['item_id']}"
    return candidate, None if candidate else known


def _edited(row: Row, candidate: Candidate) -> str | None:
    """What of the row's own names is another candidate's; a sheet loses the last digits of a long number."""
    own = (candidate.client.name, candidate.listing.marketplace, candidate.listing.item_id)
    for name, value in zip(KEYS[1:], own, strict=True):
        said = row[name]
        if said is not None and _spaced(name, said) != _spaced(name, value):
            return f"{name}: {said} is not that of candidate {candidate.id}, which is {value}; was it edited?"
    return None


def _spaced(name: str, value: str) -> str:
    """Taobao and Tmall are one id space: a listing may have moved between them since."""
    return SPACES.get(value, value) if name == "platform" else value


def _item_key(row: Row) -> tuple[str, str, str]:
    return row["client"] or "", _spaced("platform", row["platform"] or ""), row["item_id"] or ""


def _by_id(session: Session, rows: Iterable[Row]) -> dict[str, Candidate]:
    wanted = {pk for row in rows if (pk := row["candidate_id"]) and pk.isascii() and pk.isdecimal() and len(pk) < 10}
    found = {}
    for chunk in _chunks(sorted(map(int, wanted))):
        for each in session.scalars(_candidates().where(Candidate.id.in_(chunk))):
            found[str(each.id)] = each
    return found


def _by_item(session: Session, rows: Iterable[Row]) -> dict[tuple[str, str, str], Candidate]:
    wanted = sorted({row["item_id"] or "" for row in rows if row["candidate_id"] is None})
    found = {}
    for chunk in _chunks(wanted):
        question = _candidates().join(Listing, Listing.id == Candidate.listing_pk).where(Listing.item_id.in_(chunk))
        for each in session.scalars(question):
            found[each.client.name, each.listing.id_space, each.listing.item_id] = each
    return found


def _candidates() -> Any:
    return select(Candidate).options(
        joinedload(Candidate.listing).joinedload(Listing.seller),
        joinedload(Candidate.client).load_only(Client.name),
        joinedload(Candidate.right),
    )


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def day_of(text: str) -> dt.date | None:
    """A day as it is written after `watch:`."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
