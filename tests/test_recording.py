"""What a run saw is written as it came, whole records at once, and can be read again."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from scrapy.http import Headers, Request, Response
from warcio.archiveiterator import ArchiveIterator

from crawler.archives import stored_answers
from crawler.recording import Recorder
from tests.archiving import PICTURE, SEARCH_CALL, picture
from tests.crawling import goods

GOODS = goods({"id": 700000000001, "title": "VELQUORA 跑鞋"})
SEARCH = "https://s.taobao.com/search?q=velquora&tab=all&page=1"
SECRET = "e5f4d3c2b1a09f8e7d6c5b4a39281706"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archives" / "7-taobao.warc.gz"


@pytest.fixture
def told(monkeypatch):
    lines = []
    monkeypatch.setattr("crawler.recording.tell", lines.append)
    return lines


def recorded(path, *calls, info=None):
    """Make a recording of these calls of a recorder: (method, arguments, options)."""
    recorder = Recorder(path, info or {})
    for name, arguments, options in calls:
        getattr(recorder, name)(*arguments, **options)
    assert recorder.close() == (path.name if calls else None)


def answer(body=GOODS, headers=(), url=SEARCH_CALL, status=200, **options):
    return "answer", (url, status, dict(headers), body.encode() if isinstance(body, str) else body), options


def records(path):
    """(type, fields, lines of HTTP, body) of each record."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            http = record.http_headers.headers if record.http_headers else []
            found.append((record.rec_type, record.rec_headers, dict(http), record.content_stream().read()))
    return found


def test_an_answer_that_was_recorded_is_read_as_it_was(path):
    recorded(path, answer(headers={"content-type": "application/json"}, asked=SEARCH))
    (stored,) = stored_answers(path)
    assert (stored.answer.url, stored.answer.text, stored.asked, stored.kind) == (SEARCH_CALL, GOODS, SEARCH, "page")


def test_a_body_that_was_unpacked_says_its_own_length_and_keeps_what_was_said_of_the_transfer(path):
    said = {"Content-Encoding": "br", "transfer-encoding": "chunked", "Content-Length": "12"}
    recorded(path, answer(headers=said))
    http = records(path)[1][2]
    assert http == {
        "X-Archive-Orig-Content-Encoding": "br",
        "X-Archive-Orig-transfer-encoding": "chunked",
        "X-Archive-Orig-Content-Length": "12",
        "Content-Length": str(len(GOODS.encode())),
    }


def test_a_document_is_a_derived_resource(path):
    frames = "https://punish.1688.com/x https://a.com/"
    recorded(path, ("document", (SEARCH, "<title>维洛夸</title>"), {"asked": SEARCH, "frames": frames}))
    kind, fields, _, body = records(path)[1]
    assert (kind, body.decode()) == ("resource", "<title>维洛夸</title>")
    assert fields["Content-Type"] == "text/html; charset=utf-8"
    (stored,) = stored_answers(path)
    assert (stored.derived, stored.answer.hops) == (True, tuple(frames.split()))


def test_a_recording_says_first_what_it_is_of(path):
    info = {"isPartOf": "run 7", "basis": "agreement of 2026\r\nWARC-Type: response", "nothing": None}
    recorded(path, answer(), info=info)
    kind, _, _, body = records(path)[0]
    assert kind == "warcinfo"
    assert b"software: bazaarwatch/" in body
    assert b"basis: agreement of 2026  WARC-Type: response\r\n" in body
    assert b"nothing" not in body


def test_a_request_stands_beside_its_answer(path):
    recorded(path, answer(request_headers={":authority": "x", "accept": "*/*", "cookie": "a=b"}, method="POST"))
    _, reply, request = records(path)
    assert request[0] == "request"
    assert request[1]["WARC-Concurrent-To"] == reply[1]["WARC-Record-ID"]
    assert request[2] == {"Host": "h5api.m.taobao.com", "accept": "*/*"}


def test_no_line_of_a_header_becomes_two(path):
    recorded(path, answer(headers={"server": "a\r\nWARC-Type: x", "b": "1\n2", "x\ny": "维\ud800"}))
    http = records(path)[1][2]
    assert http["server"] == "WARC-Type: x"
    assert "WARC-Type" not in http


PLANTED = {
    "cookie": {"request_headers": {"cookie": f"lang=zh; unb={SECRET}"}},
    "set-cookie": {"headers": {"set-cookie": f"a=1\ncookie2={SECRET}; Path=/; HttpOnly"}},
    "authorisation": {"request_headers": {"Authorization": f"Bearer {SECRET}"}},
    "address": {"url": SEARCH_CALL + f"&sign={SECRET}"},
    "call": {"url": SEARCH_CALL + "&data=%7B%22accessToken%22%3A%22" + SECRET + "%22%7D"},
    "referer": {"request_headers": {"referer": f"https://s.taobao.com/?_tb_token_={SECRET}"}},
    "location": {"headers": {"location": f"https://login.taobao.com/?x5secdata={SECRET}"}},
    "asked": {"asked": f"https://s.taobao.com/search?token={SECRET}"},
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_credential_planted_anywhere_is_nowhere_in_the_recording(path, place):
    options = dict(PLANTED[place])
    echo = json.dumps({"you": SECRET, "html": f"<input value='{SECRET}'>"})
    recorded(path, answer(GOODS + echo, **options), ("document", (SEARCH, GOODS + echo), {}))
    for kind, fields, http, content in records(path):
        everything = f"{kind} {fields} {http}".encode() + content
        assert SECRET.encode() not in everything
    assert "X-Redacted" in str(records(path)[1][1])


def test_the_length_of_a_redacted_body_is_true(path):
    recorded(path, answer('{"_m_h5_tk": "' + SECRET + '"}'))
    _, _, http, body = records(path)[1]
    assert body == b'{"_m_h5_tk": "redacted"}'
    assert http["Content-Length"] == str(len(body))


def test_pictures_are_kept_to_the_last_byte(path):
    body = picture() + f"_m_h5_tk={SECRET}".encode()
    recorded(path, answer(body, url=PICTURE.format(1)))
    (stored,) = stored_answers(path)
    assert (stored.kind, stored.answer.body) == ("photo", body)


def test_an_answer_of_scrapys_own_is_recorded_with_its_request(path):
    request = Request(PICTURE.format(1), headers={"User-Agent": "x", "Cookie": "a=b"})
    headers = Headers({"Content-Type": "image/jpeg", "Set-Cookie": ["a=1", "b=2"]})
    recorded(path, ("response", (Response(request.url, 200, headers, picture(), request=request),), {}))
    _, reply, sent = records(path)
    assert (reply[2]["Content-Type"], "Set-Cookie" in reply[2]) == ("image/jpeg", False)
    assert sent[2] == {"Host": "img.alicdn.com", "User-Agent": "x"}


def test_it_is_for_its_owner_alone(path):
    recorded(path, answer())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_nothing_was_seen_there_is_no_file(path):
    recorded(path)
    assert not path.exists()


def test_a_recording_that_is_there_already_is_not_touched(path):
    recorded(path, answer())
    before = path.read_bytes()
    recorder = Recorder(path, {})
    recorder.answer(SEARCH_CALL, 200, {}, b"{}")
    assert recorder.close() == "7-taobao+2.warc.gz"
    assert path.read_bytes() == before


def test_each_exchange_is_in_the_file_before_the_next_is_written(path):
    recorder = Recorder(path, {})
    for _ in range(3):
        recorder.answer(SEARCH_CALL, 200, {}, GOODS.encode())
    while recorder.written < 3:
        threading.Event().wait(0.01)
    assert len(list(stored_answers(path))) == 3  # as after a kill: nothing was closed
    recorder.close()


def test_many_threads_may_record(path):
    recorder = Recorder(path, {})

    def some():
        for number in range(20):
            recorder.answer(f"{SEARCH_CALL}&n={number}", 200, {}, GOODS.encode())

    threads = [threading.Thread(target=some) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    recorder.close()
    assert len(list(stored_answers(path))) == 80


def test_a_disk_that_is_full_is_one_line_and_the_run_goes_on(path, told, monkeypatch):
    monkeypatch.setattr(Recorder, "_open", lambda self: Path("/dev/full").open("wb"))  # noqa: SIM115
    recorder = Recorder(path, {})
    for _ in range(5):
        recorder.answer(SEARCH_CALL, 200, {}, os.urandom(100_000))
    assert recorder.close() is None
    assert told == [f"warning: the run is not recorded any further: No space left on device: {path}"]


def test_a_folder_that_cannot_be_made_is_one_line(path, told):
    path.parent.write_text("a file in the way")
    recorder = Recorder(path, {})
    recorder.answer(SEARCH_CALL, 200, {}, b"{}")
    assert recorder.close() is None
    assert len(told) == 1


def test_a_disk_that_is_slow_never_holds_the_crawl_up(path, told, monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr("crawler.recording.write_information", lambda writer, name, info: gate.wait(20))
    monkeypatch.setattr("crawler.recording.WAITING_BYTES", 1000)
    recorder = Recorder(path, {})
    for _ in range(5):
        recorder.answer(SEARCH_CALL, 200, {}, b"a" * 600)
    gate.set()
    recorder.close()
    assert len(list(stored_answers(path))) == 1
    assert told == ["warning: 4 answers are missing in 7-taobao.warc.gz: they could not be written in time"]
