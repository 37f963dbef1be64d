"""Stored answers, whatever program kept them: known by content, read as the page's script saw them."""

import gzip
import zlib

import brotli
import pytest

from crawler.archives import ArchiveError, check, stored_answers, stored_files
from tests.archiving import (
    PICTURE,
    SEARCH_CALL,
    chunked,
    data_address,
    entry,
    har,
    mhtml,
    picture,
    single_file,
    wacz,
    warc,
)
from tests.crawling import goods

GOODS = goods({"id": 700000000001, "title": "VELQUORA 跑鞋"})
PAGE = "https://s.taobao.com/search?q=velquora"


def read(tmp_path, data, name="file"):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(stored_answers(path))


def kinds(stored):
    return [each.kind for each in stored]


@pytest.fixture
def told(monkeypatch):
    """The lines that were told."""
    lines = []
    for module in ("files", "stored"):
        monkeypatch.setattr(f"crawler.archives.{module}.tell", lines.append)
    return lines


@pytest.mark.parametrize(
    "data",
    [
        har(entry(SEARCH_CALL, GOODS)),
        "\ufeff" + har(entry(SEARCH_CALL, GOODS)),
        gzip.compress(har(entry(SEARCH_CALL, GOODS)).encode()),
        warc((SEARCH_CALL, GOODS)),
        warc((SEARCH_CALL, GOODS), packed=False),
        gzip.compress(warc((SEARCH_CALL, GOODS), packed=False)),
    ],
    ids=["har", "har-with-mark", "har-packed", "warc-packed", "warc", "warc-packed-as-a-whole"],
)
def test_a_file_is_known_by_its_content(tmp_path, data):
    (stored,) = read(tmp_path, data, "nothing.jpg")
    assert (stored.answer.url, stored.answer.text, stored.kind) == (SEARCH_CALL, GOODS, "other")


def test_a_saved_page_is_meant_and_has_no_address(tmp_path):
    (stored,) = read(tmp_path, GOODS, "answer.json")
    assert (stored.answer.url, stored.kind, stored.name) == (None, "page", "answer.json")


def test_a_page_saved_by_a_browser_tells_its_address(tmp_path):
    (stored,) = read(tmp_path, f"<!DOCTYPE html>\n<!-- saved from url=(0037){PAGE} -->\n<html></html>")
    assert stored.answer.url == PAGE


@pytest.mark.parametrize("maker", ["Page saved with SingleFile", "Archive processed by SingleFile"])
def test_a_singlefile_page_tells_its_address(tmp_path, maker):
    (stored,) = read(tmp_path, single_file("hello", PAGE, maker))
    assert (stored.answer.url, stored.kind) == (PAGE, "page")


def test_an_address_that_a_page_only_mentions_is_not_its_own(tmp_path):
    (stored,) = read(tmp_path, f"<html><p>Page saved with SingleFile url: {PAGE}</p>")
    assert stored.answer.url is None


def test_pictures_inside_of_a_page_come_out_of_it(tmp_path):
    known, unknown = picture("navy", 200), picture("teal", 200)
    tags = f'<img data-src="//img.alicdn.com/a.jpg" src="{data_address(known)}"><img src={data_address(unknown)} alt>'
    page, first, second = read(tmp_path, single_file(tags))
    assert (first.answer.url, first.answer.body) == ("https://img.alicdn.com/a.jpg", known)
    assert second.answer.url.startswith("https://saved.invalid/")
    assert second.answer.body == unknown
    assert f'src="{second.answer.url}"' in page.answer.text
    assert "base64" not in page.answer.text


def test_what_only_holds_the_place_of_a_picture_stays(tmp_path):
    blank = "<img src=data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7>"
    (page,) = read(tmp_path, single_file(blank))
    assert blank in page.answer.text


def test_the_folder_beside_a_saved_page_came_along_with_it(tmp_path):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "O1CN01abc_!!77.jpg_220x220.jpg").write_bytes(picture())
    (tmp_path / "page_files" / "script.js").write_text("var a")
    (tmp_path / "page.html").write_text('<img src="./page_files/O1CN01abc_!!77.jpg_220x220.jpg">')
    page, photo, script = stored_answers(tmp_path)
    assert kinds([page, photo, script]) == ["page", "photo", "other"]
    assert photo.answer.url in page.answer.text
    assert kinds(stored_answers(tmp_path / "page.html")) == ["page", "photo", "other"]


def test_a_folder_that_only_looks_like_one_holds_pages(tmp_path):
    (tmp_path / "my_files").mkdir()
    (tmp_path / "my_files" / "a.json").write_text(GOODS)
    assert kinds(stored_answers(tmp_path)) == ["page"]


def test_a_page_saved_as_mhtml_has_its_pictures_with_it(tmp_path):
    address = PICTURE.format(1)
    page, photo = read(tmp_path, mhtml("<p>跑鞋</p>", (address, picture())))
    assert (page.answer.url, page.answer.text, page.kind, page.derived) == (PAGE, "<p>跑鞋</p>", "page", True)
    assert (photo.answer.url, photo.kind) == (address, "photo")


def test_text_of_a_har_is_never_decoded_again(tmp_path):
    text = '<meta charset="gbk"><title>维洛夸</title>'
    headers = [("Content-Type", "text/html; charset=GBK"), ("Content-Encoding", "gzip")]
    (stored,) = read(tmp_path, har(entry(PAGE, text, "text/html; charset=GBK", headers=headers)))
    assert stored.answer.text == text


def test_bytes_of_a_har_are_what_was_sent(tmp_path):
    body = '<meta charset="gbk"><title>维洛夸</title>'.encode("gbk")
    (stored,) = read(tmp_path, har(entry(PAGE, body, "text/html; charset=GBK")))
    assert stored.answer.body == body
    assert "维洛夸" in stored.answer.text


def test_a_har_with_bodies_left_out_is_told_once(tmp_path, told):
    kept = entry(SEARCH_CALL, GOODS)
    assert len(read(tmp_path, har(entry(SEARCH_CALL), kept, entry(SEARCH_CALL)), "a.har")) == 1
    assert told == ["warning: a.har: an answer has no body in it: save the HAR with content (2 times)"]


def test_requests_that_were_given_up_are_no_answers(tmp_path):
    odd = [entry(SEARCH_CALL, GOODS, status=0), entry("chrome-extension://x/", GOODS), entry("data:,x", GOODS), 7, None]
    assert read(tmp_path, har(*odd, {"request": [], "response": "x"})) == []


PACKED = {
    "gzip": gzip.compress(GOODS.encode()),
    "deflate": zlib.compress(GOODS.encode()),
    "br": brotli.compress(GOODS.encode()),
    "identity": GOODS.encode(),
}


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_what_the_transfer_did_to_a_body_is_undone(tmp_path, name, in_chunks):
    headers = {"Content-Encoding": name} | ({"Transfer-Encoding": "chunked"} if in_chunks else {})
    body = chunked(PACKED[name]) if in_chunks else PACKED[name]
    (stored,) = read(tmp_path, warc((SEARCH_CALL, body, headers)))
    assert stored.answer.text == GOODS


@pytest.mark.parametrize(
    "header", [{"Content-Encoding": "br"}, {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}]
)
def test_a_body_that_was_unpacked_already_is_taken_as_it_is(tmp_path, header):
    (stored,) = read(tmp_path, warc((SEARCH_CALL, GOODS, header)))
    assert stored.answer.text == GOODS


def test_what_a_recorder_kept_of_the_transfer_says_nothing_of_the_body(tmp_path):
    (stored,) = read(tmp_path, warc((SEARCH_CALL, GOODS, {"X-Archive-Orig-Content-Encoding": "gzip"})))
    assert stored.answer.text == GOODS
    assert "content-encoding" not in stored.answer.headers


def test_status_and_address_of_an_answer_are_kept(tmp_path):
    (stored,) = read(tmp_path, warc((PAGE, "<html>", {"Content-Type": "text/html", "bxpunish": "1"}, 429)))
    assert (stored.answer.url, stored.answer.status, stored.answer.headers["bxpunish"]) == (PAGE, 429, "1")


def test_resources_are_answers_and_requests_are_none(tmp_path):
    records = [
        ("resource", PAGE, "<html>", {"Content-Type": "text/html"}),
        ("resource", "urn:thumbnail:x", "<html>", {}),
        ("metadata", PAGE, "a: b", {}),
        ("resource", PAGE, "<p>", {"Content-Type": "text/html", "X-Derived": "drawn", "X-Asked-For": PAGE}),
    ]
    stored = read(tmp_path, warc(records=records))
    assert [(each.kind, each.derived, each.asked) for each in stored] == [("other", False, None), ("page", True, PAGE)]


def test_style_sheets_and_fonts_are_passed_over_and_pictures_known_by_content(tmp_path):
    answers = [
        ("https://s.taobao.com/a.css", "a{}", {"Content-Type": "text/css"}),
        (PICTURE.format(1), picture(), {"Content-Type": "text/html"}),
        ("https://s.taobao.com/x.svg", "<svg/>", {"Content-Type": "image/svg+xml"}),
    ]
    assert kinds(read(tmp_path, warc(*answers))) == ["photo"]


def test_a_wacz_gives_the_answers_of_all_its_warcs(tmp_path):
    path = wacz(tmp_path / "x.wacz", warc((PAGE, "a")), warc((PAGE, "b"), (PAGE, "c")), **{"pages/pages.jsonl": "{}"})
    assert [each.answer.text for each in stored_answers(path)] == ["a", "b", "c"]


def test_a_zip_without_a_warc_is_one_line(tmp_path):
    path = wacz(tmp_path / "x.zip", **{"pages/a.html": "<html>"})
    for look in (check, lambda path: list(stored_answers(path))):
        with pytest.raises(ArchiveError, match=r"x\.zip: a zip file without archive/\*\.warc\.gz in it"):
            look(path)


def test_an_empty_file_is_one_line(tmp_path, told):
    (tmp_path / "a.har").touch()
    with pytest.raises(ArchiveError, match=r"a\.har: it is empty"):
        check(tmp_path / "a.har")
    assert list(stored_answers(tmp_path)) == []
    assert told == ["warning: a.har: it is empty"]


def test_what_cannot_be_read_in_a_folder_is_told_and_the_rest_is_read(tmp_path, told):
    wacz(tmp_path / "a.zip")
    (tmp_path / "b.json").write_text(GOODS)
    assert kinds(stored_answers(tmp_path)) == ["page"]
    assert len(told) == 1
    assert "a.zip" in told[0]


def test_the_files_of_a_folder_come_in_the_order_of_their_names(tmp_path):
    for name in ("b.html", "a/z.json", ".hidden", "a/c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [file.name for file in stored_files(tmp_path)] == ["c.html", "z.json", "b.html"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.json").write_text(GOODS)
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a" / "loop")
    assert len(stored_files(tmp_path)) == 1
