"""Invented shops and the places they send from."""

from __future__ import annotations

from functools import cache
from random import Random

from sandbox.goods.clients import Seller

SEED = "bazaarwatch demo 1"
_HEADS = "小满 北巷 拾光 木棉 阿沅 青禾 南枝 半夏 云朵 橙子 星野 旧巷 柚子 松果 麦田 初七 白露 江边 二丫 大熊"
_MIDDLES = "家的 优品 潮流 日用 生活 精选 百货 好物 原创 小店 工厂 外贸 家居 潮品 严选"
_TAILS = "铺子 小铺 杂货 店 馆 仓 直销店 集合店 工作室 专营店"
_PLACES = (
    "广东 深圳|广东 广州|广东 东莞|福建 莆田|福建 泉州|福建 晋江|浙江 杭州|浙江 义乌|浙江 温州|江苏 苏州|"
    "江苏 南京|上海|北京|河北 保定|山东 青岛|四川 成都|湖北 武汉|河南 郑州|安徽 合肥|湖南 长沙"
)


@cache
def shops() -> tuple[Seller, ...]:
    """160 ordinary shops, each on one marketplace; about one in eight is a Tmall shop."""
    rng, names = Random(f"{SEED}/shops"), set[str]()
    while len(names) < 160:
        names.add("".join(rng.choice(words.split()) for words in (_HEADS, _MIDDLES, _TAILS)))
    listed = sorted(names)
    rng.shuffle(listed)
    return tuple(_shop(n, name, rng) for n, name in enumerate(listed))


def _shop(n: int, name: str, rng: Random) -> Seller:
    marketplace = "tmall" if name.endswith("专营店") else "taobao"
    return Seller(marketplace, f"99005{10_000_000 + 37 * n:08d}", name, rng.choice(_PLACES.split("|")))


def odd_shops() -> tuple[Seller, ...]:
    """Shops whose names carry a mark, or are written to break a page."""
    return (
        Seller("taobao", "9900590000001", "昆维克工厂直销仓", "福建 泉州"),
        Seller("taobao", "9900590000002", "olum数码批发", "广东 深圳"),
        Seller("taobao", "9900590000003", "奈瑞薇尔美妆代工厂", "广东 广州"),
        Seller("taobao", "9900590000004", '小<b>店</b>&"铺子"', "浙江 义乌"),
        Seller("taobao", "9900590000005", "=1+1优品", "安徽 合肥"),
    )
