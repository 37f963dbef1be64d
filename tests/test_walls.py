"""Walls are named; good pages that mention walls are not."""

import json

import pytest

from crawler.reading import Answer, Outcome, read
from crawler.walls import classify, one_line, suspect

STUB = """<script>sessionStorage.x5referer = window.location.href;
window.location.replace("https://item.taobao.com//item.htm/_____tmd_____/punish?x5secdata=SECRET&x5step=1");
window._config_ = {"action":"ACTION","url":"https://item.taobao.com//item.htm/_____tmd_____/punish?x5secdata=SECRET"};
</script><!--rgv587_flag:sm-->"""
CAPTCHA = "<html><head><title>TITLE</title></head><body>BODY</body></html>" + " " * 90_000


def page(html: str, **more) -> Answer:
    return Answer(html.encode(), **more)


def mtop(*ret: str, **data) -> Answer:
    return Answer(json.dumps({"api": "mtop.x", "ret": ret, "data": data}).encode())


def outcome(answer: Answer) -> Outcome:
    return classify(answer).outcome


@pytest.mark.parametrize(
    "address",
    [
        "https://s.taobao.com//search/_____tmd_____/punish?x5secdata=abc&x5step=1",
        "https://s.1688.com:443//selloffer/offer_search.htm/_____tmd_____/verify/?nc_token=1",
        "https://s.taobao.com/search?q=x&x5secdata=abc",
        "https://bixi.alicdn.com/punish/punish.html?qrcode=1",
        "https://sec.taobao.com/query.htm",
        "https://punish.1688.com/x",
        "https://verify.aliexpress.com/x",
        "https://www.alibaba.com//trade/search/_____tmd_____/verify/?x5step=1",
        "https://www.alibaba.com/punish/x?uuid=1",
        "https://detail.1688.com//offer/1001.html/_____tmd_____/punish?action=deny",
        "https://acs.aliexpress.com/h5/mtop.aliexpress.pdp.pc.query/1.0/_____tmd_____/punish?recaptcha=1",
        "https://data.p4psearch.1688.com:443//data/x.json_____tmd_____/punish?x=1",
    ],
)
def test_a_punish_address_is_a_block(address):
    assert outcome(page("<html></html>", url=address)) is Outcome.BLOCKED


@pytest.mark.parametrize(
    "address",
    [
        "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fs.taobao.com",
        "https://login.taobao.com/havanaone/login/login.htm",
        "https://login.m.taobao.com/login.htm",
        "https://login.tmall.com/",
        "https://login.1688.com/member/signin.htm",
        "https://passport.1688.com/x",
        "https://passport.alibaba.com/x",
        "https://login.alibaba.com/x",
        "https://login.aliexpress.com/x",
        "https://s.taobao.com/_____tmd_____/page/login_jump?rand=1",
    ],
)
def test_a_login_address_asks_for_a_login(address):
    assert outcome(page("<html></html>", url=address)) is Outcome.LOGIN_REQUIRED


@pytest.mark.parametrize(
    "address",
    [
        "https://www.alibaba.com/product-detail/punish-the-machine_1600000000101.html",
        "https://www.aliexpress.com/w/wholesale-punish.html?SearchText=/punish/",
        "https://evil.example/punish/x",
    ],
)
def test_an_address_that_has_the_word_in_it_is_no_wall(address):
    assert outcome(page("<html></html>", url=address)) is Outcome.PAGE


@pytest.mark.parametrize("reason", ["action=deny", "cloud_ip_bl"])
def test_a_refusal_that_no_login_ends_is_named_as_one(reason):
    url = f"https://bixi.alicdn.com/punish/punish.html?uuid=SECRET&x={reason}&{reason}"
    by_address = classify(page("", url=url))
    by_answer = classify(mtop("FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::x", url=url))
    assert by_address == type(by_address)(Outcome.BLOCKED, f"address bixi.alicdn.com/punish/punish.html, {reason}")
    assert by_answer == type(by_answer)(Outcome.BLOCKED, f"ret FAIL_SYS_USER_VALIDATE, {reason}")


def test_a_punish_page_on_the_way_is_a_block():
    hops = ("https://s.taobao.com/search/_____tmd_____/punish?x5secdata=a",)
    assert outcome(page("<html></html>", url="https://s.taobao.com/search", hops=hops)) is Outcome.BLOCKED


def test_a_punish_frame_is_a_block():
    headers = {"x-frames": "https://g.alicdn.com/x https://s.taobao.com/_____tmd_____/punish?x5secdata=a"}
    assert outcome(page("<html></html>", headers=headers)) is Outcome.BLOCKED


def test_a_login_host_passed_on_the_way_is_no_wall():
    hops = ("https://login.taobao.com/jump?target=x",)
    assert outcome(page("<html></html>", url="https://s.taobao.com/search", hops=hops)) is Outcome.PAGE


@pytest.mark.parametrize("name", ["bxpunish", "BXPunish"])
def test_the_punish_header_is_a_block(name):
    assert outcome(page("<html></html>", headers={name: "1"})) is Outcome.BLOCKED


def test_no_signal_repeats_a_token():
    found = classify(page("", url="https://s.taobao.com/_____tmd_____/punish?x5secdata=SECRET"))
    assert "SECRET" not in found.signal


@pytest.mark.parametrize("action", ["captcha", "captcharecaptcha", "deny"])
def test_a_short_body_that_goes_to_a_punish_page_is_a_block(action):
    found = classify(page(STUB.replace("ACTION", action)))
    assert found == type(found)(Outcome.BLOCKED, f"window._config_ action {action}")


def test_a_short_body_that_goes_to_a_login_page_asks_for_a_login():
    script = '<script>window.location.href = "https://login.taobao.com/member/login.jhtml?x=1";</script>'
    assert outcome(page(script)) is Outcome.LOGIN_REQUIRED


def test_a_short_page_that_could_go_to_a_login_page_is_no_wall():
    script = '<script>function login() { location.href = "https://login.taobao.com/member/login.jhtml"; }</script>'
    assert outcome(page("<html><body>" + "<div class='card'></div>" * 50 + script)) is Outcome.PAGE


def test_a_short_body_with_the_flag_in_a_comment_is_a_block():
    assert outcome(page("<html></html><!--rgv587_flag:sm-->")) is Outcome.BLOCKED


def test_json_with_the_flag_is_a_block():
    assert outcome(page('{"rgv587_flag":"sm","url":"https://x.taobao.com/y"}')) is Outcome.BLOCKED


@pytest.mark.parametrize("title", ["Captcha Interception", "验证码拦截"])
def test_a_page_with_the_title_of_the_captcha_is_a_block(title):
    assert outcome(page(CAPTCHA.replace("TITLE", title))) is Outcome.BLOCKED


def test_the_captcha_element_is_a_block_even_without_title_and_text():
    html = CAPTCHA.replace("<title>TITLE</title>", "").replace("BODY", "<punish-component></punish-component>")
    assert outcome(page(html)) is Outcome.BLOCKED


def test_two_parts_of_the_captcha_page_are_a_block():
    html = CAPTCHA.replace("BODY", '<div class="x captcha-tips"></div><div id="nocaptcha"></div>')
    assert outcome(page(html)) is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("ret", "expected"),
    [
        ("SUCCESS::调用成功", Outcome.PAGE),
        ("FAIL_SYS_USER_VALIDATE::x", Outcome.BLOCKED),
        ("RGV587_ERROR::SM::哎哟喂,被挤爆啦", Outcome.BLOCKED),
        ("FAIL_SYS_ILLEGAL_ACCESS::非法请求", Outcome.BLOCKED),
        ("FAIL_SYS_SESSION_EXPIRED::Session过期", Outcome.LOGIN_REQUIRED),
        ("ERR_SESSION_MISSING::x", Outcome.LOGIN_REQUIRED),
        ("NEED_LOGIN::x", Outcome.LOGIN_REQUIRED),
        ("FAIL_SYS_TRAFFIC_LIMIT::x", Outcome.RATE_LIMITED),
        ("FAIL_SYS_FLOWLIMIT::x", Outcome.RATE_LIMITED),
        ("FAIL_BIZ_FREQUENCY_LIMIT::x", Outcome.RATE_LIMITED),
        ("FAIL_SYS_TOKEN_EMPTY::令牌为空", Outcome.HANDSHAKE),
        ("FAIL_SYS_TOKEN_EXOIRED::令牌过期", Outcome.HANDSHAKE),
        ("FAIL_SYS_TOKEN_EXPIRED::x", Outcome.HANDSHAKE),
        ("FAIL_BIZ_PARAM_ERR::参数错误", Outcome.ERROR),
        ("FAIL_SYS_API_NOT_FOUNDED::x", Outcome.ERROR),
        ("FAIL_SOMETHING_NEW::x", Outcome.ERROR),
    ],
)
def test_a_return_code_names_its_wall(ret, expected):
    assert outcome(mtop(ret)) is expected


def test_two_return_codes_and_a_login_address_ask_for_a_login():
    answer = mtop("FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM", url="https://login.taobao.com/member/login.jhtml")
    assert outcome(answer) is Outcome.LOGIN_REQUIRED


def test_two_return_codes_and_a_punish_address_are_a_block():
    answer = mtop("FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM", url="https://bixi.alicdn.com/punish/x")
    assert outcome(answer) is Outcome.BLOCKED


def test_a_wall_in_jsonp_is_named():
    assert outcome(page(' mtopjsonp6({"ret":["RGV587_ERROR::SM::x"],"data":{}});')) is Outcome.BLOCKED


def test_success_with_an_address_in_place_of_the_item_is_a_block():
    body = {"api": "mtop.taobao.pcdetail.data.get", "ret": ["SUCCESS::x"], "data": {"url": "https://x.taobao.com/y"}}
    assert outcome(page(json.dumps(body))) is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("envelope", "signal"),
    [
        ({"error_response": {"code": 25, "msg": "Invalid signature"}}, "error: 25 Invalid signature"),
        (
            {"error_response": {"code": 15, "msg": "Remote error", "sub_code": "isv.x", "sub_msg": "参数\n错误"}},
            "error: 15 Remote error isv.x 参数 错误",
        ),
        ({"error_code": "gw.Signature", "error_message": "bad"}, "error: gw.Signature bad"),
        ({"ret": ["FAIL_BIZ_PARAM_ERR::参数错误"]}, "error: FAIL_BIZ_PARAM_ERR 参数错误"),
    ],
)
def test_an_error_envelope_is_told_with_code_and_message(envelope, signal):
    found = classify(page(json.dumps(envelope)))
    assert (found.outcome, found.signal) == (Outcome.ERROR, signal)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Outcome.PAGE),
        (404, Outcome.PAGE),
        (401, Outcome.LOGIN_REQUIRED),
        (403, Outcome.BLOCKED),
        (429, Outcome.RATE_LIMITED),
        (503, Outcome.ERROR),
    ],
)
def test_a_status_names_its_wall(status, expected):
    assert outcome(page("<html></html>", status=status)) is expected


GOOD = "<html><head><title>羽岚 跑鞋-淘宝网</title></head><body>BODY</body></html>" + " " * 9_000


@pytest.mark.parametrize(
    "body",
    [
        '<iframe src="https://detailskip.taobao.com/x/_____tmd_____/punish?x5secdata=abc"></iframe>',
        '<script>if (ret.indexOf("RGV587_ERROR") > -1 || ret == "FAIL_SYS_USER_VALIDATE") retry();</script>',
        '<a href="https://login.taobao.com/member/login.jhtml">亲，请登录</a>',
        '<script>location.href = "https://login.taobao.com/member/login.jhtml";</script>',
        '<script src="//g.alicdn.com/sd/baxia-entry/index.js"></script><link href="/sufei-punish/main.css">',
        "<h1>滑动验证码拦截器 punish Captcha Interception</h1>",
        '<script>document.write("<punish-component></punish-component>")</script>',
        "<!-- <punish-component> -->",
        '<div id="nocaptcha"></div>',
    ],
)
def test_a_good_page_that_mentions_a_wall_is_no_wall(body):
    assert outcome(page(GOOD.replace("BODY", body))) is Outcome.PAGE


def test_a_title_that_says_captcha_among_other_words_is_no_wall():
    assert outcome(page(GOOD.replace("羽岚 跑鞋", "验证码拦截"))) is Outcome.PAGE


def test_success_with_goods_that_speak_of_walls_is_no_wall():
    item = {
        "item_id": "1",
        "title": "RGV587_ERROR FAIL_SYS_USER_VALIDATE 验证码拦截",
        "url": "https://login.taobao.com/x",
    }
    assert outcome(mtop("SUCCESS::x", itemsArray=[item])) is Outcome.PAGE


SLIDER = '<div class="nc-container"><span id="nc_1_n1z"></span></div>'
DIALOG = '<div class="baxia-dialog auto">访问太频繁，请稍后再试</div>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SLIDER, Outcome.BLOCKED),
        ('<iframe src="https://x.taobao.com/punish"></iframe>', Outcome.BLOCKED),
        (DIALOG, Outcome.RATE_LIMITED),
        ('<input id="fm-login-id">', Outcome.LOGIN_REQUIRED),
        ('<i class="nc_iconfont btn_slide"></i>', Outcome.BLOCKED),
        ('<iframe src="//g.alicdn.com/sd/baxia/x.html"></iframe>', Outcome.BLOCKED),
        ("<p>Sorry, we have detected unusual traffic from your network.</p>", Outcome.BLOCKED),
        ("<p hidden>Sorry, we have detected unusual traffic from your network.</p>", Outcome.UNKNOWN),
        ("<script>say('Sorry, we have detected unusual traffic')</script>", Outcome.UNKNOWN),
        (f'<div style="display: none">{SLIDER}</div>', Outcome.UNKNOWN),
        (f"<div hidden>{DIALOG}</div>", Outcome.UNKNOWN),
        ('<div class="baxia-dialog-mask"></div>', Outcome.UNKNOWN),
    ],
)
def test_weaker_traces_count_when_visible_and_nothing_was_read(body, expected):
    assert read(page(GOOD.replace("BODY", body)), ()).outcome is expected


def test_weaker_traces_are_not_looked_for_in_json():
    assert suspect(mtop("SUCCESS::x", html=SLIDER)) is None


def test_a_signal_is_one_short_printable_line():
    assert one_line("a\n\x1b[31mb\u202ec" + "d" * 1000) == "a [31mb c" + "d" * 191
