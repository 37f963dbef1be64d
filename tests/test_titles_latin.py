"""Latin names: misspelt, set apart, very short, or also ordinary words."""

import pytest

from matchers.title import TitleMatcher
from matchers.title.ambiguity import senses
from matchers.title.cells import fold
from matchers.title.hanzi import is_pinyin
from matchers.title.letters import tr39
from matchers.title.scores import NAMED
from matchers.title.slips import far_edits
from matchers.title.words import other_brands
from matchers.types import Mark, Signal

BRAVENTO = Mark(right_id="B", names=("BRAVENTO", "布岚图"), aliases=("BVT",), nice_classes=(18,))
DOLMEK = Mark(right_id="D", names=("DOLMEK",), nice_classes=(9,))
LO_SANTE = Mark(right_id="L", names=("LO-SANTEL",), nice_classes=(3,))
QUVEN = Mark(right_id="Q", names=("QUVEN", "蓼阜迪"), aliases=("QV", "Q&V"), nice_classes=(14,))
GRANITE = Mark(right_id="G", names=("GRANITE",), nice_classes=(25,))
THREE = Mark(right_id="T", names=("7M",), nice_classes=(17,))
MATCHER = TitleMatcher([BRAVENTO, DOLMEK, LO_SANTE, QUVEN, GRANITE, THREE])


def score(title, right, signal=None):
    """The best score of a right in a title; 0 for none."""
    found = MATCHER.match([title])[0]
    return max((one.score for one in found if one.right == right and signal in {None, one.signal}), default=0.0)


def test_every_look_alike_letter_of_unicodes_table_is_read_as_a_latin_letter():
    assert not [char for char in tr39() if char.isalpha() and not any(cell.letters for cell in fold(char))]


@pytest.mark.parametrize(
    "title",
    [
        "b+r+@+v+3+n+ꓔ+ο 女包",
        "B~R~A~V~E~N~T~() 女包",
        "ꓐ😍R😍4😍V😍Ꭼ😍N😍7😍O 女包",
        "B⚡R⚡A⚡V⚡E⚡N⚡T⚡o",
    ],
)
def test_a_sign_between_all_letters_is_no_letter_whatever_the_others_stand_for(title):
    assert score(title, "B", Signal.DISGUISE) >= NAMED


@pytest.mark.parametrize(
    "title", ["B,r,a,e,n,t,o 女包", "B💎r💎a💎v💎n💎t💎o", "B*R*A*V*N*T*O bag", "l💎o💎-💎s💎a💎n💎t💎l"]
)
def test_a_misspelt_name_whose_letters_are_set_apart_is_seen(title):
    assert max(score(title, "B"), score(title, "L")) >= NAMED


def test_a_spaced_name_ends_where_capitals_do():
    assert score("Irma L C b r a v e n t o cream", "B") >= NAMED
    assert score("X B R A V E N T O cream", "B") < NAMED


@pytest.mark.parametrize(
    "title", ["BRAVNTOO 女包", "BARVENOT 女包", "BBRAVEMTO bag", "bravwnro bag", "LO SATNEEL cream"]
)
def test_two_slips_in_a_long_name_are_seen_through(title):
    assert max(score(title, "B", Signal.DISGUISE), score(title, "L", Signal.DISGUISE)) >= NAMED


@pytest.mark.parametrize("title", ["Bravestone bag", "Gravend bag", "BRXVKNTO bag", "Brave bag", "Bravery bag"])
def test_two_changes_that_are_no_slips_make_another_word(title):
    assert score(title, "B") < NAMED


@pytest.mark.parametrize(
    ("name", "written", "far"), [("dolmek", "dolkem", 0), ("dolmek", "ddolmek", 0), ("dolmek", "wolmez", 2)]
)
def test_a_slip_doubles_moves_or_hits_the_next_key(name, written, far):
    assert far_edits(name, written) == far


@pytest.mark.parametrize("title", ["bulanut 女包", "BUULANTU 女包"])
def test_a_slip_in_the_pinyin_of_a_name_is_seen_through(title):
    assert score(title, "B", Signal.DISGUISE) >= NAMED


def test_other_syllables_are_no_slip_in_a_pinyin():
    assert score("bulantai 女包", "B") < NAMED
    assert is_pinyin("bulantu")
    assert not is_pinyin("bulanut")


def test_another_maker_is_no_misspelling():
    matcher = TitleMatcher([Mark(right_id="R", names=("KINGSTAN",))])
    assert "kingston" in other_brands()
    assert matcher.match(["Kingston usb", "Kingstam usb"])[0] == []


@pytest.mark.parametrize("title", ["Dolme-sheer blouse", "Váy dôlmec phong cách"])
def test_a_prefix_and_a_word_of_another_language_are_no_misspellings(title):
    assert score(title, "D") < NAMED


@pytest.mark.parametrize(
    "title", ["QV 女表", "QV 紫砂壶 名家手工", "女装 QV 长裙", "QV手表女", "Nordic QV steel necklace", "【QV】羊毛围巾"]
)
def test_initials_in_capitals_that_stand_alone_or_first_are_the_mark(title):
    assert score(title, "Q", Signal.TITLE) >= NAMED


@pytest.mark.parametrize("title", ["QV级 食品硅胶管", "支架 QV-3301 底座", "硅胶管qv型", "MQV320 支架"])
def test_initials_in_a_grade_or_a_model_are_not(title):
    assert score(title, "Q") < NAMED


@pytest.mark.parametrize(
    ("title", "seen"), [("女表 Q.V 石英", True), ("女表 Q/V 石英", True), ("女表 q/v 石英", False)]
)
def test_initials_in_capitals_parted_by_a_sign_are_doubtful(title, seen):
    assert (NAMED <= score(title, "Q", Signal.DISGUISE) < 0.7) == seen


def test_the_plain_letters_that_a_longer_disguise_left_are_part_of_it():
    matcher = TitleMatcher([QUVEN, Mark(right_id="V", names=("QVORTEM",))])
    assert {one.right for one in matcher.match(["QV💎ORTEM 女包"])[0] if one.score >= NAMED} == {"V"}


def test_an_ordinary_word_is_surer_the_more_speaks_for_the_mark():
    rising = ["polished granite of the hills", "granite slab", "GRANITE slab", "GRANITE hoodie", "GRANITE 官方 hoodie"]
    scores = [score(title, "G") for title in rising]
    assert scores == sorted(scores)
    assert scores[0] < 0.4
    assert scores[-1] >= 0.9


@pytest.mark.parametrize(
    ("title", "seen"), [("7M 胶带 强力", True), ("7M米 尼龙扎带", False), ("7M长 延长线", False), ("2x7m rope", False)]
)
def test_a_name_that_is_also_a_measure_is_not_seen_in_one(title, seen):
    assert (score(title, "T") >= NAMED) == seen


@pytest.mark.parametrize("title", ["Jordan River map", "map of Jordan, the kingdom", "Jordan Street Poster"])
def test_a_name_beside_words_for_a_place_of_that_name_is_not_the_mark(title):
    matcher = TitleMatcher([Mark(right_id="R", names=("JORDAN",), nice_classes=(25,))])
    assert all(one.score < NAMED for one in matcher.match([title])[0])
    assert matcher.match(["Jordan shoes"])[0][0].score >= NAMED


def test_a_slip_that_is_a_word_of_its_own_is_one():
    matcher = TitleMatcher([Mark(right_id="R", names=("PHILIPS",), nice_classes=(9,))])
    screw, lamp = matcher.match(["Phillips screwdriver", "Phillips lamp"])
    assert screw[0].score < NAMED <= lamp[0].score


def test_the_senses_are_words_in_the_form_that_titles_are_folded_to():
    for name, cues in senses().items():
        for word in (name, *(cue.strip("~") for cue in cues)):
            assert word, name
            assert word == "".join(cell.text for char in word for cell in fold(char)), name
