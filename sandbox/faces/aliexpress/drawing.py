"""What AliExpress's search and store pages show of their data: drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.catalogue import Goods
from sandbox.faces.aliexpress.cards import card
from sandbox.faces.aliexpress.texts import item_link
from sandbox.markup import Safe, el
from sandbox.pictures import Pictures


def grid(goods: Sequence[Goods], pictures: Pictures) -> Safe:
    """The cards of a page."""
    return el("div", *(_card(one, pictures) for one in goods), id="card-list", class_="grid")


def _card(goods: Goods, pictures: Pictures) -> Safe:
    """One card: as much as its data has."""
    data = card(goods, pictures)
    link = data["p4p"]["clickUrl"] if goods.is_ad else data.get("productDetailUrl", item_link(goods))
    price = data.get("prices", {}).get("salePrice", {}).get("formattedPrice", "")
    return el(
        "a",
        el("img", src=data.get("image", {}).get("imgUrl"), alt="", loading="lazy"),
        el("div", el("h3", goods.title), class_="title", title=goods.title),
        el("div", price, class_="price"),
        el("div", data.get("trade", {}).get("tradeDesc", ""), class_="sales"),
        el("div", data.get("store", {}).get("storeName", ""), *_ad(goods), class_="shop"),
        href=link,
        target="_blank",
        class_="card search-card-item",
    )


def _ad(goods: Goods) -> list[Safe]:
    return [el("span", "Ad", class_="ad")] if goods.is_ad else []


def nothing(query: str) -> Safe:
    """The sentence of a search that found nothing."""
    return el("div", f"Sorry, your search “{query}” did not match any products. Please try again.", class_="notice")
