"""Several faces behind one port: gates, pictures, robots, calls by POST."""

import pytest

from tests.sandbox_shop import SEARCH_API, client, line
from tests.sandbox_wholesale import OFFER_PAGE, offer, offers, search

pytest_plugins = ["tests.sandbox_fixtures"]

TOWN = [line(1), offer(2, images=["pictures/red.png", "pictures/blue.png"])]
TAOBAO = "https://s.taobao.com/search?q=a"
HOSTS = (
    "www.1688.com",
    "s.1688.com",
    "detail.1688.com",
    "h5api.m.1688.com",
    "cbu01.alicdn.com",
    "itemcdn.tmall.com",
    "login.tmall.com",
    "detail.tmall.hk",
    "store.taobao.com",
)
WHOLESALE = "https://s.1688.com/selloffer/offer_search.htm?keywords=a"


@pytest.fixture
def box(open_box):
    """A sandbox of one article on Taobao and one on 1688, with the same first picture."""
    with open_box(TOWN) as box:
        yield box


async def test_a_wall_stands_on_every_site(site, box):
    box.wall = "login"
    assert [(await site.get(address))[0] for address in (TAOBAO, WHOLESALE)] == [302, 302]


@pytest.mark.parametrize(
    ("site_of_wall", "codes"), [("1688", [200, 302]), ("taobao", [302, 200]), ("tmall", [302, 200])]
)
async def test_a_wall_may_stand_on_one_site_alone(open_box, site_of_wall, codes):
    with open_box(TOWN, wall="login", wall_site=site_of_wall) as box:
        async with client(box) as site:
            assert box.wall == "login"
            assert [(await site.get(address))[0] for address in (TAOBAO, WHOLESALE)] == codes
            box.wall = None
            assert [(await site.get(address))[0] for address in (TAOBAO, WHOLESALE)] == [200, 200]


async def test_each_site_counts_its_own_good_answers(open_box):
    with open_box(TOWN, wall="login", after=1) as box:
        async with client(box) as site:
            await site.search("VELOKA")
            assert [(await site.get(address))[0] for address in (TAOBAO, WHOLESALE)] == [302, 200]


async def test_a_picture_is_one_file_on_the_hosts_of_every_site(site):
    card = await site.card("VELOKA")
    [wholesale] = offers(await search(site, "VELOKA"))
    token = card["pic_path"].partition("O1CN01")[2][:20]
    assert token in wholesale["odPicUrl"]
    for host in ("img.alicdn.com", "g-search2.alicdn.com", "cbu01.alicdn.com"):
        status, headers, _ = await site.get(f"https://{host}/img/ibank/O1CN01{token}_!!1-0-cib.310x310.jpg")
        assert (status, headers["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(("robots", "rule"), [("permissive", "Allow"), ("real", "Disallow")])
async def test_every_host_has_a_robots_txt(open_box, robots, rule):
    with open_box(TOWN, robots=robots) as box:
        async with client(box) as site:
            told = {host: (await site.get(f"https://{host}/robots.txt"))[2] for host in HOSTS}
    assert told == dict.fromkeys(HOSTS, f"User-agent: *\n{rule}: /\n")


async def test_a_call_may_come_by_post_and_nothing_else(site):
    answer = await site.post(SEARCH_API, {"appId": "1"}, host="h5api.m.taobao.com")
    assert answer["ret"] == ["SUCCESS::调用成功"]
    async with site.session.post(OFFER_PAGE.format(2), data=b"x") as response:
        assert response.status == 405


async def test_a_body_that_is_too_long_is_refused(site):
    async with site.session.post("https://h5api.m.1688.com/h5/a/1.0/", data=b"x" * 2**21) as response:
        assert response.status == 413
