"""Whatever comes in, a reader raises nothing but `Truncated`, and ends in bounded time.

The readers are called directly: `read` would hide their faults.
"""

import copy
import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.decoding import Truncated, decode, embedded_object, find_key, from_json
from crawler.reading import Answer, Outcome, read
from crawler.walls import classify, suspect
from spiders.parsing import listing_to_json
from spiders.readers.taobao import SAVED_READERS

FIXTURES = Path(__file__).parent / "fixtures" / "taobao"
BODIES = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())}
TREES = {name: value for name, body in BODIES.items() if (value := Answer(body).json) is not None}
SECONDS = 20  # far more than any of these takes; what is not bounded takes minutes

names = st.sampled_from(sorted(BODIES))
odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["", "0", "-1", "1e400", "\ud800", "\x00", "//[x", "https://item.taobao.com/item.htm?id=9999", "9" * 400]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_by_all(body: bytes, url=None):
    """Every reader and both classifiers, with nothing hidden."""
    answer = Answer(body, url)
    classify(answer)
    suspect(answer)
    for reader in SAVED_READERS:
        with suppress(Truncated):
            page = reader(answer)
            for listing in page.listings if page else ():
                assert json.loads(listing_to_json(listing))["item_id"] == listing.item_id


@slow
@given(name=names, share=st.floats(0, 1))
def test_an_answer_cut_at_any_byte_raises_nothing_but_truncated(name, share):
    read_by_all(BODIES[name][: int(share * len(BODIES[name]))])


@slow
@given(name=names, share=st.floats(0, 1), length=st.integers(0, 30), noise=st.binary(max_size=30))
def test_an_answer_damaged_anywhere_raises_nothing_but_truncated(name, share, length, noise):
    body = BODIES[name]
    start = int(share * len(body))
    read_by_all(body[:start] + noise + body[start + length :])


@slow
@given(name=st.sampled_from(sorted(TREES)), data=st.data())
def test_a_value_of_any_other_type_anywhere_raises_nothing(name, data):
    tree = copy.deepcopy(TREES[name])
    parent, key = data.draw(st.sampled_from(places(tree)))
    parent[key] = data.draw(odd)
    read_by_all(json.dumps(tree).encode(), "https://s.taobao.com/search?q=x")


@pytest.mark.parametrize("name", sorted(TREES))
@pytest.mark.parametrize("value", [None, 7, "x", ["x"], {"x": "y"}], ids=repr)
def test_every_value_may_be_of_another_type(name, value):
    for number in range(len(places(TREES[name]))):
        tree = copy.deepcopy(TREES[name])
        parent, key = places(tree)[number]
        parent[key] = value
        read_by_all(json.dumps(tree).encode())


def test_a_page_with_attributes_that_no_tree_can_name_is_read():
    body = BODIES["g-config.html"].replace(b'<img src="', b'<img {a:b}="" \xff="" a:b:c="" src="')
    (listing,) = read(Answer(body), SAVED_READERS).page.listings
    assert len(listing.description_image_urls) == 1


def places(tree):
    """Every (object or list, key) of a JSON value."""
    found, queue = [], [tree]
    while queue:
        node = queue.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node))
        found += [(node, key) for key in keys]
        queue += [node[key] for key in keys if isinstance(node[key], (dict, list))]
    return found


@slow
@given(st.binary(max_size=300), st.text(max_size=100))
def test_any_bytes_from_any_address_raise_nothing(body, url):
    read_by_all(body, url)


@given(st.binary(max_size=300), st.text(max_size=50))
def test_decoding_never_raises(body, content_type):
    assert isinstance(decode(body, content_type), str)


@given(st.text(max_size=300), st.sampled_from(["", "x(", "[", "{", '{"a":']))
def test_json_of_any_text_raises_nothing_but_truncated(text, start):
    with suppress(Truncated):
        from_json(start + text)


@given(st.text(alphabet="{}\"'\\/*`ab\n", max_size=200))
def test_an_object_in_any_text_raises_nothing_but_truncated(text):
    with suppress(Truncated):
        found = embedded_object("x = {" + text, "x")
        assert found is not None and found.startswith("{") and found.endswith("}")


def test_a_page_cut_in_its_data_is_unknown_and_says_so():
    body = BODIES["page-config.html"]
    found = read(Answer(body[: body.index(b"560000000003")]), SAVED_READERS)
    assert (found.outcome, found.signal) == (
        Outcome.UNKNOWN,
        "g-page-config: g_page_config that is cut in the middle",
    )


@pytest.mark.parametrize("name", ["mtop-search.jsonp", "pcdetail.jsonp", "tbk.json", "page-config-one.json"])
def test_an_answer_cut_in_the_middle_is_unknown_and_says_so(name):
    found = read(Answer(BODIES[name][: len(BODIES[name]) // 2]), SAVED_READERS)
    assert (found.outcome, found.signal) == (Outcome.UNKNOWN, "JSON that is cut in the middle")


def in_time(body: bytes):
    start = time.monotonic()
    found = read(Answer(body), SAVED_READERS)
    assert time.monotonic() - start < SECONDS
    return found


def search_of(*items) -> bytes:
    return json.dumps({"ret": ["SUCCESS::x"], "data": {"itemsArray": list(items)}}).encode()


def test_ten_thousand_listings_are_read_in_bounded_time():
    found = in_time(search_of(*({"item_id": str(10**9 + n), "title": "鞋" * 30} for n in range(10_000))))
    assert len(found.page.listings) == 10_000


def test_more_cards_than_any_page_has_are_told():
    found = in_time(search_of(*({"item_id": str(10**9 + n)} for n in range(10_001))))
    assert found.page.warnings == ("cards after the first 10000 were not read",)


def test_a_title_of_a_million_characters_is_kept_short():
    found = in_time(search_of({"item_id": "1001", "title": "<" * 500_000 + "&amp;" * 100_000}))
    assert len(found.page.listings[0].title) <= 1000


@pytest.mark.parametrize("depth", [900, 1_000, 100_000])
def test_a_deeply_nested_answer_is_read_or_unknown(depth):
    body = search_of({"item_id": "1001"})[:-1] + b',"x":' + b"[" * depth + b"]" * depth + b"}"
    assert in_time(body).outcome in (Outcome.PAGE, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 300_000,
        b"<a href='//item.taobao.com/item.htm?id=1001'>" * 20_000 + "¥1 9人付款".encode(),
        b"<script" * 300_000,
        b"<!--" * 300_000,
        b"<meta " * 300_000,
        b"<iframe src=" * 100_000,
        b"g_page_config = {" * 100_000,
        b'g_page_config = {"' + b'\\"' * 500_000,
        b'"res":{' * 100_000,
        b"g_page_config = {" + b"{}" * 500_000,
        b"x" * 2_000_000 + b"(",
        b"[" * 2_000_000,
        b'{"a":' * 300_000,
        b'{"a":' + b"9" * 1_000_000 + b"}",
        "<p>此宝贝已下架".encode() * 100_000,
        b"<div style='display:none' class='nc-container'>" * 50_000,
        b"window._config_ = {" * 400,
    ],
    ids=lambda body: body[:16].decode("utf-8", "replace"),
)
def test_a_body_made_to_be_slow_is_read_in_bounded_time(body):
    assert in_time(body).outcome is not Outcome.PAGE


def test_an_article_with_nested_attributes_without_end_is_read_in_bounded_time():
    found = in_time(b"<ul class='attributes-list'><li>" * 50_000 + b"g_config = {idata:{}, itemId:'1001'}")
    assert [listing.item_id for listing in found.page.listings] == ["1001"]


def test_a_search_for_a_key_ends_in_a_wide_and_deep_value():
    value: dict = {"wanted": 1}
    for _ in range(500):
        value = {"in": value}
    assert find_key(value, "wanted") is None
    assert find_key([{"x": 1}] * 100_000 + [{"wanted": 2}], "wanted") == 2


def test_a_huge_number_becomes_none_and_the_rest_is_read():
    found = read(
        Answer(search_of({"item_id": "1001", "title": "x"})[:-1] + b',"n":' + b"9" * 5000 + b"}"), SAVED_READERS
    )
    assert found.page.listings[0].title == "x"


def test_half_a_character_in_a_title_is_replaced():
    (listing,) = read(Answer(search_of({"item_id": "1001", "title": "a\ud800b\x00c"})), SAVED_READERS).page.listings
    assert listing.title == "a\ufffdb c"


def test_zero_width_characters_in_a_title_stay_as_evidence():
    (listing,) = read(Answer(search_of({"item_id": "1001", "title": "Vel\u200bmora"})), SAVED_READERS).page.listings
    assert listing.title == "Vel\u200bmora"
