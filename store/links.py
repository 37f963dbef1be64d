"""Which sellers are the same, and which are near: links with their reasons, and clusters over the firm ones alone.

Sellers are never compared in pairs: who shares a trait stands in one bucket. A bucket of many is no link: what twenty
shops share comes from a supplier, or from nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from store.models import Seller, SellerTrait
from store.traits import BRANCH, FAMILY, LICENCE, PHOTO, PHOTO_SET, TEMPLATE, UPLOADER

MOST_SHARING = 20  # sellers of a bucket
FEWEST_SOFT = 2  # photos or templates that two shops share
SHOWN = 50  # links of a seller that are told
FIRM = (LICENCE, UPLOADER, PHOTO_SET, BRANCH)
SOFT = (PHOTO, TEMPLATE, FAMILY)
REASONS = {
    LICENCE: "the same licence number: {value}",
    UPLOADER: "pictures of both carry the same user id in their names: {value}",
    PHOTO_SET: "both shops show the very same photos, all of them",
    BRANCH: "the shops are numbered branches of one name: {value}",
    PHOTO: "{number} photos are shown by both",
    TEMPLATE: "{number} titles are made alike",
    FAMILY: "the names of the shops begin alike: {value}",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Why a seller belongs to another. firm : others have no other explanation than one owner"""

    seller_pk: int
    kind: str
    firm: bool
    reason: str


def links_of(session: Session, seller_pk: int) -> list[Link]:
    """The links of a seller to others, firm ones first; at most SHOWN."""
    shared = _shared(session, seller_pk)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for kind, value, other in shared:
        found[other, kind].append(value)
    branches = {other for other, kind in found if kind == BRANCH}
    links = [
        Link(other, kind, kind in FIRM, REASONS[kind].format(value=values[0], number=len(values)))
        for (other, kind), values in found.items()
        if len(values) >= (FEWEST_SOFT if kind in (PHOTO, TEMPLATE) else 1)
        and not (kind == FAMILY and other in branches)
    ]
    order = (*FIRM, *SOFT)
    return sorted(links, key=lambda one: (order.index(one.kind), one.seller_pk))[:SHOWN]


def _shared(session: Session, seller_pk: int) -> Iterator[tuple[str, str, int]]:
    """(kind, value, other seller) of each trait that few share."""
    own, each, other = aliased(SellerTrait), aliased(SellerTrait), aliased(SellerTrait)
    number = func.count()
    few = (
        select(each.kind, each.value)
        .join(own, (own.kind == each.kind) & (own.value == each.value))
        .where(own.seller_pk == seller_pk, own.kind != BRANCH)
        .group_by(each.kind, each.value)
        .having(number > 1, number <= MOST_SHARING)
        .subquery()
    )
    question = (
        select(other.kind, other.value, other.seller_pk)
        .join(few, (other.kind == few.c.kind) & (other.value == few.c.value))
        .where(other.seller_pk != seller_pk)
        .order_by(other.kind, other.value, other.seller_pk)
    )
    rows = [(kind, value, pk) for kind, value, pk in session.execute(question)]
    branched = _branched(session, [value for kind, value, _ in rows if kind == FAMILY])
    for kind, value, pk in rows:
        yield BRANCH if kind == FAMILY and value in branched else kind, value, pk


def _branched(session: Session, values: list[str]) -> set[str]:
    """Names of which a numbered branch is known."""
    question = select(SellerTrait.value).where(SellerTrait.kind == BRANCH, SellerTrait.value.in_(values))
    return set(session.scalars(question))


def clusters(session: Session) -> dict[int, str]:
    """The cluster of each seller that has a firm link: its id is made of the seller who was known first."""
    leaders: dict[int, int] = {}
    for bucket in _buckets(session):
        first, *others = bucket
        for other in others:
            join(leaders, first, other)
    return {pk: f"S{leader(leaders, pk)}" for pk in leaders}


def _buckets(session: Session) -> Iterator[list[int]]:
    """Sellers that share a firm trait, few enough."""
    branched = set(session.scalars(select(SellerTrait.value).where(SellerTrait.kind == BRANCH)))
    kinds = (LICENCE, UPLOADER, PHOTO_SET, FAMILY)
    number = func.count()
    few = (
        select(SellerTrait.kind, SellerTrait.value)
        .where(SellerTrait.kind.in_(kinds))
        .group_by(SellerTrait.kind, SellerTrait.value)
        .having(number > 1, number <= MOST_SHARING)
        .subquery()
    )
    question = (
        select(SellerTrait.kind, SellerTrait.value, SellerTrait.seller_pk)
        .join(few, (SellerTrait.kind == few.c.kind) & (SellerTrait.value == few.c.value))
        .order_by(SellerTrait.kind, SellerTrait.value, SellerTrait.seller_pk)
    )
    yield from _grouped(row for row in session.execute(question) if row[0] != FAMILY or row[1] in branched)


def _grouped(rows: Iterable[tuple[str, str, int]]) -> Iterator[list[int]]:
    key, bucket = None, list[int]()
    for kind, value, pk in rows:
        if (kind, value) != key and bucket:
            yield bucket
            bucket = []
        key = (kind, value)
        bucket.append(pk)
    if bucket:
        yield bucket


def leader(leaders: dict[int, int], one: int) -> int:
    """The first of the set that one is in (union-find, paths halved)."""
    leaders.setdefault(one, one)
    while leaders[one] != one:
        leaders[one] = leaders[leaders[one]]
        one = leaders[one]
    return one


def join(leaders: dict[int, int], one: int, other: int) -> None:
    """Make one set of two; whoever was known first leads it."""
    first, second = sorted((leader(leaders, one), leader(leaders, other)))
    leaders[second] = first


def names_of(session: Session, pks: Iterable[int]) -> dict[int, str]:
    """How sellers are called: `taobao:77 (shop name)`, by id."""
    question = select(Seller.id, Seller.id_space, Seller.seller_id, Seller.shop_name).where(Seller.id.in_(set(pks)))
    return {
        pk: f"{space}:{seller_id}" + (f" ({shop})" if shop else "")
        for pk, space, seller_id, shop in session.execute(question)
    }
