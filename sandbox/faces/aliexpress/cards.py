"""The data of a search page: `window._dida_config_._init_data_` (FACTS 5, "Search")."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.aliexpress.texts import luck, money, price_text, shown_id, sku_id, sold_text, thumbnail
from sandbox.pictures import Pictures
from sandbox.texts import ad_token, number_or_text

PAGE_SIZE = 60  # FACTS 5
MAX_PAGES = 60  # FACTS 5, C: some code stops at 20
# So that a page of 60 has about the 680 kB of a real one (FACTS 0.3).
BALLAST = 9_000
_BUNDLE = "https://www.aliexpress.com/ssr/300000512/BundleDeals2"
_BADGE = {
    "tagStyleType": "default",
    "tagContent": {
        "displayTagType": "image",
        "tagImgUrl": "https://ae01.alicdn.com/kf/Sbadge/154x64.png",
        "tagImgWidth": 154,
        "tagImgHeight": 64,
    },
}
_FREE_SHIPPING = {"tagStyleType": "default", "tagContent": {"displayTagType": "text", "tagText": "Free shipping"}}


def init_data(goods: Sequence[Goods], page: int, pictures: Pictures, *, bulk: bool = False) -> dict[str, Any]:
    """The object of one page of these goods; without `itemList` when there are none.

    bulk : each card as heavy as a real one
    """
    content = [card(one, pictures) | (_ballast(one) if bulk else {}) for one in of_page(goods, page)]
    info = {"page": page, "pageSize": PAGE_SIZE, "totalResults": len(goods), "finished": page >= page_count(goods)}
    fields = {"pageInfo": info, "mods": {"itemList": {"content": content}} if goods else _nothing()}
    hierarchy = {"root": "root", "structure": {"root": ["main2023_3717"]}}
    return {"hierarchy": hierarchy, "data": {"root": {"fields": fields}}}


def of_page(goods: Sequence[Goods], page: int) -> Sequence[Goods]:
    """The goods of one page; none beyond the last."""
    return goods[: MAX_PAGES * PAGE_SIZE][(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def page_count(goods: Sequence[Goods]) -> int:
    """How many pages a list of goods has."""
    return min(-(-len(goods) // PAGE_SIZE), MAX_PAGES)


def _nothing() -> dict[str, Any]:
    return {"searchTips": {"type": "noResult", "title": "Sorry, your search did not match any products."}}


def card(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    """One card. Not all have prices, deals or a store, as on the site; which lack what goes by their ids."""
    chance = luck(goods)
    return {
        "productId": shown_id(goods),
        "redirectedId": shown_id(goods),
        "itemType": "productV3",
        "productType": "ad" if goods.is_ad else "natural",
        **({"lunchTime": f"{goods.listed_at} 00:00:00"} if goods.listed_at else {}),
        **_images(goods, pictures),
        "title": {"displayTitle": goods.title, "seoTitle": goods.title, "shortTitle": False},
        **({} if chance % 29 == 0 else {"prices": _prices(goods)}),
        "sellingPoints": [_BADGE, _FREE_SHIPPING],
        "evaluation": {"starRating": 4 + chance % 10 / 10},
        **({"trade": {"tradeDesc": sold_text(goods.sold)}} if goods.sold else {}),
        **({} if chance % 3 == 0 else {"store": _store(goods)}),
        **({} if chance % (2 if goods.is_ad else 4) else {"productDetailUrl": _bundle(goods)}),
        **({"p4p": _paid(goods)} if goods.is_ad else {}),
        "trace": {"utLogMap": _log(goods), "pdpParams": {"channel": "direct"}},
        "config": {"prices": {"isPricePower": "false"}},
    }


def _images(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    images = [_image(thumbnail(goods, name, pictures)) for name in goods.images]
    return {"image": images[0], "images": images} if images else {}


def _image(address: str) -> dict[str, Any]:
    return {"imgUrl": address, "imgWidth": 350, "imgHeight": 350, "imgType": "0"}


def _prices(goods: Goods) -> dict[str, Any]:
    """The cheapest choice, beside a dearer price that it is said to have had."""
    return {
        "skuId": sku_id(goods),
        "pricesStyle": "default",
        "currencySymbol": "$",
        "originalPrice": {"priceType": "original_price", **money(goods.price_min * 2, goods.currency)},
        "salePrice": {"priceType": "sale_price", "discount": 50, **money(goods.price_min, goods.currency)},
    }


def _store(goods: Goods) -> dict[str, Any]:
    seller = number_or_text(goods.seller_id)
    address = f"//www.aliexpress.com/store/{goods.seller_id}"
    return {"storeName": goods.shop_name, "storeId": seller, "storeUrl": address, "aliMemberId": seller}


def _bundle(goods: Goods) -> str:
    return f"{_BUNDLE}?productIds={goods.item_id}:{sku_id(goods)}&pha_manifest=ssr&sourceName=SEARCHProduct"


def _paid(goods: Goods) -> Mapping[str, Any]:
    return {
        "clickUrl": f"//us-click.aliexpress.com/ci_bb?ot=hippo&a=1000&e={ad_token(goods)}&ap=1&rp=1",
        "sessionId": ad_token(goods),
        "adTag": {"displayTagType": "text", "tagText": "Ad"},
    }


def _log(goods: Goods) -> dict[str, Any]:
    """What the page's counters are told; `x_object_id` is the id that all regions share."""
    return {
        "x_object_id": goods.item_id,
        "x_object_type": "productV3",
        "sku_id": sku_id(goods),
        "formatted_price": price_text(goods.price_min, goods.currency),
        **({"real_trade_count": str(goods.sold)} if goods.sold else {}),
    }


def _ballast(goods: Goods) -> dict[str, Any]:
    """Text that does not repeat, as a real card has much of."""
    blocks = (hashlib.sha256(f"{goods.item_id} {n}".encode()).hexdigest() for n in range(BALLAST // 64))
    return {"extraParams": {"sku_images": "".join(blocks)}}
