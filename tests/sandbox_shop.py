"""A small catalogue of invented goods, and a plain HTTPS client for the sandbox."""

import json
import socket
import ssl
from contextlib import asynccontextmanager

import aiohttp
from aiohttp.abc import AbstractResolver
from PIL import Image, ImageDraw
from yarl import URL

SEARCH_API = "mtop.relationrecommend.wirelessrecommend.recommend/2.0"
DETAIL_API = "mtop.taobao.pcdetail.data.get/1.0"
DESCRIPTION_API = "mtop.taobao.detail.getdesc/7.0"
HOSTILE = "VELOKA </script><script>alert(1)</script><!-- \u2028 &amp; \" ' =1+1 \u202e"


def line(number=1, **columns):
    """A complete line of a catalogue; `number` makes its id and title its own."""
    return {
        "marketplace": "taobao",
        "item_id": str(700_000_000_000 + number),
        "title": f"维洛卡 VELOKA 跑步鞋 新款 {number:03d}号",
        "price": "199.50",
        "currency": "CNY",
        "sold": number,
        "shop_name": "青石鞋铺",
        "seller_id": "2200001",
        "location": "浙江 杭州",
        "images": ["pictures/red.png"],
        **columns,
    }


def write(folder, lines):
    """Write `lines` (dicts, or text as it is) as a catalogue beside three small pictures; returns its path."""
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    for name in ("red", "green", "blue"):
        image = Image.new("RGB", (120, 120), "white")
        ImageDraw.Draw(image).ellipse((15, 40, 105, 95), fill=name)
        image.save(pictures / f"{name}.png")
    path = folder / "catalogue.jsonl"
    text = [one if isinstance(one, str) else json.dumps(one) for one in lines]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


def shop():
    """120 pairs of shoes, of which five are advertised, and some odd ones out."""
    shoes = [line(n, is_ad=n % 24 == 0) for n in range(1, 121)]
    return [
        *shoes,
        line(
            201,
            title="手表 VELUMA",
            marketplace="tmall",
            is_ad=True,
            brand="VELUMA",
            attributes={"材质": "钢", "品牌": "x"},
            images=["pictures/green.png", "pictures/blue.png"],
            description_images=["pictures/red.png"],
        ),
        line(202, title="茶壶 VELUMA", state="sold_out", sold=None, price=None, price_min="10", price_max="12.5"),
        line(203, title="茶杯 VELUMA", state="removed"),
        line(204, title=HOSTILE.replace("VELOKA", "ZORUNA"), shop_name="<b>店</b>", attributes={"<i>": "</script>"}),
        line(205, title="水壶 KELUNO", images=["pictures/none.png"]),
        line(206, title="无图 KELUNO", images=[]),
        line(1, marketplace="1688", title="VELOKA 批发"),
    ]


class _Here(AbstractResolver):
    """Every host is the sandbox."""

    def __init__(self, port):
        self.port = port

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "127.0.0.1", "port": self.port, "family": family, "proto": 0, "flags": 0}]

    async def close(self):
        pass


class Client:
    """Asks the sandbox as a page's script does; cookies are kept."""

    def __init__(self, session):
        self.session = session

    async def get(self, url, **options):
        """(status, headers, text) of an address, redirects not followed."""
        async with self.session.get(url, allow_redirects=False, **options) as response:
            return response.status, response.headers, (await response.read()).decode(errors="replace")

    async def call(self, api, data, host="h5api.m.taobao.com", sign="0" * 32, **query):
        """The text of one call to the gateway."""
        query = {"sign": sign, "type": "jsonp", "callback": "mtopjsonp7", "data": json.dumps(data), **query}
        _, _, text = await self.get(URL(f"https://{host}/h5/{api}/").with_query(query))
        return text

    async def ask(self, api, data, **options):
        """The gateway's answer, after the handshake where there is none yet."""
        answer = unwrap(await self.call(api, data, **options))
        return unwrap(await self.call(api, data, **options)) if "TOKEN" in answer["ret"][0] else answer

    async def post(self, api, data, host):
        """The gateway's answer to a call whose parameters stand in its body, after the handshake."""
        url = URL(f"https://{host}/h5/{api}/").with_query({"sign": "0" * 32, "type": "json"})
        for _ in range(2):
            async with self.session.post(url, data={"data": json.dumps(data)}) as response:
                answer = json.loads(await response.text())
            if "TOKEN" not in answer["ret"][0]:
                break
        return answer

    async def search(self, q, page=1, **params):
        """The answer to a keyword search."""
        return await self.ask(SEARCH_API, {"appId": "34385", "params": json.dumps({"q": q, "page": page, **params})})

    async def card(self, q):
        """The first card of a keyword search."""
        return (await self.search(q))["data"]["itemsArray"][0]

    async def ids(self, q, page=1, **params):
        """The ids of a keyword search, in order."""
        return [item["item_id"] for item in (await self.search(q, page, **params))["data"]["itemsArray"]]


def unwrap(text):
    """The value in a JSONP answer."""
    start, end = " mtopjsonp7(", ")"
    assert text.startswith(start)
    assert text.endswith(end)
    return json.loads(text[len(start) : -len(end)])


@asynccontextmanager
async def client(box):
    """A client whose every host is the sandbox, and which checks the sandbox's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks as the default one does; trusts nobody else, at once
    box.trust(context)
    connector = aiohttp.TCPConnector(resolver=_Here(box.port), ssl=context)
    async with aiohttp.ClientSession(connector=connector, max_line_size=2**20, max_field_size=2**20) as session:
        yield Client(session)
