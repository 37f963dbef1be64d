"""What the address of a search asks for (FACTS 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from sandbox.exchange import Asked
from sandbox.parameters import loose_bound
from sandbox.search import Wanted

SEARCH = re.compile(r"/w/wholesale-?(.*)\.html", re.DOTALL)
_SORTS = {
    "price_asc": "price-asc",
    "price_desc": "price-desc",
    "total_tranpro_desc": "sale-desc",
    "total_volume": "sale-desc",
}
_PRICES = re.compile(r"([\d.]{0,20})-([\d.]{0,20})", re.ASCII)


def wanted(text: str, query: Mapping[str, str]) -> Wanted:
    """A search; a filter that means nothing filters nothing."""
    prices = _PRICES.fullmatch(query.get("pr", ""))
    low, high = prices.groups() if prices else ("", "")
    sort = _SORTS.get(query.get("SortType", ""), "default")
    return Wanted(text=text, sort=sort, price_min=loose_bound(low), price_max=loose_bound(high))


def ships_from_here(query: Mapping[str, str]) -> bool:
    """Whether goods that are sent from China, which all of these are, pass the filter for it."""
    return query.get("shpf_co", "") in ("", "CN")


def words_in_path(asked: Asked) -> str:
    """The address with its words in the path, to which the older one leads."""
    words = quote("-".join(asked.query.get("SearchText", "").split()), safe="")
    rest = urlencode({name: value for name, value in asked.query.items() if name != "SearchText"})
    return f"/w/wholesale-{words}.html?{rest or 'g=y'}"
