"""The sandbox in a real Chromium, asked under the sites' real addresses."""

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_browser import chromium, new_page
from tests.sandbox_shop import HOSTILE, SEARCH_API, shop, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SEARCH_PAGE = "https://s.taobao.com/search?q=VELOKA"
NEXT = "button.next-pagination-item.next-next"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One sandbox for all tests of this module."""
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("shop"), shop()))) as box:
        yield box


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(town):
    """One browser for all tests of this module."""
    async with chromium(town) as browser:
        yield browser


@pytest.fixture
def box(town):
    """The sandbox without a wall."""
    town.wall = None
    return town


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser, box):
    """A page of a browser that was never here before."""
    async with new_page(browser) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="module")
async def goods_of(page):
    """The goods of the answer that an action brings: the one call among others that has `itemsArray`."""

    async def goods_of(action):
        async with page.expect_response(is_goods) as caught:
            await action
        return value(await (await caught.value).text())["data"]["itemsArray"]

    return goods_of


async def is_goods(response):
    return SEARCH_API in response.url and "itemsArray" in await response.text()


def value(text):
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


async def test_a_crawl_by_the_pages_own_button_sees_every_article(page, goods_of):
    seen = await goods_of(page.goto(SEARCH_PAGE))
    for number in (2, 3):
        seen += await goods_of(page.click(NEXT))
        await expect(page.locator(".next-pagination-display")).to_have_text(f"{number}/3")
    assert len({item["item_id"] for item in seen}) == 120
    await expect(page.locator(NEXT)).to_be_disabled()


async def test_a_card_opens_its_article(page):
    await page.goto(SEARCH_PAGE)
    async with page.context.expect_page() as opened:
        await page.locator("a.card[href^='//item.taobao.com']").first.click()
    detail = await opened.value
    await expect(detail.locator("h1")).to_contain_text("VELOKA")
    assert detail.url.startswith("https://item.taobao.com/item.htm?id=7000000")


async def test_an_ad_opens_its_article(page):
    await page.goto(SEARCH_PAGE)
    ad = page.locator("a.card[href*='click.simba.taobao.com']").first
    number = (await ad.get_attribute("id")).removeprefix("item_id_")
    async with page.context.expect_page() as opened:
        await ad.click()
    await (await opened.value).wait_for_url(f"https://item.taobao.com/item.htm?id={number}")


async def test_the_page_forgets_the_number_it_was_opened_with(page, goods_of):
    items = await goods_of(page.goto(SEARCH_PAGE + "&page=3"))
    await expect(page.locator(".next-pagination-display")).to_have_text("1/3")
    assert (page.url, len(items)) == (SEARCH_PAGE + "&page=1", 52)


async def test_sort_and_price_in_the_address_reach_the_gateway(page, goods_of):
    items = await goods_of(page.goto("https://s.taobao.com/search?q=VELUMA&sort=price-asc&filter=reserve_price[5,50]"))
    assert [item["item_id"] for item in items] == ["700000000202"]


async def test_the_tab_of_tmall_shows_its_goods_alone(page, goods_of):
    items = await goods_of(page.goto("https://s.taobao.com/search?q=VELUMA&tab=mall"))
    assert {item["item_id"] for item in items} == {"700000000201"}


async def test_a_shop_is_turned_by_its_own_button(page):
    await page.goto("https://store.taobao.com/shop/view_shop.htm?user_number_id=2200001")
    seen = set()
    for number in range(1, 6):
        await expect(page.locator(".next-pagination-display")).to_have_text(f"{number}/5")
        seen.update(await page.locator("a.card").evaluate_all("cards => cards.map(card => card.href)"))
        if number < 5:
            await page.click(NEXT)
    assert len(seen) == 125
    await expect(page.locator(NEXT)).to_be_disabled()


async def test_a_captcha_in_a_shop_takes_the_page_away(page, box):
    await page.goto("https://store.taobao.com/shop/view_shop.htm?user_number_id=2200001")
    box.wall = "captcha"
    await page.click(NEXT)
    await page.wait_for_url("**/_____tmd_____/punish?**")


async def test_two_answers_of_the_same_call_come_and_one_has_goods(page, box):
    before = box.counts
    await page.goto(SEARCH_PAGE, wait_until="networkidle")
    assert {kind: box.counts[kind] - before[kind] for kind in ("goods", "recommend")} == {"goods": 1, "recommend": 1}


async def test_the_texts_of_a_card_stand_in_the_order_of_the_site(page):
    await page.goto("https://s.taobao.com/search?q=手表 VELUMA")
    text = " ".join((await page.locator(".card").last.inner_text()).split())
    assert text == "手表 VELUMA ¥ 199.5 200+人付款 浙江 杭州 包邮 天猫 青石鞋铺"


async def test_words_of_the_query_are_highlighted(page):
    await page.goto("https://s.taobao.com/search?q=手表 VELUMA")
    assert await page.locator(".card").first.locator(".H").all_inner_texts() == ["手表", "VELUMA"]


async def test_pictures_are_loaded_when_they_come_near(page):
    await page.goto(SEARCH_PAGE, wait_until="networkidle")
    images = page.locator(".card img")
    is_drawn = "image => image.naturalWidth === 120"
    assert await images.first.evaluate(is_drawn)
    assert not await images.last.evaluate(is_drawn)
    await images.last.scroll_into_view_if_needed()
    await expect(images.last).to_have_js_property("naturalWidth", 120)


async def test_a_detail_page_shows_its_article(page):
    await page.goto("https://detail.tmall.com/item.htm?id=700000000201", wait_until="networkidle")
    await expect(page.locator("table tr").first).to_have_text("品牌VELUMA")
    drawn = await page.locator("img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert drawn == [120, 120, 120]  # two of the gallery, one of the description


async def test_an_article_that_is_sold_out_says_so_on_its_page(page):
    await page.goto("https://item.taobao.com/item.htm?id=700000000202")
    await expect(page.locator(".notice")).to_have_text("此宝贝已下架")


@pytest.mark.parametrize(
    "address", ["https://s.taobao.com/search?q=ZORUNA", "https://item.taobao.com/item.htm?id=700000000204"]
)
async def test_a_hostile_title_stays_text(page, address):
    alerts = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    await page.goto(address, wait_until="networkidle")
    title = HOSTILE.replace("VELOKA", "ZORUNA")
    assert await page.locator(".title, h1").first.evaluate("node => node.textContent") == title
    assert await page.locator(".title script, h1 script, .shop b").count() == 0
    assert alerts == []


async def test_a_hostile_query_stays_text(page):
    await page.goto("https://s.taobao.com/search", wait_until="networkidle")
    await page.goto("https://s.taobao.com/search?q=<img src=x onerror=document.title='pwned'>")
    await expect(page.locator(".notice")).to_contain_text("<img src=x")
    assert await page.locator(".notice img").count() == 0


async def test_a_captcha_takes_the_page_away(page, box):
    box.wall = "captcha"
    await page.goto(SEARCH_PAGE)
    await page.wait_for_url("**/_____tmd_____/punish?**")
    assert await page.title() == "验证码拦截"


async def test_a_captcha_in_mid_paging_takes_the_page_away(page, box):
    await page.goto(SEARCH_PAGE)
    box.wall = "captcha"
    await page.click(NEXT)
    await page.wait_for_url("**/_____tmd_____/punish?**")


async def test_a_captcha_before_a_detail_page_takes_it_away(page, box):
    box.wall = "captcha"
    await page.goto("https://item.taobao.com/item.htm?id=700000000001")
    await page.wait_for_url("**/_____tmd_____/punish?**")


async def test_a_login_wall_leads_to_the_login_page(page, box):
    box.wall = "login"
    await page.goto(SEARCH_PAGE)
    assert page.url.startswith("https://login.taobao.com/member/login.jhtml")


async def test_a_session_that_ends_in_mid_paging_leads_to_the_login_page(page, box):
    await page.goto(SEARCH_PAGE)
    box.wall = "login"
    await page.click(NEXT)
    await page.wait_for_url("https://login.taobao.com/**")


async def test_a_rate_limit_leaves_the_page_with_a_notice(page, box):
    box.wall = "rate_limit"
    await page.goto(SEARCH_PAGE)
    await expect(page.locator(".notice")).to_have_text("请求过多,稍后再试")


async def test_an_error_of_the_server_is_a_500(page, box):
    box.wall = "error"
    assert (await page.goto(SEARCH_PAGE)).status == 500


async def test_nothing_is_fetched_from_elsewhere(page, box):
    before = len(box.requests)
    await page.goto(SEARCH_PAGE)
    await page.goto("https://detail.tmall.com/item.htm?id=700000000201", wait_until="networkidle")
    assert not [seen for seen in box.requests[before:] if seen.kind == "unknown"]
