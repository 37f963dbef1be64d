"""Crawls as a user runs them: `scrapy crawl` in a process of its own, on a data folder of its own."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.cli.shared import opened, take_rights
from crawler.config import load_config

ROOT = Path(__file__).parents[1]


@dataclass
class Crawl:
    """How a crawl ended."""

    code: int
    said: str
    rows: list[dict[str, str]]

    @property
    def last(self) -> str:
        """The line that says how it ended."""
        return self.said.strip().splitlines()[-1]


def environment(folder, **more):
    """A user's surroundings: nothing set but what is given."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("BAZAARWATCH_")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes need not compile the same modules anew
    return env | {"BAZAARWATCH_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT), **more}


def command(*args, folder, timeout=90, **env):
    """`bazaarwatch ARGS`."""
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", *map(str, args)],
        cwd=folder,
        env=environment(folder, **env),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def crawl(*args, folder, timeout=110, spider="taobao", **env):
    """`scrapy crawl SPIDER ARGS -O flagged.csv`."""
    feed = folder / "flagged.csv"
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", spider, *map(str, args), "-O", str(feed)],
        cwd=folder,
        env=environment(folder, SCRAPY_SETTINGS_MODULE="crawler.settings", **env),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Crawl(done.returncode, done.stderr, read_csv(feed) if feed.exists() else [])


def read_csv(path):
    """Rows of a CSV as a CSV reader gives them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def goods(*items, total=None):
    """A mtop answer of the current search layout (FACTS 1), with invented goods."""
    found = [
        {
            "item_id": str(item["id"]),
            "title": item["title"],
            "priceShow": {"unit": "¥", "price": str(item.get("price", "300"))},
            "realSales": "7人付款",
            "shopInfo": {
                "title": item.get("shop", "小店"),
                "url": f"//store.taobao.com/shop/view_shop.htm?user_number_id={item.get('seller', 77)}",
            },
            "procity": "广东 广州",
            "auctionURL": f"//item.taobao.com/item.htm?id={item['id']}",
        }
        for item in items
    ]
    data = {"itemsArray": found, "mainInfo": {"totalResults": str(len(found) if total is None else total)}}
    return json.dumps({"api": "mtop.x", "ret": ["SUCCESS::调用成功"], "data": data}, ensure_ascii=False)


RIGHTS = """client,right_id,type,kind,mark,names,aliases,reference_price,currency,distribution,authorised_sellers
Velquora AG,V1,trademark,word,VELQUORA,维洛夸,,600,CNY,{distribution},taobao:900001
"""


def registered(folder, distribution="open"):
    """Register the client of these tests."""
    (folder / "rights.csv").write_text(RIGHTS.format(distribution=distribution), encoding="utf-8")
    with opened(load_config(data=folder / "data", database_url=None)) as (config, store):
        take_rights(config, store, folder / "rights.csv", partial=False)


def count_in(folder, question):
    """The one row that the database of that folder answers with."""
    with closing(sqlite3.connect(folder / "data" / "bazaarwatch.sqlite")) as database:
        (row,) = database.execute(question).fetchall()
    return row
