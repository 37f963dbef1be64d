"""One article: its tree, its pictures, its texts, and what is never told of it."""

import html
import json
import re

import pytest

from tests.sandbox_shop import DESCRIPTION_API, DETAIL_API, SEARCH_API, client, line

pytest_plugins = ["tests.sandbox_fixtures"]


async def test_the_tree_of_an_article(site):
    tree = (await site.ask(DETAIL_API, {"id": "700000000201"}))["data"]
    assert tree["item"]["title"] == "手表 VELUMA"
    assert len(tree["item"]["images"]) == 2
    assert tree["seller"]["shopName"] == "青石鞋铺"
    assert tree["seller"]["sellerId"] == tree["seller"]["userId"] == "2200001"
    assert tree["skuCore"]["sku2info"]["0"]["price"]["priceText"] == "199.5"
    assert tree["skuCore"]["sku2info"]["0"]["price"]["priceMoney"] == "19950"
    [info] = tree["componentsVO"]["extensionInfoVO"]["infos"]
    assert info["type"] == "BASE_PROPS"
    assert info["items"][0] == {"title": "品牌", "text": ["VELUMA"]}


async def test_every_sku_of_an_article_has_its_price(site):
    tree = (await site.ask(DETAIL_API, {"id": "700000000202"}))["data"]
    skus = [sku["skuId"] for sku in tree["skuBase"]["skus"]]
    assert [tree["skuCore"]["sku2info"][sku]["price"]["priceText"] for sku in skus] == ["10", "12.5"]


async def test_tmall_has_a_gateway_of_its_own(site):
    answer = await site.ask(DETAIL_API, {"id": "700000000201"}, host="h5api.m.tmall.com")
    assert answer["data"]["item"]["itemId"] == "700000000201"


async def test_an_article_that_is_sold_out_says_so(site):
    assert "此宝贝已下架" in json.dumps(
        (await site.ask(DETAIL_API, {"id": "700000000202"}))["data"], ensure_ascii=False
    )


async def test_an_article_on_sale_does_not_say_that_it_is_sold_out(site):
    pages = [
        await site.call(DETAIL_API, {"id": "700000000001"}),
        (await site.get("https://item.taobao.com/item.htm?id=700000000001"))[2],
        (await site.get("https://item.taobao.com/app/detail.js"))[2],
    ]
    assert "下架" not in "".join(pages)


async def test_a_description_has_its_pictures(site):
    tree = (await site.ask(DESCRIPTION_API, {"id": "700000000201"}))["data"]
    text = tree["components"]["componentData"]["desc_richtext_pc"]["model"]["text"]
    [source] = re.findall(r'<img src="([^"]+)"', text)
    assert (await site.get(source))[1]["Content-Type"] == "image/png"


@pytest.mark.parametrize("number", ["700000000203", "9", "", "x<script>"])
async def test_an_article_that_is_gone_leads_to_the_error_page(site, number):
    status, headers, _ = await site.get("https://item.taobao.com/item.htm", params={"id": number})
    assert status == 302
    assert re.fullmatch(r"https://error\.item\.taobao\.com/error/noitem\?itemid=\d*", headers["Location"])
    assert "您查看的宝贝不存在" in (await site.get(headers["Location"]))[2]


@pytest.mark.parametrize("number", ["700000000203", "9", "", None])
async def test_the_gateway_knows_nothing_of_an_article_that_is_gone(site, number):
    answer = await site.ask(DETAIL_API, {"id": number})
    assert (answer["ret"][0].startswith("FAIL_BIZ"), answer["data"]) == (True, {})


async def test_an_article_of_tmall_moves_to_tmalls_host(site):
    _, headers, _ = await site.get("https://item.taobao.com/item.htm?id=700000000201")
    assert headers["Location"] == "https://detail.tmall.com/item.htm?id=700000000201"


@pytest.mark.parametrize(
    "path", ["/", "/../catalogue.jsonl", "/pictures/red.png", "/imgextra/i1/O1CN0100000000000000000000_!!1.jpg"]
)
async def test_only_pictures_of_goods_are_served(site, path):
    assert (await site.get(f"https://img.alicdn.com{path}"))[0] == 404


@pytest.mark.parametrize("suffix", ["", "_460x460q90.jpg_.webp", "_80x80.jpg"])
async def test_a_picture_is_served_under_its_address_in_any_size(site, tmp_path, suffix):
    tree = (await site.ask(DETAIL_API, {"id": "700000000001"}))["data"]
    async with site.session.get(tree["item"]["images"][0] + suffix) as response:
        assert await response.read() == (tmp_path / "pictures" / "red.png").read_bytes()


async def test_a_picture_on_a_card_is_the_main_one(site, tmp_path):
    async with site.session.get("https:" + (await site.card("手表"))["pic_path"]) as response:
        assert await response.read() == (tmp_path / "pictures" / "green.png").read_bytes()


async def test_a_missing_picture_is_a_404(site):
    assert (await site.get("https:" + (await site.card("水壶"))["pic_path"]))[0] == 404


async def test_goods_without_a_picture_have_no_address_of_one(site):
    assert "pic_path" not in await site.card("无图")


async def test_a_picture_that_became_a_link_to_elsewhere_is_not_served(site, tmp_path):
    address = "https:" + (await site.card("手表"))["pic_path"]
    picture = tmp_path / "pictures" / "green.png"
    picture.unlink()
    picture.symlink_to("/etc/hostname")
    assert (await site.get(address))[0] == 404


async def test_a_hostile_title_is_escaped_on_a_card_and_whole_in_the_tree(site):
    item = await site.card("ZORUNA")
    tree = (await site.ask(DETAIL_API, {"id": "700000000204"}))["data"]
    assert html.unescape(re.sub("<span class=H>|</span>", "", item["title"])) == tree["item"]["title"]
    assert "<script" not in item["title"]


async def test_no_answer_holds_what_could_end_a_script(site):
    texts = [await site.call(SEARCH_API, {"appId": "34385", "params": '{"q":"ZORUNA"}'}) for _ in range(2)]
    texts.append(await site.call(DETAIL_API, {"id": "700000000204"}))
    assert not re.search("</|<!|\u2028", "".join(texts))


async def test_truth_and_keywords_never_leave(open_box):
    told = {
        "truth": {"label": "counterfeit", "mark": "SECRETMARK", "why": "SECRETWHY"},
        "keywords": ["halo SECRETWORD"],
    }
    with open_box([line(1, **told), line(2, marketplace="tmall", state="sold_out", is_ad=True, **told)]) as box:
        async with client(box) as site:
            texts = [str(await site.get(address)) for address in addresses()]
            texts += [await site.call(*call) for call in calls()]
    assert texts[-1].count("VELOKA") == 1
    assert not re.search("secret|counterfeit|truth|keywords", "".join(texts), re.IGNORECASE)


def addresses():
    """Every kind of page on every host."""
    hosts = ["s", "item", "login", "click.simba", "error.item", "h5api.m"]
    hosts = [*(f"{host}.taobao.com" for host in hosts), "detail.tmall.com", "h5api.m.tmall.com", "img.alicdn.com"]
    items = ["/item.htm?id=700000000001", "/item.htm?id=700000000002", "/item.htm?id=3"]
    pages = ["/", "/search?q=halo", *items, "/robots.txt", "/x", "/app/search.js", "/_____tmd_____/punish"]
    return [f"https://{host}{page}" for host in hosts for page in pages]


def calls():
    """Every kind of call, the first one for the token; goods are found by a keyword."""
    searches = [{"appId": "34385", "params": json.dumps({"q": q, "page": 1})} for q in ("halo", "halo", "zebra")]
    numbers = [{"id": f"70000000000{n}"} for n in (2, 1)]
    return [*((SEARCH_API, data) for data in searches)] + [
        (api, data) for api in (DESCRIPTION_API, DETAIL_API) for data in numbers
    ]
