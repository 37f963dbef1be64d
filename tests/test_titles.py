"""Names of marks in titles: seen plainly, seen through each disguise, and left alone in other words."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.title import TitleMatcher
from matchers.title.scores import NAMED
from matchers.types import Mark, Signal

NORVANE = Mark(right_id="R1", names=("NORVANE", "诺梵恩"), aliases=("NVN",), nice_classes=(25,))
KESTOLI = Mark(right_id="R2", names=("Kestoli", "珂丝朵"), nice_classes=(18,), goods=("女包",))
QUARTZ = Mark(right_id="R3", names=("TALLOW & FINCH",), nice_classes=(3,))
VELUM = Mark(right_id="R4", names=("麋铎",), nice_classes=(18,))
HEARTH = Mark(right_id="R5", names=("HEARTH", "麦田"), nice_classes=(25,))
LIVOLI = Mark(right_id="R6", names=("Livoli",))
MATCHER = TitleMatcher([NORVANE, KESTOLI, QUARTZ, VELUM, HEARTH, LIVOLI])


def seen(title, signal=None):
    """(right, code) of the findings that count, by signal."""
    return {
        (one.right, one.reason.code)
        for one in MATCHER.match([title])[0]
        if one.score >= NAMED and (signal is None or one.signal is signal)
    }


def disguised(title):
    return {right for right, _ in seen(title, Signal.DISGUISE)}


def named(title):
    return {right for right, _ in seen(title, Signal.TITLE)}


@pytest.mark.parametrize(
    "title",
    [
        "NORVANE running shoes",
        "norvane 跑鞋",
        "NoRvAnE跑鞋",
        "新款诺梵恩男鞋",
        "NORVANE®跑鞋",
        "NORVANE™ shoes",
        "NORVANE's shoes",
        "NORVANE/诺梵恩 跑鞋",
        "【NORVANE】跑鞋",
        "NORVANE2024 夏季",
        "shoes,NORVANE",
        "NORVANE-诺梵恩",
    ],
)
def test_a_plain_name_is_seen_and_never_called_a_disguise(title):
    assert named(title) == {"R1"}
    assert not [one for one in MATCHER.match([title])[0] if one.signal is Signal.DISGUISE]


@pytest.mark.parametrize(
    "title",
    ["TALLOW & FINCH cream", "tallow&finch cream", "Tallow and Finch cream", "TALLOWFINCH cream", "Tallow-Finch cream"],
)
def test_what_stands_between_the_words_of_a_name_does_not_matter(title):
    assert named(title) == {"R3"}
    assert disguised(title) == set()


DISGUISES = {
    "cyrillic": "NОRVАNЕ 跑鞋",
    "greek": "ΝΟRVΑΝΕ 跑鞋",
    "cherokee": "NOᎡVᎪNᎬ 跑鞋",
    "accents": "NÖRVÂNE 跑鞋",
    "full width": "ＮＯＲＶＡＮＥ shoes",
    "circled": "ⓝⓞⓡⓥⓐⓝⓔ 跑鞋",
    "squared beside letters": "ABC🄽🄾🅁🅅🄰🄽🄴 跑鞋",
    "regional indicators": "🇳🇴🇷🇻🇦🇳🇪 跑鞋",
    "mathematical": "𝐍𝐎𝐑𝐕𝐀𝐍𝐄 跑鞋",
    "small capitals": "ɴᴏʀᴠᴀɴᴇ 跑鞋",
    "digits": "N0RV4N3 跑鞋",
    "signs": "NORV@NE 跑鞋",
    "drawn letters": "NOR\\/ANE 跑鞋",
    "dots": "N.O.R.V.A.N.E 跑鞋",
    "one sign": "NOR★VANE 跑鞋",
    "underscore": "NOR_VANE 跑鞋",
    "spaces": "N O R V A N E 跑鞋",
    "emoji": "NOR🔥VANE 跑鞋",
    "zero width": "NOR\u200bVANE 跑鞋",
    "soft hyphen": "NOR\u00adVANE 跑鞋",
    "combining": "N\u0336O\u0336R\u0336V\u0336A\u0336N\u0336E\u0336 跑鞋",
    "mask": "NORV*NE 跑鞋",
    "small x for a letter": "NORVxNE 跑鞋",
    "mask sign": "N○RVANE 跑鞋",
    "missing letter": "NORVNE 跑鞋",
    "doubled letter": "NORRVANE 跑鞋",
    "swapped letters": "NROVANE 跑鞋",
    "wrong letter": "NORVAME 跑鞋",
    "two letters for one": "NORVVANE 跑鞋",
    "reversed": "ENAVRON 跑鞋",
    "upside down": "ǝuɐʌɹou 跑鞋",
    "woven with letters": "NxOxRxVxAxNxE 跑鞋",
    "woven with hanzi": "N鞋O鞋R鞋V鞋A鞋N鞋E 跑鞋",
    "woven with its other name": "N诺O梵R恩VANE 跑鞋",
    "traditional": "諾梵恩 新款运动鞋",
    "homophone": "懦梵恩 跑鞋",
    "two homophones": "诺凡摁 跑鞋",
    "hanzi parted by signs": "诺·梵·恩 跑鞋",
    "hanzi parted by spaces": "诺 梵 恩 跑鞋",
    "hanzi parted by an emoji": "诺🔥梵恩 跑鞋",
    "hanzi with zero width": "诺\u200b梵恩 跑鞋",
    "hanzi masked": "诺*恩 跑鞋",
    "hanzi in parts": "诺梵因心 跑鞋",
    "hanzi reversed": "恩梵诺 跑鞋",
    "pinyin": "nuofanen 跑鞋",
    "pinyin in syllables": "nuo fan en 跑鞋",
    "pinyin and hanzi": "诺fan恩 跑鞋",
}


@pytest.mark.parametrize("title", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguised_name_is_seen_through(title):
    assert disguised(title) == {"R1"}


@pytest.mark.parametrize("title", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_says_where_it_stands_and_why_in_two_languages(title):
    one = next(one for one in MATCHER.match([title])[0] if one.signal is Signal.DISGUISE)
    start, end = one.span
    assert title[start:end] == one.reason.surface != ""
    assert "“" in one.reason.en
    assert "“" in one.reason.zh
    assert one.reason.en.isprintable()
    assert one.reason.zh.isprintable()


def test_a_look_alike_letter_is_named_in_the_reason():
    one = MATCHER.match(["NОRVANE shoes"])[0][0]
    assert one.reason.code == "lookalike"
    assert one.reason.en == "“NОRVANE”: О only look like letters of “NORVANE”"


def test_a_two_hanzi_name_with_a_homophone_is_seen_where_it_stands_alone():
    assert disguised("迷铎 女包") == {"R4"}


@pytest.mark.parametrize(
    "title",
    [
        "NORVANEL shoes",
        "XNORVANE shoes",
        "NORVANELLA shoes",
        "norvanemore shoes",
        "tallow candle finch bird",
        "LIVING room lamp",
        "LIVOLI3000A",
        "vane nor shoes",
        "TALLOWED & FINCHES",
    ],
)
def test_a_name_inside_another_word_is_no_disguise(title):
    assert disguised(title) == set()


@pytest.mark.parametrize("title", ["上麦田野生蜂蜜", "小麦田园风窗帘", "燕麦田头"])
def test_a_chinese_name_across_two_words_is_not_seen(title):
    assert "R5" not in named(title)


@pytest.mark.parametrize("title", ["hearth rug for fireplace", "金色麦田风景挂画", "HEARTH and home cookbook"])
def test_an_ordinary_word_is_not_the_mark_without_its_goods(title):
    assert "R5" not in named(title)


@pytest.mark.parametrize("title", ["HEARTH 连帽卫衣", "麦田 HEARTH 风衣", "Hearth hoodie men"])
def test_an_ordinary_word_is_the_mark_beside_its_goods(title):
    assert named(title) == {"R5"}


def test_goods_of_one_hanzi_count_only_as_the_head_of_their_phrase():
    matcher = TitleMatcher([Mark(right_id="R", names=("HEARTH",), nice_classes=(18,))])
    bag, packed = matcher.match(["HEARTH 流苏斜包 女", "hearth 流苏包邮"])
    assert bag[0].score >= NAMED > packed[0].score


def test_an_ordinary_word_of_a_mark_without_goods_may_be_the_mark():
    matcher = TitleMatcher([Mark(right_id="R", names=("HEARTH",))])
    assert matcher.match(["HEARTH home"])[0][0].score >= NAMED


def test_a_title_in_traditional_hanzi_hides_nothing():
    assert named("諾梵恩 運動鞋 男鞋 專櫃") == {"R1"}
    assert disguised("諾梵恩 運動鞋 男鞋 專櫃") == set()


def test_a_title_in_full_width_letters_hides_nothing():
    assert disguised("ＮＯＲＶＡＮＥ ＳＨＯＥＳ ＭＥＮ") == set()


def test_properly_accented_words_hide_nothing():
    matcher = TitleMatcher([Mark(right_id="R", names=("MAISON HERMES",))])
    assert [one.signal for one in matcher.match(["Maison Hermès bag"])[0]] == [Signal.TITLE]


def test_a_name_registered_with_an_accent_is_plain_with_it_and_without():
    matcher = TitleMatcher([Mark(right_id="R", names=("Kéluna",))])
    assert [[one.signal for one in found] for found in matcher.match(["Kéluna bag", "KÉLUNA bag"])] == [
        [Signal.TITLE]
    ] * 2


def test_beside_the_plain_name_a_soft_disguise_counts_less():
    alone, beside = MATCHER.match(["nuofanen 跑鞋", "NORVANE nuofanen 跑鞋"])
    soft = next(one for one in beside if one.signal is Signal.DISGUISE)
    assert soft.score < NAMED <= alone[0].score


@pytest.mark.parametrize("title", ["N 跑鞋", "跑鞋 珂", "N跑鞋", "珂跑鞋", "Ｎ 跑鞋"])
def test_one_letter_or_hanzi_is_seen_only_plainly_and_as_a_whole_run(title):
    matcher = TitleMatcher([Mark(right_id="R", names=("N", "珂"))])
    found = matcher.match([title])[0]
    assert {one.signal for one in found} <= {Signal.TITLE}
    assert bool(found) == (title in {"N 跑鞋", "跑鞋 珂"})


def test_a_short_name_is_not_seen_in_a_term_of_the_trade():
    assert "R1" not in named("NVN级 食品硅胶管")
    assert "R1" not in disguised("MNVN320 扫码枪")


def test_a_sign_that_makes_a_short_name_must_stand():
    matcher = TitleMatcher([Mark(right_id="R", names=("K&D",), goods=("bag",))])
    assert [bool(found) for found in matcher.match(["K&D bag", "KD bag"])] == [True, False]


def test_a_name_in_two_rights_is_found_for_both():
    matcher = TitleMatcher([Mark(right_id="A", names=("NORVANE",)), Mark(right_id="B", names=("Norvane",))])
    assert {one.right for one in matcher.match(["norvane"])[0]} == {"A", "B"}


@pytest.mark.parametrize("name", ["NOR(VA", "NO.*VA", "[NOR]VA", "NOR\\VA", "NOR|VA+", "N^O$R"])
def test_a_name_with_signs_of_regular_expressions_is_a_name_like_others(name):
    assert TitleMatcher([Mark(right_id="R", names=(name,))]).match([f"{name} shoes"])[0][0].right == "R"


def test_a_name_of_ten_thousand_characters_is_left_out_with_a_warning(caplog):
    with caplog.at_level(logging.WARNING):
        matcher = TitleMatcher([Mark(right_id="R9", names=("N" * 10_000, "NORVANE"))])
    assert "R9" in caplog.text
    assert len(matcher.match(["NORVANE"])[0]) == 1


@pytest.mark.parametrize("names", [(), ("",), ("  ",), ("★",), ("\u200b",)])
def test_a_mark_without_words_is_never_seen(names):
    assert TitleMatcher([Mark(right_id="R", names=names)]).match(["NORVANE ★ shoes"]) == [[]]


def test_no_marks_find_nothing():
    assert TitleMatcher([]).match(["NORVANE", ""]) == [[], []]


@pytest.mark.parametrize("brand", ["NORVANE", "NORVANE/诺梵恩", "norvane", "诺梵恩"])
def test_a_brand_attribute_that_names_the_mark_plainly_is_a_finding(brand):
    found = MATCHER.brands([brand])[0]
    assert [(one.signal, one.right, one.span) for one in found] == [(Signal.BRAND_ATTRIBUTE, "R1", None)]


@pytest.mark.parametrize("brand", [None, "", "other/其他", "N0RVANE", "NORVANEL"])
def test_another_brand_attribute_is_none(brand):
    assert MATCHER.brands([brand]) == [[]]


@given(title=st.text(max_size=300))
def test_any_title_gives_findings_that_lie_inside_it(title):
    for one in MATCHER.match([title])[0]:
        start, end = one.span
        assert 0 <= start < end <= len(title)
        assert 0 <= one.score <= 1
        assert title[start:end] == one.reason.surface


@given(before=st.sampled_from(["", "新款 ", "(", "sale, "]), behind=st.sampled_from(["", " 跑鞋", ")", ", new"]))
def test_a_plain_name_is_found_wherever_it_stands(before, behind):
    assert "R1" in named(f"{before}NORVANE{behind}")


@given(cut=st.integers(1, 6), sign=st.sampled_from("·★•☆♥_*~^"))
def test_a_sign_anywhere_inside_the_name_is_seen_through(cut, sign):
    assert "R1" in disguised(f"{'NORVANE'[:cut]}{sign}{'NORVANE'[cut:]} 跑鞋")


@given(name=st.text("BCDFGHJKLMNPRSTVWZ", min_size=6, max_size=10))
def test_the_plain_spelling_of_any_name_is_no_disguise(name):
    found = TitleMatcher([Mark(right_id="R", names=(name,))]).match([f"{name} shoes"])[0]
    assert {one.signal for one in found} == {Signal.TITLE}
