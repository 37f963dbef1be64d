"""A page's archive opens in the tools of those who made the format."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archives import stored_answers
from crawler.archives.records import Exchange
from crawler.redaction import Redactor
from evidence.wacz import INDEX, PAGES, WARC, Opened, surt, wacz
from tests.evidencing import AT

URL = "https://item.taobao.com/item.htm?id=700000000001"
DATE = "2026-11-03T09:30:12.123456Z"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
EXCHANGES = [
    Exchange(url=URL, body="<title>VELQUORA 跑鞋</title>".encode(), date=DATE, headers=HTML, request=(), asked=URL),
    Exchange(url="https://img.alicdn.com/a.jpg", body=b"\xff\xd8\xff" + bytes(500), date=DATE),
    Exchange(url=URL, body=b"<p>drawn</p>", date=DATE, derived=True, asked=URL),
]


@pytest.fixture
def packed(tmp_path):
    path = tmp_path / "page.wacz"
    path.write_bytes(wacz(EXCHANGES, Opened(URL, "VELQUORA 跑鞋", AT), Redactor()))
    return path


def test_the_index_finds_each_answer_where_it_stands(packed):
    with zipfile.ZipFile(packed) as box:
        warc, rows = box.read(WARC), box.read(INDEX).decode().splitlines()
    assert rows == sorted(rows)
    for row in rows:
        said = json.loads(row.split(" ", 2)[2])
        part = warc[int(said["offset"]) : int(said["offset"]) + int(said["length"])]
        (record,) = ArchiveIterator(io.BytesIO(part))
        assert record.rec_headers.get_header("WARC-Target-URI") == said["url"]
    assert len(rows) == 2  # what was drawn is in the archive, and is not replayed


def test_the_list_of_pages_names_the_article(packed):
    with zipfile.ZipFile(packed) as box:
        head, page = map(json.loads, box.read(PAGES).decode().splitlines())
    assert (head["format"], page["url"], page["title"]) == ("json-pages-1.0", URL, "VELQUORA 跑鞋")


def test_our_own_archives_read_it(packed):
    assert [(each.answer.url, each.kind) for each in stored_answers(packed)] == [
        (URL, "page"),
        ("https://img.alicdn.com/a.jpg", "photo"),
        (URL, "page"),
    ]


@pytest.mark.parametrize(
    ("url", "turned"),
    [
        (URL, "com,taobao,item)/item.htm?id=700000000001"),
        ("https://www.Alibaba.com/A?b=2&a=1", "com,alibaba)/a?a=1&b=2"),
        ("https://x.com", "com,x)/"),
    ],
)
def test_an_address_is_turned_so_that_its_host_sorts(url, turned):
    assert surt(url) == turned


@pytest.fixture(scope="session")
def tool(tmp_path_factory):
    """The `wacz` tool in an environment of its own: its requirements clash with ours."""
    folder = tmp_path_factory.mktemp("wacz")
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    try:
        for args in (["venv", folder], ["pip", "install", "--python", folder / "bin" / "python", "wacz"]):
            subprocess.run([uv, *map(str, args)], check=True, capture_output=True, timeout=100)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"the wacz tool cannot be installed here: {type(error).__name__}")
    return folder / "bin" / "wacz"


def test_the_makers_own_tool_finds_it_valid(tool, packed):
    done = subprocess.run([tool, "validate", "-f", packed], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation succeeded" in done.stdout + done.stderr
