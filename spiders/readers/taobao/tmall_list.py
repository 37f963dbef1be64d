"""Tmall's own result page as it was: `list.tmall.com/search_product.htm`, cards in the document (seen 2019)."""

from __future__ import annotations

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.marketplaces import identify, query_value
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, item_id, listing, money, pictures, plain, seller_id, seller_of, shop_address

_LINK = ".//p[contains(@class, 'productTitle')]//a"
_SHOP = ".//a[contains(@class, 'productShop-name')]"
_PICTURE = ".//*[contains(@class, 'productImg')]//img"


@reader(layout="tmall-list", seen="2019", kinds={"search"})
def tmall_list(answer: Answer) -> Page | None:
    """Cards `#J_ItemList .product[data-id]`."""
    if answer.json is not None or "J_ItemList" not in answer.text:
        return None
    cards = answer.html.xpath("//*[@id='J_ItemList']//div[contains(concat(' ', @class, ' '), ' product ')][@data-id]")
    query = plain(query_value(answer.url or "", "q"))
    return page_of_cards("tmall-list", (_card(card, n, query) for n, card in enumerate(cards, 1)))


def _card(card: Selector, position: int, query: str | None) -> Listing | None:
    link = card.xpath(f"{_LINK}/@href").get() or ""
    named = identify(link)
    number = item_id(card.root.get("data-id")) or (named.item_id if named else None)
    if not number:
        return None
    shop = card.xpath(f"{_SHOP}/@href").get()
    seller = seller_id(seller_of(shop), seller_of(link))
    price = money(card.xpath(".//p[contains(@class, 'productPrice')]//em/@title").get())
    sold = plain(card.xpath("string(.//p[contains(@class, 'productStatus')]//em)").get())
    picture = card.xpath(_PICTURE)
    return listing(
        "tmall",
        number,
        title=plain(card.xpath(f"{_LINK}/@title").get() or card.xpath(f"string({_LINK})").get()),
        price_min=price,
        price_max=price,
        sold=count(sold),
        sold_text=sold,
        shop_name=plain(card.xpath(f"string({_SHOP})").get()),
        seller_id=seller,
        seller_url=shop_address(None, seller),
        image_urls=pictures(picture.xpath("@data-ks-lazyload").get(), picture.xpath("@src").get())[:1],
        position=position,
        query=query,
    )
