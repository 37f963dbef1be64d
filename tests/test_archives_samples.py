"""Real answers say the same out of an archive as alone. Skipped where they are not."""

import csv
from pathlib import Path

import brotli
import pytest

from crawler.archives import stored_answers
from crawler.reading import Answer, read
from spiders.readers.taobao import SAVED_READERS
from tests.archiving import chunked, entry, har, warc

SAMPLES = Path(__file__).parents[1].parent / "shared" / "marketplaces" / "samples"
PAGE = "https://s.taobao.com/search?q=x"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not here")


def files():
    if not SAMPLES.is_dir():
        return []
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as index:
        rows = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["file"] for row in rows if row["site"] in ("taobao", "tmall") and row["kind"] in ("search", "detail")]


def seen(answer):
    """What a reading says of its goods, but for when they were seen."""
    page = read(answer, SAVED_READERS).page
    listings = page.listings if page else ()
    return [(each.item_id, each.title, each.price_min, each.shop_name, each.image_urls) for each in listings]


@pytest.mark.parametrize("file", files())
@pytest.mark.parametrize("kept", ["text in a HAR", "bytes in a HAR", "WARC"])
def test_an_answer_is_read_out_of_an_archive_as_it_is_alone(tmp_path, file, kept):
    body = (SAMPLES / file).read_bytes()
    media = "text/html; charset=gbk" if "gbk" in file else "text/html"
    if kept == "WARC":
        headers = {"Content-Type": media, "Content-Encoding": "br", "Transfer-Encoding": "chunked"}
        data = warc((PAGE, chunked(brotli.compress(body, quality=1), size=4096), headers))
    else:
        data = har(entry(PAGE, body if "bytes" in kept else Answer(body).text, media)).encode()
    (tmp_path / "archive").write_bytes(data)
    (stored,) = stored_answers(tmp_path / "archive")
    assert seen(stored.answer) == seen(Answer(body, PAGE))
