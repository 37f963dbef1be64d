"""Taobao, where Tmall's goods are found too."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from crawler.base import SearchSpider
from crawler.marketplaces import TAOBAO
from crawler.queries import Query
from spiders.readers.taobao import READERS, SAVED_READERS


class Taobao(SearchSpider):
    """Search on s.taobao.com; the goods come by the page's own JSONP call (FACTS 1).

    Marketplace: taobao.com
    Arguments: brand, keywords, pages, sort, price, items, details, archive (see SearchArguments)
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
