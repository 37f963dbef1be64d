"""Answers of the affiliate API (Taobao Open Platform, `taobao.tbk.*`), seen 2018-2026.

Its newest answer names articles by an opaque word that is no public id; it is kept as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import find_key
from crawler.items import Listing
from crawler.marketplaces import canonical_url, identify
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import (
    count,
    first,
    item_id,
    listing,
    money,
    pictures,
    plain,
    seller_id,
    shop_address,
)

LISTS = ("n_tbk_item", "map_data")
TMALL_USER = "1"  # user_type; 0 is taobao
PARTS = ("item_basic_info", "price_promotion_info", "publish_info")  # of an article in the newest answer


@reader(layout="tbk", seen="2018..2026", kinds={"api"})
def tbk(answer: Answer) -> Page | None:
    """Goods of the affiliate API; with or without the wrapper named after the method."""
    goods = next((found for name in LISTS if (found := find_key(answer.json, name)) is not None), None)
    total = count(find_key(answer.json, "total_results"))
    is_answer = isinstance(answer.json, dict) and any(key.startswith("tbk_") for key in answer.json)
    if not isinstance(goods, list) and not (is_answer and total == 0):
        return None
    cards = (_card(item, position) for position, item in enumerate(goods if isinstance(goods, list) else [], 1))
    return page_of_cards("tbk", cards, kind="api", total=total, empty="total_results is 0" if total == 0 else None)


def _card(item: Any, position: int) -> Listing | None:
    flat = _flattened(item)
    number = item_id(first(flat, "num_iid", "item_id"))
    if not number:
        return None
    marketplace = "tmall" if str(first(flat, "user_type")) == TMALL_USER else "taobao"
    price = money(first(flat, "zk_final_price")) or money(first(flat, "reserve_price"))
    seller = seller_id(first(flat, "seller_id"))
    return listing(
        marketplace,
        number,
        url=None if number.isdigit() else _address(flat),
        title=plain(first(flat, "title")),
        price_min=price,
        price_max=price,
        sold=count(first(flat, "volume")),
        shop_name=plain(first(flat, "shop_title", "nick")),
        seller_id=seller,
        seller_url=shop_address(None, seller),
        location=plain(first(flat, "provcity")),
        image_urls=pictures(first(flat, "pict_url"), first(flat, "small_images.string"), first(flat, "small_images")),
        brand=plain(first(flat, "brand_name")),
        position=position,
    )


def _flattened(item: Any) -> Mapping[str, Any]:
    parts = [item, *(first(item, part) for part in PARTS)]
    return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}


def _address(flat: Mapping[str, Any]) -> str | None:
    """The article's address when the API links to it and not to a redirect."""
    link = first(flat, "item_url", "click_url")
    named = identify(link) if isinstance(link, str) else None
    return canonical_url(*named) if named else None
