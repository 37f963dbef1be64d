"""Facts about sellers: who has most that was flagged and confirmed, and one page of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from store.links import Link, clusters, links_of
from store.models import Candidate, Client, Listing, Right, Seller
from store.selling import CONFIRMED, DISMISSED, SUSPECT

DECISIONS = 20  # the latest that are told
FOUND = 20  # sellers of one id, or of one name, that are offered


@dataclass(frozen=True, slots=True)
class Ranked:
    """A seller among those with most against them. flagged : candidates in all; suspect : not decided yet"""

    name: str
    shop_name: str | None
    flagged: int
    confirmed: int
    dismissed: int
    suspect: int
    rights: int
    last_seen: datetime
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one listing."""

    client: str
    item: str
    state: str
    reason_code: str | None
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class SellerPage:
    """All that is known of a seller.

    marketplaces, states : how many listings, candidates; rights : candidates by (client, right)
    others : the sellers of its cluster
    """

    seller: Seller
    listings: int
    marketplaces: dict[str, int]
    states: dict[str, int]
    rights: dict[tuple[str, str], int]
    decisions: tuple[Decision, ...]
    links: tuple[Link, ...]
    cluster: str | None
    others: tuple[int, ...] = field(default=())


def top_sellers(session: Session, number: int, client_id: int | None = None) -> list[Ranked]:
    """The sellers with most confirmed, then most flagged listings, of a client or of all."""
    confirmed, dismissed, suspect = (_count(states) for states in (CONFIRMED, DISMISSED, SUSPECT))
    question = (
        select(
            Seller.id,
            Seller.id_space,
            Seller.seller_id,
            Seller.shop_name,
            Seller.last_seen,
            func.count(),
            confirmed,
            dismissed,
            suspect,
            func.count(Candidate.right_pk.distinct()),
        )
        .join(Listing, Listing.seller_pk == Seller.id)
        .join(Candidate, Candidate.listing_pk == Listing.id)
        .where(*_of(client_id))
        .group_by(Seller.id)
        .order_by(confirmed.desc(), func.count().desc(), Seller.id)
        .limit(number)
    )
    known = clusters(session)
    return [
        Ranked(f"{space}:{seller_id}", shop, flagged, sure, innocent, open_, rights, seen, known.get(pk))
        for pk, space, seller_id, shop, seen, flagged, sure, innocent, open_, rights in session.execute(question)
    ]


def _count(states: Sequence[str]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((Candidate.state.in_(states), 1), else_=0)), 0)


def _of(client_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if client_id is None else (Candidate.client_id == client_id,)


def sellers_named(session: Session, name: str) -> list[Seller]:
    """Sellers of that id, `taobao:77` or `77`, or of that shop name."""
    space, _, seller_id = name.rpartition(":")
    question = select(Seller).where(Seller.seller_id == seller_id)
    if space:
        question = question.where(Seller.id_space == space)
    found = list(session.scalars(question.order_by(Seller.id).limit(FOUND)))
    return found or list(session.scalars(select(Seller).where(Seller.shop_name == name).limit(FOUND)))


def page(session: Session, seller: Seller, client_id: int | None = None) -> SellerPage:
    """What is known of a seller, for a client or for all."""
    sites = select(Listing.marketplace, func.count()).where(Listing.seller_pk == seller.id)
    marketplaces = dict(session.execute(sites.group_by(Listing.marketplace)).all())
    states: Counter[str] = Counter()
    rights: Counter[tuple[str, str]] = Counter()
    question = (
        select(Candidate.state, Client.name, Right.right_id, func.count())
        .join(Listing, Candidate.listing_pk == Listing.id)
        .join(Client, Candidate.client_id == Client.id)
        .outerjoin(Right, Candidate.right_pk == Right.id)
        .where(Listing.seller_pk == seller.id, *_of(client_id))
        .group_by(Candidate.state, Client.name, Right.right_id)
    )
    for state, client, right, number in session.execute(question):
        states[state] += number
        rights[client, right or "?"] += number
    known = clusters(session)
    own = known.get(seller.id)
    return SellerPage(
        seller=seller,
        listings=sum(marketplaces.values()),
        marketplaces=marketplaces,
        states=dict(states.most_common()),
        rights=dict(rights.most_common()),
        decisions=_decisions(session, seller.id, client_id),
        links=tuple(links_of(session, seller.id)),
        cluster=own,
        others=tuple(pk for pk, each in known.items() if own and each == own and pk != seller.id),
    )


def _decisions(session: Session, seller_pk: int, client_id: int | None) -> tuple[Decision, ...]:
    question = (
        select(
            Client.name,
            Listing.marketplace,
            Listing.item_id,
            Candidate.state,
            Candidate.reason_code,
            Candidate.decided_by,
            Candidate.decided_at,
        )
        .join(Listing, Candidate.listing_pk == Listing.id)
        .join(Client, Candidate.client_id == Client.id)
        .where(Listing.seller_pk == seller_pk, Candidate.decided_at.is_not(None), *_of(client_id))
        .order_by(Candidate.decided_at.desc(), Candidate.id)
        .limit(DECISIONS)
    )
    return tuple(
        Decision(client, f"{site}:{item_id}", state, code, by, at)
        for client, site, item_id, state, code, by, at in session.execute(question)
    )
