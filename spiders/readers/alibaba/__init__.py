"""The layouts that Alibaba.com answers in, newest first."""

from __future__ import annotations

from crawler.answers import Reader
from spiders.readers.alibaba.detail_data import detail_data, nameless_data
from spiders.readers.alibaba.drawn_detail import drawn_detail
from spiders.readers.alibaba.offers import page_data, sse_offers
from spiders.readers.alibaba.shop import shop_module
from spiders.readers.gone import gone

READERS: tuple[Reader, ...] = (sse_offers, detail_data, page_data, shop_module, gone)

# For what was saved: parts of pages, and pages without their scripts.
SAVED_READERS: tuple[Reader, ...] = (*READERS, drawn_detail, nameless_data)
