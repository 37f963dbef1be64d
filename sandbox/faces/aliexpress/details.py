"""The gateway's answer on one article: mtop.aliexpress.pdp.pc.query (FACTS 5, "Detail")."""

from __future__ import annotations

import html
from decimal import Decimal
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.aliexpress.texts import original, price_text, sku_id
from sandbox.mtop import Answer
from sandbox.pictures import Pictures
from sandbox.texts import number_or_text

IN_STOCK = 200
_COLOUR = 14  # the site's own number of that property


def detail_answer(goods: Goods | None, asked_id: str, pictures: Pictures) -> Answer:
    """The answer for an article, under the id that was asked for; one that is gone is a success all the same."""
    if goods is None or goods.state == "removed":
        gone = {"GLOBAL_DATA": {"globalData": {"errorCode": "SITEM_NOT_EXIST", "i18n": {}}}}
        return Answer("details", data={"result": gone})
    modules = {
        "GLOBAL_DATA": {"globalData": _global(goods, asked_id)},
        "PRODUCT_TITLE": {"text": goods.title},
        "HEADER_IMAGE_PC": {"imagePathList": [original(name, pictures) for name in goods.images]},
        "SHOP_CARD_PC": _shop_card(goods),
        "SKU": _sku(goods),
        "PRICE": _price(goods, asked_id),
        "QUANTITY_PC": {"totalAvailableInventory": _stock(goods) * len(_choices(goods))},
        "PRODUCT_PROP_PC": {"showedProps": [{"attrName": k, "attrValue": v} for k, v in properties(goods).items()]},
        "DESC": {"pcDescUrl": description_address(goods)},
    }
    return Answer("details", data={"result": modules}, has_goods=True)


def properties(goods: Goods) -> dict[str, str]:
    """Attributes, the brand first; the catalogue's own columns are right where both are given."""
    own = {"Brand Name": goods.brand} if goods.brand else {}
    origin = {"Origin": goods.location} if goods.location else {}
    return {**own, **origin, **goods.attributes, **own}


def description_address(goods: Goods) -> str:
    """Where the description's HTML stands."""
    return f"https://aeproductsourcesite.alicdn.com/product/description/pc/v2/en_EN/desc.htm?productId={goods.item_id}"


def description(goods: Goods, pictures: Pictures) -> bytes:
    """The description's HTML: its pictures."""
    tags = (f'<img src="{html.escape(original(name, pictures))}">' for name in goods.description_images)
    return f"<div>{''.join(tags)}</div>".encode()


def _global(goods: Goods, asked_id: str) -> dict[str, Any]:
    seller = number_or_text(goods.seller_id)
    return {
        "subject": goods.title,
        "productId": number_or_text(asked_id),
        "sellerId": seller,
        "storeId": seller,
        "storeName": goods.shop_name,
        "currencyCode": goods.currency,
        **({} if goods.sold is None else {"sales": str(goods.sold)}),
        "itemStatus": 0 if goods.state == "on_sale" else 1,
    }


def _shop_card(goods: Goods) -> dict[str, Any]:
    info = {"storeNum": number_or_text(goods.seller_id), "storeURL": f"//www.aliexpress.com/store/{goods.seller_id}"}
    return {"storeName": goods.shop_name, "sellerInfo": info, "sellerPositiveRate": "97.1"}


def _choices(goods: Goods) -> list[Decimal]:
    """One choice when the article has one price, two when it has a range."""
    return sorted({goods.price_min, goods.price_max})


def _stock(goods: Goods) -> int:
    return 0 if goods.state == "sold_out" else IN_STOCK


def _sku(goods: Goods) -> dict[str, Any]:
    numbers = range(len(_choices(goods)))
    values = [{"propertyValueIdLong": 700 + n, "propertyValueDisplayName": f"Style {n + 1}"} for n in numbers]
    prop = {"skuPropertyId": _COLOUR, "skuPropertyName": "Color", "skuPropertyValues": values}
    paths = [_path(goods, n) for n in numbers]
    return {"selectedSkuId": number_or_text(sku_id(goods)), "skuProperties": [prop], "skuPaths": paths}


def _path(goods: Goods, choice: int) -> dict[str, Any]:
    sku = sku_id(goods, choice)
    stock = _stock(goods)
    return {
        "skuId": number_or_text(sku),
        "skuIdStr": sku,
        "path": f"{_COLOUR}:{700 + choice}",
        "skuStock": stock,
        "salable": stock > 0,
    }


def _price(goods: Goods, asked_id: str) -> dict[str, Any]:
    infos = {sku_id(goods, n): _price_info(price, goods.currency) for n, price in enumerate(_choices(goods))}
    return {
        "productId": number_or_text(asked_id),
        "selectedSkuId": number_or_text(sku_id(goods)),
        "skuPriceInfoMap": infos,
        "skuIdStrPriceInfoMap": infos,
        "targetSkuPriceInfo": infos[sku_id(goods)],
    }


def _price_info(price: Decimal, currency: str) -> dict[str, Any]:
    """Both forms that code of 2026 reads: an object, and the text that is shown."""
    text = price_text(price, currency)
    return {
        "originalPrice": _amount(price * 2, currency),
        "salePrice": _amount(price, currency),
        "salePriceString": text,
        "salePriceLocal": f"{text}|{price:f}".replace(".", "|"),
    }


def _amount(price: Decimal, currency: str) -> dict[str, Any]:
    return {"currency": currency, "formatedAmount": price_text(price, currency), "value": float(price)}
