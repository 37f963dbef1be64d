"""The layouts that Taobao and Tmall answer in, newest first; both share them."""

from __future__ import annotations

from crawler.answers import Reader
from spiders.readers.gone import gone
from spiders.readers.taobao.classic import g_config, tshop_setup
from spiders.readers.taobao.drawn_cards import drawn_cards
from spiders.readers.taobao.mtop import mtop_items, mtop_shop_items
from spiders.readers.taobao.page_config import g_page_config
from spiders.readers.taobao.pcdetail import pcdetail
from spiders.readers.taobao.tbk import tbk
from spiders.readers.taobao.tmall_list import tmall_list

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
