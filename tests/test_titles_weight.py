"""What a sighting weighs beside others of the same mark, and spellings that lie between two rules."""

import pytest

from matchers.rule import DISGUISED, SURELY_NAMED
from matchers.title import TitleMatcher
from matchers.title.scores import NAMED
from matchers.title.words import is_english
from matchers.types import Mark, Signal

SHORTENED = Mark(right_id="S", names=("BRELLOWAY", "贝乐维尔"), aliases=("贝乐",), nice_classes=(25,))
WORDS = Mark(right_id="W", names=("FELD MOOR", "菲穆"), nice_classes=(25,))
THREE = Mark(right_id="T", names=("兜莉安",), nice_classes=(18,))
BEACON = Mark(right_id="B", names=("BEACON", "碧恳"), nice_classes=(25,))
MATCHER = TitleMatcher([SHORTENED, WORDS, THREE, BEACON])


def best(title, signal=Signal.DISGUISE):
    """The score of the best finding of a signal; 0 for none."""
    return max((one.score for one in MATCHER.match([title])[0] if one.signal is signal), default=0.0)


def surface(title, signal):
    return [one.reason.surface for one in MATCHER.match([title])[0] if one.signal is signal]


@pytest.mark.parametrize("title", ["贝乐唯尔 卫衣", "贝乐维迩卫衣", "贝乐维er 卫衣", "贝乐纬儿 卫衣"])
def test_a_disguised_full_name_is_not_hidden_by_the_plain_alias_it_begins_with(title):
    assert best(title) >= DISGUISED
    assert surface(title, Signal.TITLE) == []


@pytest.mark.parametrize("title", ["贝乐 维修工装 卫衣", "贝乐 尔雅卫衣", "贝乐卫衣"])
def test_an_alias_beside_other_words_is_plain(title):
    assert surface(title, Signal.TITLE) == ["贝乐"]
    assert best(title) < DISGUISED


def test_a_misspelt_latin_name_beside_the_plain_chinese_one_is_a_disguise():
    assert best("BRELOWAY贝乐维尔 卫衣") >= DISGUISED


def test_a_misspelt_name_beside_its_own_plain_spelling_is_none():
    assert best("BRELLOWAY 卫衣 breloway") < NAMED


def test_a_pinyin_beside_the_plain_name_is_none():
    assert best("BRELLOWAY beileweier 卫衣") < NAMED


@pytest.mark.parametrize("title", ["贝の乐の维の尔 卫衣", "兜ノ莉ノ安 女包", "工装裤菲の穆多袋"])
def test_a_kana_between_all_hanzi_of_a_name_is_seen_through(title):
    assert best(title) >= DISGUISED


@pytest.mark.parametrize("title", ["花の菲の穆の家 卫衣", "兜の莉安 女包"])
def test_kana_that_join_phrases_are_no_disguise(title):
    assert best(title) < DISGUISED


@pytest.mark.parametrize("title", ["FELD**OOR 卫衣", "FEL**MOOR 卫衣", "FEL* MOOR 卫衣"])
def test_a_mask_may_cover_the_space_of_a_name(title):
    assert best(title) >= DISGUISED


def test_short_pinyin_with_a_capital_at_each_syllable_is_a_name():
    assert best("FeiMu 卫衣") >= DISGUISED
    assert NAMED <= best("feimu 卫衣") < DISGUISED
    assert NAMED <= best("FEIMU 卫衣") < DISGUISED


def test_a_hanzi_out_of_use_in_place_of_one_of_three_is_a_disguise():
    assert best("兜㾖安 女包") >= DISGUISED
    assert best("兜红安 女包") < NAMED


@pytest.mark.parametrize("title", ["Stone Beacon 短袖T恤", "beacon灯塔印花 短袖T恤", "Beacon Tower 图案 卫衣"])
def test_an_english_word_in_a_phrase_is_less_sure_beside_goods(title):
    assert NAMED <= best(title, Signal.TITLE) < SURELY_NAMED


@pytest.mark.parametrize(
    "title",
    [
        "BEACON 短袖T恤",
        "Beacon卫衣",
        "BEACON oversize 卫衣",
        "beacon 碧恳 卫衣",
        "Stone Beacon 正品 卫衣",
        "beacon hoodie",
    ],
)
def test_an_english_word_written_as_a_name_is_the_mark(title):
    assert best(title, Signal.TITLE) >= SURELY_NAMED


@pytest.mark.parametrize("word", ["harbour", "theatre", "colours", "organise", "lanterns", "catalogue"])
def test_a_british_spelling_is_an_ordinary_word(word):
    assert is_english(word)


@pytest.mark.parametrize("word", ["brellour", "norvre", "kestise", "ise", ""])
def test_an_invented_word_is_none(word):
    assert not is_english(word)
