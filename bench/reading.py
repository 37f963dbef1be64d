"""Reading: captured answers against what is expected of them, and how many pages a second one core reads.

python -m bench.reading [--samples DIR]    # the captures are kept outside of the repository
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.goods import catalogue_of
from bench.report import Figure, arguments, report
from crawler.reading import Answer, Reader, read
from sandbox.catalogue import read_catalogue
from sandbox.exchange import Asked
from sandbox.faces.aliexpress import AliExpress
from sandbox.faces.taobao.cards import search_answer
from sandbox.mtop import script_safe
from sandbox.pictures import Pictures
from sandbox.search import make_finder
from sandbox.walls import Gate
from spiders.readers import aliexpress, taobao

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "marketplaces" / "samples"
SECONDS = 3.0  # of CPU time for each figure
LAST = re.compile(r"(\d+)/(\d+) files, (\d+)/(\d+) values")


def samples(folder: Path) -> Iterator[Figure]:
    """Files and values right, by the script that lies beside the captures."""
    check = folder.parent / "check.py"
    if not check.exists():
        print(f"no captures in {folder}: that figure is left out", file=sys.stderr)
        return
    done = subprocess.run(
        [sys.executable, str(check), str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = LAST.search(done.stdout)
    files, all_files, values, all_values = map(int, found.groups()) if found else (0, 1, 0, 1)
    yield Figure("captures read right", "all files", f"{files} of {all_files}", files == all_files)
    yield Figure("expected values right", "all", f"{values} of {all_values}", values == all_values)


def pages_a_second(answer: Callable[[], Answer], readers: tuple[Reader, ...], listings: int) -> float:
    """Of one core's CPU time, each answer read from its bytes anew."""
    reading = read(answer(), readers)
    assert reading.page is not None and len(reading.page.listings) == listings, reading
    started, times = time.process_time(), 0
    while time.process_time() - started < SECONDS:
        read(answer(), readers)
        times += 1
    return times / (time.process_time() - started)


def express_page(folder: Path) -> bytes:
    """A search page of AliExpress as heavy as the real ones (680 kB, 60 listings: FACTS 0.3)."""
    goods = read_catalogue(catalogue_of(folder, "aliexpress", 60))
    face = AliExpress(goods, Pictures(goods.goods, goods.folder), Gate(), bulk=True)
    reply = face.reply(Asked(host="www.aliexpress.com", path="/w/wholesale-velquora.html", query={"page": "1"}))
    assert reply is not None
    return reply.body


def taobao_answer(folder: Path) -> bytes:
    """A search answer of Taobao's gateway, JSONP, 48 listings."""
    goods = read_catalogue(catalogue_of(folder, "taobao", 48))
    pictures, find = Pictures(goods.goods, goods.folder), make_finder(goods.goods)
    answer = search_answer({"appId": "34385", "params": script_safe({"q": "velquora", "page": 1})}, find, pictures)
    tree = {
        "api": "mtop.relationrecommend.wirelessrecommend.recommend",
        "ret": answer.ret,
        "data": answer.data,
        "v": "2.0",
    }
    return f" mtopjsonp1({script_safe(tree)})".encode()


def speed() -> Iterator[Figure]:
    """AliExpress's pages and Taobao's answers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, answer = express_page(folder), taobao_answer(folder)
    url = "https://www.aliexpress.com/w/wholesale-velquora.html"
    rate = pages_a_second(lambda: Answer(page, url), aliexpress.SAVED_READERS, 60)
    yield Figure(f"AliExpress search pages a second ({len(page) // 1000} kB)", ">= 15", f"{rate:.0f}", rate >= 15)
    rate = pages_a_second(lambda: Answer(answer), taobao.READERS, 48)
    yield Figure(f"Taobao answers a second ({len(answer) // 1000} kB)", ">= 60", f"{rate:.0f}", rate >= 60)


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="the folder of captured answers")
    given = parser.parse_args()
    report([*samples(given.samples), *speed()], given.json)


if __name__ == "__main__":
    main()
