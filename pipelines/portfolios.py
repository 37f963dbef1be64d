"""Marks on their way from the store to the matchers, which know nothing of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from crawler.marketplaces import SITES
from matchers.title.nicknames import Nicknames, read, with_nicknames
from matchers.types import Mark, Picture, Portfolio
from store.blobs import Blobs
from store.days import platform_day
from store.models import AuthorisedItem, AuthorisedSeller, ReferencePrice, Right

# Units of the price list that are one article; of a box or a dozen nobody knows what a listing sells of it.
ARTICLES = frozenset({"piece", "pair", "set", "pc", "pcs", "件", "双", "只", "个", "套", "支", "瓶", "台", "部"})
Allowed = TypeVar("Allowed", AuthorisedSeller, AuthorisedItem)


def portfolios(rights: Iterable[Right], blobs: Blobs, nicknames: Path | None = None) -> list[Portfolio]:
    """One portfolio a client, of loaded rights (`store.queries.rights_of_clients`).

    nicknames : a file of the operator's own (`matchers.title.nicknames`). Raises NicknamesError, OSError
    """
    known = read(nicknames) if nicknames else {}
    by_client: dict[str, list[Right]] = defaultdict(list)
    for right in rights:
        by_client[right.client.name].append(right)
    return [_portfolio(client, each, blobs, known) for client, each in by_client.items()]


def _portfolio(client: str, rights: list[Right], blobs: Blobs, known: dict[str, Nicknames]) -> Portfolio:
    own = rights[0].client
    return Portfolio(
        client=client,
        marks=tuple(with_nicknames(_mark(right, blobs), known) for right in rights if right.mark),
        photos={right.right_id: found for right in rights if (found := _pictures(right, "photo", blobs))},
        negative_photos=tuple(picture for right in rights for picture in _pictures(right, "negative", blobs)),
        negative_titles=tuple(dict.fromkeys(each.title for each in own.negative_titles)),
        authorised_sellers=_on_all_sites((each.marketplace, each.seller_id) for each in _today(own.authorised_sellers)),
        authorised_items=frozenset((_space(each.marketplace), each.item_id) for each in _today(own.authorised_items)),
        distribution=own.distribution,
    )


def _mark(right: Right, blobs: Blobs) -> Mark:
    assert right.mark is not None
    return Mark(
        right_id=right.right_id,
        kind=right.mark.kind,
        names=tuple(name.name for name in right.mark.names if name.role == "name"),
        aliases=tuple(name.name for name in right.mark.names if name.role == "alias"),
        nice_classes=tuple(right.nice_classes),
        goods=tuple(right.goods),
        images=_pictures(right, "mark", blobs),
        reference_prices={currency: Decimal(amount) for currency, amount in right.reference_prices.items()},
        model_prices=_model_prices(right.prices),
    )


def _model_prices(prices: Iterable[ReferencePrice]) -> dict[str, dict[str, Decimal]]:
    """{model: {currency: price of one article}}."""
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for each in prices:
        if each.unit.lower() in ARTICLES:
            found[each.model][each.currency] = each.amount
    return dict(found)


def _pictures(right: Right, role: str, blobs: Blobs) -> tuple[Picture, ...]:
    found = ((picture.sha256, blobs.get(picture.sha256)) for picture in right.pictures if picture.role == role)
    return tuple(Picture(key=sha256, data=data) for sha256, data in found if data is not None)


def _today(allowed: Iterable[Allowed]) -> list[Allowed]:
    """Those that hold on the platforms' day."""
    day = platform_day(datetime.now(UTC))
    return [each for each in allowed if each.holds(day)]


def _on_all_sites(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """A seller id holds on every site of its id space: Taobao and Tmall shops are one kind of account."""
    return frozenset(
        (site.name, seller)
        for marketplace, seller in pairs
        for site in SITES.values()
        if site.id_space == _space(marketplace)
    )


def _space(marketplace: str) -> str:
    return SITES[marketplace].id_space if marketplace in SITES else marketplace
