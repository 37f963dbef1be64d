"""Sellers: facts of one, links to others with their reasons, clusters over firm links alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from typer.testing import CliRunner

from crawler.cli import app
from crawler.cli.sellers import look_for_traits
from crawler.config import load_config
from store.database import Store
from store.links import clusters, join, leader, links_of
from store.models import Candidate, Listing, ListingPhoto, Photo, Seller
from store.sellers import page, top_sellers
from store.traits import Shop, licence_of, name_core, template, traits_of, uploaders
from tests.registering import fill, right

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("BAZAARWATCH_DATA", str(tmp_path))
    store = Store(load_config().database)
    with store.writing() as session:
        fill(session, right())
    yield store
    store.close()


def seller(store, pk, *, photos=(), titles=("某商品",), states=(), **known):
    """A seller with a listing for each title, all photos on the first, a candidate for each state."""
    with store.writing() as session:
        seen = {"first_seen": AT, "last_seen": AT}
        row = {"id": pk, "id_space": "taobao", "seller_id": f"shop{pk}"} | known
        session.add(Seller(**row, **seen))
        session.flush()
        for place, title in enumerate(titles):
            key = pk * 100 + place
            session.add(
                Listing(
                    id=key,
                    id_space="taobao",
                    item_id=str(key),
                    marketplace="taobao" if place % 2 == 0 else "tmall",
                    url="u",
                    title=title,
                    seller_pk=pk,
                    **seen,
                )
            )
        session.flush()
        for place, (name, url) in enumerate(photos):
            sha256 = name * 64
            photo = session.query(Photo).filter_by(sha256=sha256).one_or_none()
            if photo is None:
                photo = Photo(sha256=sha256, bytes=1, width=1, height=1, format="PNG", first_seen=AT)
                session.add(photo)
                session.flush()
            session.add(ListingPhoto(listing_pk=pk * 100, photo_pk=photo.id, url=url, key=url, position=place + 1))
        for place, state in enumerate(states):
            row = {"listing_pk": pk * 100 + place, "client_id": 1, "right_pk": 1, "score": 0.9, "state": state}
            decided = {"decided_by": "mei", "decided_at": AT, "reason_code": "genuine"} if state == "dismissed" else {}
            session.add(Candidate(**row, first_flagged=AT, last_flagged=AT, **decided))


def linked(store, pk=1):
    look_for_traits(store)
    with store.reading() as session:
        return [(link.seller_pk, link.kind, link.firm) for link in links_of(session, pk)]


def clustered(store):
    look_for_traits(store)
    with store.reading() as session:
        return clusters(session)


def test_one_licence_number_makes_one_owner_however_it_is_written(store):
    seller(store, 1, licence_no="9133 0100-MA27 XYZ1")
    seller(store, 2, licence_no="９１３３０１００ma27xyz1")
    assert linked(store) == [(2, "licence", True)]
    assert clustered(store) == {1: "S1", 2: "S1"}


@pytest.mark.parametrize("text", ["", None, "********", "00000000", "暂无", "1234567", "no licence"])
def test_what_is_no_licence_number_links_nobody(text):
    assert licence_of(text) is None


def test_an_uploader_on_two_pictures_of_both_links_them(store):
    urls = [f"https://img.alicdn.com/i/O1CN01{name}_!!2200123456.jpg" for name in "abcd"]
    seller(store, 1, photos=[("a", urls[0]), ("b", urls[1])])
    seller(store, 2, photos=[("c", urls[2]), ("d", urls[3])])
    assert linked(store) == [(2, "uploader", True)]


def test_an_uploader_on_one_picture_links_nobody(store):
    url = "https://img.alicdn.com/i/O1CN01x_!!2200123456-0-item_pic.jpg"
    seller(store, 1, photos=[("a", url)])
    seller(store, 2, photos=[("c", url)])
    assert linked(store) == []


def test_pictures_that_carry_a_sellers_own_user_id_link_it(store):
    urls = [f"https://img.alicdn.com/i/O1CN01{name}_!!2200123456-0-cib.jpg" for name in "ab"]
    seller(store, 1, seller_id="2200123456")
    seller(store, 2, photos=[("a", urls[0]), ("b", urls[1])])
    assert linked(store) == [(2, "uploader", True)]


def test_the_very_same_photos_are_firm_and_some_shared_ones_soft(store):
    seller(store, 1, photos=[("a", "u"), ("b", "u"), ("c", "u")])
    seller(store, 2, photos=[("c", "u"), ("b", "u"), ("a", "u")])
    seller(store, 3, photos=[("a", "u"), ("b", "u"), ("d", "u")])
    assert linked(store) == [(2, "photos", True), (2, "photo", False), (3, "photo", False)]
    assert clustered(store) == {1: "S1", 2: "S1"}


def test_numbered_branches_of_one_name_are_firm_and_a_like_name_soft(store):
    seller(store, 1, shop_name="锦程鞋业")
    seller(store, 2, shop_name="锦程鞋业2店")
    assert linked(store) == [(2, "branch", True)]
    seller(store, 3, shop_name="云杉户外旗舰店")
    seller(store, 4, shop_name="云杉户外专卖店")
    assert linked(store, 3) == [(4, "family", False)]
    assert clustered(store) == {1: "S1", 2: "S1"}


def test_two_titles_that_are_made_alike_are_a_soft_link(store):
    seller(store, 1, titles=["实物有标 男女同款 A1 公司级", "莆田直发 质量保证 B2 全新"])
    seller(store, 2, titles=["实物有标 男女同款 C3 公司级", "莆田直发 质量保证 D4 全新"])
    assert linked(store) == [(2, "template", False)]


def test_what_many_share_links_nobody(store):
    for pk in range(1, 23):
        seller(store, pk, licence_no="91330100MA27XYZ1")
    assert linked(store) == []
    assert clustered(store) == {}


def test_clusters_are_transitive_and_keep_the_id_of_who_was_known_first(store):
    seller(store, 5, licence_no="91330100MA27XYZ1", shop_name="锦程鞋业")
    seller(store, 6, licence_no="91330100MA27XYZ1")
    seller(store, 7, shop_name="锦程鞋业3号店")
    assert clustered(store) == {5: "S5", 6: "S5", 7: "S5"}


def test_traits_are_looked_for_again_when_a_seller_is_seen_again(store):
    seller(store, 1, licence_no="91330100MA27XYZ1")
    seller(store, 2)
    assert linked(store) == []
    with store.writing() as session:
        later = {"licence_no": "91330100MA27XYZ1", "last_seen": AT + timedelta(days=1)}
        session.execute(update(Seller).where(Seller.id == 2).values(**later))
    assert linked(store) == [(2, "licence", True)]


def test_a_page_counts_listings_candidates_rights_and_decisions(store):
    seller(store, 1, titles=["a", "b", "c"], states=["confirmed", "dismissed", "queued"])
    look_for_traits(store)
    with store.reading() as session:
        known = page(session, session.get(Seller, 1))
    assert known.marketplaces == {"taobao": 2, "tmall": 1}
    assert known.states == {"confirmed": 1, "dismissed": 1, "queued": 1}
    assert known.rights == {("Oriva", "R1"): 3}
    assert [each.reason_code for each in known.decisions] == ["genuine"]


def test_who_was_confirmed_most_comes_first(store):
    seller(store, 1, titles=["a", "b", "c"], states=["queued", "queued", "queued"])
    seller(store, 2, titles=["a"], states=["confirmed"])
    with store.reading() as session:
        assert [each.name for each in top_sellers(session, 5)] == ["taobao:shop2", "taobao:shop1"]
        assert top_sellers(session, 5, client_id=2) == []


def test_the_commands_show_a_table_and_json(store):
    seller(store, 1, shop_name="锦程鞋业", states=["confirmed"])
    seller(store, 2, shop_name="锦程鞋业2店")
    run = CliRunner()
    assert "taobao:shop1\t锦程鞋业\t1\t1" in run.invoke(app, ["sellers", "--top", "5"]).output
    assert json.loads(run.invoke(app, ["sellers", "--json"]).output)[0]["cluster"] == "S1"
    shown = run.invoke(app, ["sellers", "show", "taobao:shop1"]).output
    assert "numbered branches of one name" in shown
    assert json.loads(run.invoke(app, ["sellers", "show", "shop1", "--json"]).output)["facts"]["listings"] == 1


def test_an_unknown_seller_is_one_line(store):
    result = CliRunner().invoke(app, ["sellers", "show", "nobody"])
    assert "no seller is called nobody" in str(result.exception)


def shop(**known):
    row = {"pk": 1, "id_space": "taobao", "seller_id": "x", "shop_name": None, "licence_no": None, "last_seen": AT}
    return Shop(**row | known)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_traits_of_anything_raise_nothing_and_are_the_same_again(name, licence, url, title):
    one = shop(shop_name=name, licence_no=licence, photos={"a": url, "b": url}, titles=[title], seller_id=title)
    assert traits_of(one) == traits_of(one)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30))))
def test_the_order_of_links_does_not_change_the_clusters(pairs):
    def made(order):
        leaders = {}
        for one, other in order:
            join(leaders, one, other)
        return {one: leader(leaders, one) for one in sorted(leaders)}

    assert made(pairs) == made(pairs[::-1])


def test_names_and_templates_of_too_little_are_none():
    assert name_core("小店") == (None, False)
    assert name_core("Lumo 2 store") == (None, False)
    assert template("A1 B2") is None
    assert uploaders(shop(seller_id="notanumber")) == set()
