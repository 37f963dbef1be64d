"""What the store knows of sellers and prices, on its way to the matchers: `facts_of(session, client, name)`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchers.price import FEWEST, is_price
from matchers.signals.goods_class import registered_word
from matchers.signals.sellers import MANY_BRANDS
from matchers.title.text import MAX_TITLE, fold_title
from matchers.types import Goods, Mark, SellerFacts
from matchers.units import unit_price
from store.models import Client
from store.selling import History, Key, Offer, histories, offers

MOST = 200  # prices kept of one kind of goods: a median needs no more

Price = tuple[Key, Decimal]
Kind = tuple[str, str, str]  # right, word for the goods, currency


class StoredFacts:
    """Facts of one client, as they stood when they were read. Asking changes nothing: thread-safe."""

    def __init__(self, sellers: Mapping[Key, History], prices: Mapping[Kind, Sequence[Price]]) -> None:
        self._sellers = sellers
        self._prices = prices

    def added(self, goods: Goods, marks: Sequence[Mark]) -> Goods:
        """The listing with what is known of its seller's other listings, and of the prices of other such goods."""
        return replace(goods, seller=self._seller(goods), comparables=self._comparables(goods, marks))

    def _seller(self, goods: Goods) -> SellerFacts | None:
        known = self._sellers.get((goods.id_space or goods.marketplace, goods.seller_id or ""))
        if known is None:
            return None
        own = known.items.get(goods.item_id)
        kinds = Counter(known.items.values())
        if own:
            kinds[own] -= 1
        return SellerFacts(
            listings=max(known.listings - 1, 0) if own else known.listings,
            flagged=kinds["flagged"],
            confirmed=kinds["confirmed"],
            dismissed=kinds["dismissed"],
            brands=known.clients,
        )

    def _comparables(self, goods: Goods, marks: Sequence[Mark]) -> tuple[Decimal, ...]:
        if not self._prices or not goods.currency:
            return ()
        text = "".join(cell.text for cell in fold_title(goods.title[:MAX_TITLE]).cells)
        own = goods.id_space or goods.marketplace, goods.item_id
        for mark in marks:
            word = registered_word(text, mark)
            known = self._prices.get((mark.right_id, word, goods.currency), ()) if word else ()
            prices = tuple(price for item, price in known if item != own)
            if len(prices) >= FEWEST:
                return prices
        return ()


def facts_of(session: Session, client: str) -> StoredFacts:
    """The facts of a client by name; few questions, whatever the number of listings. None of an unknown client."""
    client_id = session.scalar(select(Client.id).where(Client.name == client))
    if client_id is None:
        return StoredFacts({}, {})
    return StoredFacts(histories(session, client_id, MANY_BRANDS), prices_of(offers(session, client_id)))


def prices_of(offered: Iterable[Offer]) -> dict[Kind, list[Price]]:
    """What one article costs, by kind of goods: with authorised sellers where enough are known, else with all."""
    every: dict[Kind, list[Price]] = defaultdict(list)
    allowed: dict[Kind, list[Price]] = defaultdict(list)
    for one in offered:
        kind = one.right, one.word, one.currency
        price = _article(one)
        if price is not None:
            for prices in (every, allowed) if one.authorised else (every,):
                if len(prices[kind]) < MOST:
                    prices[kind].append((one.item, price))
    chosen = {kind: allowed[kind] if len(allowed.get(kind, ())) > FEWEST else prices for kind, prices in every.items()}
    return {kind: prices for kind, prices in chosen.items() if len(prices) >= FEWEST}


def _article(one: Offer) -> Decimal | None:
    found = unit_price(
        Goods(
            marketplace=one.marketplace,
            item_id=one.item[1],
            title=one.title,
            price=one.price_min,
            price_high=one.price_max,
            currency=one.currency,
        )
    )
    return found.amount if found is not None and is_price(found.amount) else None
