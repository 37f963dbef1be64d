"""AliExpress: search over plain HTTP, detail pages in the browser."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from crawler.arguments import ArgumentsError
from crawler.base import SearchSpider
from crawler.marketplaces import ALIEXPRESS
from crawler.queries import Query
from crawler.shops import shop_address
from spiders.readers.aliexpress import DRAWN_READERS, READERS

# Pins currency, region and language: prices, words for sales and ids vary with them (FACTS 5).
LOCALE = "site=glo&c_tp=USD&region=US&b_locale=en_US"


class AliExpress(SearchSpider):
    """Search pages bring their data with them; a detail page's own JavaScript asks for its data (FACTS 5).

    Marketplace: aliexpress.com
    Arguments: brand, variants, keywords, pages, sort, price, items, shop, details, archive (see SearchArguments)
    Access: group ``aliexpress``, no login; its robots.txt is obeyed
    Known limits: 60 a page, 60 pages a query; an address is blocked after a handful of quick requests;
        no capture of a store's own list is known
    """

    name = "aliexpress"
    site = ALIEXPRESS
    readers = READERS
    saved_readers = DRAWN_READERS  # a page that was not filled is no product that was seen
    detail_api = "mtop.aliexpress.pdp.pc.query"
    plain_headers: ClassVar[dict[str, str]] = {"Cookie": f"aep_usuc_f={LOCALE}"}
    browser_cookies: ClassVar[dict[str, str]] = {"aep_usuc_f": LOCALE}
    sorts: ClassVar[dict[str, str]] = {
        "sale-desc": "total_tranpro_desc",
        "price-asc": "price_asc",
        "price-desc": "price_desc",
    }

    def search_url(self, query: Query, page: int) -> str:
        """The words stand in the path, joined by dashes (FACTS 5)."""
        words = quote(re.sub(r"[\s/-]+", "-", query.text).strip("-"), safe="")
        wanted: dict[str, Any] = {"page": page, "g": "y"}
        if query.sort in self.sorts:
            wanted["SortType"] = self.sorts[query.sort]
        if query.price:
            wanted["pr"] = f"{query.price[0]}-{query.price[1]}"
        return f"https://www.aliexpress.com/w/wholesale-{words}.html?{urlencode(wanted)}"

    def shop_url(self, shop: str, page: int) -> str:
        """A store's own list, by the store's number."""
        address = shop_address(shop, self.site)
        number = address.path.strip("/").split("/")[1:2] if address else [shop]
        if not number:
            raise ArgumentsError("shop: give the store's number or its address")
        return f"https://www.aliexpress.com/store/{quote(number[0], safe='')}/pages/all-items.html?page={page}"
