"""Alibaba.com and AliExpress of the sandbox in a real Chromium, asked under the sites' real addresses."""

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_abroad import ALIBABA, ALIEXPRESS, goods
from tests.sandbox_browser import chromium, new_page
from tests.sandbox_shop import HOSTILE, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

API = "mtop.aliexpress.pdp.pc.query"
WATCH = f"{ALIEXPRESS}/item/1005001000000201.html"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One sandbox for all tests of this module."""
    lines = [*goods("alibaba"), *goods("aliexpress")]
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("shop"), lines)), recommend="never") as box:
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


async def test_an_articles_page_asks_for_its_data_and_draws_them(page):
    await page.goto(f"{WATCH}?spm=a2g0o.productlist.main.1", wait_until="networkidle")
    await expect(page.locator("[data-pl=product-title]")).to_have_text("Veluma steel watch")
    await expect(page.locator("[class*='price--currentPriceText']")).to_have_text("US $0.50")
    await expect(page.locator("[data-pl=store-name]")).to_have_text("Blue Stone Shoes Co., Ltd.")
    first = page.locator("[class*='specification--prop']").first
    assert (await first.inner_text()).split() == ["Brand", "Name", "VELUMA"]
    drawn = await page.locator("main img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert drawn == [120, 120, 120]  # two of the gallery, one of the description


async def test_the_answer_with_the_data_comes_after_the_handshake(page):
    answers = []
    page.on("response", lambda response: answers.append(response) if API in response.url else None)
    await page.goto(WATCH, wait_until="networkidle")
    codes = [value(await answer.text())["ret"][0].partition("::")[0] for answer in answers]
    assert codes == ["FAIL_SYS_TOKEN_EMPTY", "SUCCESS"]


async def test_an_article_that_is_gone_has_a_notice(page):
    await page.goto(f"{ALIEXPRESS}/item/1005001000000203.html")
    await expect(page.locator(".notice")).to_contain_text("can not be found")


async def test_a_captcha_takes_an_articles_page_away(page, box):
    box.wall = "captcha"
    await page.goto(WATCH)
    await page.wait_for_url("**/_____tmd_____/punish?**")


@pytest.mark.parametrize(
    "address", [f"{ALIEXPRESS}/w/wholesale-veloka.html", f"{ALIBABA}/trade/search?SearchText=veloka"]
)
async def test_a_captcha_takes_a_search_away(page, box, address):
    box.wall = "captcha"
    await page.goto(address)
    await page.wait_for_url("**/_____tmd_____/**")


@pytest.mark.parametrize(
    ("address", "last"),
    [(f"{ALIEXPRESS}/w/wholesale-veloka.html", "3 / 3"), (f"{ALIBABA}/trade/search?SearchText=veloka", "3 / 3")],
)
async def test_a_search_is_turned_to_its_last_page(page, address, last):
    await page.goto(address)
    while await page.locator(".pager-next").count():
        await page.click(".pager-next")
        await page.wait_for_load_state()
    await expect(page.locator(".pager span")).to_have_text(last)


@pytest.mark.parametrize(
    "address",
    [
        f"{ALIEXPRESS}/w/wholesale-zoruna.html",
        f"{ALIEXPRESS}/item/1005001000000204.html",
        f"{ALIBABA}/trade/search?SearchText=zoruna",
        f"{ALIBABA}/product-detail/_1600000000204.html",
    ],
)
async def test_a_hostile_title_stays_text(page, address):
    alerts = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    await page.goto(address, wait_until="networkidle")
    title = HOSTILE.replace("VELOKA", "ZORUNA")
    assert await page.locator(".title, h1").first.evaluate("node => node.textContent.trim()") == title
    assert await page.locator("main script, main b").count() == 0
    assert alerts == []


async def test_nothing_is_fetched_from_elsewhere(page, box):
    before = len(box.requests)
    for address in (f"{ALIEXPRESS}/w/wholesale-veloka.html", WATCH, f"{ALIBABA}/trade/search?SearchText=veloka"):
        await page.goto(address, wait_until="networkidle")
    assert not [seen for seen in box.requests[before:] if seen.kind == "unknown"]


def value(text):
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])
