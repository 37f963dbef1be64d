"""All that is known of the five sites before anything is asked of them: data, identity, pictures. One door to it."""

from __future__ import annotations

from crawler.identity import (
    ItemRef,
    absolute,
    canonical_id,
    canonical_url,
    identify,
    identify_all,
    marketplace_of,
    query_value,
)
from crawler.pictures import SAVED_PICTURES, image_key, is_image_host, original_image_url
from crawler.sites import ALIBABA, ALIBABA_CN, ALIEXPRESS, SITES, TAOBAO, TMALL, Site, UnknownMarketplaceError, site

__all__ = [
    "ALIBABA",
    "ALIBABA_CN",
    "ALIEXPRESS",
    "SAVED_PICTURES",
    "SITES",
    "TAOBAO",
    "TMALL",
    "ItemRef",
    "Site",
    "UnknownMarketplaceError",
    "absolute",
    "canonical_id",
    "canonical_url",
    "identify",
    "identify_all",
    "image_key",
    "is_image_host",
    "marketplace_of",
    "original_image_url",
    "query_value",
    "site",
]
