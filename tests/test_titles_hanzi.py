"""Chinese names whose hanzi are replaced, written as parts, or both, and rows of hanzi that only resemble a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.title import TitleMatcher
from matchers.title.composed import net, wholes
from matchers.title.doubt import compare
from matchers.title.hanzi import homophones, is_like, likeness
from matchers.title.scores import NAMED
from matchers.types import Mark

NORVANE = Mark(right_id="R1", names=("诺梵恩",))
VELUM = Mark(right_id="R2", names=("麋铎",))
HALKE = Mark(right_id="R3", names=("澔柯丽",))
LISHA = Mark(right_id="R4", names=("珞沙",))
MATCHER = TitleMatcher([NORVANE, VELUM, HALKE, LISHA])


def seen(title):
    return {one.right for one in MATCHER.match([title])[0] if one.score >= NAMED}


@pytest.mark.parametrize("title", ["諾🔥凡🔥嗯 跑鞋", "喏.梵.摁 跑鞋", "諾\u200b凡\u200b恩跑鞋男款"])
def test_three_evasions_at_once_are_seen_through(title):
    assert seen(title) == {"R1"}


@pytest.mark.parametrize("title", ["浩珂丽 手提包", "澔河丽 手提包", "【皓柯俪】手提包"])
def test_hanzi_of_like_sound_or_shape_stand_for_a_name(title):
    assert seen(title) == {"R3"}


@pytest.mark.parametrize("title", ["迷夺 女包", "【糜踱】女包"])
def test_a_two_hanzi_name_is_seen_with_both_replaced_where_it_stands_alone(title):
    assert seen(title) == {"R2"}


@pytest.mark.parametrize("title", ["诺林凡因心 跑鞋", "讠若林凡因心 跑鞋", "言若梵因心跑鞋"])
def test_hanzi_are_read_from_their_parts_in_any_form(title):
    assert seen(title) == {"R1"}


def test_a_single_stroke_may_be_part_of_a_hanzi():
    assert TitleMatcher([Mark(right_id="R", names=("兰梵恩",))]).match(["丷三梵恩 跑鞋"])[0]


def test_masks_between_all_hanzi_hide_none():
    assert seen("喏*凡*恩 跑鞋") == {"R1"}


@pytest.mark.parametrize(
    "title",
    [
        "角落沙发垫子",  # ordinary words, and their borders
        "网络纱布批发",
        "红诺梵登高跟鞋",  # another name that shares two hanzi
        "浩克力量健身器材",
        "迷多彩印花连衣裙",
    ],
)
def test_a_chance_likeness_is_left_alone(title):
    assert seen(title) == set()


def test_a_row_torn_out_of_a_longer_disguised_name_is_left_alone():
    assert seen("兜🔥珞🔥莎🔥安 女包") == set()


def test_a_name_that_is_spelled_out_is_nearer_than_one_that_is_resembled():
    both = TitleMatcher([NORVANE, Mark(right_id="R9", names=("喏凡恩",))])
    assert {one.right for one in both.match(["喏🔥凡🔥恩 跑鞋"])[0] if one.score >= NAMED} == {"R9"}


def test_a_homophone_is_taken_in_its_usual_reading():
    assert homophones("奈", "耐")
    assert not homophones("童", "众")  # 童 is read as 众 in old texts only


def test_likeness_is_graded():
    assert likeness("曼", "晏") > likeness("曼", "慢") >= 0
    assert likeness("曼", "工") == 0


def test_a_hanzi_is_compared_by_its_likelier_likeness():
    assert compare("耐", "耐").code == ""
    assert compare("奈", "耐").code == "homophone"
    assert compare("萤", "劳").code == "lookalike_hanzi"
    assert compare("赛", "晒").code == "near_homophone"
    assert compare("工", "耐").code == "replaced_hanzi"


def test_no_row_of_parts_makes_one_of_its_own():
    assert not [row for row, whole in wholes().items() if row in whole]


@given(st.text(alphabet="而寸十兄氵每丷三木林凡因心诺梵恩 *🔥", max_size=40))
def test_any_mixture_of_parts_is_read_in_order(title):
    for one in MATCHER.match([title])[0]:
        assert 0 <= one.span[0] < one.span[1] <= len(title)
    for place, steps in enumerate(net(title) or []):
        assert all(place < end <= len(title) for _, end in steps)


@given(st.characters(), st.characters())
def test_any_two_characters_can_be_compared(one, two):
    assert is_like(one, one)
    assert compare(one, two).nats >= 0
