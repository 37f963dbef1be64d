"""1688's face in a real Chromium, asked under the site's real addresses."""

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_browser import chromium, new_page
from tests.sandbox_shop import HOSTILE, write
from tests.sandbox_wholesale import OFFER_PAGE, SEARCH_PAGE, SELLER, gbk, market

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SHOES = f"{SEARCH_PAGE}?keywords=VELOKA"
NEXT = ".fui-arrow.fui-next"
NEXT_OF_SHOP = 'button:has-text("下一页")'
SHOP = f"https://{SELLER}.1688.com/page/offerlist.htm"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One sandbox for all tests of this module."""
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("market"), market())), recommend="never") as box:
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
async def answer_of(page):
    """The answer that an action brings which holds a word."""

    async def answer_of(action, word):
        async def has(response):
            return "/h5/" in response.url and word in await response.text()

        async with page.expect_response(has) as caught:
            await action
        text = await (await caught.value).text()
        return json.loads(text[text.index("{") : text.rindex("}") + 1])["data"]

    return answer_of


async def test_a_crawl_by_the_pages_own_arrow_sees_every_offer(page, answer_of):
    seen = await answer_of(page.goto(SHOES), '"OFFER"')
    items = seen["data"]["OFFER"]["items"]
    for number in (2, 3):
        await expect(page.locator(".fui-current")).to_have_text(str(number - 1))
        items += (await answer_of(page.click(NEXT), '"OFFER"'))["data"]["OFFER"]["items"]
    assert len({item["data"]["offerId"] for item in items if item["cellType"] == "smart_ui_offer"}) == 130
    await expect(page.locator(f"{NEXT}.fui-disabled")).to_be_visible()


async def test_the_call_carries_what_the_sites_call_carries(page):
    async with page.expect_request(lambda request: "getOfferList" in request.url) as caught:
        await page.goto(f"{SEARCH_PAGE}?keywords={gbk('手表')}&sortType=va_price_asc&priceStart=5")
    query = (await caught.value).url.partition("?")[2]
    asked = dict(part.split("=", 1) for part in query.split("&"))
    data = await page.evaluate("text => JSON.parse(decodeURIComponent(text.replaceAll('+', ' ')))", asked["data"])
    params = json.loads(data["params"])
    assert data["appId"] == "32517"
    assert asked["callback"].startswith("mtopjsonpreqTppId_32517_getOfferList")
    assert (params["keywords"], params["sortType"], params["priceStart"]) == (gbk("手表"), "va_price_asc", "5")


async def test_the_search_box_sends_gbk(page):
    await page.goto("https://www.1688.com/")
    await page.fill("input[name=keywords]", "手表")
    await page.press("input[name=keywords]", "Enter")
    await page.wait_for_url(f"{SEARCH_PAGE}?keywords={gbk('手表')}")
    await expect(page.locator(".card .title").first).to_have_text("手表 VELUMA")
    assert await page.locator(".card .title .H").all_inner_texts() == ["手表"]


async def test_a_keyword_in_the_wrong_encoding_shows_what_it_was_taken_for(page):
    await page.goto(f"{SEARCH_PAGE}?keywords=手表")  # a browser writes UTF-8
    shown = await page.locator("input[name=keywords]").input_value()
    assert shown == "手表".encode().decode("gbk", errors="replace")
    await expect(page.locator(".card").first).to_be_visible()


async def test_nothing_found_says_so(page):
    await page.goto(f"{SEARCH_PAGE}?keywords=zebra")
    await expect(page.locator(".notice")).to_have_text("没有找到与“zebra”相关的货源")


@pytest.mark.parametrize("link", ["a.card[href^='https://detail.1688.com']", "a.card[href^='https://dj.1688.com']"])
async def test_a_card_and_an_ad_open_their_offer(page, link):
    await page.goto(SHOES)
    async with page.context.expect_page() as opened:
        await page.locator(link).first.click()
    offer = await opened.value
    await offer.wait_for_url("https://detail.1688.com/offer/7000000*.html")
    await expect(offer.locator("h1")).to_contain_text("VELOKA")


async def test_an_offers_page_shows_what_stands_in_it(page):
    await page.goto(OFFER_PAGE.format(700_000_000_201), wait_until="networkidle")
    await expect(page.locator("table tr").first).to_have_text("品牌VELUMA")
    drawn = await page.locator("img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert drawn == [120, 120, 120]  # two of the gallery, one of the description
    told = await page.evaluate("window.context.result.global.globalData.model.sellerModel.companyName")
    assert told == "远山钟表厂"


async def test_a_hostile_title_stays_text(page):
    alerts = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    for address in (f"{SEARCH_PAGE}?keywords=ZORUNA", OFFER_PAGE.format(700_000_000_204)):
        await page.goto(address, wait_until="networkidle")
        title = await page.locator(".title, h1").first.evaluate("node => node.textContent")
        assert title == HOSTILE.replace("VELOKA", "ZORUNA")
    assert alerts == []


async def test_a_shop_is_turned_by_its_own_button(page, answer_of):
    content = (await answer_of(page.goto(SHOP), '"offerList"'))["content"]
    listed = [offer["id"] for offer in content["offerList"]]
    for number in range(2, 6):
        await expect(page.locator(".turn div")).to_have_text(f"{number - 1}/5")
        content = (await answer_of(page.click(NEXT_OF_SHOP), '"offerList"'))["content"]
        listed += [offer["id"] for offer in content["offerList"]]
    assert len(set(listed)) == 131
    await expect(page.locator(NEXT_OF_SHOP)).to_be_disabled()


async def test_an_offer_of_a_shop_opens_by_a_click_that_is_no_link(page):
    await page.goto(SHOP)
    await expect(page.locator(".notice")).to_have_text("青石鞋业商行")
    assert await page.locator(".offers a").count() == 0
    async with page.context.expect_page() as opened:
        await page.locator("img.main-picture").first.click()
    await (await opened.value).wait_for_url("https://detail.1688.com/offer/7000000*.html")


@pytest.mark.parametrize(("address", "button"), [(SHOES, NEXT), (SHOP, NEXT_OF_SHOP)])
async def test_a_captcha_in_mid_paging_takes_the_page_away(page, box, address, button):
    await page.goto(address)
    await page.wait_for_selector(button)
    box.wall = "captcha"
    await page.click(button)
    await page.wait_for_url("**/_____tmd_____/punish?**")
    assert await page.title() == "验证码拦截"


async def test_a_captcha_before_an_offer_takes_the_page_away(page, box):
    box.wall = "captcha"
    await page.goto(OFFER_PAGE.format(700_000_000_001))
    await page.wait_for_url("**/_____tmd_____/punish?**")


async def test_a_session_that_ends_in_mid_paging_leads_to_the_login_page(page, box):
    await page.goto(SHOES)
    await page.wait_for_selector(NEXT)
    box.wall = "login"
    await page.click(NEXT)
    await page.wait_for_url("https://login.1688.com/member/signin.htm?**")


async def test_a_rate_limit_shows_itself(page, box):
    box.wall = "rate_limit"
    await page.goto(SHOES)
    await expect(page.locator(".notice")).to_have_text("请求过多,稍后再试")
    await page.goto(OFFER_PAGE.format(700_000_000_001))
    await expect(page.locator(".baxia-dialog")).to_contain_text("访问太频繁")


async def test_nothing_is_fetched_from_elsewhere(page, box):
    before = len(box.requests)
    for address in ("https://www.1688.com/", SHOES, OFFER_PAGE.format(700_000_000_201), SHOP):
        await page.goto(address, wait_until="networkidle")
    assert not [seen for seen in box.requests[before:] if seen.kind in ("unknown", "refused")]
