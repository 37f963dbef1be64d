"""Numbers, ids and addresses as AliExpress writes them (FACTS 0.1 and 5)."""

from __future__ import annotations

import re
from decimal import Decimal

from sandbox.catalogue import Goods
from sandbox.pictures import Pictures
from sandbox.texts import ad_token, digits, grouped_text, number_or_text, slug

# What the site of a region adds to an id; only ids that then start so are ever seen there (FACTS 0.1).
REGIONAL = 2**51
_REGIONAL_ID = re.compile(r"(?:3256|2255|2251)\d{12}", re.ASCII)
_SIGNS = {"USD": "US $", "EUR": "€", "GBP": "£", "CNY": "CN¥"}


def money(price: Decimal, currency: str) -> dict[str, object]:
    """A price as cards have it."""
    return {
        "currencyCode": currency,
        "minPrice": float(price),
        "formattedPrice": price_text(price, currency),
        "cent": int(price * 100),
    }


def price_text(price: Decimal, currency: str) -> str:
    """US $1,542.00."""
    return _SIGNS.get(currency, f"{currency} ") + grouped_text(price)


def sold_text(sold: int) -> str:
    """84 sold; from 1,000 on the leading digit only: 1,000+ sold, 10,000+ sold."""
    if sold < 1000:
        return f"{sold} sold"
    step = 10 ** (len(str(sold)) - 1)
    return f"{sold // step * step:,}+ sold"


def luck(goods: Goods) -> int:
    """A number that always goes with the same article: the site's cards differ in what they have."""
    return int(digits(goods.item_id, 8))


def shown_id(goods: Goods) -> str:
    """The id that pages show: of every second article that of a region, where it can have one."""
    return regional_id(goods.item_id) or goods.item_id if luck(goods) % 2 else goods.item_id


def regional_id(item_id: str) -> str | None:
    """An article's id on the site of a region; None for ids that are not seen there."""
    number = number_or_text(item_id)
    moved = str(number + REGIONAL) if isinstance(number, int) else ""
    return moved if _REGIONAL_ID.fullmatch(moved) else None


def sku_id(goods: Goods, choice: int = 0) -> str:
    """The id of one of an article's choices."""
    return "1200" + digits(f"{goods.item_id} {choice}", 13)


def item_link(goods: Goods) -> str:
    """Where a card leads, with the noise of the real one."""
    noise = f"spm=a2g0o.productlist.main.1&algo_pvid={ad_token(goods)}&pdp_npi=6%40dis%21USD&gatewayAdapt=glo2usa"
    return f"//www.aliexpress.com/item/{shown_id(goods)}.html?{noise}"


def original(name: str, pictures: Pictures) -> str:
    """A picture as large as it is."""
    return f"https://ae01.alicdn.com/kf/{pictures.kf('S', name)}"


def thumbnail(goods: Goods, name: str, pictures: Pictures) -> str:
    """A small one, on one of the two hosts that have the same file."""
    path = pictures.kf("S", name, slug(goods.title))
    if luck(goods) % 2:
        return f"//ae01.alicdn.com/kf/{path}_220x220.jpg"
    return f"//ae-pic-a1.aliexpress-media.com/kf/{path}_350x350xz.jpg"
