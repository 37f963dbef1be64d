"""Landing pages for advertisements (`p4psearch`, seen 2024): each card is one, each link a redirect."""

from __future__ import annotations

import re
from urllib.parse import unquote

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from spiders.readers.ali1688.search import said_keyword
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import item_id, listing, money, pictures, plain
from spiders.readers.keywords import doubts, keyword_in

CARDS = "//*[contains(concat(' ', @class, ' '), ' offer_exp ')][@data-aplus-report]"
_OBJECT = re.compile(r"(?:^|\^)object_id@([0-9]{1,19})(?=\^|$)")
_AD = re.compile(r"(?:^|\^)_p_isad@1(?=\^|$)")


@reader(layout="landing-cards", seen="2024", kinds={"search"})
def landing_cards(answer: Answer) -> Page | None:
    """Cards `div.offer_exp`; the id stands in what they report of themselves."""
    if answer.json is not None or "offer_exp" not in answer.text:
        return None
    cards = answer.html.xpath(CARDS)
    if not cards:
        return None
    asked = keyword_in(answer.url, "keywords")
    query = said_keyword(answer) or asked
    return page_of_cards(
        "landing-cards",
        (_card(card, n, query) for n, card in enumerate(cards, 1)),
        query=query,
        warnings=doubts(asked, query),
    )


def reported_id(report: str) -> str | None:
    """The article in a `data-aplus-report` attribute."""
    found = _OBJECT.search(report[:4000])
    return item_id(found.group(1)) if found else None


def reported_ad(report: str) -> bool:
    """Whether it says that its place is paid for."""
    return _AD.search(report[:4000]) is not None


def _card(card: Selector, position: int, query: str | None) -> Listing | None:
    report = card.root.get("data-aplus-report") or ""
    number = reported_id(report)
    if not number:
        return None
    title = card.xpath(".//*[contains(concat(' ', @class, ' '), ' subject ')]")[:1]
    price = money("".join(card.xpath("(.//*[contains(@class, 'price_num')])[1]//text()").getall()[:10]))
    nick = card.xpath(".//@data-nick").get() or ""
    return listing(
        "1688",
        number,
        title=plain(title.xpath("@title").get() or title.xpath("string()").get()),
        price_min=price,
        price_max=price,
        shop_name=plain(unquote(nick[:2000])),
        image_urls=pictures(card.xpath(".//img/@data-src").getall(), card.xpath(".//img/@src").getall())[:1],
        is_ad=reported_ad(report),
        position=position,
        query=query,
    )
