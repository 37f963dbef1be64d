"""Taobao, where Tmall's goods are found too."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from crawler.base import SearchSpider
from crawler.marketplaces import TAOBAO
from crawler.queries import Query
from crawler.shops import shop_address
from spiders.readers.taobao import READERS, SAVED_READERS


class Taobao(SearchSpider):
    """Search on s.taobao.com; the goods come by the page's own JSONP call (FACTS 1).

    Marketplace: taobao.com
    Arguments: brand, variants, keywords, pages, sort, price, items, shop, details, archive (see SearchArguments)
    Access: group ``taobao``, the operator's own login; robots.txt refuses unnamed crawlers
    Known limits: 48 a page, 100 pages a query; pages are turned by the site's own button, since the app
        rewrites ``page=N`` to 1
    """

    name = "taobao"
    site = TAOBAO
    readers = READERS
    saved_readers = SAVED_READERS
    search_api = "wirelessrecommend.recommend"
    detail_api = "taobao.pcdetail.data.get"
    shop_api = "search.api.getshopitemlist"
    next_button = "button.next-pagination-item.next-next"
    tab: ClassVar[str] = "all"

    def search_url(self, query: Query, page: int) -> str:
        """First result page; further ones are reached by the button."""
        wanted: dict[str, Any] = {"q": query.text, "tab": self.tab, "page": page}
        if query.sort != "default":
            wanted["sort"] = query.sort
        if query.price:
            wanted["filter"] = f"reserve_price[{query.price[0]},{query.price[1]}]"
        return "https://s.taobao.com/search?" + urlencode(wanted)

    def shop_url(self, shop: str, page: int) -> str:
        """A shop's list of all its goods; by the seller's id the site leads there itself."""
        address = shop_address(shop, self.site)
        if address is None:
            return "https://store.taobao.com/shop/view_shop.htm?" + urlencode({"user_number_id": shop})
        by_id = address.hostname == "store.taobao.com"
        return address.geturl() if by_id else f"https://{address.hostname}/search.htm"
