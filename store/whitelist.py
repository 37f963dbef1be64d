"""Who a client allows to sell, and what, on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from store.models import Listing
from store.registered import AuthorisedItem, AuthorisedSeller

SPACES = {"taobao": "taobao", "tmall": "taobao", "tmall_hk": "taobao"}  # Taobao and Tmall shops and items are one kind


Pairs = dict[int, set[tuple[str, str]]]


def authorised(session: Session, clients: Iterable[int], on: dt.date) -> tuple[Pairs, Pairs]:
    """(marketplace, seller id) and (marketplace, item id) that hold on that day, by client."""
    wanted = list(clients)
    seller, item = AuthorisedSeller, AuthorisedItem
    sellers = select(seller.client_id, seller.marketplace, seller.seller_id).where(seller.client_id.in_(wanted))
    items = select(item.client_id, item.marketplace, item.item_id).where(item.client_id.in_(wanted))
    return _pairs(session, sellers.where(_holds(seller, on))), _pairs(session, items.where(_holds(item, on)))


def _pairs(session: Session, question: Select[int, str, str]) -> Pairs:
    found: Pairs = {}
    for client_id, marketplace, name in session.execute(question):
        found.setdefault(client_id, set()).add((marketplace, name))
    return found


def is_authorised(session: Session, client_id: int, listing: Listing, on: dt.date) -> bool:
    """Whether the listing's seller or the item itself is allowed on that day; a seller holds on its whole id space."""
    sellers, items = (each.get(client_id, set()) for each in authorised(session, [client_id], on))
    seller = listing.seller.seller_id if listing.seller else None
    return (listing.id_space, seller) in _by_space(sellers) or (listing.id_space, listing.item_id) in _by_space(items)


def _by_space(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(SPACES.get(marketplace, marketplace), name) for marketplace, name in pairs}


def _holds(model: type[AuthorisedSeller] | type[AuthorisedItem], on: dt.date) -> ColumnElement[bool]:
    return and_(
        or_(model.valid_from.is_(None), model.valid_from <= on), or_(model.valid_to.is_(None), model.valid_to >= on)
    )
