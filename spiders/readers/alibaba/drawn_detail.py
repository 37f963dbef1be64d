"""One product's page of Alibaba.com as a browser has drawn it (2025): for what was saved without the page's script.

Its prices are in the visitor's own currency. Where they fall with the quantity, the listing's price is the first one,
that of the smallest order, as the page shows it; the cheaper ones are its steps.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsel import Selector

from crawler.answers import Answer, Page, reader
from crawler.marketplaces import query_value
from crawler.markup import words
from spiders.readers.alibaba.detail_data import BRANDS, named_by_page
from spiders.readers.amounts import Money, localised_money
from spiders.readers.fields import MAX_TEXT, attributes, item_id, listing, pictures, plain
from spiders.readers.wholesale import least, prices, seller_home, tiers

MAX_ELEMENTS = 200  # of one kind that are looked at
_TITLE = "//*[contains(@class, 'product-title-container')]//h1"
_COMPANY = "//*[contains(@class, 'company-name')]//a"
_LADDER = "//*[@data-testid='ladder-price']//*[contains(@class, 'price-item')]"
_PRICE = "//*[@data-testid='product-price' or @data-testid='range-price' or contains(@class, 'module_price')]"
_PICTURES = "//*[@data-testid='product-image-view']//img"


@reader(layout="drawn-detail", seen="2025", kinds={"detail"})
def drawn_detail(answer: Answer) -> Page | None:
    """The heading, the ladder of prices, the company, the rows of attributes."""
    if answer.json is not None or "product-title-container" not in answer.text:
        return None
    tree = answer.html
    title = plain(tree.xpath(f"{_TITLE}/@title").get() or tree.xpath(f"string({_TITLE})").get())
    home = tree.xpath(f"{_COMPANY}/@href").get() or ""
    number = named_by_page(answer) or item_id(query_value(home, "productId"))
    if not title or not number:
        return None
    steps = list(_steps(tree))
    ladder = tiers((least_of, money.low) for least_of, money in steps)
    shown = steps[0][1] if steps else _price(tree)
    known = attributes(_attributes(tree))
    article = listing(
        "alibaba",
        number,
        title=title,
        **prices((), shown and (shown.low, shown.high)),
        currency=shown.currency if shown else None,
        moq=least(ladder, known.get("MOQ")),
        price_tiers=ladder,
        shop_name=plain(tree.xpath(f"{_COMPANY}/@title").get() or tree.xpath(f"string({_COMPANY})").get()),
        seller_url=seller_home(home),
        image_urls=pictures(tree.xpath(f"{_PICTURES}/@data-src").getall(), tree.xpath(f"{_PICTURES}/@src").getall()),
        attributes=known,
        brand=next((known[name] for name in BRANDS if name in known), None),
        source="detail",
    )
    return Page(layout="drawn-detail", kind="detail", listings=(article,))


def _steps(tree: Selector) -> Iterator[tuple[str, Money]]:
    """The quantities and the price of each step: two texts, one under the other."""
    for item in tree.xpath(_LADDER)[:MAX_ELEMENTS]:
        pieces = [piece for each in item.xpath(".//text()").getall() if (piece := each.strip())][:10]
        money = localised_money("".join(pieces[1:]))
        if money:
            yield pieces[0], money


def _price(tree: Selector) -> Money | None:
    for each in tree.xpath(_PRICE)[:5]:
        for piece in each.xpath(".//text()").getall()[:50]:
            if (money := localised_money(piece)) and money.currency:
                return money
    return None


def _attributes(tree: Selector) -> Iterator[tuple[str, str]]:
    for row in tree.xpath("//*[@data-testid='module-attribute-row']")[:MAX_ELEMENTS]:
        cells = row.xpath("./*[@data-testid='module-attribute-name' or @data-testid='module-attribute-value']")
        shown = [cell.root.get("title") or words(cell.root, MAX_TEXT) or "" for cell in cells[:2]]
        if len(shown) == 2:
            yield shown[0], shown[1]
    for row in tree.xpath("//*[@data-other-attribute]")[:MAX_ELEMENTS]:
        name, _, value = (words(row.root, MAX_TEXT) or "").partition(":")
        yield name, value
