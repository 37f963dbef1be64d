"""Alibaba.com, over plain HTTP."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from crawler.base import SearchSpider
from crawler.marketplaces import ALIBABA
from crawler.queries import Query
from crawler.shops import shop_address
from spiders.readers.alibaba import READERS, SAVED_READERS


class Alibaba(SearchSpider):
    """Search and detail pages bring their data with them; no browser is started (FACTS 4).

    Marketplace: alibaba.com
    Arguments: brand, variants, keywords, pages, sort, price, items, shop, details, archive (see SearchArguments)
    Access: group ``alibaba``, no login; its robots.txt is not known and is obeyed
    Known limits: about 48 a page; the cap on pages is not known; no capture of a supplier's own list is known
    """

    name = "alibaba"
    site = ALIBABA
    readers = READERS
    saved_readers = SAVED_READERS
    sorts: ClassVar[dict[str, str]] = {"sale-desc": "prodSold180", "price-asc": "PRICE_ASC", "price-desc": "PRICE_DESC"}

    def search_url(self, query: Query, page: int) -> str:
        """The search of all products (FACTS 4)."""
        wanted: dict[str, Any] = {"SearchText": query.text, "IndexArea": "product_en", "tab": "all", "page": page}
        if query.sort in self.sorts:
            wanted["sortType"] = self.sorts[query.sort]
        if query.price:
            wanted |= {"minPrice": query.price[0], "maxPrice": query.price[1]}
        return "https://www.alibaba.com/trade/search?" + urlencode(wanted)

    def shop_url(self, shop: str, page: int) -> str:
        """A supplier's own list; its id here is the first word of its host."""
        address = shop_address(shop, self.site)
        host = address.hostname if address else f"{shop}.en.alibaba.com"
        return f"https://{host}/productlist{f'-{page}' if page > 1 else ''}.html"
