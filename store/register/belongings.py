"""What belongs to a right: pictures, papers, who is authorised, innocent titles, the names of its mark."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session

from store.models import (
    AuthorisedItem,
    AuthorisedSeller,
    Mark,
    MarkName,
    NegativeTitle,
    ReferencePicture,
    RightDocument,
)
from store.names import fold_name
from store.register.prepare import Kept, Prepared
from store.register.rows import RightRow
from store.register.sync import sync
from store.upsert import ids, upsert

Rows = list[dict[str, Any]]
Key = tuple[int, str]  # client id, right_id
_MARK = {"mark", "names", "aliases", "kind", "images"}


@dataclass(frozen=True)
class _Belonging:
    """One kind of them: the file's columns that tell it, the table, by what its rows are compared, and the rows."""

    what: str
    columns: frozenset[str]
    model: type[DeclarativeBase]
    names: tuple[str, ...]
    rows: Callable[[int, Prepared], Rows]


def write_belongings(
    session: Session, rights: Mapping[int, tuple[Key, Prepared]], told: frozenset[str], made: Mapping[str, Any]
) -> dict[int, list[str]]:
    """Write what belongs to each right (by its id); what of it is other than before, in words.

    told : the file's columns; what no column tells stays
    made : who added it and when, for the tables that keep it
    """
    changed: dict[int, list[str]] = {}
    for kind in _KINDS:
        if told & kind.columns:
            wanted = {pk: kind.rows(key[0], each) for pk, (key, each) in rights.items()}
            more = made if kind.model is NegativeTitle else None
            for pk in sync(session, kind.model, "right_pk", wanted=wanted, names=kind.names, more=more):
                changed.setdefault(pk, []).append(kind.what)
    if told & _MARK:
        for pk in _write_marks(session, {pk: each.row for pk, (_, each) in rights.items()}):
            changed.setdefault(pk, []).append("names")
    return changed


def _files(files: Iterable[Kept], *names: str) -> Rows:
    """A file that is named twice is kept once."""
    return list({(file.role, file.sha256): {name: getattr(file, name) for name in names} for file in files}.values())


def title_digest(title: str) -> str:
    """By what an innocent title is known again, however it is spaced and cased."""
    return hashlib.sha256(fold_name(title).encode("utf-8", "surrogatepass")).hexdigest()


_KEPT = ("role", "name", "sha256")
_PAPER = (*_KEPT, "bytes")
_KINDS = (
    _Belonging(
        "pictures",
        frozenset({"images", "photos", "negative_photos"}),
        ReferencePicture,
        _KEPT,
        lambda client, each: _files(each.pictures, *_KEPT),
    ),
    _Belonging(
        "documents", frozenset({"documents"}), RightDocument, _PAPER, lambda client, each: _files(each.papers, *_PAPER)
    ),
    _Belonging(
        "sellers",
        frozenset({"authorised_sellers"}),
        AuthorisedSeller,
        ("client_id", "marketplace", "seller_id"),
        lambda client, each: [{"client_id": client, "marketplace": m, "seller_id": s} for m, s in each.row.sellers()],
    ),
    _Belonging(
        "items",
        frozenset({"authorised_items"}),
        AuthorisedItem,
        ("client_id", "marketplace", "item_id"),
        lambda client, each: [{"client_id": client, "marketplace": m, "item_id": i} for m, i in each.row.items()],
    ),
    _Belonging(
        "titles",
        frozenset({"negative_titles"}),
        NegativeTitle,
        ("client_id", "title", "digest"),
        lambda client, each: [
            {"client_id": client, "title": t, "digest": title_digest(t)} for t in each.row.negative_titles
        ],
    ),
)


def _write_marks(session: Session, rows: Mapping[int, RightRow]) -> set[int]:
    """Marks of trademarks, and their names; the rights whose names are other than before."""
    marked = {pk: row for pk, row in rows.items() if row.type == "trademark"}
    kinds = [{"right_pk": pk, "kind": row.sign_kind} for pk, row in marked.items()]
    upsert(session, Mark, kinds, keys=["right_pk"], replace=["kind"])
    marks = {right_pk: pk for (right_pk,), pk in ids(session, Mark, ("right_pk",), [(pk,) for pk in marked]).items()}
    wanted = {
        marks[pk]: [{"role": role, "name": name, "folded": fold_name(name)} for role, name in row.all_names()]
        for pk, row in marked.items()
    }
    changed = sync(session, MarkName, "mark_id", wanted=wanted, names=("role", "name", "folded"))
    return {pk for pk, mark in marks.items() if mark in changed}
