"""The world of a seed: clients and their marks, other brands, shops on five marketplaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image

from sandbox.goods.clients import Brand, Mark, Seller
from sandbox.goods.emblems import Inks, drawn
from sandbox.goods.fair.devices import apart, device, inks
from sandbox.goods.fair.names import WORDS, Name, invented, similar
from sandbox.goods.ink import lettering
from sandbox.goods.studio import Signs

SITES = ("taobao", "tmall", "1688", "alibaba", "aliexpress")
ABROAD = ("alibaba", "aliexpress")
USD = 7.1  # CNY a USD, as the rights file's documentation has it
SHOPS = {"taobao": 90, "tmall": 20, "1688": 40, "alibaba": 30, "aliexpress": 40}
# The clients' lines of goods by mark, with its kind and classes: (client, kind, classes, lines).
_PLAN = (
    (0, "combined", "25", ("running", "boots")),
    (0, "figurative", "18|25", ("board", "tote")),
    (1, "combined", "18", ("tote", "shoulder")),
    (1, "word", "18", ("rucksack",)),
    (2, "word", "9", ("earbuds", "headphones")),
    (2, "combined", "9", ("headphones",)),
    (3, "combined", "14", ("watch",)),
    (3, "word", "14", ("watch",)),
    (4, "combined", "3", ("serum", "cream")),
    (4, "word", "3", ("lipstick",)),
    (5, "ordinary", "21", ("flask", "mug")),
    (5, "combined", "28", ("plush",)),
    (6, "combined", "25", ("running", "board")),
)
_GOODS = {
    "running": ("跑步鞋", "运动鞋", "running shoes"), "boots": ("登山鞋", "户外靴", "hiking boots"),
    "board": ("板鞋", "skate shoes"), "tote": ("托特包", "tote bag"), "shoulder": ("单肩包", "斜挎包", "shoulder bag"),
    "rucksack": ("双肩包", "backpack"), "earbuds": ("蓝牙耳机", "earphones"),
    "headphones": ("头戴式耳机", "headphones"),
    "watch": ("手表", "腕表", "watch"), "serum": ("精华液", "serum"), "cream": ("面霜", "cream"),
    "lipstick": ("口红", "lipstick"), "flask": ("保温杯", "vacuum flask"), "mug": ("马克杯", "mug"),
    "plush": ("毛绒玩具", "plush toy"),
}  # fmt: skip
_PRICES = {
    "running": (600, 1400), "board": (500, 1100), "boots": (700, 1500), "rucksack": (500, 1200), "tote": (800, 2600),
    "shoulder": (900, 3200), "earbuds": (600, 1400), "headphones": (900, 2400), "watch": (1800, 8800),
    "cream": (380, 900), "serum": (420, 980), "lipstick": (240, 420), "flask": (220, 420), "mug": (200, 320),
    "plush": (160, 320),
}  # fmt: skip
_FIRMS = ("Outdoor AB", "Leather Works", "Audio Ltd.", "Horlogerie SA", "Cosmetics", "Home & Living", "Athletics Inc.")
_HEADS = "晴川 木棉 小满 云锦 南枝 星河 旧巷 初七 白鹭 青禾 橙子 松果 拾光 柚子 麦田 半夏 江畔 阿沅 竹里 临风"
_TAILS = "优品 潮流 日用 百货 好物 小铺 工厂店 外贸 集合店 贸易商行 严选 生活馆"
_PLACES = (
    "广东 深圳|广东 广州 白云|广东 广州|广东 东莞|福建 莆田|福建 泉州|福建 晋江|浙江 杭州|浙江 义乌|浙江 温州|"
    "江苏 苏州|上海|北京|河北 保定 白沟|山东 青岛|四川 成都|湖北 武汉|河南 郑州|安徽 合肥|湖南 长沙"
)
_FAR_PLACES = ("China", "Guangdong, China", "Fujian, China", "Zhejiang, China", "Putian, China", "Shenzhen, China")
_FAR_HEADS = "Bright Happy Golden Lucky Sunny North River Maple Pearl Swift Blue Grand Silver Ever Prime"
_FAR_TAILS = (
    "Store",
    "Trading Co., Ltd.",
    "Official Shop",
    "Outlet",
    "Factory Store",
    "Global Store",
    "Import & Export",
)


@dataclass(frozen=True, slots=True)
class World:
    """All that a seed invents.

    names : of each mark by its key; similar : brands of other makers near a mark's name; shops : by marketplace
    authorised : by client
    """

    seed: int
    marks: tuple[Mark, ...]
    names: Mapping[str, Name]
    brands: tuple[Brand, ...]
    similar: Mapping[str, Brand]
    shops: Mapping[str, tuple[Seller, ...]]
    authorised: Mapping[str, tuple[Seller, ...]]
    signs: Signs

    def dice(self, kind: str, n: int) -> Random:
        """The accidents of the n-th listing of a kind."""
        return Random(f"fair {self.seed}/{kind}/{n}")

    def of(self, client: str) -> Mark:
        """A mark of the client that has a name."""
        return next(mark for mark in self.marks if mark.client == client and mark.latin)


@lru_cache(maxsize=4)
def world(seed: int) -> World:
    """The world of a seed; drawing its devices until all can be told apart takes a second."""
    rng = Random(f"fair {seed}")
    taken: list[str] = []
    names = {}
    for n, (_, kind, _, _) in enumerate(_PLAN):
        name = Name(*rng.choice(WORDS)[:2]) if kind == "ordinary" else invented(rng, taken)
        names[f"{name.latin.lower()}{n}"] = name
        taken.append(name.latin)
    clients = [f"{list(names.values())[place].latin.title()} {_FIRMS[n]}" for n, place in enumerate(_first_marks())]
    marks = tuple(_mark(key, n, clients, names[key], Random(f"fair {seed}/{key}")) for n, key in enumerate(names))
    brands = tuple(_brand(invented(rng, taken), n) for n in range(10))
    near = {key: _near(mark, names[key], rng) for mark in marks if (key := mark.key) and mark.kind != "figurative"}
    shops = {site: tuple(_shop(site, seed, n, rng) for n in range(SHOPS[site])) for site in SITES}
    return World(
        seed,
        marks,
        names,
        brands,
        near,
        shops,
        {client: tuple(_own_shops(client, marks, seed, n)) for n, client in enumerate(clients)},
        _signs(marks, brands, near),
    )


def _first_marks() -> list[int]:
    return [next(n for n, plan in enumerate(_PLAN) if plan[0] == client) for client in range(len(_FIRMS))]


def _mark(key: str, n: int, clients: list[str], name: Name, rng: Random) -> Mark:
    client, kind, nice, lines = _PLAN[n]
    wordless, ordinary = kind == "figurative", kind == "ordinary"
    base = rng.randint(*_PRICES[lines[0]]) // 10 * 10
    prices = {line: round(base * (1 if line == lines[0] else rng.uniform(0.8, 1.2)), -1) for line in lines}
    short = name.chinese[:2] + rng.choice("家牌子")
    alias = next((word[2] for word in WORDS if word[0] == name.latin), short)
    return Mark(
        key=key,
        right_id=f"{name.latin[:3]}-{n + 1}",
        client=clients[client],
        kind="word" if ordinary else kind,
        latin="" if wordless else name.latin,
        chinese="" if wordless else name.chinese,
        aliases=(f"{name.chinese}标" if wordless else alias,),
        number=f"99{rng.randrange(10**6):06d}",
        nice=nice,
        goods=tuple(word for line in lines for word in _GOODS[line]),
        lines={line: int(price) for line, price in prices.items()},
        reference=(base, round(base / USD)),
        device=key if kind in {"combined", "figurative"} else None,
        face=rng.choice(["Sans", "Serif"]),
    )


def _brand(name: Name, n: int) -> Brand:
    lines = list(_GOODS)
    return Brand(
        name.latin, name.chinese, f"other {name.latin}", tuple(lines[(3 * n + k) % len(lines)] for k in (0, 1, 2))
    )


def _near(mark: Mark, name: Name, rng: Random) -> Brand:
    other = similar(name, rng)
    return Brand(other.latin, other.chinese, f"near {other.latin}", tuple(mark.lines))


def _shop(site: str, seed: int, n: int, rng: Random) -> Seller:
    number = f"99{SITES.index(site) + 1}{seed % 1000:03d}{n:07d}"
    if site in ABROAD:
        heads = _FAR_HEADS.split()
        name = f"{rng.choice(heads)} {rng.choice(heads)} {n} {rng.choice(_FAR_TAILS)}"
        return Seller(site, number, name, rng.choice(_FAR_PLACES))
    name = f"{rng.choice(_HEADS.split())}{rng.choice(_HEADS.split())}{rng.choice(_TAILS.split())}{n}"
    return Seller(site, number, name + ("专营店" if site == "tmall" else ""), rng.choice(_PLACES.split("|")))


def _own_shops(client: str, marks: tuple[Mark, ...], seed: int, n: int) -> list[Seller]:
    mark = next(mark for mark in marks if mark.client == client and mark.latin)
    own = {
        "tmall": f"{mark.chinese}旗舰店",
        "taobao": f"{'北南东西中江海'[n]}岸正品行",
        "1688": f"{mark.chinese}授权经销部",
        "alibaba": f"{mark.latin.title()} Distribution",
        "aliexpress": f"{mark.latin} Official Store",
    }
    return [
        Seller(site, f"990{SITES.index(site) + 1}{seed % 1000:03d}{n:06d}", name, "China" if site in ABROAD else "上海")
        for site, name in own.items()
    ]


def _signs(marks: tuple[Mark, ...], brands: tuple[Brand, ...], near: Mapping[str, Brand]) -> Signs:
    by_key = {mark.key: mark for mark in marks}
    attempts = apart([*(mark.key for mark in marks if mark.device), *(b.device for b in (*brands, *near.values()))])

    @lru_cache(maxsize=256)
    def picture(key: str, own: Inks) -> Image.Image:
        mark = by_key.get(key)
        if mark and not mark.device:
            return lettering(mark.latin, own[0], mark.face, 0.1)
        return drawn(device(key, attempts[key]), own)

    return Signs(picture, inks, lambda key: key in by_key and not by_key[key].device)
