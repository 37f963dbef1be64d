"""Rights into the store: idempotent, all rows or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.blobs import Blobs
from store.models import AuthorisedSeller, Client, Mark, MarkName, ReferencePicture, Right
from store.names import fold_name
from store.register.rows import RightRow

PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif"}
MAX_PICTURE = 30 * 2**20
CheckPicture = Callable[[bytes], None]
_PLAIN = ("type", "number", "jurisdiction", "registrant", "filed_on", "registered_on", "expires_on", "status")


@dataclass(frozen=True)
class Imported:
    """How many rights are new, and which were there (and now stand as the file says)."""

    added: int
    updated: int


class PictureError(Exception):
    """A picture that a row names cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Prepared:
    """A row with the pictures it names, kept in the data folder; `problems` has a line for each that was left out."""

    row: RightRow
    pictures: tuple[ReferencePicture, ...] = ()
    problems: tuple[str, ...] = ()


def prepare(row: RightRow, folder: Path, blobs: Blobs, check: CheckPicture) -> Prepared:
    """Copy the pictures a row names into the data folder.

    folder : the file's own; no path leaves it
    check : raises an exception whose text says why, when the bytes are no usable picture
    """
    kept, problems = [], []
    for role, entries in (("mark", row.images), ("photo", row.photos), ("negative", row.negative_photos)):
        paths, lost = _files(folder, entries)
        problems += lost
        for path in paths:
            try:
                data = _read(path, check)
            except PictureError as error:
                problems.append(str(error))
                continue
            kept.append(ReferencePicture(role=role, name=path.name, sha256=blobs.put(data)))
    return Prepared(row, tuple(kept), tuple(f"{row.right_id}: {problem}" for problem in problems))


def import_rights(session: Session, prepared: Iterable[Prepared]) -> Imported:
    """Write rights; one that stands already (client, right_id) takes the file's values."""
    added = updated = 0
    clients = {client.name: client for client in session.scalars(select(Client))}
    rights = {(right.client_id, right.right_id): right for right in session.scalars(select(Right))}
    for each in prepared:
        client = _client(session, each.row, clients)
        right = rights.get((client.id, each.row.right_id))
        if right is None:
            right = rights[client.id, each.row.right_id] = Right(client=client, right_id=each.row.right_id)
            session.add(right)
            added += 1
        else:
            updated += 1
        _fill(right, each.row)
        _replace_pictures(right, each.pictures)
    session.flush()
    return Imported(added, updated)


def _client(session: Session, row: RightRow, clients: dict[str, Client]) -> Client:
    client = clients.get(row.client)
    if client is None:
        client = clients[row.client] = Client(name=row.client, distribution="open")
        session.add(client)
        session.flush()
    client.distribution = row.distribution or client.distribution
    return client


def _fill(right: Right, row: RightRow) -> None:
    for name in _PLAIN:
        setattr(right, name, getattr(row, name))
    right.nice_classes = list(row.nice_classes)
    right.goods = list(row.goods)
    right.reference_prices = dict(row.reference_prices())
    if row.type == "trademark":
        right.mark = right.mark or Mark()
        right.mark.kind = row.sign_kind
        names = row.all_names()
        if [(name.role, name.name) for name in right.mark.names] != names:
            right.mark.names = [MarkName(role=role, name=name, folded=fold_name(name)) for role, name in names]
    sellers = row.sellers()
    if [(seller.marketplace, seller.seller_id) for seller in right.authorised_sellers] != sellers:
        right.authorised_sellers = [AuthorisedSeller(marketplace=m, seller_id=s) for m, s in dict.fromkeys(sellers)]


def _replace_pictures(right: Right, pictures: Iterable[ReferencePicture]) -> None:
    new = {(picture.role, picture.sha256): picture for picture in pictures}
    old = {(picture.role, picture.sha256): picture for picture in right.pictures}
    if new.keys() != old.keys():
        right.pictures = [old.get(key, picture) for key, picture in new.items()]


def _files(folder: Path, entries: Iterable[str]) -> tuple[list[Path], list[str]]:
    """The files that entries name: a file, or every picture of a folder, one level; never outside `folder`."""
    root, found, problems = folder.resolve(), [], []
    for entry in entries:
        try:
            found += _named(root, entry)
        except PictureError as error:
            problems.append(f"{entry}: {error}")
        except (OSError, RuntimeError):  # a name that no file can have, a loop of links, a folder nobody may read
            problems.append(f"{entry}: no such file")
    return found, problems


def _named(root: Path, entry: str) -> list[Path]:
    path = (root / entry).resolve()
    if not path.is_relative_to(root):
        raise PictureError("leaves the folder of the file")
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise PictureError("no such file")
    inside = [file for file in sorted(path.iterdir()) if file.suffix.lower() in PICTURES and file.is_file()]
    inside = [file for file in inside if file.resolve().is_relative_to(root)]
    if not inside:
        raise PictureError("no pictures in this folder")
    return inside


def _read(path: Path, check: CheckPicture) -> bytes:
    try:
        if path.stat().st_size > MAX_PICTURE:
            raise PictureError(f"larger than {MAX_PICTURE >> 20} MB")
        data = path.read_bytes()
        check(data)
    except Exception as error:
        raise PictureError(f"{path.name}: {error}") from None
    return data
