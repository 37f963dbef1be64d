"""No credential of a session is kept: by its name, and by its value where pages repeat it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.redaction import Redactor
from crawler.walls import wall_address

TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
CALL = "https://h5api.m.taobao.com/h5/mtop.x/2.0/?jsv=2.7.2&appKey=12474578&t=1700000000000&sign={}&type=jsonp&data={}"


@pytest.mark.parametrize(
    "name",
    [
        *("sign", "token", "access_token", "refresh_token", "_m_h5_tk", "x5secdata", "x5sec", "session", "sessionKey"),
        *(
            "app_secret",
            "appSecret",
            "app_key",
            "_aop_signature",
            "cookie2",
            "_tb_token_",
            "ticket",
            "umidToken",
            "bx-ua",
        ),
    ],
)
def test_a_secret_parameter_keeps_its_name_alone(name):
    assert Redactor().url(f"https://a.com/x?{name}={TOKEN}&q=1") == f"https://a.com/x?{name}=redacted&q=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://s.taobao.com/search?q=velquora+sign+token&tab=all&page=1",
        "https://detail.tmall.com/item.htm?id=700000000001&skuId=5&spm=a21bo",
        "https://detail.1688.com/offer/700000000001.html?offerId=7",
        "https://www.aliexpress.com/w/wholesale-token-ring.html?SearchText=token&design=1",
    ],
)
def test_searches_and_articles_stay_as_they_are(address):
    assert Redactor().url(address) == address


def test_a_secret_in_an_address_inside_of_an_address_goes_too():
    url = "https://login.taobao.com/x?redirectURL=https%3A%2F%2Fitem.taobao.com%2Fp%3Fx5secdata%3Dabc123%26id%3D9&style=mini"
    assert Redactor().url(url).endswith("%3Fx5secdata%3Dredacted%26id%3D9&style=mini")


def test_a_secret_in_the_data_of_a_call_goes_too():
    data = "%7B%22token%22%3A%22" + TOKEN + "%22%2C%22id%22%3A%22700000000001%22%7D"
    assert (
        Redactor()
        .url(CALL.format(TOKEN, data))
        .endswith("%22token%22%3A%22redacted%22%2C%22id%22%3A%22700000000001%22%7D")
    )


def test_a_redacted_wall_is_still_a_wall():
    url = "https://s.taobao.com/search?x5secdata=xyz&q=1"
    assert wall_address(Redactor().url(url)) == wall_address(url)


def test_secret_headers_are_left_out_and_named():
    redactor = Redactor()
    sent = [
        ("Cookie", f"a=1; _m_h5_tk={TOKEN}_17"),
        ("Authorization", "Bearer x"),
        ("X-CSRF-Token", "x"),
        ("Accept", "*/*"),
    ]
    assert redactor.headers(sent) == [("Accept", "*/*")]
    assert list(redactor.removed) == ["Cookie", "Authorization", "X-Csrf-Token"]


def test_the_address_in_a_header_is_redacted():
    assert Redactor().headers([("Referer", "https://a.com/?token=abc&q=1")]) == [
        ("Referer", "https://a.com/?token=redacted&q=1")
    ]


def test_the_mark_of_a_wall_is_no_secret():
    assert Redactor().headers([("bxpunish", "1")]) == [("bxpunish", "1")]


@pytest.mark.parametrize(
    "cookie",
    [f"_m_h5_tk={TOKEN}_1700000000000", f'x="{TOKEN}"', f"a=b; cookie17={TOKEN}; c=d", "s=a%2Fb0123456789abcdef"],
)
@pytest.mark.parametrize("header", ["Cookie", "Set-Cookie"])
def test_the_value_of_a_cookie_is_taken_out_of_the_page_that_repeats_it(cookie, header):
    redactor = Redactor()
    redactor.headers([(header, cookie.partition("; ")[2] if header == "Set-Cookie" and "; " in cookie else cookie)])
    value = "a/b0123456789abcdef" if "%2F" in cookie else TOKEN
    assert redactor.body(f"<p>{value}</p>".encode()) == b"<p>redacted</p>"


def test_a_number_or_a_word_in_a_cookie_is_no_secret_of_the_page():
    redactor = Redactor()
    redactor.headers([("Cookie", "last=700000000001700000000002; lang=simplified-chinese; kw=velquora")])
    body = b"700000000001700000000002 simplified-chinese velquora"
    assert redactor.body(body) == body


@pytest.mark.parametrize(
    "body",
    [
        '{"url":"https://bixi.alicdn.com/punish?x5secdata=%s&x5step=2"}',
        '<input type="hidden" name="_tb_token_" value="%s">',
        "var x5secdata = '%s';",
        '{\\"access_token\\":\\"%s\\"}',
        "document.cookie='_m_h5_tk=%s; path=/'",
        "https%%3A%%2F%%2Fa.com%%3Fx5secdata%%3D%s%%26b",
        '<meta name="csrf-token" content="%s">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_token_that_a_page_names_is_taken_out(body, encoding):
    before = ("跑鞋" + body % TOKEN + "跑鞋").encode(encoding)
    assert Redactor().body(before) == ("跑鞋" + body % "redacted" + "跑鞋").encode(encoding)


def test_no_page_can_have_words_taken_out_of_others():
    redactor = Redactor()
    redactor.body(b"access_token=velquora-trail-2026-black")
    assert redactor.body(b"velquora-trail-2026-black") == b"velquora-trail-2026-black"


def test_ordinary_pages_stay_as_they_are():
    body = b'{"sign": "new", "token": "ring", "t": "1", "session": "summer 2026", "csrf": 1}'
    assert Redactor().body(body) == body


@given(st.text())
def test_any_text_can_be_redacted_and_once_is_enough(text):
    redactor = Redactor()
    once = redactor.url(text)
    assert redactor.url(once) == once


@pytest.mark.parametrize("piece", ["x5secdata=", "_m_h5_tk=%26", "csrf_token ", "%22token%22%3A%22", "a" * 30])
def test_bodies_are_searched_in_linear_time(piece):
    started = time.monotonic()
    Redactor().body((piece * (4_000_000 // len(piece))).encode())
    Redactor().url(piece * (200_000 // len(piece)))
    assert time.monotonic() - started < 20
