"""Tmall: Taobao's search, its shops only."""

from __future__ import annotations

from crawler.marketplaces import TMALL
from spiders.taobao import Taobao


class Tmall(Taobao):
    """Search on s.taobao.com with ``tab=mall``: the same calls and layouts as Taobao (FACTS 2).

    Marketplace: tmall.com
    Arguments: brand, variants, keywords, pages, sort, price, items, shop, details, archive (see SearchArguments)
    Access: group ``taobao``, the login of both; robots.txt refuses unnamed crawlers
    Known limits: 48 a page, 100 pages a query; ``list.tmall.com`` is read where saved, never asked: it wants a login
    """

    name = "tmall"
    site = TMALL
    tab = "mall"
