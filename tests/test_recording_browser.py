"""A crawl is recorded, and its recording read again gives what the crawl gave; no credential is in it."""

import gzip
import sqlite3
import stat

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import crawl, registered
from tests.sandbox_shop import line, write

pytestmark = pytest.mark.browser

SEEN = ("seen_at", "captured_at", "last_seen", "first_seen")
LISTINGS = """
    select l.id_space, l.item_id, l.marketplace, l.url, l.title, l.price_min, l.price_max, l.currency, l.sold, l.state,
           l.stock, s.content, s.query, s.position, s.is_ad, s.is_recommended, seller.seller_id, seller.shop_name,
           seller.url, seller.location
    from listing l join snapshot s on s.listing_pk = l.id left join seller on seller.id = l.seller_pk
    order by l.item_id, s.id
"""


def shop():
    """More than a page of plain listings, and some that are to be flagged: by a card, by its own page's picture."""
    plain = [line(n, title=f"VELQUORA 跑鞋 {n:03d}", price="560") for n in range(1, 61)]
    return [
        *plain,
        line(901, title="V·E·L·Q·U·O·R·A 跑鞋", keywords=["velquora"], price="500", images=["pictures/blue.png"]),
        line(902, title="VELQUORA 高仿 跑鞋", price="500", marketplace="tmall", is_ad=True, brand="VELQUORA"),
        line(903, title="VELQUORA 跑鞋 清仓", price="90", state="sold_out", images=["pictures/green.png"]),
        line(904, title="维洛夸 VELQUORA 高仿 跑鞋", price="90", state="removed"),
    ]


def listings(folder):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return database.execute(LISTINGS).fetchall()


def one(folder, question):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return database.execute(question).fetchone()[0]


def flagged(done):
    rows = [{name: value for name, value in row.items() if name not in SEEN} for row in done.rows]
    return sorted(rows, key=lambda row: row["item_id"])


def record(folder, **walls):
    """A crawl of the stand-in with two queries and details: how it ended, and its recording."""
    registered(folder)
    with Sandbox(read_catalogue(write(folder, shop())), **walls) as box:
        env = {"BAZAARWATCH_TRANSPORT": f"sandbox:{box.port}", "BAZAARWATCH_ACCESS__TAOBAO__DELAY": "0"}
        done = crawl("-a", "brand=velquora", folder=folder, **env)
    (archive,) = (folder / "data" / "archives").iterdir()
    return done, archive


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A crawl that nothing stopped, and the folder it left."""
    folder = tmp_path_factory.mktemp("live")
    done, archive = record(folder)
    assert done.code == 0, done.said
    return folder, done, archive


def test_a_recording_read_again_gives_the_same_listings_and_the_same_flagged_links(recorded, tmp_path):
    folder, live, archive = recorded
    registered(tmp_path)
    again = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert again.code == 0, again.said
    assert listings(tmp_path) == listings(folder)
    assert flagged(again) == flagged(live)
    assert len(again.rows) == 3


def test_the_run_names_its_recording_which_is_its_owners_alone(recorded):
    folder, _, archive = recorded
    assert one(folder, "select archive from run") == f"archives/{archive.name}" == "archives/1-taobao.warc.gz"
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_no_cookie_token_or_signature_of_the_session_is_in_a_recording(recorded):
    _, _, archive = recorded
    text = gzip.decompress(archive.read_bytes())
    assert b"X-Redacted: " in text
    for trace in (b"Set-Cookie:", b"set-cookie:", b"\ncookie:", b"\nCookie:", b"_m_h5_tk=", b"sign=0", b"sign=a"):
        assert trace not in text


@pytest.mark.parametrize(("wall", "name"), [("captcha", "blocked: "), ("login", "login_required: ")])
def test_a_wall_is_in_the_recording_and_named_again(tmp_path, wall, name):
    (tmp_path / "live").mkdir()
    (tmp_path / "again").mkdir()
    live, archive = record(tmp_path / "live", wall=wall, after=1)
    registered(tmp_path / "again")
    again = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path / "again")
    assert live.code in (3, 6)  # 3 where the wall came before the first page could be read
    assert again.code == live.code
    assert name in live.last
    assert name in again.last
    assert "That is what was stored" in again.last
    assert listings(tmp_path / "again") == listings(tmp_path / "live")
