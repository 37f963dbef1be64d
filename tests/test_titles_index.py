"""The index of marks: its hashes and tables, kept in a file, added to."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, text

from matchers.title import TitleMatcher
from matchers.title.hashes import Row, characters, hashes, values, without_one, without_two
from matchers.title.keys import table_of
from matchers.title.keytable import KeyTable, merged
from matchers.types import Mark

MARKS = [
    Mark(right_id="R1", names=("NORVANE", "诺梵恩"), nice_classes=(25,)),
    Mark(right_id="R2", names=("Kestoli Morra", "珂丝朵茉"), aliases=("K",), goods=("handbags",)),
    Mark(right_id="R3", names=("宾霓",)),
]
TITLES = [
    "N0RVANE 诺*恩",
    "Kestoli Mora 包",
    "珂-丝-朵-茉",
    "宾妮 女鞋",
    "K 包",
    "NOR*ANE",
    "kesidoumo",
    "诺范恩 跑鞋",
    "",
]
words = text(alphabet="abc克斯", min_size=2, max_size=9)


@given(words, integers(0, 8), integers(1, 9))
def test_a_window_has_the_hash_of_its_text(word, start, length):
    start = min(start, len(word) - 1)
    length = min(length, len(word) - start)
    row = Row.of(values(characters(word)))
    assert row.windows(np.array([start]), length)[0] == hashes([word[start : start + length]])[0]


@given(words)
def test_leaving_letters_out_of_a_hash_is_leaving_them_out_of_the_text(word):
    table = table_of([word], len(word))
    ones = [word[:place] + word[place + 1 :] for place in range(len(word))]
    assert without_one(table)[0].tolist() == hashes(ones).tolist()
    twos = [
        one[:place] + one[place + 1 :]
        for place, one in ((j - 1, ones[i]) for i in range(len(word)) for j in range(i + 1, len(word)))
    ]
    assert without_two(table)[0].tolist() == (hashes(twos).tolist() if twos else [])


@given(lists(integers(0, 40)), lists(integers(0, 40)))
def test_a_table_finds_what_a_dictionary_finds(kept, asked):
    spread = 0x9E3779B97F4A7C15
    keys = np.array([key * spread % 2**64 for key in kept], np.uint64)
    table = KeyTable.of(keys, np.arange(len(kept), dtype=np.uint32))
    which, names = table.find(np.array([key * spread % 2**64 for key in asked], np.uint64))
    found = sorted(zip(which.tolist(), names.tolist(), strict=True))
    assert found == [(i, j) for i, key in enumerate(asked) for j, other in enumerate(kept) if key == other]


def test_tables_put_together_number_their_names_one_after_the_other():
    one, two = (KeyTable.of(np.array([5], np.uint64), np.array([0], np.uint32)) for _ in range(2))
    assert merged([(one, 0), (two, 3)]).find(np.array([5], np.uint64))[1].tolist() == [0, 3]


def test_an_index_in_a_file_gives_the_same_answers(tmp_path):
    matcher = TitleMatcher(MARKS)
    matcher.save(tmp_path / "marks.index", "digest")
    loaded = TitleMatcher.load(tmp_path / "marks.index")
    assert loaded.match(TITLES) == matcher.match(TITLES)
    assert loaded.source == "digest"
    assert [path.name for path in tmp_path.iterdir()] == ["marks.index"]


def test_marks_are_added_without_making_the_others_again():
    once = TitleMatcher(MARKS).match(TITLES)
    first = TitleMatcher(MARKS[:1])
    grown = first.add(MARKS[1:2]).add(MARKS[2:])
    assert grown.match(TITLES) == once
    assert grown.index.parts[0] is first.index.parts[0]


def test_many_additions_are_put_together(tmp_path):
    more = [Mark(right_id=f"M{number}", names=(f"QUALDOR{'abcdefghijklmnop'[number]}ST",)) for number in range(16)]
    matcher = TitleMatcher(MARKS)
    for mark in more:
        matcher = matcher.add([mark])
    titles = [*TITLES, *(f"{mark.names[0]} shoes" for mark in more)]
    assert len(matcher.index.parts) < 10
    assert matcher.match(titles) == TitleMatcher([*MARKS, *more]).match(titles)
    matcher.save(tmp_path / "index")
    assert TitleMatcher.load(tmp_path / "index").match(titles) == matcher.match(titles)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x93NUMPY", b"mark_id\tword_mark\n"])
def test_a_file_that_is_no_index_is_told_in_one_sentence(tmp_path, data):
    (tmp_path / "index").write_bytes(data)
    with pytest.raises(ValueError, match="index is no index of marks"):
        TitleMatcher.load(tmp_path / "index")


def test_an_index_made_by_another_version_is_told(tmp_path, monkeypatch):
    TitleMatcher(MARKS).save(tmp_path / "index")
    monkeypatch.setattr("matchers.title.indexfile.made_with", lambda: "another")
    with pytest.raises(ValueError, match="made by another version"):
        TitleMatcher.load(tmp_path / "index")


def test_a_matcher_without_marks_sees_nothing():
    assert TitleMatcher([]).match(TITLES) == [[] for _ in TITLES]


def test_ten_times_the_marks_take_less_than_three_times_the_time():
    def seconds(count):
        letters = "abcdefghijklmnopqrst"
        marks = [
            Mark(right_id=str(n), names=(f"ZQ{letters[n % 20]}{letters[n // 20 % 20]}VX{letters[n // 400]}WOK",))
            for n in range(count)
        ]
        matcher = TitleMatcher(marks)
        titles = [f"春秋新款 Norvane {n} running shoes men 休闲跑步鞋 gift box" for n in range(500)]
        matcher.match(titles)
        started = time.process_time()
        matcher.match(titles)
        return time.process_time() - started

    assert seconds(3000) < 3 * seconds(300)
