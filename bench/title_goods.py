"""Marks and titles that are made up, the same each time: to measure how the matcher grows with the number of marks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from crawler.cli.title_files import Title, Titles, read_marks
from matchers.types import Mark

SEED = 20261125
# Hanzi that foreign names are written with in Chinese; own writing.
SOUNDED = (
    "阿埃艾爱安奥巴柏邦宝贝比彼波博布查达黛丹德登迪蒂顿朵多恩尔法菲芬弗福戈格古哈海赫亨华霍基吉加佳嘉杰金卡凯康柯科克肯库奎拉莱兰朗"
    "劳雷蕾黎丽利莉连琳伦罗洛玛麦曼梅美蒙米密敏摩莫慕纳娜奈妮尼诺欧帕派潘佩彭皮普奇琪乔琼萨赛桑莎珊尚舍圣施史丝斯苏索塔泰坦特提廷"
    "图托瓦万维威薇温沃乌西希夏香肖谢欣雅亚妍伊依怡因英尤佑约泽赞詹珍芝兹卓佐"
)
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnprstvwyz"
WITH_HANZI = 0.6  # of the marks have a Chinese name too
TWO_WORDS = 0.25
GOODS = [
    "新款", "男鞋", "女包", "跑步鞋", "卫衣", "手机壳", "面霜", "口红", "手表", "T恤", "外套", "帆布包",
    "running", "shoes", "case", "hoodie", "正品", "包邮", "百搭", "休闲",
]  # fmt: skip
SHARE_NAMED = 0.3  # of made-up titles name a mark


def marks(number: int, folder: Path | None) -> list[Mark]:
    """So many marks: those of the benchmark first, where it is there, then made-up ones."""
    return list(islice(chain(labelled_marks(folder) if folder else (), made_up()), number))


def labelled_marks(folder: Path) -> list[Mark]:
    """The marks of the benchmark."""
    return read_marks((folder / "marks.tsv").read_bytes(), "marks.tsv")[0]


def labelled_titles(folder: Path) -> list[Title]:
    """The titles of the benchmark, with their ids."""
    with (folder / "titles.tsv").open("rb") as file:
        return list(Titles(file, "titles.tsv"))


def made_up() -> Iterator[Mark]:
    """Marks without end."""
    draw = random.Random(SEED)
    number = 0
    while True:
        number += 1
        latin = " ".join(word(draw) for _ in range(2 if draw.random() < TWO_WORDS else 1)).upper()
        hanzi = "".join(draw.choices(SOUNDED, k=draw.choice((2, 3, 3, 4)))) if draw.random() < WITH_HANZI else ""
        yield Mark(right_id=f"X{number}", names=tuple(filter(None, (latin, hanzi))), nice_classes=(25,))


def word(draw: random.Random) -> str:
    """A word of 4 to 12 letters that can be spoken."""
    length = draw.randint(4, 12)
    first = draw.random() < 0.3
    return "".join(draw.choice(VOWELS if (place + first) % 2 else CONSONANTS) for place in range(length))


def titles(folder: Path | None, number: int = 8000) -> list[str]:
    """The titles of the benchmark; made-up ones where it is not there."""
    if folder:
        return [one.title for one in labelled_titles(folder)]
    draw, known = random.Random(SEED), marks(100, None)
    return [made_up_title(draw, known) for _ in range(number)]


def made_up_title(draw: random.Random, known: list[Mark]) -> str:
    """Words for goods, sometimes with a name between them."""
    words = draw.choices(GOODS, k=draw.randint(5, 10))
    if draw.random() < SHARE_NAMED:
        words.insert(draw.randrange(len(words)), draw.choice(draw.choice(known).names))
    return draw.choice(("", " ")).join(words)
