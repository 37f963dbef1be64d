"""Which listing an address names, the one address it is kept under, and its pictures' addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.marketplaces import (
    SITES,
    ItemRef,
    UnknownMarketplaceError,
    canonical_url,
    identify,
    identify_all,
    image_key,
    is_image_host,
    original_image_url,
    site,
)

ITEM = "700000000101"
ITEM_ADDRESSES = [
    ("https://item.taobao.com/item.htm?id=700000000101", "taobao"),
    ("//item.taobao.com/item.htm?spm=a21n57.1&id=700000000101&ns=1&abbucket=6#detail", "taobao"),
    ("item.taobao.com/item.htm?ft=t&amp;id=700000000101", "taobao"),
    ("http://ITEM.TAOBAO.COM/item.htm?id=700000000101", "taobao"),
    ("https://world.taobao.com/item/700000000101.htm?fromSite=main", "taobao"),
    ("https://h5.m.taobao.com/awp/core/detail.htm?id=700000000101", "taobao"),
    ("https://m.intl.taobao.com/detail/detail.html?id=700000000101", "taobao"),
    ("https://a.m.taobao.com/i700000000101.htm", "taobao"),
    ("https://www.taobao.com/list/item-amp/700000000101.htm", "taobao"),
    ("https://detail.tmall.com/item.htm?id=700000000101&skuId=5", "tmall"),
    ("https://detail.tmall.hk/hk/item.htm?id=700000000101", "tmall"),
    ("https://chaoshi.detail.tmall.com/item.htm?id=700000000101", "tmall"),
    ("https://detail.m.tmall.com/item.htm?id=700000000101", "tmall"),
    ("https://world.tmall.com/item/700000000101.htm", "tmall"),
    ("//taiwan.tmall.com/item/700000000101.htm", "tmall"),
    ("https://detail.1688.com/offer/700000000101.html?spm=a26352", "1688"),
    ("https://m.1688.com/offer/700000000101.html", "1688"),
    ("https://detail.m.1688.com/page/index.html?offerId=700000000101", "1688"),
    ("https://www.alibaba.com/product-detail/Some-Shoes-2024_700000000101.html?s=p", "alibaba"),
    ("https://www.alibaba.com/product-detail/_700000000101.html", "alibaba"),
    ("https://french.alibaba.com/product-detail/Des-chaussures-700_700000000101.html", "alibaba"),
    ("https://m.alibaba.com/product/700000000101/Some-Shoes.html", "alibaba"),
    ("https://www.aliexpress.com/item/700000000101.html?gatewayAdapt=glo2pol", "aliexpress"),
    ("https://www.aliexpress.com/item/Some-Shoes/700000000101.html", "aliexpress"),
    ("https://m.aliexpress.com/item/700000000101.html", "aliexpress"),
    ("https://pl.aliexpress.com/i/700000000101.html", "aliexpress"),
    ("https://www.aliexpress.us/item/700000000101.html", "aliexpress"),
    ("https://www.aliexpress.com/ssr/300000512/BundleDeals2?productIds=700000000101:12000&pid=3", "aliexpress"),
]
NO_ITEM_ADDRESSES = [
    "https://click.simba.taobao.com/cc_im?p=shoes&s=1&k=601&e=abc",
    "https://click.simba.taobao.com/item.htm?id=700000000101",
    "https://s.click.taobao.com/t?e=m%3D2",
    "https://e.tb.cn/h.abc",
    "https://m.tb.cn/h.abc?id=700000000101",
    "https://dj.1688.com/ci_bb?a=1&id=700000000101",
    "https://qr.1688.com/s/abc",
    "https://cn-click.alibaba.com/ci_bb?id=700000000101",
    "https://a.aliexpress.com/_abc",
    "https://s.click.aliexpress.com/e/_abc",
    "https://s.taobao.com/search?q=id=700000000101",
    "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D700000000101",
    "https://item.taobao.com@evil.example/item.htm?id=700000000101",
    "https://user:word@item.taobao.com/item.htm?id=700000000101",
    "https://item.taobao.com.evil.example/item.htm?id=700000000101",
    "https://eviltaobao.com/item.htm?id=700000000101",
    "https://item.taobao.com/item.htm?id=abc",
    "https://item.taobao.com/item.htm?id=0",
    "https://item.taobao.com/item.htm?id=" + "7" * 40,
    "https://item.taobao.com/item.htm?id=７００００００００１０１",
    "https://[broken/item.htm?id=700000000101",
    "700000000101",
    "",
]


@pytest.mark.parametrize(("address", "marketplace"), ITEM_ADDRESSES)
def test_every_known_form_of_an_item_address_names_its_item(address, marketplace):
    assert identify(address) == ItemRef(marketplace, ITEM)


@pytest.mark.parametrize("address", NO_ITEM_ADDRESSES)
def test_an_address_without_an_id_of_a_marketplace_names_nothing(address):
    assert identify(address) is None


def test_a_share_message_names_the_item_of_its_link():
    message = "【淘宝】羽岚跑鞋https://item.taobao.com/item.htm?id=700000000101「好物分享」点击链接直接打开"
    assert identify(message) == ItemRef("taobao", ITEM)


@pytest.mark.parametrize("regional", ["3256809260449850", "2255800123456789", "2251832123456789"])
def test_a_regional_id_of_aliexpress_becomes_the_canonical_one(regional):
    found = identify(f"https://www.aliexpress.us/item/{regional}.html")
    assert found == ItemRef("aliexpress", str(int(regional) - 2251799813685248))


def test_a_canonical_id_of_aliexpress_stays():
    assert identify("https://www.aliexpress.com/item/1005009446764602.html").item_id == "1005009446764602"


def test_sixteen_digits_that_look_regional_stay_on_other_sites():
    assert identify("https://detail.1688.com/offer/3256809260449850.html").item_id == "3256809260449850"


@pytest.mark.parametrize("name", SITES)
def test_the_canonical_address_names_the_item_it_was_made_from(name):
    assert identify(canonical_url(name, ITEM)) == ItemRef(name, ITEM)


def test_taobao_and_tmall_share_ids_and_access():
    taobao, tmall = site("taobao"), site("tmall")
    assert (taobao.id_space, taobao.access_group) == (tmall.id_space, tmall.access_group)


def test_an_unknown_marketplace_is_told_in_one_line():
    with pytest.raises(UnknownMarketplaceError, match=r"^no marketplace is called 'ebay'; known: taobao, .*$"):
        site("ebay")


def test_an_id_that_would_change_the_address_is_escaped():
    assert canonical_url("taobao", "1&id=2#") == "https://item.taobao.com/item.htm?id=1%26id%3D2%23"


@given(st.text(max_size=200))
def test_identify_takes_any_text(text):
    found = identify("https://item.taobao.com/" + text)
    assert found is None or found.item_id.isdigit()


def test_a_long_text_without_an_address_is_looked_at_in_bounded_time():
    assert identify("a." * 1_000_000 + "http://" * 100_000) is None


IMAGE = "https://img.alicdn.com/imgextra/i3/3300000001/O1CN01Abcdef1aBcDeFgHiJ_!!3300000001.jpg"
OFFER = "https://cbu01.alicdn.com/img/ibank/2017/996/743/4160000000_550000000.jpg"
THUMBNAILS = [
    (IMAGE + suffix, IMAGE)
    for suffix in (
        *("", "_220x220.jpg", "_430x430q90.jpg_.webp", "_180x180.jpg_.webp", "_110x10000Q75.jpg_.webp"),
        *("_350x350xz.jpg", "_80x80.jpg", "_640x640.jpg", "_Q90.jpg", "_q50.jpg", "_sum.jpg", "_b.jpg", "_.webp"),
        *("_.avif", ".webp", "_640x640.jpg_220x220.jpg", "_960x960.jpg?t=1", "_580x580q90.png_.avif"),
    )
] + [
    ("//img.alicdn.com/imgextra/i1/TB1abc.png_30x30.jpg", "https://img.alicdn.com/imgextra/i1/TB1abc.png"),
    ("http://gw.alicdn.com/tfs/TB1abc-241-41.png", "https://gw.alicdn.com/tfs/TB1abc-241-41.png"),
    ("//img.alicdn.com/i2/TB1Dr_M2.SS2_sum.jpg", "https://img.alicdn.com/i2/TB1Dr_M2.SS2"),
    (OFFER.replace(".jpg", ".220x220.jpg"), OFFER),
    (OFFER.replace(".jpg", ".310x310.jpg_.webp"), OFFER),
    ("//ae01.alicdn.com/kf/S0abc/slug-x.jpg_80x80.jpg", "https://ae01.alicdn.com/kf/S0abc/slug-x.jpg"),
    ("//s.alicdn.com/@sc04/kf/H0abc.jpg_300x300.jpg", "https://s.alicdn.com/@sc04/kf/H0abc.jpg"),
    ("//img.alicdn.com/i1/size.220x220.jpg", "https://img.alicdn.com/i1/size.220x220.jpg"),
]


@pytest.mark.parametrize(("thumbnail", "original"), THUMBNAILS)
def test_a_thumbnail_leads_to_its_original(thumbnail, original):
    assert original_image_url(thumbnail) == original


@pytest.mark.parametrize("thumbnail", [thumbnail for thumbnail, _ in THUMBNAILS])
def test_the_original_of_an_original_is_itself(thumbnail):
    original = original_image_url(thumbnail)
    assert original_image_url(original) == original


@pytest.mark.parametrize(
    "address",
    [
        "data:image/gif;base64,R0lGOD",
        "//g.alicdn.com/s.gif",
        "//img.alicdn.com/tps/i4/spaceball.gif",
        "//img.alicdn.com/imgextra/i4/O1CN01abc_!!600-2-tps-1-1.png",
        "//ae01.alicdn.com/kf/S0abc/154x64.png",
        "javascript:alert(1)",
        "/relative/x.jpg",
        "//user@img.alicdn.com/x.jpg",
        "//img.alicdn.com:8080/x.jpg",
        "//img.alicdn.com/",
        "//img.alicdn.com/a b.jpg",
        "//[::1/x.jpg",
        "https://img.alicdn.com/" + "x" * 3000,
        "",
    ],
)
def test_what_is_no_picture_of_goods_has_no_original(address):
    assert original_image_url(address) is None


@given(st.text(max_size=100))
def test_picture_addresses_take_any_text(text):
    address = "https://img.alicdn.com/" + text
    assert original_image_url(address) is None or original_image_url(address).startswith("https://img.alicdn.com/")


@pytest.mark.parametrize(
    ("marketplace", "host"),
    [
        ("taobao", "img.alicdn.com"),
        ("taobao", "gw3.alicdn.com"),
        ("tmall", "gd4.alicdn.com"),
        ("tmall", "g-search2.alicdn.com"),
        ("taobao", "asearch.alicdn.com"),
        ("taobao", "img04.taobaocdn.com"),
        ("1688", "cbu01.alicdn.com"),
        ("alibaba", "sc04.alicdn.com"),
        ("alibaba", "s.alicdn.com"),
        ("aliexpress", "ae01.alicdn.com"),
        ("aliexpress", "ae-pic-a1.aliexpress-media.com"),
    ],
)
def test_a_documented_picture_host_may_be_asked(marketplace, host):
    assert is_image_host(marketplace, f"https://{host}/kf/x.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "http://img.alicdn.com/x.jpg",
        "//img.alicdn.com/x.jpg",
        "https://img.alicdn.com:443/x.jpg",
        "https://user@img.alicdn.com/x.jpg",
        "https://img.alicdn.com@evil.example/x.jpg",
        "https://img.alicdn.com.evil.example/x.jpg",
        "https://evil.example/img.alicdn.com/x.jpg",
        "https://evil.example\\@img.alicdn.com/x.jpg",
        "https://evil-img.alicdn.com/x.jpg",
        "https://ximg.alicdn.com/x.jpg",
        "https://gd44.alicdn.com/x.jpg",
        "https://gd٣.alicdn.com/x.jpg",
        "https://img.alicdn.com./x.jpg",
        "https://127.0.0.1/x.jpg",
        "https://[::1]/x.jpg",
        "https://img.alicdn.com\n.evil.example/x.jpg",
        "https://ae01.alicdn.com/x.jpg",
        "ftp://img.alicdn.com/x.jpg",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_may_not_be_asked_for_a_picture(address):
    assert not is_image_host("taobao", address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "//gd2.alicdn.com/imgextra/i4/33/TB2abc.def_XX_!!33.jpg",
            "//gd4.alicdn.com/imgextra/i4/33/TB2abc.def_XX_!!33.jpg_50x50.jpg",
        ),
        (
            "//ae01.alicdn.com/kf/S0abc/slug.jpg",
            "https://ae-pic-a1.aliexpress-media.com/kf/S0abc.jpg_220x220q75.jpg_.avif",
        ),
        ("//sc04.alicdn.com/kf/H0abc.jpg", "//s.alicdn.com/@sc04/kf/H0abc.jpg_300x300.jpg"),
        ("//cbu01.alicdn.com/img/ibank/2017/1/2_3.32x32.jpg", "//cbu02.alicdn.com/img/ibank/2017/1/2_3.jpg"),
        (
            "//img.alicdn.com/imgextra/i1/O1CN01abc_!!0-item_pic.jpg",
            "//g-search1.alicdn.com/img/bao/uploaded/i4/i1/O1CN01abc_!!33.jpg",
        ),
    ],
)
def test_two_addresses_of_one_picture_have_one_key(one, other):
    assert image_key(one) == image_key(other) is not None


def test_two_pictures_have_two_keys():
    assert image_key("//img.alicdn.com/O1CN01abc_!!1.jpg") != image_key("//img.alicdn.com/O1CN01abd_!!1.jpg")


# Lists that are pasted, and addresses that people type


CHAT = """小王 10:02
这几个麻烦看下：
1、https://item.taobao.com/item.htm?id=700000000101&spm=a1z，假的；
2）detail.1688.com/offer/700000000102.html（同款）【1688】https://m.1688.com/offer/700000000103.html。
https://www.aliexpress.us/item/3256809260449850.html?gatewayAdapt=glo2usahttps://www.alibaba.com/product-detail/x_700000000104.html
https://detail.tmall.com/item.htm?id=700000000101 again, and <a href="//world.taobao.com/item/700000000105.htm">
https：／／item．taobao．com／item．htm？id＝700000000106。谢谢！
item。taobao。com/item.htm？id=700000000107，好
搜索 https://s.1688.com/selloffer/offer_search.htm?keywords=x 没有编号 700000000199
"""


def test_every_article_of_a_list_from_a_chat_is_named_once_and_in_order():
    assert [(ref.marketplace, ref.item_id) for ref in identify_all(CHAT)] == [
        ("taobao", "700000000101"),
        ("1688", "700000000102"),
        ("1688", "700000000103"),
        ("aliexpress", "1005009446764602"),
        ("alibaba", "700000000104"),
        ("taobao", "700000000105"),
        ("taobao", "700000000106"),
        ("taobao", "700000000107"),
    ]


@pytest.mark.parametrize("before", ["", "看看", "（", "“", "链接：", "【", "，", "👉", "<", "\u3000"])
@pytest.mark.parametrize(
    "after", ["", "这个", "）", "”", "，", "。", "】", "；", "！", "👈", ">", "\u3000", ".", ")", "'"]
)
def test_a_link_glued_to_other_text_names_its_article(before, after):
    assert identify(f"{before}https://detail.1688.com/offer/700000000101.html{after}") == ItemRef("1688", ITEM)
    assert identify(f"{before}item.taobao.com/item.htm?id=700000000101{after}") == ItemRef("taobao", ITEM)


@pytest.mark.parametrize(
    ("address", "marketplace"),
    [
        ("https://detail.1688.com/pic/700000000101.html", "1688"),
        ("https://m.1688.com/page/offerRemark.htm?offerId=700000000101", "1688"),
        ("https://dj.1688.com/ci_bb?a=1&report=object_type%40offer%5Eobject_id%40700000000101%5E_p_isad%401", "1688"),
        ("https://dj.1688.com/ci_bb?a=1&object_id=700000000101", "1688"),
        ("//www.alibaba.com/pla/Some-Shoes_700000000101.html?mark=google", "alibaba"),
        ("https://yulan.en.alibaba.com/product/700000000101-800000001/Some_Shoes.html", "alibaba"),
        ("https://www.aliexpress.com/store/product/Some-Shoes/1234567_700000000101.html", "aliexpress"),
        ("https://m.aliexpress.com/s/item/700000000101.html", "aliexpress"),
        ("https://www.aliexpress.com/gcp/300000512/x?productIds=700000000101,700000000102", "aliexpress"),
    ],
)
def test_further_forms_of_an_address_name_their_item(address, marketplace):
    assert identify(address) == ItemRef(marketplace, ITEM)


@pytest.mark.parametrize(
    "address",
    [
        "https://m.1688.com/offer_search/-CAD6BBFA.html?keywords=x",
        "https://dj.1688.com/ci_bb?a=1309083318&e=SrM6WKAnN&v=4&ap=2",
        "https://detail.1688.com/offer/.html?offerId=",
        "https://www.alibaba.com/product-detail/Shoes-2024.html",
        "https://www.alibaba.com/trade/search?SearchText=shoes",
        "https://yulan.en.alibaba.com/productlist.html",
        "https://www.aliexpress.com/w/wholesale-shoes.html",
        "https://www.aliexpress.com/store/1100000000",
    ],
)
def test_lists_and_shops_name_no_item(address):
    assert identify(address) is None


IDS = st.integers(10**9, 10**16 - 1).map(str)


@given(name=st.sampled_from(sorted(SITES)), number=IDS)
def test_an_id_survives_being_made_an_address_and_read_again(name, number):
    ref = identify(canonical_url(name, number))
    assert ref is not None and ref.marketplace == name
    assert identify(canonical_url(*ref)) == ref


@given(address=st.sampled_from([address for address, _ in ITEM_ADDRESSES]), number=IDS)
def test_an_address_of_any_form_and_its_canonical_one_name_the_same(address, number):
    ref = identify(address.replace(ITEM, number))
    assert ref is not None
    assert identify(canonical_url(*ref)) == ref


@given(number=st.integers(2**51 - 2251 * 10**12 + 1, 10**12 - 1))
def test_a_regional_id_is_the_canonical_one_wherever_it_stands(number):
    regional = f"2251{number:012d}"
    for form in ("https://www.aliexpress.us/item/{}.html", "//m.aliexpress.com/i/{}.html", "x {}"):
        found = identify(form.format(regional))
        assert found is None or found.item_id == str(int(regional) - 2**51)


@given(st.lists(st.sampled_from([*(address for address, _ in ITEM_ADDRESSES), "，", "\n", " ", "看看"]), max_size=8))
def test_no_mix_of_addresses_and_text_invents_an_item(pieces):
    for ref in identify_all("".join(pieces)):
        assert ref.item_id == ITEM


@given(st.text(max_size=300))
def test_a_list_of_any_text_raises_nothing(text):
    assert isinstance(identify_all(text), tuple)
    assert isinstance(identify_all("https://item.taobao.com/item.htm?id=" + text), tuple)


def test_a_list_of_ten_thousand_links_is_read_in_bounded_time():
    links = "\n".join(f"https://item.taobao.com/item.htm?id={10**11 + n}" for n in range(20_000))
    assert len(identify_all(links)) == 20_000
    assert identify_all("https://" * 250_000) == ()


PIECES = st.sampled_from(
    [
        *(".220x220", "_220x220", ".jpg", ".png", "_.webp", ".webp", "_Q90.jpg", "a", ".search", ".summ", "_b.jpg"),
        *("!!12", "-0-cib", "_sum.jpg", "/", "O1CN01x", ".avif", "_80x80q90.jpg", "154x64.png", "tps-1-1", "s.gif"),
    ]
)
FOLDERS = st.sampled_from(["//img.alicdn.com/i1/", "//cbu01.alicdn.com/img/ibank/", "//ae01.alicdn.com/kf/S0abc/"])


@given(folder=FOLDERS, name=st.lists(PIECES, max_size=10).map("".join))
def test_an_original_is_the_original_of_itself_and_has_its_key(folder, name):
    original = original_image_url(folder + name)
    if original is not None:
        assert original_image_url(original) == original
        assert image_key(original) == image_key(folder + name)


@pytest.mark.parametrize("size", [".220x220", ".310x310", ".400x400", ".search", ".summ", ".60x60.220x220"])
@pytest.mark.parametrize("suffix", ["", "_.webp", "_80x80.jpg", "_Q90.jpg_.webp"])
def test_every_thumbnail_of_an_offer_leads_to_its_original(size, suffix):
    name = "https://cbu01.alicdn.com/img/ibank/O1CN01AAaa11_!!2200000001-0-cib"
    assert original_image_url(f"{name}{size}.jpg{suffix}") == f"{name}.jpg"


def test_a_picture_of_an_offer_is_known_by_its_token_on_any_host():
    assert image_key("//cbu01.alicdn.com/img/ibank/O1CN01abc_!!33-0-cib.220x220.jpg") == image_key(
        "//img.alicdn.com/imgextra/i1/O1CN01abc_!!33.jpg"
    )


def test_an_id_that_looks_regional_and_is_smaller_than_the_offset_is_its_own():
    address = "https://www.aliexpress.com/item/2251000000000000.html"
    assert identify(address) == ItemRef("aliexpress", "2251000000000000")
