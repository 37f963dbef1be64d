"""Numbers, ids and addresses as AliExpress writes them (FACTS 0.1 and 5)."""

from __future__ import annotations

import re
from decimal import Decimal

from sandbox.catalogue import Goods
from sandbox.faces.taobao.texts import ad_token, digits
from sandbox.pictures import Pictures

# What the site of a region adds to an id; only ids that then start so are ever seen there (FACTS 0.1).
REGIONAL = 2**51
_REGIONAL_ID = re.compile(r"(?:3256|2255|2251)\d{12}", re.ASCII)
_WHOLE_NUMBER = re.compile(r"[1-9]\d{0,19}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_SIGNS = {"USD": "US $", "EUR": "€", "GBP": "£", "CNY": "CN¥"}
MAX_SLUG = 120


def money(price: Decimal, currency: str) -> dict[str, object]:
    """A price as cards have it."""
    return {
        "currencyCode": currency,
        "minPrice": float(price),
        "formattedPrice": price_text(price, currency),
        "cent": int(price * 100),
    }


def price_text(price: Decimal, currency: str) -> str:
    """US $1,542.00: two decimals at least, none lost."""
    cents = price.quantize(Decimal("0.01"))
    return f"{_SIGNS.get(currency, f'{currency} ')}{cents if cents == price else price.normalize():,f}"


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
    moved = str(int(item_id) + REGIONAL) if _WHOLE_NUMBER.fullmatch(item_id) else ""
    return moved if _REGIONAL_ID.fullmatch(moved) else None


def number(text: str) -> int | str:
    """An id as the answers have it: a number where it is one."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def slug(title: str) -> str:
    """The title as picture addresses have it: Latin words and digits, joined by dashes."""
    return "-".join(_WORD.findall(title))[:MAX_SLUG].strip("-")


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
