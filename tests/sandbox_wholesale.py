"""A small catalogue of invented offers on 1688, and the calls of that site's pages."""

import json
from urllib.parse import quote

from tests.sandbox_shop import HOSTILE, SEARCH_API, line

HOST = "h5api.m.1688.com"
SHOP_API = "mtop.alibaba.alisite.cbu.server.moduleasyncservice/1.0"
SEARCH_PAGE = "https://s.1688.com/selloffer/offer_search.htm"
OFFER_PAGE = "https://detail.1688.com/offer/{}.html"
SELLER, OTHER = "b2b-2200001", "b2b-2200002"


def offer(number, **columns):
    """A line of 1688."""
    return line(number, **{"marketplace": "1688", "seller_id": SELLER, "shop_name": "青石鞋业商行", **columns})


def market():
    """130 pairs of shoes, of which six are advertised, and some odd ones out."""
    shoes = [offer(n, is_ad=n % 21 == 0, moq=2, price=None, price_min="20.5", price_max="41") for n in range(1, 131)]
    return [
        *shoes,
        offer(
            201,
            title="手表 VELUMA",
            seller_id=OTHER,
            shop_name="远山钟表厂",
            brand="VELUMA",
            sold=12_345,
            attributes={"材质": "钢"},
            images=["pictures/green.png", "pictures/blue.png"],
            description_images=["pictures/red.png"],
        ),
        offer(202, title="茶壶 VELUMA", state="sold_out", sold=None, seller_id=OTHER, price="10"),
        offer(203, title="茶杯 VELUMA", state="removed", seller_id=OTHER),
        offer(204, title=HOSTILE.replace("VELOKA", "ZORUNA"), shop_name="<b>店</b>", attributes={"<i>": "</script>"}),
        line(205, title="VELOKA 零售"),
    ]


def gbk(text):
    """A keyword as the site's addresses have it."""
    return quote(text.encode("gbk"))


async def search(site, keyword, page=1, **params):
    """OFFER of a search by a keyword that is percent-encoded already."""
    params = {"method": "getOfferList", "keywords": keyword, "beginPage": str(page), **params}
    answer = await site.ask(SEARCH_API, {"appId": "32517", "params": json.dumps(params)}, host=HOST)
    return answer["data"]["data"]["OFFER"]


def offers(found):
    """The offers of OFFER."""
    return [item["data"] for item in found["items"] if item["cellType"] == "smart_ui_offer"]


def ids(found, ads=False):
    """Their numbers, in order; those of ads, or those of the others."""
    return [int(o["offerId"]) - 700_000_000_000 for o in offers(found) if o["isP4P"] == str(ads).lower()]


async def shop(site, member_id, page=1, count=30):
    """One page of a shop, asked for as its page does: by POST."""
    params = {"memberId": member_id, "appdata": {"pageNum": page, "count": count, "sortType": "wangpu_score"}}
    data = {"componentKey": "Wp_pc_common_offerlist", "params": json.dumps(params)}
    return await site.post(SHOP_API, data, host=HOST)
