"""The layouts that Taobao and Tmall answer in, newest first; both share them."""

from __future__ import annotations

from crawler.answers import Reader
from spiders.readers.classic import g_config, tshop_setup
from spiders.readers.drawn_cards import drawn_cards
from spiders.readers.gone import gone
from spiders.readers.mtop import mtop_items, mtop_shop_items
from spiders.readers.page_config import g_page_config
from spiders.readers.pcdetail import pcdetail
from spiders.readers.tbk import tbk
from spiders.readers.tmall_list import tmall_list

READERS: tuple[Reader, ...] = (
    mtop_shop_items,
    mtop_items,
    pcdetail,
    g_page_config,
    g_config,
    tshop_setup,
    tmall_list,
    tbk,
    gone,
)

# For what was saved: a page being loaded may have drawn some of its cards only, and its call says more of each.
SAVED_READERS: tuple[Reader, ...] = (*READERS, drawn_cards)
