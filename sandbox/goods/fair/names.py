"""Names made of sounds, in two scripts: a Latin one and the hanzi that Chinese buyers would read it as."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from rapidfuzz.distance import Levenshtein

# Latin syllable, hanzi, pinyin, others of the same sound.
_SOUNDS = [
    tuple(row.split())
    for row in (
        "ke 科 ke 珂柯", "vi 维 wei 薇唯", "lo 罗 luo 洛萝", "sa 赛 sai 塞", "lan 兰 lan 岚澜",
        "te 特 te 忒", "mo 莫 mo 默墨",
        "di 迪 di 笛帝", "no 诺 nuo 糯喏", "ka 卡 ka 咖", "pu 普 pu 璞浦", "ta 塔 ta 榻踏", "ri 瑞 rui 锐睿",
        "be 贝 bei 倍蓓",
        "dun 顿 dun 盾敦", "ge 格 ge 阁歌", "li 丽 li 莉黎", "man 曼 man 漫蔓", "ni 尼 ni 妮霓", "tu 图 tu 途徒",
        "wen 温 wen 雯文", "si 希 xi 曦熙", "ya 雅 ya 娅亚", "fe 菲 fei 霏非", "ol 欧 ou 鸥讴", "che 彻 che 澈撤",
        "zo 佐 zuo 座左", "hai 海 hai 骇亥", "jo 乔 qiao 桥侨", "gu 古 gu 谷鼓", "bo 博 bo 铂勃", "ner 纳 na 娜钠",
    )
]  # fmt: skip
_TRADITIONAL = dict(zip("维罗赛兰诺瑞贝顿丽图温欧彻乔", "維羅賽蘭諾瑞貝頓麗圖溫歐徹喬", strict=True))
_ENDINGS = ("", "", "x", "q", "r", "th", "nt", "k", "lle", "sk")
# Ordinary words that somebody registered for goods of quite another kind.
WORDS = (
    ("WILLOW", "柳枝", "柳枝牌"),
    ("EMBER", "余烬", "余烬火"),
    ("THISTLE", "蓟花", "蓟花家"),
    ("HARBOR", "港湾", "港湾牌"),
    ("LANTERN", "灯笼", "灯笼家"),
    ("MEADOW", "草甸", "草甸牌"),
    ("SPARROW", "麻雀", "麻雀家"),
    ("PEBBLE", "卵石", "卵石牌"),
)
FAR = 4  # letters by which two names differ


@dataclass(frozen=True, slots=True)
class Name:
    """A name. pinyin : a syllable a hanzi; homophones : others of the same sound, a string a hanzi"""

    latin: str
    chinese: str
    pinyin: tuple[str, ...] = ()
    homophones: tuple[str, ...] = ()

    @property
    def traditional(self) -> str:
        """In traditional hanzi; the same where they are alike."""
        return "".join(_TRADITIONAL.get(hanzi, hanzi) for hanzi in self.chinese)


def invented(rng: Random, taken: Collection[str], least: int = 3) -> Name:
    """A name that is far from those that are taken."""
    while True:
        sounds = rng.sample(_SOUNDS, rng.choice([least, least, 4]))
        latin = ("".join(sound[0] for sound in sounds) + rng.choice(_ENDINGS)).upper()
        chinese = "".join(sound[1] for sound in sounds)
        if 6 <= len(latin) <= 11 and all(Levenshtein.distance(latin, other) >= FAR for other in taken):
            return Name(latin, chinese, tuple(s[2] for s in sounds), tuple(s[3] for s in sounds))


def similar(name: Name, rng: Random) -> Name:
    """A brand of another maker a letter or two off, with hanzi of its own."""
    latin = list(name.latin)
    for place in rng.sample(range(1, len(latin)), 2):
        latin[place] = rng.choice([c for c in "ABDEFGILMNORSTUV" if c != latin[place]])
    sounds = rng.sample([sound for sound in _SOUNDS if sound[1] not in name.chinese], 3)
    return Name("".join(latin), "".join(sound[1] for sound in sounds))
