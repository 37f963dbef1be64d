"""The hard innocents: listings that look like copies and are none."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sandbox.goods.clients import AUTHORISED, BY_KEY, MARKS, SIMILAR, Mark, Seller
from sandbox.goods.drafts import (
    Draft,
    dice,
    keywords,
    line_of,
    money,
    particulars,
    pictures,
    sold,
    some_shop,
    unbranded,
)
from sandbox.goods.shops import shops
from sandbox.goods.titles import brand_attribute, phrase, plain, title
from sandbox.goods.words import ACCESSORIES

AUTHORISED_GOODS, RESALES, SECOND_HAND, COMPATIBLE = 24, 30, 24, 30
_OFFICIAL = ("官方正品", "官方授权", "专柜同步", "旗舰店正品", "官方", "2026官方新色")
_RESALE = ("", "", "国内现货", "专柜购入", "支持验货", "官网购入", "正品保证", "海外代购", "全新带吊牌")
_USED = ("闲置转让", "二手", "二手九成新", "个人闲置", "自用闲置", "95新", "中古", "二手正品", "闲置出", "九成新")
_FOR = ("适用于{}", "适用{}", "适配{}", "兼容{}", "for {}", "适用 {}", "{}适用", "通用{}")
_ORDINARY = (
    ("tassel 流苏耳环 复古 长款 气质 银针", "earrings"),
    ("Tassel 流苏 耳坠 波西米亚 夸张 显脸瘦", "earrings"),
    ("耳饰 tassel 流苏 民族风 手工 异域", "earrings"),
    ("tassel 流苏 台灯 法式 复古 床头灯", "lamp"),
    ("TASSEL 流苏 晴雨伞 宫廷风 拍照", "umbrella"),
    ("短袖 T恤 tassel 流苏下摆 设计感 女", "shirt"),
    ("民宿 收纳箱 流苏 tassel 编织 装饰", "crate"),
    ("tassel 流苏 书签 古风小说 赠品 全套", "book"),
    ("渔夫帽 tassel 流苏 棒球帽 舞台", "cap"),
    ("流苏 tassel 杯垫 咖啡杯碟 套装", "cup"),
    ("耳环 tassel 珠子 流苏 新中式 礼物", "earrings"),
    ("Tassel earrings 流苏 极简 耳线", "earrings"),
)
_SUBSTRING = (
    ("olum", "column 罗马柱 台灯 欧式 卧室", "lamp"),
    ("olum", "小说 全套 Volume 1-6 完结 精装", "book"),
    ("olum", "volume 大容量 收纳箱 衣柜", "crate"),
    ("olum", "棒球帽 高颅顶 volume 蓬松 遮阳", "cap"),
    ("olum", "T恤 column 竖条纹 短袖 显瘦", "shirt"),
    ("olum", "Volumizing 伞骨加密 雨伞 抗风", "umbrella"),
    ("olum", "5-column 记账本 小说 同款 横格", "book"),
    ("tassel", "tasselled 流苏边 短袖 T恤 复古", "shirt"),
    ("tassel", "Tassels 耳环 一对 流苏 diy", "earrings"),
    ("tassel", "灯塔梭织 面料 T恤 短袖 纯棉", "shirt"),
    ("tassel", "宝塔梭织 布艺 收纳箱 可折叠", "crate"),
    ("tassel", "白塔梭子 图案 咖啡杯碟 手绘", "cup"),
)
_FRUIT_AND_STONE = (
    ("plum 话梅 蜜饯 罐装 零食", "plums"),
    ("Plum 西梅 果脯 无核 酸甜", "plums"),
    ("alum 明矾石 除味 天然 块", "mineral"),
)
_SERVICES = (
    ("quenvik", "运动鞋 清洗 修复 护理 去黄 上门取件"),
    ("tolver", "手表 维修 保养 换电池 抛光"),
    ("olum", "耳机 维修 换电池 配对 左耳不响"),
    ("tassel", "保温杯 激光 刻字 服务 来图"),
)
_DEPOSITS = (
    ("quenvik", "补差价 邮费专用 单拍不发货"),
    ("nerivelle", "邮费 补拍 差多少拍多少"),
    ("olum", "定金 预售 尾款另付 勿单拍"),
)


def _client_goods(mark: Mark, rng: Random) -> str:
    """How an honest seller names goods of a mark; the wordless mark's bear its owner's name."""
    return plain(mark if mark.latin else BY_KEY["quenvik"], rng) + ("" if mark.latin else rng.choice(["", "折翼鱼"]))


def _claimed(mark: Mark, rng: Random) -> str:
    named = mark if mark.latin else BY_KEY["quenvik"]
    return brand_attribute(named.latin, named.chinese, rng)


def _seller(rng: Random) -> Seller:
    return some_shop(rng, shops()[30:])


def authorised() -> Iterator[Draft]:
    """The client's own shop and its dealers, with the client's photos; one article in eight is in a sale."""
    for n in range(AUTHORISED_GOODS):
        rng, mark = dice("authorised", n), MARKS[n % len(MARKS)]
        line = line_of(mark, n // len(MARKS))
        share, word = (0.45, "奥莱过季清仓") if n % 8 == 5 else (rng.uniform(0.85, 1.0), rng.choice(_OFFICIAL))
        yield Draft(
            title=title(line, rng, _client_goods(mark, rng), word),
            price=money(float(mark.price(line)) * share, rng),
            seller=AUTHORISED[mark.client][n // 3 % 2],
            images=pictures(rng, "authorised", mark.key, line),
            label="genuine",
            mark=mark.right_id,
            why=f"authorised dealer of {mark.client}",
            brand=_claimed(mark, rng),
            attributes=particulars(rng),
            sold=sold(rng, 20000),
        )


def resold() -> Iterator[Draft]:
    """Genuine goods that others sell at a fair price, photographed by themselves."""
    for n in range(RESALES):
        rng, mark = dice("resale", n), MARKS[n % len(MARKS)]
        line = line_of(mark, n // len(MARKS))
        yield Draft(
            title=title(line, rng, _client_goods(mark, rng), rng.choice(_RESALE)),
            price=money(float(mark.price(line)) * rng.uniform(0.86, 1.06), rng),
            seller=_seller(rng),
            images=pictures(rng, "own", mark.key, line),
            label="genuine",
            mark=mark.right_id,
            why="resale of genuine goods at a fair price",
            brand=_claimed(mark, rng) if rng.random() < 0.8 else None,
            attributes=particulars(rng),
            sold=sold(rng, 400),
        )


def used() -> Iterator[Draft]:
    """Second-hand goods of a client: cheap because they are used."""
    for n in range(SECOND_HAND):
        rng, mark = dice("second-hand", n), MARKS[n % len(MARKS)]
        line, bought = line_of(mark, n // len(MARKS)), n % 8 == 7
        name, word = _client_goods(mark, rng), "高价回收" if bought else _USED[n % len(_USED)]
        yield Draft(
            title=title(line, rng, name, word),
            price=money(float(mark.price(line)) * rng.uniform(0.16, 0.6), rng),
            seller=_seller(rng),
            images=pictures(rng, "own", mark.key, line, 2),
            label="second_hand",
            mark=mark.right_id,
            why=f"second-hand goods, said so: {word}",
            brand=_claimed(mark, rng) if rng.random() < 0.5 else None,
            sold=rng.choice([0, 0, 1, None]),
        )


def compatible() -> Iterator[Draft]:
    """Parts and company for a client's goods, by other makers."""
    named = [mark for mark in MARKS if mark.latin]
    for n in range(COMPATIBLE):
        rng, mark = dice("compatible", n), named[n % len(named)]
        lines = [line for line in mark.lines if line in ACCESSORIES]
        words, key, (low, high) = rng.choice(ACCESSORIES[rng.choice(lines)])
        name = rng.choice(_FOR).format(
            rng.choice([mark.latin, mark.latin.title(), mark.chinese, f"{mark.latin}/{mark.chinese}"])
        )
        yield Draft(
            title=phrase(words, rng, name, first=rng.random() < 0.6),
            price=money(rng.uniform(low, high), rng),
            seller=_seller(rng),
            images=pictures(rng, "accessory", "", key),
            label="compatible",
            mark=mark.right_id,
            why=f"compatible part for {mark.latin}, by another maker",
            brand=rng.choice([None, "其他", "other/其他", "MARROWBY/麦若比"]),
            attributes=particulars(rng),
            sold=sold(rng, 9000),
        )


def _other(kind: str, n: int, words: str, article: str, *, why: str, mark: Mark, hidden: bool = False) -> Draft:
    rng = dice(kind, n)
    return Draft(
        title=phrase(words, rng),
        price=money(rng.uniform(9, 79), rng),
        seller=_seller(rng),
        images=pictures(rng, "sundry", "", article),
        label="other",
        mark=None,
        why=why,
        keywords=keywords(mark, rng) if hidden else (),
        attributes=particulars(rng),
        sold=sold(rng),
    )


def namesakes() -> Iterator[Draft]:
    """Words that are, or hold, the letters of a mark and mean something else."""
    for n, (words, article) in enumerate(_ORDINARY):
        yield _other("ordinary", n, words, article, why="ordinary word: a tassel is a fringe", mark=BY_KEY["tassel"])
    for n, (key, words, article) in enumerate(_SUBSTRING):
        yield _other("substring", n, words, article, why=f"substring of another word: {key}", mark=BY_KEY[key])
    for n, (words, article) in enumerate(_FRUIT_AND_STONE):
        yield _other(
            "similar word", n, words, article, why="similar word of the language", mark=BY_KEY["olum"], hidden=True
        )


def similar() -> Iterator[Draft]:
    """Other brands whose names are a letter or two off, sold openly as what they are."""
    for key, brands in SIMILAR.items():
        for n, brand in enumerate(brand for brand in brands for _ in range(2)):
            rng, line = dice(f"similar {key}", n), brand.lines[n % len(brand.lines)]
            yield Draft(
                title=title(
                    line, rng, rng.choice([f"{brand.latin}/{brand.chinese}", f"{brand.chinese} {brand.latin}"])
                ),
                price=money(float(unbranded(line, rng)) * rng.uniform(1.0, 2.0), rng),
                seller=_seller(rng),
                images=pictures(rng, "brand", brand.latin, line),
                label="other",
                mark=None,
                why=f"similar name: {brand.latin} is a brand of its own",
                brand=f"{brand.latin}/{brand.chinese}",
                keywords=keywords(BY_KEY[key], rng),
                attributes=particulars(rng),
                sold=sold(rng),
            )


def errands() -> Iterator[Draft]:
    """Services for a client's goods, and links that only collect a difference or a deposit."""
    for n, (kind, key, words) in enumerate([("service", *s) for s in _SERVICES] + [("deposit", *d) for d in _DEPOSITS]):
        rng, mark = dice("errand", n), BY_KEY[key]
        yield Draft(
            title=phrase(words, rng, plain(mark, rng), first=True),
            price=money(rng.uniform(25, 120), rng) if kind == "service" else money(1, rng),
            seller=_seller(rng),
            images=pictures(rng, "own", mark.key, line_of(mark, 0), 1),
            label="other",
            mark=mark.right_id,
            why=f"{kind} for genuine goods, no goods are sold",
            sold=sold(rng, 600),
        )


def hard() -> list[Draft]:
    """All hard innocents."""
    return [*authorised(), *resold(), *used(), *compatible(), *namesakes(), *similar(), *errands()]
