"""Invented goods of the two sites in English, and what stands in their pages."""

import json
import re

from tests.sandbox_shop import HOSTILE, line

ALIBABA = "https://www.alibaba.com"
ALIEXPRESS = "https://www.aliexpress.com"
OFFERS = "window.__page__data_sse10._offer_list = "
DETAIL = "window.detailData = "
INIT_DATA = "window._dida_config_._init_data_= { data: "


def abroad(marketplace, number=1, **columns):
    """A complete line of a catalogue; `number` makes its id and title its own."""
    first = 1_600_000_000_000 if marketplace == "alibaba" else 1_005_001_000_000_000
    columns = {"title": f"Veloka running shoes model {number:03d}", "currency": "USD", **columns}
    columns = {"shop_name": "Blue Stone Shoes Co., Ltd.", "location": "Zhejiang, China", **columns}
    return line(number, marketplace=marketplace, item_id=str(first + number), **columns)


def goods(marketplace):
    """130 pairs of shoes, of which some are advertised, and some odd ones out."""
    shoes = [abroad(marketplace, n, is_ad=n % 24 == 0, moq=n) for n in range(1, 131)]
    return [
        *shoes,
        abroad(
            marketplace,
            201,
            title="Veluma steel watch",
            price=None,
            price_min="0.5",
            price_max="1.2",
            moq=10,
            brand="VELUMA",
            attributes={"Material": "steel", "Brand Name": "x"},
            images=["pictures/green.png", "pictures/blue.png"],
            description_images=["pictures/red.png"],
            seller_id="Watch Works",
            listed_at="2026-03-31",
        ),
        abroad(marketplace, 202, title="Veluma teapot", state="sold_out", sold=None),
        abroad(marketplace, 203, title="Veluma cup", state="removed", is_ad=True),
        abroad(marketplace, 204, title=HOSTILE.replace("VELOKA", "ZORUNA"), shop_name="<b>Co</b>", brand="</script>"),
        abroad(marketplace, 205, title="Keluno bag without a picture", images=[]),
    ]


def value_after(page, start):
    """The JSON value that follows a text which stands in the page once."""
    assert page.count(start) == 1
    return json.JSONDecoder().raw_decode(page, page.index(start) + len(start))[0]


def offers(page):
    """The cards of an Alibaba.com page."""
    return value_after(page, OFFERS)["offerResultData"]["offers"]


def fields(page):
    """The fields of an AliExpress page."""
    return value_after(page, INIT_DATA)["data"]["root"]["fields"]


def cards(page):
    """The cards of an AliExpress page."""
    return fields(page)["mods"]["itemList"]["content"]


def plain(title):
    """A title without its mark-up, entities as they are."""
    return re.sub("<[^>]+>", "", title)


def markup(page):
    """What of a page is no script: there, a tag is a tag."""
    return re.sub("<script.*?</script>", "", page, flags=re.DOTALL)
