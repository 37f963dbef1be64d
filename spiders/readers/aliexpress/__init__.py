"""The layouts that AliExpress answers in, newest first."""

from __future__ import annotations

from crawler.answers import Reader
from spiders.readers.aliexpress.affiliate import affiliate
from spiders.readers.aliexpress.components import component_tree, run_params_data
from spiders.readers.aliexpress.drawn import drawn_detail
from spiders.readers.aliexpress.head import before_hydration, not_found
from spiders.readers.aliexpress.pdp import pdp_query
from spiders.readers.aliexpress.scalars import run_params_scalars
from spiders.readers.aliexpress.search import item_list, run_params_items, run_params_mods, search_data

READERS: tuple[Reader, ...] = (
    search_data,
    pdp_query,
    item_list,
    component_tree,
    run_params_data,
    run_params_mods,
    run_params_items,
    run_params_scalars,
    affiliate,
    not_found,
)

# For a page that a browser has open, when its call was lost: what it has drawn.
DRAWN_READERS: tuple[Reader, ...] = (*READERS, drawn_detail)

# For what was saved: also the head of a page that was never filled. No crawl takes that for a product.
SAVED_READERS: tuple[Reader, ...] = (*DRAWN_READERS, before_hydration)
