"""The page of one offer: the object that stands in it, and the script with its description (FACTS 3, "Detail")."""

from __future__ import annotations

import html
import json
import secrets
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.ali1688.texts import (
    UNIT,
    ladder,
    picture_addresses,
    price_range,
    shop_address,
    smaller,
)
from sandbox.mtop import script_safe
from sandbox.pictures import Pictures
from sandbox.texts import cents_text, digits, properties

IN_STOCK = 20_000
# Where the real page reads its own path of; the same for all offers.
CONTEXT_PATH = "/default"
_FREIGHT = {"$ref": "$.result.global.globalData.model.detailDescription.freightInfo"}
# Stands in the tree where an object with bare numbers for keys comes, which JSON cannot say; nobody can guess it.
_WEIGHTS = secrets.token_hex(16)
_COLOURS = ("图片色", "混色")
_SIZE = "均码"


def context_script(goods: Goods, pictures: Pictures) -> str:
    """`window.context` as the page sets it: a call whose argument is a literal of JavaScript, not JSON."""
    tree = {"result": {"data": _modules(goods, pictures), "global": {"globalData": _model(goods, pictures)}}}
    weights = "{" + ",".join(f"{sku_id}:0.1030" for sku_id, _ in _skus(goods)) + "}"
    literal = script_safe(tree).replace(f'"{_WEIGHTS}"', weights, 1)
    merge = (
        "(function(b,d){var c=d.module||{},e={};"
        'for(var a in c){if(typeof c[a]==="string"){e[a]=c[a]}}'
        "Object.assign(e,c[b]||{});return Object.assign(d,{module:e})})"
    )
    return f'window.contextPath = "{CONTEXT_PATH}";\nwindow.context={merge}(window.contextPath,{literal});'


def description_script(goods: Goods, pictures: Pictures) -> str:
    """The script that a page loads for its description."""
    tags = [f'<img src="{html.escape(each)}">' for each in picture_addresses(goods.description_images, pictures)]
    content = f"<p>{''.join(tags)}</p>" if tags else ""
    return f"var offer_details={json.dumps({'content': content})};"


def description_path(goods: Goods) -> str:
    """Where that script lies on itemcdn.tmall.com."""
    return f"/1688offer/icoss{digits('description ' + goods.item_id, 20)}"


def _modules(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    """What each part of the page is given, by its name."""
    images = picture_addresses(goods.images, pictures)
    gallery = {"offerId": int(goods.item_id), "subject": goods.title, "mainImage": images[:1], "offerImgList": images}
    description = {"detailUrl": f"https://itemcdn.tmall.com{description_path(goods)}"}
    return {
        "Root": {"fields": {"dataJson": _root(goods, images)}, "id": "Root", "type": "od_root"},
        "productTitle": {"fields": {"title": goods.title}, "id": "productTitle", "type": "od_title"},
        "gallery": {"fields": gallery, "id": "gallery", "type": "od_picture_gallery"},
        "description": {"fields": description, "id": "description", "type": "od_description"},
        "shippingServices": {
            "fields": {"freightInfo": _FREIGHT},
            "id": "shippingServices",
            "type": "od_shipping_services",
        },
    }


def _root(goods: Goods, images: list[str]) -> dict[str, Any]:
    rungs = [{"price": cents_text(rung.price), "beginAmount": str(rung.quantity)} for rung in ladder(goods)]
    order = {"beginNum": ladder(goods)[0].quantity, "canBookedAmount": _stock(goods), **_sold(goods, "saledCount")}
    return {
        "offerBaseInfo": {
            "offerId": int(goods.item_id),
            "sellerLoginId": goods.shop_name,
            "sellerMemberId": goods.seller_id,
            "sellerUserId": int(digits(goods.seller_id, 13)),
            "sellerWinportUrl": shop_address(goods.seller_id),
        },
        "orderParamModel": {
            "orderParam": {**order, "skuParam": {"skuPriceType": "rangePrice", "skuRangePrices": rungs}}
        },
        "skuModel": _sku_model(goods, images),
        "tempModel": {
            "companyName": goods.shop_name,
            "offerId": int(goods.item_id),
            "offerTitle": goods.title,
            "offerUnit": UNIT,
            "sellerLoginId": goods.shop_name,
            **_sold(goods, "saledCount"),
        },
    }


def _skus(goods: Goods) -> list[tuple[str, str]]:
    """Sku id and colour of what may be chosen."""
    return [(digits(f"{goods.item_id} {colour}", 13), colour) for colour in _COLOURS]


def _sku_model(goods: Goods, images: list[str]) -> dict[str, Any]:
    price = cents_text(goods.price_max)
    picture = {"imageUrl": smaller(images[0], "100x100", 1)} if images else {}
    values = [{"name": colour, **picture} for colour in _COLOURS]
    skus = {
        f"{colour}&gt;{_SIZE}": {
            "skuId": int(sku_id),
            "specAttrs": f"{colour}&gt;{_SIZE}",
            "price": price,
            "discountPrice": price,
            "canBookCount": _stock(goods) // len(_COLOURS),
            "saleCount": 0,
        }
        for sku_id, colour in _skus(goods)
    }
    props = [{"fid": 3216, "prop": "颜色", "value": values}, {"fid": 450, "prop": "尺码", "value": [{"name": _SIZE}]}]
    return {"skuPriceScale": price_range(goods), "skuProps": props, "skuInfoMap": skus}


def _model(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    return {
        "parametersMap": {"offerId": goods.item_id},
        "model": {
            "detailDescription": {"freightInfo": _freight(goods)},
            "offerDetail": _offer(goods, pictures),
            "sellerModel": {
                "companyName": goods.shop_name,
                "loginId": goods.shop_name,
                "memberId": goods.seller_id,
                "userId": int(digits(goods.seller_id, 13)),
                "winportUrl": shop_address(goods.seller_id),
            },
            "tradeModel": _trade(goods),
        },
    }


def _freight(goods: Goods) -> dict[str, Any]:
    province, _, city = goods.location.partition(" ")
    place = {"location": goods.location, "sendProvinceText": province, "sendCityText": city or province}
    return {"deliveryFee": "TEMPLATED", "totalCost": 3.5, "skuWeight": _WEIGHTS, **(place if province else {})}


def _offer(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    features = [
        {"fid": 2000 + n, "name": k, "value": v, "values": [v]} for n, (k, v) in enumerate(properties(goods).items())
    ]
    images = picture_addresses(goods.images, pictures)
    return {
        "offerId": int(goods.item_id),
        "status": "PUBLISHED",
        "subject": goods.title,
        "featureAttributes": features,
        "imageList": [
            {
                "fullPathImageURI": address,
                "imageURI": address.partition(".com/")[2],
                "size310x310ImageURI": smaller(address, "310x310", 3),
            }
            for address in images
        ],
    }


def _trade(goods: Goods) -> dict[str, Any]:
    rungs = ladder(goods)
    prices = [{"beginAmount": rung.quantity, "price": cents_text(rung.price)} for rung in rungs]
    return {
        "offerId": int(goods.item_id),
        "beginAmount": rungs[0].quantity,
        "canBookedAmount": _stock(goods),
        "minPrice": cents_text(goods.price_min),
        "maxPrice": cents_text(goods.price_max),
        "priceDisplay": price_range(goods),
        "offerPriceModel": {"currentPrices": prices, "priceDisplayType": "rangePrice"},
        "unit": UNIT,
        **_sold(goods, "saleCount"),
    }


def _stock(goods: Goods) -> int:
    return 0 if goods.state == "sold_out" else IN_STOCK


def _sold(goods: Goods, key: str) -> dict[str, int]:
    return {} if goods.sold is None else {key: goods.sold}
