"""AliExpress's detail page as a browser has drawn it (2025, 2026): for pages that were saved, or whose call was lost.

Attributes `data-pl` are the site's own marks; classes are `part--piece--hash`, of which the hash changes with every
release and the part now and then, so the beginnings are matched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.markup import words
from spiders.readers.aliexpress.head import named_in_head, number_in_head, priced_in_head
from spiders.readers.aliexpress.parts import NAME, brand_of, store_address
from spiders.readers.amounts import Money, localised_count, localised_money
from spiders.readers.fields import MAX_TEXT, attributes, item_id, listing, pictures, plain, text

LAYOUT = "drawn-detail"
MAX_ROWS = 200
MAX_PRICE_TEXT = 100  # characters

TITLE = ("product-title",)
STORE = ("store-name",)
PRICE_CLASSES = (  # newest first; the last are older and stand on more than prices
    "price-default--current",
    "price--currentPriceText",
    "price--current",
    "product-price-current",
    "product-price-value",
    "uniform-banner-box-price",
)
STORE_CLASSES = ("store-detail--storeName--", "store-info--name--", "store-header--storeName--")
PICTURE_CLASSES = ("slider--img--", "image-view--preview", "magnifier--")
SOLD_CLASSES = ("reviewer--sold--",)


@reader(layout=LAYOUT, seen="2025..2026", kinds={"detail"})
def drawn_detail(answer: Answer) -> Page | None:
    """One article; a page without its price and its store is not drawn yet."""
    if answer.json is not None or "data-pl" not in answer.text or TITLE[0] not in answer.text:
        return None
    tree = answer.html
    title, key = plain(_marked(tree, TITLE[0])), number_in_head(tree, answer.url)
    shown, store = _price(tree), plain(_marked(tree, STORE[0]) or _classed(tree, *STORE_CLASSES))
    if not title or not key or (shown is None and store is None):
        return None
    article = _article(tree, key, title, shown, store)
    return Page(layout=LAYOUT, kind="detail", listings=(article,))


def _article(tree: Selector, key: str, title: str, shown: Money | None, store: str | None) -> Listing:
    sold = text(_classed(tree, *SOLD_CLASSES))
    known = attributes(_rows(tree))
    address = tree.xpath("//a[contains(@href, '/store/')]/@href").get()
    article = listing(
        NAME,
        key,
        title=title,
        price_min=shown.low if shown else None,
        price_max=shown.high if shown else None,
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=store,
        seller_id=_seller(tree),
        seller_url=store_address(address),
        image_urls=pictures(*_pictures(tree)),
        attributes=known,
        brand=brand_of(known),
        source="detail",
    )
    said = priced_in_head(tree)
    currency = (shown.currency if shown else None) or (said.currency if said else None)
    return replace(article, currency=currency)  # a bare sign may be that of any country: no guess


def _price(tree: Selector) -> Money | None:
    """Of the first element that is one; prices of other goods stand further down, in other classes."""
    for name in PRICE_CLASSES:
        for element in tree.xpath(f"({_class(name)})[position() <= 5]"):
            if found := localised_money(_words(element, MAX_PRICE_TEXT)):
                return found
    return None


def _pictures(tree: Selector) -> Iterator[str | None]:
    """Those beside the title, then those that the head of the page names."""
    for name in PICTURE_CLASSES:
        yield from tree.xpath(f"({_class(name)}/descendant-or-self::img/@src)[position() <= {MAX_ROWS}]").getall()
    yield from named_in_head(tree).pictures


def _rows(tree: Selector) -> Iterator[tuple[str, str]]:
    for row in tree.xpath(f"({_class('specification--prop--')})[position() <= {MAX_ROWS}]"):
        yield _classed(row, "specification--title--") or "", _classed(row, "specification--desc--") or ""


def _seller(tree: Selector) -> str | None:
    """The member id in the link of the button that writes to the seller."""
    link = tree.xpath("//a[contains(@href, 'sellerAdminSeq=')]/@href").get() or ""
    return item_id(link.partition("sellerAdminSeq=")[2].partition("&")[0])


def _class(beginning: str) -> str:
    return f".//*[contains(concat(' ', @class), ' {beginning}')]"


def _marked(tree: Selector, mark: str) -> str | None:
    found = tree.xpath(f"(//*[@data-pl='{mark}'])[1]")
    return _words(found[0], MAX_TEXT) if found else None


def _classed(tree: Selector, *beginnings: str) -> str | None:
    found = (tree.xpath(f"({_class(name)})[1]") for name in beginnings)
    return next((shown for each in found if each and (shown := _words(each[0], MAX_TEXT))), None)


def _words(element: Selector, limit: int) -> str | None:
    return " ".join((words(element.root, limit) or "").split()) or None
