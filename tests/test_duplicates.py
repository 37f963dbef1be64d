"""The same goods at other ids are one group, however they come in."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from store.database import Store
from store.duplicates import explained, members, regroup
from store.likeness import keys, likeness, shown
from store.models import Candidate, Client, GroupKey, Right
from store.records import ListingRecord, PhotoRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
TITLE = "奥丽瓦 跑鞋 男 透气 网面 轻便 运动鞋 百搭 学生 2026 春季"
ZERO = "0" * 64
NEAR = f"{(1 << 31) - 1:064x}"  # 31 bits of it are set
FAR = f"{(1 << 32) - 1:064x}"


def listing(item_id, title=TITLE, photos=("a",), marketplace="taobao", flagged=True, pdq=None):
    known = {"url": f"https://x/{item_id}", "seen_at": AT, "source": "search", "title": title}
    verdict = VerdictRecord(client="Oriva", right="R1", score=0.9, matched=True, flagged=flagged, authorised=False)
    return SightingRecord(
        listing=ListingRecord(id_space=marketplace, item_id=str(item_id), marketplace=marketplace, **known),
        photos=tuple(photo(each, at, pdq) for at, each in enumerate(photos, 1)),
        verdicts=(verdict,),
    )


def photo(name, position, pdq=None):
    size = {"bytes": 1, "width": 9, "height": 9, "format": "JPEG"}
    return PhotoRecord(sha256=name.ljust(64, "0"), url=name, key=name, position=position, pdq=pdq, **size)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with store.writing() as session:
        client = Client(name="Oriva")
        session.add_all([client, Right(client=client, right_id="R1", type="trademark")])
    yield store
    store.close()


def write(store, *sightings):
    with store.writing() as session:
        write_sightings(session, sightings)


def groups(store):
    """{item id: id of its group}"""
    with store.reading() as session:
        found = session.scalars(select(Candidate).order_by(Candidate.id))
        return {each.listing.item_id: each.group_id for each in found}


def test_the_same_picture_and_a_near_same_title_at_other_ids_and_sites_are_a_group(store):
    write(store, listing(1), listing(2, TITLE + " 新款"), listing(3, marketplace="1688"), listing(4, photos=("b",)))
    assert groups(store) == {"1": 1, "2": 1, "3": 1, "4": None}


def test_a_title_of_other_goods_under_the_same_picture_is_no_duplicate(store):
    write(store, listing(1), listing(2, "手机壳 硅胶 防摔 全包 奥丽瓦"))
    assert set(groups(store).values()) == {None}


def test_a_near_copy_of_the_picture_is_the_same_and_a_farther_one_is_not(store):
    write(store, listing(1, pdq=ZERO), listing(2, photos=("b",), pdq=NEAR), listing(3, photos=("c",), pdq=FAR))
    assert groups(store) == {"1": 1, "2": 1, "3": None}


def test_a_chart_beside_the_main_picture_makes_no_group(store):
    write(store, listing(1, photos=("a", "chart")), listing(2, photos=("b", "chart")))
    assert set(groups(store).values()) == {None}


def test_one_that_shows_the_others_main_picture_among_its_own_is_a_duplicate(store):
    write(store, listing(1, photos=("a", "b")), listing(2, photos=("b",)))
    assert groups(store) == {"1": 1, "2": 1}


def test_what_is_not_flagged_is_in_no_group(store):
    write(store, listing(1), listing(2, flagged=False))
    assert groups(store) == {"1": None}


def test_a_group_says_why(store):
    write(store, listing(1, pdq=ZERO), listing(2, TITLE + " 新款", ("b",), pdq=NEAR), listing(3, pdq=ZERO))
    with store.reading() as session:
        second = session.get(Candidate, 2)
        assert [each.id for each in members(session, second)] == [1, 2, 3]
        (_, first), (_, third) = explained(session, second)
        assert first.en.startswith("near-same picture (31 of 256 bits apart)")
        assert first.en.endswith("and title 95 % alike")
        assert third.en == f"same picture {'a'.ljust(12, '0')} and title 100 % alike"
        assert third.zh.startswith("图片相同")


def test_groups_keep_their_ids_when_more_comes_and_when_all_is_done_anew(store):
    write(store, listing(1), listing(2))
    write(store, listing(3, photos=("x",)), listing(4))
    before = groups(store)
    assert before == {"1": 1, "2": 1, "3": None, "4": 1}
    with store.writing() as session:
        assert regroup(session, 1) == 0
    assert groups(store) == before


def test_seen_again_with_a_picture_it_joins(store):
    write(store, listing(1), listing(2, photos=()))
    assert groups(store) == {"1": None, "2": None}
    write(store, listing(2, photos=("b", "a")))
    assert groups(store) == {"1": 1, "2": 1}


def test_only_the_first_of_a_group_is_looked_up(store):
    write(store, *(listing(number) for number in range(30)))
    with store.reading() as session:
        assert set(session.scalars(select(GroupKey.candidate_pk))) == {1}


WORDS = [*TITLE.split(), "新款", "包邮", "женские", "running", "shoes", "{{x}}"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 7))
def test_groups_are_the_same_one_by_one_in_batches_and_anew(tmp_path_factory, seed, size):
    draw = Random(seed)
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('groups') / 'x.sqlite'}")
    with store.writing() as session:
        session.add(Client(name="Oriva"))
    made = [
        listing(number, " ".join(draw.sample(WORDS, 11)), tuple(draw.sample("abc", draw.randint(0, 2))))
        for number in range(14)
    ]
    for start in range(0, len(made), size):
        write(store, *made[start : start + size])
    before = groups(store)
    with store.writing() as session:
        assert regroup(session, 1) == 0
    assert groups(store) == before
    assert all(
        pk == min(n for n, other in enumerate(before.values(), 1) if other == pk) for pk in before.values() if pk
    )
    store.close()


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_nothing_raises(one, other):
    pair = shown(1, one, [("a", ZERO)]), shown(2, other, [("b", NEAR)])
    assert (likeness(*pair) is None) == (likeness(*reversed(pair)) is None)
    assert all(len(key) <= 66 for key in keys(pair[0]))


def test_near_same_titles_have_a_key_in_common():
    titles = [TITLE, TITLE + " 新款", "新款 " + TITLE.replace(" 百搭", ""), TITLE.replace("2026", "2027")]
    found = [set(keys(replace(shown(1, title, [("a", None)]), photos=(("x" + title[:3], None),)))) for title in titles]
    assert all(found[0] & each for each in found[1:])
