"""What Alibaba.com's pages show of their data: drawn by the server, in the structure that FACTS 4 names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.alibaba.details import attributes, description_pictures, ladder, photographs
from sandbox.faces.alibaba.texts import one_price, pieces, shop_host
from sandbox.markup import Safe, el, joined
from sandbox.pictures import Pictures


def results(offers: Sequence[Mapping[str, Any]], query: str, *, is_empty: bool) -> Safe:
    """The cards of a search; above them, where nothing was found, that they are others."""
    return joined(notice(f"No matches found for “{query[:200]}”") if is_empty else "", grid(offers))


def grid(offers: Sequence[Mapping[str, Any]]) -> Safe:
    """The cards of a page."""
    return el("div", *map(_card, offers), class_="grid organic-list")


def _card(offer: Mapping[str, Any]) -> Safe:
    is_ad = "eurl" in offer
    link = offer["eurl"] if is_ad else offer["productUrl"]
    image = offer.get("mainImage")
    return el(
        "div",
        el("a", el("img", src=image, alt="", loading="lazy"), href=link, target="_blank"),
        # The title of a card is HTML of one kind: escaped text, with what was found in <strong>.
        el("h2", el("a", Safe(offer["title"]), href=link, target="_blank"), class_="title"),
        el("div", offer["price"], class_="price"),
        el("div", offer["moqV2"], class_="sales"),
        el("div", offer.get("soldOrder", ""), class_="sales"),
        _company(offer["supplierHomeHref"], offer["companyName"], is_ad),
        class_="card fy23-search-card",
    )


def _company(address: str, name: str, is_ad: bool) -> Safe:
    ad = [el("span", "Ad", class_="ad")] if is_ad else []
    return el("div", el("a", name, href=address, class_="search-card-e-company"), *ad, class_="shop")


def notice(text: str) -> Safe:
    """A sentence in place of goods, or above them."""
    return el("div", text, class_="notice")


def article(goods: Goods, pictures: Pictures) -> Safe:
    """The page of one article."""
    return joined(
        el("div", _gallery(photographs(goods, pictures)), _facts(goods), class_="item"),
        el(
            "div",
            *(el("img", src=src, alt="", loading="lazy") for src in description_pictures(goods, pictures)),
            class_="description",
        ),
    )


def _gallery(addresses: Sequence[str]) -> Safe:
    large = el("img", src=addresses[0] if addresses else None, alt="", class_="large")
    small = el("div", *(el("img", src=f"{address}_80x80.jpg", alt="") for address in addresses), class_="small")
    return el("div", large, small, class_="gallery")


def _facts(goods: Goods) -> Safe:
    company = el("a", goods.shop_name, href=f"https://{shop_host(goods)}/index.html", title=goods.shop_name)
    off = [] if goods.state == "on_sale" else [notice("This product is not available for purchase at the moment.")]
    return el(
        "div",
        el("div", el("h1", goods.title, title=goods.title), class_="product-title-container"),
        el("div", el("span", company, class_="company-name"), class_="shop"),
        el("div", *(_price_item(goods, *rung) for rung in ladder(goods)), data_testid="ladder-price", class_="ladder"),
        *off,
        el("div", *_rows(goods), class_="attributes"),
    )


def _price_item(goods: Goods, least: int, most: int | None, price: Any) -> Safe:
    reach = f">= {pieces(least)}" if most is None else f"{least:,} - {pieces(most)}"
    amount = el("div", el("span", one_price(price, goods.currency)), class_="price")
    return el("div", el("div", reach), amount, class_="price-item")


def _rows(goods: Goods) -> list[Safe]:
    return [
        el("div", el("span", f"{name}:"), el("span", value), data_other_attribute=f"otherAttribute-{n}")
        for n, (name, value) in enumerate(attributes(goods).items())
    ]
