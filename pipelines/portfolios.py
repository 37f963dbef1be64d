"""Marks on their way from the store to the matchers, which know nothing of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from crawler.marketplaces import SITES
from matchers.title.nicknames import Nicknames, read, with_nicknames
from matchers.types import Mark, Picture, Portfolio
from store.blobs import Blobs
from store.models import Right


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
    return Portfolio(
        client=client,
        marks=tuple(with_nicknames(_mark(right, blobs), known) for right in rights if right.mark),
        photos={right.right_id: found for right in rights if (found := _pictures(right, "photo", blobs))},
        negative_photos=tuple(picture for right in rights for picture in _pictures(right, "negative", blobs)),
        authorised_sellers=frozenset(pair for right in rights for pair in _sellers(right)),
        distribution=rights[0].client.distribution,
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
    )


def _pictures(right: Right, role: str, blobs: Blobs) -> tuple[Picture, ...]:
    found = ((picture.sha256, blobs.get(picture.sha256)) for picture in right.pictures if picture.role == role)
    return tuple(Picture(key=sha256, data=data) for sha256, data in found if data is not None)


def _sellers(right: Right) -> Iterable[tuple[str, str]]:
    """A seller id holds on every site of its id space: Taobao and Tmall shops are one kind of account."""
    for seller in right.authorised_sellers:
        space = SITES[seller.marketplace].id_space if seller.marketplace in SITES else seller.marketplace
        for site in SITES.values():
            if site.id_space == space:
                yield site.name, seller.seller_id
