"""The invented clients and their marks, who may sell for them, and the invented brands of others.

None of the names is anybody's: made up of sounds, then looked for without a hit. TASSEL alone is a word of the
language (a fringe), on purpose, and OLUM stands inside others (volume, column): goods named by such words are innocent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A trademark right of the demo.

    key : names its folder of photos and its mark images
    lines : goods classes (keys of `words.LINES`) with the price of a genuine article in CNY
    reference : the price that the rights file states, CNY and USD
    device : the figurative part, a key of `emblems.DEVICES`; None for a word mark
    face : Sans or Serif, for its lettering
    """

    key: str
    right_id: str
    client: str
    kind: str
    latin: str = ""
    chinese: str = ""
    aliases: tuple[str, ...] = ()
    number: str = ""
    nice: str = ""
    goods: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    reference: tuple[int, int] = (0, 0)
    device: str | None = None
    face: str = "Sans"
    negatives: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All the words by which it is searched."""
        return tuple(name for name in (self.latin, self.chinese, *self.aliases) if name)

    def price(self, line: str) -> Decimal:
        """What a genuine article of this line costs, CNY."""
        return Decimal(self.lines[line])


QUENVIK, OLUM_TOLVER, MAISON = "Quenvik Outdoor AB", "Olum Tolver Instruments", "Maison Nerivelle & Tassel"

MARKS = (
    Mark(
        key="quenvik",
        right_id="QV-1",
        client=QUENVIK,
        kind="combined",
        latin="QUENVIK",
        chinese="昆维克",
        aliases=("Q维克", "阶梯Q"),
        number="99100301",
        nice="18|25",
        goods=("运动鞋", "跑步鞋", "登山鞋", "户外背包", "running shoes", "backpack"),
        lines={"running": 899, "boots": 1080, "rucksack": 760},
        reference=(899, 126),
        device="quenvik",
    ),
    Mark(
        key="fish",
        right_id="QV-2",
        client=QUENVIK,
        kind="figurative",
        aliases=("折翼鱼",),
        number="99100302",
        nice="18|25",
        goods=("板鞋", "托特包", "skate shoes", "tote bag"),
        lines={"board": 820, "tote": 690},
        reference=(820, 115),
        device="fish",
    ),
    Mark(
        key="olum",
        right_id="OT-1",
        client=OLUM_TOLVER,
        kind="word",
        latin="OLUM",
        chinese="鸥霖",
        aliases=("小鸥豆",),
        number="99200417",
        nice="9",
        goods=("蓝牙耳机", "头戴式耳机", "earphones", "headphones"),
        lines={"earbuds": 899, "headphones": 1299},
        reference=(899, 126),
    ),
    Mark(
        key="tolver",
        right_id="OT-2",
        client=OLUM_TOLVER,
        kind="combined",
        latin="TOLVER RIDGE",
        chinese="托维岭",
        aliases=("托岭",),
        number="99200418",
        nice="14",
        goods=("手表", "腕表", "watch"),
        lines={"watch": 2680},
        reference=(2680, 377),
        device="tolver",
        face="Serif",
    ),
    Mark(
        key="nerivelle",
        right_id="NT-1",
        client=MAISON,
        kind="combined",
        latin="NERIVELLE",
        chinese="奈瑞薇尔",
        aliases=("奈薇", "小琥瓶"),
        number="99300588",
        nice="3",
        goods=("精华液", "面霜", "口红", "serum", "cream", "lipstick"),
        lines={"serum": 620, "cream": 560, "lipstick": 390},
        reference=(560, 79),
        device="nerivelle",
        face="Serif",
    ),
    Mark(
        key="tassel",
        right_id="NT-2",
        client=MAISON,
        kind="word",
        latin="TASSEL",
        chinese="塔梭",
        aliases=("塔梭杯",),
        number="99300589",
        nice="21|28",
        goods=("保温杯", "马克杯", "毛绒玩具", "vacuum flask", "plush toy"),
        lines={"flask": 329, "mug": 289, "plush": 259},
        reference=(329, 46),
        negatives="negatives/tassel",
    ),
)
BY_KEY = {mark.key: mark for mark in MARKS}


@dataclass(frozen=True, slots=True)
class Seller:
    """A shop: where it sells, its invented number (13 digits that begin with 99), its place."""

    marketplace: str
    seller_id: str
    name: str
    location: str


AUTHORISED = {
    QUENVIK: (
        Seller("tmall", "9900010000011", "QUENVIK昆维克旗舰店", "上海"),
        Seller("taobao", "9900010000012", "岳北户外运动馆", "浙江 杭州"),
    ),
    OLUM_TOLVER: (
        Seller("tmall", "9900020000021", "鸥霖数码旗舰店", "广东 深圳"),
        Seller("taobao", "9900020000022", "衡一钟表行", "北京"),
    ),
    MAISON: (
        Seller("tmall", "9900030000031", "奈瑞薇尔官方旗舰店", "上海"),
        Seller("taobao", "9900030000032", "半盏生活家居馆", "江苏 苏州"),
    ),
}


@dataclass(frozen=True, slots=True)
class Brand:
    """Another invented brand: its names, its device (a key of `emblems.OTHERS`), what it makes."""

    latin: str
    chinese: str
    device: str
    lines: tuple[str, ...]


BRANDS = (
    Brand("BRINSEL", "布林赛", "comet", ("running", "board", "rucksack")),
    Brand("SUNDREL", "桑黛芮", "clover", ("cream", "serum", "lipstick")),
    Brand("MARROWBY", "麦若比", "tower", ("flask", "mug", "tote")),
    Brand("TEGUNNA", "特谷纳", "lantern", ("boots", "rucksack", "board")),
    Brand("PINCHETT", "品澈特", "kite", ("earbuds", "headphones", "watch")),
    Brand("WENDOLT", "温多特", "shell", ("plush", "shoulder", "watch")),
)
# One or two letters off a registered mark, and no copy of it: sold openly under its own brand attribute.
SIMILAR = {
    "quenvik": (
        Brand("QUENDIL", "昆迪勒", "comet", ("running", "rucksack")),
        Brand("KUENRIK", "宽瑞客", "tower", ("boots", "running")),
    ),
    "olum": (
        Brand("OLUNA", "欧露娜", "kite", ("earbuds",)),
        Brand("OLUK", "奥陆克", "shell", ("headphones", "earbuds")),
    ),
    "tolver": (
        Brand("TOLPEN RIDGE", "托本里奇", "tower", ("watch",)),
        Brand("TOLVER BAY", "多沃湾", "kite", ("watch",)),
    ),
    "nerivelle": (
        Brand("NERINELLA", "妮琳娜拉", "clover", ("serum", "cream")),
        Brand("MERIVALLE", "梅丽瓦朵", "lantern", ("lipstick", "cream")),
    ),
    "tassel": (
        Brand("TASSEN", "塔森", "clover", ("mug", "flask")),
        Brand("VASSEL", "瓦瑟", "comet", ("flask", "plush")),
    ),
}
