"""Copy slang and innocent phrases of titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.lexicon import automaton, slang_and_context, terms
from matchers.types import Signal


def slang(title):
    """Weights and categories of the slang of a title, in order."""
    return [one.reason.code for one in slang_and_context(title) if one.signal is Signal.SLANG]


def context(title, *named):
    """Categories of the context of a title, in which the words `named` name a mark."""
    mentions = [(title.index(name), title.index(name) + len(name)) for name in named] if named else []
    return [
        one.reason.code
        for one in slang_and_context(title, mentions)
        if one.signal is Signal.CONTEXT and one.score >= 0.5
    ]


def weights(title):
    return sorted(code.split(".")[0] for code in slang(title))


ACCEPTED = {
    "莆田纯原公司级 空军一号 男女同款 实物有标": ["medium", "strong", "strong", "weak"],
    "顶 级 复 刻 包包": ["strong"],
    "①:① 品 质 Ａ货 包": ["strong", "strong"],
    "大牌原单剪标 女包 头层牛皮 私聊看款": ["medium"] * 4,
    "super clone watch AAA+ quality with box and papers copy": ["medium", "strong", "strong"],
    "高仿真玫瑰花束 客厅摆件": [],
    "天然a货翡翠手镯 冰种": [],
    "1:1手办 海贼王 模型": [],
    "适用于戴森吸尘器配件 滤芯 替换": [],
    "case for iphone 15 compatible shockproof": [],
    "二手中古 包 鉴定 回收": [],
    "外贸原单尾货 童装 纯棉": ["medium", "medium"],
    "耐克官方旗舰店 正品 新款跑鞋": ["weak", "weak"],
}


@pytest.mark.parametrize(("title", "expected"), ACCEPTED.items(), ids=ACCEPTED.keys())
def test_the_cases_of_the_domain_model_come_out_as_it_says(title, expected):
    assert weights(title) == expected


CATEGORIES = {
    "莆田纯原公司级 空军一号 男女同款 实物有标": [
        "medium.evasion_instruction", "strong.trade_tier", "strong.trade_tier", "weak.style_borrow",
    ],
    "顶 级 复 刻 包包": ["strong.copy_grade"],
    "大牌原单剪标 女包 头层牛皮 私聊看款": [
        "medium.evasion_instruction", "medium.overrun_story", "medium.overrun_story", "medium.style_borrow",
    ],
    "super clone watch AAA+ quality with box and papers copy": [
        "medium.evasion_instruction", "strong.copy_grade", "strong.copy_grade",
    ],
    "外贸原单尾货 童装 纯棉": ["medium.overrun_story", "medium.overrun_story"],
    "耐克官方旗舰店 正品 新款跑鞋": ["weak.authorised", "weak.quality_hype"],
}  # fmt: skip


@pytest.mark.parametrize(("title", "expected"), CATEGORIES.items(), ids=CATEGORIES.keys())
def test_the_cases_of_the_domain_model_are_of_its_categories(title, expected):
    assert sorted(slang(title)) == expected


def test_what_stands_apart_is_found_where_it_stands():
    one = slang_and_context("顶 级 复 刻 包包")[0]
    assert (one.span, one.reason.surface) == ((0, 7), "顶 级 复 刻")


@pytest.mark.parametrize("title", ["1 : 1 0 手办柜", "r e p l i c a box", "复 印 刻 录"])
def test_only_chinese_terms_are_looked_for_apart(title):
    assert "strong" not in weights(title)


@pytest.mark.parametrize("title", ["莆田复刻 跑鞋", "超A复刻 包", "可过得物 球鞋", "壹比壹 手表", "aaa copy watch"])
def test_a_place_or_grade_beside_a_word_for_copies_is_strong(title):
    assert weights(title) == ["strong"]


def test_a_medium_term_alone_stays_medium():
    assert [weights(title) for title in ("莆田 跑鞋", "超A 包", "复刻 表")] == [["medium"]] * 3


def test_four_medium_terms_can_be_of_three_categories():
    assert len(set(slang("大牌原单剪标 女包 头层牛皮 私聊看款"))) == 3


def test_two_terms_of_surplus_are_of_one_category():
    assert len(set(slang("外贸原单尾货 童装 纯棉"))) == 1


def test_the_longest_term_wins_over_those_inside_it():
    assert slang("顶级高仿 包") == ["strong.copy_grade"]


@pytest.mark.parametrize(
    "title", ["高\u200b仿 包", "高🔥仿 包", "高·仿 包", "ＡＡＡ＋ watch", "🅰货 包", "複刻版 表", "A貨 包包"]
)
def test_slang_in_disguise_is_seen(title):
    assert weights(title) == ["strong"]


@pytest.mark.parametrize(
    "title", ["中原 单鞋 女", "最高 仿皮沙发", "newreplicas2 box", "fakery novel", "vxx 100", "补充新款 上衣"]
)
def test_slang_across_or_inside_other_words_is_not_seen(title):
    assert slang(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "拒绝高仿 皮包",
        "非高仿 皮包",
        "杜绝高仿 皮包",
        "谨防高仿 皮包",
        "not a replica shoes",
        "no replica shoes",
        "打假高仿曝光",
    ],
)
def test_slang_that_is_denied_does_not_count(title):
    assert "strong" not in weights(title)


def test_a_denial_in_another_phrase_does_not_help():
    assert "strong" in weights("谨防假冒,顶级复刻 包包")


def test_a_weak_denial_does_not_cancel_strong_slang():
    assert "strong" in weights("无标高仿包")


@pytest.mark.parametrize(
    "title", ["高达拼装模型 1比1 复刻", "手机屏幕总成 纯原 拆机", "仿真花 高仿 绿植", "vinyl record 复刻"]
)
def test_a_trade_in_which_the_term_is_innocent_clears_it(title):
    assert slang(title) == []


def test_nicknames_of_brands_are_no_slang():
    assert "小香风" not in {term.text for term in terms()}
    assert slang("小香风 外套") == []


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("适用于 NORVANE 手表表带", "NORVANE"),
        ("兼容NORVANE 充电线", "NORVANE"),
        ("strap for NORVANE watch", "NORVANE"),
        ("ремешок для NORVANE", "NORVANE"),
        ("funda para NORVANE", "NORVANE"),
        ("NORVANE 刀头 通用替换", "NORVANE"),
        ("NORVANE专用包带 肩带", "NORVANE"),
    ],
)
def test_compatible_use_of_the_mark_is_context(title, named):
    assert "compatibility" in context(title, named)


@pytest.mark.parametrize(
    "title",
    [
        "NORVANE shoes for men",
        "NORVANE 男女通用 跑鞋",
        "NORVANE 跑鞋 适用季节 春秋",
        "NORVANE shoes for running",
        "四季通用 NORVANE 帽子",
    ],
)
def test_what_only_sounds_like_compatible_use_is_none(title):
    assert context(title, "NORVANE") == []


def test_a_gift_is_no_accessory():
    assert context("NORVANE 皮包 送防尘袋", "NORVANE") == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("二手 NORVANE 皮包", "second_hand"),
        ("pre-owned NORVANE bag", "second_hand"),
        ("NORVANE 皮包 维修", "service"),
        ("NORVANE 表带", "accessory"),
    ],
)
def test_other_context_is_named(title, code):
    assert code in context(title, "NORVANE")


def test_one_to_one_is_slang_but_of_models():
    assert weights("唇釉 1:1 豆沙色") == ["strong"]
    assert weights("1:1 拼装 积木") == []
    assert weights("1:12 diecast") == []


def test_two_words_of_service_are_surer_than_one():
    assert context("NORVANE 精华 面部护理", "NORVANE") == []
    assert context("NORVANE 球鞋 清洗 护理", "NORVANE") == ["service", "service"]


def test_recycled_material_is_not_second_hand():
    assert context("NORVANE 环保回收材料 背包", "NORVANE") == []


def test_a_finding_names_no_right_and_says_why_in_two_languages():
    one = slang_and_context("NORVANE 高仿 包")[0]
    assert (one.right, one.span, one.reason.surface) == (None, (8, 10), "高仿")
    assert "imitation" in one.reason.en
    assert "仿品" in one.reason.zh


@given(title=st.text(max_size=200))
def test_any_title_gives_findings_that_lie_inside_it(title):
    for one in slang_and_context(title):
        start, end = one.span
        assert title[start:end] == one.reason.surface


@given(
    words=st.lists(
        st.sampled_from(["高仿", "高仿真", "原单", "A货", "翡翠", "1:1手办", "复刻", " ", "·", "LV"]), max_size=12
    )
)
def test_no_two_findings_share_a_character(words):
    taken = [place for one in slang_and_context("".join(words)) for place in range(*one.span)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("title", ["高仿" * 500_000, "高 仿 " * 300_000, "拒绝" * 500_000, "a货 " * 300_000])
@pytest.mark.timeout(10)
def test_a_title_of_a_megabyte_is_bounded(title):
    automaton(apart=True)
    assert isinstance(slang_and_context(title), list)


FAMILIES = ["高端复刻", "高品质精仿", "顶级仿货", "极品高仿", "一比一复刻版", "超A品质", "顶仿", "超仿", "原单级复刻"]


@pytest.mark.parametrize("term", FAMILIES)
def test_any_grade_with_any_word_for_a_copy_is_strong(term):
    assert weights(f"斜挎小包 {term} 女") == ["strong"]


@pytest.mark.parametrize(
    "title", ["超仿真花束摆件", "顶级仿真绿植", "高档仿皮沙发", "高端复刻 高达 拼装模型", "高端商务手提包"]
)
def test_a_grade_with_a_material_or_a_model_is_none(title):
    assert "strong" not in weights(title)


def test_a_ratio_is_seen_behind_letters_but_not_in_a_number():
    assert weights("Lo-Fi1:1 音箱") == ["strong"]
    assert weights("音箱1：1pro") == ["strong"]
    assert weights("合金车 v21:1 比例") == []
    assert weights("车 1:18 合金") == []


def test_true_wireless_is_no_lifelike_thing():
    assert weights("高仿真无线耳机") == ["strong"]
    assert weights("高仿真玫瑰") == []


def test_a_name_makes_no_word_with_the_slang_behind_it():
    assert slang_codes("柯多可复刻小车", "柯多可") == ["medium.overrun_story"]


def slang_codes(title, name):
    start = title.index(name)
    found = slang_and_context(title, [(start, start + len(name))])
    return [one.reason.code for one in found if one.signal is Signal.SLANG]


OWNED = [
    "近乎全新", "九成新", "自用转让", "个人转卖", "宝宝大了用不上", "女儿大了穿不下", "孩子大了便宜出", "只戴过两次",
    "穿过1次",
    "仅试戴", "没怎么背", "买大了转", "吃灰出", "急出", "出闲", "闲置转让", "断舍离低价", "85新", "转手",
    "like new", "worn once",
]  # fmt: skip


@pytest.mark.parametrize("words", OWNED)
def test_what_is_sold_by_its_owner_is_second_hand(words):
    assert "second_hand" in context(f"NORVANE 皮包 {words}", "NORVANE")


@pytest.mark.parametrize(
    "words",
    [
        "全新正品",
        "手柄转手柄",
        "2085新款",
        "男孩大了",
        "急出口",
        "自用款",
        "穿过膝盖",
        "儿童大码",
        "转让费",
        "用过都说好",
    ],
)
def test_what_only_sounds_like_an_owner_is_none(words):
    assert context(f"NORVANE 皮包 {words}", "NORVANE") == []


@pytest.mark.parametrize(
    "title", ["NORVANE 充电器 65W 快充 通用", "NORVANE 耳机 兼容安卓苹果", "手机平板通用 充电器 NORVANE"]
)
def test_what_fits_other_things_is_not_said_of_the_mark(title):
    assert context(title, "NORVANE") == []


@pytest.mark.parametrize(
    "title", ["NORVANE通用 肩带", "通用NORVANE滤网", "滤网 兼容NORVANE", "滤网 NORVANE适用", "滤网 NORVANE 适配"]
)
def test_what_fits_the_mark_is(title):
    assert context(title, "NORVANE") == ["compatibility"]


def test_an_accessory_that_the_mark_is_registered_for_is_the_article():
    title = "NORVANE 磁吸手机壳 通用"
    span = [(0, 7)]
    codes = [[one.reason.code for one in slang_and_context(title, span, goods)] for goods in ((), ("手机壳",))]
    assert codes == [["accessory", "compatibility"], []]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NORVANE适用唇刷 便携", ["compatibility"]),
        ("NORVANE 适用于所有肤质 面霜", []),
        ("NORVANE适用男女 跑鞋", []),
        ("pre-loved NORVANE watch", ["second_hand"]),
    ],
)
def test_what_stands_right_behind_the_mark_is_said_of_it(title, expected):
    assert context(title, "NORVANE") == expected
