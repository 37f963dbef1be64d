"""Result pages of 1688 as a browser has drawn them (2022-26): for pages that were saved without the page's calls.

Class names change with every release, so a card is the smallest element around a link to an article, or around what
reports one, that shows a price and no other article.
"""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.marketplaces import identify
from crawler.markup import words
from spiders.readers.ali1688.landing import reported_ad, reported_id
from spiders.readers.ali1688.search import said_keyword
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, listing, money, pictures, plain, text
from spiders.readers.keywords import doubts, keyword_in
from spiders.readers.wholesale import quantity, seller_home

DETAILS = ("window.contextPath", "__INIT_DATA", "iDetailConfig")  # a page of one article shows others beside it
MAX_LINKS = 2_000  # of one page that are looked at; a page has 60 cards of one to five links
MAX_CARD_TEXT = 600  # characters; more is not one card
MAX_CLIMB = 10  # elements from a link up to its card

_AD_HOST = "//dj.1688.com/"
_ARTICLES = "//*[contains(@href, '1688.com/offer/') or contains(@href, 'offerId=') or @data-aplus-report]"
_PRICE = re.compile(r"[¥￥]\s*([0-9][0-9,]{0,12})\s*(\.\s*[0-9]{1,2})?")
_SOLD = re.compile(
    r"(?:已售|成交|销量|售出)\s*([0-9][0-9.,]{0,12}\s*[万亿]?\s*\+?)\s*(?=[件个双套条只台笔单把瓶盒包张])"
)
_LEAST = re.compile(r"(?:≥|起批量?|起订量?)\s*[0-9]{1,9}|[0-9]{1,9}\s*\w?\s*起(?:批|订)")
_BACKGROUND = re.compile(r"url\(\s*[\"']?([^\"')]{1,1000})")


@reader(layout="drawn-cards", seen="2022..2026", kinds={"search"})
def drawn_cards(answer: Answer) -> Page | None:
    """Cards that hold a link to an article and a price."""
    if answer.json is not None or any(marker in answer.text for marker in DETAILS):
        return None
    boxes: dict[Any, tuple[Selector, str]] = {}
    for mark in answer.html.xpath(_ARTICLES)[:MAX_LINKS]:
        box = _box(mark) if _number(mark.root) else None
        if box is not None:
            boxes.setdefault(box.root, (box, str(_number(mark.root))))
    if not boxes:
        return None
    asked = keyword_in(answer.url, "keywords")
    query = said_keyword(answer) or asked
    cards = [_card(box, number, n, query) for n, (box, number) in enumerate(boxes.values(), 1)]
    return page_of_cards("drawn-cards", cards, query=query, warnings=doubts(asked, query))


def _number(element: Any) -> str | None:
    report = reported_id(element.get("data-aplus-report", ""))
    named = identify(element.get("href", "")) if not report else None
    return report or (named.item_id if named and named.marketplace == "1688" else None)


def _box(mark: Selector) -> Selector | None:
    """The smallest element around a mark that is a whole card."""
    for each in [mark, *reversed(mark.xpath("ancestor::*")[-MAX_CLIMB:])]:
        shown = words(each.root, MAX_CARD_TEXT)
        if shown is None:
            return None
        if _PRICE.search(shown):
            inside = {number for each in each.root.iter() if isinstance(each.tag, str) and (number := _number(each))}
            return each if len(inside) == 1 else None
    return None


def _card(box: Selector, number: str, position: int, query: str | None) -> Listing | None:
    pieces = [piece for piece in box.xpath(".//text()").getall() if piece.strip()]
    shown = " ".join(piece.strip() for piece in pieces)
    sold = _SOLD.search(shown)
    found = _PRICE.search(shown)
    price = money(found.group(1) + (found.group(2) or "").replace(" ", "")) if found else None
    start = _LEAST.search(shown)
    links = [box.root.get("href", ""), *box.xpath(".//@href").getall()]
    backgrounds = _BACKGROUND.findall(" ".join(box.xpath(".//@style").getall())[:20_000])
    shop = box.xpath("(.//*[contains(@class, 'company') or contains(@class, 'shop')][@title or text()])[1]")
    return listing(
        "1688",
        number,
        title=_named(box, "title") or _before_price(pieces),
        price_min=price,
        price_max=price,
        moq=quantity(start.group()) if start else None,
        sold=count(sold.group(1)) if sold else None,
        sold_text=text(sold.group()) if sold else None,
        shop_name=plain(shop.xpath("@title").get() or shop.xpath("string()").get()),
        seller_url=seller_home(*links),
        image_urls=pictures(box.xpath(".//img/@data-src").getall(), box.xpath(".//img/@src").getall(), backgrounds)[:1],
        is_ad=any(_AD_HOST in link for link in links)
        or any(map(reported_ad, box.xpath(".//@data-aplus-report").getall())),
        position=position,
        query=query,
    )


def _named(box: Selector, part: str) -> str | None:
    """The text of the innermost element that is called so."""
    for each in box.xpath(f".//*[contains(@class, '{part}')][text()]")[:5]:
        if found := plain(each.root.get("title") or words(each.root, MAX_CARD_TEXT)):
            return found
    return None


def _before_price(pieces: list[str]) -> str | None:
    before: list[str] = []
    for piece in pieces:
        if "¥" in piece or "￥" in piece:
            break
        before.append(piece)
    return plain("".join(before))
