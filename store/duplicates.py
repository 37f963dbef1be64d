"""Candidates that show the same goods make a group, so that one decision can serve many.

A candidate joins the first of the earlier ones that it is like (`likeness`), or is the first of a group to come; only
firsts are looked up, by index, a bounded number of them a key. In the order of their ids that gives the same groups
whether candidates come one by one or all at once. A group has the id of its first, and keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select, union_all, update
from sqlalchemy.orm import Session

from store.events import lock_chain
from store.likeness import MAX_PHOTOS, Likeness, Shown, keys, likeness, shown
from store.models import Candidate, GroupKey, Listing, ListingPhoto, Photo
from store.upsert import ids

FIRSTS = 50  # looked at for each key; a picture that more goods show is told by their titles
BATCH = 400  # candidates loaded at once


def group_pairs(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Group the candidates of these (listing, client) pairs, where they are no member of a group yet."""
    wanted = ids(session, Candidate, ("listing_pk", "client_id"), pairs).items()
    for client_id in sorted({pair[1] for pair, _ in wanted}):
        group(session, client_id, sorted(pk for pair, pk in wanted if pair[1] == client_id))


def group(session: Session, client_id: int, pks: Sequence[int]) -> None:
    """Group candidates of a client whose chain is locked, in the order of their ids."""
    grouped = set(session.scalars(select(Candidate.id).where(Candidate.id.in_(pks), Candidate.group_id.is_not(None))))
    loose = [pk for pk in pks if pk not in grouped]
    known = load(session, loose)
    before = _keys_of(session, loose)
    for pk in loose:
        own = keys(known[pk]) if pk in known else []
        if set(own) == before.get(pk, set()):
            continue  # as when it was looked at last; those that came since have looked at it
        session.execute(delete(GroupKey).where(GroupKey.candidate_pk == pk))
        first = _first(session, client_id, known, known[pk], own) if own else None
        if first is not None:
            session.execute(update(Candidate).where(Candidate.id.in_([first, pk])).values(group_id=first))
        elif own:
            rows = [{"client_id": client_id, "key": key, "candidate_pk": pk} for key in own]
            session.execute(insert(GroupKey), rows)


def _first(session: Session, client_id: int, known: dict[int, Shown], one: Shown, own: Sequence[str]) -> int | None:
    """The earliest first of a group that it is like."""
    looked = [
        select(
            select(GroupKey.candidate_pk)
            .where(GroupKey.client_id == client_id, GroupKey.key == key)
            .order_by(GroupKey.candidate_pk)
            .limit(FIRSTS)
            .subquery()
            .c.candidate_pk
        )
        for key in own
    ]
    found = sorted(set(session.scalars(union_all(*looked))) - {one.pk})
    known |= load(session, [pk for pk in found if pk not in known])
    return next((pk for pk in found if pk in known and likeness(one, known[pk])), None)


def _keys_of(session: Session, pks: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for start in range(0, len(pks), BATCH):
        question = select(GroupKey.candidate_pk, GroupKey.key)
        for pk, key in session.execute(question.where(GroupKey.candidate_pk.in_(pks[start : start + BATCH]))):
            found.setdefault(pk, set()).add(key)
    return found


def load(session: Session, pks: Sequence[int]) -> dict[int, Shown]:
    """What these candidates show."""
    found: dict[int, Shown] = {}
    for start in range(0, len(pks), BATCH):
        wanted = Candidate.id.in_(pks[start : start + BATCH])
        photos: dict[int, list[tuple[str, str | None]]] = {}
        pictures = (
            select(Candidate.id, Photo.sha256, Photo.pdq)
            .join(ListingPhoto, ListingPhoto.listing_pk == Candidate.listing_pk)
            .join(Photo)
            .where(wanted, ListingPhoto.position <= MAX_PHOTOS)
            .order_by(Candidate.id, ListingPhoto.position, Photo.sha256)
        )
        for pk, sha256, pdq in session.execute(pictures):
            photos.setdefault(pk, []).append((sha256, pdq))
        titles = select(Candidate.id, Listing.title).join(Listing).where(wanted)
        found |= {pk: shown(pk, title, photos.get(pk, [])) for pk, title in session.execute(titles)}
    return found


def regroup(session: Session, client_id: int) -> int:
    """Group all candidates of a client anew; how many are in another group than before."""
    lock_chain(session, client_id)
    own = select(Candidate.id, Candidate.group_id).where(Candidate.client_id == client_id).order_by(Candidate.id)
    before = dict(session.execute(own).all())
    session.execute(delete(GroupKey).where(GroupKey.client_id == client_id))
    session.execute(update(Candidate).where(Candidate.client_id == client_id).values(group_id=None))
    pks = list(before)
    for start in range(0, len(pks), BATCH):
        group(session, client_id, pks[start : start + BATCH])
    return sum(before[pk] != now for pk, now in session.execute(own))


def members(session: Session, candidate: Candidate) -> list[Candidate]:
    """All of its group, itself too, by id."""
    if candidate.group_id is None:
        return [candidate]
    question = select(Candidate).where(
        Candidate.group_id == candidate.group_id, Candidate.client_id == candidate.client_id
    )
    return list(session.scalars(question.order_by(Candidate.id)))


def explained(session: Session, candidate: Candidate) -> list[tuple[Candidate, Likeness | None]]:
    """The others of its group, and why each is there: how it is like the first, or the first like it."""
    others = [each for each in members(session, candidate) if each.id != candidate.id]
    known = load(session, [candidate.id, *(each.id for each in others)])
    first = known.get(candidate.group_id or candidate.id)
    if first is None:
        return [(each, None) for each in others]
    return [(each, likeness(known[candidate.id] if each.id == first.pk else known[each.id], first)) for each in others]
