"""The gateway's answers on one article: the pcdetail tree and its description (FACTS 1, "Detail", current)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.taobao.shops import shop_id
from sandbox.faces.taobao.texts import fen, unit
from sandbox.mtop import Answer
from sandbox.pictures import Pictures
from sandbox.texts import digits, price_text, properties

# How the gateway names an article that is gone was not seen: on the site the page itself leads away first.
GONE = ("FAIL_BIZ_ITEM_NOT_EXIST::宝贝不存在",)
OFF_SHELF = "此宝贝已下架"  # FACTS 1, "Removed item"
IN_STOCK = 200


def detail_answer(goods: Goods | None, pictures: Pictures) -> Answer:
    """The answer for an article; None and removed ones are gone."""
    if goods is None or goods.state == "removed":
        return Answer("details", GONE)
    tree = {
        "item": {"title": goods.title, "itemId": goods.item_id, "images": _addresses(goods.images, pictures)},
        "seller": _seller(goods),
        "skuBase": _sku_base(goods),
        "skuCore": {"sku2info": _sku_infos(goods)},
        "componentsVO": {
            "priceVO": {"price": {"priceUnit": unit(goods), **_price(goods.price_min)}},
            "extensionInfoVO": {"infos": [{"type": "BASE_PROPS", "items": _properties(goods)}]},
            **({"bottomBarVO": {"text": OFF_SHELF}} if goods.state == "sold_out" else {}),
        },
    }
    return Answer("details", data=tree, has_goods=True)


def description_answer(goods: Goods | None, pictures: Pictures) -> Answer:
    """The answer for an article's description: HTML with its pictures."""
    if goods is None or goods.state == "removed":
        return Answer("description", GONE)
    tags = [f'<img src="{html.escape(address)}">' for address in _addresses(goods.description_images, pictures)]
    text = f"<p>{''.join(tags)}</p>" if tags else ""
    model = {"desc_richtext_pc": {"model": {"text": text}}}
    return Answer("description", data={"components": {"componentData": model}})


def _addresses(names: tuple[str, ...], pictures: Pictures) -> list[str]:
    return [f"https://img.alicdn.com/imgextra/{pictures.path(name)}" for name in names]


def _seller(goods: Goods) -> dict[str, str]:
    return {
        "shopName": goods.shop_name,
        "sellerNick": goods.shop_name,
        "sellerId": goods.seller_id,
        "userId": goods.seller_id,
        "shopId": shop_id(goods.seller_id),
    }


def _prices(goods: Goods) -> list[Decimal]:
    return sorted({goods.price_min, goods.price_max})


def _sku_id(goods: Goods, number: int) -> str:
    return digits(f"{goods.item_id} {number}", 13)


def _sku_base(goods: Goods) -> dict[str, Any]:
    """One choice when the article has one price, two when it has a range."""
    values = [{"vid": str(3000 + n), "name": f"款式{n + 1}"} for n in range(len(_prices(goods)))]
    return {
        "props": [{"pid": "1627207", "name": "规格", "values": values}],
        "skus": [{"propPath": f"1627207:{v['vid']}", "skuId": _sku_id(goods, n)} for n, v in enumerate(values)],
    }


def _sku_infos(goods: Goods) -> dict[str, Any]:
    """By sku id; "0" speaks of the whole article."""
    prices = _prices(goods)
    stock = 0 if goods.state == "sold_out" else IN_STOCK
    rest = {"quantity": stock, "quantityText": "有货" if stock else "无货"}
    whole = _price(prices[0]) | ({"priceDesc": "起"} if len(prices) > 1 else {})
    return {
        "0": {"price": whole, **rest},
        **{_sku_id(goods, n): {"price": _price(price), **rest} for n, price in enumerate(prices)},
    }


def _price(price: Decimal) -> dict[str, str]:
    return {"priceText": price_text(price), "priceMoney": fen(price), "priceTitle": ""}


def _properties(goods: Goods) -> list[Mapping[str, Any]]:
    return [{"title": name, "text": [value]} for name, value in properties(goods).items()]
