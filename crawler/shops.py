"""The seller that an operator names: by id, or by the address of the shop."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from crawler.arguments import ArgumentsError
from crawler.marketplaces import Site, absolute, marketplace_of, site

_ID = re.compile(r"[\w.=+-]{1,100}")  # of a seller on any of the sites; never a part of an address by itself


def shop_address(shop: str, home: Site) -> SplitResult | None:
    """The shop's address in parts; None when an id was given. Raises ArgumentsError, one line."""
    if "/" not in shop and not any(shop.lower().endswith("." + host) for host in home.hosts):
        if not _ID.fullmatch(shop):
            raise ArgumentsError("shop: give a seller's id or the address of its shop")
        return None
    name = marketplace_of(absolute(shop))
    if name is None or site(name).access_group != home.access_group:
        raise ArgumentsError(f"shop: this address is not one of {home.name}")
    return urlsplit(absolute(shop))
