"""Stored answers find the request that they are for: a search, an article, a picture."""

import json

import pytest

from crawler.archives.shelf import Shelf
from crawler.reading import Outcome
from spiders.readers.taobao import SAVED_READERS
from spiders.taobao import Taobao
from tests.archiving import DETAIL_CALL, PICTURE, SEARCH_CALL, detail, entry, har, picture, warc
from tests.crawling import goods

ONE = goods({"id": 700000000001, "title": "VELQUORA 跑鞋"})
TWO = goods({"id": 700000000002, "title": "VELQUORA 高仿"})
WALL = json.dumps({"ret": ["RGV587_ERROR::SM::x"], "data": {"url": "https://bixi.alicdn.com/punish/x"}})
HANDSHAKE = json.dumps({"ret": ["FAIL_SYS_TOKEN_EMPTY::x"], "data": {}})
FIRST = "https://s.taobao.com/search?q=velquora&tab=all&page=1"
SECOND = "https://s.taobao.com/search?q=%E7%BB%B4&tab=all&page=1"
ARTICLE = "https://item.taobao.com/item.htm?id=700000000001"


@pytest.fixture
def shelf(tmp_path):
    """A shelf filled with files: names and contents."""
    shelves = []

    def filled(**files):
        folder = tmp_path / "stored"
        folder.mkdir(exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        apis = (Taobao.search_api, Taobao.detail_api)
        made = Shelf(tmp_path / "data", SAVED_READERS, "taobao", apis)
        made.fill(folder)
        shelves.append(made)
        return made

    yield filled
    for each in shelves:
        each.close()


def own(asked, body, url=SEARCH_CALL):
    """A record of our own recording."""
    fields = {"X-Asked-For": asked, "Content-Type": "application/json"}
    return "resource", url, body, fields


def shown(readings):
    return [[each.item_id[-1] for each in reading.page.listings] for reading in readings if reading.page]


def outcomes(readings):
    return [reading.outcome for reading in readings]


def test_readings_come_in_order_and_once(shelf):
    stored = shelf(a=ONE, b=TWO)
    assert shown(stored.search(FIRST, frozenset())) == [["1"], ["2"]]
    assert shown(stored.search(SECOND, frozenset())) == []


def test_each_search_of_a_recording_gets_its_own_pages(shelf):
    stored = shelf(a=warc(records=[own(SECOND, TWO), own(FIRST, ONE)]))
    both = frozenset({FIRST, SECOND})
    assert shown(stored.search(FIRST, both)) == [["1"]]
    assert shown(stored.search(SECOND, both)) == [["2"]]


def test_pages_of_a_search_that_is_not_made_now_are_not_lost(shelf):
    stored = shelf(a=warc(records=[own(SECOND, TWO), own(FIRST, ONE)]))
    assert shown(stored.search(FIRST, frozenset({FIRST}))) == [["2"], ["1"]]


@pytest.mark.parametrize("order", [1, -1])
def test_the_page_of_an_article_is_found_before_and_after_the_search(shelf, order):
    answers = [(SEARCH_CALL, ONE), (DETAIL_CALL.format(700000000001), detail(700000000001, "VELQUORA 全"))][::order]
    stored = shelf(a=warc(*answers))
    assert stored.detail("700000000001").page.listings[0].title == "VELQUORA 全"
    assert stored.detail("700000000002") is None


def test_an_article_that_is_gone_is_known_by_the_address_it_was_asked_at(shelf):
    gone = json.dumps({"ret": ["ITEM_NOT_FOUND::宝贝不存在"], "data": {}}, ensure_ascii=False)
    stored = shelf(a=warc((DETAIL_CALL.format(700000000001), gone)))
    assert stored.detail("700000000001").outcome is Outcome.GONE


def test_the_page_of_a_card_of_a_recording_is_for_that_card(shelf):
    stored = shelf(a=warc(records=[own(FIRST, ONE), own(ARTICLE, detail(700000000001, "VELQUORA 全"))]))
    assert len(shown(stored.search(FIRST, frozenset()))) == 1
    assert stored.detail("700000000001") is not None


def test_a_recording_of_articles_alone_gives_them_to_the_search(shelf):
    stored = shelf(a=warc(records=[own(ARTICLE, detail(700000000001, "VELQUORA 全"))]))
    assert shown(stored.search(FIRST, frozenset({FIRST}))) == [["1"]]


def test_the_wall_that_ended_a_recorded_run_ends_it_again(shelf):
    stored = shelf(a=warc(records=[own(FIRST, HANDSHAKE), own(FIRST, ONE), own(FIRST, WALL)]))
    assert outcomes(stored.search(FIRST, frozenset())) == [Outcome.PAGE, Outcome.BLOCKED]


def test_of_a_recorded_search_without_goods_what_came_is_told(shelf):
    stored = shelf(a=warc(records=[own(FIRST, HANDSHAKE), own(FIRST, "{}"), own(SECOND, ONE)]))
    assert sorted(outcomes(stored.search(FIRST, frozenset()))) == [Outcome.PAGE, Outcome.UNKNOWN]


def test_what_a_browser_asked_for_beside_the_goods_is_passed_over(shelf):
    entries = [
        entry("https://s.taobao.com/search?q=velquora", "<html>an empty frame</html>", "text/html"),
        entry("https://h5api.m.taobao.com/h5/mtop.other/1.0/", WALL),
        entry("https://login.taobao.com/member/mini.htm", "<html>login</html>", "text/html"),
        entry(SEARCH_CALL, HANDSHAKE),
        entry(SEARCH_CALL, ONE),
    ]
    stored = shelf(a=har(*entries))
    assert outcomes(stored.search(FIRST, frozenset())) == [Outcome.PAGE]


def test_of_a_browsers_recording_without_goods_the_wall_is_told(shelf):
    stored = shelf(a=har(entry(SEARCH_CALL, "{}"), entry(SEARCH_CALL, WALL), entry(SEARCH_CALL, HANDSHAKE)))
    assert outcomes(stored.search(FIRST, frozenset())) == [Outcome.BLOCKED]


def test_goods_that_end_in_the_middle_are_told_among_others(shelf):
    stored = shelf(a=har(entry(SEARCH_CALL, ONE), entry(SEARCH_CALL, TWO[:-30])))
    assert outcomes(stored.search(FIRST, frozenset())) == [Outcome.PAGE, Outcome.UNKNOWN]


def test_answers_of_other_sites_are_passed_over_in_silence(shelf, capsys):
    entries = [
        entry("https://h5api.m.1688.com/h5/mtop.relationrecommend/2.0/", TWO),
        entry("https://www.aliexpress.com/item/1005000000000001.html", "<html>", "text/html"),
        entry("https://example.com/", TWO),
        entry(SEARCH_CALL, ONE),
    ]
    stored = shelf(a=har(*entries))
    assert shown(stored.search(FIRST, frozenset())) == [["1"]]
    assert capsys.readouterr().err == ""


def test_a_picture_is_found_by_its_address_and_by_its_key(shelf):
    small, large = picture("navy", 60), picture("teal", 400)
    whole = PICTURE.format(1)
    thumbnail = whole.replace("img.alicdn.com", "gw.alicdn.com") + "_220x220.jpg"
    stored = shelf(a=warc((thumbnail, small), (whole + "_460x460.jpg", large)))
    assert stored.picture(thumbnail) == small
    assert stored.picture(whole) == large
    assert stored.picture(PICTURE.format(2)) is None


def test_a_picture_that_was_refused_is_none(shelf):
    assert shelf(a=warc((PICTURE.format(1), picture(), {}, 403))).picture(PICTURE.format(1)) is None


def test_reading_ends_when_the_crawl_does(tmp_path):
    (tmp_path / "a.json").write_text(ONE)
    stored = Shelf(tmp_path / "data", SAVED_READERS, "taobao")
    stored.fill(tmp_path, lambda: False)
    assert stored.kept == []
    stored.close()
