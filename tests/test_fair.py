"""The catalogue that a seed invents: what it is made of, and that two seeds share nothing."""

from collections import Counter
from functools import cache

import pytest
from rapidfuzz.distance import Levenshtein

from sandbox.catalogue import read_catalogue
from sandbox.goods.fair import writing
from sandbox.goods.fair.pictures import Album
from sandbox.goods.fair.world import SITES, world

LISTINGS = 2000


@cache
def drafts(seed=7):
    where = world(seed)
    return writing.drafts(where, Album(where), LISTINGS)


def test_it_has_as_many_listings_as_were_asked_for_and_no_two_titles_alike():
    assert len(drafts()) == len({draft.title for draft in drafts()}) == LISTINGS


def test_at_least_twelve_marks_on_five_marketplaces():
    assert len(world(7).marks) >= 12
    places = Counter(draft.seller.marketplace for draft in drafts())
    assert set(places) == set(SITES)
    assert min(places.values()) >= LISTINGS / 50


def test_about_a_third_is_copied_and_every_mark_is():
    copies = [draft for draft in drafts() if draft.label == "counterfeit"]
    assert 0.3 <= len(copies) / LISTINGS <= 0.36
    assert {draft.mark for draft in copies} == {mark.right_id for mark in world(7).marks}


def test_every_label_and_every_disguise_is_there():
    assert {draft.label for draft in drafts()} == {"counterfeit", "genuine", "compatible", "second_hand", "other"}
    kinds = Counter(draft.why.split()[0] for draft in drafts() if draft.why.startswith("disguise:"))
    assert len(kinds) >= 16


def test_a_seed_makes_the_same_goods_every_time():
    where = world(7)
    assert writing.drafts(where, Album(where), LISTINGS) == drafts()


def test_two_seeds_share_no_name():
    one, other = ([mark.latin for mark in world(seed).marks if mark.latin and mark.nice != "21"] for seed in (7, 8))
    assert min(Levenshtein.distance(a, b) for a in one for b in other) >= 2


def test_listings_share_pictures_as_real_ones_do():
    shown = Counter(picture.path for draft in drafts() for picture in draft.images)
    assert len(shown) <= 350
    assert max(shown.values()) >= 10


def test_wholesale_goods_have_a_smallest_order_and_a_range():
    for draft in drafts():
        assert (draft.moq is not None) == (draft.seller.marketplace in {"1688", "alibaba"})
        assert draft.price_high is None or draft.price <= draft.price_high


@pytest.mark.parametrize("listings", [0, 99, 10**9])
def test_a_number_that_it_cannot_make_is_refused(tmp_path, listings):
    with pytest.raises(ValueError, match="listings"):
        writing.write(tmp_path, 1, listings)


def test_what_is_written_is_read_without_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(Album, "render", lambda self, picture: writing.Image.new("RGB", (8, 8)))
    monkeypatch.setattr(writing, "drawn_shot", lambda shot, signs: writing.Image.new("RGB", (8, 8)))
    monkeypatch.setattr(writing, "ProcessPoolExecutor", Here)
    writing.write(tmp_path, 7, 100)
    catalogue = read_catalogue(tmp_path / "catalogue.jsonl")
    assert (len(catalogue.goods), catalogue.warnings) == (100, ())


class Here:
    """A pool that works in this process, where what was replaced is replaced."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    map = staticmethod(map)
