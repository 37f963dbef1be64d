"""The gateway answers calls as mtop does (FACTS 0.3, 0.5)."""

import json
import re
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import mtop
from sandbox.mtop import script_safe
from tests.sandbox_shop import SEARCH_API, unwrap

pytest_plugins = ["tests.sandbox_fixtures"]


async def test_the_first_call_gets_a_token_and_no_goods(site):
    first = await site.call(SEARCH_API, {"appId": "34385", "params": "{}"})
    assert unwrap(first)["ret"] == ["FAIL_SYS_TOKEN_EMPTY::令牌为空"]


async def test_the_token_is_a_cookie_that_the_pages_script_can_read(site):
    url = f"https://h5api.m.taobao.com/h5/{SEARCH_API}/?data={{}}"
    _, headers, _ = await site.get(url)
    cookie = headers["Set-Cookie"]
    assert re.match(r"_m_h5_tk=[0-9a-f]{32}_\d{13}; Domain=taobao.com; Path=/", cookie)
    assert "HttpOnly" not in cookie


async def test_a_token_of_another_sandbox_is_expired(site):
    cookies = {"_m_h5_tk": "0" * 32 + "_1"}
    _, _, text = await site.get(f"https://h5api.m.taobao.com/h5/{SEARCH_API}/?callback=mtopjsonp7", cookies=cookies)
    assert unwrap(text)["ret"][0].startswith("FAIL_SYS_TOKEN_EXOIRED")


async def test_a_token_does_not_live_for_ever(site, monkeypatch):
    await site.search("VELOKA")
    later = mtop._now_ms() + mtop.TOKEN_LIFE_MS + 1
    monkeypatch.setattr(mtop, "_now_ms", lambda: later)
    answer = unwrap(await site.call(SEARCH_API, {"appId": "34385", "params": "{}"}))
    assert answer["ret"][0].startswith("FAIL_SYS_TOKEN_EXOIRED")


async def test_a_call_without_a_sign_is_refused(site):
    await site.search("VELOKA")
    answer = unwrap(await site.call(SEARCH_API, {"appId": "34385", "params": "{}"}, sign=""))
    assert answer["ret"][0].startswith("FAIL_SYS_ILLEGAL_ACCESS")


async def test_plain_json_is_given_on_demand(site):
    await site.search("VELOKA")
    text = await site.call(SEARCH_API, {"appId": "34385", "params": '{"q":"VELOKA"}'}, type="originaljson")
    assert json.loads(text)["ret"] == ["SUCCESS::调用成功"]


@pytest.mark.parametrize("callback", ["alert(1)//", "a b", "<script>", "", "x" * 200])
async def test_a_callback_that_is_no_name_is_refused(site, callback):
    url = f"https://h5api.m.taobao.com/h5/{SEARCH_API}/?callback={urllib.parse.quote(callback)}"
    status, _, text = await site.get(url)
    assert (status, text) == (400, "{}")


@pytest.mark.parametrize(
    "data",
    [
        [],
        "x",
        {"appId": "34385", "params": "{"},
        {"appId": "34385", "params": "[]"},
        {"appId": "34385", "params": '{"q":"a","page":0}'},
        {"appId": "34385", "params": '{"q":"a","page":"x"}'},
        {"appId": "34385", "params": '{"q":"a","page":99999999999999}'},
        {"appId": "34385", "params": '{"q":"a","start_price":"NaN"}'},
        {"appId": "34385", "params": '{"q":"a","end_price":"x"}'},
        {"appId": "34385", "params": "[" * 5000},
    ],
)
async def test_parameters_that_mean_nothing_are_an_error_of_the_gateway(site, data):
    answer = await site.ask(SEARCH_API, data)
    assert (answer["ret"], answer["data"]) == (["FAIL_BIZ_PARAM_ERR::参数错误"], {})


async def test_an_api_that_there_is_not_is_an_error_of_the_gateway(site):
    assert (await site.ask("mtop.nothing.here/1.0", {}))["ret"][0].startswith("FAIL_SYS_API_NOT_FOUNDED")


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_what_stands_in_a_script_reads_back_and_cannot_end_it(value):
    text = script_safe(value)
    assert json.loads(text) == value
    assert not re.search("</|<!|\u2028|\u2029", text)
