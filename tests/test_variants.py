"""The spellings that are said to be looked for are found; those that are searched are what a buyer would type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.brands import look_up
from matchers.title import TitleMatcher
from matchers.title.reasons import EN
from matchers.title.scores import USUAL
from matchers.title.searched import TYPED, searched
from matchers.title.variants import variants
from matchers.types import Mark
from store.blobs import Blobs
from store.database import Store
from store.register import import_rights, prepare, read_rights
from tests.crawling import command, registered

NAMES = ["NORVANE", "Kestoli Morra", "TALLOW & FINCH", "诺梵恩", "麋铎", "飞马跃动", "GORE-KELM", "Élanvo", "7Vex"]


def mark(*names):
    return Mark(right_id="R1", names=names)


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_that_is_listed_is_found(name):
    matcher, listed = TitleMatcher([mark(name)]), list(variants(mark(name)))
    found = matcher.match([one.text for one in listed])
    unseen = [one.text for one, row in zip(listed, found, strict=True) if all(each.score < USUAL for each in row)]
    assert listed
    assert unseen == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_listed_first_and_each_spelling_once(name):
    texts = [one.text for one in variants(mark(name))]
    assert texts[0] == name
    assert len(set(texts)) == len(texts)


def test_nearly_every_kind_of_disguise_has_an_example():
    listed = {one.code for name in NAMES for one in variants(mark(name))}
    assert set(EN) - listed == {"typo_added", "typo_two", "replaced_hanzi"}


def test_a_spelling_says_what_a_finding_of_it_would():
    said = {one.code: (one.en, one.zh) for one in variants(mark("诺梵恩"))}
    assert said["pinyin"] == ("the pinyin of “诺梵恩”", "为“诺梵恩”的拼音")


def test_a_short_name_that_its_sign_makes_has_no_disguise_in_which_the_sign_is_lost():
    assert "D.G" not in {one.text for one in variants(mark("D&G"))}


@given(st.text(max_size=12))
def test_any_name_has_its_spellings(name):
    listed = list(variants(mark(name)))
    assert all(one.text and one.en and one.zh for one in listed)


def test_pinyin_comes_first_of_what_is_searched_and_each_kind_has_its_turn():
    found = searched(mark("NORVANE", "诺梵恩"), 5)
    assert found[0] == "nuofanen"
    by_text = {one.text: one.code for one in variants(mark("NORVANE", "诺梵恩"))}
    assert [by_text[text] for text in found] == list(TYPED[:5])


def test_no_more_are_searched_than_wanted_and_none_of_what_is_for_the_eye():
    assert len(searched(mark("NORVANE", "诺梵恩"), 3)) == 3
    assert searched(mark("NORVANE"), 0) == []
    codes = {one.text: one.code for one in variants(mark("NORVANE"))}
    assert {codes[text] for text in searched(mark("NORVANE"), 20)} <= set(TYPED)


def test_an_ordinary_word_is_not_searched():
    assert "boot" not in searched(mark("BOOOT"), 20)
    assert "平安" not in searched(mark("苹安"), 20)


@pytest.fixture
def store(tmp_path):
    (tmp_path / "rights.csv").write_text("client,right_id,type,mark,names\nN AG,N1,trademark,NORVANE,诺梵恩\n", "utf-8")
    store, file = Store(f"sqlite:///{tmp_path / 'x.sqlite'}"), read_rights(tmp_path / "rights.csv")
    with store.writing() as session:
        blobs = Blobs(tmp_path / "blobs")
        import_rights(session, [prepare(row, file.folder, blobs, lambda data: None) for _, row in file.rows])
    yield store
    store.close()


def test_disguised_spellings_are_searched_after_the_names_when_asked_for(store):
    assert look_up(store, ["NORVANE"]).queries == ("NORVANE", "诺梵恩")
    assert look_up(store, ["NORVANE"], 2).queries == ("NORVANE", "诺梵恩", "nuofanen", searched(mark("诺梵恩"), 2)[1])


def test_so_are_those_of_a_word_that_nobody_registered(store):
    assert look_up(store, ["麋铎"], 1).queries == ("麋铎", "miduo")


def test_the_command_lists_the_spellings_of_all_names_of_a_registered_mark(tmp_path):
    registered(tmp_path)
    said = command("rights", "variants", "velquora", "--limit", "1", folder=tmp_path).stdout.splitlines()
    rows = [line.split("\t") for line in said]
    assert rows[0] == ["name", "kind", "spelling", "score", "what a finding says"]
    assert {row[0] for row in rows[1:]} == {"VELQUORA", "维洛夸"}
    assert ["维洛夸", "pinyin", "weiluokua"] in [row[:3] for row in rows]
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


def test_the_command_takes_any_word_and_refuses_none(tmp_path):
    assert "N0RVANE" in command("rights", "variants", "NORVANE", folder=tmp_path).stdout
    done = command("rights", "variants", " ", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: name: give 1 to 64 characters\n")
