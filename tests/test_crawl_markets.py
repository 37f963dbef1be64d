"""Each marketplace end to end on its stand-in: search, paging, details, a shop, a wall."""

import sqlite3

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import crawl, registered
from tests.sandbox_shop import line, write

pytestmark = pytest.mark.browser
GOODS = 70  # more than one page everywhere
SHOPS = {
    "taobao": "2200001",
    "tmall": "2200001",
    "1688": "b2b-2200001",
    "alibaba": "2200001",
    "aliexpress": "2200001",
}
CURRENCY = {"alibaba": "USD", "aliexpress": "USD"}
DISGUISED = 901


def goods(marketplace):
    """Plain listings of two sellers, and one whose name is disguised."""
    common = {
        "marketplace": marketplace,
        "currency": CURRENCY.get(marketplace, "CNY"),
        "seller_id": SHOPS[marketplace],
    }
    plain = [line(n, title=f"VELQUORA running shoes {n:03d}", price="560", **common) for n in range(1, GOODS + 1)]
    for row in plain[:10]:
        row["seller_id"] = "2200002"
    return [*plain, line(DISGUISED, title="V·E·L·Q·U·O·R·A shoes", keywords=["velquora"], price="500", **common)]


@pytest.fixture
def market(tmp_path):
    """A sandbox of one marketplace, and the client registered."""
    registered(tmp_path)
    return lambda name, **options: Sandbox(read_catalogue(write(tmp_path, goods(name))), **options)


def search(name, box, folder, *args):
    group = "TAOBAO" if name == "tmall" else name.upper()
    quick = {f"BAZAARWATCH_ACCESS__{group}__DELAY": "0", f"BAZAARWATCH_ACCESS__{name.upper()}__DELAY": "0"}
    at = {"BAZAARWATCH_TRANSPORT": f"sandbox:{box.port}"}
    return crawl("-a", "brand=velquora", *args, folder=folder, spider=name, **quick | at)


def seen(folder):
    """Item ids in the store."""
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return [row[0] for row in database.execute("select item_id from listing")]


def listings(folder):
    """What the store holds of them, but for the moments at which they were seen."""
    columns = (
        "item_id, marketplace, url, title, price_min, price_max, currency, sold, stock, moq, shop_name, location, state"
    )
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return sorted(database.execute(f"select {columns} from listing"))


@pytest.mark.parametrize("name", SHOPS)
def test_every_listing_is_found_once_and_the_recording_says_the_same_again(tmp_path, market, name):
    with market(name) as box:
        done = search(name, box, tmp_path, "-a", "keywords=velquora")
    assert done.code == 0, done.said
    assert len(seen(tmp_path)) == len(set(seen(tmp_path))) == GOODS + 1
    assert [row["item_id"] for row in done.rows] == [str(700_000_000_000 + DISGUISED)]
    assert done.rows[0]["platform"] == name
    again = tmp_path / "again"
    again.mkdir()
    registered(again)
    (recording,) = (tmp_path / "data" / "archives").iterdir()
    replayed = crawl(
        "-a", "brand=velquora", "-a", "keywords=velquora", "-a", f"archive={recording}", folder=again, spider=name
    )
    assert (replayed.code, [row["item_id"] for row in replayed.rows]) == (0, [row["item_id"] for row in done.rows])
    assert listings(again) == listings(tmp_path)


@pytest.mark.parametrize("name", [name for name in SHOPS if name != "tmall"])  # whose shops are Taobao's
def test_all_goods_of_one_seller(tmp_path, market, name):
    with market(name) as box:
        done = search(name, box, tmp_path, "-a", f"shop={SHOPS[name]}", "-a", "details=none")
    assert done.code == 0, done.said
    assert len(seen(tmp_path)) == GOODS + 1 - 10


WALLS = {"login": "login_required", "captcha": "blocked", "rate_limit": "rate_limited"}
MET = [("1688", "login"), *((name, wall) for name in ("alibaba", "aliexpress") for wall in WALLS)]


@pytest.mark.parametrize(("name", "wall"), MET)
def test_a_wall_of_any_site_is_named(tmp_path, market, name, wall):
    with market(name, wall=wall) as box:
        done = search(name, box, tmp_path, "-a", "keywords=velquora")
    assert done.code == 3, done.said
    assert WALLS[wall] in done.last
    assert not seen(tmp_path)
