"""1688, the wholesale market."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote, urlencode

from crawler.base import SearchSpider
from crawler.marketplaces import ALIBABA_CN
from crawler.queries import Query
from crawler.shops import shop_address
from spiders.readers.ali1688 import READERS, SAVED_READERS


class Ali1688(SearchSpider):
    """Search on s.1688.com; the goods come by the page's own JSONP call, details with their page (FACTS 3).

    Marketplace: 1688.com
    Arguments: brand, variants, keywords, pages, sort, price, items, shop, details, archive (see SearchArguments)
    Access: group ``1688``, the operator's own login; its robots.txt is obeyed
    Known limits: 60 a page; the cap on pages is not known (34 were seen); pages are turned by the site's own
        arrow, since an address with ``beginPage`` repeats three quarters of the offers
    """

    name = "1688"
    site = ALIBABA_CN
    readers = READERS
    saved_readers = SAVED_READERS
    entrance = "https://www.1688.com/"
    search_api = "wirelessrecommend.recommend"
    shop_api = "alisite.cbu.server.moduleasyncservice"
    detail_api = "mtop.1688.mmga.offerdetail.service"
    next_button = "a.fui-next:not(.fui-disabled), button:not([disabled]):has-text('下一页')"  # of a search, of a shop
    sorts: ClassVar[dict[str, str]] = {
        "sale-desc": "va_rmdarkgmv30",
        "price-asc": "va_price_asc",
        "price-desc": "va_price_desc",
    }

    def search_url(self, query: Query, page: int) -> str:
        """First result page; further ones are reached by the arrow."""
        wanted = {"beginPage": str(page)}
        if query.sort in self.sorts:
            wanted["sortType"] = self.sorts[query.sort]
        if query.price:
            wanted |= {"priceStart": str(query.price[0]), "priceEnd": str(query.price[1])}
        return f"https://s.1688.com/selloffer/offer_search.htm?{keywords(query.text)}&{urlencode(wanted)}"

    def shop_url(self, shop: str, page: int) -> str:
        """A shop's list of all its offers; by the member id the site leads there itself."""
        address = shop_address(shop, self.site)
        if address is None:
            return "https://winport.m.1688.com/page/index.html?" + urlencode({"memberId": shop})
        return f"https://{address.hostname}/page/offerlist.htm"


def keywords(text: str) -> str:
    """The site reads its keyword as GBK, unless told otherwise; what GBK does not hold is sent as UTF-8."""
    try:
        return "keywords=" + quote(text.encode("gbk"), safe="")
    except UnicodeEncodeError:
        return f"keywords={quote(text, safe='')}&charset=utf8"
