"""The layouts that 1688 answers in, newest first."""

from __future__ import annotations

from crawler.answers import Reader
from spiders.readers.ali1688.classic import idetail_config
from spiders.readers.ali1688.detail import init_data, window_context
from spiders.readers.ali1688.drawn_cards import drawn_cards
from spiders.readers.ali1688.keyword_query import keyword_query
from spiders.readers.ali1688.landing import landing_cards
from spiders.readers.ali1688.search import mtop_offers, offer_list, shop_offers
from spiders.readers.gone import gone

READERS: tuple[Reader, ...] = (
    mtop_offers,
    shop_offers,
    offer_list,
    window_context,
    init_data,
    landing_cards,
    idetail_config,
    keyword_query,
    gone,
)

# For what was saved: a page being loaded may have drawn some of its cards only, and its call says more of each.
SAVED_READERS: tuple[Reader, ...] = (*READERS, drawn_cards)
