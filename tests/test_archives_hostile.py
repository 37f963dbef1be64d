"""Whatever a file holds, reading it ends, stays within bounds and raises nothing but `ArchiveError`."""

import gzip
import json
import time
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archives import ArchiveError, stored_answers
from crawler.archives.transfer import TooLargeError, received
from tests.archiving import PICTURE, SEARCH_CALL, chunked, entry, har, mhtml, picture, single_file, wacz, warc, zeros
from tests.crawling import goods

GOODS = goods({"id": 700000000001, "title": "VELQUORA 跑鞋"})
SECONDS = 30  # far more than any of these takes; what is not bounded takes minutes
MEGABYTES = 300  # of memory, at most, whatever a file expands to

slow = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """One of each kind, as bytes."""
    box = wacz(tmp_path_factory.mktemp("box") / "x.wacz", warc((SEARCH_CALL, GOODS), (PICTURE.format(1), picture())))
    unpacked = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    return {
        "har": har(entry(SEARCH_CALL, GOODS), entry(PICTURE.format(1), picture(), "image/jpeg")).encode(),
        "warc": warc((SEARCH_CALL, chunked(gzip.compress(GOODS.encode())), unpacked), (SEARCH_CALL, "b"), packed=False),
        "warc.gz": warc((SEARCH_CALL, GOODS), (SEARCH_CALL, "b")),
        "wacz": box.read_bytes(),
        "mhtml": mhtml("<p>跑鞋</p>", (PICTURE.format(1), picture())),
        "singlefile": single_file(f"<img src='data:image/jpeg;base64,{'A' * 2000}'>").encode(),
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where a file to be read is put."""
    return tmp_path_factory.mktemp("hostile") / "file"


@pytest.fixture(autouse=True)
def in_silence(monkeypatch):
    """What is told of thousands of broken files is not looked at."""
    for module in ("files", "stored"):
        monkeypatch.setattr(f"crawler.archives.{module}.tell", lambda line: None)


def read(place, data):
    """Everything in a file."""
    place.write_bytes(data)
    with suppress(ArchiveError):
        return list(stored_answers(place))
    return []


HEADS = [b"", b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b\x08", b'{"log":{"entries":[']
PARTS = ["request", "response", "content", "headers", "url", "text"]
PACKINGS = ["gzip", "br", "zstd", "deflate", "gzip, br", "x" * 100, ",,,,"]
names = st.sampled_from(["har", "warc", "warc.gz", "wacz", "mhtml", "singlefile"])


@pytest.mark.parametrize("back", range(1, 40))
def test_a_warc_that_ends_in_the_head_of_a_record_gives_what_came_before(samples, place, back):
    whole = samples["warc"]
    before = [each.answer.body for each in read(place, whole)]
    end = whole.rindex(b"\r\n\r\nHTTP/1.1")
    got = [each.answer.body for each in read(place, whole[: end - back])]
    assert got == before[: len(before) - 1]


@slow
@given(name=names, share=st.floats(0, 1))
def test_a_file_cut_anywhere_gives_what_came_before(samples, place, capsys, name, share):
    whole = samples[name]
    before = read(place, whole)
    cut = max(200, int(share * len(whole)))  # before that, nobody can tell what it was to become
    got = read(place, whole[:cut])
    complete = got if name in ("mhtml", "singlefile") else [each.answer.body for each in got]
    assert len(complete) <= len(before)
    if name in ("har", "warc", "warc.gz"):
        assert complete == [each.answer.body for each in before][: len(complete)]
    assert capsys.readouterr().err == ""


@slow
@given(name=names, at=st.floats(0, 1), junk=st.binary(min_size=1, max_size=40))
def test_a_file_with_junk_anywhere_raises_nothing_else(samples, place, name, at, junk):
    whole = samples[name]
    start = int(at * len(whole))
    read(place, whole[:start] + junk + whole[start + len(junk) :])
    read(place, whole[:start] + junk + whole[start:])


@slow
@given(data=st.binary(max_size=300), head=st.sampled_from(HEADS))
def test_any_bytes_raise_nothing_else(place, data, head):
    read(place, head + data)


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["\ud800", "9" * 400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@slow
@given(value=odd, path=st.lists(st.sampled_from(PARTS), max_size=3))
def test_a_har_with_anything_in_place_of_its_parts_raises_nothing_else(place, value, path):
    whole = entry(SEARCH_CALL, GOODS, headers=[("a", "b")])
    node = whole
    for name in path[:-1]:
        node = node.get(name) if isinstance(node.get(name), dict) else node
    node[path[-1] if path else "response"] = value
    read(place, json.dumps({"log": {"entries": [whole, value]}}).encode())


@slow
@given(body=st.binary(max_size=200), headers=st.sampled_from(PACKINGS))
def test_undoing_a_transfer_raises_nothing_else(body, headers):
    received(body, {"content-encoding": headers, "transfer-encoding": "chunked"})


def within(work, *, megabytes=MEGABYTES):
    """What `work` gives, which neither takes long nor much memory."""
    tracemalloc.start()
    started = time.monotonic()
    try:
        result = work()
        assert time.monotonic() - started < SECONDS
        assert tracemalloc.get_traced_memory()[1] < megabytes * 2**20
    finally:
        tracemalloc.stop()
    return result


BOMB = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://s.taobao.com/\r\n"
BOMB += b"Content-Length: 99999999999999\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(BOMB) + zeros(600),
        gzip.compress(BOMB[:40] + b"a" * (40 * 2**20)),
        gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 8_000_000, 6),
        zeros(600),
        zeros(600, layers=2),
    ],
    ids=["body", "line", "headers", "zeros", "zeros-packed-twice"],
)
def test_a_bomb_does_not_go_off(place, data):
    assert all(len(each.answer.body) < 2**20 for each in within(lambda: read(place, data)))


def test_a_bomb_in_a_wacz_does_not_go_off(tmp_path):
    path = wacz(tmp_path / "x.wacz", gzip.compress(BOMB) + zeros(300), zeros(100))
    assert within(lambda: list(stored_answers(path))) == []


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
def test_a_body_that_is_a_bomb_is_left_out(place, name):
    body = bomb(name, 40)
    whole = warc((SEARCH_CALL, body, {"Content-Encoding": name}), (SEARCH_CALL, GOODS))
    (stored,) = within(lambda: read(place, whole))
    assert stored.answer.text == GOODS
    with pytest.raises(TooLargeError):
        received(body, {"content-encoding": name})


def bomb(name, megabytes):
    import zlib

    import brotli
    from backports import zstd

    data = b"\0" * (megabytes * 2**20)
    return {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}[name](data)


def test_a_har_with_a_million_entries_of_nothing_ends(place):
    data = b'{"log":{"entries":[' + b",".join([b"{}"] * 1_000_000) + b"]}}"
    assert within(lambda: read(place, data)) == []


def test_a_har_with_a_million_levels_ends(place):
    assert within(lambda: read(place, b'{"log":{"entries":[' + b"[" * 1_000_000)) == []


def test_a_har_entry_without_an_end_is_told_and_not_read_further(place):
    endless = b'{"log":{"entries":[{}, {"a":"' + b"a" * (120 * 2**20)
    assert within(lambda: read(place, endless), megabytes=800) == []


@pytest.mark.parametrize("data", [har(*[entry(SEARCH_CALL, "{}")] * 9), warc(*[(SEARCH_CALL, "{}")] * 9)])
def test_more_answers_than_a_browser_has_are_left_out(place, monkeypatch, data):
    for module in ("har", "warc"):
        monkeypatch.setattr(f"crawler.archives.{module}.MAX_RECORDS", 5)
    assert len(read(place, data if isinstance(data, bytes) else data.encode())) in (4, 5)


@pytest.mark.parametrize("piece", ["<img ", "<img src=data:image/png;base64,", "'a_files/", "('" + "a" * 300])
def test_a_saved_page_is_searched_in_linear_time(place, piece):
    page = single_file(piece * (10_000_000 // len(piece))).encode()
    within(lambda: read(place, page))


def test_a_zip_that_wants_a_password_or_packs_oddly_is_one_line(tmp_path):
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as box:
        box.writestr("archive/data.warc.gz", warc((SEARCH_CALL, GOODS)))
    with pytest.raises(ArchiveError, match=r"x\.wacz: a zip file without"):
        list(stored_answers(path))


def test_names_in_a_zip_are_no_paths(tmp_path):
    inside = warc((SEARCH_CALL, GOODS))
    path = wacz(tmp_path / "x.wacz", inside, **{"archive/../../../x.warc.gz": inside})
    assert len(list(stored_answers(path))) == 2
    assert list(tmp_path.iterdir()) == [path]
