"""Taobao's result page as a browser has drawn it (2026): for pages that were saved, or whose calls could not be read.

Class names change with every release, so cards are known by their link and their text, in the order in which it stands:
title, price, label, number of deals, place, tags, shop.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.marketplaces import identify, marketplace_of, query_value
from crawler.markup import words
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, item_id, listing, money, pictures, plain, seller_of, shop_address, text

LEGACY = "g_page_config"  # on that page the price stands before the title
MAX_LINKS = 2_000  # of one page that are looked at; a page has 48 cards of one to four links
MAX_CARD_TEXT = 1_000  # characters; more is not one card
MAX_CLIMB = 10  # elements from a link up to its card

_AD_HOST = "//click.simba.taobao.com/"
_PRICE = re.compile(r"[¥￥]\s*([0-9][0-9,]{0,12})\s*(\.\s*[0-9]{1,2})?")
_OTHER_PRICE = re.compile(r"(?:优惠前|直降|满减|满)[^¥￥]{0,4}$")
_SOLD = re.compile(r"[0-9][0-9.,]{0,12}\s*[万亿]?\+?\s*人(?:付款|收货)")
_PLACE = re.compile(
    r"(?:北京|上海|天津|重庆|香港|澳门|台湾|海外)"
    r"|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    r"|内蒙古|广西|西藏|宁夏|新疆)(?:\s+[\u4e00-\u9fff]{2,8})?"
)


@reader(layout="drawn-cards", seen="2026", kinds={"search"})
def drawn_cards(answer: Answer) -> Page | None:
    """Cards that hold a link to an article, a price and a number of deals."""
    if answer.json is not None or LEGACY in answer.text or not _SOLD.search(answer.text):
        return None
    query = plain(query_value(answer.url or "", "q"))
    boxes: dict[Any, tuple[Selector, str]] = {}
    for link in answer.html.xpath("//a[contains(@href, 'id=')]")[:MAX_LINKS]:
        box = _box(link) if _number(link.root.get("href")) else None
        if box is not None:
            boxes.setdefault(box.root, (box, link.root.get("href")))
    cards = [_card(box, href, position, query) for position, (box, href) in enumerate(boxes.values(), 1)]
    return page_of_cards("drawn-cards", cards) if cards else None


def _number(href: str) -> str | None:
    named = identify(href)
    return named.item_id if named else item_id(query_value(href, "id")) if _AD_HOST in href else None


def _box(link: Selector) -> Selector | None:
    """The smallest element around a link that is a whole card."""
    around = [link, *reversed(link.xpath("ancestor::*")[-MAX_CLIMB:])]
    for each in around:
        shown = words(each.root, MAX_CARD_TEXT)
        deals = _SOLD.findall(shown) if shown is not None else []
        if shown is None or len(deals) > 1:
            return None
        if deals and _PRICE.search(shown):
            return each
    return None


def _card(box: Selector, href: str, position: int, query: str | None) -> Listing | None:
    pieces = [piece for piece in box.xpath(".//text()").getall() if piece.strip()]
    shown = " ".join(piece.strip() for piece in pieces)
    sold = _SOLD.search(shown)
    price = _price(shown)
    place = _PLACE.match(shown[sold.end() :].strip()) if sold else None
    shop = next((a for a in box.xpath(".//a/@href").getall() if "shop" in a and marketplace_of(a)), None)
    seller = seller_of(shop)
    named = identify(href)
    title = _title(pieces)
    if title is None:
        return None
    return listing(
        named.marketplace if named else "taobao",
        str(_number(href)),
        title=title,
        price_min=price,
        price_max=price,
        sold=count(sold.group()) if sold else None,
        sold_text=text(sold.group()) if sold else None,
        shop_name=plain(pieces[-1]) if pieces and sold and pieces[-1].strip() not in sold.group() else None,
        seller_id=seller,
        seller_url=shop_address(shop, seller),
        location=place.group() if place else None,
        image_urls=pictures(box.xpath(".//img/@data-src").getall(), box.xpath(".//img/@src").getall())[:1],
        is_ad=_AD_HOST in href,
        position=position,
        query=query,
    )


def _title(pieces: list[str]) -> str | None:
    before: list[str] = []
    for piece in pieces:
        if "¥" in piece or "￥" in piece:
            break
        before.append(piece)
    return plain("".join(before))


def _price(shown: str) -> Decimal | None:
    for found in _PRICE.finditer(shown):
        if not _OTHER_PRICE.search(shown[: found.start()][-12:]):
            return money(found.group(1) + (found.group(2) or "").replace(" ", ""))
    return None
