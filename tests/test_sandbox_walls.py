"""Walls on demand look as the site's own do (FACTS 0.3)."""

import json

import pytest

from tests.sandbox_shop import DETAIL_API, client

pytest_plugins = ["tests.sandbox_fixtures"]

SEARCH_PAGE = "https://s.taobao.com/search?q=VELOKA"
DETAIL_PAGE = "https://item.taobao.com/item.htm?id=700000000001"


@pytest.mark.parametrize(
    ("wall", "ret", "host"),
    [
        ("login", ["FAIL_SYS_SESSION_EXPIRED"], "login.taobao.com"),
        ("captcha", ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR"], "s.taobao.com"),
        ("rate_limit", ["FAIL_SYS_TRAFFIC_LIMIT"], None),
    ],
)
async def test_a_wall_answers_a_call_with_its_code(site, box, wall, ret, host):
    box.wall = wall
    answer = await site.search("VELOKA")
    assert [code.partition("::")[0] for code in answer["ret"]] == ret
    assert answer["data"].get("url", "//None").split("/")[2] == str(host)


async def test_the_captchas_address_is_a_punish_page(site, box):
    box.wall = "captcha"
    url = (await site.search("VELOKA"))["data"]["url"]
    _, _, page = await site.get(url)
    assert "/_____tmd_____/punish?x5secdata=" in url
    assert "<title>验证码拦截</title>" in page
    assert "<punish-component>" in page


@pytest.mark.parametrize("page", [SEARCH_PAGE, DETAIL_PAGE])
async def test_the_login_wall_stands_before_every_page(site, box, page):
    box.wall = "login"
    status, headers, _ = await site.get(page)
    assert (status, headers["Location"].split("?")[0]) == (302, "https://login.taobao.com/member/login.jhtml")


@pytest.mark.parametrize("page", [SEARCH_PAGE, DETAIL_PAGE])
async def test_the_error_is_a_500_on_every_page(site, box, page):
    box.wall = "error"
    assert (await site.get(page))[0] == 500


async def test_the_error_meets_calls_too(site, box):
    await site.search("VELOKA")
    box.wall = "error"
    assert await site.call(DETAIL_API, {"id": "700000000001"}) == "{}"


async def test_a_captcha_in_place_of_a_detail_page_is_a_short_script(site, box):
    box.wall = "captcha"
    status, headers, page = await site.get(DETAIL_PAGE)
    assert (status, headers["bxpunish"]) == (200, "1")
    assert page.endswith("<!--rgv587_flag:sm-->")
    assert len(page) < 1000


@pytest.mark.parametrize("wall", ["captcha", "rate_limit"])
async def test_the_search_page_itself_opens_behind_a_wall_of_its_calls(site, box, wall):
    box.wall = wall
    assert (await site.get(SEARCH_PAGE))[0] == 200


async def test_pictures_stand_before_every_wall(site, box):
    picture = "https:" + (await site.card("VELOKA"))["pic_path"]
    box.wall = "error"
    assert (await site.get(picture))[0] == 200


async def test_a_wall_comes_after_so_many_good_answers(open_box):
    with open_box(wall="captcha", after=3) as box:
        async with client(box) as site:
            answers = [await site.search("VELOKA", page) for page in (1, 2)]
            answers += [await site.ask(DETAIL_API, {"id": f"70000000000{n}"}) for n in (1, 2)]
    assert [answer["ret"][0].partition("::")[0] for answer in answers] == [*["SUCCESS"] * 3, "FAIL_SYS_USER_VALIDATE"]


async def test_calls_without_goods_do_not_count(open_box):
    with open_box(wall="rate_limit", after=1) as box:
        async with client(box) as site:
            for _ in range(3):
                await site.ask("mtop.relationrecommend.wirelessrecommend.recommend/2.0", {"appId": "32517"})
            assert (await site.search("VELOKA"))["ret"][0].startswith("SUCCESS")


async def test_a_wall_can_be_taken_down(site, box):
    box.wall = "captcha"
    await site.search("VELOKA")
    box.wall = None
    assert (await site.search("VELOKA"))["ret"][0].startswith("SUCCESS")


async def test_a_new_wall_counts_anew(open_box):
    with open_box(wall="captcha", after=1) as box:
        async with client(box) as site:
            await site.search("VELOKA")
            box.wall = "rate_limit"
            codes = [(await site.search("VELOKA"))["ret"][0].partition("::")[0] for _ in range(2)]
    assert codes == ["SUCCESS", "FAIL_SYS_TRAFFIC_LIMIT"]


def test_a_wall_that_there_is_not_is_refused(open_box):
    with pytest.raises(ValueError, match="wall must be one of login, captcha, rate_limit, error"):
        open_box(wall="moat")


def test_a_wall_of_a_site_that_there_is_not_is_refused(open_box):
    with pytest.raises(ValueError, match="no face for 'nowhere'"):
        open_box(wall="login", wall_site="nowhere")


async def test_a_good_page_names_no_wall(site):
    pages = [(await site.get(page))[2] for page in (SEARCH_PAGE, DETAIL_PAGE)]
    pages += [(await site.get(f"https://s.taobao.com/app/{name}.js"))[2] for name in ("search", "detail")]
    pages.append(json.dumps(await site.search("VELOKA")))
    assert not any(word in page for word in ("punish", "RGV587", "验证", "x5sec") for page in pages)
