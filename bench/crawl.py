"""The main job: rows read in the browser, counterfeits found on the demo catalogue, and how long it takes.

python -m bench.crawl            # rows and demo
python -m bench.crawl --fresh    # also `make demo` and `make test` in a fresh clone, with all installs
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.goods import BRAND, catalogue_of
from bench.report import Figure, arguments, report
from crawler.marketplaces import SITES
from crawler.supervise import run_crawl
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from store.database import Store
from store.queries import seen_keys

PAGES, PER_PAGE = 20, 48
ROOT = Path(__file__).parents[1]


def rows_read() -> Figure:
    """Every listing of 20 result pages, from the page to the store."""
    wanted = PAGES * PER_PAGE
    with tempfile.TemporaryDirectory() as folder:
        with Sandbox(read_catalogue(catalogue_of(Path(folder), "taobao", wanted))) as box:
            started = time.monotonic()
            run_crawl(["taobao", "-a", f"brand={BRAND}", "-a", f"pages={PAGES}"], surroundings(folder, box.port))
            seconds = time.monotonic() - started
        store = Store(f"sqlite:///{folder}/bazaarwatch.sqlite")
        with store.reading() as session:
            read = len(seen_keys(session))
        store.close()
    return Figure("rows of 20 result pages", f"{wanted} of {wanted}", f"{read} in {seconds:.0f} s", read == wanted)


def surroundings(folder: str, port: int) -> dict[str, str]:
    """The environment of a crawl on the sandbox, without a pause between pages."""
    limits = {"DELAY": "0", "PAGES_PER_RUN": "100000", "PAGES_PER_DAY": "100000", "REQUESTS_PER_DAY": "10000000"}
    sites = {f"BAZAARWATCH_ACCESS__{site.upper()}__{name}": value for site in SITES for name, value in limits.items()}
    return {"BAZAARWATCH_DATA": folder, "BAZAARWATCH_TRANSPORT": f"sandbox:{port}", **sites}


def demo() -> list[Figure]:
    """The shipped catalogue, found by the shipped rights."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "crawler.cli", "demo", "--json", "-O", f"{folder}/out"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(done.stdout)
    total = len(read_catalogue(ROOT / "sandbox/demo/catalogue.jsonl").goods)
    found, rest = result["found"] / result["reachable"], result["wrong"] / (total - result["planted"])
    return [
        Figure("planted and reachable, flagged", ">= 85 %", f"{found:.1%} of {result['reachable']}", found >= 0.85),
        Figure("rest, flagged", "<= 5 %", f"{rest:.1%} of {total - result['planted']}", rest <= 0.05),
        Figure(
            f"crawl and score, {total} listings", "<= 120 s", f"{result['seconds']:.0f} s", result["seconds"] <= 120
        ),
    ]


def fresh() -> list[Figure]:
    """Both commands in a clone of the last commit, with nothing installed but what the machine has."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), f"{folder}/clone"], check=True)
        for target in ("demo", "test"):
            started = time.monotonic()
            env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
            subprocess.run(["make", target], cwd=f"{folder}/clone", env=env, stdout=subprocess.DEVNULL, check=True)
            minutes = (time.monotonic() - started) / 60
            figures.append(Figure(f"make {target}, fresh clone", "<= 5 min", f"{minutes:.1f} min", minutes <= 5))
    return figures


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--fresh", action="store_true", help="also time the two commands in a fresh clone")
    given = parser.parse_args()
    report([rows_read(), *demo(), *(fresh() if given.fresh else [])], given.json)


if __name__ == "__main__":
    main()
