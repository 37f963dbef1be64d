"""1688 and Alibaba.com: whatever comes in, a reader raises nothing but `Truncated`, and ends in bounded time."""

import copy
import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.decoding import Truncated
from crawler.reading import Answer, Outcome, read
from crawler.walls import classify, suspect
from spiders.parsing import listing_to_json
from spiders.readers import ali1688, alibaba

FIXTURES = Path(__file__).parent / "fixtures"
SITES = {"1688": ali1688.SAVED_READERS, "alibaba": alibaba.SAVED_READERS}
BODIES = {f"{site}/{path.name}": path.read_bytes() for site in SITES for path in sorted((FIXTURES / site).iterdir())}
TREES = {name: value for name, body in BODIES.items() if (value := Answer(body).json) is not None}
SECONDS = 20  # far more than any of these takes; what is not bounded takes minutes

names = st.sampled_from(sorted(BODIES))
odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["", "0", "-1", "1e400", "\ud800", "\x00", "//[x", "NaN", "9" * 400, "≥", "//dj.1688.com/"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
slow = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_by_all(body, url=None):
    """Every reader of both sites and both classifiers, with nothing hidden."""
    answer = Answer(body, url)
    classify(answer)
    suspect(answer)
    for reader in (*ali1688.SAVED_READERS, *alibaba.SAVED_READERS):
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
    read_by_all(json.dumps(tree).encode(), "https://s.1688.com/x?keywords=x")


@pytest.mark.parametrize(
    ("name", "marker"),
    [
        ("1688/window-context-ladder.html", "(window.contextPath,"),
        ("1688/init-data.html", "window.__INIT_DATA="),
        ("1688/offerresult-data.html", "successDataCheck("),
        ("alibaba/sse-offers.html", "_offer_list = "),
        ("alibaba/page-data.html", "__page__data__config = "),
        ("alibaba/detail-data.html", "window.detailData = "),
    ],
)
@pytest.mark.parametrize("value", [None, -7, "x", ["x"], {"x": "y"}, "NaN"], ids=repr)
def test_every_value_in_a_page_may_be_of_another_type(name, marker, value):
    page = Answer(BODIES[name]).text
    start = page.rindex(marker) + len(marker)
    tree, _ = json.JSONDecoder().raw_decode(
        page.replace("{5846000000001:", '{"x":').replace(",5846000000001:", ',"y":'), start
    )
    for number in range(len(places(tree))):
        changed = copy.deepcopy(tree)
        parent, key = places(changed)[number]
        parent[key] = value
        read_by_all((page[:start] + json.dumps(changed) + ");</script>").encode())


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


def in_time(body, site="1688"):
    start = time.monotonic()
    found = read(Answer(body), SITES[site])
    assert time.monotonic() - start < SECONDS
    return found


def offers_of(*cells):
    items = [{"cellType": "smart_ui_offer", "data": cell} for cell in cells]
    body = {"ret": ["SUCCESS::x"], "data": {"data": {"OFFER": {"found": len(items), "items": items}}}}
    return json.dumps(body).encode()


def sse_of(*offers):
    data = json.dumps({"offerResultData": {"offers": list(offers), "totalCount": len(offers)}})
    return f"<script>window.__page__data_sse10._offer_list = {data};</script>".encode()


def test_ten_thousand_offers_are_read_in_bounded_time():
    step = {"quantityPrices": [{"quantity": f"≥{n}", "value": f"{20 - n}.5"} for n in range(1, 10)]}
    cells = [{"offerId": str(10**9 + n), "title": "鞋" * 30, "shopAddition": step} for n in range(10_001)]
    found = in_time(offers_of(*cells))
    assert len(found.page.listings) == 10_000
    assert found.page.warnings == ("cards after the first 10000 were not read",)


def test_ten_thousand_products_in_a_page_are_read_in_bounded_time():
    found = in_time(
        sse_of(*({"productId": str(10**9 + n), "title": "shoe" * 20, "price": "US$1.00-2.00"} for n in range(10_000))),
        "alibaba",
    )
    assert len(found.page.listings) == 10_000


def test_a_title_of_a_million_characters_is_kept_short():
    title = "<" * 500_000 + "&amp;" * 100_000
    assert len(in_time(offers_of({"offerId": "1001", "title": title})).page.listings[0].title) <= 1000
    assert len(in_time(sse_of({"productId": "1001", "title": title}), "alibaba").page.listings[0].title) <= 1000


@pytest.mark.parametrize(
    "price", ["NaN", "-5", "-0.01", "0", "9" * 40, "1e9", "Infinity", "", "免费", None, [], {"x": 1}]
)
def test_a_price_that_is_none_is_unknown(price):
    (card,) = in_time(offers_of({"offerId": "1001", "priceInfo": {"price": price}})).page.listings
    assert (card.price_min, card.price_max) == (None, None)
    (card,) = in_time(sse_of({"productId": "1001", "price": price}), "alibaba").page.listings
    assert (card.price_min, card.price_max) == (None, None)


def test_a_number_that_is_none_in_a_literal_is_unknown():
    body = BODIES["1688/window-context.html"].replace(b'"20.50"', b"NaN").replace(b'"41.50"', b"NaN")
    (found,) = in_time(body.replace(b'"20.50-41.50"', b"Infinity")).page.listings
    assert found.title is not None and found.price_max is None


@pytest.mark.parametrize("depth", [900, 1_000, 100_000])
@pytest.mark.parametrize("site", ["1688", "alibaba"])
def test_a_deeply_nested_answer_is_read_or_unknown(depth, site):
    nested = b"[" * depth + b"]" * depth
    pages = {
        "1688": b"<script>window.context=(f)(window.contextPath,{5:" + nested + b',"tempModel":{"offerId":1001}});',
        "alibaba": b'<script>window.detailData = {"globalData":{"product":{"productId":1001}},"x":' + nested + b"};",
    }
    assert in_time(pages[site], site).outcome in (Outcome.PAGE, Outcome.UNKNOWN)


def test_a_call_of_another_function_gives_nothing_but_its_data():
    assert in_time(b"alert(1);steal(" + offers_of({"offerId": "1001"}) + b")").outcome is Outcome.UNKNOWN
    assert in_time(b"steal(" + offers_of({"offerId": "1001"}) + b")").page.listings[0].item_id == "1001"


def test_a_context_that_is_an_expression_is_never_evaluated():
    body = b"<script>window.context=(f)(window.contextPath,{tempModel:{offerId:(function(){while(1){}})()}});</script>"
    assert in_time(body).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b"window.contextPath,{" * 100_000,
        b'window.contextPath,{"' + b'\\"' * 500_000,
        b"__INIT_DATA={" + b"{}" * 500_000,
        b"successDataCheck({" * 100_000,
        b"detailData={" * 100_000,
        b"_offer_list={" * 100_000,
        b"offer_details={" * 100_000 + b"window.contextPath,{}",
        b"iDetailConfig={offerid:1}" * 10_000,
        b"keywords=" * 300_000 + b"offer_exp",
        b"<div class='offer_exp' data-aplus-report='object_id@'>" * 50_000,
        b"<a href='//detail.1688.com/offer/1001.html'>" * 20_000 + "¥1".encode(),
        b"<a href='//detail.1688.com/offer/1001.html'></a>" * 100_000,
        b"<div style='background:url(" * 50_000,
        b"<div class='product-title-container'><h1>" * 50_000,
        b"<td class='de-feature'>" * 100_000 + b"iDetailConfig={offerid:'x'}",
        b"<link rel='canonical' href='x'>" * 100_000 + b"detailData={product:{subject:1}}",
    ],
    ids=lambda body: body[:24].decode("utf-8", "replace"),
)
@pytest.mark.parametrize("site", ["1688", "alibaba"])
def test_a_body_made_to_be_slow_is_read_in_bounded_time(body, site):
    assert in_time(body, site).outcome is not Outcome.BLOCKED


def test_a_tree_of_a_million_objects_is_read_in_bounded_time():
    body = b"<script>window.__INIT_DATA={" + b",".join(b'"k%d":{"propsList":[{}]}' % n for n in range(200_000)) + b"};"
    assert in_time(body).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("name", ["1688/window-context.html", "1688/init-data.html", "alibaba/sse-offers.html"])
def test_a_page_cut_in_its_data_is_unknown_and_says_so(name):
    body = BODIES[name]
    found = read(Answer(body[: len(body) // 2]), SITES[name.split("/")[0]])
    assert found.outcome is Outcome.UNKNOWN
    assert "cut in the middle" in found.signal
