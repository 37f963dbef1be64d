"""What brands are called beside their names."""

import pytest

from matchers.data import HERE
from matchers.title import TitleMatcher
from matchers.title.nicknames import NicknamesError, nicknames_of, read, shipped, with_nicknames
from matchers.types import Mark, Signal

LV = Mark(right_id="LV", names=("Louis-Vuitton", "路易威登"), nice_classes=(18, 25))


def scored(matcher, title):
    return max((one.score for one in matcher.match([title])[0]), default=0.0)


def test_a_mark_is_known_by_any_of_the_brands_names_however_it_is_written():
    for names in (("LOUIS VUITTON",), ("路易威登",), ("louis-vuitton",)):
        assert "驴牌" in with_nicknames(Mark(right_id="R", names=names)).nicknames


def test_a_sure_nickname_names_the_mark_and_is_no_disguise():
    (one,) = TitleMatcher([LV]).match(["驴牌 女包 新款"])[0]
    assert (one.signal, one.matched) == (Signal.TITLE, "驴牌")


def test_a_nickname_that_is_a_word_needs_goods_beside_it():
    matcher = TitleMatcher([Mark(right_id="N", names=("NIKE",), nice_classes=(25,))])
    assert scored(matcher, "对勾 运动鞋") >= 0.5 > scored(matcher, "对勾 批改印章")


def test_another_maker_of_other_goods_has_no_such_nickname():
    assert nicknames_of(Mark(right_id="R", names=("LOUIS VUITTON",), nice_classes=(12,))) == []


def test_nobody_replaces_hanzi_of_a_nickname_or_types_its_sounds():
    assert TitleMatcher([LV]).match(["驴排 女包", "lvpai 女包", "吕牌 女包"]) == [[], [], []]


def test_the_marks_own_alias_stays_an_alias():
    mark = Mark(right_id="LV", names=("LOUIS VUITTON",), aliases=("驴牌",))
    assert scored(TitleMatcher([mark]), "驴牌 女包") > scored(TitleMatcher([LV]), "驴牌 女包")


def test_a_file_of_ones_own_adds_to_the_known_ones(tmp_path):
    (tmp_path / "own.tsv").write_text("# mine\nNORVANE|诺梵恩\t9\t诺家军|N神机\t小诺\n", encoding="utf-8")
    mark = with_nicknames(Mark(right_id="P", names=("诺梵恩",), nice_classes=(9,)), read(tmp_path / "own.tsv"))
    assert (mark.nicknames, mark.loose_nicknames) == (("诺家军", "N神机"), ("小诺",))


@pytest.mark.parametrize(
    ("text", "said"),
    [("NORVANE\n", "line 1"), ("A\t9\tx\t\nNORVANE\tshoes\tx\ty\n", "line 2"), ("a\tb\tc\td\te\n", "four columns")],
)
def test_a_file_in_another_form_is_told_with_its_line(tmp_path, text, said):
    (tmp_path / "own.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(NicknamesError, match=said):
        read(tmp_path / "own.tsv")


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "own.tsv").write_bytes("诺梵恩".encode("gb18030"))
    with pytest.raises(NicknamesError, match="not UTF-8"):
        read(tmp_path / "own.tsv")


def test_the_projects_own_table_is_broad_and_has_no_name_twice_in_a_row():
    assert len({id(row) for row in shipped().values()}) >= 200
    for line in (HERE / "nicknames.tsv").read_text(encoding="utf-8").splitlines():
        names = [name for cell in line.split("\t")[2:] for name in cell.split("|") if name]
        assert line.startswith("#") or len(names) == len(set(names)), line
